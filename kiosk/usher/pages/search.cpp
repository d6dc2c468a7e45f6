#include <algorithm>

#include "kiosk/usher/pages/field.hpp"
#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/usher_words.hpp"
#include "storage/names/marks.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

constexpr double list_top = 69, pager_width = 24, row_most = 60;
constexpr std::size_t longest_id = 10;

class Search {
public:
    Search(Sheet& sheet, const SearchPage& page) : sheet_(sheet), page_(page) {}

    void draw() {
        draw_bar(sheet_, {sheet_.say("search.title"), sheet_.of(page_.session)});
        const bool searched = !page_.too_short && !page_.code;
        const double width = sheet_.width() - 24 - (page_.inside ? missing_width_ + 4 : 0);
        draw_field(sheet_, page_.field, page_.keys,
                   {{12, 40, width, 24},
                    IconName::search,
                    searched && page_.found > 0 ? how_many() : Said{}});
        if (page_.inside) draw_missing({12 + width + 4, 40, missing_width_, 24});
        if (page_.rows.empty())
            draw_nothing();
        else
            draw_list();
        if (!page_.keys_hidden)
            draw_keyboard(sheet_, page_.keys,
                          {"hide keys",
                           sheet_.say("kbd.hide"),
                           {PanelAct::hide_keys},
                           {},
                           Button::Look::plain,
                           6});
    }

private:
    double bottom() const {
        return page_.keys_hidden ? sheet_.height() - 12 : keyboard_top(sheet_) - 5;
    }

    Said how_many() const {
        if (page_.inside)
            return sheet_.say(
                page_.more ? "search.group_more" : "search.group",
                {{"n", std::to_string(*page_.inside)}, {"m", std::to_string(page_.found)}});
        if (page_.more) return sheet_.say("search.more", {{"n", std::to_string(page_.found)}});
        return sheet_.count("n.found", static_cast<std::uint32_t>(page_.found));
    }

    /// Of a group: those who are not here yet, or all.
    void draw_missing(const Box& box) {
        Button button("missing", sheet_.say("search.missing"), {PanelAct::only_missing}, {},
                      Button::Look::plain, 6);
        if (page_.only_missing) {
            button.icon = IconName::tick;
            button.look = Button::Look::solid;
        }
        sheet_.button(button, box);
    }

    std::string_view nothing_id() const {
        if (page_.code) return page_.no_such_code ? "search.no_code" : "";
        if (page_.too_short || page_.field.text.empty()) return "search.min";
        return page_.only_missing ? "search.all_in" : "search.none";
    }

    void draw_nothing() {
        const auto id = nothing_id();
        if (id.empty()) return;
        const Said words = sheet_.say(id);
        const double middle = std::min((list_top + bottom()) / 2, list_top + row_most);
        sheet_.write(words, {7.3, false, sheet_.colours().ink2}, {sheet_.width() / 2, middle},
                     Side::middle, {sheet_.width() - 40, sheet_.upright() ? 2 : 1});
    }

    void draw_list() {
        const bool paged = page_.pager.pages > 1;
        const double most = page_.keys_hidden ? rows_without_keys : rows_over_keys,
                     space = bottom() - list_top;
        const double high = std::min(space / most, row_most), used = high * most;
        const double width = sheet_.width() - 24 - (paged ? pager_width + 8 : 0);
        const Box list{12, list_top, width,
                       high * std::max(1.0, static_cast<double>(page_.rows.size()))};
        sheet_.card("list", list);
        for (std::size_t i = 0; i < page_.rows.size(); ++i) {
            const double top = list.y + high * static_cast<double>(i);
            if (i > 0) sheet_.rule({list.x + 4, top}, list.w - 8);
            draw_row(page_.rows[i], {list.x, top, list.w, high}, static_cast<int>(i));
        }
        if (paged)
            sheet_.pager_beside(page_.pager,
                                {sheet_.width() - 12 - pager_width, list_top, pager_width, used});
    }

    void draw_row(const PersonRow& person, const Box& box, int number) {
        const bool upright = sheet_.upright();
        const double button_width = upright ? 80 : 90, button_height = std::min(21.4, box.h - 3),
                     middle = box.centre().y;
        const Box button{box.right() - 4 - button_width, middle - button_height / 2, button_width,
                         button_height};
        const bool offers = person.offer != RowOffer::none;
        const double start = box.x + 8,
                     space = (upright ? (offers ? button.x - 4 : box.right() - 6) : box.x + 196) -
                             start;
        const bool low = box.h < 28;
        const double first = middle - (upright ? 10.5 : 2.2), pitch = 11.7;
        const Type small{5.5, false, sheet_.colours().ink2};
        sheet_.write_lines(
            {name_of(person), {low ? 6.6 : 7.3, true, sheet_.colours().ink}, {space}, typed_},
            {second_line(person, small, space), small, {space}}, {start, first}, pitch,
            Side::start);
        const Spot status{upright ? start + 5 : box.x + 200.8,
                          upright ? first + 2 * pitch + 1 : middle};
        draw_sign(person, status);
        const double words = status.x + (upright ? 9 : 9.4);
        sheet_.write(person_words(sheet_, person), {5.5, false, sheet_.colours().ink},
                     {words, status.y + 2.8}, Side::start,
                     {(upright  ? start + space
                       : offers ? button.x - 4
                                : box.right() - 6) -
                      words});
        draw_offer(sheet_, person.offer, std::nullopt, button, number, false);
        if (person.veiled)
            sheet_.touch("veiled " + std::to_string(number),
                         {box.x, box.y, (offers ? button.x : box.right()) - box.x, box.h},
                         {PanelAct::unveil, number});
    }

    /// What tells apart who is called the same, as much of it as there is room for; ids of machines
    /// are no help.
    Said second_line(const PersonRow& person, const Type& type, double space) {
        const Said organisation = sheet_.of(person.organisation),
                   group = sheet_.list(organisation, sheet_.of(person.category));
        if (person.external_id.empty() || person.external_id.size() > longest_id) return group;
        const Said id = Sheet::plain(person.external_id);
        for (Said words : {sheet_.list(id, group), sheet_.list(id, organisation)}) {
            // Its first letters are Latin in both languages; the line goes the panel's way.
            if (sheet_.arabic()) words.text.insert(0, "\u200F");
            if (sheet_.advance(words, type) <= space) return words;
        }
        return group;
    }

    /// In the script it was found in.
    Said name_of(const PersonRow& person) const {
        const Said own = sheet_.of(person.name),
                   other{own.text == person.name.ar ? person.name.en : person.name.ar,
                         own.text == person.name.ar ? assets::Language::en : assets::Language::ar};
        const bool found_there = storage::matched_parts(own.text, typed_).empty() &&
                                 !storage::matched_parts(other.text, typed_).empty();
        return found_there ? other : own;
    }

    /// An open ring for who has not come yet.
    void draw_sign(const PersonRow& person, Spot at) {
        if (person.inside_since)
            return sheet_.verdict_icon(storage::VerdictKind::admitted, at, 9.4);
        if (person.verdict != storage::VerdictKind::admitted)
            return sheet_.verdict_icon(person.verdict, at, 9.4);
        const Spot middle = sheet_.mirrored(at);
        sheet_.painter().disc(middle, 5, sheet_.colours().ink2);
        sheet_.painter().disc(middle, 4, sheet_.colours().surface);
    }

    Sheet& sheet_;
    const SearchPage& page_;
    const double missing_width_ = sheet_.upright() ? 70 : 96;
    const std::string typed_ = page_.code ? std::string() : page_.field.text;
};

}  // namespace

void draw_page(Sheet& sheet, const SearchPage& page) { Search(sheet, page).draw(); }

}  // namespace hudoor::kiosk
