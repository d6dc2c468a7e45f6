/// The roster: every kiosk the event ever had, in one signed, numbered file for all of them, so
/// that each can tell whose facts it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"
#include "storage/base/crypto.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

struct RosterKiosk {
    KioskId id{};
    std::string name;
    PlaceId place{};
    VerifyKey key{};
    std::optional<WallTime> disabled;  ///< since when; none: at work
};

struct Roster {
    std::uint64_t number = 0;  ///< only rises; 0: none was brought yet
    std::vector<RosterKiosk> kiosks;

    [[nodiscard]] const RosterKiosk* find(KioskId id) const;
};

/// Signed by the organiser for this event.
[[nodiscard]] Bytes encode_roster(const Roster& roster, EventNumber event,
                                  const SigningKey& organiser);
/// Nothing if the signature does not hold, it is another event's or not exactly one such value.
[[nodiscard]] std::optional<Roster> parse_roster(ByteView bytes, EventNumber event,
                                                 const VerifyKey& organiser);

}  // namespace hudoor::storage
