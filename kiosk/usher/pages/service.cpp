#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {

using assets::IconName;

void draw_page(Sheet& sheet, const ServicePage& page) {
    constexpr double icon = 64;
    const auto& colours = sheet.colours();
    draw_bar(sheet, {sheet.say("btn.ooo")});
    const Notice notice = draw_notice(sheet);
    const double middle = notice.middle, top = notice.icon_top;
    sheet.icon(IconName::barred, {middle - icon / 2, top, icon, icon},
               page.sure ? colours.wrong : colours.ink, colours.surface);
    sheet.write(sheet.say("ooo.word"), {12.4, true, colours.ink}, {middle, top + 88}, Side::middle,
                {notice.card.w - 40});
    sheet.write(sheet.say("ooo.next"), {7.3, false, colours.ink2}, {middle, top + 106},
                Side::middle, {notice.card.w - 40});
    const PanelTouch act{PanelAct::out_of_service};
    if (!page.sure)
        return sheet.button(
            {"service", sheet.say("ooo.back"), act, IconName::tick, Button::Look::solid, 8},
            notice.foot);
    sheet.button(
        {"cancel", sheet.say("btn.cancel"), {PanelAct::cancel}, {}, Button::Look::plain, 8},
        notice.first_half);
    sheet.button({"service", sheet.say("btn.ooo"), act, IconName::barred, Button::Look::danger, 8},
                 notice.second_half);
}

}  // namespace hudoor::kiosk
