#include "kiosk/chores/backlight.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include "config/fault.hpp"
#include "kiosk/process/run_program.hpp"

namespace hudoor::kiosk {
namespace {

namespace fs = std::filesystem;

std::optional<long> read_number(const fs::path& file) {
    std::ifstream in(file);
    long number = 0;
    if (!(in >> number) || number < 0) return std::nullopt;
    return number;
}

/// The first by name, as the machine's only one is.
std::optional<fs::path> find_device(const fs::path& root) {
    std::error_code error;
    std::optional<fs::path> first;
    for (const auto& entry : fs::directory_iterator(root, error))
        if (read_number(entry.path() / "max_brightness").value_or(0) > 0 &&
            (!first || entry.path() < *first))
            first = entry.path();
    return first;
}

bool write_number(const fs::path& file, long number) {
    std::ofstream out(file);
    out << number << std::flush;
    return static_cast<bool>(out);
}

bool ask_logind(const std::string& device, long number) {
    try {
        return run_program(
                   {"busctl", "--quiet", "--timeout=2", "call", "org.freedesktop.login1",
                    "/org/freedesktop/login1/session/auto", "org.freedesktop.login1.Session",
                    "SetBrightness", "ssu", "backlight", device, std::to_string(number)},
                   "systemd") == 0;
    } catch (const Fault&) {
        return false;
    }
}

}  // namespace

std::optional<int> Backlight::percent() const {
    const auto device = find_device(root_);
    if (!device) return std::nullopt;
    const auto now = read_number(*device / "brightness"),
               most = read_number(*device / "max_brightness");
    if (!now || !most || *most == 0) return std::nullopt;
    return static_cast<int>(std::min(*now, *most) * 100 / *most);
}

bool Backlight::set(int percent) const {
    const auto device = find_device(root_);
    if (!device) return false;
    const long most = read_number(*device / "max_brightness").value_or(0);
    const long wanted = std::max(1L, most * percent / 100);  // a dark panel looks broken
    return write_number(*device / "brightness", wanted) ||
           ask_logind(device->filename().string(), wanted);
}

int next_brightness(int percent) {
    constexpr int step = 25, brightest = 100;
    return percent >= brightest - 1 ? step : (percent / step + 1) * step;
}

}  // namespace hudoor::kiosk
