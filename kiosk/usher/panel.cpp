#include "kiosk/usher/panel.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "kiosk/desk/desk.hpp"
#include "kiosk/usher/field.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto locks_after = 60s;
constexpr auto strip_stays = 5s;
constexpr auto gives_way_for = 2s, gives_way_every = 4s;
constexpr auto staff_answers_within = 30s;  // a staff badge after a refusal means that refusal
constexpr auto page_fades = 120ms;
constexpr auto step = 33ms;
constexpr std::size_t entries_kept = 200, fewest_pin_digits = 6, most_pin_digits = 10,
                      number_digits = 3;
constexpr std::size_t longest_search = 64, longest_note = 200;

/// The refusal's reasons, for an approval; for a page those that only a supervisor comes to.
template <typename Page>
bool ends_approval(Page page, bool of_refusal) {
    if (of_refusal) return page != Page::reason;
    return page == Page::home || page == Page::search || page == Page::reason ||
           page == Page::health || page == Page::pin;
}

std::string text_of(const FactId& id) { return {id.bytes.begin(), id.bytes.end()}; }

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

/// Somebody who was not let in; a flood is nobody, and whoever is seen again was.
bool is_refusal(const Answer& answer) {
    return answer.flood == 0 && !answer.seen_again &&
           answer.verdict.kind != VerdictKind::admitted && answer.verdict.kind != VerdictKind::none;
}

/// Anybody can hold up a code that is nobody's; that must not take the pad from an usher.
bool is_known(const Answer& answer) {
    return !answer.badge.empty() || !answer.registration.empty();
}

}  // namespace

UsherPanel::UsherPanel(PanelFacts facts) : facts_(std::move(facts)), language_(facts_.language) {}

void UsherPanel::show(Page page, MonotonicTime now) {
    if (ends_approval(page, approved_)) end_approval();
    page_ = page;
    page_since_ = now;
    list_page_ = 0;
    job_news_.reset();
    unveiled_.clear();
    // Whose name was touched to come here.
    if (page == Page::reason && about_) unveiled_.insert(text_of(*about_));
    if (page == Page::done && done_) unveiled_.insert(text_of(done_->answer.fact));
    hand_at_.reset();
    release_rows();
    if (page != Page::question && page != Page::pin) question_.reset();
    if (page == Page::search || page == Page::note || page == Page::evacuation) {
        field_ = {};
        forget_found();
        note_is_missing_ = false;
        keys_hidden_ = page == Page::evacuation;
        keys_ = language_ == assets::Language::ar ? Keys::arabic : Keys::latin;
    }
    if (page == Page::sessions) selected_.reset();
    if (page == Page::evacuation) order(ListInside{});
    if (page == Page::health) jobs_.push_back(PanelJob::look);
    changed_ = true;
}

void UsherPanel::open(MonotonicTime now) {
    if (!open_) ask_pin(now, door_.in_service ? Page::home : Page::service, !door_.in_service);
}

void UsherPanel::ask_pin(MonotonicTime now, Page then, bool supervisor_only,
                         std::optional<FactId> about) {
    open_ = true;
    touched_at_ = now;
    pin_ = {};
    pin_.then = then;
    pin_.then_about = about;
    pin_.supervisor_only = supervisor_only;
    strip_.reset();
    known_is_up_ = false;
    show(Page::pin, now);
}

void UsherPanel::go_supervised(Page page, MonotonicTime now) {
    if (supervisor_)
        show(page, now);
    else
        ask_pin(now, page, true);
}

void UsherPanel::end_approval() {
    if (!approved_ && lent_by_ == UsherNumber{}) return;
    if (lent_by_ != UsherNumber{}) supervisor_ = false;
    lent_by_ = {};
    approved_ = false;
    order(EndApproval{});
}

PinUse UsherPanel::pin_use() const {
    return {.supervisor_only = pin_.supervisor_only,
            .by_badge = pin_.by_badge,
            .on_panel_of = usher_,
            .refusal = pin_.then_about.value_or(FactId{})};
}

void UsherPanel::lock(MonotonicTime now) {
    end_approval();
    if (usher_ != UsherNumber{}) order(Lock{});
    usher_ = {};
    supervisor_ = false;
    open_ = false;
    pin_ = {};
    field_ = {};
    forget_found();
    inside_ = {};
    strip_.reset();
    question_.reset();
    page_seen_.forget();
    veil_ = false;
    page_since_ = now;
    changed_ = true;
}

bool UsherPanel::takes_letters() const {
    return open_ && (page_ == Page::search || page_ == Page::note || page_ == Page::evacuation);
}
const FieldText* UsherPanel::field() const { return takes_letters() ? &field_ : nullptr; }

UsherPanel::Entry* UsherPanel::entry_of(const FactId& fact) {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.answer.fact == fact; });
    return found == entries_.end() ? nullptr : &*found;
}

void UsherPanel::add_entry(const Answer& answer, MonotonicTime now) {
    const bool known = !is_refusal(answer) && !answer.registration.empty();
    for (Entry& entry : entries_)  // who has passed since is not let in a second time
        if (known && entry.answer.registration == answer.registration) entry.restorable = false;
    entries_.push_front({answer, now});
    if (entries_.size() > entries_kept) entries_.pop_back();
    const bool holds = open_ && page_ == Page::home && (held_back_ > 0 || hand_is_near(now));
    held_back_ = std::min(holds ? held_back_ + 1 : 0, entries_.size() - 1);
    changed_ = changed_ || open_;
}

void UsherPanel::on_answer(const Answer& answer, MonotonicTime now) {
    add_entry(answer, now);
    if (!open_) return;
    if (page_ == Page::pin) return give_way(answer, now);
    strip_ = answer;
    strip_since_ = now;
}

/// Who is let in reads the whole answer, who types keeps the pad at least half of the time.
void UsherPanel::give_way(const Answer& answer, MonotonicTime now) {
    known_is_up_ = is_known(answer);
    if (!known_is_up_) return;
    const MonotonicTime next = way_since_ ? *way_since_ + gives_way_every : now;
    if (next <= now || now >= *way_since_ + gives_way_for) way_since_ = std::max(now, next);
    page_seen_.forget();
}

bool UsherPanel::gives_way(MonotonicTime now) const {
    return open_ && page_ == Page::pin && known_is_up_ && way_since_ && now >= *way_since_ &&
           now < *way_since_ + gives_way_for;
}

void UsherPanel::on_news(DeskNews news, MonotonicTime now) {
    std::visit([&](auto& it) { hear(std::move(it), now); }, news);
}

void UsherPanel::hear(const PinNews& news, MonotonicTime now) {
    if (!open_ || page_ != Page::pin || pin_.number != news.usher) {
        // The pad was left, or is another's by now: whom it let in must not stay in unseen.
        if (!news.opened) return;
        if (news.approved) return orders_.push_back({usher_, EndApproval{}});
        if (usher_ != UsherNumber{}) lock(now);
        orders_.push_back({news.usher, Lock{}});
        return;
    }
    changed_ = true;
    pin_.checking = false;
    pin_.typed = Digits();
    if (news.opened) return go_on(news, now);
    pin_.wrong = news.wrong;
    pin_.needs_supervisor = news.needs_supervisor;
    if (news.needs_supervisor) {
        pin_.number.reset();
        pin_.by_badge = false;
    }
    pin_.locked_until = news.lock.until;
    pin_.waits_for_supervisor = news.lock.needs_supervisor;
}

/// Where the PIN was asked for.
void UsherPanel::go_on(const PinNews& news, MonotonicTime now) {
    about_ = pin_.then_about;
    if (pin_.then == Page::question && !question_) pin_.then = Page::home;
    approved_ = news.approved && about_;
    if (news.approved && !approved_) lent_by_ = news.usher;
    if (!news.approved) usher_ = news.usher;
    if (!approved_) supervisor_ = news.supervisor;
    touched_at_ = now;
    const bool asks = supervisor_ && (door_.list_expired || door_.rolled_back);
    if (asks || pin_.then != Page::reason || approved_)
        return show(asks ? Page::old_list : pin_.then, now);
    show(Page::home, now);  // until it is known that this usher may answer
    if (const Entry* refused = about_ ? entry_of(*about_) : nullptr) touch_row_of(*refused, now);
}

/// A staff badge soon after a refusal means that refusal.
void UsherPanel::hear(const StaffShown& news, MonotonicTime now) {
    if (open_ && page_ != Page::pin) return;
    if (!open_) {
        const bool recent = !entries_.empty() && now - entries_.front().at <= staff_answers_within;
        const bool answerable =
            recent && is_refusal(entries_.front().answer) && !entries_.front().answered;
        if (answerable && door_.in_service)
            ask_pin(now, Page::reason, false, entries_.front().answer.fact);
        else
            open(now);
    }
    // Whoever was at the pad before, with what they typed, missed or waited for, is not this usher.
    pin_ = Pin{.typed = {},
               .number = news.usher,
               .supervisor_only = pin_.supervisor_only,
               .by_badge = true,
               .locked_until = {},
               .then = pin_.then,
               .then_about = pin_.then_about};
    touched_at_ = now;
    changed_ = true;
}

void UsherPanel::hear(const Done& news, MonotonicTime now) {
    const auto restored = std::exchange(restoring_, {});
    if (news.answer && news.answer->stored) add_entry(*news.answer, now);
    if (!open_ || usher_ == UsherNumber{}) return;
    done_.reset();
    denied_ = !news.answer;
    if (news.answer && news.answer->stored) {
        done_ = entries_.front();
        if (Entry* refused = entry_of(news.answer->answers)) refused->answered = true;
        if (restored)
            if (Entry* undone = entry_of(*restored)) undone->restorable = false;
        if (is_refusal(*news.answer)) return touch_row_of(entries_.front(), now);
    }
    show(Page::done, now);
}

void UsherPanel::hear(const Undone& news, MonotonicTime now) {
    changed_ = true;
    Entry* entry = entry_of(news.fact);
    if (!news.done || !entry) return;
    entry->undone = entry->restorable = true;
    entry->undone_by = usher_;
    entry->at = now;
    if (Entry* refused = entry_of(entry->answer.answers)) refused->answered = false;
    if (done_ && done_->answer.fact == news.fact) done_ = *entry;
}

/// Behind what this panel has seen itself; in place of what it was told so before.
void UsherPanel::hear(LastScans news, MonotonicTime now) {
    std::erase_if(entries_, [](const Entry& entry) { return entry.recalled; });
    for (LastScan& scan : news.scans) {
        if (entries_.size() >= entries_kept || entry_of(scan.answer.fact)) continue;
        entries_.push_back({.answer = std::move(scan.answer),
                            .at = now - scan.ago,
                            .undone = scan.undone,
                            .answered = scan.answered,
                            .withdrawn = scan.withdrawn,
                            .recalled = true,
                            .restorable = scan.restorable});
    }
    held_back_ = std::min(held_back_, std::max<std::size_t>(entries_.size(), 1) - 1);
    changed_ = true;
}

void UsherPanel::hear(PeopleFound news, MonotonicTime) {
    if (news.query != query_) return;
    code_is_said_ = typed_badge().has_value();
    if (news.inside) {
        group_inside_ = std::move(news.inside);
        std::ranges::sort(*group_inside_);
    }
    for (FoundPerson& person : news.people) {
        std::erase_if(found_, [&](const FoundPerson& one) { return one.who == person.who; });
        found_.push_back(std::move(person));
    }
    changed_ = true;
}

void UsherPanel::hear(PeopleInside news, MonotonicTime) {
    inside_ = InsideList(std::move(news.people));
    changed_ = true;
}

void UsherPanel::hear(DoorState news, MonotonicTime) {
    door_ = std::move(news);
    changed_ = changed_ || open_;
}

void UsherPanel::on_found(SearchResult result) {
    if (result.query != query_ || !takes_letters()) return;
    result_ = std::move(result);
    std::erase_if(found_, [this](const FoundPerson& one) {
        return std::ranges::find(result_.people, one.who) == result_.people.end();
    });
    group_inside_.reset();
    only_missing_ = false;
    changed_ = true;
    describe_here(true);
}

void UsherPanel::forget_found() {
    result_ = {};
    found_.clear();
    group_inside_.reset();
    only_missing_ = code_is_said_ = false;
}

/// The desk, which has badges to answer, is asked for what is seen and no more; of a group besides
/// who is inside.
void UsherPanel::describe_here(bool with_group) {
    DescribePeople wish{.query = query_, .people = people_here()};
    if (with_group) wish.group = result_.group;
    if (!wish.people.empty() || !wish.group.empty()) order(std::move(wish));
}

void UsherPanel::list_missing(bool only) {
    only_missing_ = only;
    list_page_ = 0;
    describe_here(true);
}

void UsherPanel::on_health(HealthPage page) {
    page.news = job_news_;
    health_ = std::move(page);
    changed_ = changed_ || page_ == Page::health;
}

/// Until it is done the panel stays open for who ordered it.
void UsherPanel::on_stick(const StickPage& page, MonotonicTime now) {
    stick_ = page;
    changed_ = true;
    if (page.state == StickPage::State::working) touched_at_ = now;
}

void UsherPanel::hear(const ActBegun& news, MonotonicTime) {
    if (news.allowed || page_ != Page::stick) return;
    stick_.state = StickPage::State::failed;
    changed_ = true;
}

void UsherPanel::on_in_force(InForcePtr in_force) {
    facts_.in_force = std::move(in_force);
    changed_ = true;
}

void UsherPanel::on_job_done(Bilingual news) {
    job_news_ = std::move(news);
    health_.news = job_news_;
    changed_ = true;
}

void UsherPanel::tick(MonotonicTime now, WallTime wall) {
    if (!open_) return;
    if (now - touched_at_ >= locks_after) return lock(now);
    wall_ = wall;
    if (gives_way(now)) page_seen_.forget();
    if (held_back_ > 0 && !hand_is_near(now)) release_rows();
    if (page_ != Page::evacuation && now - touched_at_ >= veils_after) unveiled_.clear();
    if (strip_ && now - strip_since_ >= strip_stays) {
        strip_.reset();
        changed_ = true;
    }
    if (pin_.locked_until && wall >= *pin_.locked_until) {
        pin_.locked_until.reset();
        pin_.wrong = false;
        changed_ = true;
    }
    // Counted down: undo rings, locks, the warning before the lock.
    const auto second = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    if (std::exchange(second_shown_, second) != second) changed_ = true;
    if (drawn_at_ < page_since_ + page_fades) changed_ = true;
}

MonotonicTime UsherPanel::next_change(MonotonicTime now) const {
    if (!open_) return MonotonicTime::max();
    if (drawn_at_ < page_since_ + page_fades) return now + step;
    if (known_is_up_ && way_since_)
        for (const MonotonicTime at : {*way_since_, *way_since_ + gives_way_for})
            if (at > now) return at;
    return std::chrono::ceil<std::chrono::seconds>(now + 1ms);
}

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
        entry->withdrawn = true;
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
            return ask(
                {{.of = QuestionPage::Of::open_doors,
                  .session = describe_session(*session, identity().agenda, identity().place)},
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
