/// The kinds of badges and light that frames are drawn of to see how many are read: what the reader
/// is for, and what has ever been hard.
#pragma once

#include <span>

#include "tests/feed/random.hpp"
#include "tests/scanner/badge_scene.hpp"

namespace hudoor::test {

struct ReadingKind {
    const char* name;
    int fewest;  ///< read of 8, seeds 1 to 8; may only rise
    void (*make)(SceneBadge&, Scene&, feed::Random&);
    int frames = 1;  ///< that a badge is shown for, swaying
};

[[nodiscard]] std::span<const ReadingKind> reading_kinds();

/// What the frames of a play show.
[[nodiscard]] std::vector<Scene> play_kind(const ReadingKind& kind, std::uint64_t seed);

}  // namespace hudoor::test
