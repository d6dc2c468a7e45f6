#include "tests/feed/geometry.hpp"

#include <algorithm>
#include <cmath>

namespace hudoor::feed {

Projection Projection::after(const Projection& other) const {
    Projection product{{}};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            for (std::size_t k = 0; k < 3; ++k)
                product.m[row * 3 + column] += m[row * 3 + k] * other.m[k * 3 + column];
    return product;
}

/// The adjugate: a projection does not mind a common factor.
Projection Projection::inverse() const {
    return {{m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
             m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
             m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]}};
}

Quad project(const Projection& projection, Point top_left, Point bottom_right) {
    return {projection(top_left), projection({bottom_right.x, top_left.y}),
            projection(bottom_right), projection({top_left.x, bottom_right.y})};
}

double area(const Quad& quad) {
    double twice = 0;
    for (std::size_t corner = 0; corner < 4; ++corner) {
        const Point a = quad[corner];
        const Point b = quad[(corner + 1) % 4];
        twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
}

namespace {

struct Extent {
    double left, top, right, bottom;
};

Extent extent_of(const Quad& quad) {
    const auto [left, right] = std::minmax({quad[0].x, quad[1].x, quad[2].x, quad[3].x});
    const auto [top, bottom] = std::minmax({quad[0].y, quad[1].y, quad[2].y, quad[3].y});
    return {left, top, right, bottom};
}

int pixel(double value, int most) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
}

}  // namespace

Box bounds(const Quad& quad, double margin, Size frame) {
    const Extent extent = extent_of(quad);
    return {pixel(std::floor(extent.left - margin), frame.width),
            pixel(std::floor(extent.top - margin), frame.height),
            pixel(std::ceil(extent.right + margin), frame.width),
            pixel(std::ceil(extent.bottom + margin), frame.height)};
}

bool lies_within(const Quad& quad, Size frame) {
    const Extent extent = extent_of(quad);
    return extent.left >= 0 && extent.top >= 0 && extent.right <= frame.width &&
           extent.bottom <= frame.height;
}

}  // namespace hudoor::feed
