/// A small event made in memory for the feed's own tests: no files, no database.
#pragma once

#include "tests/feed/plan.hpp"

namespace hudoor::feed::sample {

/// Opening in hall A (1) and a workshop in hall B (2) at the same time; place 1 leads to hall A.
[[nodiscard]] storage::Identity event();
/// When the opening begins: 09:30 in Dubai.
[[nodiscard]] WallTime opening();
/// Sixty people: numbers that end in 7 go to the workshop, 11 and 12 are revoked, 21 and 22 have a
/// second badge, 31 is cancelled, 32 carries a note.
[[nodiscard]] std::vector<organiser::OrganiserRegistration> registrations();
[[nodiscard]] storage::RefusalList refusals();

[[nodiscard]] Cast cast();
/// The event's badge key; key id 1.
[[nodiscard]] storage::SigningKey key();
[[nodiscard]] Plan plan(int appearances, std::uint64_t seed, Size size = {1280, 720});

}  // namespace hudoor::feed::sample
