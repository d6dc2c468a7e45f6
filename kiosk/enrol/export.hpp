/// `hudoor-kiosk export`: this kiosk's facts into a bundle for the organisers, while the kiosk is
/// stopped. The facts stay where they are. Those in damaged files that were put aside come along as
/// far as they prove themselves.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hudoor::kiosk {

struct ExportOptions {
    std::filesystem::path state;
    std::filesystem::path mirror;  ///< setting storage.mirror; empty: none
    std::filesystem::path out;     ///< NAME.facts, or a folder or stick for it
};

struct Exported {
    std::filesystem::path file;
    std::size_t facts = 0;
    std::vector<std::string> news;  ///< a device that could not be read, or was damaged
};

/// The bundle is on stable storage, was read back and found whole. Throws Fault: try_again (the
/// kiosk is running), no_input (no kiosk is enrolled here), cannot_create, io, bad_data (too many
/// facts).
[[nodiscard]] Exported export_facts(const ExportOptions& options);

}  // namespace hudoor::kiosk
