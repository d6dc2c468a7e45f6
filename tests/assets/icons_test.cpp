#include "assets/icons.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.hpp"

using namespace hudoor::assets;

namespace {

constexpr IconName last = IconName::training;

std::vector<IconName> all_names() {
    std::vector<IconName> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) names.push_back(static_cast<IconName>(i));
    return names;
}
const std::vector<IconName> names = all_names();

double turn(const IconPoint& a, const IconPoint& b, const IconPoint& c) {
    return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

bool is_convex(const std::vector<IconPoint>& points) {
    bool left = false, right = false;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double way =
            turn(points[i], points[(i + 1) % points.size()], points[(i + 2) % points.size()]);
        left = left || way < -1e-6;
        right = right || way > 1e-6;
    }
    return !(left && right);
}

}  // namespace

TEST_CASE("every area of an icon is convex, as the renderer needs it") {
    for (const IconName name : names) {
        INFO(static_cast<int>(name));
        REQUIRE_FALSE(find_icon(name).shapes.empty());
        for (const auto& [shape, cut] : find_icon(name).shapes) {
            if (const auto* area = std::get_if<Area>(&shape)) CHECK(is_convex(area->points));
        }
    }
}

TEST_CASE("no icon leaves its box") {
    const auto inside = [](const Icon& icon, const IconPoint& point, double around) {
        const double least = std::min(point.x, point.y) - around;
        return least >= -0.5 && std::max(point.x, point.y) + around <= icon.box + 0.5;
    };
    for (const IconName name : names) {
        INFO(static_cast<int>(name));
        const Icon& icon = find_icon(name);
        for (const auto& [shape, cut] : icon.shapes) {
            if (const auto* disc = std::get_if<Disc>(&shape))
                CHECK((cut || inside(icon, disc->centre, disc->radius)));
            if (const auto* area = std::get_if<Area>(&shape)) {
                for (const auto& point : area->points) CHECK(inside(icon, point, 0));
            }
            if (const auto* line = std::get_if<Stroke>(&shape)) {
                for (const auto& point : line->points)
                    CHECK(inside(icon, point, line->closed ? line->width / 2 : 0));
            }
        }
    }
}
