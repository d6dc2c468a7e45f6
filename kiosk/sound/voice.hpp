/// Recorded words for the cues, read whole at the start: an event may have its own voice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "kiosk/sound/sound.hpp"

namespace hudoor::kiosk {

/// Used by the sound thread.
class Voice {
public:
    /// Reads CUE.ar.EXT and CUE.en.EXT of the folder; an empty path is a kiosk without words. What
    /// cannot be read is said in the log and left out.
    explicit Voice(const std::filesystem::path& folder);

    /// Samples after the cue, at samples_per_second: Arabic first, then English, or the one
    /// language asked for; empty where nothing was recorded.
    [[nodiscard]] std::vector<std::int16_t> words(const Call& call) const;

private:
    std::map<std::pair<Cue, assets::Language>, std::vector<std::int16_t>> recorded_;
};

}  // namespace hudoor::kiosk
