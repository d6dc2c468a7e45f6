/// Derived state: who attended what and who is inside, as a pure function of facts. The order of
/// arrival does not matter; rebuilt from zero it is the same (digest()).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "config/clock.hpp"
#include "storage/fact.hpp"

namespace hudoor::storage {

/// A person: the registration, or, when a kiosk without guest list admitted by signature alone, the
/// badge number.
struct Person {
    RegistrationId registration;
    BadgeNumber badge;

    auto operator<=>(const Person&) const = default;
};

/// What admission asks about one person and one session.
struct PersonState {
    bool attended = false;                       ///< an admitted for this session remains
    bool inside = false;                         ///< the last remaining admitted/left of the session's
                                                 ///< room is admitted
    std::optional<WallTime> admitted_at;         ///< newest remaining admitted for this session
    PlaceId admitted_place{};
    std::uint8_t newest_issue = 0;               ///< newest issue of the badge ever accepted
    bool override_of_reason = false;             ///< an usher's override not undone answers this reason
                                                 ///< (overrides(...))
};

class Ledger {
public:
    Ledger();
    ~Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;

    /// Adding a known fact again changes nothing. The room of a session is told by the caller because
    /// facts name sessions only.
    void add(const Fact& fact, const Hash& hash, std::uint16_t room);

    [[nodiscard]] PersonState state_of(const Person& person, SessionId session, std::uint16_t room) const;
    /// Whether an override that is not undone answers `reason` for this person and session.
    [[nodiscard]] bool overridden(const Person& person, SessionId session, Reason reason,
                                  WallTime now) const;
    /// Distinct people inside the room now / attended the session, `at` one place or anywhere.
    [[nodiscard]] std::uint32_t inside(std::uint16_t room) const;
    [[nodiscard]] std::uint32_t attended(SessionId session, std::optional<PlaceId> at = {}) const;
    [[nodiscard]] std::uint64_t facts() const;
    /// Over the whole derived state; equal digests, equal states.
    [[nodiscard]] Hash digest() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
