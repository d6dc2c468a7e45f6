#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "kiosk/screens/verdict_look.hpp"
#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

constexpr double whole_time = 60;

class Outcome {
public:
    Outcome(Sheet& sheet, const DonePage& page)
        : sheet_(sheet), page_(page), upright_(sheet.upright()) {}

    void draw() {
        draw_bar(sheet_,
                 {sheet_.say(page_.reason == storage::Override::none ? "btn.checkin" : "btn.admit"),
                  sheet_.of(page_.session)});
        draw_field();
        draw_facts();
        draw_buttons();
    }

private:
    /// What it looks like: admitted, or that it is not so.
    VerdictLook look() const {
        const auto& appearance = sheet_.view().appearance;
        if (page_.failed) return verdict_look(storage::VerdictKind::refused, appearance);
        if (!page_.undone) return verdict_look(storage::VerdictKind::admitted, appearance);
        VerdictLook undone = verdict_look(storage::VerdictKind::see_usher, appearance);
        undone.field = colours_.sunk;
        undone.ink = undone.sign = colours_.ink;
        undone.icon = IconName::undo;
        return undone;
    }

    void draw_field() {
        const VerdictLook look = this->look();
        const Box box{12, 40, sheet_.width() - 24, upright_ ? 170.0 : 92.0};
        sheet_.block("field", box, 8, look.field);
        if (look.frame_mm > 0 || colours_.high_contrast)
            sheet_.frame(box, 8, std::max(1.0, look.frame_mm / 2),
                         look.frame_mm > 0 ? look.frame : colours_.line);
        const double icon = upright_ ? 44 : 56, start = box.x + (upright_ ? 16 : 18);
        sheet_.icon(look.icon, {start, box.centre().y - icon / 2, icon, icon}, look.sign,
                    look.field);
        const double words = start + icon + (upright_ ? 12 : 16), middle = box.centre().y;
        const Space space{box.right() - 12 - words};
        const Said what = page_.denied   ? sheet_.say("done.denied")
                          : page_.failed ? sheet_.say("hand.word")
                                         : sheet_.say(page_.undone ? "row.undone" : "over.done");
        if (page_.failed)
            return static_cast<void>(sheet_.write(what, {12, true, look.ink}, {words, middle - 3},
                                                  Side::start, {space.width, 2, 20}));
        const storage::Bilingual& name = page_.name;
        const bool both = !name.ar.empty() && !name.en.empty(),
                   none = name.ar.empty() && name.en.empty();
        if (none)
            return static_cast<void>(
                sheet_.write(what, {13, true, look.ink}, {words, middle + 6}, Side::start, space));
        const Type type{13, true, look.ink};
        const Space name_space{space.width, 1, 16.5, 9, 2, true};
        const bool two = sheet_.fit(sheet_.of(name), type, name_space).lines.size() > 1;
        sheet_.write(what, {8.2, false, look.ink}, {words, middle - (two ? 24 : 20)}, Side::start,
                     space);
        sheet_.write(sheet_.of(name), type, {words, middle + (two ? -5.5 : 5.4)}, Side::start,
                     name_space);
        const Said other = sheet_.arabic() ? Said{name.en, assets::Language::en}
                                           : Said{name.ar, assets::Language::ar};
        // Beside the button for a note.
        const Space other_space{.width = upright_ ? space.width : space.width - 98, .name = true};
        if (both)
            sheet_.write(other, {8.2, false, look.ink}, {words, middle + (two ? 31 : 29)},
                         Side::start, other_space);
    }

    /// Why, by whom, when, and how many are inside now.
    void draw_facts() {
        struct Fact {
            std::string_view id;
            Said value;
            Said more{};
        };
        const bool given = page_.reason != storage::Override::none;
        const std::array facts{Fact{"over.reason", given ? sheet_.say(override_id(page_.reason))
                                                         : sheet_.say("btn.checkin")},
                               Fact{"over.by", usher_words(sheet_), approver()},
                               Fact{"over.at", Sheet::plain(assets::time_with_seconds(page_.at))},
                               Fact{"home.inside", Sheet::plain(std::to_string(page_.inside))}};
        constexpr double gap = 8, high = 44;
        const int columns = upright_ ? 2 : 4;
        const Box area{12, upright_ ? 218.0 : 140.0, sheet_.width() - 24, 0};
        for (int i = 0; i < 4; ++i) {
            const Box box = grid_cell(area, columns, gap, high, i);
            const Fact& fact = facts.at(static_cast<std::size_t>(i));
            sheet_.card("fact", box);
            const Space space{box.w - 16};
            sheet_.write_lines({sheet_.say(fact.id), {5.8, false, colours_.ink2}, space},
                               {fact.value, {7.6, true, colours_.ink}, space},
                               {box.x + 8, box.y + (fact.more.text.empty() ? 15.8 : 12.4)},
                               fact.more.text.empty() ? 15.8 : 12.4, Side::start);
            sheet_.write(fact.more, {6.2, false, colours_.ink}, {box.x + 8, box.y + 37},
                         Side::start, space);
        }
    }

    /// Whose approval it needed, beside who did it.
    Said approver() const {
        if (page_.approved_by == storage::UsherNumber{}) return {};
        return usher_words(sheet_, page_.approved_by, true);
    }

    void draw_buttons() {
        const double top = upright_ ? 324 : 196, high = upright_ ? 64 : 56,
                     half = (sheet_.width() - 24 - 8) / 2;
        const Box undo{12, top, half, high}, done{12 + half + 8, top, half, high};
        const bool can_undo = page_.undo_left && !page_.undone && !page_.failed;
        if (can_undo) draw_undo(undo);
        if (page_.can_restore)
            sheet_.button({"restore",
                           sheet_.say("btn.restore"),
                           {PanelAct::restore},
                           IconName::swap,
                           Button::Look::plain,
                           8},
                          undo);
        sheet_.button(
            {"done", sheet_.say("btn.done"), {PanelAct::done}, {}, Button::Look::solid, 9},
            can_undo || page_.can_restore ? done : Box{12, top, sheet_.width() - 24, high});
        const Box note = upright_ ? Box{12, top + high + 8, sheet_.width() - 24, 56.0}
                                  : Box{sheet_.width() - 12 - 96, 100, 88, 24};
        if (!page_.failed && !page_.undone && page_.reason != storage::Override::none)
            sheet_.button(
                {"note", sheet_.say("over.note_add"), {PanelAct::add_note}, IconName::pen}, note);
    }

    void draw_undo(const Box& box) {
        constexpr double ring = 16, icon = 14, gap = 12;
        sheet_.block("button", box, 5, colours_.surface);
        sheet_.frame(box, 5, colours_.control_line_mm, colours_.edge);
        const Said words = sheet_.say("btn.undo");
        const Type type{upright_ ? 7.4 : 9, true, colours_.ink};
        const double between = upright_ ? 6 : gap,
                     total = 2 * ring + between + icon + 6 + sheet_.advance(words, type);
        const double start = box.centre().x - total / 2;
        draw_ring(sheet_.mirrored(Spot{start + ring, box.centre().y}), ring);
        const double sign = start + 2 * ring + between;
        sheet_.icon(IconName::undo, {sign, box.centre().y - icon / 2, icon, icon}, colours_.ink,
                    colours_.surface);
        sheet_.write(words, type, {sign + icon + 6, box.centre().y + type.cap_mm / 2}, Side::start,
                     {box.w / 2});
        sheet_.touch("undo", box, {PanelAct::undo});
    }

    /// Empties clockwise in both directions of reading.
    void draw_ring(Spot centre, double radius) {
        constexpr double width = 3.6;
        Painter& painter = sheet_.painter();
        const double left =
            std::clamp(static_cast<double>(page_.undo_left->count()) / whole_time, 0.0, 1.0);
        const auto arc = [&](double from, double to, Rgb colour) {
            std::vector<Spot> points;
            const int steps = std::max(2, static_cast<int>(std::ceil((to - from) * 60)));
            for (int i = 0; i <= steps; ++i) {
                const double turn = (from + (to - from) * i / steps) * 2 * std::numbers::pi;
                points.push_back({centre.x + (radius - width / 2) * std::sin(turn),
                                  centre.y - (radius - width / 2) * std::cos(turn)});
            }
            painter.line(points, width, colour);
        };
        if (left < 1) arc(left, 1, colours_.high_contrast ? colours_.sunk : colours_.line);
        if (left > 0) arc(0, left, colours_.ink);
        painter.label(std::to_string(page_.undo_left->count()), {assets::Language::en, 8.2, true},
                      {centre.x, centre.y + 4.1, Align::centre}, colours_.ink);
    }

    Sheet& sheet_;
    const DonePage& page_;
    const bool upright_;
    const assets::colours::Palette& colours_ = sheet_.colours();
};

}  // namespace

void draw_page(Sheet& sheet, const DonePage& page) { Outcome(sheet, page).draw(); }

}  // namespace hudoor::kiosk
