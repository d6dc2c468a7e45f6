#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

constexpr int rows = 8;

void draw_row(Sheet& sheet, const PersonRow& person, const Box& box, int number) {
    if (person.veiled)
        sheet.touch("veiled " + std::to_string(number), box, {PanelAct::unveil, number});
    const double start = box.x + 8, end = box.right() - 8, category = box.w * 0.3,
                 middle = box.centre().y;
    const Space space{end - category - 6 - start};
    sheet.write_lines({sheet.of(person.name), {6.6, true, sheet.colours().ink}, space},
                      {sheet.of(person.organisation), {5.4, false, sheet.colours().ink2}, space},
                      {start, middle - 1.4}, 9.8, Side::start);
    const Said last = person.proved ? sheet.of(person.category) : sheet.say("evac.not_proved");
    sheet.write(last, {5.8, !person.proved, sheet.colours().ink}, {end, middle + 2.9}, Side::end,
                {category});
}

}  // namespace

void draw_page(Sheet& sheet, const EvacuationPage& page) {
    const Said cover = say_cover(sheet, page.kiosks_heard, page.kiosks);
    const Said age = page.list_of
                         ? sheet.say("list.age", {{"time", assets::time_of_day(*page.list_of)}})
                         : Said{};
    const bool upright = sheet.upright();
    const Said known = sheet.list(cover, age);
    draw_bar(sheet, {sheet.say("evac.title"), upright ? Said{} : known});
    if (upright)
        sheet.write(known, {5.6, false, sheet.colours().ink2}, {12, 67}, Side::start,
                    {sheet.width() - 24});
    const double top = upright ? 74 : 62, high = (sheet.height() - 12 - top) / rows,
                 width = sheet.width() - 24;
    const Said people = sheet.count("n.people", static_cast<std::uint32_t>(page.people));
    const Said more =
        page.not_proved == 0
            ? Said{}
            : sheet.count("n.not_proved", static_cast<std::uint32_t>(page.not_proved));
    sheet.write(sheet.list(people, more), {8.6, true, sheet.colours().ink}, {12, 53.6}, Side::start,
                {width - 90});
    sheet.pager(page.pager, {sheet.width() - 12, 38});
    if (page.rows.empty()) return;
    const Box list{12, top, width, high * static_cast<double>(page.rows.size())};
    sheet.card("list", list);
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        const double y = list.y + high * static_cast<double>(i);
        if (i > 0) sheet.rule({list.x + 4, y}, list.w - 8);
        draw_row(sheet, page.rows[i], {list.x, y, list.w, high}, static_cast<int>(i));
    }
}

}  // namespace hudoor::kiosk
