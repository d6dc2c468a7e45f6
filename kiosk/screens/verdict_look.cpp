#include "kiosk/screens/verdict_look.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::IconName;
using storage::VerdictKind;

VerdictLook light_look(VerdictKind shown, bool dark_text) {
    switch (shown) {
        case VerdictKind::admitted:
            if (dark_text)
                return {colours::dark_text_ok, colours::dark_text_okd, colours::black,
                        colours::black,        IconName::ok,           20};
            return {colours::ok, colours::okd, colours::white, colours::white, IconName::ok, 20};
        case VerdictKind::already_in:
            return {colours::warn,  colours::warnd,       colours::black,
                    colours::black, IconName::already_in, 20};
        case VerdictKind::refused:
            return {colours::no, colours::nod, colours::white, colours::white, IconName::no, 18.3};
        case VerdictKind::see_usher:
        case VerdictKind::none:
            break;
    }
    return {colours::warn, colours::warnd, colours::black, colours::black, IconName::warn, 20};
}

/// Told apart by form and light, not by hue: yellow sign on black, black on yellow, black on framed
/// white.
VerdictLook contrast_look(VerdictKind shown) {
    VerdictLook look = light_look(shown, false);
    look.outlined = true;
    if (shown == VerdictKind::admitted) {
        look.field = look.dark = colours::black;
        look.sign = look.frame = colours::signal;
        look.frame_mm = 4;
    } else if (shown == VerdictKind::refused) {
        look.field = look.dark = colours::white;
        look.ink = look.sign = colours::black;
        look.frame_mm = 8;
    } else {
        look.field = look.dark = colours::signal;
    }
    return look;
}

}  // namespace

VerdictLook verdict_look(VerdictKind shown, const Appearance& appearance) {
    return appearance.theme == Theme::light ? light_look(shown, appearance.dark_text)
                                            : contrast_look(shown);
}

VerdictLook verdict_look(const VerdictWords& words, const Appearance& appearance) {
    VerdictLook look = verdict_look(words.shown, appearance);
    if (words.reason == storage::Reason::too_early) look.icon = IconName::early;
    return look;
}

}  // namespace hudoor::kiosk
