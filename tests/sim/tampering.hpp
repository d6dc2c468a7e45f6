/// What somebody with a kiosk's disk or stick in hand may do to it, and whether it is found.
#pragma once

#include "tests/sim/checkers.hpp"

namespace hudoor::sim {

/// Alters a holder of this machine's facts in one way drawn from the world's lots. `organiser`
/// holds all facts already; what is not found, or taken though it is bad, is a finding.
[[nodiscard]] Findings tamper(const Stage& stage, World& world, const Machine& machine,
                              Organiser& organiser);

}  // namespace hudoor::sim
