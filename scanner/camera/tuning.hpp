/// What a camera is told of its exposure and its focus, so that it hunts for neither while a badge
/// is held up: once it is streaming, and again as badges are read or blurred.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "scanner/camera/controls.hpp"

namespace hudoor::scanner {

/// What the reader made of the frames. Thread-safe.
class Sightings {
public:
    void note_read() { read_ = true; }
    /// A badge was blurred for so long that its holder was told.
    void note_blurred() { blurred_ = true; }
    [[nodiscard]] bool are_new() const { return read_ || blurred_; }
    /// Whether there was one since the last call.
    [[nodiscard]] bool take_read() { return read_.exchange(false); }
    [[nodiscard]] bool take_blurred() { return blurred_.exchange(false); }

private:
    std::atomic<bool> read_ = false, blurred_ = false;
};

enum class FocusKind {
    free,   ///< the camera's own
    held,   ///< the camera's own until a badge is read, then where it is; let go where one blurs
    fixed,  ///< at `focus_at`
};

struct TuningOptions {
    std::chrono::microseconds exposure{0};  ///< 0: the camera is left alone
    /// Instead of it from when a badge was blurred on; 0: the same as ever.
    std::chrono::microseconds exposure_where_blurred{0};
    FocusKind focus = FocusKind::free;
    std::int32_t focus_at = 0;  ///< in the camera's own steps
};

/// What became of it.
struct Tuned {
    std::optional<std::chrono::microseconds> exposure;  ///< what it is fixed at
    std::string what;                                   ///< for the log; empty: nothing was told
};

/// Used by one thread; outlives the runs of its camera and remembers what it learned in them.
class CameraTuning {
public:
    explicit CameraTuning(const TuningOptions& options) : options_(options) {}

    /// Whether the camera is to be told anything at all.
    [[nodiscard]] bool is_wanted() const;
    /// For every run anew: some cameras forget what they were told before.
    [[nodiscard]] Tuned begin(CameraControls& camera);
    /// Of the run begun last.
    [[nodiscard]] Tuned go_on(CameraControls& camera, Sightings& sightings);

private:
    void tell_exposure(CameraControls& camera, Tuned& tuned);
    void let_focus_go(CameraControls& camera, Tuned& tuned);
    void hold_focus(CameraControls& camera, std::int32_t at, Tuned& tuned);

    TuningOptions options_;
    bool blurred_ = false;
    std::optional<std::int32_t> held_at_;
    std::optional<std::chrono::microseconds> exposure_;
};

}  // namespace hudoor::scanner
