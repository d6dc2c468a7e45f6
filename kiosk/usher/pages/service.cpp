#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {

using assets::IconName;

void draw_page(Sheet& sheet, const ServicePage& page) {
    const auto& colours = sheet.colours();
    draw_bar(sheet, {sheet.say("btn.ooo")});
    const bool upright = sheet.upright();
    const Box card{12, 40, sheet.width() - 24, upright ? 330.0 : 148.0};
    sheet.card("card", card);
    const double middle = card.centre().x, sign = 64, top = card.centre().y - 58;
    sheet.icon(IconName::barred, {middle - sign / 2, top, sign, sign},
               page.sure ? colours.wrong : colours.ink, colours.surface);
    sheet.write(sheet.say("ooo.word"), {12.4, true, colours.ink}, {middle, top + 88}, Side::middle,
                {card.w - 40});
    sheet.write(sheet.say("ooo.next"), {7.3, false, colours.ink2}, {middle, top + 106},
                Side::middle, {card.w - 40});
    const double half = (sheet.width() - 32) / 2, foot = card.bottom() + 8,
                 high = upright ? 60 : 48;
    const PanelTouch act{PanelAct::out_of_service, 0};
    if (!page.sure)
        return sheet.button({"service",
                             sheet.say("ooo.back"),
                             IconName::tick,
                             {12, foot, sheet.width() - 24, high},
                             Button::Look::solid,
                             act,
                             8});
    sheet.button({"cancel",
                  sheet.say("btn.cancel"),
                  std::nullopt,
                  {12, foot, half, high},
                  Button::Look::plain,
                  {PanelAct::cancel, 0},
                  8});
    sheet.button({"service",
                  sheet.say("btn.ooo"),
                  IconName::barred,
                  {20 + half, foot, half, high},
                  Button::Look::danger,
                  act,
                  8});
}

}  // namespace hudoor::kiosk
