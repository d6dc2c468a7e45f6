#include "kiosk/desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>
#include <thread>
#include <variant>

#include "config/fault.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto looks_after_storage_every = 500ms;

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
    for (const char c : last) letter += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return letter;
}

std::uint32_t clamp_ms(std::chrono::nanoseconds span) {
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(span).count(), 0,
                                 std::numeric_limits<std::uint32_t>::max()));
}

Fact make_fault(const DeviceNews& news) {
    Fact fact;
    fact.kind = FactKind::fault;
    fact.argument = static_cast<std::uint32_t>(news.trouble);
    fact.payload.assign(news.device.begin(), news.device.end());
    return fact;
}

}  // namespace

/// One scan on its way through the desk.
struct Desk::Sighting {
    Sighting(const scanner::ScannedCode& seen, Code recognised, WallTime when)
        : scan(seen), code(std::move(recognised)), at(when) {}

    const scanner::ScannedCode& scan;
    Code code;
    WallTime at;
    std::optional<Registration> registration;
    Verdict verdict;
    Direction direction = Direction::entry;
    std::chrono::nanoseconds decide{};
    MonotonicTime decided;
};

SessionWords describe_session(const Session& session, const Agenda& agenda, PlaceId place) {
    SessionWords words;
    words.code = session.code;
    words.title = session.title;
    if (const Room* room = agenda.find_room(session.room)) {
        words.room = room->name;
        words.room_letter = room_letter(*room);
    }
    words.starts = to_local(session.starts, agenda.timezone).of_day;
    words.ends = to_local(session.ends, agenda.timezone).of_day;
    words.doors = to_local(session.doors_open(), agenda.timezone).of_day;
    if (const Way* way = agenda.find_way(place, session.room)) words.way = *way;
    return words;
}

void add_to_ledger(Ledger& ledger, const StoredFact& stored, const Agenda& agenda) {
    const Session* session = agenda.find_session(stored.fact.session);
    ledger.add(stored.fact, stored.hash, session ? static_cast<std::uint16_t>(session->room) : 0);
}

Desk::Desk(DeskKnowledge knowledge, const Clock& clock, Chain chain, Keepers& keepers)
    : knowledge_(std::move(knowledge)), clock_(clock), chain_(std::move(chain)), keepers_(keepers) {}

Kept Desk::begin_epoch() {
    Fact hello;
    hello.kind = FactKind::hello;
    if (knowledge_.replica) hello.replica_revision = knowledge_.replica->revision();
    return keep(chain_.append(std::move(hello)));
}

void Desk::open() {
    const Kept kept = begin_epoch();
    if (!kept.durable)
        throw Fault(ExitCode::io, "the first fact of this start cannot be saved: " + kept.why);
}

void Desk::unlock(Opened opened) {
    knowledge_.replica = std::move(opened.replica);
    const Head head = chain_.head();
    ChainOptions options{.kiosk = knowledge_.identity.kiosk, .place = knowledge_.identity.place};
    if (knowledge_.replica) options.not_before = knowledge_.replica->header().created;
    options.signing_key = &unlocked_key_.emplace(std::move(opened.secrets.signing));
    chain_ = Chain(options, clock_, head);
    // If it cannot be kept now, no verdict is shown either until the storage is better.
    (void)begin_epoch();
}

std::optional<Answer> Desk::handle(const scanner::ScannedCode& scan) {
    const MonotonicTime began = clock_.monotonic();
    const ByteView code_key = knowledge_.replica ? knowledge_.replica->code_key() : ByteView{};
    Code code = recognise(scan.text, knowledge_.identity.code_shapes, code_key);
    if (std::holds_alternative<OtherCode>(code)) return std::nullopt;

    Sighting sighting(scan, std::move(code), clock_.wall());
    sighting.registration = look_up(sighting.code);
    sighting.direction = direction();

    AdmissionQuestion question{.code = sighting.code,
                               .registration = sighting.registration,
                               .identity = knowledge_.identity,
                               .revocations = knowledge_.revocations,
                               .ledger = knowledge_.ledger,
                               .policy = knowledge_.policy,
                               .replica_revision = {},
                               .replica_created = {},
                               .chosen_session = {},
                               .direction = sighting.direction,
                               .staff_badge = is_staff(sighting.code),
                               .clock_quality = chain_.clock_quality(),
                               .now = sighting.at};
    if (knowledge_.replica) {
        question.replica_revision = knowledge_.replica->revision();
        question.replica_created = knowledge_.replica->header().created;
    }
    auto decision = decide(question);
    if (std::holds_alternative<StaffBadge>(decision)) return std::nullopt;
    sighting.verdict = std::get<Verdict>(std::move(decision));
    sighting.decided = clock_.monotonic();
    sighting.decide = sighting.decided - began;

    const StoredFact stored = chain_.append(make_fact(sighting));
    const Kept kept = keep(stored);
    Answer answer = make_answer(sighting, stored);
    answer.stored = kept.durable;
    answer.timing.commit = kept.commit;
    answer.timing.durable = clock_.monotonic();
    return answer;
}

Direction Desk::direction() const {
    const Place* place = knowledge_.identity.agenda.find_place(knowledge_.identity.place);
    if (!place || place->direction == PlaceDirection::entry) return Direction::entry;
    return place->direction == PlaceDirection::exit ? Direction::exit : chosen_;
}

std::optional<Registration> Desk::look_up(const Code& code) const {
    if (!knowledge_.replica) return std::nullopt;
    if (const auto* badge = std::get_if<SignedBadge>(&code))
        return knowledge_.replica->find(badge->token.number);
    return knowledge_.replica->find(std::get<ImportedCode>(code).hash);
}

bool Desk::is_staff(const Code& code) const {
    const auto* badge = std::get_if<SignedBadge>(&code);
    return badge && knowledge_.replica && knowledge_.replica->find_usher_badge(badge->token.number);
}

Fact Desk::make_fact(const Sighting& sighting) const {
    Fact fact;
    const bool admitted = sighting.verdict.kind == VerdictKind::admitted;
    fact.kind = !admitted                                  ? FactKind::refused
                : sighting.direction == Direction::exit ? FactKind::left
                                                        : FactKind::admitted;
    fact.registration = sighting.verdict.person.registration;
    if (const auto* badge = std::get_if<SignedBadge>(&sighting.code)) {
        fact.badge = badge->token.number;
        fact.issue = badge->token.issue;
    } else {
        fact.code = std::get<ImportedCode>(sighting.code).hash;
    }
    fact.session = sighting.verdict.session;
    fact.direction = sighting.direction;
    fact.verdict = sighting.verdict.kind;
    fact.reason = sighting.verdict.reason;
    fact.method = method_of(sighting.code, sighting.scan.source);
    if (knowledge_.replica) fact.replica_revision = knowledge_.replica->revision();
    fact.argument = clamp_ms(sighting.decided - sighting.scan.entered);
    return fact;
}

Kept Desk::keep(const StoredFact& stored) {
    Kept kept = keepers_.keep(stored);
    if (kept.durable) add_to_ledger(knowledge_.ledger, stored, knowledge_.identity.agenda);
    return kept;
}

StorageStatus Desk::look_after_storage() {
    keepers_.look();
    for (const StoredFact& late : keepers_.take_caught_up())
        add_to_ledger(knowledge_.ledger, late, knowledge_.identity.agenda);
    // Saying so may cost another device; its own trouble is said the next time.
    for (const DeviceNews& news : keepers_.take_news()) {
        spdlog::error("{}: {}", news.device, news.why);
        if (keepers_.state() != StorageState::gone) keep(chain_.append(make_fault(news)));
    }
    return {keepers_.state(), keepers_.on_mirror()};
}

Answer Desk::make_answer(const Sighting& sighting, const StoredFact& stored) const {
    const Identity& identity = knowledge_.identity;
    Answer answer;
    answer.verdict = sighting.verdict;
    answer.direction = stored.fact.direction;
    answer.method = stored.fact.method;
    answer.epoch = static_cast<std::uint32_t>(stored.fact.epoch);
    answer.seq = stored.fact.seq;
    answer.at = sighting.at;
    answer.registration = uuid_text(stored.fact.registration);
    if (!stored.fact.badge.is_zero()) answer.badge = typed_code(stored.fact.badge);
    if (const Place* place = identity.agenda.find_place(identity.place)) answer.place = place->code;
    if (const auto& person = sighting.registration) {
        answer.name = person->name;
        answer.discreet = person->discreet;
        answer.seat = person->seat;
        for (const Category& category : identity.categories)
            if (category.id == person->category) {
                answer.category = category.name;
                answer.category_rgb = category.colour_rgb;
            }
    }
    answer.session = words_of(sighting.verdict.session);
    answer.instead = words_of(sighting.verdict.instead);
    if (sighting.verdict.since)
        answer.since = to_local(*sighting.verdict.since, identity.agenda.timezone).of_day;
    answer.valid_day = sighting.verdict.valid_day;
    answer.frame = sighting.scan.frame;
    answer.timing.entered = sighting.scan.entered;
    answer.timing.decide = sighting.decide;
    return answer;
}

std::optional<SessionWords> Desk::words_of(std::optional<SessionId> id) const {
    const Agenda& agenda = knowledge_.identity.agenda;
    const Session* session = id ? agenda.find_session(*id) : nullptr;
    if (!session) return std::nullopt;
    return describe_session(*session, agenda, knowledge_.identity.place);
}

class DeskThread::Impl {
public:
    struct Unlocking {
        Opened opened;
        std::function<void()> then;
    };
    using Message = std::variant<scanner::ScannedCode, Unlocking, Direction>;

    Impl(std::unique_ptr<Desk> desk, std::function<void(Answer)> on_answer,
         std::function<void(StorageStatus)> on_storage)
        : desk_(std::move(desk)),
          on_answer_(std::move(on_answer)),
          on_storage_(std::move(on_storage)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void put(Message message) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(message));
        }
        changed_.notify_all();
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

    void drain() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
    }

private:
    void run(const std::stop_token& stop) {
        look_after_storage();
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested() || !waiting_.empty()) {
            changed_.wait_for(lock, stop, looks_after_storage_every, [this] { return !waiting_.empty(); });
            busy_ = true;
            std::optional<Message> message;
            if (!waiting_.empty()) {
                message = std::move(waiting_.front());
                waiting_.pop_front();
            }
            lock.unlock();
            handle(std::move(message));
            lock.lock();
            busy_ = false;
            changed_.notify_all();
        }
    }

    void handle(std::optional<Message> message) {
        const Pulse::Work at_work(pulse_);
        if (message) std::visit([this](auto& it) { handle(it); }, *message);
        look_after_storage();
    }

    void handle(const scanner::ScannedCode& scan) {
        if (auto answer = desk_->handle(scan)) on_answer_(std::move(*answer));
    }

    void handle(Direction direction) { desk_->choose(direction); }

    void handle(Unlocking& unlocking) {
        desk_->unlock(std::move(unlocking.opened));
        unlocking.then();
    }

    void look_after_storage() {
        const StorageStatus status = desk_->look_after_storage();
        if (status_ == status) return;
        status_ = status;
        on_storage_(status);
    }

    std::unique_ptr<Desk> desk_;
    std::function<void(Answer)> on_answer_;
    std::function<void(StorageStatus)> on_storage_;
    std::optional<StorageStatus> status_;  ///< as told last
    Pulse pulse_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Message> waiting_;
    bool busy_ = false;
    std::jthread thread_;  // last: the first to go
};

DeskThread::DeskThread(std::unique_ptr<Desk> desk, std::function<void(Answer)> on_answer,
                       std::function<void(StorageStatus)> on_storage)
    : impl_(std::make_unique<Impl>(std::move(desk), std::move(on_answer), std::move(on_storage))) {}
DeskThread::~DeskThread() = default;
void DeskThread::put(scanner::ScannedCode scan) { impl_->put(std::move(scan)); }
void DeskThread::unlock(Opened opened, std::function<void()> then) {
    impl_->put(Impl::Unlocking{std::move(opened), std::move(then)});
}
void DeskThread::choose(storage::Direction direction) { impl_->put(direction); }
void DeskThread::drain() { impl_->drain(); }
const Pulse& DeskThread::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::kiosk
