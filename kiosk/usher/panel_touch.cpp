// What the touches on each page come to.
#include <algorithm>
#include <charconv>
#include <utility>

#include "kiosk/desk/desk.hpp"
#include "kiosk/usher/field.hpp"
#include "kiosk/usher/panel.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

constexpr std::size_t fewest_pin_digits = 6, most_pin_digits = 10, number_digits = 3;
constexpr std::size_t longest_search = 64, longest_note = 200;

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

}  // namespace

void UsherPanel::on_touch(PanelTouch touch, MonotonicTime now, std::optional<MonotonicTime> began) {
    if (!open_ || touch.act == PanelAct::none) return;
    const bool is_of_row = touch.act == PanelAct::row || touch.act == PanelAct::unveil;
    const bool meant = is_meant(touch, now, began);
    const bool shows_name = meant && is_of_row && unveil(touch.value, now);
    touched_at_ = now;
    if (began) hand_at_ = now;
    changed_ = true;
    if (!meant || shows_name) return;
    switch (touch.act) {
        case PanelAct::veil:
            veil_ = !veil_;
            unveiled_.clear();
            return;
        case PanelAct::show_new:
            list_page_ = 0;
            return release_rows();
        case PanelAct::call_supervisor:
            if (usher_ != UsherNumber{}) order(CallSupervisor{});
            return;
        case PanelAct::stay:
            return;
        case PanelAct::lock:
            return lock(now);
        case PanelAct::change_language:
            language_ =
                language_ == assets::Language::ar ? assets::Language::en : assets::Language::ar;
            return;
        case PanelAct::strip:
            if (const auto shown = std::exchange(strip_, {}); shown && usher_ != UsherNumber{})
                if (const Entry* entry = entry_of(shown->fact)) touch_row_of(*entry, now);
            return;
        case PanelAct::back:
            if (page_ == Page::pin) return touch_pin({PanelAct::cancel}, now);
            if (page_ == Page::question) return touch_question({PanelAct::cancel}, now);
            return show(page_ == Page::stick || page_ == Page::evacuation ||
                                (page_ == Page::note && note_is_guest_)
                            ? Page::more
                            : Page::home,
                        now);
        default:
            break;
    }
    switch (page_) {
        case Page::pin:
            return touch_pin(touch, now);
        case Page::home:
            return touch_home(touch, now);
        case Page::search:
            return touch_search(touch, now);
        case Page::reason:
            return touch_reason(touch, now);
        case Page::done:
            return touch_done(touch, now);
        case Page::note:
            return touch_note(touch, now);
        case Page::sessions:
            return touch_sessions(touch, now);
        case Page::health:
        case Page::more:
        case Page::stick:
            return touch_machine(touch, now);
        case Page::evacuation:
            return touch_evacuation(touch, now);
        case Page::service:
            return touch_service(touch, now);
        case Page::old_list:
            return touch_old_list(touch, now);
        case Page::shift:
            return touch_shift(touch, now);
        case Page::question:
            return touch_question(touch, now);
    }
}

void UsherPanel::touch_pin(PanelTouch touch, MonotonicTime now) {
    if (touch.act == PanelAct::cancel) {
        if (usher_ == UsherNumber{}) return lock(now);
        return show(Page::home, now);
    }
    if (pin_.checking || pin_.locked_until) return;
    const std::size_t most = pin_.number ? most_pin_digits : number_digits;
    if (touch.act == PanelAct::digit && pin_.typed.size() < most) {
        pin_.typed.add(static_cast<char>('0' + touch.value));
        pin_.wrong = pin_.needs_supervisor = false;
    }
    if (touch.act == PanelAct::erase) pin_.typed.remove_last();
    if (touch.act != PanelAct::enter) return;
    if (pin_.number) {
        if (pin_.typed.size() < fewest_pin_digits) return;
        pin_.checking = true;
        orders_.push_back({*pin_.number, TryPin{std::exchange(pin_.typed, Digits()), pin_use()}});
        return;
    }
    if (pin_.typed.size() < 2) return;
    int number = 0;
    const auto text = pin_.typed.view();
    std::from_chars(text.data(), text.data() + text.size(), number);
    pin_.number = UsherNumber{static_cast<std::uint16_t>(number)};
    pin_.typed = Digits();
}

void UsherPanel::turn_page(PanelTouch touch) {
    if (touch.act == PanelAct::next_page) ++list_page_;
    if (touch.act == PanelAct::previous_page && list_page_ > 0) --list_page_;
}

void UsherPanel::touch_home(PanelTouch touch, MonotonicTime now) {
    turn_page(touch);
    list_page_ = home_pager().page;
    switch (touch.act) {
        case PanelAct::open_search:
            return show(Page::search, now);
        case PanelAct::open_health:
            return show(Page::health, now);
        case PanelAct::open_sessions:
            return go_supervised(Page::sessions, now);
        case PanelAct::open_more:
            return go_supervised(Page::more, now);
        case PanelAct::open_shift:
            return show(Page::shift, now);
        case PanelAct::out_of_service:
            return ask_supervised(
                {{QuestionPage::Of::out_of_service}, SetService{false}, Page::home}, now);
        case PanelAct::row:
            break;
        default:
            return;
    }
    if (const Entry* entry = entry_at(touch.value)) touch_entry(*entry, now);
}

/// One's own last entry is taken back at once; somebody else's, or an old one, is asked about.
void UsherPanel::touch_entry(const Entry& entry, MonotonicTime now) {
    const ScanRow row = row_of(entry, now);
    switch (row.offer) {
        case RowOffer::search:
            return show(Page::search, now);
        case RowOffer::undo:
            if (row.undo_left) return order(Undo{entry.answer.fact});
            return ask({{.of = QuestionPage::Of::undo, .who = entry.answer.name},
                        Undo{entry.answer.fact},
                        Page::home},
                       now);
        case RowOffer::restore:
            restoring_ = entry.answer.fact;
            return order(Restore{entry.answer.fact});
        case RowOffer::none:
            return;
        default:
            return touch_row_of(entry, now);
    }
}

void UsherPanel::touch_shift(PanelTouch touch, MonotonicTime now) {
    if (touch.act != PanelAct::hand_over) return;
    order(HandOver{});
    lock(now);
}

/// To the reasons, if anybody may let this person in.
void UsherPanel::touch_row_of(const Entry& entry, MonotonicTime now) {
    const MayAdmit may =
        entry.answered || !is_refusal(entry.answer)
            ? MayAdmit::nobody
            : who_may_admit(entry.answer.verdict.kind, entry.answer.verdict.reason);
    const FactId fact = entry.answer.fact;
    if (may == MayAdmit::nobody) {
        if (page_ == Page::search) show(Page::home, now);
        return;
    }
    if (may == MayAdmit::supervisor && !supervisor_) return ask_pin(now, Page::reason, true, fact);
    end_approval();  // another refusal was chosen
    about_ = fact;
    show(Page::reason, now);
}

void UsherPanel::touch_field(PanelTouch touch, FieldText& field, Keys& keys) {
    const std::size_t most = page_ == Page::search ? longest_search : longest_note;
    switch (touch.act) {
        case PanelAct::letter:
            insert_letter(field, static_cast<char32_t>(touch.value), most);
            return;
        case PanelAct::erase:
            erase_before(field);
            return;
        case PanelAct::clear:
            field = {};
            return;
        case PanelAct::caret:
            place_caret(field, static_cast<std::size_t>(std::max(touch.value, 0)));
            keys_hidden_ = false;  // who touches the field wants to type
            return;
        case PanelAct::keys:
            keys = static_cast<Keys>(touch.value);
            return;
        case PanelAct::hide_keys:
            keys_hidden_ = !keys_hidden_;
            return;
        default:
            return;
    }
}

void UsherPanel::search_again() {
    ++query_;
    list_page_ = 0;
    only_missing_ = false;
    search_wish_.reset();
    const auto badge = typed_badge();
    if (badge || field_.text.empty()) forget_found();
    if (badge) return order(DescribePeople{.query = query_, .people = {}, .code = badge});
    search_wish_ = SearchWish{query_, field_.text};
}

void UsherPanel::touch_search(PanelTouch touch, MonotonicTime now) {
    const auto seen = people_here();
    turn_page(touch);
    const std::string before = field_.text;
    touch_field(touch, field_, keys_);
    list_page_ = found_pager().page;
    if (field_.text != before)
        search_again();
    else if (people_here() != seen)
        describe_here();
    if (touch.act == PanelAct::only_missing && group_inside_) return list_missing(!only_missing_);
    if (touch.act != PanelAct::row) return;
    about_.reset();
    const auto here = found_here();
    if (touch.value < 0 || static_cast<std::size_t>(touch.value) >= here.size()) return;
    const FoundPerson& person = here[static_cast<std::size_t>(touch.value)];
    // Whoever is refused goes on to the reasons, over a supervisor's PIN where that is needed.
    if (row_of(person, now).offer == RowOffer::none) return;
    if (const auto badge = typed_badge()) return order(TypedCode{typed_code(*badge)});
    order(CheckIn{person.who});
}

void UsherPanel::touch_evacuation(PanelTouch touch, MonotonicTime now) {
    turn_page(touch);
    const std::string before = field_.text;
    touch_field(touch, field_, keys_);
    if (field_.text != before) list_page_ = 0;
    list_page_ = evacuation_page(now).pager.page;
}

void UsherPanel::touch_reason(PanelTouch touch, MonotonicTime now) {
    if (!about_) return;
    Entry* entry = entry_of(*about_);
    if (touch.act == PanelAct::withdraw && entry && !entry->withdrawn) {
        order(WithdrawRefusal{*about_});
        return show(Page::home, now);
    }
    if (touch.act != PanelAct::reason) return;
    order(OverrideRefusal{*about_, static_cast<Override>(touch.value)});
}

void UsherPanel::touch_done(PanelTouch touch, MonotonicTime now) {
    if (touch.act == PanelAct::done) return show(Page::home, now);
    if (!done_) return;
    if (touch.act == PanelAct::undo && !done_->undone) order(Undo{done_->answer.fact});
    if (touch.act == PanelAct::restore && can_restore(*done_, now)) {
        restoring_ = done_->answer.fact;
        order(Restore{done_->answer.fact});
    }
    if (touch.act == PanelAct::add_note) {
        note_is_guest_ = false;
        show(Page::note, now);
    }
}

void UsherPanel::touch_note(PanelTouch touch, MonotonicTime now) {
    touch_field(touch, field_, keys_);
    if (touch.act == PanelAct::category) category_ = touch.value;
    note_is_missing_ = is_blank(field_.text) && (note_is_missing_ || touch.act == PanelAct::done);
    if (touch.act != PanelAct::done || note_is_missing_) return;
    if (note_is_guest_) {
        const auto& categories = identity().categories;
        about_.reset();
        if (category_ < 0 || static_cast<std::size_t>(category_) >= categories.size()) return;
        return order(AdmitGuest{categories[static_cast<std::size_t>(category_)].id, field_.text});
    }
    if (done_) order(AddNote{done_->answer.fact, field_.text});
    show(Page::done, now);
}

void UsherPanel::touch_sessions(PanelTouch touch, MonotonicTime now) {
    turn_page(touch);
    if (touch.act == PanelAct::session) {
        const auto days = sessions_by_day();
        const auto day = static_cast<std::size_t>(touch.value / 100);
        const auto line = static_cast<std::size_t>(list_page_ * 5 + touch.value % 100);
        if (day < days.size() && line < days[day].size()) selected_ = days[day][line]->id;
    }
    if (touch.act == PanelAct::follow_agenda) order(ChooseSession{});
    if (touch.act == PanelAct::admit_session && selected_) {
        const Session* session = identity().agenda.find_session(*selected_);
        if (session && wall_ < session->doors_open())
            return ask({{.of = QuestionPage::Of::open_doors,
                         .session = describe_session(*session, identity().agenda, identity().place,
                                                     wall_)},
                        ChooseSession{selected_},
                        Page::home},
                       now);
        order(ChooseSession{selected_});
    }
    if (touch.act == PanelAct::follow_agenda || (touch.act == PanelAct::admit_session && selected_))
        show(Page::home, now);
}

/// What the place says, then what it does not say, then again.
Direction UsherPanel::next_direction() const {
    const Place* place = identity().agenda.find_place(identity().place);
    const PlaceDirection usual = place ? place->direction : PlaceDirection::entry;
    if (!door_.direction)
        return usual == PlaceDirection::entry ? Direction::exit : Direction::entry;
    const bool more = usual == PlaceDirection::both && door_.direction == Direction::entry;
    return more ? Direction::exit : Direction::none;
}

/// Health, more, and the stick.
void UsherPanel::touch_machine(PanelTouch touch, MonotonicTime now) {
    switch (touch.act) {
        case PanelAct::brightness:
            jobs_.push_back(PanelJob::change_brightness);
            return;
        case PanelAct::volume:
            jobs_.push_back(PanelJob::change_volume);
            return;
        case PanelAct::test_camera:
            jobs_.push_back(PanelJob::test_camera);
            return;
        case PanelAct::save_log:
            jobs_.push_back(PanelJob::save_log);
            return;
        case PanelAct::out_of_service:
            return ask_supervised(
                {{QuestionPage::Of::out_of_service}, SetService{false}, Page::home}, now);
        case PanelAct::open_more:
            return go_supervised(Page::more, now);
        case PanelAct::cancel:
        case PanelAct::done:
            return show(Page::more, now);
        default:
            break;
    }
    if (!supervisor_) return;
    switch (touch.act) {
        case PanelAct::copy_records:
        case PanelAct::update_list:
            stick_ = {};
            stick_.of =
                touch.act == PanelAct::copy_records ? StickPage::Of::copy : StickPage::Of::update;
            stick_.state = StickPage::State::working;
            order(BeginAct{touch.act == PanelAct::copy_records ? ActCode::export_taken
                                                               : ActCode::update_taken});
            return show(Page::stick, now);
        case PanelAct::walk_in:
            note_is_guest_ = true;
            category_ = 0;
            return show(Page::note, now);
        case PanelAct::evacuation:
            return show(Page::evacuation, now);
        case PanelAct::direction:
            return ask({{.of = QuestionPage::Of::direction, .direction = next_direction()},
                        ChooseDirection{next_direction()},
                        Page::more},
                       now);
        case PanelAct::self_test:
            return order(BeginAct{ActCode::self_test});
        case PanelAct::training:
            return ask({{facts_.in_force->training ? QuestionPage::Of::end_training
                                                   : QuestionPage::Of::training},
                        BeginAct{ActCode::settings_shown},
                        Page::more},
                       now);
        case PanelAct::close:
            return ask({{QuestionPage::Of::close}, BeginAct{ActCode::exit_program}, Page::more},
                       now);
        default:
            return;
    }
}

void UsherPanel::touch_service(PanelTouch touch, MonotonicTime now) {
    if (touch.act == PanelAct::cancel) return show(Page::home, now);
    if (touch.act != PanelAct::out_of_service) return;
    order(SetService{true});
    show(Page::home, now);
}

/// Asked of every supervisor who comes, until one of them takes the list or it is newer.
void UsherPanel::touch_old_list(PanelTouch touch, MonotonicTime now) {
    if (touch.act == PanelAct::accept_list) order(AcceptList{});
    if (touch.act == PanelAct::accept_list || touch.act == PanelAct::cancel) show(Page::home, now);
}

}  // namespace hudoor::kiosk
