// What the panel's state looks like as a page.
#include <algorithm>

#include "kiosk/desk/desk.hpp"
#include "kiosk/usher/panel.hpp"
#include "kiosk/usher/veil.hpp"
#include "storage/names/folding.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr int rows_on_home = 5, lines_a_day = 5;
constexpr std::chrono::seconds warns_before = 10s, locks_after = 60s, strip_dwell = 5s;
constexpr auto page_fades = 120ms;

Pager pager_of(std::size_t rows, int a_page, int page) {
    const int pages = std::max(1, static_cast<int>((rows + static_cast<std::size_t>(a_page) - 1) /
                                                   static_cast<std::size_t>(a_page)));
    return {std::min(page, pages - 1), pages};
}

/// Those of this page.
template <typename Row, typename Make>
auto rows_of(const std::vector<Row>& all, const Pager& pager, int a_page, Make make) {
    std::vector<decltype(make(all.front()))> rows;
    const auto first = static_cast<std::size_t>(pager.page * a_page);
    for (std::size_t at = first; at < all.size() && rows.size() < static_cast<std::size_t>(a_page);
         ++at)
        rows.push_back(make(all[at]));
    return rows;
}

std::chrono::seconds rounded_up(MonotonicTime::duration left) {
    return std::max(0s, std::chrono::ceil<std::chrono::seconds>(left));
}

/// Whom an usher wrote down, in the place of a badge.
bool is_guest(const Answer& answer) {
    return answer.method == Method::typed && answer.badge.empty() &&
           answer.verdict.kind == VerdictKind::admitted;
}

}  // namespace

PanelView UsherPanel::view(MonotonicTime now, WallTime wall, const Appearance& look) {
    note_shown(now);
    PanelView view;
    view.appearance = look;
    view.appearance.only = language_;
    view.page = page(now, wall);
    view.usher = usher_;
    view.supervisor = supervisor_;
    view.time_of_day = to_local(wall, identity().agenda.timezone).of_day;
    const auto left = rounded_up(touched_at_ + locks_after - now);
    if (usher_ != UsherNumber{} && left <= warns_before) view.locks_in = left;
    if (strip_)
        view.strip = VerdictScreen{
            *strip_, std::chrono::duration_cast<std::chrono::milliseconds>(now - strip_since_),
            strip_dwell};
    if (strip_ && is_veiled({}, strip_->discreet, now)) {
        Answer& shown = view.strip->answer;
        shown.name = initials(shown.name);
        shown.category = shown.usher_note = {};
    }
    view.veil = veil_is_down(now);
    view.fade = std::min(1.0, std::chrono::duration<double>(now - page_since_) / page_fades);
    return view;
}

PanelPage UsherPanel::page(MonotonicTime now, WallTime wall) const {
    switch (page_) {
        case Page::pin:
            return pin_page(wall);
        case Page::home:
            return home_page(now, wall);
        case Page::search:
            return search_page(now);
        case Page::reason:
            return reason_page(now);
        case Page::done:
            return done_page(now);
        case Page::note:
            return note_page();
        case Page::sessions:
            return sessions_page(wall);
        case Page::health:
            return health_;
        case Page::stick:
            return stick_;
        case Page::evacuation:
            return evacuation_page(now);
        case Page::service:
            return ServicePage{};
        case Page::shift:
            return shift_page();
        case Page::question:
            return question_page(now);
        case Page::old_list:
            return OldListPage{describe_when(door_.list_created, wall_, identity().agenda),
                               door_.rolled_back};
        case Page::more:
            break;
    }
    MorePage more{.direction = {}, .training = facts_.in_force->training, .news = job_news_};
    more.direction = door_.direction.value_or(Direction::entry);
    return more;
}

QuestionPage UsherPanel::question_page(MonotonicTime now) const {
    QuestionPage page = question_ ? question_->page : QuestionPage{};
    if (now - touched_at_ >= veils_after) page.who = initials(page.who);
    return page;
}

PinPage UsherPanel::pin_page(WallTime wall) const {
    PinPage page;
    page.asks_number = !pin_.number;
    page.filled = pin_.checking ? 6 : pin_.typed.size();
    page.checking = pin_.checking;
    page.wrong = pin_.wrong;
    page.needs_supervisor = pin_.needs_supervisor;
    page.supervisor_only = pin_.supervisor_only || pin_.waits_for_supervisor;
    page.can_call = page.supervisor_only && usher_ != UsherNumber{};
    page.called = page.can_call && door_.supervisor_called;
    if (pin_.locked_until)
        page.locked_for =
            std::max(1s, std::chrono::ceil<std::chrono::seconds>(*pin_.locked_until - wall));
    return page;
}

std::optional<SessionWords> UsherPanel::session_words() const {
    const auto* session = door_.session ? identity().agenda.find_session(*door_.session) : nullptr;
    if (!session) return std::nullopt;
    return describe_session(*session, identity().agenda, identity().place, wall_);
}

Bilingual UsherPanel::session_line() const {
    const auto words = session_words();
    if (!words) return {};
    return {words->title.ar + "، " + words->room.ar, words->title.en + ", " + words->room.en};
}

RowOffer UsherPanel::offer_for(VerdictKind kind, Reason reason) const {
    switch (who_may_admit(kind, reason)) {
        case MayAdmit::usher:
            return RowOffer::admit;
        case MayAdmit::supervisor:
            return supervisor_ ? RowOffer::admit : RowOffer::approval;
        case MayAdmit::nobody:
            break;
    }
    return RowOffer::none;
}

std::optional<std::chrono::seconds> UsherPanel::undo_left(const Entry& entry,
                                                          MonotonicTime now) const {
    const auto left = rounded_up(entry.at + undo_lasts - now);
    if (entry.undone || entry.answer.usher != usher_ || left <= 0s) return std::nullopt;
    return left;
}

ScanRow UsherPanel::row_of(const Entry& entry, MonotonicTime now) const {
    const Answer& answer = entry.answer;
    ScanRow row;
    row.verdict = answer.verdict.kind;
    row.reason = answer.verdict.reason;
    row.name = answer.name;
    row.category = answer.category;
    row.override_reason = answer.override_reason;
    row.left = answer.direction == Direction::exit && answer.verdict.kind == VerdictKind::admitted;
    row.undone = entry.undone;
    row.withdrawn = entry.withdrawn;
    row.veiled =
        is_veiled({answer.fact.bytes.begin(), answer.fact.bytes.end()}, answer.discreet, now);
    if (row.veiled) {
        row.name = initials(answer.name);
        row.category = {};
    }
    row.since = answer.since;
    row.at = to_local(answer.at, identity().agenda.timezone).of_day;
    row.guest = is_guest(answer);
    // Sealed for the organisers: here no longer than whoever wrote it may still take it back.
    if (row.guest && !undo_left(entry, now)) row.name = {};
    if (can_restore(entry, now)) row.offer = RowOffer::restore;
    const bool asks_nothing = answer.seen_again || answer.flood != 0;
    if (row.undone || entry.answered || asks_nothing) return row;
    if (answer.verdict.kind == VerdictKind::admitted) {
        row.undo_left = undo_left(entry, now);
        row.offer = row.undo_left || supervisor_ ? RowOffer::undo : RowOffer::none;
        return row;
    }
    const bool unknown = row.reason == Reason::not_on_list || row.reason == Reason::unknown_code;
    row.offer = unknown ? RowOffer::search : offer_for(row.verdict, row.reason);
    return row;
}

bool UsherPanel::can_restore(const Entry& entry, MonotonicTime now) const {
    const bool own = entry.undone_by == usher_ && now - entry.at <= undo_lasts;
    return entry.restorable && (own || supervisor_);
}

ShiftPage UsherPanel::shift_page() const {
    ShiftPage page{.shift = door_.shift, .inside = door_.inside};
    page.open_notes = static_cast<int>(std::ranges::count_if(entries_, [](const Entry& entry) {
        return entry.answer.verdict.reason == Reason::attention && !entry.answered;
    }));
    return page;
}

Pager UsherPanel::home_pager() const {
    return pager_of(entries_.size() - held_back_, rows_on_home, list_page_);
}

HomePage UsherPanel::home_page(MonotonicTime now, WallTime wall) const {
    HomePage page;
    page.session = session_words();
    page.pager = home_pager();
    for (int at = 0; const Entry* entry = entry_at(at); ++at)
        page.rows.push_back(row_of(*entry, now));
    page.waiting = static_cast<int>(held_back_);
    page.inside.people = door_.inside;
    if (door_.session)
        if (const Session* session = identity().agenda.find_session(*door_.session))
            page.inside.capacity = session->capacity;
    page.arrivals = door_.arrivals;
    const auto from = wall - std::chrono::minutes(page.arrivals.empty()
                                                      ? 0
                                                      : static_cast<int>(page.arrivals.size()) - 1);
    page.arrivals_from = to_local(from, identity().agenda.timezone).of_day;
    return page;
}

PersonRow UsherPanel::row_of(const FoundPerson& person, MonotonicTime now) const {
    PersonRow row;
    row.veiled =
        is_veiled({person.who.bytes.begin(), person.who.bytes.end()}, person.discreet, now);
    row.name = row.veiled ? initials(person.name) : person.name;
    // What else names somebody, or says who is important, goes with the name.
    if (!row.veiled) {
        row.organisation = person.organisation;
        row.category = person.category;
        row.external_id = person.external_id;
    }
    row.verdict = person.verdict.kind;
    row.reason = person.verdict.reason;
    row.inside_since = person.inside_since;
    row.proved = person.proved;
    if (row.verdict == VerdictKind::admitted)
        row.offer = row.inside_since ? RowOffer::none : RowOffer::check_in;
    else if (row.verdict != VerdictKind::already_in)
        row.offer = offer_for(row.verdict, row.reason);
    return row;
}

SearchPage UsherPanel::search_page(MonotonicTime now) const {
    SearchPage page;
    page.session = session_line();
    page.field = field_;
    page.keys = keys_;
    page.keys_hidden = keys_hidden_;
    if (typed_badge()) {
        show_code(page, now);
        return page;
    }
    page.too_short = result_.people.empty() && !NameSearch::is_long_enough(field_.text);
    page.found = static_cast<int>(result_.people.size());
    page.more = result_.more;
    if (group_inside_) {
        page.found = static_cast<int>(result_.group.size());
        page.inside = static_cast<int>(group_inside_->size());
    }
    page.only_missing = only_missing_;
    page.pager = found_pager();
    for (const FoundPerson& person : found_here()) page.rows.push_back(row_of(person, now));
    return page;
}

/// Whose it is, before anything is done.
void UsherPanel::show_code(SearchPage& page, MonotonicTime now) const {
    page.code = true;
    if (!found_.empty()) page.rows.push_back(row_of(found_.front(), now));
    page.no_such_code = code_is_said_ && found_.empty() && door_.revision != 0;
    page.found = static_cast<int>(page.rows.size());
}

std::optional<BadgeNumber> UsherPanel::typed_badge() const {
    if (auto badge = parse_typed_code(field_.text)) return badge;
    return parse_typed_code(fold_id(field_.text));
}

std::vector<RegistrationId> UsherPanel::listed() const {
    if (!only_missing_ || !group_inside_) return result_.people;
    std::vector<RegistrationId> missing;
    std::ranges::copy_if(result_.group, std::back_inserter(missing), [this](const auto& one) {
        return !std::ranges::binary_search(*group_inside_, one);
    });
    return missing;
}

Pager UsherPanel::found_pager() const {
    return pager_of(listed().size(), keys_hidden_ ? rows_without_keys : rows_over_keys, list_page_);
}

std::vector<RegistrationId> UsherPanel::people_here() const {
    return rows_of(listed(), found_pager(), keys_hidden_ ? rows_without_keys : rows_over_keys,
                   [](const RegistrationId& id) { return id; });
}

std::vector<FoundPerson> UsherPanel::found_here() const {
    if (typed_badge()) return found_;
    std::vector<FoundPerson> here;
    for (const RegistrationId& id : people_here())
        if (const auto at = std::ranges::find(found_, id, &FoundPerson::who); at != found_.end())
            here.push_back(*at);
    return here;
}

Pager UsherPanel::inside_pager() const {
    return pager_of(inside_.list(language_, field_.text).size(),
                    keys_hidden_ ? rows_without_keys : rows_over_keys, list_page_);
}

std::vector<const FoundPerson*> UsherPanel::inside_here() const {
    return rows_of(inside_.list(language_, field_.text), inside_pager(),
                   keys_hidden_ ? rows_without_keys : rows_over_keys,
                   [](const FoundPerson* person) { return person; });
}

ReasonPage UsherPanel::reason_page(MonotonicTime now) const {
    ReasonPage page;
    page.approved = approved_;
    for (const Entry& entry : entries_)
        if (about_ && entry.answer.fact == *about_) {
            page.person = row_of(entry, now);
            page.can_withdraw = !entry.withdrawn;
            page.registered_for = entry.answer.instead;
            if (entry.answer.verdict.reason == Reason::attention && !page.person.veiled)
                page.note = entry.answer.usher_note;
        }
    return page;
}

DonePage UsherPanel::done_page(MonotonicTime now) const {
    DonePage page;
    page.failed = !done_;
    page.denied = !done_ && denied_;
    page.session = session_line();
    page.inside = door_.inside;
    if (!done_) return page;
    const Answer& answer = done_->answer;
    const bool veiled =
        is_veiled({answer.fact.bytes.begin(), answer.fact.bytes.end()}, answer.discreet, now);
    page.name = veiled ? initials(answer.name) : answer.name;
    page.reason = done_->answer.override_reason;
    page.undone = done_->undone;
    page.undo_left = undo_left(*done_, now);
    page.can_restore = can_restore(*done_, now);
    page.approved_by = done_->answer.approver;
    const auto local = to_local(done_->answer.at, identity().agenda.timezone).of_day;
    page.at =
        local + std::chrono::floor<std::chrono::seconds>(done_->answer.at.time_since_epoch()) % 60s;
    return page;
}

NotePage UsherPanel::note_page() const {
    NotePage page{.of = note_is_guest_ ? NotePage::Of::guest : NotePage::Of::note,
                  .field = field_,
                  .keys = keys_,
                  .categories = {},
                  .chosen = category_,
                  .is_missing = note_is_missing_};
    if (note_is_guest_)
        for (const Category& category : identity().categories)
            page.categories.push_back(category.name);
    return page;
}

bool UsherPanel::is_here(const Session& session) const {
    const Place* here = identity().agenda.find_place(identity().place);
    return here && std::ranges::find(here->rooms, session.room) != here->rooms.end();
}

std::vector<std::vector<const Session*>> UsherPanel::sessions_by_day() const {
    const Agenda& agenda = identity().agenda;
    std::map<std::chrono::sys_days, std::vector<const Session*>> days;
    for (const Session& session : agenda.sessions)
        days[event_day(session.starts, agenda)].push_back(&session);
    std::vector<std::vector<const Session*>> all;
    for (auto& [day, sessions] : days) {
        std::stable_sort(sessions.begin(), sessions.end(), [&](const Session* a, const Session* b) {
            return std::pair(!is_here(*a), a->starts) < std::pair(!is_here(*b), b->starts);
        });
        all.push_back(sessions);
    }
    return all;
}

SessionsPage UsherPanel::sessions_page(WallTime wall) const {
    SessionsPage page;
    const Agenda& agenda = identity().agenda;
    if (const Place* here = agenda.find_place(identity().place)) {
        page.place = here->name;
        const Room* room = here->rooms.empty() ? nullptr : agenda.find_room(here->rooms.front());
        page.room = room ? room->name : here->name;
    }
    const auto today = event_day(wall, agenda);
    std::size_t longest = 0;
    for (const auto& sessions : sessions_by_day()) longest = std::max(longest, sessions.size());
    page.pager = pager_of(longest, lines_a_day, list_page_);
    SessionId selected{};
    if (door_.chosen) selected = door_.session.value_or(selected);
    selected = selected_.value_or(selected);
    for (const auto& sessions : sessions_by_day()) {
        SessionDay day{
            .date = event_day(sessions.front()->starts, agenda), .today = false, .lines = {}};
        day.today = day.date == today;
        day.lines = rows_of(sessions, page.pager, lines_a_day, [&](const Session* session) {
            SessionLine line{.words = describe_session(*session, agenda, identity().place, wall)};
            const auto count = facts_.in_force->registered.find(session->id);
            line.registered = count == facts_.in_force->registered.end() ? 0 : count->second;
            line.now = session->starts <= wall && wall < session->ends;
            line.in_force = door_.session == session->id;
            line.here = is_here(*session);
            line.selected = selected == session->id;
            return line;
        });
        if (page.pager.page * lines_a_day >= static_cast<int>(sessions.size())) day.lines.clear();
        page.days.push_back(std::move(day));
    }
    if (selected_)
        if (const Session* session = agenda.find_session(*selected_)) page.chosen = session->title;
    return page;
}

EvacuationPage UsherPanel::evacuation_page(MonotonicTime now) const {
    EvacuationPage page;
    const auto& inside = inside_.people();
    page.people = static_cast<int>(std::ranges::count(inside, true, &FoundPerson::proved));
    page.not_proved = static_cast<int>(inside.size()) - page.people;
    if (door_.revision != 0)
        page.list_of = describe_when(door_.list_created, wall_, identity().agenda);
    page.field = field_;
    page.keys = keys_;
    page.keys_hidden = keys_hidden_;
    page.pager = inside_pager();
    for (const FoundPerson* person : inside_here()) {
        page.rows.push_back(row_of(*person, now));
        page.rows.back().offer = RowOffer::none;
    }
    return page;
}

}  // namespace hudoor::kiosk
