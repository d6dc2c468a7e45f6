/// What is in force at a kiosk: one value that never changes, shared by all of its threads.
/// Something newer is another value.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "storage/facts/hello.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/replica.hpp"
#include "storage/guests/roster.hpp"

namespace hudoor::storage {

struct InForce {
    Identity identity;
    RefusalList refusals;
    Roster roster;
    std::optional<SnapshotHeader> list;  ///< of the guest list; none: signature-only mode
    std::map<SessionId, std::uint32_t> registered;  ///< how many, by the guest list
    bool training = false;                          ///< everything as usual, and nothing recorded

    [[nodiscard]] Edition edition() const {
        return {.list = list ? list->revision : 0,
                .refusals = refusals.number,
                .roster = roster.number,
                .agenda = identity.number,
                .created = list ? list->created : WallTime{}};
    }
    // What is kept in training belongs to no kiosk and hashes otherwise: nobody can take it for a
    // record.
    [[nodiscard]] KioskId facts_of() const { return training ? KioskId{} : identity.kiosk; }
    [[nodiscard]] std::string_view facts_domain() const {
        return training ? training_domain : fact_domain;
    }
};

using InForcePtr = std::shared_ptr<const InForce>;

}  // namespace hudoor::storage
