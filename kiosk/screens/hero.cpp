#include <algorithm>
#include <cmath>
#include <numbers>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::IconName;
using assets::Language;
using scanner::HintKind;

/// How the badge of the pictogram lies: it rises, rests, and is a trace of itself for a moment.
struct BadgePose {
    double lowered_mm = 0;
    double size = 1;
    double shown = 1;
};

BadgePose pose_at(const IdleScreen& idle, bool still) {
    constexpr double rise = 600, rest = 1400, fade = 300, away = 700, trace = 0.2;
    if (idle.at_rest || still) return {};
    const double at =
        std::fmod(static_cast<double>(idle.moving_for.count()), rise + rest + fade + away);
    if (at < rise) {
        const double left = std::pow(1 - at / rise, 3);
        return {12 * left, 1 - 0.08 * left, std::max(trace, std::min(1.0, at / 150))};
    }
    if (at < rise + rest) return {};
    return {0, 1, std::max(trace, 1 - (at - rise - rest) / fade)};
}

/// Over each code a plain tile, which says "I see it" and leaves nothing to copy.
void draw_covers(Painter& painter, const scanner::Preview& preview, const Box& tile, Rgb colour) {
    for (const scanner::PictureBox& code : preview.covered) {
        const Spot a = Painter::preview_spot(preview, tile, {code.x, code.y}),
                   b = Painter::preview_spot(preview, tile, {code.x + code.w, code.y + code.h});
        const double left = std::max(std::min(a.x, b.x), tile.x),
                     right = std::min(std::max(a.x, b.x), tile.right()),
                     top = std::max(std::min(a.y, b.y), tile.y),
                     bottom = std::min(std::max(a.y, b.y), tile.bottom());
        if (right > left && bottom > top)
            painter.block("cover", {left, top, right - left, bottom - top}, 4, colour);
    }
}

/// What a hint asks for, in pictures: the badge and what to do with it.
class Acts {
public:
    Acts(Painter& painter, const Box& tile, Rgb ground)
        : painter_(painter),
          tile_(tile),
          ground_(ground),
          look_{colours::black, ground, 1},
          part_(std::min(1.0, tile.h / 128)) {}

    void draw(HintKind kind) {
        switch (kind) {
            case HintKind::closer:
                return draw_nearer(29.4 * part_, 27 * part_, 0);
            case HintKind::farther:
                return draw_nearer(45 * part_, 34 * part_, 180);
            case HintKind::still:
                return draw_still();
            case HintKind::glare:
                return draw_tilt();
            case HintKind::turn:
                return draw_turn();
            case HintKind::covered:
                return draw_right_and(draw_covered_badge);
            case HintKind::bent:
                return draw_right_and(draw_bent_badge);
            case HintKind::one_badge:
                return draw_one_badge();
            case HintKind::other_code:
                return draw_other_code();
            case HintKind::show_again:
                return draw_badge(painter_, middle(), 47.5 * part_, look_);
        }
    }

private:
    Spot middle() const { return {tile_.centre().x, tile_.y + 0.428 * tile_.h}; }

    /// A small badge and arrows outwards, or a large one and arrows inwards.
    void draw_nearer(double width, double away, double turned) {
        const Spot c = middle();
        draw_badge(painter_, c, width, look_);
        for (const double side_x : {-1.0, 1.0})
            for (const double side_y : {-1.0, 1.0}) {
                const Spot at{c.x + side_x * away, c.y + side_y * away * 1.08};
                const double angle = side_y < 0 ? side_x * 45 : side_x * 135, half = 9 * part_;
                painter_.icon(IconName::arrow, {at.x - half, at.y - half, 2 * half, 2 * half},
                              colours::black, ground_, angle + turned);
            }
    }

    /// The right way, and the wrong one crossed out.
    void draw_still() {
        const Spot right = draw_marks();
        draw_badge(painter_, {2 * middle().x - right.x, right.y}, badge * part_, look_);
        const Rgb trace = mix(ground_, colours::black, 0.45);
        for (const double shift : {-5.6 * part_, 5.6 * part_})
            draw_badge(painter_, {right.x + shift, right.y}, badge * part_, {trace, ground_, 0.75});
        draw_badge(painter_, right, badge * part_, look_);
    }

    /// Away from the light.
    void draw_tilt() {
        const Spot c = middle(), sun{c.x + 24 * part_, c.y - 30 * part_};
        painter_.disc(sun, 5.7 * part_, colours::black);
        for (int ray = 0; ray < 8; ++ray) {
            const double angle = ray * std::numbers::pi / 4, x = part_ * std::cos(angle),
                         y = part_ * std::sin(angle);
            painter_.line(
                {{sun.x + 8.2 * x, sun.y + 8.2 * y}, {sun.x + 12.6 * x, sun.y + 12.6 * y}}, 2.2,
                colours::black);
        }
        draw_turned_badge(painter_, {c.x - 7.2 * part_, c.y + 9.3 * part_}, 42 * part_, -14, look_);
        draw_bow({c.x - 14 * part_, c.y + 13 * part_}, 46 * part_, 32, 70);
    }

    /// Its empty side, and the side with the code.
    void draw_turn() {
        const Spot c = middle();
        draw_badge_back(painter_, {c.x - 20.3 * part_, c.y - 10 * part_}, badge * part_, look_);
        draw_badge(painter_, {c.x + 20.3 * part_, c.y - 10 * part_}, badge * part_, look_);
        draw_bow({c.x, c.y - 14 * part_}, 46 * part_, 55, 125);
    }

    /// The right way, and a wrong one crossed out.
    template <typename Draw>
    void draw_right_and(Draw draw_wrong) {
        const Spot right = draw_marks();
        draw_badge(painter_, {2 * middle().x - right.x, right.y}, badge * part_, look_);
        draw_wrong(painter_, right, badge * part_, look_);
    }

    void draw_one_badge() {
        draw_right_and(draw_badge);
        const double cap = 13 * part_;
        painter_.label("1", {Language::en, cap, true},
                       {middle().x - 0.8, marks_y() + cap / 2, Align::centre}, colours::black);
    }

    /// The badge's code, not any other.
    void draw_other_code() {
        const Spot right = draw_marks();
        draw_badge(painter_, {2 * middle().x - right.x, right.y}, badge * part_, look_);
        const double side = 31 * part_, edge = 4 * part_;
        const Box other{right.x - side / 2, right.y - side / 2, side, side};
        painter_.block("other code", other, 2, colours::white);
        draw_code(painter_, {other.x + edge, other.y + edge}, side - 2 * edge, colours::black,
                  colours::white);
    }

    double marks_y() const { return tile_.y + 0.63 * tile_.h; }

    /// A tick under the left place and a cross under the right one; the middle of the right one.
    Spot draw_marks() {
        const double y = marks_y(), aside = 20.3 * part_, half = 9.5 * part_;
        const auto at = [&](double x) { return Box{x - half, y - half, 2 * half, 2 * half}; };
        painter_.icon(IconName::ok, at(middle().x - aside), colours::black, ground_);
        painter_.icon(IconName::cross, at(middle().x + aside), colours::black, ground_);
        return {middle().x + aside, y - 38.3 * part_};
    }

    /// A bow around `centre` from one angle to another, degrees clockwise from the right, with a
    /// head at its end.
    void draw_bow(Spot centre, double radius, double to, double from) {
        constexpr int steps = 14;
        std::vector<Spot> points;
        const auto on = [&](double degrees) {
            const double angle = degrees * std::numbers::pi / 180;
            return Spot{centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
        };
        for (int i = 0; i <= steps; ++i) points.push_back(on(from + (to - from) * i / steps));
        painter_.line(points, 2.9, colours::black);
        const double sign = to > from ? 1 : -1, angle = to * std::numbers::pi / 180;
        const Spot end = on(to), along{-std::sin(angle) * sign, std::cos(angle) * sign};
        const Spot across{-along.y, along.x};
        painter_.area({{end.x + 9 * along.x, end.y + 9 * along.y},
                       {end.x + 5.6 * across.x, end.y + 5.6 * across.y},
                       {end.x - 5.6 * across.x, end.y - 5.6 * across.y}},
                      colours::black);
    }

    static constexpr double badge = 29.1;

    Painter& painter_;
    const Box& tile_;
    Rgb ground_;
    BadgeLook look_;
    double part_;  ///< of the size they have in a high tile
};

/// How far from the camera: a picture line of its own, left to right in both languages.
void draw_distance(Painter& painter, Spot centre, Rgb ink, Rgb ground) {
    const auto [x, y] = centre;
    painter.icon(IconName::camera, {x - 42, y - 7, 14.2, 14.2}, ink, ground);
    painter.line({{x - 22, y}, {x - 11.5, y}}, 1.6, ink);
    painter.area({{x - 24.8, y}, {x - 20.5, y - 2.5}, {x - 20.5, y + 2.5}}, ink);
    painter.area({{x - 8.9, y}, {x - 13.2, y - 2.5}, {x - 13.2, y + 2.5}}, ink);
    painter.label("20–40", {Language::en, 8, true}, {x + 10.2, y + 4.3, Align::centre}, ink);
    const auto unit = painter.words("unit.cm");
    painter.label(unit.ar, {Language::ar, 5.2, true}, {x + 34.5, y - 1, Align::centre}, ink);
    painter.label(unit.en, {Language::en, 5.6, true}, {x + 34.5, y + 6.5, Align::centre}, ink);
}

constexpr double low_tile = 80;  // the badge and the distance have room, and nothing else

void draw_rising_badge(Painter& painter, const IdleScreen& idle, const Box& tile, Rgb ground) {
    const BadgePose pose = pose_at(idle, painter.appearance().still);
    const double width = 47.5 * std::min(tile.h / 140, tile.w / 110) * pose.size;
    const Spot centre{tile.centre().x, tile.y + (tile.h < low_tile ? 0.4 : 0.48) * tile.h +
                                           pose.lowered_mm * std::min(1.0, tile.h / 140)};
    const Rgb ink = painter.colours().on_tile;
    draw_lanyard(painter, {centre.x, centre.y - 0.69 * width}, width, tile.y,
                 mix(ground, ink, pose.shown));
    draw_badge(painter, centre, width, {ink, ground, pose.shown});
}

void draw_door_button(Painter& painter, std::string_view id, double turned, const Box& box,
                      bool now) {
    const auto& colours = painter.colours();
    const Rgb ground = now ? colours.deep : colours.surface,
              ink = now ? colours.on_deep : colours.ink;
    painter.block(id, box, 6, ground);
    painter.frame(box, 6, now ? 1 : colours.control_line_mm, colours.edge);
    const bool low = box.h < 60;
    const double size = low ? 26 : 48, left = box.x + (low ? 6 : 20);
    painter.disc({left + size / 2, box.centre().y}, size / 2, ink);
    painter.icon(IconName::arrow,
                 Box{left, box.centre().y - size / 2, size, size}.inset(size * 0.19), ground, ink,
                 turned);
    const auto text = chosen(painter, painter.words(id));
    const double middle = (left + size + box.right()) / 2,
                 space = box.right() - left - size - (low ? 8 : 20);
    const bool both = !text.ar.empty() && !text.en.empty();
    const auto ar = painter.fit(text.ar, {Language::ar, low ? 9.6 : 14, true}, {space, 7, 1, 1});
    const auto en = painter.fit(text.en, {Language::en, low ? 8.4 : 12.2, true}, {space, 7, 1, 1});
    const double y = box.centre().y, half = ar.style.cap_mm / 2;
    painter.text(ar, {middle, both ? y - (low ? 3.5 : 5) : y + half, Align::centre}, ink);
    painter.text(en, {middle, both ? y + (low ? 13 : 22) : y + half, Align::centre}, ink);
}

}  // namespace

void draw_mirror(Painter& painter, const View& view, const IdleScreen& idle, const Box& tile) {
    const auto& c = painter.colours();
    const bool ringed = idle.hint || c.high_contrast;
    if (view.preview && view.preview->width_px > 0) {
        // Under a ring it ends inside it, or its edge would show.
        const Box seen = ringed ? tile.inset(0.5) : tile;
        painter.preview(*view.preview, seen, 6);
        draw_covers(painter, *view.preview, seen, c.warn);
    } else {
        painter.block("preview", tile, 6, c.sunk);
        painter.icon(IconName::camera, {tile.centre().x - 15, tile.centre().y - 15, 30, 30}, c.ink2,
                     c.sunk);
    }
    if (ringed) painter.frame(tile, 6, idle.hint ? 2 : 1.5, c.warn);
    draw_aim_guide(painter, tile, colours::white, colours::ink);
}

void draw_pictogram(Painter& painter, const IdleScreen& idle, const Box& tile) {
    const auto& c = painter.colours();
    const Rgb ground =
        idle.hint ? mix(c.tile, c.warn, idle.hint_part) : mix(c.warn, c.tile, idle.hint_part);
    const Rgb ink = idle.hint ? colours::black : c.on_tile;
    painter.block("pictogram", tile, 6, ground);
    if (tile.h >= low_tile) draw_aim_guide(painter, tile, ink, ink);
    if (idle.hint)
        Acts(painter, tile, ground).draw(*idle.hint);
    else
        draw_rising_badge(painter, idle, tile, ground);
    const double up = tile.h < 120 ? 12 : painter.portrait() ? 17.4 : 15;
    draw_distance(painter, {tile.centre().x, tile.bottom() - up}, ink, ground);
}

void draw_distance_tile(Painter& painter, const IdleScreen& idle, const Box& tile) {
    const auto& c = painter.colours();
    painter.block("distance", tile, 6, idle.hint ? c.warn : c.tile);
    draw_distance(painter, tile.centre(), idle.hint ? c.on_warn : c.on_tile,
                  idle.hint ? c.warn : c.tile);
}

Intent draw_door(Painter& painter, storage::Direction now, const Box& entering,
                 const Box& leaving) {
    const bool out = now == storage::Direction::exit;
    draw_door_button(painter, "door.in", 0, entering, !out);
    draw_door_button(painter, "door.out", 180, leaving, out);
    const bool touched_in = painter.touched("entering", entering),
               touched_out = painter.touched("leaving", leaving);
    return touched_in ? Intent::entering : touched_out ? Intent::leaving : Intent::none;
}

}  // namespace hudoor::kiosk
