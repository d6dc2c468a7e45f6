/// The modules of a QR code that are the same in every code of its size: finder marks with their
/// light frames, timing lines, alignment marks.
#pragma once

#include <vector>

namespace hudoor::scanner {

struct FunctionModule {
    int x = 0;
    int y = 0;
    bool dark = false;
};

[[nodiscard]] constexpr int modules_of(int version) { return 17 + 4 * version; }
/// 1 to 40, the nearest.
[[nodiscard]] int nearest_version(float modules);

/// Of a version from 1 to 40. `near_middle` has the timing lines and the marks in three corners
/// only; the alignment mark in the fourth corner stands last, 25 modules of it (none in version 1).
[[nodiscard]] const std::vector<FunctionModule>& corner_modules(int version);
/// All of them; in versions from 7 on without the version's own number.
[[nodiscard]] const std::vector<FunctionModule>& function_modules(int version);

}  // namespace hudoor::scanner
