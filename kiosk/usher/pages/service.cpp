#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {

using assets::IconName;

void draw_page(Sheet& sheet, const ServicePage&) {
    constexpr double icon = 64;
    const auto& colours = sheet.colours();
    draw_bar(sheet, {sheet.say("btn.ooo")});
    const Notice notice = draw_notice(sheet);
    const double middle = notice.middle, top = notice.icon_top;
    sheet.icon(IconName::barred, {middle - icon / 2, top, icon, icon}, colours.ink,
               colours.surface);
    sheet.write(sheet.say("ooo.word"), {12.4, true, colours.ink}, {middle, top + 88}, Side::middle,
                {notice.card.w - 40});
    sheet.write(sheet.say("ooo.next"), {7.3, false, colours.ink2}, {middle, top + 106},
                Side::middle, {notice.card.w - 40});
    sheet.button({"service",
                  sheet.say("ooo.back"),
                  {PanelAct::out_of_service},
                  IconName::tick,
                  Button::Look::solid,
                  8},
                 notice.foot);
}

}  // namespace hudoor::kiosk
