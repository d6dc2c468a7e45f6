/// The attendance report as one HTML page that needs nothing else: no script, no picture, no font
/// of its own. The template is ASSETS/report/report.mustache.
#pragma once

#include <filesystem>

#include "storage/organiser/report/report.hpp"
#include "storage/organiser/report/words.hpp"

namespace hudoor::organiser {

/// Throws Fault: no_input (no template), bad_data (it is damaged).
[[nodiscard]] std::string make_report_page(const Report& report, const ReportSources& sources,
                                           const std::vector<Incident>& incidents,
                                           const ReportWords& words, WallTime made,
                                           const std::filesystem::path& assets_dir);

}  // namespace hudoor::organiser
