// What a touch may mean: only what stood there when the finger came down, long enough to be read;
// what is asked before it is done; whose names the queue may read.
#include <algorithm>

#include "kiosk/usher/panel.hpp"
#include "kiosk/usher/veil.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto hand_stays = 3s;  // after a touch the next one is on its way

/// What whoever types at a keyboard sees come to be, letter by letter.
bool is_typing(PanelAct act) {
    return act == PanelAct::digit || act == PanelAct::letter || act == PanelAct::erase ||
           act == PanelAct::caret || act == PanelAct::clear;
}

bool is_of_list(PanelAct act) {
    return act == PanelAct::row || act == PanelAct::unveil || act == PanelAct::session ||
           act == PanelAct::admit_session;
}

template <typename Id>
std::string text_of(const Id& id) {
    return {id.bytes.begin(), id.bytes.end()};
}

}  // namespace

bool UsherPanel::is_meant(PanelTouch touch, MonotonicTime now,
                          std::optional<MonotonicTime> began) const {
    if (!began && is_typing(touch.act)) return true;
    const MonotonicTime from = began.value_or(now);
    if (!page_seen_.could_be_read(page_shown(now), from)) return false;
    if (touch.act == PanelAct::strip) return strip_seen_.could_be_read(strip_shown(), from);
    return !is_of_list(touch.act) || list_seen_.could_be_read(list_shown(now), from);
}

void UsherPanel::on_finger(bool down, MonotonicTime now) {
    if (open_ && down) hand_at_ = now;
}

bool UsherPanel::hand_is_near(MonotonicTime now) const {
    return list_page_ > 0 || (hand_at_ && now - *hand_at_ < hand_stays);
}

void UsherPanel::release_rows() {
    changed_ = changed_ || held_back_ > 0;
    held_back_ = 0;
}

std::string UsherPanel::page_shown(MonotonicTime now) const {
    std::string page =
        std::to_string(page_number()) + (language_ == assets::Language::ar ? "a" : "e");
    const auto also = [&page](const auto& what) { page += '/' + std::string(what); };
    const auto named = [this](const FactId& fact) {
        return text_of(fact) + (unveiled_.contains(text_of(fact)) ? "n" : "v");
    };
    if (veil_is_down(now)) also("veil");
    if (page_ == Page::reason && about_) also(named(*about_) + (approved_ ? "+" : ""));
    if (page_ == Page::done && done_)
        also(named(done_->answer.fact) + (done_->undone ? "u" : "") +
             (can_restore(*done_, now) ? "r" : ""));
    if (page_ == Page::note) also(note_is_guest_ ? "guest" : "note");
    if (page_ == Page::stick) also(std::to_string(static_cast<int>(stick_.state)));
    if (page_ == Page::question && question_)
        also(std::to_string(static_cast<int>(question_->page.of)));
    return page;
}

std::string UsherPanel::list_shown(MonotonicTime now) const {
    std::string list = std::to_string(list_page_) + (keys_hidden_ ? "h" : "k");
    const auto row = [&list](const auto& id, RowOffer offer, bool veiled) {
        list += text_of(id) + std::to_string(static_cast<int>(offer)) + (veiled ? "v" : "");
    };
    if (page_ == Page::home)
        for (int at = 0; const Entry* entry = entry_at(at); ++at) {
            const ScanRow shown = row_of(*entry, now);
            row(entry->answer.fact, shown.offer, shown.veiled);
        }
    if (page_ == Page::search)
        for (const FoundPerson& person : found_here()) {
            const PersonRow shown = row_of(person, now);
            row(person.who, shown.offer, shown.veiled);
        }
    if (page_ == Page::search) list += field_.text;
    // Chosen, it stands on the button that opens the door to it.
    if (page_ == Page::sessions && selected_)
        list += '/' + std::to_string(static_cast<int>(*selected_));
    return list;
}

std::string UsherPanel::strip_shown() const {
    return strip_ ? text_of(strip_->fact) : std::string();
}

void UsherPanel::note_shown(MonotonicTime now) {
    page_seen_.note(page_shown(now), now);
    list_seen_.note(list_shown(now), now);
    strip_seen_.note(strip_shown(), now);
}

void UsherPanel::ask(Question question, MonotonicTime now) {
    question_ = std::move(question);
    show(Page::question, now);
}

void UsherPanel::ask_supervised(Question question, MonotonicTime now) {
    if (supervisor_) return ask(std::move(question), now);
    question_ = std::move(question);
    ask_pin(now, Page::question, true);
}

void UsherPanel::touch_question(PanelTouch touch, MonotonicTime now) {
    if (touch.act != PanelAct::yes && touch.act != PanelAct::cancel) return;
    auto question = std::exchange(question_, {});
    if (!question) return show(Page::home, now);
    if (touch.act == PanelAct::cancel) return show(question->back, now);
    order(std::move(question->wish));
    if (question->page.of == QuestionPage::Of::out_of_service) return lock(now);
    show(question->back, now);
}

/// Who calls the names of everybody inside reads them without a touch.
bool UsherPanel::veil_is_down(MonotonicTime now) const {
    return veil_ || (page_ != Page::evacuation && now - touched_at_ >= veils_after);
}

bool UsherPanel::is_veiled(const std::string& row, bool discreet, MonotonicTime now) const {
    return (discreet || veil_is_down(now)) && !unveiled_.contains(row);
}

/// Whether the row was one whose name has to be seen before anything is done.
bool UsherPanel::unveil(int row, MonotonicTime now) {
    std::string name;
    bool discreet = false;
    if (page_ == Page::home) {
        const Entry* entry = entry_at(row);
        if (!entry) return false;
        name = text_of(entry->answer.fact);
        discreet = entry->answer.discreet;
    } else {
        const auto person = person_at(row);
        if (!person) return false;
        name = text_of(person->who);
        discreet = person->discreet;
    }
    return is_veiled(name, discreet, now) && unveiled_.insert(name).second;
}

std::optional<FoundPerson> UsherPanel::person_at(int row) const {
    if (row < 0) return std::nullopt;
    const auto at = static_cast<std::size_t>(row);
    if (page_ == Page::evacuation) {
        const auto inside = inside_here();
        return at < inside.size() ? std::optional(*inside[at]) : std::nullopt;
    }
    const auto found = found_here();
    return at < found.size() ? std::optional(found[at]) : std::nullopt;
}

const UsherPanel::Entry* UsherPanel::entry_at(int row) const {
    constexpr int rows = 5;
    const auto at = held_back_ + static_cast<std::size_t>(list_page_ * rows + row);
    return row < 0 || row >= rows || at >= entries_.size() ? nullptr : &entries_[at];
}

}  // namespace hudoor::kiosk
