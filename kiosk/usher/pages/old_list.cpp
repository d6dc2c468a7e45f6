#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {

void draw_page(Sheet& sheet, const OldListPage& page) {
    constexpr double icon = 56;
    const auto& colours = sheet.colours();
    draw_bar(sheet, {sheet.say("btn.update")});
    const Notice notice = draw_notice(sheet);
    const double middle = notice.middle, top = notice.icon_top;
    sheet.verdict_icon(storage::VerdictKind::see_usher, {middle, top + icon / 2}, icon * 0.8);
    const bool upright = sheet.upright();
    sheet.write(page.rolled_back ? sheet.say("list.rolled_back")
                                 : say_when(sheet, {"list.stale", "list.stale_day"}, page.list_of),
                {11, true, colours.ink}, {middle, top + 78}, Side::middle,
                {notice.card.w - 40, upright ? 2 : 1, 22});
    sheet.write(sheet.say("list.nobody"), {7.3, false, colours.ink2},
                {middle, top + (upright ? 118 : 96)}, Side::middle, {notice.card.w - 40});
    sheet.button(
        {"cancel", sheet.say("btn.cancel"), {PanelAct::cancel}, {}, Button::Look::plain, 7.3},
        notice.first_half);
    sheet.button(
        {"accept", sheet.say("list.accept"), {PanelAct::accept_list}, {}, Button::Look::solid, 7.3},
        notice.second_half);
}

}  // namespace hudoor::kiosk
