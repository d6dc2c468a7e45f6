#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

constexpr double column_gap = 12;
constexpr int most_lines = 5;

class Sessions {
public:
    Sessions(Sheet& sheet, const SessionsPage& page)
        : sheet_(sheet), page_(page), upright_(sheet.upright()) {}

    void draw() {
        draw_bar(sheet_, {sheet_.say("btn.switch"),
                          sheet_.list(sheet_.of(page_.place), sheet_.of(page_.room))});
        const double width =
            upright_ ? sheet_.width() - 24 : (sheet_.width() - 24 - column_gap) / 2;
        for (std::size_t i = 0; i < page_.days.size() && i < (upright_ ? 1U : 2U); ++i)
            draw_day(static_cast<int>(i),
                     {12 + static_cast<double>(i) * (width + column_gap), 0, width, 0});
        sheet_.pager(page_.pager, {sheet_.width() - 12, upright_ ? 40.0 : 34.0});
        draw_foot(width);
    }

private:
    void draw_day(int number, const Box& column) {
        const SessionDay& day = page_.days[static_cast<std::size_t>(number)];
        const double baseline = upright_ ? 52 : 49.6;
        const bool beside_pager = page_.pager.pages > 1 && (upright_ || number == 1);
        const double space = column.w - (beside_pager ? 90 : 0);
        const double title =
            sheet_.write(sheet_.of(sheet_.painter().day(day.date)), {7.3, true, colours_.ink},
                         {column.x, baseline}, Side::start, {space});
        if (day.today)
            sheet_.write(sheet_.say("ses.today"), {6, false, colours_.ink2},
                         {column.x + title + 5, baseline}, Side::start, {space - title - 5});
        draw_lines(day.lines, number,
                   upright_ ? Box{column.x, 60, column.w, 314} : Box{column.x, 54, column.w, 168});
    }

    /// This place's sessions under a heading, the others under another: each is in order of time.
    void draw_lines(const std::vector<SessionLine>& lines, int day, const Box& box) {
        const double heading = upright_ ? 14 : 10, gap = upright_ ? 6 : 2.4,
                     pitch = (box.h - 2 * heading) / most_lines;
        double y = box.y;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i == 0 || lines[i].here != lines[i - 1].here) {
                sheet_.write(sheet_.say(lines[i].here ? "ses.here" : "ses.elsewhere"),
                             {5.4, true, colours_.ink2}, {box.x, y + heading - 4.4}, Side::start,
                             {box.w});
                y += heading;
            }
            draw_line(lines[i], {box.x, y, box.w, pitch - gap}, day * 100 + static_cast<int>(i));
            y += pitch;
        }
    }

    void draw_line(const SessionLine& line, const Box& box, int number) {
        const Rgb ground = line.selected  ? colours_.deep
                           : line.allowed ? colours_.surface
                                          : colours_.sunk;
        const Rgb ink = line.selected  ? colours_.on_deep
                        : line.allowed ? colours_.ink
                                       : colours_.ink2;
        const Rgb second = line.selected ? colours_.on_deep : colours_.ink2;
        const double middle = box.centre().y, first = middle - 1.9, next = middle + 8.4,
                     times = box.x + 20;
        sheet_.block("session", box, 6, ground);
        if (!line.selected) sheet_.frame(box, 6, colours_.card_line_mm, colours_.line);
        sheet_.write(Sheet::time(line.words.starts), {6.4, true, ink}, {times, first}, Side::middle,
                     {34});
        sheet_.write(Sheet::time(line.words.ends), {5.4, false, second}, {times, next},
                     Side::middle, {34});
        sheet_.block("rule", {box.x + 38, middle - 9, 0.4, 18}, 0,
                     line.selected ? colours_.on_deep : colours_.line);
        const double words = box.x + 44, end = box.right() - 5 - draw_end(line, box);
        const Said room = sheet_.of(line.words.room);
        const Said people = line.registered > 0
                                ? sheet_.list(sheet_.count("n.registered", line.registered), room)
                                : room;
        const Space width{end - words};
        sheet_.write_lines({sheet_.of(line.words.title), {6.6, true, ink}, width},
                           {people, {5.4, false, second}, width}, {words, first}, next - first,
                           Side::start);
        if (line.allowed)
            sheet_.touch("session " + std::to_string(number), box, {PanelAct::session, number});
    }

    /// Whether it is chosen, in force, running, or not for this usher; gives back the width that
    /// takes.
    double draw_end(const SessionLine& line, const Box& box) {
        const double end = box.right() - 5, middle = box.centre().y;
        constexpr double sign = 11;
        const bool ticked = line.selected || line.in_force;
        if (ticked)
            sheet_.icon(IconName::tick, {end - sign - 1, middle - sign / 2, sign, sign},
                        line.selected ? colours_.on_deep : colours_.ink,
                        line.selected ? colours_.deep : colours_.surface);
        if (line.selected) return sign + 5;
        if (!line.allowed) {
            sheet_.icon(IconName::lock, {end - sign, middle - sign / 2, sign, sign}, colours_.ink2,
                        colours_.sunk);
            return sign + 4;
        }
        const double taken = ticked ? sign + 5 : 0;
        return taken + (line.now ? draw_now({end - taken, middle}) : 0);
    }

    double draw_now(Spot end) {
        const Said now = sheet_.say("ses.now");
        const Type type{5.4, true,
                        colours_.on_tile == colours_.deep ? colours_.ink : colours_.on_tile};
        const double width = sheet_.advance(now, type) + 7;
        sheet_.block("now", {end.x - width, end.y - 6, width, 12}, 3, colours_.tile);
        sheet_.write(now, type, {end.x - width / 2, end.y + 2.7}, Side::middle, {width});
        return width + 4;
    }

    void draw_foot(double width) {
        const double high = upright_ ? 36 : 30, top = upright_ ? 388 : 226;
        const Box follow{12, top, width, high},
            admit = upright_ ? Box{12, top + high + 4, width, high}
                             : Box{12 + width + column_gap, top, width, high};
        sheet_.button(
            {"follow", sheet_.say("ses.follow"), {PanelAct::follow_agenda}, IconName::clock},
            follow);
        const auto title = page_.chosen ? sheet_.of(*page_.chosen).text : std::string();
        sheet_.button({"admit",
                       sheet_.say("ses.admit", {{"session", title}}),
                       {PanelAct::admit_session},
                       {},
                       page_.chosen ? Button::Look::solid : Button::Look::off},
                      admit);
    }

    Sheet& sheet_;
    const SessionsPage& page_;
    const bool upright_;
    const assets::colours::Palette& colours_ = sheet_.colours();
};

}  // namespace

void draw_page(Sheet& sheet, const SessionsPage& page) { Sessions(sheet, page).draw(); }

}  // namespace hudoor::kiosk
