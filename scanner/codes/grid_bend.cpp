#include <algorithm>
#include <cmath>

#include "scanner/codes/function_modules.hpp"
#include "scanner/codes/grid_layer.hpp"

namespace hudoor::scanner {

void GridLayer::bend(int version, std::vector<Point>& places) {
    (void)version;
    (void)places;
}

}  // namespace hudoor::scanner
