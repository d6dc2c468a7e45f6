#include "kiosk/screens/pictogram.hpp"

#include <cmath>
#include <numbers>

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;

/// From the end of one arm round the corner to the end of the other.
std::vector<Spot> bracket(Spot corner, double to_x, double to_y) {
    constexpr double arm = 15.5, radius = 6;
    constexpr int steps = 8;
    std::vector<Spot> points{{corner.x, corner.y + to_y * arm}};
    for (int i = 0; i <= steps; ++i) {
        const double angle = std::numbers::pi / 2 * i / steps;
        points.push_back({corner.x + to_x * radius * (1 - std::cos(angle)),
                          corner.y + to_y * radius * (1 - std::sin(angle))});
    }
    points.push_back({corner.x + to_x * arm, corner.y});
    return points;
}

/// Calls `square(box, is_ink)` for each dark or light square of the code, in the order of drawing.
template <typename Square>
void for_code_squares(Spot top_left, double width, Square square) {
    constexpr int cells[][2] = {{4, 0}, {4, 2}, {0, 4}, {2, 4}, {4, 4}, {6, 4}, {8, 4},
                                {5, 5}, {5, 6}, {7, 6}, {4, 8}, {6, 8}, {8, 8}};
    constexpr int finders[][2] = {{0, 0}, {6, 0}, {0, 6}};
    const double cell = width / 9;
    const auto box = [&](double column, double row, double size) {
        return Box{top_left.x + column * cell, top_left.y + row * cell, size * cell, size * cell};
    };
    for (const auto& [column, row] : cells) square(box(column, row, 1), true);
    for (const auto& [column, row] : finders) {
        square(box(column, row, 3), true);
        square(box(column + 0.75, row + 0.75, 1.5), false);
    }
}

}  // namespace

Rgb mix(Rgb from, Rgb to, double part) {
    Rgb result = 0;
    for (const int shift : {16, 8, 0}) {
        const double a = (from >> shift) & 255, b = (to >> shift) & 255;
        result |= static_cast<Rgb>(std::lround(a + (b - a) * part)) << shift;
    }
    return result;
}

void draw_aim_guide(Painter& painter, const Box& tile, Rgb colour, Rgb under) {
    const Box box{tile.x + 0.11 * tile.w, tile.y + 0.07 * tile.h, 0.78 * tile.w, 0.72 * tile.h};
    const std::vector<Spot> brackets[] = {
        bracket({box.x, box.y}, 1, 1), bracket({box.right(), box.y}, -1, 1),
        bracket({box.right(), box.bottom()}, -1, -1), bracket({box.x, box.bottom()}, 1, -1)};
    for (const auto& points : brackets) {
        if (under != colour) painter.line(points, 3.8, under);
        painter.line(points, 2.2, colour);
    }
}

void draw_code(Painter& painter, Spot top_left, double width, Rgb ink, Rgb ground) {
    for_code_squares(top_left, width, [&](const Box& box, bool is_ink) {
        painter.block("code", box, 0, is_ink ? ink : ground);
    });
}

void draw_badge(Painter& painter, Spot centre, double w, const BadgeLook& look) {
    const Rgb ink = mix(look.ground, look.ink, look.shown);
    const Rgb paper = mix(look.ground, colours::white, look.shown);
    const double stroke = 0.045 * w;
    const Box card{centre.x - w / 2, centre.y - 0.69 * w, w, 1.38 * w};
    const auto middle = [&](double width, double y, double height) {
        return Box{centre.x - width * w / 2, card.y + y * w, width * w, height * w};
    };
    painter.block("badge", card.inset(-stroke / 2), 0.08 * w + stroke / 2, ink);
    painter.block("badge paper", card.inset(stroke / 2), 0.08 * w - stroke / 2, paper);
    painter.block("slot", middle(0.26, 0.085, 0.055), 0.0275 * w, ink);
    painter.block("bar", middle(0.66, 0.24, 0.096), 0, ink);
    painter.block("bar", middle(0.46, 0.405, 0.07), 0, ink);
    draw_code(painter, {centre.x - 0.3 * w, card.y + 0.57 * w}, 0.6 * w, ink, paper);
}

namespace {

/// Draws rectangles of a badge that lies turned around its middle.
class TurnedPen {
public:
    TurnedPen(Painter& painter, Spot centre, double degrees)
        : painter_(painter),
          centre_(centre),
          cosine_(std::cos(degrees * std::numbers::pi / 180)),
          sine_(std::sin(degrees * std::numbers::pi / 180)) {}

    /// `box` as it lies before the turn, from the badge's middle; corners cut round by `radius`.
    void fill(const Box& box, double radius, Rgb colour) const {
        constexpr int steps = 4;
        std::vector<Spot> points;
        const struct {
            double x, y, from;
        } corners[] = {{box.right() - radius, box.y + radius, -90},
                       {box.right() - radius, box.bottom() - radius, 0},
                       {box.x + radius, box.bottom() - radius, 90},
                       {box.x + radius, box.y + radius, 180}};
        for (const auto& corner : corners)
            for (int i = 0; i <= (radius > 0 ? steps : 0); ++i) {
                const double angle = (corner.from + 90.0 * i / steps) * std::numbers::pi / 180;
                points.push_back(
                    at({corner.x + radius * std::cos(angle), corner.y + radius * std::sin(angle)}));
            }
        painter_.area(points, colour);
    }

private:
    Spot at(Spot spot) const {
        return {centre_.x + spot.x * cosine_ - spot.y * sine_,
                centre_.y + spot.x * sine_ + spot.y * cosine_};
    }

    Painter& painter_;
    Spot centre_;
    double cosine_;
    double sine_;
};

/// The same of one that is bowed about its upright middle line; corners are not cut round.
class BentPen {
public:
    BentPen(Painter& painter, Spot centre, double w) : painter_(painter), centre_(centre), w_(w) {}

    void fill(const Box& box, double, Rgb colour) const {
        constexpr double strip = 0.08;  // of the badge's width
        const int strips = std::max(1, static_cast<int>(std::ceil(box.w / (strip * w_))));
        const double step = box.w / strips;
        for (int i = 0; i < strips; ++i) {
            const double left = box.x + i * step, right = left + step;
            painter_.area({at({left, box.y}), at({right, box.y}), at({right, box.bottom()}),
                           at({left, box.bottom()})},
                          colour);
        }
    }

private:
    Spot at(Spot spot) const {
        constexpr double depth = 0.3;
        const double out = 2 * spot.x / w_;
        return {centre_.x + spot.x, centre_.y + spot.y + depth * w_ * (out * out - 0.5)};
    }

    Painter& painter_;
    Spot centre_;
    double w_;
};

template <typename Pen>
void draw_badge_by(const Pen& pen, double w, const BadgeLook& look) {
    const double stroke = 0.045 * w, top = -0.69 * w;
    const Box card{-w / 2, top, w, 1.38 * w};
    const auto bar = [&](double width, double y, double height) {
        pen.fill({-width * w / 2, top + y * w, width * w, height * w}, 0, look.ink);
    };
    pen.fill(card.inset(-stroke / 2), 0.08 * w + stroke / 2, look.ink);
    pen.fill(card.inset(stroke / 2), 0.08 * w - stroke / 2, colours::white);
    pen.fill({-0.13 * w, top + 0.085 * w, 0.26 * w, 0.055 * w}, 0.0275 * w, look.ink);
    bar(0.66, 0.24, 0.096);
    bar(0.46, 0.405, 0.07);
    for_code_squares({-0.3 * w, top + 0.57 * w}, 0.6 * w, [&](const Box& box, bool is_ink) {
        pen.fill(box, 0, is_ink ? look.ink : colours::white);
    });
}

}  // namespace

void draw_turned_badge(Painter& painter, Spot centre, double w, double degrees,
                       const BadgeLook& look) {
    draw_badge_by(TurnedPen(painter, centre, degrees), w, look);
}

void draw_bent_badge(Painter& painter, Spot centre, double w, const BadgeLook& look) {
    draw_badge_by(BentPen(painter, centre, w), w, look);
}

void draw_covered_badge(Painter& painter, Spot centre, double w, const BadgeLook& look) {
    draw_badge(painter, centre, w, look);
    const double rim = 0.03 * w;
    for (const double down : {-0.07, 0.12, 0.31}) {
        const Box finger{centre.x - (down == 0.12 ? 0.14 : 0.08) * w, centre.y + down * w, 0.76 * w,
                         0.17 * w};
        painter.block("finger edge", finger.inset(-rim), finger.h / 2 + rim, look.ground);
        painter.block("finger", finger, finger.h / 2, look.ink);
    }
}

void draw_badge_back(Painter& painter, Spot centre, double w, const BadgeLook& look) {
    const double stroke = 0.045 * w;
    const Box card{centre.x - w / 2, centre.y - 0.69 * w, w, 1.38 * w};
    painter.block("badge back", card.inset(-stroke / 2), 0.08 * w + stroke / 2, look.ink);
    painter.block("badge paper", card.inset(stroke / 2), 0.08 * w - stroke / 2, colours::white);
    painter.block("slot", {centre.x - 0.13 * w, card.y + 0.085 * w, 0.26 * w, 0.055 * w},
                  0.0275 * w, look.ink);
}

void draw_lanyard(Painter& painter, Spot top, double w, double tile_top, Rgb colour) {
    for (const double side : {-1.0, 1.0}) {
        // Cut level at both ends, so that it meets the tile and the card without a corner.
        const double half = 0.0375 * w * 1.05;
        const double low = top.x + side * 0.16 * w, high = top.x + side * 0.42 * w;
        painter.area({{high - half, tile_top},
                      {high + half, tile_top},
                      {low + half, top.y},
                      {low - half, top.y}},
                     colour);
    }
}

}  // namespace hudoor::kiosk
