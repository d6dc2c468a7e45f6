#include "tests/feed/path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hudoor::feed {
namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double full_turn = 2 * std::numbers::pi;
constexpr double shakes_per_second = 4.2;
constexpr double shake_dies_in_s = 0.3;
constexpr double righting_s = 0.6;
constexpr double too_far_scale = 0.3;
constexpr double glare_stays_s = 0.15;
constexpr double glare_speed_sides_per_s = 1.2;

double progress(double frame, int from, int to) {
    return std::clamp((frame - from) / (to - from), 0.0, 1.0);
}

/// A hand slows down as it arrives, and speeds up as it leaves.
Point travel(const Appearance& appearance, double frame) {
    const double left = 1 - progress(frame, appearance.enters, appearance.held);
    const double done = progress(frame, appearance.leaves, appearance.gone);
    return appearance.comes_from * (appearance.abrupt ? left : left * left * left) +
           appearance.goes_to * (appearance.abrupt ? done : done * done);
}

/// No hand is quite still.
Point wobble(const Appearance& appearance, double seconds, double scale) {
    return Point{2.5 * std::sin(full_turn * 0.9 * seconds + appearance.wobble_phase),
                 3.0 * std::sin(full_turn * 0.7 * seconds + 2 * appearance.wobble_phase)} *
           scale;
}

/// The hand of somebody who hurries; it calms down once it has arrived.
Point shake(const Appearance& appearance, double seconds_held) {
    const double reach =
        appearance.shake_px * std::exp(-std::max(0.0, seconds_held) / shake_dies_in_s);
    return Point{0.8, 0.6} * (reach * std::sin(full_turn * shakes_per_second * seconds_held));
}

Point centre_at(const Appearance& appearance, std::size_t code, double frame,
                const PlanOptions& options) {
    const double seconds = frame / options.fps;
    return appearance.codes[code].hold + travel(appearance, frame) +
           wobble(appearance, seconds, options.size.height / 720.0) +
           shake(appearance, (frame - appearance.held) / options.fps);
}

/// 0 until it is being turned or brought closer, 1 once that is done.
double righted(const Appearance& appearance, double frame, int fps) {
    if (appearance.righted == 0) return 1;
    const double done = std::clamp(1 - (appearance.righted - frame) / (righting_s * fps), 0.0, 1.0);
    return done * done * (3 - 2 * done);
}

/// From its back (180 degrees) to its front; the drawing of the back itself faces us.
double spin(const Appearance& appearance, double frame, int fps) {
    if (appearance.difficulty != Difficulty::back_side) return 0;
    const double angle = std::numbers::pi * (1 - righted(appearance, frame, fps));
    return shows_back(appearance, frame, fps) ? angle - std::numbers::pi : angle;
}

/// Turns in its plane, then tilts backwards in the direction `towards` and spins about its upright:
/// the first two columns of the rotation, since the card is flat.
struct Attitude {
    double xx, xy, yx, yy, zx, zy;
};

Attitude attitude(double tilt, double towards, double turn, double spun) {
    const double ax = tilt * std::sin(towards);
    const double ay = tilt * std::cos(towards) + spun;
    const double sx = std::sin(ax), cx = std::cos(ax);
    const double sy = std::sin(ay), cy = std::cos(ay);
    const double sz = std::sin(turn), cz = std::cos(turn);
    return {cy * cz + sy * sx * sz,  -cy * sz + sy * sx * cz, cx * sz, cx * cz,
            -sy * cz + cy * sx * sz, sy * sz + cy * sx * cz};
}

}  // namespace

CardShape card_shape(bool phone) {
    return phone ? CardShape{{72, 150}, {9, 58}, 54} : CardShape{{105, 148}, {9.1, 87.6}, 31.8};
}

Projection card_to_frame(const Appearance& appearance, std::size_t code, double frame,
                         const PlanOptions& options) {
    const CardShape shape = card_shape(appearance.phone);
    const Attitude a =
        attitude(appearance.tilt_deg * radians, appearance.tilt_towards_deg * radians,
                 appearance.turn_deg * radians, spin(appearance, frame, options.fps));
    const double focal = focal_length_in_widths * options.size.width;
    const double reach = appearance.difficulty == Difficulty::too_far
                             ? std::lerp(too_far_scale, 1, righted(appearance, frame, options.fps))
                             : 1;
    const double px_per_mm =
        reach * appearance.module_px * appearance.codes[code].qr.modules / shape.code_side_mm;
    const double depth = focal / px_per_mm;
    const Point centre = centre_at(appearance, code, frame, options);
    const Projection seen{{focal * a.xx + centre.x * a.zx, focal * a.xy + centre.x * a.zy,
                           centre.x * depth, focal * a.yx + centre.y * a.zx,
                           focal * a.yy + centre.y * a.zy, centre.y * depth, a.zx, a.zy, depth}};
    const Point middle = (shape.code_mm + shape.code_end()) * 0.5;
    return seen.after(Projection::shift(middle * -1));
}

bool shows_back(const Appearance& appearance, double frame, int fps) {
    return appearance.difficulty == Difficulty::back_side && righted(appearance, frame, fps) < 0.5;
}

Point smear_at(const Appearance& appearance, int frame, const PlanOptions& options) {
    return centre_at(appearance, 0, frame + appearance.shutter / 2, options) -
           centre_at(appearance, 0, frame - appearance.shutter / 2, options);
}

Quad code_quad(const Appearance& appearance, std::size_t code, int frame,
               const PlanOptions& options, bool with_quiet_zone) {
    const CardShape shape = card_shape(appearance.phone);
    const double margin =
        with_quiet_zone ? 4 * shape.code_side_mm / appearance.codes[code].qr.modules : 0;
    return project(card_to_frame(appearance, code, frame, options),
                   shape.code_mm - Point{margin, margin}, shape.code_end() + Point{margin, margin});
}

std::optional<Point> glare_at(const Appearance& appearance, int frame, const PlanOptions& options) {
    if (!appearance.glare_corner) return std::nullopt;
    const CardShape shape = card_shape(appearance.phone);
    const double side = shape.code_side_mm;
    const double seconds = static_cast<double>(frame - appearance.held) / options.fps;
    const double slid = std::max(0.0, seconds - glare_stays_s) * glare_speed_sides_per_s * side;
    const double right = *appearance.glare_corner == 1 ? 1 : -1;
    const double down = *appearance.glare_corner == 2 ? 1 : -1;
    const double reach = side * (0.5 - 3.5 / appearance.codes[0].qr.modules) + slid;
    const Point middle = (shape.code_mm + shape.code_end()) * 0.5;
    return card_to_frame(appearance, 0, frame, options)(middle + Point{right, down} * reach);
}

}  // namespace hudoor::feed
