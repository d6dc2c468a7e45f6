#include "tests/feed/hall.hpp"

#include <cairo.h>

#include <array>

#include "tests/feed/brush.hpp"
#include "tests/feed/lens.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::feed {
namespace {

/// All on a stage 16 wide and 9 high.
void draw_room(cairo_t* cairo) {
    const Pattern wall(cairo_pattern_create_linear(0, 0, 16, 7));
    cairo_pattern_add_color_stop_rgb(wall.get(), 0, 0.62, 0.58, 0.52);
    cairo_pattern_add_color_stop_rgb(wall.get(), 1, 0.78, 0.74, 0.68);
    cairo_set_source(cairo, wall.get());
    cairo_paint(cairo);
    fill_box(cairo, 0x6F675D, {0, 6.6}, {16, 2.4});
    fill_box(cairo, 0x554E46, {0, 6.5}, {16, 0.15});
    for (int lamp = 0; lamp < 6; ++lamp)
        fill_ellipse(cairo, 0xFFF6E0, {1.2 + 2.8 * lamp, 0.5}, {1.1, 0.16});
    for (const double x : {0.6, 5.4, 10.2, 15.0}) fill_box(cairo, 0x9D9486, {x, 0.9}, {0.55, 5.8});
}

void draw_furniture(cairo_t* cairo) {
    fill_box(cairo, 0x2E3B4E, {6.6, 2.0}, {2.9, 4.7});
    fill_box(cairo, 0x8FA3B5, {6.8, 2.2}, {1.2, 4.4});
    fill_box(cairo, 0x8FA3B5, {8.15, 2.2}, {1.2, 4.4});
    fill_box(cairo, 0x1E355E, {1.7, 1.6}, {1.5, 3.9});
    for (int row = 0; row < 5; ++row)
        fill_box(cairo, 0xD9C08E, {1.95, 2.1 + 0.5 * row}, {1.0, 0.14});
    fill_box(cairo, 0x7A4F35, {11.4, 5.3}, {3.2, 1.6});
    fill_box(cairo, 0x93674A, {11.2, 5.15}, {3.6, 0.25});
    fill_box(cairo, 0x24303F, {12.1, 1.7}, {2.0, 1.3});
    fill_ellipse(cairo, 0x41663F, {4.4, 5.0}, {0.9, 2.2});
    fill_box(cairo, 0x4A3A2E, {4.15, 5.9}, {0.5, 0.9});
}

struct Clothes {
    std::uint32_t robe, head;
};
constexpr std::array<Clothes, 6> wardrobe{{{0xEDEBE4, 0xF3F1EC},
                                           {0x1C1C20, 0x1C1C20},
                                           {0x2B3648, 0x2A211B},
                                           {0xE6E2D8, 0xC25A4E},
                                           {0x5B3A44, 0x30241E},
                                           {0x474B50, 0x57493C}}};

void draw_person(cairo_t* cairo, Point feet, double height, const Clothes& clothes) {
    const double head = height / 7.5;
    const double shoulders = feet.y - height + 1.35 * head;
    set_colour(cairo, clothes.robe);
    cairo_move_to(cairo, feet.x - 0.9 * head, shoulders + 0.6 * head);
    cairo_curve_to(cairo, feet.x - 0.9 * head, shoulders, feet.x + 0.9 * head, shoulders,
                   feet.x + 0.9 * head, shoulders + 0.6 * head);
    cairo_line_to(cairo, feet.x + 1.0 * head, feet.y);
    cairo_line_to(cairo, feet.x - 1.0 * head, feet.y);
    cairo_fill(cairo);
    const Point face{feet.x, feet.y - height + 0.6 * head};
    fill_ellipse(cairo, clothes.head, {face.x, face.y - 0.05 * head}, {1.0 * head, 1.3 * head});
    fill_ellipse(cairo, 0xB88A68, {face.x, face.y + 0.1 * head}, {0.68 * head, 0.85 * head});
}

void draw_people(cairo_t* cairo, Random& random) {
    for (int person = 0; person < 7; ++person) {
        const double near = person / 6.0;
        draw_person(cairo, {random.between(0.8, 15.2), 6.9 + 1.1 * near}, 2.6 + 1.6 * near,
                    random.pick(wardrobe));
    }
}

void soften(Plane& plane, double sigma) {
    Layer layer{{0, 0, plane.size.width, plane.size.height}, {{}, {}}};
    layer.channels[0].assign(plane.pixels.begin(), plane.pixels.end());
    layer.channels[1].assign(plane.pixels.size(), 1.0f);
    defocus(layer, sigma);
    // The blurred cover says how much of the bell lay inside the picture.
    for (std::size_t i = 0; i < plane.pixels.size(); ++i)
        plane.pixels[i] = static_cast<std::uint8_t>(layer.channels[0][i] / layer.channels[1][i]);
}

}  // namespace

Picture draw_hall(Size size, std::uint64_t seed) {
    const Drawing drawing(size);
    cairo_t* cairo = drawing.cairo.get();
    cairo_scale(cairo, size.width / 16.0, size.height / 9.0);
    Random random(seed);
    draw_room(cairo);
    draw_furniture(cairo);
    draw_people(cairo, random);
    Picture hall = make_picture(drawing.textures());
    const double sigma = size.height / 280.0;
    soften(hall.luma, sigma);
    soften(hall.blue, sigma / 2);
    soften(hall.red, sigma / 2);
    return hall;
}

}  // namespace hudoor::feed
