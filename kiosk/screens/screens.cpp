#include "kiosk/screens/screens.hpp"

#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;

struct Ground {
    Rgb operator()(const IdleScreen&) const { return colours::paper; }
    Rgb operator()(const VerdictScreen& verdict) const { return verdict_field(verdict); }
    Rgb operator()(const OutOfServiceScreen&) const { return colours::out_of_service; }
    Rgb operator()(const PassphraseScreen&) const { return colours::paper; }
};

struct DrawScreen {
    Painter& painter;
    const View& view;

    Intent operator()(const IdleScreen& idle) const { return draw_idle(painter, view, idle); }
    Intent operator()(const VerdictScreen& verdict) const {
        return draw_verdict(painter, view, verdict);
    }
    Intent operator()(const OutOfServiceScreen& screen) const {
        return draw_out_of_service(painter, screen);
    }
    Intent operator()(const PassphraseScreen& screen) const {
        return draw_passphrase(painter, view, screen);
    }
};

}  // namespace

std::uint32_t ground_colour(const View& view) { return std::visit(Ground{}, view.screen); }

Intent draw(Painter& painter, const View& view) {
    painter.begin();
    const Intent intent = std::visit(DrawScreen{painter, view}, view.screen);
    painter.end();
    return intent;
}

}  // namespace hudoor::kiosk
