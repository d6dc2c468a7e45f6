/// Views with the people and sessions of the design's pictures, for tests and for looking at.
#pragma once

#include <string>
#include <vector>

#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk::samples {

struct NamedView {
    std::string name;
    View view;
};

[[nodiscard]] View idle();
[[nodiscard]] View verdict(storage::VerdictKind kind, storage::Reason reason);
[[nodiscard]] View out_of_service();
/// A gray ramp with a bright square left of its middle, 160 x 90.
[[nodiscard]] scanner::Preview preview();

/// What may be in force together; the third has the longest words.
inline constexpr int mark_sets = 5;
[[nodiscard]] std::vector<Mark> marks(int number);

/// Every screen there is, with bands, hints and every reason.
[[nodiscard]] std::vector<NamedView> all();

/// A way to show them all.
struct Variant {
    std::string name;
    Appearance appearance;
    bool portrait = false;
};
[[nodiscard]] std::vector<Variant> variants();

}  // namespace hudoor::kiosk::samples
