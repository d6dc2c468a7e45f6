/// What a feed truly shows: one row an appearance, measured from the geometry it was drawn with.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/feed/plan.hpp"

namespace hudoor::feed {

struct Truth {
    int index = 0;       ///< in the plan, from 0
    std::string expect;  ///< "admitted/ok": verdict and reason; "hint/one_badge": a hint, no fact
    std::string difficulty;  ///< none, small, tilted, moving, noisy, inverted_phone, glare, ...
    std::string text;
    std::string second_text;  ///< of two at once
    std::string attendee_id;  ///< whose badge; empty for other codes
    std::string name_ar;
    std::string name_en;
    int first_frame = 0;  ///< of the file, from 0: every code with its quiet zone is in view
    int last_frame = 0;
    int held_frame = 0;    ///< the way in is over, and it is turned the right way
    double module_px = 0;  ///< root of the mean module area, median while held
    double tilt_deg = 0;
    double motion_modules = 0;  ///< the longest smear of one frame while held
    double noise_sigma = 0;
    double light = 0;  ///< 1 is the hall's
    bool phone = false;
    bool inverted = false;
    bool glare = false;  ///< a reflection covers one finder on arrival
    int width_px = 0;
    int height_px = 0;
    int fps = 0;
};

/// `first_frame` of the file is the plan's frame `file_begins`.
[[nodiscard]] Truth measure(const Plan& plan, std::size_t index, int file_begins = 0);

/// One of the difficulties that an ordinary badge does not have.
[[nodiscard]] bool is_hard(const Truth& truth);

/// Throws Fault(cannot_create).
void write_truth(const std::vector<Truth>& truth, const std::filesystem::path& file);
/// Reads what write_truth wrote. Throws Fault(no_input) or Fault(bad_data).
[[nodiscard]] std::vector<Truth> read_truth(const std::filesystem::path& file);

}  // namespace hudoor::feed
