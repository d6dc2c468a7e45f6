/// What the feed shows, when and how: a pure function of the seed and the cast.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/crypto.hpp"
#include "tests/feed/cast.hpp"
#include "tests/feed/geometry.hpp"
#include "tests/feed/qr.hpp"

namespace hudoor::feed {

/// What is shown, named by what the door says to it.
enum class Showing {
    valid,
    already_in,
    wrong_session,
    revoked,
    replaced,
    expired,
    forged,
    wrong_event,
    other_code,
    two_at_once,
};

/// "admitted/ok", "refused/revoked", "hint/one_badge": verdict and reason, or the hint.
[[nodiscard]] std::string expectation(Showing showing);

enum class Difficulty { none, small, tilted, moving, noisy, inverted_phone, glare };

struct ShownCode {
    std::string text;
    Qr qr;
    CastMember bearer;  ///< whose name stands beside it
    Point hold;         ///< where the middle of the code is held, px
};

/// One showing of a badge or a phone, or of two badges at once. Lengths are pixels of the frame,
/// times are frame numbers.
struct Appearance {
    Showing showing{};
    Difficulty difficulty{};
    std::vector<ShownCode> codes;
    bool phone = false;
    bool inverted = false;  ///< dark mode: light modules on black
    double module_px = 4;   ///< seen straight on
    double tilt_deg = 0;
    double tilt_towards_deg = 0;
    double turn_deg = 0;  ///< in the plane of the picture
    double shake_px = 0;  ///< how far the hand still shakes on arrival
    double wobble_phase = 0;
    double noise_sigma = 3;
    double light = 1;
    double defocus_px = 0.6;
    double shutter = 0.25;  ///< share of a frame's time that the shutter is open
    std::optional<int>
        glare_corner;  ///< finder under a reflection: 0 top left, 1 top right, 2 below
    Point comes_from;  ///< from here to where it is held
    Point goes_to;
    bool abrupt = false;  ///< stops and starts within one frame
    int enters = 0;       ///< first frame of its way in
    int held = 0;         ///< first frame at rest
    int leaves = 0;       ///< last frame at rest
    int gone = 0;         ///< first frame without it
};

struct PlanOptions {
    int appearances = 40;  ///< at least 12, so that every showing and every difficulty occurs
    std::uint64_t seed = 1;
    Size size{1280, 720};
    int fps = 30;
};

struct Plan {
    PlanOptions options;
    storage::Bilingual event_name;
    std::vector<Appearance> appearances;
    int frames = 0;
};

/// Throws Fault(bad_data) if the cast has nobody for a showing. The same badge comes again 6 s
/// after it left at the earliest. `key` is the event's, known to its kiosks.
[[nodiscard]] Plan make_plan(const Cast& cast, const storage::SigningKey& key,
                             const PlanOptions& options);

}  // namespace hudoor::feed
