#include "tests/scanner/badge_scene.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>

#include "tests/feed/hall.hpp"
#include "tests/feed/lens.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::test {
namespace {

constexpr double paper = 232;
constexpr double ink = 24;
constexpr int blank_modules = 41;  // a badge without a code is as large as one with

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// The card around a code of `modules`, in texels; the code stands in its lower half.
struct CardPlan {
    int modules = 0;
    int texels = 0;  ///< a module

    [[nodiscard]] int width() const { return modules * texels * 17 / 10; }
    [[nodiscard]] int height() const { return modules * texels * 5 / 2; }
    [[nodiscard]] int code_left() const { return (width() - modules * texels) / 2; }
    [[nodiscard]] int code_top() const { return height() - modules * texels * 13 / 10; }
};

void fill(feed::Texture& card, feed::Box box, double level) {
    for (int y = std::max(0, box.top); y < std::min(card.size.height, box.bottom); ++y)
        for (int x = std::max(0, box.left); x < std::min(card.size.width, box.right); ++x)
            card.texels[static_cast<std::size_t>(y * card.size.width + x) * 2] =
                static_cast<std::uint8_t>(level);
}

/// Instead of the square ones.
void draw_round_marks(feed::Texture& card, const CardPlan& plan, double ground, double print) {
    const int far = (plan.modules - 7) * plan.texels, side = 7 * plan.texels;
    for (const auto& [left, top] : {std::pair{0, 0}, {far, 0}, {0, far}})
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const double out = std::hypot(x + 0.5 - side / 2.0, y + 0.5 - side / 2.0) /
                                   plan.texels;  // modules
                const int at_x = plan.code_left() + left + x, at_y = plan.code_top() + top + y;
                const bool dark = out < 1.6 || (out > 2.5 && out < 3.5);
                fill(card, {at_x, at_y, at_x + 1, at_y + 1}, dark ? print : ground);
            }
}

feed::Texture draw_card(const CardPlan& plan, const SceneBadge& badge, const Picture& code) {
    const double ground = badge.inverted ? ink : paper;
    const double print = badge.inverted ? paper : ink;
    feed::Texture card{{plan.width(), plan.height()}, 2, {}};
    card.texels.assign(static_cast<std::size_t>(plan.width() * plan.height()) * 2, 255);
    fill(card, {0, 0, plan.width(), plan.height()}, ground);
    const int unit = plan.height() / 40;
    fill(card, {0, 0, plan.width(), 5 * unit}, (ground + 3 * print) / 4);
    for (int line = 0; line < 3; ++line)
        for (int letter = 0; letter < 14 - 3 * line; ++letter) {
            // A stem and two arms: as much upright as level.
            const int left = plan.width() / 8 + letter * 5 * unit / 4;
            const int top = (7 + 4 * line) * unit;
            const int pen = std::max(1, unit / 4);
            fill(card, {left, top, left + pen, top + 2 * unit}, print);
            for (const int arm : {0, 1 + letter % 2})
                fill(card,
                     {left, top + arm * 7 * unit / 8, left + unit, top + arm * 7 * unit / 8 + pen},
                     print);
        }
    for (int y = 0; y < plan.modules; ++y)
        for (int x = 0; !badge.text.empty() && x < plan.modules; ++x) {
            const int left = plan.code_left() + x * plan.texels;
            const int top = plan.code_top() + y * plan.texels;
            if (code.at(x + 4, y + 4) < 128)
                fill(card, {left, top, left + plan.texels, top + plan.texels}, print);
        }
    if (badge.round_marks && !badge.text.empty()) draw_round_marks(card, plan, ground, print);
    return card;
}

/// From texels to pixels of the frame: a pinhole camera with a focal length of 1.1 widths.
feed::Projection project_card(const CardPlan& plan, const SceneBadge& badge, feed::Size frame) {
    const double focal = 1.1 * frame.width;
    const double px = badge.module_px / plan.texels;
    const double a = radians(badge.turned), b = radians(badge.leant),
                 c = radians(badge.leant_towards);
    // Turned in the plane, then leant about the axis across `leant_towards`.
    const double along = std::cos(c), across = std::sin(c);
    const auto lean = [&](double x, double y) {
        const double way = x * along + y * across;
        const double less = way * (std::cos(b) - 1);
        return std::array<double, 3>{x + less * along, y + less * across,
                                     way * std::sin(b) / focal};
    };
    const auto right = lean(px * std::cos(a), px * std::sin(a));
    const auto down = lean(-px * std::sin(a), px * std::cos(a));
    const double at_x = badge.x * frame.width, at_y = badge.y * frame.height;
    feed::Projection plane{{right[0] + at_x * right[2], down[0] + at_x * down[2], at_x,
                            right[1] + at_y * right[2], down[1] + at_y * down[2], at_y, right[2],
                            down[2], 1}};
    const double half = plan.modules * plan.texels / 2.0;
    return plane.after(
        feed::Projection::shift({-plan.code_left() - half, -plan.code_top() - half}));
}

void lay_badge(const SceneBadge& badge, double light, feed::Plane& frame) {
    Picture code = badge.text.empty() ? make_blank(1, 1) : draw_code(badge.text, 1, badge.level);
    if (badge.mirrored) code = mirror(code);
    const int modules = badge.text.empty() ? blank_modules : code.width_px - 8;
    const CardPlan plan{modules,
                        std::clamp(static_cast<int>(std::ceil(1.6 * badge.module_px)), 2, 24)};
    const auto to_frame = project_card(plan, badge, frame.size);
    const auto quad = feed::project(to_frame, {0, 0}, {plan.width() * 1.0, plan.height() * 1.0});
    const double margin = 3 * badge.defocus_px + std::hypot(badge.smear_px.x, badge.smear_px.y) + 2;
    const auto box = feed::bounds(quad, margin, frame.size);
    if (box.empty()) return;
    auto card = draw_card(plan, badge, code);
    const double side = modules * plan.texels;
    wear_out(card, {plan.code_left() * 1.0, plan.code_top() * 1.0, side}, badge.wear);
    auto layer = feed::warp(card, to_frame.inverse(), box);
    feed::smear(layer, badge.smear_px);
    feed::defocus(layer, badge.defocus_px);
    const auto at = to_frame(
        {plan.code_left() + badge.glare_at.x * side, plan.code_top() + badge.glare_at.y * side});
    if (badge.glare > 0)
        feed::add_glare(layer, {at, badge.glare_size * modules * badge.module_px, badge.glare});
    feed::lay(layer, 0, light, frame);
}

/// Halls take long to draw.
const feed::Plane& hall_of(feed::Size size, std::uint64_t seed) {
    static std::mutex mutex;
    static std::map<std::pair<int, std::uint64_t>, feed::Plane> halls;
    const std::lock_guard lock(mutex);
    auto& hall = halls[{size.width, seed}];
    if (hall.pixels.empty()) hall = feed::draw_hall(size, seed).luma;
    return hall;
}

/// Finder marks side by side, nine modules from one to the next.
void lay_carpet(const Scene& scene, feed::Plane& frame) {
    for (int y = 0; y < frame.size.height; ++y)
        for (int x = 0; x < frame.size.width; ++x) {
            const int ring = std::max(std::abs(x / scene.carpet_px % 9 - 4),
                                      std::abs(y / scene.carpet_px % 9 - 4));
            frame.pixels[static_cast<std::size_t>(y * frame.size.width + x)] =
                ring == 4 || ring == 2 ? 190 : 60;
        }
}

/// Three of them in a frame, moved from one to the next.
void darken_bands(const Scene& scene, feed::Plane& frame) {
    const double shift = static_cast<double>(scene.seed % 7);
    for (int y = 0; y < frame.size.height; ++y) {
        const double wave = std::sin(6 * std::numbers::pi * y / frame.size.height + shift);
        const double left = 1 - scene.bands * std::max(0.0, wave);
        for (int x = 0; x < frame.size.width; ++x) {
            auto& pixel = frame.pixels[static_cast<std::size_t>(y * frame.size.width + x)];
            pixel = static_cast<std::uint8_t>(pixel * left);
        }
    }
}

}  // namespace

Picture draw_scene(const Scene& scene) {
    static const feed::Grain grain;
    feed::Plane frame = hall_of(scene.size, scene.seed % 8);
    if (scene.carpet_px > 0) lay_carpet(scene, frame);
    for (auto& pixel : frame.pixels)
        pixel = static_cast<std::uint8_t>(std::min(255.0, pixel * scene.light));
    for (const auto& badge : scene.badges) lay_badge(badge, scene.light, frame);
    if (scene.bands > 0) darken_bands(scene, frame);
    const auto exposed = frame.pixels;
    grain.add(frame, scene.noise, scene.seed);
    // What is overexposed has no noise.
    std::ranges::transform(
        frame.pixels, exposed, frame.pixels.begin(),
        [](std::uint8_t noisy, std::uint8_t level) { return level == 255 ? level : noisy; });
    return {scene.size.width, scene.size.height, std::move(frame.pixels)};
}

std::string make_token(std::uint64_t seed, std::size_t length) {
    feed::Random random(seed);
    std::string token = "HD1:";
    while (token.size() < length) token += "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[random.below(36)];
    return token;
}

}  // namespace hudoor::test
