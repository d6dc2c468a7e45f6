#include "tests/sim/checkers.hpp"

#include <algorithm>
#include <tuple>

#include "storage/organiser/report/report.hpp"

namespace hudoor::sim {

using namespace storage;

namespace {

using Number = std::tuple<KioskId, Epoch, std::uint64_t>;

Number number_of(const StoredFact& fact) {
    return {fact.fact.kiosk, fact.fact.epoch, fact.fact.seq};
}

/// When it happened, whoever's clock said so.
std::int64_t true_ms(const Fact& fact) { return fact.wall_ms + fact.clock_offset_ms; }

bool happened_before(const StoredFact* a, const StoredFact* b) {
    const auto key = [](const StoredFact* fact) {
        return std::tuple(true_ms(fact->fact), fact->fact.hlc, number_of(*fact), fact->hash);
    };
    return key(a) < key(b);
}

/// Who attended and who is inside, from the words of data.md and nothing else.
class StateByHand {
public:
    StateByHand(const Stage& stage, const FactSet& facts) : stage_(stage) {
        std::set<FactId> undone;
        for (const auto& [hash, fact] : facts) {
            all_.push_back(&fact);
            if (fact.fact.kind == FactKind::undone) undone.insert(fact.fact.reference);
            if (fact.fact.registration.is_zero()) continue;
            for (const std::string& name : {hex_of(fact.fact.badge), hex_of(fact.fact.code)}) {
                const auto owner = owners_.emplace(name, hex_of(fact.fact.registration)).first;
                owner->second = std::min(owner->second, hex_of(fact.fact.registration));
            }
        }
        std::erase_if(all_, [&](const StoredFact* fact) {
            return undone.contains(fact->fact.id) ||
                   (fact->fact.kind != FactKind::admitted && fact->fact.kind != FactKind::left);
        });
        std::sort(all_.begin(), all_.end(), happened_before);
    }

    [[nodiscard]] std::size_t attended(SessionId session) const {
        std::set<std::string> people;
        for (const StoredFact* fact : all_)
            if (fact->fact.kind == FactKind::admitted && fact->fact.session == session)
                people.insert(name_of(fact->fact));
        return people.size();
    }
    [[nodiscard]] std::size_t inside(RoomId room) const {
        std::map<std::string, bool> last;
        for (const StoredFact* fact : all_)
            if (room_of(fact->fact.session) == room)
                last[name_of(fact->fact)] = fact->fact.kind == FactKind::admitted;
        return static_cast<std::size_t>(
            std::count_if(last.begin(), last.end(), [](const auto& one) { return one.second; }));
    }

private:
    [[nodiscard]] std::string name_of(const Fact& fact) const {
        if (!fact.registration.is_zero()) return hex_of(fact.registration);
        const auto name = fact.badge.is_zero() ? hex_of(fact.code) : hex_of(fact.badge);
        const auto owner = owners_.find(name);
        return owner == owners_.end() ? name : owner->second;
    }
    [[nodiscard]] RoomId room_of(SessionId session) const {
        for (const Session& one : stage_.agenda().sessions)
            if (one.id == session) return one.room;
        return RoomId{};
    }
    /// Empty for none, which is nobody's.
    template <typename Id>
    static std::string hex_of(const Id& id) {
        return id.is_zero() ? std::string() : to_hex(id.bytes);
    }

    const Stage& stage_;
    std::vector<const StoredFact*> all_;
    std::map<std::string, std::string> owners_;
};

/// `asked`: after every fact, as a kiosk in use is; else only at the end.
Ledger grow(const Stage& stage, const Facts& facts, bool asked) {
    Ledger ledger;
    for (const StoredFact& fact : facts) {
        ledger.add(fact.fact, fact.hash);
        if (asked) (void)ledger.inside(RoomId{1}, stage.agenda());
    }
    return ledger;
}

/// Kiosks that have two pasts, by the facts themselves.
std::set<KioskId> forked_kiosks(const FactSet& facts) {
    std::set<KioskId> forked;
    std::map<std::pair<KioskId, Hash>, int> starts;
    std::map<std::pair<KioskId, Epoch>, std::uint64_t> last;
    for (const auto& [hash, fact] : facts) {
        auto& end = last[{fact.fact.kiosk, fact.fact.epoch}];
        end = std::max(end, fact.fact.seq);
        if (fact.fact.seq == 1 && ++starts[{fact.fact.kiosk, fact.fact.prev}] > 1)
            forked.insert(fact.fact.kiosk);
    }
    for (const auto& [hash, fact] : facts) {
        const auto parent = facts.find(fact.fact.prev);
        if (fact.fact.seq == 1 && parent != facts.end() &&
            last[{fact.fact.kiosk, parent->second.fact.epoch}] > parent->second.fact.seq)
            forked.insert(fact.fact.kiosk);
    }
    return forked;
}

/// Kiosks of which a fact must have been there that is not.
std::set<KioskId> gappy_kiosks(const FactSet& facts, const FactSet& believed) {
    std::set<KioskId> gappy;
    for (const auto& [hash, fact] : believed)
        if (!fact.fact.prev.is_zero() && !facts.contains(fact.fact.prev))
            gappy.insert(fact.fact.kiosk);
    return gappy;
}

std::set<KioskId> unproved_kiosks(const FactSet& facts, const FactSet& believed) {
    std::set<KioskId> kiosks;
    for (const auto& [hash, fact] : facts)
        if (!believed.contains(hash)) kiosks.insert(fact.fact.kiosk);
    return kiosks;
}

bool is_delegate(const Stage& stage, const organiser::Moment& moment) {
    return std::any_of(stage.people.begin(), stage.people.end(), [&](const Registration& one) {
        return one.id == moment.registration ||
               (!one.badge.is_zero() && one.badge == moment.badge) ||
               (!one.code.is_zero() && one.code == moment.code);
    });
}

std::set<KioskId> kiosks_of(const std::vector<organiser::Incident>& incidents,
                            organiser::IncidentKind kind) {
    std::set<KioskId> kiosks;
    for (const organiser::Incident& incident : incidents)
        if (incident.kind == kind) kiosks.insert(incident.facts.front().kiosk);
    return kiosks;
}

}  // namespace

FactSet set_of(const Facts& facts) {
    FactSet set;
    for (const StoredFact& fact : facts) set.emplace(fact.hash, fact);
    return set;
}

std::uint64_t newest_list_by_hand(const Facts& journal) {
    constexpr std::size_t list_at = 1, list_ends = 9;  // after the version
    std::uint64_t newest = 0;
    for (const StoredFact& fact : journal) {
        const auto& payload = fact.fact.payload;
        const bool is_act = fact.fact.kind == FactKind::act;
        const bool taken = is_act && fact.fact.act == ActCode::list_accepted;
        const bool says =
            fact.fact.kind == FactKind::hello || (is_act && fact.fact.act == ActCode::outcome);
        if (!(taken || says) || !is_signed(fact.signature) || payload.size() < list_ends) continue;
        std::uint64_t list = 0;
        for (std::size_t i = list_at; i < list_ends; ++i) list = list << 8 | payload[i];
        newest = taken ? list : std::max(newest, list);
    }
    return newest;
}

FactSet believed_by_hand(const FactSet& facts) {
    FactSet believed;
    const auto believe = [&](const StoredFact* fact) {
        while (believed.emplace(fact->hash, *fact).second && fact->fact.seq > 1) {
            const auto before = facts.find(fact->fact.prev);
            if (before == facts.end()) return;
            fact = &before->second;
        }
    };
    for (const auto& [hash, fact] : facts)
        if (is_signed(fact.signature)) believe(&fact);
    for (const auto& [hash, fact] : facts) {
        const auto hello = is_signed(fact.signature) ? read_hello(fact.fact) : std::nullopt;
        if (!hello || hello->own_unsigned == 0) continue;
        const auto last = facts.find(hello->own_head);
        if (last != facts.end() && last->second.fact.seq == hello->own_unsigned)
            believe(&last->second);
    }
    return believed;
}

Facts facts_of(const organiser::FactStore& store) {
    Facts facts;
    store.visit([&](const StoredFact& fact) { facts.push_back(fact); });
    return facts;
}

Findings check_chains(const Facts& journal) {
    Findings findings;
    std::map<std::pair<KioskId, Epoch>, const StoredFact*> last;
    std::set<Hash> known;
    for (const StoredFact& fact : journal) {
        const StoredFact*& before = last[{fact.fact.kiosk, fact.fact.epoch}];
        if (fact.fact.seq != (before != nullptr ? before->fact.seq : 0) + 1)
            findings.emplace_back("I-2: a number is missing or given twice");
        if (before != nullptr && fact.fact.prev != before->hash)
            findings.emplace_back("I-2: a fact does not follow the one before it");
        if (before == nullptr && !known.empty() && !known.contains(fact.fact.prev))
            findings.emplace_back("I-2: an epoch follows nothing");
        known.insert(fact.hash);
        before = &fact;
    }
    return findings;
}

Findings check_complete(const FactSet& expected, const organiser::FactStore& store) {
    Findings findings;
    const Facts there = facts_of(store);
    if (there.size() != store.count() || set_of(there).size() != there.size())
        findings.emplace_back("I-5: a fact is there twice");
    for (const StoredFact& fact : there)
        if (!expected.contains(fact.hash))
            findings.emplace_back("I-5: a fact that nobody recorded");
    for (const auto& [hash, fact] : expected)
        if (std::none_of(there.begin(), there.end(), [&](const StoredFact& one) {
                return one.hash == hash && one.encoding == fact.encoding &&
                       one.signature == fact.signature;
            })) {
            findings.emplace_back("I-5: a fact that was acknowledged is missing");
            break;
        }
    return findings;
}

Findings check_state(const Stage& stage, const Facts& as_they_came) {
    Findings findings;
    const FactSet set = believed_by_hand(set_of(as_they_came));
    Facts believed, other_order;
    for (const StoredFact& fact : as_they_came)
        if (set.contains(fact.hash)) believed.push_back(fact);
    for (const auto& [hash, fact] : set) other_order.push_back(fact);
    const Ledger grown = grow(stage, believed, true);
    if (grown.digest(stage.agenda()) != grow(stage, other_order, false).digest(stage.agenda()))
        findings.emplace_back("I-6: the order of arrival changes the state");
    const StateByHand by_hand(stage, set);
    for (const Session& session : stage.fixture.identity.agenda.sessions)
        if (grown.attended(session.id, stage.agenda()) != by_hand.attended(session.id))
            findings.emplace_back("I-6: another count of who attended");
    for (const Room& room : stage.fixture.identity.agenda.rooms)
        if (grown.inside(room.id, stage.agenda()) != by_hand.inside(room.id))
            findings.emplace_back("I-6: another count of who is inside");
    return findings;
}

Findings check_report(const Organiser& organiser) {
    const organiser::EventStore store(organiser.folder());
    const organiser::FactStore facts(organiser.folder());
    const Identity event = store.event();
    const auto kiosks = store.kiosks();
    const organiser::Timeline timeline = organiser::read_timeline(facts);
    const organiser::PeopleIndex people(store.registrations(), timeline);
    const auto report =
        organiser::make_report({event, kiosks, timeline, people}, std::chrono::minutes(10));
    Ledger door;
    for (const auto& one : store.registrations())
        door.tell({one.door.id, one.door.badge, one.door.code});
    facts.visit([&](const organiser::MergedFact& fact) {
        if (fact.belief != organiser::Belief::none) door.add(fact.fact, fact.hash);
    });

    Findings findings;
    for (const organiser::SessionCount& count : report.sessions)
        if (count.attended != door.attended(count.session->id, event.agenda))
            findings.emplace_back("I-6: the report counts others who attended than a door");
    std::map<std::pair<RoomId, std::uint32_t>, bool> last;
    for (const organiser::Moment* passage : organiser::remaining_passages(timeline))
        if (const auto person = people.find(*passage))
            if (const Session* session = event.agenda.find_session(passage->session))
                last[{session->room, *person}] = passage->kind == FactKind::admitted;
    for (const Room& room : event.agenda.rooms)
        if (door.inside(room.id, event.agenda) !=
            std::count_if(last.begin(), last.end(), [&](const auto& one) {
                return one.first.first == room.id && one.second;
            }))
            findings.emplace_back("I-6: the organiser finds others inside than a door");
    return findings;
}

Findings check_belief(const FactSet& expected, const Organiser& organiser) {
    const FactSet believed = believed_by_hand(expected);
    Findings findings;
    organiser::FactStore(organiser.folder()).visit([&](const organiser::MergedFact& fact) {
        if ((fact.belief == organiser::Belief::proved) != believed.contains(fact.hash))
            findings.emplace_back("I-20: the organiser believes another fact than is proved");
    });
    return findings;
}

Findings check_incidents(const Stage& stage, const FactSet& expected, const Organiser& organiser) {
    const organiser::EventStore store(organiser.folder());
    const organiser::FactStore facts(organiser.folder());
    const organiser::Timeline timeline = organiser::read_timeline(facts);
    const organiser::PeopleIndex people(store.registrations(), timeline);
    const auto kiosks = store.kiosks();
    const auto incidents = organiser::find_incidents(
        timeline, people,
        {stage.fixture.identity.agenda, kiosks, {}, test::dubai(1, 0, 0), test::dubai(9, 0, 0)});
    Findings findings;
    const FactSet believed = believed_by_hand(expected);
    if (kiosks_of(incidents, organiser::IncidentKind::unproved) !=
        unproved_kiosks(expected, believed))
        findings.emplace_back("I-20: unproved facts are not told as they are");
    if (kiosks_of(incidents, organiser::IncidentKind::fork) != forked_kiosks(believed))
        findings.emplace_back("F16, F17: forks are not told as they are");
    if (kiosks_of(incidents, organiser::IncidentKind::gap) != gappy_kiosks(expected, believed))
        findings.emplace_back("I-2: gaps are not told as they are");
    std::set<KioskId> put_back;
    for (const auto& [hash, fact] : believed)
        if (fact.fact.kind == FactKind::act && fact.fact.act == ActCode::list_rolled_back)
            put_back.insert(fact.fact.kiosk);
    if (kiosks_of(incidents, organiser::IncidentKind::list_rolled_back) != put_back)
        findings.emplace_back("F33: lists that were put back are not told as they are");
    for (const organiser::Incident& incident : incidents)
        if (incident.kind == organiser::IncidentKind::orphan &&
            is_delegate(stage, incident.facts.front()))
            findings.emplace_back("I-5: a delegate became an orphan");
    return findings;
}

}  // namespace hudoor::sim
