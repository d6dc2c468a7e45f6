#include <algorithm>
#include <array>

#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/tiles.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using storage::Override;

constexpr std::array<std::pair<Override, IconName>, 8> reasons{
    {{Override::speaker, IconName::microphone},
     {Override::vip, IconName::vip},
     {Override::forgot, IconName::badge},
     {Override::reprint, IconName::printer},
     {Override::late, IconName::clock},
     {Override::changed, IconName::swap},
     {Override::fault, IconName::wrench},
     {Override::other, IconName::pen}}};

/// Who it is about, what was refused, and where this person should be instead.
void draw_person(Sheet& sheet, const ReasonPage& page) {
    const Box card{12, 40, sheet.width() - 24, 36};
    const double start = card.x + 30, end = card.right() - 10;
    sheet.card("person", card);
    sheet.verdict_icon(page.person.verdict, {card.x + 16, card.centre().y}, 17, page.person.reason);
    const bool two = page.registered_for.has_value();
    const Space space{(two ? (end - start) * (sheet.upright() ? 0.56 : 0.6) : end - start) - 6};
    Space name_space = space;
    name_space.name = true;
    sheet.write_lines(
        {row_name(sheet, page.person), {8.2, true, sheet.colours().ink}, name_space},
        {row_words(sheet, page.person), reason_type(sheet, page.person.verdict, 6.2), space},
        {start, card.y + 15.4}, 13.4, Side::start);
    if (!two) return;
    const Space beside{end - start - space.width - 6};
    sheet.write_lines(
        {sheet.say("over.reg"), {5.5, false, sheet.colours().ink2}, beside},
        {title_and_room(sheet, *page.registered_for), {6.2, true, sheet.colours().ink}, beside},
        {end, card.y + 14.4}, 12.2, Side::end);
}

/// A supervisor's approval is for this person, and the panel goes on being the usher's.
void draw_approval(Sheet& sheet, const Box& box) {
    const auto& colours = sheet.colours();
    constexpr double icon = 9.4;
    const Said words = sheet.say("over.approved");
    const Type type{6.2, true, colours.on_warn};
    const double start =
        box.centre().x - (icon + 6 + std::min(sheet.advance(words, type), box.w - 36)) / 2;
    sheet.block("approval", box, 5, colours.warn);
    sheet.icon(IconName::tick, {start, box.centre().y - icon / 2, icon, icon}, colours.on_warn,
               colours.warn);
    sheet.write(words, type, {start + icon + 6, box.centre().y + 3.1}, Side::start, {box.w - 36});
}

/// What the organisers have written about this person, else how little it takes.
void draw_note(Sheet& sheet, const storage::Bilingual& about) {
    constexpr std::uint32_t undo_seconds = 60;
    const double y = sheet.upright() ? sheet.height() - 29 : 243, icon = 9.4;
    sheet.icon(IconName::info, {12, y, icon, icon}, sheet.colours().ink2, sheet.colours().paper);
    const bool upright = sheet.upright();
    const bool plain = about.ar.empty() && about.en.empty();
    const Said words = plain ? sheet.count("n.undo_note", undo_seconds) : sheet.of(about);
    const Type type{5.8, !plain, plain ? sheet.colours().ink2 : sheet.colours().ink};
    sheet.write(words, type, {26, upright ? y + 2.6 : y + 7.6}, Side::start,
                {sheet.width() - 38 - 110, 2, 9.4});
}

}  // namespace

void draw_page(Sheet& sheet, const ReasonPage& page) {
    draw_bar(sheet, {sheet.say("btn.admit"), sheet.say("over.choose")});
    draw_person(sheet, page);
    std::vector<Tile> tiles;
    for (const auto& [reason, icon] : reasons) {
        const auto number = static_cast<int>(reason);
        tiles.push_back({"reason " + std::to_string(number),
                         std::string(override_id(reason)),
                         icon,
                         {PanelAct::reason, number}});
    }
    constexpr double approval_height = 16;
    double top = 84;
    if (page.approved) {
        draw_approval(sheet, {12, top - 3, sheet.width() - 24, approval_height});
        top += approval_height + 1;
    }
    draw_tiles(sheet, tiles,
               {12, top, sheet.width() - 24, (sheet.upright() ? sheet.height() - 38 : 232) - top});
    draw_note(sheet, page.note);
    if (page.can_withdraw)
        sheet.button({"withdraw",
                      sheet.say("btn.withdraw"),
                      {PanelAct::withdraw},
                      {},
                      Button::Look::plain,
                      5.8},
                     {sheet.width() - 12 - 104, sheet.upright() ? sheet.height() - 33 : 237, 104,
                      sheet.upright() ? 24.0 : 22.0});
}

}  // namespace hudoor::kiosk
