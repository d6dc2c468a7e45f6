/// Recorded words: an event may have its own voice, or that of a program that reads aloud.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "kiosk/sound/sound.hpp"

namespace hudoor::kiosk {

/// Used by the sound thread.
class Voice {
public:
    /// Recordings are NAME.ar.EXT and NAME.en.EXT of the folder; an empty path is a kiosk without
    /// words. Each is read when it is first asked for; what cannot be read is said in the log and
    /// left out.
    explicit Voice(const std::filesystem::path& folder);

    /// Samples at samples_per_second: Arabic first, then English, or the one language asked for;
    /// empty where nothing was recorded. Where the verdict's own words are not, what stands under
    /// the cue's name is taken: admitted, already_in, see_usher, refused.
    [[nodiscard]] std::vector<std::int16_t> words(const Call& call);

private:
    using Samples = std::vector<std::int16_t>;
    [[nodiscard]] const Samples& recording(const std::string& stem);

    std::map<std::string, std::filesystem::path> files_;  ///< by stem: NAME.ar
    std::map<std::string, Samples> read_;
    std::size_t samples_ = 0;  ///< in read_
};

}  // namespace hudoor::kiosk
