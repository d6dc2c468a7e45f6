/// Which sticks are plugged in: each is mounted at a place of its own below one folder. A folder
/// that holds no mounts may be a stick itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

struct Stick {
    std::filesystem::path folder;
    std::string label;             ///< as its owner named it, else its place's name; ASCII
    std::uint64_t free_bytes = 0;  ///< room left on it
};

struct StickPlaces {
    std::filesystem::path folder;
    std::filesystem::path labels = "/dev/disk/by-label";  ///< links from labels to devices
    std::function<std::optional<dev_t>(const std::filesystem::path&)> device_of =
        storage::device_of;  ///< tests give folders devices of their own
};

/// Those that can be written to, by the names of their places. Throws nothing: what cannot be
/// looked at is not there.
[[nodiscard]] std::vector<Stick> find_sticks(const StickPlaces& places);
/// Whether it is plugged in.
[[nodiscard]] bool has_stick(const std::filesystem::path& folder);

}  // namespace hudoor::kiosk
