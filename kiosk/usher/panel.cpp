#include "kiosk/usher/panel.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/desk/desk.hpp"

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
constexpr std::size_t entries_kept = 200;

/// The refusal's reasons, for an approval; for a page those that only a supervisor comes to.
template <typename Page>
bool ends_approval(Page page, bool of_refusal) {
    if (of_refusal) return page != Page::reason;
    return page == Page::home || page == Page::search || page == Page::reason ||
           page == Page::health || page == Page::pin;
}

std::string text_of(const FactId& id) { return {id.bytes.begin(), id.bytes.end()}; }

/// Anybody can hold up a code that is nobody's; that must not take the pad from an usher.
bool is_known(const Answer& answer) {
    return !answer.badge.empty() || !answer.registration.empty();
}

}  // namespace

bool UsherPanel::is_refusal(const Answer& answer) {
    return answer.flood == 0 && !answer.seen_again &&
           answer.verdict.kind != VerdictKind::admitted && answer.verdict.kind != VerdictKind::none;
}

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

void UsherPanel::hear(const Withdrawn& news, MonotonicTime) {
    Entry* entry = entry_of(news.refusal);
    if (!news.done || !entry) return;
    entry->withdrawn = true;
    changed_ = true;
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

}  // namespace hudoor::kiosk
