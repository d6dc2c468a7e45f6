#include <array>
#include <cstdio>

#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {

void draw_page(Sheet& sheet, const OldListPage& page) {
    const auto& colours = sheet.colours();
    draw_bar(sheet, {sheet.say("btn.update")});
    const bool upright = sheet.upright();
    const Box card{12, 40, sheet.width() - 24, upright ? 330.0 : 148.0};
    sheet.card("card", card);
    const double middle = card.centre().x, sign = 56, top = card.centre().y - 58;
    sheet.sign(storage::VerdictKind::see_usher, {middle, top + sign / 2}, sign * 0.8);
    std::array<char, 8> time{};
    const auto of = page.list_of.value_or(std::chrono::minutes(0));
    std::snprintf(time.data(), time.size(), "%02d:%02d", static_cast<int>(of.count() / 60) % 24,
                  static_cast<int>(of.count() % 60));
    const Room room{card.w - 40, upright ? 2 : 1, 22};
    sheet.write(sheet.say("list.stale", {{"time", time.data()}}), {11, true, colours.ink},
                {middle, top + 78}, Side::middle, room);
    sheet.write(sheet.say("list.nobody"), {7.3, false, colours.ink2},
                {middle, top + (upright ? 118 : 96)}, Side::middle, {card.w - 40});
    const double half = (sheet.width() - 32) / 2, foot = card.bottom() + 8,
                 high = upright ? 60 : 48;
    sheet.button({"cancel",
                  sheet.say("btn.cancel"),
                  std::nullopt,
                  {12, foot, half, high},
                  Button::Look::plain,
                  {PanelAct::cancel, 0},
                  7.3});
    sheet.button({"accept",
                  sheet.say("list.accept"),
                  std::nullopt,
                  {20 + half, foot, half, high},
                  Button::Look::solid,
                  {PanelAct::accept_list, 0},
                  7.3});
}

}  // namespace hudoor::kiosk
