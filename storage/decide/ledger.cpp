#include "storage/decide/ledger.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>
#include <variant>

#include "storage/decide/flat_map.hpp"

namespace hudoor::storage {

namespace {

/// Of a passage, a name or a fact's id, in the order in which they came to be known.
using Number = std::uint32_t;
constexpr Number none = ~Number{0};

/// One admitted or left.
struct Passage {
    FactOrder order;
    Number id = none;
    Number name = none;
    Number before_of_id = none;  ///< the one that came before it
    Number before_of_name = none;
    bool entered = false;
    SessionId session{};
    PlaceId place{};
    Reason overridden = Reason::none;
    Override override_reason = Override::none;

    bool operator<(const Passage& other) const { return order < other.order; }
};

/// What is known of a name.
struct Named {
    Number newest = none;
};

/// What is known of a fact's id; two passages have one where a kiosk was copied.
struct Told {
    Number newest = none;
    bool undone = false;
};

/// One count that a person is part of: of people inside a room, in a session, at a place (0: any).
enum class Counted : std::uint8_t { inside, attended, seated };
using Mark = std::uint64_t;

template <typename Of>
Mark mark(Counted what, Of of, PlaceId at = PlaceId{}) {
    return static_cast<Mark>(what) << 32 | static_cast<Mark>(of) << 16 | static_cast<Mark>(at);
}

/// Whether the badge's issue in this fact was vouched for by its signature.
bool vouches_for_issue(const Fact& fact) {
    const bool scanned = fact.kind == FactKind::admitted || fact.kind == FactKind::left ||
                         fact.kind == FactKind::refused;
    return scanned && (fact.reason == Reason::ok || fact.reason >= Reason::signature_only);
}

bool is_passage(const Fact& fact) {
    return fact.kind == FactKind::admitted || fact.kind == FactKind::left;
}

Passage passage_of(const Fact& fact, const Hash& hash) {
    return {.order = order_of(fact, hash),
            .entered = fact.kind == FactKind::admitted,
            .session = fact.session,
            .place = fact.place,
            .overridden = fact.reason,
            .override_reason = fact.override_reason};
}

/// The room of each session, as an agenda has it.
class Rooms {
public:
    explicit Rooms(const Agenda& agenda) {
        for (const Session& session : agenda.sessions) rooms_[session.id] = session.room;
    }
    [[nodiscard]] RoomId of(SessionId session) const {
        const auto found = rooms_.find(session);
        return found == rooms_.end() ? RoomId{} : found->second;
    }
    [[nodiscard]] bool are_those_of(const Agenda& agenda) const {
        return rooms_.size() == agenda.sessions.size() &&
               std::all_of(agenda.sessions.begin(), agenda.sessions.end(), [&](const Session& one) {
                   const auto found = rooms_.find(one.id);
                   return found != rooms_.end() && found->second == one.room;
               });
    }

private:
    std::unordered_map<SessionId, RoomId> rooms_;
};

}  // namespace

class Ledger::Impl {
public:
    using Passages = std::vector<const Passage*>;

    void add(const Fact& fact, const Hash& hash) {
        if (!known_.insert(hash).second) return;
        if (!fact.badge.is_zero() && vouches_for_issue(fact)) {
            std::uint8_t& newest = issues_[issues_.insert(fact.badge).first].value;
            newest = std::max(newest, fact.issue);
        }
        if (fact.kind == FactKind::undone) undo(fact.reference);
        const Person named = named_in(fact);
        const auto learn = [&] {
            who_.learn(named);
            if (!is_passage(fact)) return;
            const Alias name = best_name(named);
            if (!name.is_nobody()) put(passage_of(fact, hash), name, fact.id);
        };
        change({named, {{}, named.badge, {}}, {{}, {}, named.code}}, learn);
    }

    void tell(const Person& listed) {
        change({listed, {{}, listed.badge, {}}, {{}, {}, listed.code}}, [&] { who_.tell(listed); });
    }

    void follow_list(const FindOwner& find_owner) {
        rooms_.reset();  // counted afresh
        who_.forget_list();
        for (const auto& name : names_.entries()) {
            Person person = name.key.person();
            if (!person.registration.is_zero()) continue;
            person.registration = find_owner(person);
            who_.tell(person);
        }
    }

    /// Those that remain, in order: the person's own and those of every name of theirs.
    [[nodiscard]] Passages passages_of(const Person& person) const {
        const Alias best = who_.resolve(person);
        std::set<Alias> names{best, alias_of(person.badge), alias_of(person.code)};
        for (const Alias& name : who_.names_of(best)) names.insert(name);
        Passages all;
        for (const Alias& name : names) {
            const auto* found = names_.find(name);
            for (Number at = found ? found->value.newest : none; at != none;
                 at = passages_[at].before_of_name)
                if (!ids_[passages_[at].id].value.undone) all.push_back(&passages_[at]);
        }
        std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return *a < *b; });
        return all;
    }

    [[nodiscard]] std::uint8_t newest_issue(const BadgeNumber& badge) const {
        const auto* found = issues_.find(badge);
        return found == nullptr ? std::uint8_t{0} : found->value;
    }

    [[nodiscard]] const Rooms& rooms(const Agenda& agenda) {
        if (!rooms_ || !rooms_->are_those_of(agenda)) {
            rooms_.emplace(agenda);
            counts_.clear();
            for (const Alias& person : people()) count(person, +1);
        }
        return *rooms_;
    }

    [[nodiscard]] std::uint32_t count(Mark of, const Agenda& agenda) {
        (void)rooms(agenda);
        const auto found = counts_.find(of);
        return found == counts_.end() ? 0 : found->second;
    }

    [[nodiscard]] std::vector<Inside> everybody_inside(const Agenda& agenda) {
        std::vector<Inside> all;
        for (const Alias& person : people()) {
            std::optional<WallTime> since;
            for (const auto& [room, passage] : last_of_each_room(person, rooms(agenda)))
                if (passage->entered) since = passage->order.at();
            if (since) all.push_back({person.person(), *since});
        }
        return all;
    }

    [[nodiscard]] std::uint64_t facts() const { return known_.size(); }
    [[nodiscard]] Hash digest(const Agenda& agenda);

private:
    static Alias best_name(const Person& person) {
        if (!person.registration.is_zero()) return alias_of(person.registration);
        return person.badge.is_zero() ? alias_of(person.code) : alias_of(person.badge);
    }

    /// Everybody with a passage, in a fixed order.
    [[nodiscard]] std::set<Alias> people() const {
        std::set<Alias> all;
        for (const auto& name : names_.entries()) all.insert(who_.resolve(name.key.person()));
        return all;
    }

    [[nodiscard]] std::map<RoomId, const Passage*> last_of_each_room(const Alias& person,
                                                                     const Rooms& rooms) const {
        std::map<RoomId, const Passage*> last;
        for (const Passage* passage : passages_of(person.person()))
            last[rooms.of(passage->session)] = passage;
        return last;
    }

    void put(Passage passage, const Alias& name, const FactId& id) {
        const auto number = static_cast<Number>(passages_.size());
        passage.name = names_.insert(name).first;
        passage.id = ids_.insert(id).first;
        passage.before_of_name = std::exchange(names_[passage.name].value.newest, number);
        passage.before_of_id = std::exchange(ids_[passage.id].value.newest, number);
        passages_.push_back(passage);
    }

    void undo(const FactId& id) {
        Told& told = ids_[ids_.insert(id).first].value;
        std::vector<Person> people;
        for (Number at = told.newest; at != none; at = passages_[at].before_of_id)
            people.push_back(names_[passages_[at].name].key.person());
        change(people, [&] { told.undone = true; });
    }

    /// Does `what` and keeps the counts of the people it is about, who may become one by it.
    template <typename What>
    void change(const std::vector<Person>& about, const What& what) {
        if (!rooms_) return what();  // nobody has asked yet
        std::set<Alias> people;
        for (const Person& person : about) people.insert(who_.resolve(person));
        for (const Alias& person : people) count(person, -1);
        what();
        for (const Person& person : about) people.insert(who_.resolve(person));
        for (const Alias& person : people)
            if (who_.resolve(person.person()) == person) count(person, +1);
    }

    /// Adds the person to every count they are part of, or takes them out.
    void count(const Alias& person, int by) {
        if (person.is_nobody()) return;
        std::set<Mark> marks;
        for (const Passage* passage : passages_of(person.person()))
            if (passage->entered)
                for (const PlaceId at : {PlaceId{}, passage->place})
                    marks.insert(mark(Counted::attended, passage->session, at));
        for (const auto& [room, passage] : last_of_each_room(person, *rooms_)) {
            if (!passage->entered) continue;
            marks.insert(mark(Counted::inside, room));
            for (const PlaceId at : {PlaceId{}, passage->place})
                marks.insert(mark(Counted::seated, passage->session, at));
        }
        for (const Mark one : marks) {
            const auto count = counts_.try_emplace(one, 0).first;
            count->second += static_cast<std::uint32_t>(by);
            if (count->second == 0) counts_.erase(count);
        }
    }

    FlatMap<Hash, std::monostate> known_;
    WhoIsWho who_;
    FlatMap<Alias, Named> names_;  ///< the best that each passage's fact says
    FlatMap<FactId, Told> ids_;
    std::deque<Passage> passages_;
    FlatMap<BadgeNumber, std::uint8_t> issues_;
    std::optional<Rooms> rooms_;  ///< of the agenda asked about last; none: nothing is counted yet
    std::unordered_map<Mark, std::uint32_t> counts_;
};

Hash Ledger::Impl::digest(const Agenda& agenda) {
    ByteWriter out;
    for (const Alias& person : people())
        for (const Passage* passage : passages_of(person.person())) {
            out.u8(static_cast<std::uint8_t>(person.by));
            out.raw(person.bytes);
            out.raw(passage->order.hash.bytes);
            out.u16(static_cast<std::uint16_t>(rooms(agenda).of(passage->session)));
        }
    std::map<BadgeNumber, std::uint8_t> issues;
    for (const auto& one : issues_.entries()) issues.emplace(one.key, one.value);
    for (const auto& [badge, issue] : issues) {
        out.raw(badge.bytes);
        out.u8(issue);
    }
    for (const auto& [counted, number] : std::map(counts_.begin(), counts_.end())) {
        out.u64(counted);
        out.u32(number);
    }
    return hash("hudoor-ledger-1", out.bytes());
}

Ledger::Ledger() : impl_(std::make_unique<Impl>()) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

void Ledger::add(const Fact& fact, const Hash& hash) { impl_->add(fact, hash); }
void Ledger::tell(const Person& listed) { impl_->tell(listed); }
void Ledger::follow_list(const FindOwner& find_owner) { impl_->follow_list(find_owner); }

PersonState Ledger::state_of(const Person& person, const Session& session,
                             const Agenda& agenda) const {
    PersonState state;
    const Rooms& rooms = impl_->rooms(agenda);
    for (const Passage* passage : impl_->passages_of(person)) {
        if (rooms.of(passage->session) == session.room) state.inside = passage->entered;
        if (!passage->entered || passage->session != session.id) continue;
        state.attended = true;
        state.admitted_at = passage->order.at();
        state.admitted_place = passage->place;
    }
    return state;
}

std::uint8_t Ledger::newest_issue(const BadgeNumber& badge) const {
    return impl_->newest_issue(badge);
}

std::optional<WallTime> Ledger::overridden_at(const Person& person, Reason reason,
                                              std::optional<SessionId> session) const {
    std::optional<WallTime> newest;
    for (const Passage* passage : impl_->passages_of(person))
        if (passage->entered && passage->override_reason != Override::none &&
            passage->overridden == reason && (!session || passage->session == *session))
            newest = passage->order.at();
    return newest;
}

std::uint32_t Ledger::inside(RoomId room, const Agenda& agenda) const {
    return impl_->count(mark(Counted::inside, room), agenda);
}

std::uint32_t Ledger::attended(SessionId session, const Agenda& agenda,
                               std::optional<PlaceId> at) const {
    return impl_->count(mark(Counted::attended, session, at.value_or(PlaceId{})), agenda);
}

std::uint32_t Ledger::seated(SessionId session, const Agenda& agenda,
                             std::optional<PlaceId> at) const {
    return impl_->count(mark(Counted::seated, session, at.value_or(PlaceId{})), agenda);
}

std::vector<Ledger::Inside> Ledger::everybody_inside(const Agenda& agenda) const {
    return impl_->everybody_inside(agenda);
}
std::uint64_t Ledger::facts() const { return impl_->facts(); }
Hash Ledger::digest(const Agenda& agenda) const { return impl_->digest(agenda); }

}  // namespace hudoor::storage
