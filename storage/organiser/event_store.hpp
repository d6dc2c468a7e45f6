/// event.db: what the organiser knows of one event. SQLite, mode 0600, one writer at a time; every
/// change is one transaction.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/identity.hpp"
#include "storage/registration.hpp"

namespace hudoor::organiser {

/// A registration with what only the organiser knows of it.
struct OrganiserRegistration {
    storage::Registration door;        ///< what goes into snapshots
    std::string external_id;           ///< attendee_id of the list it came from
    std::string delegation;
    std::chrono::sys_days badge_valid_until;
};

struct Kiosk {
    storage::KioskId id{};
    std::string name;
    storage::PlaceId place{};
    storage::VerifyKey verify_key{};
    storage::SealKey seal_key{};
    bool enabled = true;
};

class EventStore {
public:
    /// Throws Fault(no_input) if there is no event.db in `directory`, Fault(bad_data) if it is damaged
    /// or of another schema.
    explicit EventStore(const std::filesystem::path& directory);
    ~EventStore();
    EventStore(EventStore&&) noexcept;

    /// Event, places, agenda, categories, badge keys, code shapes; no kiosk in it.
    [[nodiscard]] storage::Identity event() const;
    [[nodiscard]] std::vector<OrganiserRegistration> registrations() const;
    [[nodiscard]] std::optional<OrganiserRegistration> find(const std::string& external_id) const;
    [[nodiscard]] std::vector<storage::Usher> ushers() const;
    [[nodiscard]] std::vector<Kiosk> kiosks() const;
    [[nodiscard]] storage::RevocationList revocations() const;
    [[nodiscard]] std::uint64_t revision() const;

    class Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::organiser
