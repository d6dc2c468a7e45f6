#include "assets/icons.hpp"

#include <cmath>
#include <map>
#include <numbers>

#include "config/fault.hpp"

namespace hudoor::assets {
namespace {

using Points = std::vector<IconPoint>;

IconPoint on_ellipse(IconPoint centre, double rx, double ry, double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    return {centre.x + rx * std::cos(angle), centre.y + ry * std::sin(angle)};
}

/// Clockwise on screen from `from` to `to`; 0 points right, 90 down.
Points arc(IconPoint centre, double rx, double ry, double from, double to) {
    constexpr double step = 6;
    const int count = static_cast<int>(std::ceil((to - from) / step));
    Points points;
    for (int i = 0; i <= count; ++i) {
        points.push_back(on_ellipse(centre, rx, ry, from + (to - from) * i / count));
    }
    return points;
}

Points corners(IconPoint centre, double radius, int count, double first) {
    Points points;
    for (int i = 0; i < count; ++i) {
        points.push_back(on_ellipse(centre, radius, radius, first + 360.0 * i / count));
    }
    return points;
}

Points operator+(Points first, const Points& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Points rect(double x, double y, double width, double height) {
    return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

IconShape disc(double x, double y, double radius) { return {Disc{{x, y}, radius}}; }
IconShape area(Points points) { return {Area{std::move(points)}}; }
IconShape open(double width, Points points) { return {Stroke{std::move(points), width, false}}; }
IconShape closed(double width, Points points) { return {Stroke{std::move(points), width, true}}; }
IconShape cut(IconShape shape) {
    shape.cut = true;
    return shape;
}

/// A circle as a line: its first point must not stand twice, or the join is crooked.
IconShape ring(double x, double y, double rx, double ry, double width) {
    auto points = arc({x, y}, rx, ry, 0, 360);
    points.pop_back();
    return closed(width, std::move(points));
}

Icon make_arrow() {
    // Two parallelograms, and over the seams a rhombus inside both and a shaft that reaches into them.
    return {100,
            {area({{50, 6}, {50, 24}, {8, 66}, {8, 48}}), area({{50, 6}, {92, 48}, {92, 66}, {50, 24}}),
             area({{50, 6}, {59, 15}, {50, 24}, {41, 15}}),
             area({{42, 94}, {42, 26}, {50, 18}, {58, 26}, {58, 94}})}};
}

Icon make_offline() {
    const auto cloud = arc({14, 31}, 9, 9, 90, 262) + arc({25, 21}, 12, 12, 190, 340) +
                       arc({36.5, 31.5}, 8.5, 8.5, 275, 450);
    return {48, {closed(3.6, cloud), open(3.6, {{7, 7}, {41, 43}})}};
}

Icon make_lock() {
    const auto body = arc({12, 24}, 3, 3, 180, 270) + arc({36, 24}, 3, 3, 270, 360) +
                      arc({36, 40}, 3, 3, 0, 90) + arc({12, 40}, 3, 3, 90, 180);
    const auto shackle = Points{{15, 22}} + arc({24, 15}, 9, 9, 180, 360) + Points{{33, 22}};
    return {48, {area(body), open(4.4, shackle)}};
}

Icon make_text_size() {
    return {48,
            {open(3.6, {{4.5, 38}, {14.5, 14}, {24.5, 38}}), open(3.2, {{8, 31}, {21, 31}}),
             open(4.6, {{24.5, 38}, {35, 9}, {45.5, 38}}), open(4, {{28, 29.5}, {42, 29.5}})}};
}

Icon make_volume() {
    return {48,
            {area(rect(5, 18, 9, 12)), area({{13, 18}, {24, 8}, {24, 40}, {13, 30}}),
             open(4, arc({24, 24}, 9, 9, -45, 45)), open(4, arc({24, 24}, 17, 17, -45, 45))}};
}

Icon make_language() {
    return {48,
            {ring(24, 24, 18, 18, 3.4), ring(24, 24, 8, 18, 2.8), open(2.8, {{8.4, 15}, {39.6, 15}}),
             open(2.8, {{6, 24}, {42, 24}}), open(2.8, {{8.4, 33}, {39.6, 33}})}};
}

Icon make_camera() {
    const Points outline{{5, 13}, {15, 13}, {18, 7}, {30, 7}, {33, 13}, {43, 13}, {43, 40}, {5, 40}};
    return {48, {closed(4, outline), ring(24, 26, 8, 8, 4)}};
}

Icon make_swap() {
    return {48,
            {area(rect(6, 13, 26, 5)), area({{30, 6}, {43, 15.5}, {30, 25}}), area(rect(16, 30, 26, 5)),
             area({{18, 23}, {18, 42}, {5, 32.5}})}};
}

Icon make_already_in() {
    return {48,
            {disc(22, 24, 20), cut(open(5, {{11.5, 24.5}, {19, 32}, {32, 17.5}})),
             cut(disc(37.5, 37.5, 10.5)), disc(37.5, 37.5, 8.2),
             cut(open(2.4, {{37.5, 32.6}, {37.5, 37.8}, {41.2, 40}}))}};
}

std::map<IconName, Icon> make_icons() {
    std::map<IconName, Icon> icons;
    icons[IconName::ok] = {48, {disc(24, 24, 22), cut(open(5.4, {{12.5, 24.5}, {21, 33}, {36, 16.5}}))}};
    icons[IconName::already_in] = make_already_in();
    icons[IconName::no] = {48,
                           {area(corners({24, 24}, 23, 8, 22.5)), cut(open(5.4, {{15, 15}, {33, 33}})),
                            cut(open(5.4, {{33, 15}, {15, 33}}))}};
    icons[IconName::warn] = {48,
                             {area({{24, 3}, {46.5, 43}, {1.5, 43}}), cut(area(rect(21.3, 16, 5.4, 14))),
                              cut(area(rect(21.3, 33, 5.4, 5.4)))}};
    icons[IconName::arrow] = make_arrow();
    icons[IconName::star] = {48,
                             {area(corners({24, 24}, 23.5, 4, 0)), area(corners({24, 24}, 23.5, 4, 45)),
                              cut(open(5, {{13.5, 24.5}, {21.3, 32.3}, {35, 16.5}}))}};
    icons[IconName::text_size] = make_text_size();
    icons[IconName::contrast] = {48, {ring(24, 24, 18, 18, 4), area(arc({24, 24}, 18, 18, -90, 90))}};
    icons[IconName::volume] = make_volume();
    icons[IconName::language] = make_language();
    icons[IconName::lock] = make_lock();
    icons[IconName::offline] = make_offline();
    icons[IconName::camera] = make_camera();
    icons[IconName::barred] = {48, {ring(24, 24, 20, 20, 5), open(5, {{10, 10}, {38, 38}})}};
    icons[IconName::clock] = {48, {ring(24, 24, 18, 18, 4.4), open(4, {{24, 13}, {24, 25}, {32, 30}})}};
    icons[IconName::person] = {48, {disc(24, 15, 9), area(arc({24, 43}, 17, 15, 180, 360))}};
    icons[IconName::cross] = {48, {open(5.4, {{12, 12}, {36, 36}}), open(5.4, {{36, 12}, {12, 36}})}};
    icons[IconName::swap] = make_swap();
    return icons;
}

}  // namespace

const Icon& find_icon(IconName name) {
    static const auto icons = make_icons();
    const auto found = icons.find(name);
    ENSURE(found != icons.end());
    return found->second;
}

}  // namespace hudoor::assets
