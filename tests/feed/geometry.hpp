/// Points and projective maps of the plane: from millimetres of a card to pixels of a frame and
/// back. Coordinates are continuous: the first pixel covers 0 to 1.
#pragma once

#include <array>

namespace hudoor::feed {

struct Point {
    double x = 0;
    double y = 0;
};

[[nodiscard]] inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
[[nodiscard]] inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
[[nodiscard]] inline Point operator*(Point a, double by) { return {a.x * by, a.y * by}; }

struct Size {
    int width = 0;
    int height = 0;
};

/// Left and top belong to it, right and bottom do not.
struct Box {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
    [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
};

/// Row by row.
struct Projection {
    std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};

    [[nodiscard]] Point operator()(Point p) const {
        const double w = m[6] * p.x + m[7] * p.y + m[8];
        return {(m[0] * p.x + m[1] * p.y + m[2]) / w, (m[3] * p.x + m[4] * p.y + m[5]) / w};
    }
    /// First `other`, then this.
    [[nodiscard]] Projection after(const Projection& other) const;
    [[nodiscard]] Projection inverse() const;

    [[nodiscard]] static Projection scale(double by) { return {{by, 0, 0, 0, by, 0, 0, 0, 1}}; }
    [[nodiscard]] static Projection shift(Point by) { return {{1, 0, by.x, 0, 1, by.y, 0, 0, 1}}; }
};

/// Corners of a square, clockwise from its own top left.
using Quad = std::array<Point, 4>;

[[nodiscard]] Quad project(const Projection& projection, Point top_left, Point bottom_right);
[[nodiscard]] double area(const Quad& quad);
/// The whole pixels that hold the quad and `margin` around it, cut to the frame.
[[nodiscard]] Box bounds(const Quad& quad, double margin, Size frame);
[[nodiscard]] bool lies_within(const Quad& quad, Size frame);

}  // namespace hudoor::feed
