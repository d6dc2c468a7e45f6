/// `hudoor-kiosk export`: this kiosk's facts into a bundle for the organisers, while the kiosk is
/// stopped. The facts stay where they are, and the export is one of them, where a device takes it.
/// Those in damaged files that were put aside come along as far as they prove themselves, and so do
/// those on a disk that is full or takes no writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/bundle/facts_bundles.hpp"

namespace hudoor::kiosk {

struct ExportOptions {
    std::filesystem::path state;
    std::filesystem::path mirror;  ///< setting storage.mirror; empty: none
    std::filesystem::path out;     ///< NAME.facts, or a folder or stick for it
    std::size_t most_facts = storage::max_bundle_facts;  ///< in one file; tests lower it
};

struct Exported {
    std::vector<std::filesystem::path> files;  ///< one, but for very many facts
    std::size_t facts = 0;
    std::vector<std::string> news;  ///< a device that could not be read, or was damaged
};

/// The bundles are on stable storage, were read back and found whole. Throws Fault: try_again (the
/// kiosk is running), no_input (no kiosk is enrolled here), cannot_create, io, bad_data.
[[nodiscard]] Exported export_facts(const ExportOptions& options);

}  // namespace hudoor::kiosk
