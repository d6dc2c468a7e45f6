#include "storage/organiser/people/card.hpp"

#include <algorithm>
#include <unordered_set>

namespace hudoor::organiser {

using namespace storage;

namespace {

/// Whether a line of the history is about this person: "edit D1", "revoke D1: lost".
bool is_about(const std::string& what, const std::string& external_id) {
    const auto gap = what.find(' ');
    if (gap == std::string::npos || what.compare(gap + 1, external_id.size(), external_id) != 0)
        return false;
    const std::string_view verb = std::string_view(what).substr(0, gap);
    const auto rest = std::string_view(what).substr(gap + 1 + external_id.size());
    return (verb == "edit" || verb == "revoke" || verb == "reissue") &&
           (rest.empty() || rest.front() == ':');
}

std::vector<RecordedFact> facts_of(const Gathered& gathered, std::uint32_t person) {
    std::unordered_set<FactId> undone;
    for (const Moment& moment : gathered.timeline.moments)
        if (moment.kind == FactKind::undone) undone.insert(moment.reference);
    std::vector<RecordedFact> facts;
    for (const auto* moments : {&gathered.timeline.moments, &gathered.timeline.passages_apart})
        for (const Moment& moment : *moments)
            if (gathered.people.find(moment) == person)
                facts.push_back({moment, undone.contains(moment.id),
                                 moments == &gathered.timeline.passages_apart});
    std::stable_sort(facts.begin(), facts.end(),
                     [](const auto& a, const auto& b) { return comes_before(a.fact, b.fact); });
    return facts;
}

}  // namespace

std::vector<Presence> find_presence(const Gathered& gathered) {
    std::vector<Presence> all(gathered.people.registrations().size());
    for (const Moment* passage : remaining_passages(gathered.timeline)) {
        const auto person = gathered.people.find(*passage);
        if (passage->kind != FactKind::admitted || !person || *person >= all.size()) continue;
        Presence& one = all[*person];
        if (!one.first_in) one.first_in = passage->at();
        if (std::find(one.attended.begin(), one.attended.end(), passage->session) ==
            one.attended.end())
            one.attended.push_back(passage->session);
    }
    return all;
}

PersonCard make_card(const EventStore& store, const Gathered& gathered, std::size_t person) {
    const auto number = static_cast<std::uint32_t>(person);
    PersonCard card{.registration = gathered.people.registrations().at(person),
                    .presence = find_presence(gathered).at(person),
                    .revocations = store.revocations(),
                    .changes = store.history(),
                    .facts = facts_of(gathered, number),
                    .incidents = {}};
    std::erase_if(card.revocations,
                  [&](const Revocation& one) { return one.badge != card.registration.door.badge; });
    std::erase_if(card.changes, [&](const EventStore::Change& change) {
        return !is_about(change.what, card.registration.door.external_id);
    });
    for (const Incident& incident : gathered.incidents)
        if (incident.person == number) card.incidents.push_back(incident);
    return card;
}

}  // namespace hudoor::organiser
