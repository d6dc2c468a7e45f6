/// How a verdict looks, on the delegate's screen and on the usher's panel: the colours of its field
/// and the icon on it.
#pragma once

#include "assets/colours.hpp"
#include "assets/icons.hpp"
#include "kiosk/display/appearance.hpp"
#include "kiosk/screen/verdict_words.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::kiosk {

struct VerdictLook {
    assets::colours::Rgb field;
    assets::colours::Rgb dark;  ///< of the panel
    assets::colours::Rgb ink;
    assets::colours::Rgb sign;  ///< the icon and the panel's disc
    assets::IconName icon;
    double cap_mm;        ///< of the large words
    double frame_mm = 0;  ///< around the whole field
    assets::colours::Rgb frame = assets::colours::black;
    bool outlined = false;  ///< the panel, since it is no darker than the field
};

[[nodiscard]] VerdictLook verdict_look(storage::VerdictKind shown, const Appearance& appearance);
/// With the sign of its reason where that has one of its own: a clock for who is early.
[[nodiscard]] VerdictLook verdict_look(const VerdictWords& words, const Appearance& appearance);

}  // namespace hudoor::kiosk
