/// The pictures a scan benchmark reads, with what is true about them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::bench {

/// One picture of a folder; loaded when its turn comes.
struct Sample {
    std::filesystem::path file;
    std::string set;        ///< e.g. "module", "hseq03", or the folder's name
    std::string truth;      ///< what its code says; empty: there is none
    bool part = false;      ///< its code says a part of the truth (structured append)
    bool sequence = false;  ///< belongs to a row of frames of one camera, in order
};

struct GrayPicture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> pixels;
    [[nodiscard]] scanner::GrayView view() const {
        return {pixels.data(), width_px, height_px, width_px};
    }
};

/// All of frames*.csv (as badge_frames.py writes them) in `folder` and below; else pictures that
/// have a NAME.txt beside them. In the order of the csv, or of the names. Throws
/// std::runtime_error.
[[nodiscard]] std::vector<Sample> list_samples(const std::filesystem::path& folder);

/// Every picture in `folder` and below that is in no csv; without a truth where there is no text.
[[nodiscard]] std::vector<Sample> list_pictures(const std::filesystem::path& folder);

/// Line ends around the text do not matter: some codes have them and some truths do.
[[nodiscard]] bool is_true(const std::string& text, const Sample& sample);

/// PNG, JPEG, WebP or PNM through gdk-pixbuf; transparent parts are white. Throws
/// std::runtime_error.
[[nodiscard]] GrayPicture load_picture(const std::filesystem::path& file);

}  // namespace hudoor::bench
