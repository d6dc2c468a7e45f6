#include "tests/feed/brush.hpp"

#include <cairo.h>

#include <algorithm>
#include <numbers>

namespace hudoor::feed {

void CairoFree::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
void CairoFree::operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
void CairoFree::operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }

namespace {

double part(Rgb rgb, int shift) { return (rgb >> shift & 255) / 255.0; }

void add_stop(cairo_pattern_t* pattern, double at, Rgb rgb) {
    cairo_pattern_add_color_stop_rgb(pattern, at, part(rgb, 16), part(rgb, 8), part(rgb, 0));
}

}  // namespace

Rgb shaded(Rgb rgb, double factor) {
    Rgb mixed = 0;
    for (const int shift : {16, 8, 0}) {
        const double value =
            factor <= 1 ? part(rgb, shift) * factor : 1 - (1 - part(rgb, shift)) * (2 - factor);
        mixed |= static_cast<Rgb>(std::clamp(value, 0.0, 1.0) * 255) << shift;
    }
    return mixed;
}

Drawing::Drawing(Size its_size)
    : size(its_size),
      surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height)),
      cairo(cairo_create(surface.get())) {}

TexturePair Drawing::textures() const {
    cairo_surface_flush(surface.get());
    return make_textures(cairo_image_surface_get_data(surface.get()), size,
                         cairo_image_surface_get_stride(surface.get()));
}

void set_colour(cairo_t* cairo, Rgb rgb, double cover) {
    cairo_set_source_rgba(cairo, part(rgb, 16), part(rgb, 8), part(rgb, 0), cover);
}

void fill_box(cairo_t* cairo, Rgb rgb, Point at, Point size) {
    set_colour(cairo, rgb);
    cairo_rectangle(cairo, at.x, at.y, size.x, size.y);
    cairo_fill(cairo);
}

void fill_round_box(cairo_t* cairo, Rgb rgb, Point at, Point size, double radius) {
    const double quarter = std::numbers::pi / 2;
    set_colour(cairo, rgb);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, at.x + size.x - radius, at.y + radius, radius, -quarter, 0);
    cairo_arc(cairo, at.x + size.x - radius, at.y + size.y - radius, radius, 0, quarter);
    cairo_arc(cairo, at.x + radius, at.y + size.y - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo, at.x + radius, at.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_fill(cairo);
}

void fill_ellipse(cairo_t* cairo, Rgb rgb, Point at, Point size, double cover) {
    cairo_save(cairo);
    cairo_translate(cairo, at.x, at.y);
    cairo_scale(cairo, size.x / 2, size.y / 2);
    cairo_new_path(cairo);
    cairo_arc(cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_restore(cairo);
    set_colour(cairo, rgb, cover);
    cairo_fill(cairo);
}

void draw_limb(cairo_t* cairo, Rgb rgb, Point from, Point to, double width) {
    set_colour(cairo, rgb);
    cairo_set_line_width(cairo, width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cairo, from.x, from.y);
    cairo_line_to(cairo, to.x, to.y);
    cairo_stroke(cairo);
}

void trace_smooth(cairo_t* cairo, const std::vector<Point>& points) {
    const std::size_t count = points.size();
    const auto point = [&](std::size_t i) { return points[i % count]; };
    cairo_new_path(cairo);
    cairo_move_to(cairo, points[0].x, points[0].y);
    for (std::size_t i = 0; i < count; ++i) {
        const Point first = point(i) + (point(i + 1) - point(i + count - 1)) * (1.0 / 6);
        const Point second = point(i + 1) + (point(i) - point(i + 2)) * (1.0 / 6);
        cairo_curve_to(cairo, first.x, first.y, second.x, second.y, point(i + 1).x, point(i + 1).y);
    }
    cairo_close_path(cairo);
}

void fill_rounded(cairo_t* cairo, Rgb rgb, double left, double right, double shade) {
    const Pattern light(cairo_pattern_create_linear(left, 0, right, 0));
    add_stop(light.get(), 0, shaded(rgb, shade));
    add_stop(light.get(), 0.3, rgb);
    add_stop(light.get(), 0.6, rgb);
    add_stop(light.get(), 1, shaded(rgb, shade * 0.95));
    cairo_set_source(cairo, light.get());
    cairo_fill(cairo);
}

}  // namespace hudoor::feed
