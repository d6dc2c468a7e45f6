#include <algorithm>
#include <cmath>

#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

/// Where things lie; they go one under the other where it is narrow.
struct Layout {
    Box list;
    Box inside;
    Box arrivals;
    Box foot;
};

Layout layout_of(const Sheet& sheet) {
    if (sheet.upright())
        return {{12, 64, 244, 160}, {12, 232, 118, 106}, {138, 232, 118, 106}, {12, 348, 244, 116}};
    return {{12, 64, 306, 158}, {326, 40, 138, 92}, {326, 140, 138, 82}, {12, 230, 452, 26}};
}

class Home {
public:
    Home(Sheet& sheet, const HomePage& page)
        : sheet_(sheet), page_(page), layout_(layout_of(sheet)) {}

    void draw() {
        draw_bar(sheet_, {page_.session ? sheet_.of(page_.session->title) : sheet_.say("door.none"),
                          page_.session ? room_and_hours(sheet_, *page_.session) : Said{}, false});
        draw_list();
        draw_inside(layout_.inside);
        draw_arrivals(layout_.arrivals);
        draw_foot();
    }

private:
    void draw_list() {
        const Box& list = layout_.list;
        const double title = sheet_.upright() ? list.w - 90 : 190;
        const bool in_its_place = sheet_.upright() && page_.waiting > 0;
        if (!in_its_place)
            sheet_.write(sheet_.say("home.last"), {7.3, true, colours_.ink}, {list.x, 53.6},
                         Side::start, {title});
        sheet_.pager(page_.pager, {list.right(), 40});
        if (page_.waiting > 0)
            sheet_.button({"new",
                           sheet_.count("n.new", static_cast<std::uint32_t>(page_.waiting)),
                           {PanelAct::show_new},
                           {},
                           Button::Look::solid,
                           6},
                          {list.x + (sheet_.upright() ? 0 : 110), 40, 70, 20});
        sheet_.card("list", list);
        for (std::size_t i = 0; i < page_.rows.size(); ++i) {
            const double high = list.h / 5, top = list.y + high * static_cast<double>(i);
            if (i > 0) sheet_.rule({list.x + 4, top}, list.w - 8);
            draw_row(page_.rows[i], {list.x, top, list.w, high}, static_cast<int>(i));
        }
    }

    void draw_row(const ScanRow& row, const Box& box, int number) {
        constexpr double words = 32, button_width = 80, button_height = 22, time_width = 26;
        const Box button{box.right() - 4.5 - button_width, box.centre().y - button_height / 2,
                         button_width, button_height};
        const double time_end = button.x - (sheet_.upright() ? 5 : 9), middle = box.centre().y;
        const Space space{.width = time_end - time_width - box.x - words, .name = true};
        // Where it is narrow the time stands in the first line alone, and the second has its space.
        const Space second{sheet_.upright() ? time_end - box.x - words : space.width};
        if (row.undone)  // what was taken back has no tick
            sheet_.icon(IconName::undo, {box.x + 9, middle - 7, 14, 14}, colours_.ink2,
                        colours_.surface);
        else
            sheet_.verdict_icon(row.verdict, {box.x + 16, middle}, 14, row.reason);
        const auto kind = row.undone ? storage::VerdictKind::none : row.verdict;
        sheet_.write_lines({row_name(sheet_, row), {7.3, true, colours_.ink}, space},
                           {row_words(sheet_, row), reason_type(sheet_, kind, 5.5), second},
                           {box.x + words, middle - 2}, 12, Side::start);
        sheet_.write(Sheet::time(row.at), {6.4, false, colours_.ink2},
                     {time_end, middle + (sheet_.upright() ? -2 : 3.2)}, Side::end, {time_width});
        draw_offer(sheet_, row.offer, row.undo_left, button, number, true);
        if (row.veiled)
            sheet_.touch("veiled " + std::to_string(number),
                         {box.x, box.y, button.x - box.x, box.h}, {PanelAct::unveil, number});
    }

    void draw_inside(const Box& card) {
        const InsideCount& inside = page_.inside;
        const double start = card.x + 8, width = card.w - 16;
        sheet_.card("inside", card);
        const double title = draw_title("home.inside", card, 0);
        if (!page_.covers_all) draw_cover(card, title);
        const double top = card.y + (sheet_.upright() && !page_.covers_all ? 10 : 0);
        const double number = sheet_.write(Sheet::plain(std::to_string(inside.people)),
                                           {number_cap(), true, colours_.ink}, {start, top + 46.8},
                                           Side::start, {width - 40});
        const Spot unit{start + number + 6, top + 33.8};
        const Space space{width - number - 6};
        sheet_.write(sheet_.count("n.people_unit", inside.people), {5.8, false, colours_.ink2},
                     unit, Side::start, space);
        if (inside.capacity == 0) return;
        sheet_.write(sheet_.count("n.seats", inside.capacity), {5.8, false, colours_.ink2},
                     {unit.x, unit.y + 10}, Side::start, space);
        draw_capacity({start, top + 57, width, 9.6});
    }

    /// Smaller where there are many and little space for what stands beside it.
    double number_cap() const {
        return !sheet_.upright() ? 19.6 : page_.inside.people < 1000 ? 16 : 12.4;
    }

    double draw_title(std::string_view id, const Box& card, double kept) {
        return sheet_.write(sheet_.say(id), {6.4, true, colours_.ink2}, {card.x + 8, card.y + 14.2},
                            Side::start, {card.w - 16 - kept});
    }

    /// Of how many kiosks the count is.
    void draw_cover(const Box& card, double title) {
        const Said cover = say_cover(sheet_, 1, page_.kiosks);
        const Type type{5.2, false, colours_.ink2};
        if (sheet_.upright())
            sheet_.write(cover, type, {card.x + 8, card.y + 25}, Side::start, {card.w - 16});
        else
            sheet_.write(cover, type, {card.right() - 8, card.y + 10.6}, Side::end,
                         {card.w - 20 - title, 2, 8.4});
    }

    /// How full it is, as a bar and in words.
    void draw_capacity(const Box& bar) {
        constexpr double nearly = 0.9;
        const double part = static_cast<double>(page_.inside.people) / page_.inside.capacity;
        const Rgb filled = part >= 1        ? colours_.wrong
                           : part >= nearly ? colours_.warn
                                            : colours_.deep;
        sheet_.block("capacity", bar, 2, colours_.sunk);
        const Box full{bar.x, bar.y, bar.w * std::clamp(part, 0.02, 1.0), bar.h};
        sheet_.block("filled", full, 2, filled);
        if (part >= nearly) sheet_.frame(full, 2, colours_.control_line_mm, colours_.ink);
        sheet_.frame(bar, 2, colours_.control_line_mm, colours_.edge);
        sheet_.block("tick", {bar.x + nearly * bar.w - 0.4, bar.y - 2.6, 0.8, bar.h + 5.2}, 0,
                     colours_.ink);
        // Rounded, but full only when it is.
        const auto percent =
            std::to_string(part >= 1 ? static_cast<int>(part * 100)
                                     : std::min(99, static_cast<int>(std::lround(part * 100)))) +
            "%";
        const double baseline = bar.bottom() + 15;
        if (part < nearly)
            return static_cast<void>(sheet_.write(Sheet::plain(percent), {5.8, true, colours_.ink},
                                                  {bar.x, baseline}, Side::start, {40}));
        sheet_.verdict_icon(
            part >= 1 ? storage::VerdictKind::refused : storage::VerdictKind::see_usher,
            {bar.x + 6, baseline - 3}, 10);
        sheet_.write(sheet_.say(part >= 1 ? "home.full" : "home.nearly", {{"pct", percent}}),
                     {5.8, true, colours_.ink}, {bar.x + 16, baseline}, Side::start, {bar.w - 16});
    }

    /// A bar a minute; time runs left to right in both languages.
    void draw_arrivals(const Box& card) {
        Painter& painter = sheet_.painter();
        sheet_.card("arrivals", card);
        draw_title("home.rate", card, 24);
        if (page_.arrivals.empty()) return;
        sheet_.write(Sheet::plain(std::to_string(page_.arrivals.back())), {10, true, colours_.ink},
                     {card.right() - 8, card.y + 16}, Side::end, {22});
        const Box area = sheet_.mirrored(Box{card.x + 8, card.y + 24, card.w - 16, card.h - 43.5});
        const int most =
            std::max(1, *std::max_element(page_.arrivals.begin(), page_.arrivals.end()));
        const double step = area.w / 30,
                     first = area.right() - step * static_cast<double>(page_.arrivals.size());
        for (std::size_t i = 0; i < page_.arrivals.size(); ++i) {
            const double high = area.h * page_.arrivals[i] / most;
            const bool now = i + 1 == page_.arrivals.size();
            painter.block("minute",
                          {first + step * static_cast<double>(i) + step * 0.12,
                           area.bottom() - high, step * 0.76, high},
                          0, now ? colours_.latest : colours_.deep);
        }
        painter.block("axis", {area.x, area.bottom(), area.w, 0.5}, 0, colours_.ink);
        const assets::TextStyle style{assets::Language::en, 5.2, false};
        const double baseline = area.bottom() + 9;
        painter.label(assets::time_of_day(page_.arrivals_from), style, {area.x, baseline},
                      colours_.ink2);
        painter.label(assets::time_of_day(sheet_.view().time_of_day), style,
                      {area.right(), baseline, Align::right}, colours_.ink2);
    }

    void draw_foot() {
        const Said other{sheet_.say("acc.other").text,
                         sheet_.arabic() ? assets::Language::en : assets::Language::ar};
        sheet_.buttons(
            {Button("search", sheet_.say("btn.search"), {PanelAct::open_search}, IconName::search,
                    Button::Look::solid),
             Button("sessions", sheet_.say("btn.switch"), {PanelAct::open_sessions},
                    IconName::swap),
             Button("health", sheet_.say("btn.health"), {PanelAct::open_health}, IconName::health),
             Button("shift", sheet_.say("btn.shift"), {PanelAct::open_shift}, IconName::records),
             Button("language", other, {PanelAct::change_language}, IconName::language),
             Button("service", sheet_.say("btn.ooo"), {PanelAct::out_of_service},
                    IconName::barred)},
            layout_.foot);
    }

    Sheet& sheet_;
    const HomePage& page_;
    const assets::colours::Palette& colours_ = sheet_.colours();
    const Layout layout_;
};

}  // namespace

void draw_page(Sheet& sheet, const HomePage& page) { Home(sheet, page).draw(); }

}  // namespace hudoor::kiosk
