/// From the modules of a flat code to the pixels of a frame that sees it at an angle.
#pragma once

#include <array>

#include "scanner/marks/geometry.hpp"

namespace hudoor::scanner {

/// Maps the unit square onto a quadrilateral; (0,0), (1,0), (1,1), (0,1) onto its corners.
class Projection {
public:
    explicit Projection(const std::array<Point, 4>& quad) {
        const Point sum = quad[0] - quad[1] + quad[2] - quad[3];
        const Point right = quad[1] - quad[2];
        const Point below = quad[3] - quad[2];
        const float area = cross(right, below);
        const float g = area == 0 ? 0 : cross(sum, below) / area;
        const float h = area == 0 ? 0 : cross(right, sum) / area;
        m_ = {quad[1].x - quad[0].x + g * quad[1].x,
              quad[3].x - quad[0].x + h * quad[3].x,
              quad[0].x,
              quad[1].y - quad[0].y + g * quad[1].y,
              quad[3].y - quad[0].y + h * quad[3].y,
              quad[0].y,
              g,
              h};
    }

    [[nodiscard]] Point operator()(float u, float v) const {
        const float w = 1 / (m_[6] * u + m_[7] * v + 1);
        return {(m_[0] * u + m_[1] * v + m_[2]) * w, (m_[3] * u + m_[4] * v + m_[5]) * w};
    }

private:
    std::array<float, 8> m_{};
};

}  // namespace hudoor::scanner
