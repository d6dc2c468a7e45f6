/// Who did what at this kiosk since the last hand-over: a pure function of its facts.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/facts/fact.hpp"

namespace hudoor::kiosk {

/// What one usher did.
struct Deeds {
    storage::UsherNumber usher{};
    std::uint32_t checked_in = 0;  ///< by name or code
    std::uint32_t overrides = 0;
    std::uint32_t undone = 0;
    std::uint32_t notes = 0;

    bool operator==(const Deeds&) const = default;
};

struct Shift {
    std::uint32_t admitted = 0;  ///< at this kiosk, by a badge alone or by an usher
    std::uint32_t refused = 0;
    std::vector<Deeds> deeds;  ///< by the usher's number

    /// Own facts in their order, each with the one it names, if that is known; others change
    /// nothing. Who is in is counted once, however often it was taken back.
    void add(const storage::Fact& fact, const storage::Fact* named);
    bool operator==(const Shift&) const = default;

private:
    Deeds& of(storage::UsherNumber usher);
};

}  // namespace hudoor::kiosk
