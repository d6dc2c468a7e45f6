/// What the feed shows, when and how: a pure function of the seed and the cast.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/base/crypto.hpp"
#include "storage/organiser/badges/qr_code.hpp"
#include "tests/feed/cast.hpp"
#include "tests/feed/geometry.hpp"
#include "tests/feed/walker.hpp"

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
    // only in the demo
    cancelled,
    noted,        ///< the usher has a note for them
    not_on_list,  ///< signed, but the guest list does not know it
    leaving,      ///< at a way out
};

/// "admitted/ok", "refused/revoked", "hint/one_badge": verdict and reason, or the hint.
[[nodiscard]] std::string expectation(Showing showing);

enum class Difficulty {
    none,
    small,
    tilted,
    moving,
    noisy,
    inverted_phone,
    glare,
    // only in the demo
    back_side,  ///< held with its back to the camera, then turned
    too_far,    ///< held too far away, then brought closer
};

struct ShownCode {
    std::string text;
    organiser::QrCode qr;
    CastMember bearer;  ///< whose name stands beside it
    Point hold;         ///< where the middle of the code is held, px
};

/// One showing of a badge or a phone, or of two badges at once. Lengths are pixels of the frame,
/// times are frame numbers.
struct Appearance {
    Showing showing{};
    Difficulty difficulty{};
    std::vector<ShownCode> codes;
    Look look;  ///< of who holds it
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
    int righted = 0;  ///< first frame turned or brought closer for good, where it was not at once
};

struct PlanOptions {
    int appearances = 40;  ///< at least 12, so that every showing and every difficulty occurs
    std::uint64_t seed = 1;
    Size size{1280, 720};
    int fps = 30;
};

/// The light of the hall changes evenly from one step to the next; 1 before the first.
struct LightStep {
    int frame = 0;
    double light = 1;
};

struct Plan {
    PlanOptions options;
    storage::Bilingual event_name;
    std::vector<Appearance> appearances;
    std::vector<Walker> walkers;  ///< may be none: then hands come out of nowhere
    std::vector<LightStep> light;
    int frames = 0;
};

/// Throws Fault(bad_data) if the cast has nobody for a showing. The same badge comes again 6 s
/// after it left at the earliest. `key` is the event's, known to its kiosks.
[[nodiscard]] Plan make_plan(const Cast& cast, const storage::SigningKey& key,
                             const PlanOptions& options);

}  // namespace hudoor::feed
