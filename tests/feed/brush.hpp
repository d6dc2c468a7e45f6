/// A few shapes in one colour or shaded, drawn with cairo, for everything the feed shows.
#pragma once

#include <memory>
#include <vector>

#include "tests/feed/look.hpp"
#include "tests/feed/picture.hpp"

// cairo.h's own names.
using cairo_t = struct _cairo;                  // NOLINT(bugprone-reserved-identifier)
using cairo_surface_t = struct _cairo_surface;  // NOLINT(bugprone-reserved-identifier)
using cairo_pattern_t = struct _cairo_pattern;  // NOLINT(bugprone-reserved-identifier)

namespace hudoor::feed {

struct CairoFree {
    void operator()(cairo_surface_t* surface) const;
    void operator()(cairo_t* cairo) const;
    void operator()(cairo_pattern_t* pattern) const;
};
using Surface = std::unique_ptr<cairo_surface_t, CairoFree>;
using Cairo = std::unique_ptr<cairo_t, CairoFree>;
using Pattern = std::unique_ptr<cairo_pattern_t, CairoFree>;

/// Towards black for a factor below 1, towards white above.
[[nodiscard]] Rgb shaded(Rgb rgb, double factor);

/// An empty drawing of even size and what draws on it.
struct Drawing {
    explicit Drawing(Size its_size);
    [[nodiscard]] TexturePair textures() const;

    Size size;
    Surface surface;
    Cairo cairo;
};

void set_colour(cairo_t* cairo, Rgb rgb, double cover = 1);
void fill_box(cairo_t* cairo, Rgb rgb, Point at, Point size);
void fill_round_box(cairo_t* cairo, Rgb rgb, Point at, Point size, double radius);
void fill_ellipse(cairo_t* cairo, Rgb rgb, Point at, Point size, double cover = 1);
void draw_limb(cairo_t* cairo, Rgb rgb, Point from, Point to, double width);

/// A closed smooth outline through these points (Catmull-Rom), as the current path.
void trace_smooth(cairo_t* cairo, const std::vector<Point>& points);
/// Fills the current path: light falls on its middle, its sides lie in shade.
void fill_rounded(cairo_t* cairo, Rgb rgb, double left, double right, double shade = 0.72);

}  // namespace hudoor::feed
