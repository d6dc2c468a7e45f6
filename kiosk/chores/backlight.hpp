/// The light behind the panel, where the machine has one that can be set (sysfs-class-backlight).
#pragma once

#include <filesystem>
#include <optional>

namespace hudoor::kiosk {

class Backlight {
public:
    explicit Backlight(std::filesystem::path root = "/sys/class/backlight")
        : root_(std::move(root)) {}

    /// Nothing: there is none.
    [[nodiscard]] std::optional<int> percent() const;
    /// By its file, or through logind, which lets the session on the seat do it. False: neither
    /// lets us, or there is none.
    bool set(int percent) const;

private:
    std::filesystem::path root_;
};

/// What a touch makes of it: 25, 50, 75, 100, and from there the first again.
[[nodiscard]] int next_brightness(int percent);

}  // namespace hudoor::kiosk
