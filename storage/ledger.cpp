#include "storage/ledger.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <unordered_set>
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
    Person person;
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
/// Packed into a number because every fact compares a person's marks before and after it.
enum class Counted : std::uint8_t { inside, attended, seated };
using Mark = std::uint64_t;

Mark mark(Counted what, std::uint16_t of, PlaceId at) {
    return static_cast<Mark>(what) << 32 | static_cast<Mark>(of) << 16 | static_cast<Mark>(at);
}

Mark mark(Counted what, SessionId of, PlaceId at) {
    return mark(what, static_cast<std::uint16_t>(of), at);
}

/// What one person's passages of one room add to the counts, each mark once.
std::vector<Mark> marks_of(const std::vector<Passage>& passages, std::uint16_t room) {
    std::vector<Mark> marks;
    std::vector<const Passage*> last_entries;  // one a session
    bool inside = false;
    for (const Passage& passage : passages) {
        if (passage.undone || passage.room != room) continue;
        inside = passage.entered;
        if (!passage.entered) continue;
        marks.push_back(mark(Counted::attended, passage.session, PlaceId{}));
        marks.push_back(mark(Counted::attended, passage.session, passage.place));
        std::erase_if(last_entries, [&](const Passage* p) { return p->session == passage.session; });
        last_entries.push_back(&passage);
    }
    if (inside) {
        marks.push_back(mark(Counted::inside, room, PlaceId{}));
        for (const Passage* entry : last_entries) {
            marks.push_back(mark(Counted::seated, entry->session, PlaceId{}));
            marks.push_back(mark(Counted::seated, entry->session, entry->place));
        }
    }
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    return marks;
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
    passage.person = {fact.registration, fact.badge, fact.code};
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
        if (!fact.badge.is_zero() && vouches_for_issue(fact)) {
            std::uint8_t& newest = issues_[fact.badge];
            newest = std::max(newest, fact.issue);
        }
        learn_owner(fact);
        if (fact.kind == FactKind::undone) undo(fact.reference);
        if (fact.kind == FactKind::admitted || fact.kind == FactKind::left)
            insert(passage_of(fact, hash, room));
    }

    /// The person's passages in order: their own, and those of their badge as long as no fact has told
    /// whose it is.
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
        if (!person.badge.is_zero() && key != badge_key(person.badge)) take(badge_key(person.badge));
        std::inplace_merge(all.begin(), all.begin() + own, all.end(),
                           [](const auto* a, const auto* b) { return comes_before(*a, *b); });
        return all;
    }

    [[nodiscard]] std::uint8_t newest_issue(const BadgeNumber& badge) const {
        const auto found = issues_.find(badge);
        return found == issues_.end() ? std::uint8_t{0} : found->second;
    }

    [[nodiscard]] std::uint32_t count(Mark of) const {
        const auto found = counts_.find(of);
        return found == counts_.end() ? 0 : found->second;
    }

    [[nodiscard]] std::uint64_t facts() const { return known_.size(); }
    [[nodiscard]] Hash digest() const;

private:
    using People = std::unordered_map<Key, std::vector<Passage>, KeyHash>;
    struct Whose {
        Key person;
        std::uint16_t room = 0;
    };

    [[nodiscard]] Key key_of(const Person& person) const {
        if (!person.registration.is_zero()) return registration_key(person.registration);
        if (!person.badge.is_zero()) {
            const auto owner = owners_.find(person.badge);
            return owner == owners_.end() ? badge_key(person.badge) : registration_key(owner->second);
        }
        if (person.code.is_zero()) return {};
        return {.by = Key::By::code, .bytes = person.code.bytes};
    }

    /// Changes one person's passages of a room and keeps the counts right.
    template <typename Change>
    void change(const Key& key, std::uint16_t room, const Change& what) {
        std::vector<Passage>& passages = people_[key];
        const bool counted = key.by != Key::By::nothing;
        if (counted)
            for (const Mark before : marks_of(passages, room))
                if (--counts_[before] == 0) counts_.erase(before);
        what(passages);
        if (counted)
            for (const Mark after : marks_of(passages, room)) ++counts_[after];
    }

    void insert(Passage passage) {
        const Key key = key_of(passage.person);
        passage.undone = undone_.contains(passage.id);
        whose_.emplace(passage.id, Whose{key, passage.room});
        change(key, passage.room, [&](std::vector<Passage>& passages) {
            passages.insert(
                std::upper_bound(passages.begin(), passages.end(), passage, comes_before), passage);
        });
    }

    void undo(const FactId& id) {
        if (!undone_.insert(id).second) return;
        const auto [begin, end] = whose_.equal_range(id);
        for (auto it = begin; it != end; ++it)
            change(it->second.person, it->second.room, [&](std::vector<Passage>& passages) {
                for (Passage& passage : passages)
                    if (passage.id == id && passage.room == it->second.room) passage.undone = true;
            });
    }

    /// Two registrations with one badge number are a mistake elsewhere; the smaller one gets it, so
    /// that the order of arrival does not matter.
    void learn_owner(const Fact& fact) {
        if (fact.registration.is_zero() || fact.badge.is_zero()) return;
        const auto [owner, first] = owners_.try_emplace(fact.badge, fact.registration);
        if (!first && owner->second <= fact.registration) return;
        const Key from = first ? badge_key(fact.badge) : registration_key(owner->second);
        owner->second = fact.registration;
        move_badge(from, fact.badge);
    }

    /// Takes what is known by this badge number alone from one person and gives it to its owner.
    void move_badge(const Key& from, const BadgeNumber& badge) {
        const auto found = people_.find(from);
        if (found == people_.end()) return;
        const auto by_badge_alone = [&](const Passage& p) {
            return p.person.registration.is_zero() && p.person.badge == badge;
        };
        std::vector<Passage> moving;
        std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(moving),
                     by_badge_alone);
        for (const Passage& passage : moving) {
            change(from, passage.room, [&](std::vector<Passage>& passages) {
                std::erase_if(passages,
                              [&](const Passage& p) { return p.order == passage.order; });
            });
            insert(passage);
        }
    }

    std::unordered_set<Hash> known_;
    People people_;
    std::unordered_multimap<FactId, Whose> whose_;  ///< also where a passage stood before it moved
    std::unordered_set<FactId> undone_;
    std::unordered_map<BadgeNumber, std::uint8_t> issues_;
    std::unordered_map<BadgeNumber, RegistrationId> owners_;
    std::unordered_map<Mark, std::uint32_t> counts_;
};

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
    for (const auto& [badge, issue] : std::map(issues_.begin(), issues_.end())) {
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

std::uint64_t Ledger::facts() const { return impl_->facts(); }
Hash Ledger::digest() const { return impl_->digest(); }

}  // namespace hudoor::storage
