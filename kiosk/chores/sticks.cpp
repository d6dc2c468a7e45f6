#include "kiosk/chores/sticks.hpp"

#include <unistd.h>

#include <algorithm>

namespace hudoor::kiosk {

namespace fs = std::filesystem;

namespace {

/// udev writes a space as \x20; what else is not plain is a stranger's text, and not drawn.
std::string plain(const std::string& link) {
    std::string label;
    for (std::size_t at = 0; at < link.size(); ++at) {
        if (link.compare(at, 4, "\\x20") == 0) {
            label += ' ';
            at += 3;
        } else {
            label += link[at] > ' ' && link[at] <= '~' ? link[at] : '?';
        }
    }
    return label;
}

std::string label_of(const fs::path& folder, const fs::path& labels) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(labels, error))
        if (fs::read_symlink(entry.path(), error).filename() == folder.filename())
            return plain(entry.path().filename().string());
    return plain(folder.filename().string());
}

Stick look_at(const fs::path& folder, const fs::path& labels) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    return {folder, label_of(folder, labels), error ? 0 : space.available};
}

}  // namespace

bool has_stick(const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder, error) && access(folder.c_str(), W_OK) == 0;
}

std::vector<Stick> find_sticks(const StickPlaces& places) {
    std::vector<Stick> sticks;
    std::error_code error;
    const auto here = places.device_of(places.folder);
    for (const auto& entry : fs::directory_iterator(places.folder, error))
        if (has_stick(entry.path()) && places.device_of(entry.path()) != here)
            sticks.push_back(look_at(entry.path(), places.labels));
    std::ranges::sort(sticks, {}, &Stick::folder);
    if (sticks.empty() && has_stick(places.folder))
        sticks.push_back(look_at(places.folder, places.labels));
    return sticks;
}

}  // namespace hudoor::kiosk
