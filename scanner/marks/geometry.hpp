/// Points and lengths in a picture; the first pixel covers 0 to 1.
#pragma once

#include <cmath>

namespace hudoor::scanner {

struct Point {
    float x = 0;
    float y = 0;
};

[[nodiscard]] constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
[[nodiscard]] constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
[[nodiscard]] constexpr Point operator*(float by, Point a) { return {by * a.x, by * a.y}; }
[[nodiscard]] constexpr float cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
[[nodiscard]] inline float length(Point a) { return std::sqrt(a.x * a.x + a.y * a.y); }

}  // namespace hudoor::scanner
