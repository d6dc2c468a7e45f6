/// Derived state: who attended what and who is inside, as a pure function of facts. The order of
/// arrival does not matter; rebuilt from zero it is the same (digest()).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "config/clock.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// A person as facts name one: the registration; without one (no guest list, not on it) the badge
/// number; without that the imported code. All zero is nobody, of whom nothing is known.
struct Person {
    RegistrationId registration;
    BadgeNumber badge;
    CodeHash code;

    auto operator<=>(const Person&) const = default;
};

/// What admission asks about one person and one session.
struct PersonState {
    bool attended = false;                ///< an admitted for this session remains
    bool inside = false;                  ///< the last remaining admitted/left of the session's
                                          ///< room is admitted
    std::optional<WallTime> admitted_at;  ///< newest remaining admitted for this session
    PlaceId admitted_place{};
    std::uint8_t newest_issue = 0;  ///< newest issue of the badge ever accepted
};

/// An override is an admitted fact with an override reason; its `reason` is that of the refusal it
/// answers. Facts that carry a registration and a badge number tell whose badge it is, so what
/// happened to the badge before the guest list was there counts for the person.
class Ledger {
public:
    Ledger();
    ~Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;

    /// Adding a known fact again changes nothing. The room of a session is told by the caller
    /// because facts name sessions only.
    void add(const Fact& fact, const Hash& hash, std::uint16_t room);

    [[nodiscard]] PersonState state_of(const Person& person, SessionId session,
                                       std::uint16_t room) const;
    /// When an usher last answered `reason` for this person (in this session, or in any), not
    /// undone.
    [[nodiscard]] std::optional<WallTime> overridden_at(const Person& person, Reason reason,
                                                        std::optional<SessionId> session) const;
    /// Distinct people inside the room now / who attended the session / who are inside its room and
    /// last entered for it; `at` counts those whom this place admitted (seated: last), else
    /// anywhere.
    [[nodiscard]] std::uint32_t inside(std::uint16_t room) const;
    [[nodiscard]] std::uint32_t attended(SessionId session, std::optional<PlaceId> at = {}) const;
    [[nodiscard]] std::uint32_t seated(SessionId session, std::optional<PlaceId> at = {}) const;
    /// Everybody who is inside some room now, by what names them best, in a fixed order; since
    /// when.
    struct Inside {
        Person person;
        WallTime since;
    };
    [[nodiscard]] std::vector<Inside> everybody_inside() const;
    [[nodiscard]] std::uint64_t facts() const;
    /// Over the whole derived state; equal digests, equal states.
    [[nodiscard]] Hash digest() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
