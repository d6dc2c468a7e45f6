#include <algorithm>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/pad.hpp"
#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {
namespace {

using storage::Bilingual;

constexpr std::size_t number_digits = 3, most_pin_digits = 10;

/// What stands on either side of the card, or over it.
struct PinWords {
    Bilingual title;
    Bilingual second;
    Bilingual third;
    Rgb title_colour;
    Rgb second_colour;
    Rgb third_colour;
    double second_cap_mm = 9;
    int title_lines = 1;
};

PinWords words_of(const Painter& painter, const PinPage& page) {
    const auto& colours = painter.colours();
    if (page.locked_for)
        return {painter.words("pin.locked"),
                painter.words("pin.tries"),
                painter.count("n.retry", static_cast<std::uint32_t>(page.locked_for->count())),
                colours.wrong,
                colours.ink,
                colours.ink,
                7.3};
    const Bilingual ask = page.asks_number ? painter.words("pin.number") : painter.words("pin.ask");
    const bool not_enough = page.wrong || page.needs_supervisor;
    const char* why = page.wrong ? "pin.wrong" : "pin.not_supervisor";
    return {painter.words(page.supervisor_only ? "role.approval" : "pin.title"),
            not_enough ? painter.words(why) : ask,
            page.asks_number ? painter.words("pin.badge") : Bilingual{},
            colours.ink,
            not_enough ? colours.wrong : colours.ink2,
            colours.ink2,
            9,
            page.supervisor_only ? 2 : 1};
}

void draw_words(Painter& painter, const PinWords& words) {
    if (painter.portrait()) {
        draw_stack(painter, words.title, {14, 13, 8, {16, 40, painter.width() - 32, 70}, 2, 26},
                   words.title_colour);
        draw_stack(painter, words.second,
                   {9.2, 8.8, 6.2, {16, 112, painter.width() - 32, 46}, 2, 18},
                   words.second_colour);
        return draw_stack(painter, words.third,
                          {7.3, 7, 5.2, {16, 162, painter.width() - 32, 42}, 2, 16},
                          words.third_colour);
    }
    constexpr Columns columns{20, 456};
    constexpr double width = 150, pitch = 20;
    const auto title = fit_pair(painter, words.title, 13, true, {width, 9, words.title_lines, 2});
    const auto second =
        fit_pair(painter, words.second, words.second_cap_mm, false, {width, 6.2, 1, 1});
    const auto third = fit_pair(painter, words.third, 7.3, false, {width, 6.2, 2, 2});
    draw_outwards(painter, title, columns, title.lines() > 1 ? 95.5 : 115.2, pitch,
                  words.title_colour);
    draw_outwards(painter, second, columns, 133, 0, words.second_colour);
    draw_outwards(painter, third, columns, 155.5, 13.4, words.third_colour);
}

/// Beside the pad, or under it where that is as wide as the screen.
void draw_call(Sheet& sheet, bool called) {
    const Box box = sheet.upright() ? Box{12, sheet.height() - 40, sheet.width() - 24, 28}
                                    : Box{20, 196, 130, 30};
    if (called)
        return static_cast<void>(sheet.write(sheet.say("call.called"),
                                             {6.6, true, sheet.colours().ink}, {box.x, box.y + 18},
                                             Side::start, {box.w, 2, 11}));
    sheet.button(
        {"call", sheet.say("btn.call"), {PanelAct::call_supervisor}, assets::IconName::person},
        box);
}

PanelTouch touch_of(Intent intent) {
    switch (intent) {
        case Intent::none:
            return {};
        case Intent::erase:
            return {PanelAct::erase};
        case Intent::enter:
            return {PanelAct::enter};
        case Intent::skip:
            return {PanelAct::cancel};
        default:
            return {PanelAct::digit, static_cast<int>(intent) - static_cast<int>(Intent::digit_0)};
    }
}

}  // namespace

void draw_page(Sheet& sheet, const PinPage& page) {
    Painter& painter = sheet.painter();
    draw_words(painter, words_of(painter, page));
    sheet.keep(
        touch_of(draw_pad(painter, {.digits = page.asks_number ? number_digits : most_pin_digits,
                                    .filled = page.filled,
                                    .keys_off = page.checking || page.locked_for,
                                    .paused_for = page.locked_for})));
    if (page.can_call) draw_call(sheet, page.called);
}

}  // namespace hudoor::kiosk
