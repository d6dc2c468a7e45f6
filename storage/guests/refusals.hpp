/// The refusal list: which badges are refused whatever their signature says, complete and numbered,
/// and good without a guest list.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "storage/base/crypto.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

struct RefusalList {
    std::uint64_t number = 0;  ///< only rises
    /// Badge number -> highest revoked issue (255: all).
    std::map<BadgeNumber, std::uint8_t> badges;
    /// Of people whom the guest list does not let in, so that they are not let in where there is
    /// none: name_refused() of each, in order, without a reason.
    std::vector<std::uint64_t> people;

    [[nodiscard]] bool revokes(BadgeNumber badge, std::uint8_t issue) const;
    [[nodiscard]] bool names(BadgeNumber badge, EventNumber event) const;
};

/// BLAKE2b-64 of "hudoor-refused-1" + event + badge number: who finds the list learns nobody's
/// number from it.
[[nodiscard]] std::uint64_t name_refused(BadgeNumber badge, EventNumber event);

/// Signed by the organiser for this event.
[[nodiscard]] Bytes encode_refusals(const RefusalList& list, EventNumber event,
                                    const SigningKey& organiser);
/// Nothing if the signature does not hold, it is another event's or not exactly one such value.
/// Reads a "revocations" file of before, too.
[[nodiscard]] std::optional<RefusalList> parse_refusals(ByteView bytes, EventNumber event,
                                                        const VerifyKey& organiser);

}  // namespace hudoor::storage
