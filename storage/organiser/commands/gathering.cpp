#include "storage/organiser/commands/gathering.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/people/meant.hpp"

namespace hudoor::organiser {

using namespace storage;
using nlohmann::ordered_json;

namespace {

std::string code_of_place(const Gathered& gathered, PlaceId id) {
    const Place* place = gathered.event.agenda.find_place(id);
    return place == nullptr ? std::string() : place->code;
}

/// Null: it is about nobody of the list.
const OrganiserRegistration* find_person(const Gathered& gathered, const Incident& incident) {
    return incident.person ? gathered.people.registration(*incident.person) : nullptr;
}

ordered_json to_json(const Gathered& gathered, const Moment& fact) {
    ordered_json out{{"kind", name_of(fact.kind)},
                     {"kiosk", static_cast<int>(fact.kiosk)},
                     {"name", name_of_kiosk(gathered.kiosks, fact.kiosk)},
                     {"epoch", static_cast<std::uint32_t>(fact.epoch)},
                     {"seq", fact.seq},
                     {"id", to_hex(fact.id.bytes)},
                     {"at", iso_time(fact.at())}};
    if (fact.corrected_ms != fact.wall_ms) out["clock_said"] = iso_time(bounded_time(fact.wall_ms));
    if (const auto place = code_of_place(gathered, fact.place); !place.empty())
        out["place"] = place;
    if (const auto* session = gathered.event.agenda.find_session(fact.session))
        out["session"] = session->code;
    if (fact.usher != UsherNumber{}) out["usher"] = static_cast<int>(fact.usher);
    return out;
}

void print_fact(const Gathered& gathered, const Moment& fact) {
    const std::string& timezone = gathered.event.agenda.timezone;
    std::cout << "    " << show_time(fact.at(), timezone) << ' ' << name_of(fact.kind)
              << " at kiosk " << static_cast<int>(fact.kiosk) << ' '
              << name_of_kiosk(gathered.kiosks, fact.kiosk) << ", "
              << describe_fact(fact.epoch, fact.seq);
    if (fact.corrected_ms != fact.wall_ms)
        std::cout << " (its clock said " << show_time(bounded_time(fact.wall_ms), timezone) << ')';
    std::cout << '\n';
}

/// The facts behind an incident; one that stands for both sides is told once.
std::vector<const Moment*> told_facts(const Incident& incident) {
    std::vector<const Moment*> facts;
    for (const Moment& fact : incident.facts)
        if (facts.empty() || facts.back()->hash != fact.hash) facts.push_back(&fact);
    return facts;
}

}  // namespace

FindKioskKey keys_of(const std::vector<Kiosk>& kiosks) {
    return [&kiosks](KioskId id) -> std::optional<VerifyKey> {
        for (const Kiosk& kiosk : kiosks)
            if (kiosk.id == id) return kiosk.verify_key;
        return std::nullopt;
    };
}

std::string hex_of(Epoch epoch) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(epoch));
    return to_hex(out.bytes());
}

ordered_json kiosks_to_json(const Gathered& gathered, const FactStore& facts) {
    auto all = ordered_json::array();
    for (const Kiosk& kiosk : gathered.kiosks) {
        const Moment* head = gathered.timeline.find_head(kiosk.id);
        ordered_json one{{"kiosk", static_cast<int>(kiosk.id)},
                         {"name", kiosk.name},
                         {"enabled", kiosk.enabled()},
                         {"heard", head != nullptr},
                         {"facts", facts.count(kiosk.id)}};
        if (head != nullptr)
            one["head"] = {{"epoch", static_cast<std::uint32_t>(head->epoch)},
                           {"seq", head->seq},
                           {"at", iso_time(head->at())},
                           {"hash", to_hex(head->hash.bytes)}};
        all.push_back(std::move(one));
    }
    return all;
}

void print_kiosks(const Gathered& gathered, const FactStore& facts) {
    const auto heard = std::count_if(
        gathered.kiosks.begin(), gathered.kiosks.end(),
        [&](const Kiosk& kiosk) { return gathered.timeline.find_head(kiosk.id) != nullptr; });
    std::cout << "Kiosks heard: " << heard << " of " << gathered.kiosks.size() << '\n';
    for (const Kiosk& kiosk : gathered.kiosks) {
        std::cout << "    " << static_cast<int>(kiosk.id) << ' ' << kiosk.name << ": ";
        if (const Moment* head = gathered.timeline.find_head(kiosk.id))
            std::cout << counted(facts.count(kiosk.id), "fact") << ", the last at "
                      << show_time(head->at(), gathered.event.agenda.timezone) << ", head "
                      << hex_of(head->epoch) << ' ' << head->seq << ' ' << to_hex(head->hash.bytes)
                      << '\n';
        else
            std::cout << "not heard" << (kiosk.enabled() ? "" : ", disabled") << '\n';
    }
}

ordered_json incidents_to_json(const Gathered& gathered) {
    auto all = ordered_json::array();
    for (const Incident& incident : gathered.incidents) {
        ordered_json one{{"incident", name_of(incident.kind)}, {"what", incident.what}};
        if (const auto* person = find_person(gathered, incident)) {
            one["attendee_id"] = person->door.external_id;
            one["name"] = {{"ar", person->door.name.ar}, {"en", person->door.name.en}};
        }
        one["facts"] = ordered_json::array();
        for (const Moment* fact : told_facts(incident))
            one["facts"].push_back(to_json(gathered, *fact));
        if (!incident.to_accept.empty()) one["accept"] = incident.to_accept;
        all.push_back(std::move(one));
    }
    return all;
}

void print_incidents(const Gathered& gathered) {
    std::cout << "Incidents: " << gathered.incidents.size() << '\n';
    for (const Incident& incident : gathered.incidents) {
        std::cout << "  " << name_of(incident.kind) << ": " << incident.what;
        if (const auto* person = find_person(gathered, incident))
            std::cout << ", attendee " << person->door.external_id << ", " << name_to_show(*person);
        std::cout << '\n';
        for (const Moment* fact : told_facts(incident)) print_fact(gathered, *fact);
        for (const std::string& one : incident.to_accept)
            std::cout << "    to accept: hudoor merge --accept " << one << " --why TEXT\n";
    }
}

}  // namespace hudoor::organiser
