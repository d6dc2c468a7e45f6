#include "kiosk/screen/verdict_words.hpp"
#include "kiosk/screens/mark_row.hpp"
#include "kiosk/screens/verdict_look.hpp"
#include "kiosk/usher/pages/sheet.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

constexpr double key_top = 6, key_height = 20, lock_width = 48, back_width = 24;

/// The ground of a button on the bar, raised because the bar itself is solid.
void draw_key(Sheet& sheet, const Box& box) {
    sheet.block("button", box, 5, sheet.colours().raised);
}

void draw_back(Sheet& sheet) {
    const Box box{12, key_top, back_width, key_height};
    draw_key(sheet, box);
    const Spot c = box.centre();
    sheet.icon(IconName::back, {c.x - 6, c.y - 6, 12, 12}, sheet.colours().on_raised,
               sheet.colours().raised, true);
    sheet.touch("back", box, {PanelAct::back});
}

/// Gives back where it begins. Upright the padlock alone says it: the title needs the room.
double draw_lock(Sheet& sheet) {
    const double width = sheet.upright() ? back_width : lock_width;
    const Box box{sheet.width() - 12 - width, key_top, width, key_height};
    const Rgb ink = sheet.colours().on_raised;
    draw_key(sheet, box);
    const double icon = sheet.upright() ? 12 : 10;
    sheet.icon(IconName::lock,
               {box.x + (sheet.upright() ? 6 : 6.5), box.centre().y - icon / 2, icon, icon}, ink,
               sheet.colours().raised);
    if (!sheet.upright())
        sheet.write(sheet.say("btn.lock"), {6.4, true, ink}, {box.x + 20.5, box.centre().y + 3.2},
                    Side::start, {24});
    sheet.touch("lock", box, {PanelAct::lock});
    return box.x;
}

/// Whether those behind read names; gives back where it begins.
double draw_veil(Sheet& sheet, double end) {
    const auto& colours = sheet.colours();
    const Box box{end - 4 - back_width, key_top, back_width, key_height};
    const bool on = sheet.view().veil;
    const Rgb ground = on ? colours.warn : colours.raised,
              ink = on ? colours.on_warn : colours.on_raised;
    sheet.block("button", box, 5, ground);
    sheet.icon(on ? IconName::barred : IconName::person,
               {box.centre().x - 6, box.centre().y - 6, 12, 12}, ink, ground);
    sheet.touch("veil", box, {PanelAct::veil});
    return box.x;
}

/// The clock and who is here; gives back where they begin.
double draw_clock(Sheet& sheet, double end) {
    const Rgb ink = sheet.colours().on_deep;
    const bool named = sheet.view().usher != storage::UsherNumber{};
    const double baseline = sheet.upright() && named ? 15.6 : 20.6;
    const Said time =
        sheet.view().clock_set ? Sheet::time(sheet.view().time_of_day) : Sheet::plain("--:--");
    const double clock =
        sheet.write(time, {sheet.upright() ? 8 : 9.6, true, ink}, {end, baseline}, Side::end, {40});
    if (!named) return end - clock;
    const Spot at = sheet.upright() ? Spot{end, 26} : Spot{end - clock - 6, 18.8};
    const double who = sheet.write(usher_words(sheet), {5.4, false, ink}, at, Side::end, {60});
    return sheet.upright() ? end - std::max(clock, who) : at.x - who;
}

void draw_words(Sheet& sheet, const Bar& bar, double start, double end) {
    const Rgb ink = sheet.colours().on_deep;
    const bool two = !bar.second.text.empty();
    const Type title{7.3, true, ink};
    if (!two && sheet.fit(bar.title, title, {end - start}).style.cap_mm < 6)
        return static_cast<void>(sheet.write(bar.title, {6.2, true, ink}, {start, 13.8},
                                             Side::start, {end - start, 2, 11}));
    sheet.write(bar.title, title, {start, two ? 14.4 : 19.6}, Side::start, {end - start});
    sheet.write(bar.second, {5.4, false, ink}, {start, 25.6}, Side::start, {end - start});
}

/// One tap keeps the screen open; any other touch does as well.
void draw_lock_warning(Sheet& sheet, std::chrono::seconds left) {
    const auto& colours = sheet.colours();
    sheet.block("lock warning", {0, 0, sheet.width(), bar_height}, 0, colours.warn);
    sheet.icon(IconName::warn, {12, 8, 16, 16}, colours.on_warn, colours.warn);
    const Box stay{draw_lock(sheet) - 4 - 66, key_top, 66, key_height};
    const Type type{sheet.upright() ? 6.4 : 8.4, true, colours.on_warn};
    const Said words = sheet.count("n.lock_in", static_cast<std::uint32_t>(left.count()));
    const Space space{stay.x - 40, sheet.upright() ? 2 : 1, 11};
    const bool two = sheet.fit(words, type, space).lines.size() > 1;
    sheet.write(words, type, {34, two ? 14.4 : 16 + type.cap_mm / 2}, Side::start, space);
    sheet.button({"stay", sheet.say("btn.stay"), {PanelAct::stay}}, stay);
}

/// What ushers are told of it, and not the public.
Said strip_words(Sheet& sheet, const Answer& answer) {
    ScanRow row;
    row.verdict = answer.verdict.kind;
    row.reason = answer.verdict.reason;
    row.category = answer.category;
    row.left = answer.direction == storage::Direction::exit;
    row.since = answer.since;
    Said words = row_words(sheet, row);
    const Said note = sheet.of(answer.usher_note);
    if (row.reason != storage::Reason::attention || note.text.empty()) return words;
    return sheet.list(words, note);
}

/// In the place of the title and the clock, where no button is: one that is being touched stays.
void draw_strip(Sheet& sheet, const Answer& answer, double end) {
    const auto& words = verdict_words(answer.verdict, answer.direction);
    const VerdictLook look = verdict_look(words, sheet.view().appearance);
    const Box box{40, 2, end - 4 - 40, bar_height - 4};
    sheet.block("strip", box, 5, look.field);
    if (look.frame_mm > 0) sheet.frame(box, 5, 2, look.frame);
    sheet.icon(look.icon, {box.x + 6, box.centre().y - 9, 18, 18}, look.sign, look.field);
    const bool leads = words.shown != storage::VerdictKind::admitted;
    const Space space{box.w - 32 - (leads ? 18 : 4)};
    Space name_space = space;
    name_space.name = true;
    const Said name = sheet.of(answer.name);
    sheet.write_lines(
        {name.text.empty() ? sheet.say("row.unknown") : name, {7.3, true, look.ink}, name_space},
        {strip_words(sheet, answer), {5.8, false, look.ink}, space}, {box.x + 30, 14.2}, 10.6,
        Side::start);
    if (leads)
        sheet.icon(IconName::chevron, {box.right() - 14, box.centre().y - 5, 10, 10}, look.ink,
                   look.field, true, 180);
    sheet.touch("strip", box, {PanelAct::strip});
}

/// A mark of what is in force, and the room its words take.
struct BarMark {
    MarkLook look;
    Said words;
    double width = 0;
};

constexpr double mark_icon = 6.2, mark_around = 8.2, mark_gap = 3, largest_mark = 5.4,
                 least_mark = 5.2;

/// At the largest size at which all of them have room side by side.
double size_marks(Sheet& sheet, std::vector<BarMark>& marks) {
    const double around = mark_icon + mark_around + mark_gap;
    const double space = sheet.width() - 24 + mark_gap - around * static_cast<double>(marks.size());
    double total = 0;
    for (BarMark& mark : marks)
        total += mark.width = sheet.advance(mark.words, {largest_mark, true});
    const double part = std::min(1.0, space / std::max(total, 1.0));
    for (BarMark& mark : marks) mark.width *= part;
    return std::max(least_mark, largest_mark * part);
}

/// Hangs from the bar over every page, and from whatever takes the bar's place.
void draw_bar_marks(Sheet& sheet) {
    constexpr double top = bar_height - 2, height = 8.8;
    std::vector<BarMark> marks;
    for (const Mark& mark : sheet.view().marks)
        marks.push_back({mark_look(mark.kind), sheet.of(mark_words(sheet.painter(), mark, true))});
    const double cap = size_marks(sheet, marks);
    double x = 12;
    for (const BarMark& mark : marks) {
        const auto [ground, ink] = mark_colours(sheet.painter(), mark.look.grave);
        const Box box{x, top, mark_icon + mark_around + mark.width, height};
        sheet.block("mark", box, 3, ground);
        sheet.frame(box, 3, 0.6, ink);
        sheet.icon(mark.look.icon, {x + 2.6, top + (height - mark_icon) / 2, mark_icon, mark_icon},
                   ink, ground, false, mark.look.turned);
        sheet.write(mark.words, {cap, true, ink}, {x + mark_icon + 5, top + 6.9}, Side::start,
                    {mark.width + 0.8});
        x += box.w + mark_gap;
    }
}

void draw_bar_itself(Sheet& sheet, const Bar& bar) {
    if (sheet.view().locks_in && !sheet.view().strip)
        return draw_lock_warning(sheet, *sheet.view().locks_in);
    sheet.block("bar", {0, 0, sheet.width(), bar_height}, 0, sheet.colours().deep);
    if (bar.back)
        draw_back(sheet);
    else
        sheet.icon(IconName::star, {12, 7.6, 16.8, 16.8}, sheet.colours().on_deep,
                   sheet.colours().deep);
    const double lock = draw_veil(sheet, draw_lock(sheet));
    if (sheet.view().strip) return draw_strip(sheet, sheet.view().strip->answer, lock);
    const double end = draw_clock(sheet, lock - 8.2);
    draw_words(sheet, bar, bar.back ? 44 : 34, end - 6);
}

}  // namespace

void draw_bar(Sheet& sheet, const Bar& bar) {
    draw_bar_itself(sheet, bar);
    draw_bar_marks(sheet);
}

}  // namespace hudoor::kiosk
