#include "storage/decide/ledger.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace hudoor::storage {

namespace {

/// A person by what names them best.
struct Key {
    enum class By : std::uint8_t { nothing, registration, badge, code };
    By by = By::nothing;
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Key&) const = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
        std::uint64_t parts[2];
        std::memcpy(parts, key.bytes.data(), sizeof parts);
        return static_cast<std::size_t>(parts[0] ^ parts[1] ^ static_cast<std::uint64_t>(key.by));
    }
};

Key badge_key(const BadgeNumber& badge) {
    Key key{.by = Key::By::badge, .bytes = {}};
    std::copy(badge.bytes.begin(), badge.bytes.end(), key.bytes.begin());
    return key;
}

Key registration_key(const RegistrationId& registration) {
    return {.by = Key::By::registration, .bytes = registration.bytes};
}

Person person_of(const Key& key) {
    Person person;
    if (key.by == Key::By::registration) person.registration.bytes = key.bytes;
    if (key.by == Key::By::badge)
        std::copy_n(key.bytes.begin(), person.badge.bytes.size(), person.badge.bytes.begin());
    if (key.by == Key::By::code) person.code.bytes = key.bytes;
    return person;
}

/// Where a fact stands among all others, whoever told it first.
struct Order {
    std::int64_t corrected_ms = 0;
    std::uint64_t hlc = 0;
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t seq = 0;
    Hash hash;

    auto operator<=>(const Order&) const = default;
};

/// One admitted or left.
struct Passage {
    Order order;
    FactId id;
    BadgeNumber badge_alone;  ///< set when the fact names nobody but the badge
    bool entered = false;
    bool undone = false;
    std::uint16_t room = 0;
    SessionId session{};
    PlaceId place{};
    Reason overridden = Reason::none;
    Override override_reason = Override::none;
};

WallTime time_of(const Passage& passage) {
    return WallTime(std::chrono::milliseconds(passage.order.corrected_ms));
}

bool comes_before(const Passage& a, const Passage& b) { return a.order < b.order; }

/// One count that a person is part of: of people inside a room, in a session, at a place (0: any).
enum class Counted : std::uint8_t { inside, attended, seated };
using Mark = std::uint64_t;

Mark mark(Counted what, std::uint16_t of, PlaceId at) {
    return static_cast<Mark>(what) << 32 | static_cast<Mark>(of) << 16 | static_cast<Mark>(at);
}

Mark mark(Counted what, SessionId of, PlaceId at) {
    return mark(what, static_cast<std::uint16_t>(of), at);
}

/// As much of a person's state as one passage can change.
struct Standing {
    bool attended = false;       ///< the passage's session
    bool attended_here = false;  ///< by the passage's place
    bool inside = false;         ///< the passage's room, since the last entry:
    SessionId session{};
    PlaceId place{};

    bool operator==(const Standing&) const = default;
};

Standing standing_of(const std::vector<Passage>& passages, const Passage& about) {
    Standing standing;
    bool last = true;
    for (auto passage = passages.rbegin(); passage != passages.rend(); ++passage) {
        if (passage->undone || passage->room != about.room) continue;
        if (std::exchange(last, false) && passage->entered) {
            standing.inside = true;
            standing.session = passage->session;
            standing.place = passage->place;
        }
        if (!passage->entered || passage->session != about.session) continue;
        standing.attended = true;
        standing.attended_here = passage->place == about.place;
        if (standing.attended_here) break;
    }
    return standing;
}

/// Whether the badge's issue in this fact was vouched for by its signature.
bool vouches_for_issue(const Fact& fact) {
    const bool scanned = fact.kind == FactKind::admitted || fact.kind == FactKind::left ||
                         fact.kind == FactKind::refused;
    return scanned && (fact.reason == Reason::ok || fact.reason >= Reason::signature_only);
}

Passage passage_of(const Fact& fact, const Hash& hash, std::uint16_t room) {
    Passage passage;
    passage.order = {.corrected_ms = fact.wall_ms + fact.clock_offset_ms,
                     .hlc = fact.hlc,
                     .kiosk = fact.kiosk,
                     .epoch = fact.epoch,
                     .seq = fact.seq,
                     .hash = hash};
    passage.id = fact.id;
    if (fact.registration.is_zero()) passage.badge_alone = fact.badge;
    passage.entered = fact.kind == FactKind::admitted;
    passage.room = room;
    passage.session = fact.session;
    passage.place = fact.place;
    passage.overridden = fact.reason;
    passage.override_reason = fact.override_reason;
    return passage;
}

}  // namespace

class Ledger::Impl {
public:
    void add(const Fact& fact, const Hash& hash, std::uint16_t room) {
        if (!known_.insert(hash).second) return;
        if (!fact.badge.is_zero()) learn_of_badge(fact);
        if (fact.kind == FactKind::undone) undo(fact.reference);
        if (fact.kind == FactKind::admitted || fact.kind == FactKind::left)
            insert(key_of({fact.registration, fact.badge, fact.code}),
                   passage_of(fact, hash, room));
    }

    /// The person's passages in order: their own, and those of their badge as long as no fact has
    /// told whose it is.
    [[nodiscard]] std::vector<const Passage*> passages_of(const Person& person) const {
        std::vector<const Passage*> all;
        const auto take = [&](const Key& key) {
            const auto found = people_.find(key);
            if (key.by == Key::By::nothing || found == people_.end()) return;
            for (const Passage& passage : found->second)
                if (!passage.undone) all.push_back(&passage);
        };
        const Key key = key_of(person);
        take(key);
        const auto own = static_cast<std::ptrdiff_t>(all.size());
        if (!person.badge.is_zero() && key != badge_key(person.badge))
            take(badge_key(person.badge));
        std::inplace_merge(all.begin(), all.begin() + own, all.end(),
                           [](const auto* a, const auto* b) { return comes_before(*a, *b); });
        return all;
    }

    [[nodiscard]] std::uint8_t newest_issue(const BadgeNumber& badge) const {
        const auto found = badges_.find(badge);
        return found == badges_.end() ? std::uint8_t{0} : found->second.newest_issue;
    }

    [[nodiscard]] std::uint32_t count(Mark of) const {
        const auto found = counts_.find(of);
        return found == counts_.end() ? 0 : found->second;
    }

    [[nodiscard]] std::vector<Inside> everybody_inside() const;
    [[nodiscard]] std::uint64_t facts() const { return known_.size(); }
    [[nodiscard]] Hash digest() const;

private:
    using People = std::unordered_map<Key, std::vector<Passage>, KeyHash>;
    struct Badge {
        std::uint8_t newest_issue = 0;
        RegistrationId owner;  ///< zero until a fact has told
    };

    [[nodiscard]] Key key_of(const Person& person) const {
        if (!person.registration.is_zero()) return registration_key(person.registration);
        if (!person.badge.is_zero()) {
            const auto found = badges_.find(person.badge);
            const bool owned = found != badges_.end() && !found->second.owner.is_zero();
            return owned ? registration_key(found->second.owner) : badge_key(person.badge);
        }
        if (person.code.is_zero()) return {};
        return {.by = Key::By::code, .bytes = person.code.bytes};
    }

    /// Changes one person's passages where `about` stands and keeps the counts right.
    template <typename Change>
    void change(const Key& key, const Passage& about, const Change& what) {
        std::vector<Passage>& passages = people_[key];
        const Standing before = standing_of(passages, about);
        what(passages);
        const Standing after = standing_of(passages, about);
        if (key.by == Key::By::nothing || before == after) return;
        count(before, about, -1);
        count(after, about, +1);
    }

    void count(const Standing& standing, const Passage& about, int by) {
        const auto change_count = [&](Mark mark) {
            const auto count = counts_.try_emplace(mark, 0).first;
            count->second += static_cast<std::uint32_t>(by);
            if (count->second == 0) counts_.erase(count);
        };
        const auto change_both = [&](Counted what, SessionId session, PlaceId place, bool here) {
            change_count(mark(what, session, PlaceId{}));
            if (here && place != PlaceId{}) change_count(mark(what, session, place));
        };
        if (standing.attended)
            change_both(Counted::attended, about.session, about.place, standing.attended_here);
        if (!standing.inside) return;
        change_count(mark(Counted::inside, about.room, PlaceId{}));
        change_both(Counted::seated, standing.session, standing.place, true);
    }

    void insert(const Key& key, Passage passage) {
        passage.undone = undone_.contains(passage.id);
        whose_.emplace(passage.id, key);
        change(key, passage, [&](std::vector<Passage>& passages) {
            passages.insert(
                std::upper_bound(passages.begin(), passages.end(), passage, comes_before), passage);
        });
    }

    void undo(const FactId& id) {
        if (!undone_.insert(id).second) return;
        const auto [begin, end] = whose_.equal_range(id);
        for (auto whose = begin; whose != end; ++whose)
            for (const Passage& about : passages_with(whose->second, [&](const Passage& passage) {
                     return passage.id == id && !passage.undone;
                 }))
                change(whose->second, about, [&](std::vector<Passage>& passages) {
                    std::lower_bound(passages.begin(), passages.end(), about, comes_before)
                        ->undone = true;
                });
    }

    void learn_of_badge(const Fact& fact) {
        Badge& badge = badges_[fact.badge];
        if (vouches_for_issue(fact)) badge.newest_issue = std::max(badge.newest_issue, fact.issue);
        // Two registrations with one badge number are a mistake elsewhere; the smaller one gets it,
        // so that the order of arrival does not matter.
        const bool first = badge.owner.is_zero();
        if (fact.registration.is_zero() || (!first && badge.owner <= fact.registration)) return;
        const Key from = first ? badge_key(fact.badge) : registration_key(badge.owner);
        badge.owner = fact.registration;
        move_badge(fact.badge, from, registration_key(badge.owner));
    }

    /// Takes what is known by this badge number alone from one person and gives it to its owner.
    void move_badge(const BadgeNumber& badge, const Key& from, const Key& to) {
        for (const Passage& moving : passages_with(
                 from, [&](const Passage& passage) { return passage.badge_alone == badge; })) {
            change(from, moving, [&](std::vector<Passage>& passages) {
                passages.erase(
                    std::lower_bound(passages.begin(), passages.end(), moving, comes_before));
            });
            insert(to, moving);
        }
    }

    /// Copies, so that the caller may change the person's passages meanwhile.
    template <typename Condition>
    [[nodiscard]] std::vector<Passage> passages_with(const Key& key,
                                                     const Condition& condition) const {
        std::vector<Passage> found;
        if (const auto person = people_.find(key); person != people_.end())
            std::copy_if(person->second.begin(), person->second.end(), std::back_inserter(found),
                         condition);
        return found;
    }

    std::unordered_set<Hash> known_;
    People people_;
    std::unordered_multimap<FactId, Key> whose_;  ///< also where a passage stood before it moved
    std::unordered_set<FactId> undone_;
    std::unordered_map<BadgeNumber, Badge> badges_;
    std::unordered_map<Mark, std::uint32_t> counts_;
};

std::vector<Ledger::Inside> Ledger::Impl::everybody_inside() const {
    std::map<Person, WallTime> inside;
    for (const auto& [key, passages] : people_) {
        std::map<std::uint16_t, const Passage*> last;  // of each room
        for (const Passage& passage : passages)
            if (!passage.undone) last[passage.room] = &passage;
        for (const auto& [room, passage] : last)
            if (passage->entered && key.by != Key::By::nothing)
                inside.insert_or_assign(person_of(key), time_of(*passage));
    }
    std::vector<Inside> all;
    all.reserve(inside.size());
    for (const auto& [person, since] : inside) all.push_back({person, since});
    return all;
}

Hash Ledger::Impl::digest() const {
    ByteWriter out;
    std::map<Key, const std::vector<Passage>*> people;
    for (const auto& [key, passages] : people_) people.emplace(key, &passages);
    for (const auto& [key, passages] : people)
        for (const Passage& passage : *passages) {
            if (passage.undone) continue;
            out.u8(static_cast<std::uint8_t>(key.by));
            out.raw(key.bytes);
            out.raw(passage.order.hash.bytes);
            out.u16(passage.room);
        }
    for (const auto& [number, badge] : std::map(badges_.begin(), badges_.end())) {
        out.raw(number.bytes);
        out.u8(badge.newest_issue);
        out.raw(badge.owner.bytes);
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

void Ledger::add(const Fact& fact, const Hash& hash, std::uint16_t room) {
    impl_->add(fact, hash, room);
}

PersonState Ledger::state_of(const Person& person, SessionId session, std::uint16_t room) const {
    PersonState state;
    state.newest_issue = impl_->newest_issue(person.badge);
    for (const Passage* passage : impl_->passages_of(person)) {
        if (passage->room == room) state.inside = passage->entered;
        if (!passage->entered || passage->session != session) continue;
        state.attended = true;
        state.admitted_at = time_of(*passage);
        state.admitted_place = passage->place;
    }
    return state;
}

std::optional<WallTime> Ledger::overridden_at(const Person& person, Reason reason,
                                              std::optional<SessionId> session) const {
    std::optional<WallTime> newest;
    for (const Passage* passage : impl_->passages_of(person))
        if (passage->entered && passage->override_reason != Override::none &&
            passage->overridden == reason && (!session || passage->session == *session))
            newest = time_of(*passage);
    return newest;
}

std::uint32_t Ledger::inside(std::uint16_t room) const {
    return impl_->count(mark(Counted::inside, room, PlaceId{}));
}

std::uint32_t Ledger::attended(SessionId session, std::optional<PlaceId> at) const {
    return impl_->count(mark(Counted::attended, session, at.value_or(PlaceId{})));
}

std::uint32_t Ledger::seated(SessionId session, std::optional<PlaceId> at) const {
    return impl_->count(mark(Counted::seated, session, at.value_or(PlaceId{})));
}

std::vector<Ledger::Inside> Ledger::everybody_inside() const { return impl_->everybody_inside(); }
std::uint64_t Ledger::facts() const { return impl_->facts(); }
Hash Ledger::digest() const { return impl_->digest(); }

}  // namespace hudoor::storage
