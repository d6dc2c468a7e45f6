#include "kiosk/desk/shift.hpp"

#include <algorithm>

namespace hudoor::kiosk {

using namespace storage;

Deeds& Shift::of(UsherNumber usher) {
    const auto at = std::ranges::lower_bound(deeds, usher, {}, &Deeds::usher);
    if (at != deeds.end() && at->usher == usher) return *at;
    return *deeds.insert(at, Deeds{.usher = usher});
}

void Shift::add(const Fact& fact, const Fact* named) {
    const bool by_usher = fact.usher != UsherNumber{};
    switch (fact.kind) {
        case FactKind::admitted:
        case FactKind::left:
            if (fact.kind == FactKind::admitted) ++admitted;
            if (named && named->kind == FactKind::undone) return;  // restored: nobody's new deed
            if (by_usher)
                ++(fact.override_reason == Override::none ? of(fact.usher).checked_in
                                                          : of(fact.usher).overrides);
            return;
        case FactKind::refused:
            ++refused;
            return;
        case FactKind::undone:
            if (named && named->kind == FactKind::admitted && admitted > 0) --admitted;
            if (by_usher) ++of(fact.usher).undone;
            return;
        case FactKind::note:
            if (by_usher) ++of(fact.usher).notes;
            return;
        case FactKind::act:
            if (fact.act == ActCode::hand_over) *this = {};
            return;
        default:
            return;
    }
}

}  // namespace hudoor::kiosk
