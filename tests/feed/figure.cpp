#include "tests/feed/figure.hpp"

#include <cairo.h>

#include <array>

#include "tests/feed/brush.hpp"
#include "tests/feed/lens.hpp"

namespace hudoor::feed {
namespace {

// Millimetres from the top of the head, right of the middle.
constexpr double half_width = 380;
constexpr double above_head = 40;
constexpr double below_head = 1300;
constexpr std::array<double, 2> levels_texels_per_mm{0.9, 0.4};
/// The lens is focused on the badges.
constexpr double unsharp_mm = 3.2;

using Points = std::vector<Point>;

/// The right half of an outline, from top to bottom, and its mirror image.
Points both_sides(const Points& right) {
    Points all = right;
    for (auto point = right.rbegin(); point != right.rend(); ++point)
        if (point->x > 1) all.push_back({-point->x, point->y});
    return all;
}

void fill_both(cairo_t* cairo, Rgb rgb, const Points& right, double width, double shade = 0.72) {
    trace_smooth(cairo, both_sides(right));
    fill_rounded(cairo, rgb, -width, width, shade);
}

void fill_polygon(cairo_t* cairo, Rgb rgb, const Points& points) {
    cairo_new_path(cairo);
    for (const Point& point : points) cairo_line_to(cairo, point.x, point.y);
    set_colour(cairo, rgb);
    cairo_fill(cairo);
}

/// A soft line: a crease, a shadow.
void draw_crease(cairo_t* cairo, Rgb rgb, Point from, Point bend, Point to, double width,
                 double cover) {
    set_colour(cairo, rgb, cover);
    cairo_set_line_width(cairo, width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cairo, from.x, from.y);
    cairo_curve_to(cairo, bend.x, bend.y, bend.x, bend.y, to.x, to.y);
    cairo_stroke(cairo);
}

bool is_long_robe(const Look& look) {
    return look.dress == Dress::kandura || look.dress == Dress::abaya ||
           look.dress == Dress::robe || look.dress == Dress::headscarf;
}

bool is_woman(const Look& look) {
    return look.dress == Dress::abaya || look.dress == Dress::headscarf ||
           look.dress == Dress::blazer;
}

void draw_arms(cairo_t* cairo, const Look& look) {
    const double wide = look.dress == Dress::robe ? 45 : 0;
    for (const double side : {-1.0, 1.0}) {
        fill_ellipse(cairo, shaded(look.skin, 0.9), {side * 250, 868}, {74, 130});
        Points arm{{150, 322},        {212, 352}, {258, 500}, {280 + wide, 690},
                   {282 + wide, 830}, {214, 836}, {196, 640}, {176, 470}};
        for (Point& point : arm) point.x *= side;
        trace_smooth(cairo, arm);
        fill_rounded(cairo, shaded(sleeve_of(look), 0.88), side * 165, side * 300, 0.8);
    }
}

void draw_torso(cairo_t* cairo, const Look& look) {
    const double shoulder = is_woman(look) ? 196 : 222;
    const double waist = is_long_robe(look) ? 190 : is_woman(look) ? 158 : 182;
    const double hem = is_long_robe(look) ? 236 : 190;
    fill_both(cairo, look.cloth,
              {{0, 262},
               {60, 268},
               {140, 300},
               {shoulder, 345},
               {204, 480},
               {waist, 650},
               {200, 880},
               {hem, 1290},
               {0, 1300}},
              240);
    const Rgb crease = shaded(look.cloth, 0.45);
    const std::array<double, 4> folds{-120, -52, 70, 128};
    for (const double x : folds)
        draw_crease(cairo, crease, {x * 0.8, 560}, {x * 0.9, 800}, {x * 1.35, 1280}, 9, 0.28);
}

void draw_neck(cairo_t* cairo, const Look& look) {
    const double half = is_woman(look) ? 46 : 58;
    fill_both(cairo, shaded(look.skin, 0.78), {{half, 170}, {half + 2, 255}, {30, 315}, {0, 325}},
              half + 8);
}

void draw_lapels(cairo_t* cairo, const Look& look) {
    if (look.dress == Dress::suit) {
        fill_polygon(cairo, 0xF2F1EE, {{-62, 262}, {62, 262}, {26, 440}, {0, 560}, {-26, 440}});
        fill_polygon(cairo, look.accent, {{-17, 286}, {17, 286}, {26, 520}, {0, 560}, {-26, 520}});
        fill_polygon(cairo, shaded(look.accent, 0.8),
                     {{-17, 286}, {17, 286}, {11, 318}, {-11, 318}});
        fill_polygon(cairo, 0xFBFAF7, {{-60, 258}, {0, 288}, {-40, 330}});
        fill_polygon(cairo, 0xFBFAF7, {{60, 258}, {0, 288}, {40, 330}});
    } else {
        fill_polygon(cairo, look.accent, {{-66, 262}, {66, 262}, {26, 440}, {0, 570}, {-26, 440}});
        fill_polygon(cairo, shaded(look.skin, 0.84),
                     {{-50, 258}, {50, 258}, {14, 372}, {-14, 372}});
    }
    const Rgb lapel = shaded(look.cloth, 1.12);
    for (const double side : {-1.0, 1.0}) {
        fill_polygon(cairo, lapel,
                     {{side * 58, 258},
                      {side * 96, 276},
                      {side * 118, 400},
                      {side * 84, 412},
                      {side * 96, 440},
                      {0, 600},
                      {side * 30, 430}});
        draw_crease(cairo, shaded(look.cloth, 0.5), {side * 118, 400}, {side * 100, 470}, {0, 602},
                    5, 0.6);
    }
    fill_polygon(cairo, look.cloth, {{-14, 560}, {14, 560}, {30, 1300}, {-30, 1300}});
    for (const double y : {640.0, 740.0})
        fill_ellipse(cairo, shaded(look.cloth, 0.4), {4, y}, {20, 20});
}

/// The placket of a kandura or the trimmings of a robe.
void draw_front(cairo_t* cairo, const Look& look) {
    if (look.dress == Dress::suit || look.dress == Dress::blazer) return draw_lapels(cairo, look);
    if (look.dress == Dress::kandura) {
        draw_crease(cairo, 0x8F8B80, {0, 285}, {0, 400}, {0, 560}, 5, 0.5);
        draw_crease(cairo, 0xB9B4A6, {-58, 268}, {0, 305}, {58, 268}, 12, 0.9);
    }
    if (look.dress == Dress::robe) {
        draw_crease(cairo, look.accent, {-66, 272}, {0, 420}, {66, 272}, 26, 0.95);
        draw_crease(cairo, look.accent, {0, 330}, {0, 450}, {0, 620}, 30, 0.95);
    }
    if (look.dress == Dress::abaya || look.dress == Dress::headscarf)
        draw_crease(cairo, shaded(look.cloth, 1.25), {6, 420}, {12, 800}, {2, 1290}, 10, 0.5);
}

/// What everybody wears here: the ribbon and the badge, too small and soft to be read.
void draw_worn_badge(cairo_t* cairo) {
    for (const double side : {-1.0, 1.0})
        draw_crease(cairo, 0x1D3461, {side * 70, 285}, {side * 40, 400}, {0, 520}, 15, 1);
    fill_round_box(cairo, 0xF7F6F2, {-52, 520}, {105, 148}, 3);
    fill_box(cairo, 0x1D3461, {-52, 520}, {105, 30});
    fill_box(cairo, 0x3A4050, {-34, 562}, {70, 9});
    fill_box(cairo, 0x666B76, {-26, 578}, {54, 7});
    fill_box(cairo, 0x8A8A8A, {-43, 608}, {32, 32});
    fill_box(cairo, 0xC8A56A, {-52, 649}, {105, 19});
}

void draw_ears(cairo_t* cairo, const Look& look) {
    for (const double side : {-1.0, 1.0})
        fill_ellipse(cairo, shaded(look.skin, 0.8), {side * 78, 126}, {22, 50});
}

void draw_head(cairo_t* cairo, const Look& look) {
    const double jaw = is_woman(look) ? 46 : 56;
    fill_both(cairo, look.skin,
              {{0, 2}, {55, 16}, {79, 70}, {78, 130}, {66, 180}, {jaw - 12, 218}, {0, 234}}, 84,
              0.74);
    fill_ellipse(cairo, shaded(look.skin, 1.18), {-6, 62}, {90, 46}, 0.3);
    for (const double side : {-1.0, 1.0})
        fill_ellipse(cairo, 0xC0604E, {side * 42, 158}, {44, 34}, 0.13);
}

void draw_eyes(cairo_t* cairo, const Look& look) {
    const Rgb brow = shaded(look.hair, 0.9);
    for (const double side : {-1.0, 1.0}) {
        fill_ellipse(cairo, shaded(look.skin, 0.62), {side * 33, 112}, {48, 26}, 0.45);
        fill_ellipse(cairo, 0xDDD6CC, {side * 33, 117}, {30, 12});
        fill_ellipse(cairo, 0x2B1D14, {side * 33, 117}, {14, 14});
        draw_crease(cairo, 0x241812, {side * 17, 115}, {side * 32, 105}, {side * 50, 115}, 4.5,
                    0.8);
        draw_crease(cairo, brow, {side * 15, 99}, {side * 36, 86}, {side * 56, 100},
                    is_woman(look) ? 5 : 8, 0.85);
    }
    if (!look.glasses) return;
    cairo_set_line_width(cairo, 4.5);
    for (const double side : {-1.0, 1.0}) {
        set_colour(cairo, 0x191919);
        cairo_rectangle(cairo, side * 35 - 24, 101, 48, 34);
        cairo_stroke(cairo);
    }
    draw_crease(cairo, 0x191919, {-11, 112}, {0, 106}, {11, 112}, 4.5, 1);
}

void draw_face(cairo_t* cairo, const Look& look) {
    draw_eyes(cairo, look);
    draw_crease(cairo, shaded(look.skin, 0.6), {9, 112}, {16, 150}, {17, 160}, 7, 0.4);
    draw_crease(cairo, shaded(look.skin, 0.5), {-15, 161}, {0, 172}, {16, 161}, 6, 0.6);
    if (look.beard) {
        fill_both(
            cairo, shaded(look.hair, 1.05),
            {{0, 206}, {24, 200}, {40, 178}, {66, 150}, {76, 138}, {66, 188}, {40, 226}, {0, 242}},
            84, 0.85);
        draw_crease(cairo, look.hair, {-30, 186}, {0, 168}, {30, 186}, 11, 0.9);
    }
    draw_crease(cairo, is_woman(look) ? 0x9A544C : shaded(look.skin, 0.5), {-24, 189}, {0, 197},
                {24, 189}, is_woman(look) ? 9 : 7, 0.7);
}

void draw_short_hair(cairo_t* cairo, const Look& look) {
    fill_both(cairo, look.hair,
              {{0, -12}, {52, -4}, {86, 40}, {85, 108}, {76, 92}, {66, 54}, {20, 42}, {0, 44}}, 90,
              0.8);
}

void draw_long_hair_behind(cairo_t* cairo, const Look& look) {
    fill_both(cairo, shaded(look.hair, 0.85),
              {{0, -12}, {60, 0}, {98, 60}, {108, 180}, {118, 300}, {96, 372}, {0, 340}}, 120, 0.7);
}

void draw_long_hair(cairo_t* cairo, const Look& look) {
    for (const double side : {-1.0, 1.0}) {
        Points lock{{-8, -13}, {60, -2},  {96, 62},  {104, 180}, {112, 300},
                    {92, 350}, {80, 240}, {72, 120}, {52, 56},   {10, 26}};
        for (Point& point : lock) point.x *= side;
        trace_smooth(cairo, lock);
        fill_rounded(cairo, look.hair, side * -10, side * 120, 0.85);
    }
}

/// A cloth over the head that leaves the face free and lies on the shoulders.
void draw_scarf_behind(cairo_t* cairo, Rgb rgb) {
    fill_both(
        cairo, shaded(rgb, 0.9),
        {{0, -20}, {64, -8}, {104, 62}, {112, 170}, {150, 300}, {158, 400}, {80, 440}, {0, 452}},
        165);
}

void draw_scarf(cairo_t* cairo, Rgb rgb, double brow_y) {
    for (const double side : {-1.0, 1.0}) {
        Points fall{{0, -21},  {66, -8},  {102, 60}, {108, 170}, {138, 300},        {120, 392},
                    {60, 330}, {54, 262}, {72, 190}, {75, 120},  {58, brow_y + 10}, {0, brow_y}};
        for (Point& point : fall) point.x *= side;
        trace_smooth(cairo, fall);
        fill_rounded(cairo, rgb, side * -20, side * 140, 0.8);
        draw_crease(cairo, shaded(rgb, 0.5), {side * 92, 90}, {side * 94, 200}, {side * 118, 330},
                    6, 0.35);
    }
}

/// Closed below the chin.
void draw_wrapped_scarf(cairo_t* cairo, Rgb rgb) {
    draw_scarf(cairo, rgb, 42);
    trace_smooth(cairo, {{-74, 190},
                         {-40, 232},
                         {0, 240},
                         {40, 232},
                         {74, 190},
                         {104, 300},
                         {60, 400},
                         {-30, 420},
                         {-110, 310}});
    fill_rounded(cairo, shaded(rgb, 0.94), -110, 110, 0.8);
    draw_crease(cairo, shaded(rgb, 0.45), {-78, 240}, {0, 320}, {96, 300}, 7, 0.5);
    draw_crease(cairo, shaded(rgb, 0.45), {-90, 290}, {-10, 370}, {80, 370}, 7, 0.4);
}

void draw_agal(cairo_t* cairo) {
    for (const double y : {26.0, 40.0}) {
        cairo_save(cairo);
        cairo_translate(cairo, 0, y);
        cairo_scale(cairo, 88, 17);
        cairo_new_path(cairo);
        cairo_arc(cairo, 0, 0, 1, 0.1, 3.04);
        cairo_restore(cairo);
        set_colour(cairo, 0x141416);
        cairo_set_line_width(cairo, 13);
        cairo_stroke(cairo);
    }
}

void draw_cap(cairo_t* cairo, const Look& look) {
    fill_both(cairo, look.accent, {{0, -32}, {62, -26}, {78, 10}, {82, 56}, {40, 64}, {0, 66}}, 86,
              0.78);
    draw_crease(cairo, shaded(look.accent, 1.4), {-80, 46}, {0, 62}, {80, 46}, 10, 0.7);
}

void draw_headgear_behind(cairo_t* cairo, const Look& look) {
    if (look.dress == Dress::kandura) draw_scarf_behind(cairo, look.accent);
    if (look.dress == Dress::abaya || look.dress == Dress::headscarf)
        draw_scarf_behind(cairo, look.accent);
    if (look.dress == Dress::blazer) draw_long_hair_behind(cairo, look);
}

void draw_headgear(cairo_t* cairo, const Look& look) {
    switch (look.dress) {
        case Dress::kandura:
            draw_scarf(cairo, look.accent, 56);
            return draw_agal(cairo);
        case Dress::abaya:
        case Dress::headscarf:
            return draw_wrapped_scarf(cairo, look.accent);
        case Dress::suit:
            return draw_short_hair(cairo, look);
        case Dress::blazer:
            return draw_long_hair(cairo, look);
        case Dress::robe:
            return draw_cap(cairo, look);
    }
}

void draw_person(cairo_t* cairo, const Look& look) {
    draw_headgear_behind(cairo, look);
    draw_arms(cairo, look);
    draw_torso(cairo, look);
    draw_neck(cairo, look);
    draw_front(cairo, look);
    draw_worn_badge(cairo);
    draw_ears(cairo, look);
    draw_head(cairo, look);
    draw_face(cairo, look);
    draw_headgear(cairo, look);
}

Figure::Level draw_level(const Look& look, double texels_per_mm) {
    const auto even = [](double value) { return static_cast<int>(value / 2) * 2; };
    const Drawing drawing(
        {even(2 * half_width * texels_per_mm), even((above_head + below_head) * texels_per_mm)});
    cairo_t* cairo = drawing.cairo.get();
    cairo_scale(cairo, texels_per_mm, texels_per_mm);
    cairo_translate(cairo, half_width, above_head);
    draw_person(cairo, look);
    Figure::Level level{drawing.textures(), texels_per_mm};
    soften(level.textures.luma, unsharp_mm * texels_per_mm);
    soften(level.textures.colour, unsharp_mm * texels_per_mm / 2);
    return level;
}

}  // namespace

Figure draw_figure(const Look& look) {
    Figure figure;
    for (const double texels_per_mm : levels_texels_per_mm)
        figure.levels.push_back(draw_level(look, texels_per_mm));
    figure.top_mm = {half_width, above_head};
    figure.height_mm = look.height_mm;
    return figure;
}

}  // namespace hudoor::feed
