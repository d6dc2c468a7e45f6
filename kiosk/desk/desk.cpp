#include "kiosk/desk/desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>

#include "config/fault.hpp"
#include "kiosk/desk/sighting.hpp"
#include "storage/decide/verdict_fact.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

std::string uuid_text(const RegistrationId& id) {
    if (id.is_zero()) return {};
    const std::string hex = to_hex(id.bytes);
    std::string text;
    for (std::size_t at = 0; at < hex.size(); ++at) {
        if (at == 8 || at == 12 || at == 16 || at == 20) text += '-';
        text += hex[at];
    }
    return text;
}

Method method_of(const Code& code, scanner::ScanSource source) {
    if (std::holds_alternative<ImportedCode>(code)) return Method::imported_code;
    return source == scanner::ScanSource::hand_scanner ? Method::hand_scanner : Method::badge;
}

std::string room_letter(const Room& room) {
    const std::string last = room.code.substr(room.code.rfind('-') + 1);
    if (last.size() > 2) return room.name.en.substr(0, 1);
    std::string letter;
    for (const char c : last)
        letter += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return letter;
}

Fact make_fault(const DeviceNews& news) {
    Fact fact;
    fact.kind = FactKind::fault;
    fact.argument = static_cast<std::uint32_t>(news.trouble);
    fact.payload.assign(news.device.begin(), news.device.end());
    return fact;
}

}  // namespace

When describe_when(WallTime time, WallTime now, const Agenda& agenda) {
    const LocalTime local = to_local(time, agenda.timezone);
    When when{.day = {}, .of_day = local.of_day};
    if (event_day(time, agenda) != event_day(now, agenda)) when.day = local.date;
    return when;
}

SessionWords describe_session(const Session& session, const Agenda& agenda, PlaceId place,
                              WallTime now) {
    SessionWords words;
    words.code = session.code;
    words.title = session.title;
    if (const Room* room = agenda.find_room(session.room)) {
        words.room = room->name;
        words.room_letter = room_letter(*room);
    }
    const When starts = describe_when(session.starts, now, agenda);
    words.day = starts.day;
    words.starts = starts.of_day;
    words.ends = to_local(session.ends, agenda.timezone).of_day;
    words.doors = to_local(session.doors_open(), agenda.timezone).of_day;
    if (const Way* way = agenda.find_way(place, session.room)) words.way = *way;
    return words;
}

HelpDeskWords describe_help_desk(const Agenda& agenda, PlaceId place) {
    if (const HelpDesk::Way* way = agenda.help_desk.find_way(place))
        return {way->words, way->arrow};
    return {agenda.help_desk.words, {}};
}

RegistrationId DeskKnowledge::owner_of(const Person& alone) const {
    std::optional<Registration> owner;
    if (now.replica && !alone.badge.is_zero()) owner = now.replica->find(alone.badge);
    if (now.replica && !alone.code.is_zero()) owner = now.replica->find(alone.code);
    return owner ? owner->id : RegistrationId{};
}

void DeskKnowledge::follow_list() {
    for (Ledger* one : {&ledger, &not_proved})
        one->follow_list([this](const Person& alone) { return owner_of(alone); });
}

void DeskKnowledge::add(Ledger& to, const StoredFact& stored) const {
    const Fact& fact = stored.fact;
    to.add(fact, stored.hash);
    Person alone = named_in(fact);
    alone.registration = {};
    if (fact.registration.is_zero()) to.tell({owner_of(alone), alone.badge, alone.code});
}

void DeskKnowledge::learn(const StoredFact& stored) {
    add(ledger, stored);
    kiosk_acts.add(stored.fact);
    editions.add(stored);
    shift.add(stored.fact, find_recent(stored.fact.reference));
    remember(stored);
    if (stored.fact.kind == FactKind::admitted) arrivals.add(bounded_time(stored.fact.wall_ms));
}

const Fact* DeskKnowledge::find_recent(const FactId& fact) const {
    if (fact.is_zero()) return nullptr;
    const auto found = std::find_if(recent.rbegin(), recent.rend(),
                                    [&](const StoredFact& one) { return one.fact.id == fact; });
    return found == recent.rend() ? nullptr : &found->fact;
}

void DeskKnowledge::remember(const StoredFact& stored) {
    const Fact& fact = stored.fact;
    const bool is_scan = fact.kind == FactKind::admitted || fact.kind == FactKind::left ||
                         fact.kind == FactKind::refused || fact.kind == FactKind::undone ||
                         fact.act == ActCode::refusal_withdrawn;
    if (!is_scan) return;
    recent.push_back(stored);
    if (recent.size() > most_remembered) recent.pop_front();
}

/// Before the key is there no list is in force, whichever it will be.
bool DeskKnowledge::is_rolled_back() const {
    Edition in_force = now.in_force->edition();
    if (in_force.list == 0 && (!now.secrets || editions.may_lack_list()))
        in_force.list = editions.newest().list;
    return !describe_older(in_force, editions.newest()).empty();
}

void DeskKnowledge::note_unproved(const StoredFact& stored) { add(not_proved, stored); }

Desk::Desk(DeskKnowledge knowledge, const Clock& clock, std::optional<Head> parent,
           Keepers& keepers)
    : knowledge_(std::move(knowledge)),
      clock_(clock),
      chain_(chain_options(), clock, std::move(parent)),
      keepers_(keepers) {
    knowledge_.now.names.reset();
}

/// In training nothing is signed: nobody can take it for a record.
ChainOptions Desk::chain_options() const {
    ChainOptions options{.kiosk = in_force().facts_of(),
                         .place = identity().place,
                         .domain = in_force().facts_domain()};
    if (knowledge_.now.secrets && !in_force().training)
        options.signing_key = &knowledge_.now.secrets->signing;
    if (in_force().list) options.not_before = in_force().list->created;
    return options;
}

std::uint64_t Desk::replica_revision() const { return replica() ? replica()->revision() : 0; }

Kept Desk::begin_epoch(const Hello& hello) { return keep(chain_.append(make_hello(hello))); }

void Desk::open() {
    const Kept kept = begin_epoch({.edition = in_force().edition(), .own_head = {}});
    if (!kept.durable)
        throw Fault(ExitCode::io, "the first fact of this start cannot be saved: " + kept.why);
    tell_of_rollback();
    recall();
}

/// At each start, until something as new is here or a supervisor takes it.
void Desk::tell_of_rollback() {
    if (!knowledge_.is_rolled_back()) return;
    const Edition before = knowledge_.editions.newest();
    spdlog::error("older than what was in force here: {}",
                  describe_older(in_force().edition(), before));
    keep_act({}, ActCode::list_rolled_back,
             [&](Fact& fact) { fact.payload = encode_edition(before); });
}

void Desk::take(Publication now) {
    const bool new_key = now.secrets != knowledge_.now.secrets;
    const Publication before =
        std::exchange(knowledge_.now, std::move(now));  // the chain has its key
    knowledge_.now.names.reset();
    knowledge_.follow_list();
    recall();
    if (!new_key) return chain_.follow(chain_options());
    // Every fact of the unsigned epoch is this program's own: it saw each made. One that no device
    // kept is in no journal to be proved, nor can anything follow it.
    const Head own = kept_ ? *kept_ : chain_.head();
    chain_ = Chain(chain_options(), clock_, own);
    if (chain_options().signing_key != nullptr)
        keepers_.watch_heads(make_head_key(*chain_options().signing_key));
    // If it cannot be kept now, no verdict is shown either until the storage is better.
    (void)begin_epoch({.edition = in_force().edition(),
                       .own_unsigned = static_cast<std::uint32_t>(own.seq),
                       .own_head = own.hash});
    tell_of_rollback();
    // Without a list no PIN opens the panel: the supervisor's passphrase has to stand for one.
    if (!replica() && knowledge_.is_rolled_back()) accept_edition({});
}

std::optional<Code> Desk::recognise(std::string_view text) const {
    const ByteView code_key = replica() ? replica()->code_key() : ByteView{};
    Code code = storage::recognise(text, identity().code_shapes, code_key);
    if (std::holds_alternative<OtherCode>(code)) return std::nullopt;
    const bool serves = knowledge_.kiosk_acts.in_service();
    if (!serves && !(staff_of(code) && is_proved(code))) return std::nullopt;
    return code;
}

bool Desk::is_proved(const Code& code) const {
    if (const auto* badge = std::get_if<SignedBadge>(&code))
        return check_badge(*badge, identity().badge_keys) == BadgeCheck::ok;
    return look_up(code).has_value();
}

std::optional<Answer> Desk::handle(const scanner::ScannedCode& scan) {
    auto code = recognise(scan.text);
    return code ? handle(scan, std::move(*code)) : std::nullopt;
}

std::optional<Answer> Desk::handle(const scanner::ScannedCode& scan, Code code) {
    Sighting sighting{
        .code = std::move(code), .at = clock_.wall(), .entered = scan.entered, .frame = scan.frame};
    sighting.method = method_of(sighting.code, scan.source);
    sighting.hand_scanner = scan.source == scanner::ScanSource::hand_scanner;
    sighting.again = scan.again;
    if (is_proved(sighting.code)) sighting.registration = look_up(sighting.code);
    return settle(std::move(sighting));
}

Answer Desk::note_flood(std::uint32_t codes) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = ActCode::flood;
    fact.argument = codes;
    fact.replica_revision = replica_revision();
    const StoredFact stored = chain_.append(std::move(fact));
    Sighting nobody{.code = OtherCode{}, .at = clock_.wall(), .entered = clock_.monotonic()};
    nobody.verdict.kind = VerdictKind::see_usher;
    const Kept kept = keep(stored);
    Answer answer = make_answer(nobody, stored);
    answer.flood = codes;
    answer.stored = kept.durable;
    answer.timing.commit = kept.commit;
    answer.timing.durable = clock_.monotonic();
    return answer;
}

std::variant<Verdict, StaffBadge> Desk::decide(const Sighting& sighting) const {
    AdmissionQuestion question{.code = sighting.code,
                               .registration = sighting.registration,
                               .identity = identity(),
                               .refusals = in_force().refusals,
                               .ledger = knowledge_.ledger,
                               .policy = policy_now(),
                               .replica_revision = {},
                               .replica_created = {},
                               .chosen_session = chosen_session(sighting.at),
                               .choice_opens_doors = true,
                               .direction = sighting.direction,
                               .staff_badge = staff_of(sighting.code).has_value(),
                               .named_by_usher = sighting.usher != UsherNumber{},
                               .seen_again = sighting.again,
                               .clock_quality = chain_.clock_quality(),
                               .now = sighting.at};
    if (replica()) {
        question.replica_revision = replica()->revision();
        question.replica_created = replica()->header().created;
    }
    return storage::decide(question);
}

AdmissionPolicy Desk::policy_now() const {
    AdmissionPolicy policy = knowledge_.policy;
    policy.rolled_back = knowledge_.is_rolled_back();
    policy.newest_list = knowledge_.editions.newest().list;
    policy.expired_list_accepted =
        replica() && knowledge_.kiosk_acts.accepted_list() == replica()->revision();
    return policy;
}

std::optional<Answer> Desk::settle(Sighting sighting) {
    const MonotonicTime began = clock_.monotonic();
    sighting.direction = direction();
    sighting.again = sighting.again && !was_turned_away(sighting.code);
    auto decision = decide(sighting);
    if (std::holds_alternative<StaffBadge>(decision)) {
        news_.emplace_back(StaffShown{staff_of(sighting.code)->number});
        return std::nullopt;
    }
    sighting.verdict = std::get<Verdict>(std::move(decision));
    sighting.decided = clock_.monotonic();
    sighting.decide = sighting.decided - began;
    if (const Passed* left = left_before(sighting)) return answer_again(sighting, *left);
    return answer_with(sighting, make_verdict_fact({.code = sighting.code,
                                                    .verdict = sighting.verdict,
                                                    .direction = sighting.direction,
                                                    .method = sighting.method,
                                                    .usher = sighting.usher,
                                                    .replica_revision = replica_revision(),
                                                    .took = sighting.decided - sighting.entered}));
}

/// So that an amber screen is not washed away by holding the badge up once more.
bool Desk::was_turned_away(const Code& code) const {
    const auto is_its = [&](const auto& one) {
        if (const auto* badge = std::get_if<SignedBadge>(&code))
            return one.fact.badge == badge->token.number;
        return one.fact.code == std::get<ImportedCode>(code).hash;
    };
    const auto refused = std::find_if(refusals_.rbegin(), refusals_.rend(), is_its);
    if (refused == refusals_.rend() || refused->seen_again) return false;
    const auto passed = std::find_if(passed_.rbegin(), passed_.rend(), is_its);
    return passed == passed_.rend() || passed->fact.hlc < refused->fact.hlc;
}

/// Who has just left by this badge, and still holds it up, does not leave twice.
const Desk::Passed* Desk::left_before(const Sighting& sighting) const {
    const bool leaves = sighting.again && sighting.direction == Direction::exit &&
                        sighting.verdict.kind == VerdictKind::admitted;
    const Person& person = sighting.verdict.person;
    if (!leaves || (person.badge.is_zero() && person.code.is_zero())) return nullptr;
    for (auto one = passed_.rbegin(); one != passed_.rend(); ++one)
        if (one->fact.badge == person.badge && one->fact.code == person.code)
            return one->fact.kind == FactKind::left && one->undone.is_zero() ? &*one : nullptr;
    return nullptr;
}

Answer Desk::answer_again(const Sighting& sighting, const Passed& before) const {
    StoredFact again;
    again.fact = before.fact;
    Answer answer = make_answer(sighting, again);
    answer.stored = answer.seen_again = true;
    answer.welcomed_at = second_of_day(bounded_time(before.fact.wall_ms));
    answer.timing.durable = clock_.monotonic();
    return answer;
}

Answer Desk::answer_with(const Sighting& sighting, const Fact& fact) {
    const StoredFact stored = chain_.append(fact);
    const Kept kept = keep(stored);
    Answer answer = make_answer(sighting, stored);
    answer.stored = kept.durable;
    answer.timing.commit = kept.commit;
    answer.timing.durable = clock_.monotonic();
    if (!kept.durable) return answer;
    const auto remember = [](auto& remembered, auto one) {
        remembered.push_back(std::move(one));
        if (remembered.size() > most_remembered) remembered.pop_front();
    };
    if (stored.fact.kind == FactKind::refused)
        remember(refusals_, Refusal{.fact = stored.fact,
                                    .person = sighting.registration,
                                    .seen_again = sighting.verdict.seen_again});
    else
        remember(passed_, Passed{.fact = stored.fact,
                                 .person = sighting.registration,
                                 .at = answer.timing.durable,
                                 .answers = sighting.answers});
    return answer;
}

std::optional<SessionId> Desk::chosen_session(WallTime now) const {
    const auto chosen = knowledge_.kiosk_acts.chosen_session();
    const Session* session = chosen ? identity().agenda.find_session(*chosen) : nullptr;
    return session && now < session->ends ? chosen : std::nullopt;
}

Direction Desk::direction() const {
    if (const auto direction = knowledge_.kiosk_acts.direction()) return *direction;
    const Place* place = identity().agenda.find_place(identity().place);
    if (!place || place->direction == PlaceDirection::entry) return Direction::entry;
    return place->direction == PlaceDirection::exit ? Direction::exit : chosen_;
}

std::optional<Registration> Desk::look_up(const Code& code) const {
    if (!replica()) return std::nullopt;
    if (const auto* badge = std::get_if<SignedBadge>(&code))
        return replica()->find(badge->token.number);
    return replica()->find(std::get<ImportedCode>(code).hash);
}

std::optional<Usher> Desk::staff_of(const Code& code) const {
    const auto* badge = std::get_if<SignedBadge>(&code);
    if (!badge || !replica()) return std::nullopt;
    return replica()->find_usher_badge(badge->token.number);
}

Kept Desk::keep(const StoredFact& stored) {
    Kept kept = keepers_.keep(stored);
    if (kept.durable) note_kept(stored);
    return kept;
}

void Desk::note_kept(const StoredFact& stored) {
    knowledge_.learn(stored);
    const bool is_newer =
        !kept_ || kept_->epoch != stored.fact.epoch || kept_->seq < stored.fact.seq;
    if (is_newer) kept_ = head_of(stored);
}

StorageStatus Desk::look_after_storage() {
    keepers_.look();
    for (const StoredFact& late : keepers_.take_caught_up()) note_kept(late);
    // Saying so may cost another device; its own trouble is said the next time.
    for (const DeviceNews& news : keepers_.take_news()) {
        spdlog::error("{}: {}", news.device, news.why);
        if (keepers_.state() != StorageState::gone) keep(chain_.append(make_fault(news)));
    }
    return {keepers_.state(), keepers_.on_mirror(), keepers_.wants_restart()};
}

Answer Desk::make_answer(const Sighting& sighting, const StoredFact& stored) const {
    Answer answer;
    answer.verdict = sighting.verdict;
    answer.direction = stored.fact.direction;
    answer.method = stored.fact.method;
    answer.fact = stored.fact.id;
    answer.override_reason = stored.fact.override_reason;
    answer.usher = stored.fact.usher;
    answer.approver = approver_in(stored.fact);
    answer.answers = sighting.answers;
    if (stored.fact.override_reason != Override::none) answer.overridden = stored.fact.reason;
    answer.epoch = static_cast<std::uint32_t>(stored.fact.epoch);
    answer.seq = stored.fact.seq;
    answer.at = sighting.at;
    answer.registration = uuid_text(stored.fact.registration);
    if (!stored.fact.badge.is_zero() && is_of_proved_badge(stored.fact.reason))
        answer.badge = typed_code(stored.fact.badge);
    if (const Place* place = identity().agenda.find_place(identity().place))
        answer.place = place->code;
    if (const auto& person = sighting.registration) {
        answer.name = person->name;
        answer.usher_note = person->usher_note;
        answer.discreet = person->discreet;
        answer.seat = person->seat;
        if (const Category* category = category_of(*person)) {
            answer.category = category->name;
            answer.category_rgb = category->colour_rgb;
        }
    }
    answer.session = words_of(sighting.verdict.session, sighting.at);
    answer.instead = words_of(sighting.verdict.instead, sighting.at);
    answer.help_desk = describe_help_desk(identity().agenda, identity().place);
    if (sighting.verdict.reason == Reason::too_early && sighting.verdict.since)
        answer.doors_in =
            std::chrono::ceil<std::chrono::minutes>(*sighting.verdict.since - sighting.at);
    if (sighting.verdict.since)
        answer.since = to_local(*sighting.verdict.since, identity().agenda.timezone).of_day;
    answer.valid_day = sighting.verdict.valid_day;
    if (const auto time = sighting.verdict.valid_time) {
        answer.valid_time = to_local(*time, identity().agenda.timezone).of_day;
        answer.was_valid = *time <= sighting.at;
    }
    answer.hand_scanner = sighting.hand_scanner;
    answer.seen_again = sighting.verdict.seen_again;
    if (answer.seen_again && sighting.verdict.since)
        answer.welcomed_at = second_of_day(*sighting.verdict.since);
    answer.frame = sighting.frame;
    answer.timing.entered = sighting.entered;
    answer.timing.decide = sighting.decide;
    return answer;
}

std::chrono::seconds Desk::second_of_day(WallTime time) const {
    const auto minute = to_local(time, identity().agenda.timezone).of_day;
    return minute + std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()) %
                        std::chrono::minutes(1);
}

const Category* Desk::category_of(const Registration& person) const {
    for (const Category& category : identity().categories)
        if (category.id == person.category) return &category;
    return nullptr;
}

std::optional<SessionWords> Desk::words_of(std::optional<SessionId> id, WallTime now) const {
    const Agenda& agenda = identity().agenda;
    const Session* session = id ? agenda.find_session(*id) : nullptr;
    if (!session) return std::nullopt;
    return describe_session(*session, agenda, identity().place, now);
}

}  // namespace hudoor::kiosk
