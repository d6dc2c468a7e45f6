#include "kiosk/screen/hint_words.hpp"

namespace hudoor::kiosk {

using scanner::HintKind;

HintWords hint_words(std::optional<HintKind> hint) {
    if (!hint) return {"idle.show", "idle.show_sub"};
    switch (*hint) {
        case HintKind::closer:
            return {"hint.closer", "hint.closer_sub"};
        case HintKind::farther:
            return {"hint.farther", "hint.farther_sub"};
        case HintKind::still:
            return {"hint.still", "hint.still_sub"};
        case HintKind::glare:
            return {"hint.glare", "hint.glare_sub"};
        case HintKind::turn:
            return {"hint.turn", "hint.turn_sub"};
        case HintKind::covered:
            return {"hint.covered", "hint.covered_sub"};
        case HintKind::bent:
            return {"hint.bent", "hint.bent_sub"};
        case HintKind::one_badge:
            return {"hint.one", "hint.one_sub"};
        case HintKind::show_again:
            return {"hint.again", "hint.again_sub"};
        case HintKind::other_code:
            break;
    }
    return {"hint.other_code", ""};
}

HintWords idle_words(const IdleScreen& idle) {
    using Held = IdleScreen::Held;
    if (idle.hint) return hint_words(idle.hint);
    if (idle.waits) return {"cam.wait", ""};
    switch (idle.held) {
        case Held::welcomed:
            return {"held.welcomed", "held.welcomed_sub"};
        case Held::left:
            return {"exit.word", ""};
        case Held::not_admitted:
            return {"see.word", ""};
        case Held::nothing:
            break;
    }
    if (idle.is_exit) return {"idle.show", "idle.leave_sub"};
    return hint_words({});
}

}  // namespace hudoor::kiosk
