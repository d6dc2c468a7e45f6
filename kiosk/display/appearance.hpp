/// How every screen is drawn: theme, size of words, language, as the settings and a delegate's
/// buttons choose.
#pragma once

#include <optional>

#include "assets/catalogue.hpp"

namespace hudoor::kiosk {

enum class Theme { light, high_contrast };

struct Appearance {
    Theme theme = Theme::light;
    double text = 1;                       ///< size of words, 1 to 2
    std::optional<assets::Language> only;  ///< one language alone; none: both
    bool dark_text = false;                ///< no light text on dark for a welcome
    bool still = false;                    ///< reduced motion: fades only

    bool operator==(const Appearance&) const = default;
};

/// By how much everything lies to the right of and below its place, so that no line of it burns
/// into a panel.
struct PixelShift {
    int x = 0;
    int y = 0;

    bool operator==(const PixelShift&) const = default;
};

}  // namespace hudoor::kiosk
