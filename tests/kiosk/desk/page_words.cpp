#include "tests/kiosk/desk/page_words.hpp"

namespace hudoor::test {

using namespace hudoor::kiosk;

namespace {

std::string number(auto value) { return std::to_string(static_cast<int>(value)) + ' '; }

template <typename Rows>
std::string row_words(const Rows& rows, int at) {
    if (at < 0 || static_cast<std::size_t>(at) >= rows.size()) return "nothing";
    const auto& row = rows[static_cast<std::size_t>(at)];
    return row.name.ar + '/' + row.name.en + ' ' + number(row.verdict) + number(row.reason) +
           number(row.offer) + (row.veiled ? "veiled" : "");
}

struct PageWords {
    PanelTouch touch;

    [[nodiscard]] bool of_row() const {
        return touch.act == PanelAct::row || touch.act == PanelAct::unveil;
    }
    std::string operator()(const HomePage& page) const {
        return of_row() ? row_words(page.rows, touch.value) : "home";
    }
    std::string operator()(const SearchPage& page) const {
        return of_row() ? row_words(page.rows, touch.value) : "search";
    }
    std::string operator()(const ReasonPage& page) const {
        return page.person.name.ar + '/' + page.person.name.en + number(page.person.reason);
    }
    std::string operator()(const DonePage& page) const {
        return page.name.ar + '/' + page.name.en + (page.undone ? "undone" : "done");
    }
    std::string operator()(const QuestionPage& page) const {
        return number(page.of) + number(page.direction) + page.who.ar + '/' + page.who.en;
    }
    std::string operator()(const NotePage& page) const { return number(page.of); }
    std::string operator()(const StickPage& page) const { return number(page.state); }
    template <typename Other>
    std::string operator()(const Other&) const {
        return {};
    }
};

}  // namespace

std::string words_of_page(const PanelView& view, PanelTouch touch) {
    std::string words = number(view.page.index()) + std::visit(PageWords{touch}, view.page);
    if (touch.act == PanelAct::strip && view.strip)
        words += " strip " + std::to_string(view.strip->answer.seq);
    return words;
}

}  // namespace hudoor::test
