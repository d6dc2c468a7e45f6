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
    // Two parallelograms, and over the seams a rhombus inside both and a shaft that reaches into
    // them.
    return {
        100,
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

/// The loudspeaker without its waves.
Icon make_volume_off() {
    Icon icon = make_volume();
    icon.shapes.resize(2);
    return icon;
}

/// A learner's cap.
Icon make_training() {
    return {48,
            {area({{24, 7}, {46, 18}, {24, 29}, {2, 18}}),
             area({{11, 25}, {24, 32}, {24, 41}, {11, 34.5}}),
             area({{37, 25}, {37, 34.5}, {24, 41}, {24, 32}}), open(3, {{44, 19}, {44, 36}})}};
}

Icon make_language() {
    return {
        48,
        {ring(24, 24, 18, 18, 3.4), ring(24, 24, 8, 18, 2.8), open(2.8, {{8.4, 15}, {39.6, 15}}),
         open(2.8, {{6, 24}, {42, 24}}), open(2.8, {{8.4, 33}, {39.6, 33}})}};
}

Icon make_camera() {
    const Points outline{{5, 13},  {15, 13}, {18, 7},  {30, 7},
                         {33, 13}, {43, 13}, {43, 40}, {5, 40}};
    return {48, {closed(4, outline), ring(24, 26, 8, 8, 4)}};
}

Icon make_swap() {
    return {48,
            {area(rect(6, 13, 26, 5)), area({{30, 6}, {43, 15.5}, {30, 25}}),
             area(rect(16, 30, 26, 5)), area({{18, 23}, {18, 42}, {5, 32.5}})}};
}

Icon make_already_in() {
    return {48,
            {disc(22, 24, 20), cut(open(5, {{11.5, 24.5}, {19, 32}, {32, 17.5}})),
             cut(disc(37.5, 37.5, 10.5)), disc(37.5, 37.5, 8.2),
             cut(open(2.4, {{37.5, 32.6}, {37.5, 37.8}, {41.2, 40}}))}};
}

Icon make_undo() {
    const auto bend = Points{{10, 17}} + arc({29, 27.5}, 10.5, 10.5, -90, 90) + Points{{14, 38}};
    return {48, {open(5, bend), area({{16, 6}, {16, 28}, {3, 17}})}};
}

Icon make_code() {
    Icon icon;
    const auto finder = [&](double x, double y) {
        icon.shapes.push_back(closed(4, rect(x + 2, y + 2, 12, 12)));
    };
    finder(4, 4);
    finder(28, 4);
    finder(4, 28);
    const IconPoint cells[] = {{28, 28}, {38, 28}, {33, 33}, {28, 39}, {39, 39}};
    for (const auto& [x, y] : cells) icon.shapes.push_back(area(rect(x, y, 5, 5)));
    return icon;
}

Icon make_touch() {
    return {48,
            {open(4, arc({22, 15}, 11, 11, 150, 390)),
             area(arc({22, 15}, 4, 4, 180, 360) + Points{{26, 34}, {18, 34}}),
             area({{18, 27}, {36, 27}, {40, 31}, {37, 45}, {20, 45}, {13, 36}}),
             area({{9, 30}, {12, 28}, {20, 36}, {20, 44}})}};
}

Icon make_sync() {
    return {48,
            {open(4.4, arc({24, 24}, 16, 16, 190, 325)), area({{43, 7}, {43, 22}, {29, 20}}),
             open(4.4, arc({24, 24}, 16, 16, 10, 145)), area({{5, 41}, {5, 26}, {19, 28}})}};
}

Icon make_network() {
    return {48,
            {closed(4, rect(17, 6, 14, 11)), closed(4, rect(4, 33, 12, 10)),
             closed(4, rect(32, 33, 12, 10)), open(3.4, {{24, 18}, {24, 25}}),
             open(3.4, {{10, 32}, {10, 25}, {38, 25}, {38, 32}})}};
}

Icon make_records() {
    const auto edge = [](double y) { return arc({24, y}, 15, 6, 0, 180); };
    return {48,
            {ring(24, 11, 15, 6, 3.6), open(3.6, Points{{39, 11}} + edge(38) + Points{{9, 11}}),
             open(3.4, edge(20)), open(3.4, edge(29))}};
}

Icon make_thermometer() {
    const auto outline =
        arc({24, 11}, 6, 6, 180, 360) + Points{{30, 28}} + arc({24, 36}, 9, 9, -48, 228);
    return {48, {closed(3.6, outline), disc(24, 36, 4.4), open(3.4, {{24, 14}, {24, 36}})}};
}

Icon make_parcel() {
    const Points outline{{24, 4}, {42, 14}, {42, 34}, {24, 44}, {6, 34}, {6, 14}};
    return {48,
            {closed(3.6, outline), open(3.6, {{7, 14}, {24, 24}, {41, 14}}),
             open(3.6, {{24, 24}, {24, 43}})}};
}

Icon make_microphone() {
    const auto body = arc({24, 12}, 8, 9, 180, 360) + arc({24, 21}, 8, 9, 0, 180);
    return {48,
            {area(body), open(4, arc({24, 21}, 15, 15, 0, 180)), open(4, {{24, 36}, {24, 42}}),
             open(4, {{14, 43}, {34, 43}})}};
}

Icon make_badge() {
    return {
        48,
        {closed(4, rect(9, 13, 30, 32)), open(4, {{20, 3}, {17, 12}}), open(4, {{28, 3}, {31, 12}}),
         open(4, arc({24, 25}, 5, 5, 180, 400) + Points{{24, 30}, {24, 34}}),
         area(rect(22, 37, 4.4, 4.4))}};
}

Icon make_printer() {
    return {48,
            {area(rect(3, 17, 42, 18)), cut(area(rect(10, 28, 28, 16))),
             closed(4.4, rect(12.2, 4.4, 23.6, 11)), closed(4.4, rect(12.2, 29.4, 23.6, 14))}};
}

Icon make_wrench() {
    return {48,
            {open(8, {{7, 41}, {28, 20}}), disc(33, 15, 12), cut(disc(36, 12, 6)),
             cut(area({{36, 3}, {48, 0}, {45, 12}, {39, 15}}))}};
}

Icon make_pen() {
    return {48,
            {area({{5, 43}, {8, 30}, {18, 40}}), area({{10, 28}, {29, 9}, {39, 19}, {20, 38}}),
             area({{31, 7}, {34, 4}, {44, 14}, {41, 17}})}};
}

Icon make_grid() {
    Icon icon;
    for (const double x : {6.0, 27.0})
        for (const double y : {6.0, 27.0}) icon.shapes.push_back(area(rect(x, y, 15, 15)));
    return icon;
}

Icon make_save() {
    return {48,
            {open(4.4, {{24, 4}, {24, 24}}), area({{12, 20}, {36, 20}, {24, 33}}),
             open(4.4, {{5, 30}, {5, 42.4}, {43, 42.4}, {43, 30}})}};
}

/// The signs of the usher's screens.
void add_usher_icons(std::map<IconName, Icon>& icons) {
    icons[IconName::search] = {48, {ring(20, 20, 13, 13, 5), open(6, {{29.5, 29.5}, {43, 43}})}};
    icons[IconName::undo] = make_undo();
    icons[IconName::health] = {
        48, {open(4.4, {{3, 26}, {13, 26}, {19, 11}, {28, 39}, {34, 26}, {45, 26}})}};
    icons[IconName::backspace] = {
        48,
        {closed(3.6, {{16, 10}, {44, 10}, {44, 38}, {16, 38}, {4, 24}}),
         open(3.6, {{22, 18}, {34, 30}}), open(3.6, {{34, 18}, {22, 30}})}};
    icons[IconName::back] = {48,
                             {open(5, {{7, 24}, {42, 24}}), open(5, {{22, 8}, {7, 24}, {22, 40}})}};
    icons[IconName::chevron] = {48, {open(6, {{30, 9}, {15, 24}, {30, 39}})}};
    icons[IconName::tick] = {48, {open(6.4, {{7, 25}, {19, 37}, {42, 11}})}};
    icons[IconName::info] = {
        48, {disc(24, 24, 22), cut(area(rect(21, 21, 6, 16))), cut(disc(24, 14, 3.6))}};
    icons[IconName::code] = make_code();
    icons[IconName::touch] = make_touch();
    icons[IconName::sync] = make_sync();
    icons[IconName::network] = make_network();
    icons[IconName::save] = make_save();
    icons[IconName::disk] = {
        48, {closed(4, rect(4, 11, 40, 26)), open(3.4, {{10, 21}, {38, 21}}), disc(36, 30, 3)}};
    icons[IconName::records] = make_records();
    icons[IconName::thermometer] = make_thermometer();
    icons[IconName::parcel] = make_parcel();
    icons[IconName::microphone] = make_microphone();
    icons[IconName::badge] = make_badge();
    icons[IconName::printer] = make_printer();
    icons[IconName::wrench] = make_wrench();
    icons[IconName::pen] = make_pen();
    icons[IconName::grid] = make_grid();
    icons[IconName::vip] = {
        48, {area(corners({24, 24}, 23.5, 4, 0)), area(corners({24, 24}, 23.5, 4, 45))}};
    icons[IconName::door] = {
        48, {closed(4, rect(12, 5, 24, 38)), disc(30, 25, 2.6), open(4, {{4, 43}, {44, 43}})}};
}

std::map<IconName, Icon> make_icons() {
    std::map<IconName, Icon> icons;
    icons[IconName::ok] = {
        48, {disc(24, 24, 22), cut(open(5.4, {{12.5, 24.5}, {21, 33}, {36, 16.5}}))}};
    icons[IconName::already_in] = make_already_in();
    icons[IconName::early] = {
        48, {disc(24, 24, 22), cut(open(5.4, {{24, 9.5}, {24, 25.2}, {34.5, 32}}))}};
    icons[IconName::no] = {
        48,
        {area(corners({24, 24}, 23, 8, 22.5)), cut(open(5.4, {{15, 15}, {33, 33}})),
         cut(open(5.4, {{33, 15}, {15, 33}}))}};
    icons[IconName::warn] = {
        48,
        {area({{24, 3}, {46.5, 43}, {1.5, 43}}), cut(area(rect(21.3, 16, 5.4, 14))),
         cut(area(rect(21.3, 33, 5.4, 5.4)))}};
    icons[IconName::arrow] = make_arrow();
    icons[IconName::star] = {
        48,
        {area(corners({24, 24}, 23.5, 4, 0)), area(corners({24, 24}, 23.5, 4, 45)),
         cut(open(5, {{13.5, 24.5}, {21.3, 32.3}, {35, 16.5}}))}};
    icons[IconName::text_size] = make_text_size();
    icons[IconName::contrast] = {48,
                                 {ring(24, 24, 18, 18, 4), area(arc({24, 24}, 18, 18, -90, 90))}};
    icons[IconName::volume] = make_volume();
    icons[IconName::volume_off] = make_volume_off();
    icons[IconName::training] = make_training();
    icons[IconName::language] = make_language();
    icons[IconName::lock] = make_lock();
    icons[IconName::offline] = make_offline();
    icons[IconName::camera] = make_camera();
    icons[IconName::barred] = {48, {ring(24, 24, 20, 20, 5), open(5, {{10, 10}, {38, 38}})}};
    icons[IconName::clock] = {48,
                              {ring(24, 24, 18, 18, 4.4), open(4, {{24, 13}, {24, 25}, {32, 30}})}};
    icons[IconName::person] = {48, {disc(24, 15, 9), area(arc({24, 43}, 17, 15, 180, 360))}};
    icons[IconName::cross] = {48,
                              {open(5.4, {{12, 12}, {36, 36}}), open(5.4, {{36, 12}, {12, 36}})}};
    icons[IconName::swap] = make_swap();
    add_usher_icons(icons);
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
