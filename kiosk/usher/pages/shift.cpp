#include <algorithm>
#include <array>

#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

constexpr std::size_t most_lines = 5;

struct Column {
    std::string_view id;
    std::uint32_t Deeds::*count;
};
constexpr std::array<Column, 4> columns{{{"shift.checked_in", &Deeds::checked_in},
                                         {"shift.overrides", &Deeds::overrides},
                                         {"shift.undone", &Deeds::undone},
                                         {"shift.notes", &Deeds::notes}}};

/// Admitted, refused, inside now, notes nobody has answered.
void draw_totals(Sheet& sheet, const ShiftPage& page, double top) {
    const std::array<std::pair<std::string_view, std::uint32_t>, 4> totals{
        {{"shift.admitted", page.shift.admitted},
         {"shift.refused", page.shift.refused},
         {"home.inside", page.inside},
         {"shift.open_notes", static_cast<std::uint32_t>(page.open_notes)}}};
    const Box area{12, top, sheet.width() - 24, 0};
    for (int i = 0; i < 4; ++i) {
        const auto& [id, count] = totals.at(static_cast<std::size_t>(i));
        const Box box = grid_cell(area, sheet.upright() ? 2 : 4, 8, 44, i);
        sheet.card("total", box);
        const Space space{box.w - 16};
        sheet.write_lines(
            {sheet.say(id), {5.8, false, sheet.colours().ink2}, space},
            {Sheet::plain(std::to_string(count)), {9, true, sheet.colours().ink}, space},
            {box.x + 8, box.y + 15.8}, 17, Side::start);
    }
}

void draw_deeds(Sheet& sheet, const std::vector<Deeds>& deeds, const Box& box) {
    constexpr double high = 15.4;
    const auto& colours = sheet.colours();
    const double name = box.w * 0.24,
                 wide = (box.w - name - 8) / static_cast<double>(columns.size());
    sheet.card("deeds", box);
    for (std::size_t i = 0; i < columns.size(); ++i)
        sheet.write(sheet.say(columns.at(i).id), {5.5, false, colours.ink2},
                    {box.x + name + wide * (static_cast<double>(i) + 0.5), box.y + 10.6},
                    Side::middle, {wide - 4});
    for (std::size_t line = 0; line < std::min(deeds.size(), most_lines); ++line) {
        const double baseline = box.y + 12 + high * (static_cast<double>(line) + 1) - 2;
        sheet.rule({box.x + 4, baseline - 11}, box.w - 8);
        sheet.write(usher_words(sheet, deeds[line].usher, false), {6.4, true, colours.ink},
                    {box.x + 8, baseline}, Side::start, {name - 10});
        for (std::size_t i = 0; i < columns.size(); ++i)
            sheet.write(Sheet::plain(std::to_string(deeds[line].*columns.at(i).count)),
                        {6.4, true, colours.ink},
                        {box.x + name + wide * (static_cast<double>(i) + 0.5), baseline},
                        Side::middle, {wide});
    }
}

}  // namespace

void draw_page(Sheet& sheet, const ShiftPage& page) {
    draw_bar(sheet, {sheet.say("shift.title"), sheet.say("shift.sub")});
    draw_totals(sheet, page, 40);
    const double top = sheet.upright() ? 144 : 92, bottom = sheet.height() - 12 - 48 - 8;
    draw_deeds(sheet, page.shift.deeds, {12, top, sheet.width() - 24, bottom - top});
    sheet.buttons(
        {Button("call", sheet.say("btn.call"), {PanelAct::call_supervisor}, IconName::person),
         Button("hand over", sheet.say("btn.hand_over"), {PanelAct::hand_over}, IconName::lock,
                Button::Look::solid)},
        {12, bottom + 8, sheet.width() - 24, 48}, true);
}

}  // namespace hudoor::kiosk
