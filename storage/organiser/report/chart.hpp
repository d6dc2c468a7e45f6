/// The curve of arrivals as inline SVG: one line a place, told apart by dash and marker as well as
/// by colour. Time runs from left to right in both languages.
#pragma once

#include <string>

#include "storage/organiser/report/report.hpp"
#include "storage/organiser/report/words.hpp"

namespace hudoor::organiser {

/// A line at a moment of the day.
struct ChartMark {
    WallTime at;
    std::string words;
};

[[nodiscard]] std::string draw_arrivals(const ArrivalDay& day, std::chrono::minutes step,
                                        const std::vector<ChartMark>& marks,
                                        const ReportWords& words);

/// The sample of the n-th place's line, for the legend.
[[nodiscard]] std::string draw_sample(std::size_t index);

[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace hudoor::organiser
