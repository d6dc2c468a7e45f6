#include <algorithm>

#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using State = StickPage::State;

Said words_of(const Sheet& sheet, const StickPage& page) {
    switch (page.state) {
        case State::no_stick:
            return sheet.say("stick.insert");
        case State::working:
            return sheet.say(page.of == StickPage::Of::copy ? "stick.copy" : "stick.reading");
        case State::safe:
            return sheet.say("stick.safe");
        case State::full:
            return sheet.say("stick.full");
        case State::gone:
            return sheet.say("stick.gone");
        case State::updated:
            return sheet.say("stick.update", {{"n", std::to_string(page.revision)}});
        case State::old:
            return sheet.say("stick.old");
        case State::in_training:
            return sheet.say("stick.training");
        case State::failed:
            break;
    }
    return sheet.say("stick.failed");
}

void draw_sign(Sheet& sheet, State state, const Box& box) {
    const auto& colours = sheet.colours();
    switch (state) {
        case State::no_stick:
        case State::working:
            return sheet.icon(IconName::save, box, colours.deep, colours.surface);
        case State::safe:
        case State::updated:
            return sheet.sign(storage::VerdictKind::admitted, box.centre(), box.w);
        case State::full:
        case State::old:
        case State::in_training:
            return sheet.sign(storage::VerdictKind::see_usher, box.centre(), box.w * 0.8);
        case State::gone:
        case State::failed:
            return sheet.sign(storage::VerdictKind::refused, box.centre(), box.w);
    }
}

/// Fills from where reading begins.
void draw_progress(Sheet& sheet, double part, const Box& bar) {
    const auto& colours = sheet.colours();
    sheet.block("progress", bar, 3, colours.sunk);
    sheet.block("done part", {bar.x, bar.y, bar.w * std::clamp(part, 0.02, 1.0), bar.h}, 3,
                colours.deep);
    sheet.frame(bar, 3, colours.control_line_mm, colours.edge);
}

}  // namespace

void draw_page(Sheet& sheet, const StickPage& page) {
    draw_bar(sheet, {sheet.say(page.of == StickPage::Of::copy ? "btn.export" : "btn.update")});
    const bool upright = sheet.upright(),
               waits = page.state == State::no_stick || page.state == State::working;
    const Box card{12, 40, sheet.width() - 24, upright ? 330.0 : 148.0};
    sheet.card("card", card);
    const double middle = card.centre().x, sign = 56, top = card.centre().y - 58;
    draw_sign(sheet, page.state, {middle - sign / 2, top, sign, sign});
    const Room room{card.w - 40, upright ? 2 : 1, 22};
    sheet.write(words_of(sheet, page), {11, true, sheet.colours().ink}, {middle, top + 78},
                Side::middle, room);
    if (page.state == State::working)
        draw_progress(sheet, page.part,
                      {middle - std::min(150.0, card.w / 2 - 20), card.bottom() - 28,
                       2 * std::min(150.0, card.w / 2 - 20), 10});
    const Box foot{12, card.bottom() + 8, sheet.width() - 24, upright ? 60.0 : 48.0};
    if (waits)
        sheet.button({"cancel",
                      sheet.say("btn.cancel"),
                      std::nullopt,
                      foot,
                      Button::Look::plain,
                      {PanelAct::cancel, 0},
                      8});
    else
        sheet.button({"done",
                      sheet.say("btn.done"),
                      std::nullopt,
                      foot,
                      Button::Look::solid,
                      {PanelAct::done, 0},
                      8});
}

}  // namespace hudoor::kiosk
