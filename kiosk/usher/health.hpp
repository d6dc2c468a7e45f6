/// The Health page: twelve tiles from what the other threads have reported.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>

#include "assets/catalogue.hpp"
#include "kiosk/chores/thread.hpp"
#include "kiosk/desk/orders.hpp"
#include "kiosk/usher/panel_view.hpp"
#include "scanner/camera/camera.hpp"

namespace hudoor::kiosk {

/// What the other threads have reported so far.
struct HealthFacts {
    std::string device;  ///< kiosk name
    std::chrono::minutes up{};
    scanner::CameraState camera = scanner::CameraState::opening;
    bool sees = true;  ///< neither black nor frozen
    std::optional<int> frames_per_second{};
    std::optional<std::chrono::microseconds> exposure{};  ///< what it was fixed at
    bool exposure_wanted = false;                         ///< fixed, by the settings
    std::optional<MonotonicTime> sharp_seen{};            ///< when a sharp code was seen last
    std::optional<MonotonicTime> blur_seen{};
    std::optional<MonotonicTime> last_code{};
    bool touched = false;  ///< the screen was, since the start
    bool sound_works = false;
    ClockQuality clock = ClockQuality::unset;
    StorageStatus storage;
    bool mirrored = false;  ///< a second device is set
    DoorState door;
    std::optional<When> list_of{};
    std::optional<MachineState> machine{};
    std::string version;
};

[[nodiscard]] HealthPage describe_health(const HealthFacts& facts,
                                         const assets::Catalogue& catalogue, MonotonicTime now,
                                         WallTime wall);

}  // namespace hudoor::kiosk
