#include "kiosk/usher/pages/field.hpp"
#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {
namespace {

/// The categories a guest may have, in rows of two or four.
void draw_categories(Sheet& sheet, const NotePage& page, const Box& box) {
    constexpr double gap = 4, high = 22;
    const int columns = sheet.upright() ? 2 : 4;
    for (int i = 0; i < static_cast<int>(page.categories.size()); ++i) {
        const bool chosen = i == page.chosen;
        Button button("category " + std::to_string(i),
                      sheet.of(page.categories[static_cast<std::size_t>(i)]),
                      {PanelAct::category, i}, {}, Button::Look::plain, 6);
        if (chosen) {
            button.icon = assets::IconName::tick;
            button.look = Button::Look::solid;
        }
        sheet.button(button, grid_cell(box, columns, gap, high, i));
    }
}

}  // namespace

void draw_page(Sheet& sheet, const NotePage& page) {
    const bool guest = page.of == NotePage::Of::guest;
    const Said sealed = sheet.say(guest ? "guest.name" : "note.sealed");
    draw_bar(sheet, {sheet.say(guest ? "guest.title" : "over.note_add"), sealed});
    draw_field(sheet, page.field, page.keys,
               {{12, 40, sheet.width() - 24, 24}, assets::IconName::pen});
    if (page.is_missing)
        sheet.write(sheet.say(guest ? "guest.empty" : "note.empty"),
                    {6, true, sheet.colours().wrong}, {12, 72.6}, Side::start,
                    {sheet.width() - 24});
    if (guest) draw_categories(sheet, page, {12, 80, sheet.width() - 24, 70});
    draw_keyboard(sheet, page.keys,
                  {"done", sheet.say("btn.done"), {PanelAct::done}, {}, Button::Look::solid, 6});
}

}  // namespace hudoor::kiosk
