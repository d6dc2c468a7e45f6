/// Derived state: who attended what and who is inside, as a pure function of facts, guest list and
/// agenda. The order in which they came to be known does not matter; rebuilt from zero it is the
/// same (digest()).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "config/clock.hpp"
#include "storage/decide/who.hpp"
#include "storage/facts/fact.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

/// What admission asks about one person and one session.
struct PersonState {
    bool attended = false;                ///< an admitted for this session remains
    bool inside = false;                  ///< the last remaining admitted/left of the session's
                                          ///< room is admitted
    std::optional<WallTime> admitted_at;  ///< newest remaining admitted for this session
    PlaceId admitted_place{};
};

/// An override is an admitted fact with an override reason; its `reason` is that of the refusal it
/// answers. Facts name sessions; which room that is says the agenda that a question brings, and a
/// session it does not have is in room 0. One thread at a time: what was counted for an agenda is
/// kept until another is asked about.
class Ledger {
public:
    Ledger();
    ~Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;

    /// Adding a known fact again changes nothing.
    void add(const Fact& fact, const Hash& hash);
    /// There is another guest list, or none: whose each badge and code is that facts name alone.
    using FindOwner = std::function<RegistrationId(const Person& alone)>;  ///< zero: not on it
    void follow_list(const FindOwner& find_owner);
    /// Whose the badge or code of a fact is by the guest list.
    void tell(const Person& listed);

    [[nodiscard]] PersonState state_of(const Person& person, const Session& session,
                                       const Agenda& agenda) const;
    /// Newest issue of the badge ever accepted.
    [[nodiscard]] std::uint8_t newest_issue(const BadgeNumber& badge) const;
    /// When an usher last answered `reason` for this person (in this session, or in any), not
    /// undone.
    [[nodiscard]] std::optional<WallTime> overridden_at(const Person& person, Reason reason,
                                                        std::optional<SessionId> session) const;
    /// Distinct people inside the room now / who attended the session / who are inside its room and
    /// last entered for it; `at` counts those whom this place admitted (seated: last), else
    /// anywhere.
    [[nodiscard]] std::uint32_t inside(RoomId room, const Agenda& agenda) const;
    [[nodiscard]] std::uint32_t attended(SessionId session, const Agenda& agenda,
                                         std::optional<PlaceId> at = {}) const;
    [[nodiscard]] std::uint32_t seated(SessionId session, const Agenda& agenda,
                                       std::optional<PlaceId> at = {}) const;
    /// Everybody who is inside some room now, by what names them best, in a fixed order; since
    /// when.
    struct Inside {
        Person person;
        WallTime since;
    };
    [[nodiscard]] std::vector<Inside> everybody_inside(const Agenda& agenda) const;
    [[nodiscard]] std::uint64_t facts() const;
    /// Over the whole derived state; equal digests, equal states.
    [[nodiscard]] Hash digest(const Agenda& agenda) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
