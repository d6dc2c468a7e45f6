/// event.db: what the organiser knows of one event. SQLite, mode 0600, one writer at a time; every
/// change is one transaction.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/registration.hpp"
#include "storage/organiser/event/said.hpp"

namespace hudoor::organiser {

/// A registration with what only the organiser knows of it.
struct OrganiserRegistration {
    storage::Registration door;  ///< what goes into snapshots
    std::chrono::sys_days badge_valid_until;
    std::uint8_t badge_key =
        0;                      ///< that signed what was printed last; 0: not printed, or not known
    std::string imported_code;  ///< the code they already carry, in clear; empty: none
    std::map<std::string, std::string> kept;  ///< columns kept by --keep; never leave the organiser

    /// They are known by the code they carry: no reissued badge replaced it.
    [[nodiscard]] bool has_code() const { return !imported_code.empty() && !door.code.is_zero(); }
};

template <typename One>
concept WholeRegistration = std::is_same_v<const One, const OrganiserRegistration>;

/// The columns of the door and those that only the organiser has; a new one is a line here.
template <typename Io, WholeRegistration... Registrations>
void visit_columns(Io&& io, Registrations&... r) {
    using storage::Column;
    using storage::Text;
    visit_columns(io, r.door...);
    io(Column{.name = "badge_valid_until"}, r.badge_valid_until...);
    io(Column{.name = "badge_key"}, r.badge_key...);
    io(Column{.name = "imported_code",
              .listed = "badge_code",
              .personal = true,
              .unique = true,
              .text = Text::code},
       r.imported_code...);
}

struct Kiosk {
    storage::KioskId id{};
    std::string name;
    storage::PlaceId place{};
    storage::VerifyKey verify_key{};
    storage::SealKey seal_key{};
    std::optional<WallTime> disabled{};  ///< since when

    [[nodiscard]] bool enabled() const { return !disabled; }
};

/// Since when a badge is refused.
struct Revocation {
    storage::BadgeNumber badge;
    std::uint8_t issue = 0;  ///< and all before
    std::uint64_t list = 0;  ///< number of the first refusal list that had it
    WallTime at;
};

/// What was last made for a kiosk, by enrolment or update; whether it took it, its facts say.
struct GivenToKiosk {
    storage::KioskId kiosk{};
    WallTime at;
    std::uint64_t list = 0;  ///< revision
    WallTime list_created;
    std::uint64_t refusals = 0;  ///< number
    storage::Bytes identity;     ///< signed
};

/// How much a purge wiped.
struct PurgeCounts {
    std::uint64_t registrations = 0;
    std::uint64_t kept_values = 0;
    std::uint64_t ushers = 0;
    std::uint64_t history = 0;
};

/// That an event was purged.
struct Purged {
    WallTime at;
    PurgeCounts counts;
};

class EventStore {
public:
    /// Throws Fault(no_input) if there is no event.db in `directory`, Fault(bad_data) if it is
    /// damaged or of another schema.
    explicit EventStore(const std::filesystem::path& directory);
    ~EventStore();
    EventStore(EventStore&&) noexcept;

    /// Event, places, agenda, categories, badge keys, code shapes; no kiosk in it.
    [[nodiscard]] storage::Identity event() const;
    /// The same, and what its file had once: facts may name it.
    [[nodiscard]] storage::Identity event_with_past() const;
    [[nodiscard]] std::vector<OrganiserRegistration> registrations() const;
    [[nodiscard]] std::optional<OrganiserRegistration> find(const std::string& external_id) const;
    [[nodiscard]] std::vector<storage::Usher> ushers() const;
    [[nodiscard]] std::vector<Kiosk> kiosks() const;
    [[nodiscard]] storage::RefusalList refusals() const;
    /// Those that widened one of before stand beside it; the earliest first.
    [[nodiscard]] std::vector<Revocation> revocations() const;
    [[nodiscard]] std::uint64_t revision() const;
    /// The number of what is signed for kiosks under this name: one more whenever it is given
    /// another content than the last time.
    [[nodiscard]] std::uint64_t number_of(const std::string& name, const storage::Hash& content);

    /// Creates event.db, 0600, whole or not at all. `event` brings numbers and keys; nobody is
    /// registered yet. Throws Fault(cannot_create) if there is one already.
    static void create(const std::filesystem::path& directory, const storage::Identity& event);

    /// What a change was for the history: the command's words, nothing secret.
    struct Change {
        WallTime at;
        std::string what;
    };
    /// What was changed since the event was made, or purged; the earliest first.
    [[nodiscard]] std::vector<Change> history() const;

    /// Adds or replaces by external id; the guest list gets a new revision. Throws like
    /// refuse_purged().
    void save(std::span<const OrganiserRegistration> registrations, const Change& change);
    /// The same, and what a source said of each now; "": what was decided here by hand.
    void save(std::span<const OrganiserRegistration> registrations, const Change& change,
              const std::string& source, const SaidByPerson& said);
    /// The same where nobody's registration changes.
    void remember(const std::string& source, const SaidByPerson& said);
    /// What a source said of each the last time.
    [[nodiscard]] SaidByPerson said(const std::string& source) const;
    /// Their badges were printed, signed by this key.
    void note_printed(std::span<const storage::RegistrationId> people, std::uint8_t key);
    /// In place of what was given to these kiosks before.
    void note_given(std::span<const GivenToKiosk> all);
    [[nodiscard]] std::vector<GivenToKiosk> given() const;
    /// Imported codes stand in their QR before this sign; 0: they are all of it.
    void set_code_cut(char sign);
    /// Revokes the badge up to this issue (255: all); the list gets a new number.
    void revoke(storage::BadgeNumber badge, std::uint8_t issue, const Change& change);
    /// Name, days, categories and agenda become those of `event`, which has the numbers of
    /// event_with_past(); the guest list gets a new revision. Nobody is registered any more for a
    /// session that goes.
    void set_agenda(const storage::Identity& event, const Change& change);
    /// Makes the file anew without names, organisations, notes, kept columns, imported codes,
    /// ushers and history, and overwrites the old one where it lay; ids, categories, countries and
    /// facts stay, so that counts stay true. Cut at any moment it is done or not begun.
    /// Done again it gives the counts of the first time.
    PurgeCounts purge(const Change& change);
    [[nodiscard]] std::optional<Purged> purged() const;
    /// Throws Fault(not_allowed) if it was: for whatever brings names in, or needs them.
    void refuse_purged() const;
    void add_badge_key(const storage::BadgeKey& key, const Change& change);
    /// Badges it signed are refused from now on. Throws Fault(no_input) if there is no such key.
    void revoke_badge_key(std::uint8_t id, const Change& change);
    /// Throws Fault(no_input) if there is none of this name.
    [[nodiscard]] Kiosk kiosk(const std::string& name) const;
    /// The number a new kiosk will have.
    [[nodiscard]] storage::KioskId next_kiosk() const;
    /// The same; throws Fault(bad_data) if the name is taken.
    [[nodiscard]] storage::KioskId next_kiosk(const std::string& name) const;
    /// Every kiosk as it will be when this one was added, or renewed, at that moment.
    [[nodiscard]] std::vector<Kiosk> kiosks_with(const Kiosk& kiosk, WallTime at) const;
    void add_kiosk(const Kiosk& kiosk, const Change& change);
    /// Adds it in place of the one that has its name, which is disabled and renamed.
    void renew_kiosk(const Kiosk& kiosk, const Change& change);
    /// What a kiosk is called after it was renewed: "north-1.3", which no new one can be called.
    [[nodiscard]] static std::string name_of_retired(const Kiosk& kiosk);
    /// From now on no guest list is sealed to it and facts it records are incidents. Disabled again
    /// it stays disabled since then. Throws Fault(no_input) if there is none of this name.
    void disable_kiosk(const std::string& name, const Change& change);
    /// The same, together with what it may have given away: hashes of imported codes under another
    /// key, by external id, and of new PINs. Throws alike.
    void disable_kiosk(const std::string& name,
                       const std::map<std::string, storage::CodeHash>& codes,
                       std::span<const storage::Usher> ushers, const Change& change);
    /// Throws Fault(bad_data) if the number is taken, and like refuse_purged().
    void add_usher(const storage::Usher& usher, const Change& change);
    /// Throws Fault(no_input) if there is no such usher.
    void set_usher_badge(storage::UsherNumber number, storage::BadgeNumber badge,
                         const Change& change);
    /// The number is not given again. Throws Fault(no_input) if there is no such usher.
    void disable_usher(storage::UsherNumber number, const Change& change);

    class Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::organiser
