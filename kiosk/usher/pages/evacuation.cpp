#include <algorithm>

#include "kiosk/usher/pages/field.hpp"
#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

constexpr double highest_row = 60;

void draw_row(Sheet& sheet, const PersonRow& person, const Box& box, int number) {
    if (person.veiled)
        sheet.touch("veiled " + std::to_string(number), box, {PanelAct::unveil, number});
    const double start = box.x + 8, end = box.right() - 8, category = box.w * 0.3,
                 middle = box.centre().y;
    const Space space{end - category - 6 - start};
    sheet.write_lines({sheet.of(person.name), {6.6, true, sheet.colours().ink}, space},
                      {sheet.of(person.organisation), {5.4, false, sheet.colours().ink2}, space},
                      {start, middle - 2}, 11.2, Side::start);
    const Said last = person.proved ? sheet.of(person.category) : sheet.say("evac.not_proved");
    sheet.write(last, {5.8, !person.proved, sheet.colours().ink}, {end, middle + 2.9}, Side::end,
                {category});
}

/// How many there are, and the field to look for one.
void draw_head(Sheet& sheet, const EvacuationPage& page) {
    const double width = sheet.width() - 24;
    const Said people = sheet.count("n.people", static_cast<std::uint32_t>(page.people));
    const Said more =
        page.not_proved == 0
            ? Said{}
            : sheet.count("n.not_proved", static_cast<std::uint32_t>(page.not_proved));
    const bool upright = sheet.upright();
    const double words = upright ? width : width * 0.44;
    sheet.write(sheet.list(people, more), {8.6, true, sheet.colours().ink}, {12, 55.2}, Side::start,
                {words - 6});
    const Box field = upright ? Box{12, 76, width, 24} : Box{12 + words, 40, width - words, 24};
    draw_field(sheet, page.field, page.keys, {field, assets::IconName::search});
}

void draw_list(Sheet& sheet, const EvacuationPage& page, double top) {
    constexpr double pager_width = 24, gap = 8;
    const bool paged = page.pager.pages > 1;
    const double bottom = page.keys_hidden ? sheet.height() - 12 : keyboard_top(sheet) - 5,
                 width = sheet.width() - 24 - (paged ? pager_width + gap : 0),
                 high = std::min(
                     (bottom - top) / (page.keys_hidden ? rows_without_keys : rows_over_keys),
                     highest_row);
    const Box list{12, top, width, high * static_cast<double>(page.rows.size())};
    sheet.card("list", list);
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        const double y = list.y + high * static_cast<double>(i);
        if (i > 0) sheet.rule({list.x + 4, y}, list.w - 8);
        draw_row(sheet, page.rows[i], {list.x, y, list.w, high}, static_cast<int>(i));
    }
    if (paged) sheet.pager_beside(page.pager, {list.right() + gap, top, pager_width, bottom - top});
}

}  // namespace

void draw_page(Sheet& sheet, const EvacuationPage& page) {
    const Said cover = say_cover(sheet, page.kiosks_heard, page.kiosks);
    const Said age =
        page.list_of ? say_when(sheet, {"list.age", "list.age_day"}, *page.list_of) : Said{};
    const bool upright = sheet.upright();
    const Said known = sheet.list(cover, age);
    draw_bar(sheet, {sheet.say("evac.title"), upright ? Said{} : known});
    if (upright)
        sheet.write(known, {5.6, false, sheet.colours().ink2}, {12, 68}, Side::start,
                    {sheet.width() - 24});
    draw_head(sheet, page);
    const double top = upright ? 106 : 69;
    if (!page.rows.empty())
        draw_list(sheet, page, top);
    else if (!page.field.text.empty())
        sheet.write(sheet.say("search.none"), {7.3, false, sheet.colours().ink2},
                    {sheet.width() / 2, top + 30}, Side::middle, {sheet.width() - 40});
    if (!page.keys_hidden)
        draw_keyboard(sheet, page.keys,
                      {"hide keys",
                       sheet.say("kbd.hide"),
                       {PanelAct::hide_keys},
                       {},
                       Button::Look::plain,
                       6});
}

}  // namespace hudoor::kiosk
