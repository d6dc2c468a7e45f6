#include <algorithm>
#include <array>
#include <cstdio>

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
        case State::other_kiosk:
            return sheet.say("stick.other");
        case State::in_training:
            return sheet.say("stick.training");
        case State::failed:
            break;
    }
    return sheet.say("stick.failed");
}

void draw_icon(Sheet& sheet, State state, const Box& box) {
    const auto& colours = sheet.colours();
    switch (state) {
        case State::no_stick:
        case State::working:
            return sheet.icon(IconName::save, box, colours.deep, colours.surface);
        case State::safe:
        case State::updated:
            return sheet.verdict_icon(storage::VerdictKind::admitted, box.centre(), box.w);
        case State::full:
        case State::old:
        case State::other_kiosk:
        case State::in_training:
            return sheet.verdict_icon(storage::VerdictKind::see_usher, box.centre(), box.w * 0.8);
        case State::gone:
        case State::failed:
            return sheet.verdict_icon(storage::VerdictKind::refused, box.centre(), box.w);
    }
}

/// A bar that fills from where reading begins.
void draw_progress(Sheet& sheet, double part, const Box& bar) {
    const auto& colours = sheet.colours();
    sheet.block("progress", bar, 3, colours.sunk);
    sheet.block("done part", {bar.x, bar.y, bar.w * std::clamp(part, 0.02, 1.0), bar.h}, 3,
                colours.deep);
    sheet.frame(bar, 3, colours.control_line_mm, colours.edge);
}

/// Each stick by its label and the room on it, and what came of it, as a sign, where there are
/// several.
void draw_sticks(Sheet& sheet, const StickPage& page, double middle, double top, double width) {
    double y = top;
    for (const StickPage::Line& line : page.sticks) {
        std::array<char, 16> room{};
        std::snprintf(room.data(), room.size(), "%.1f", static_cast<double>(line.free_bytes) / 1e9);
        if (page.sticks.size() > 1)
            draw_icon(sheet, line.state, {middle - width / 2, y - 7.5, 9, 9});
        sheet.write(sheet.say("stick.room", {{"label", line.label}, {"n", room.data()}}),
                    {6.5, false, sheet.colours().ink2}, {middle, y}, Side::middle,
                    {width - 24, 1, 12});
        y += 11;
    }
}

}  // namespace

void draw_page(Sheet& sheet, const StickPage& page) {
    draw_bar(sheet, {sheet.say(page.of == StickPage::Of::copy ? "btn.export" : "btn.update")});
    const Notice notice = draw_notice(sheet);
    const double middle = notice.middle, top = notice.icon_top, icon = 56;
    draw_icon(sheet, page.state, {middle - icon / 2, top, icon, icon});
    sheet.write(words_of(sheet, page), {11, true, sheet.colours().ink}, {middle, top + 78},
                Side::middle, {notice.card.w - 40, sheet.upright() ? 2 : 1, 22});
    draw_sticks(sheet, page, middle, top + (sheet.upright() ? 122 : 100), notice.card.w - 40);
    const double half_bar = std::min(150.0, notice.card.w / 2 - 20);
    if (page.state == State::working)
        draw_progress(sheet, page.part,
                      {middle - half_bar, notice.card.bottom() - 28, 2 * half_bar, 10});
    const bool waits = page.state == State::no_stick || page.state == State::working;
    if (waits)
        sheet.button(
            {"cancel", sheet.say("btn.cancel"), {PanelAct::cancel}, {}, Button::Look::plain, 8},
            notice.foot);
    else
        sheet.button({"done", sheet.say("btn.done"), {PanelAct::done}, {}, Button::Look::solid, 8},
                     notice.foot);
}

}  // namespace hudoor::kiosk
