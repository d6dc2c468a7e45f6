#include "kiosk/display/name_fit.hpp"

#include "assets/person_name.hpp"

namespace hudoor::kiosk {

assets::FittedText fit_name(Painter& painter, std::string_view name, const assets::TextStyle& style,
                            const assets::TextSpace& space) {
    // What does not fit is not asked for its words one by one: the next form is shorter.
    assets::TextSpace whole = space;
    whole.whole = true;
    auto fitted = painter.fit(name, style, whole);
    if (!fitted.shortened) return fitted;
    constexpr double smallest = 0.4;
    const auto forms = assets::name_forms(name);
    for (const std::string& form : forms) {
        fitted = painter.fit(form, style, whole);
        if (!fitted.shortened) return fitted;
    }
    assets::TextSpace narrow = space;
    narrow.floor_mm = smallest * (space.floor_mm > 0 ? space.floor_mm : style.cap_mm);
    return painter.fit(forms.back(), style, narrow);
}

}  // namespace hudoor::kiosk
