#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "config/clock.hpp"
#include "storage/names/country.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/gathering.hpp"
#include "storage/organiser/commands/text_table.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/people/card.hpp"
#include "storage/organiser/people/meant.hpp"
#include "storage/organiser/people/query.hpp"

namespace hudoor::organiser {

using namespace storage;
using nlohmann::ordered_json;

namespace {

/// So that an Arabic word does not turn its neighbours round.
std::string isolated(const std::string& text) {
    return text.empty() ? text : "\u2068" + text + "\u2069";
}

const std::string& either(const Bilingual& text) { return text.en.empty() ? text.ar : text.en; }

/// How one event calls what registrations and facts name by numbers.
class Names {
public:
    explicit Names(const Gathered& gathered) : gathered_(gathered) {}

    [[nodiscard]] std::string category(CategoryId id) const {
        for (const Category& one : gathered_.event.categories)
            if (one.id == id) return one.code;
        return {};
    }
    [[nodiscard]] std::string session(SessionId id) const {
        const Session* one = gathered_.event.agenda.find_session(id);
        return one == nullptr ? std::string() : one->code;
    }
    [[nodiscard]] std::vector<std::string> sessions(const std::vector<SessionId>& ids) const {
        std::vector<std::string> codes;
        for (const SessionId id : ids) codes.push_back(session(id));
        return codes;
    }
    [[nodiscard]] std::string limit(const ValidityLimit& limit) const {
        return write_limit(limit, gathered_.event.agenda);
    }
    [[nodiscard]] std::string place(PlaceId id) const {
        const Place* one = gathered_.event.agenda.find_place(id);
        return one == nullptr ? std::string() : one->code;
    }
    [[nodiscard]] std::string kiosk(KioskId id) const {
        return name_of_kiosk(gathered_.kiosks, id);
    }
    [[nodiscard]] std::string time(WallTime at) const {
        return show_time(at, gathered_.event.agenda.timezone);
    }

private:
    const Gathered& gathered_;
};

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

std::string day_of(const std::chrono::sys_days& day) {
    return show_time(WallTime(day), "UTC").substr(0, 10);
}

/// Text in both languages, as far as there is any.
ordered_json to_json(const Bilingual& text) { return {{"ar", text.ar}, {"en", text.en}}; }

ordered_json to_json(const OrganiserRegistration& one, const Presence& presence,
                     const Names& names) {
    const Registration& door = one.door;
    ordered_json out{{"attendee_id", door.external_id},
                     {"name", to_json(door.name)},
                     {"organisation", to_json(door.organisation)},
                     {"country", door.country},
                     {"delegation", door.delegation},
                     {"category", names.category(door.category)},
                     {"status", name_of(door.status)},
                     {"sessions", names.sessions(door.sessions)},
                     {"seat", door.seat},
                     {"badge", door.badge.is_zero() ? "" : typed_code(door.badge)},
                     {"issue", door.issue},
                     {"attended", names.sessions(presence.attended)}};
    if (presence.first_in) out["first_in"] = iso_time(*presence.first_in);
    return out;
}

ordered_json to_json(const RecordedFact& recorded, const Names& names) {
    const Moment& fact = recorded.fact;
    ordered_json out{{"at", iso_time(fact.at())},        {"kind", name_of(fact.kind)},
                     {"reason", name_of(fact.reason)},   {"method", name_of(fact.method)},
                     {"place", names.place(fact.place)}, {"session", names.session(fact.session)},
                     {"kiosk", names.kiosk(fact.kiosk)}, {"undone", recorded.undone},
                     {"proved", !recorded.apart}};
    if (fact.override_reason != Override::none) out["override"] = name_of(fact.override_reason);
    if (fact.usher != UsherNumber{}) out["usher"] = static_cast<int>(fact.usher);
    return out;
}

ordered_json to_json(const PersonCard& card, const Names& names) {
    const OrganiserRegistration& one = card.registration;
    const Registration& door = one.door;
    ordered_json out = to_json(one, card.presence, names);
    if (door.valid_from) out["valid_from"] = names.limit(door.valid_from);
    if (door.valid_until) out["valid_until"] = names.limit(door.valid_until);
    out["badge_valid_until"] = day_of(one.badge_valid_until);
    out["attention"] = door.attention;
    out["usher_note"] = to_json(door.usher_note);
    out["discreet"] = door.discreet;
    out["badge_code"] = one.imported_code;
    out["kept"] = one.kept;
    out["revoked"] = ordered_json::array();
    for (const Revocation& revoked : card.revocations)
        out["revoked"].push_back({{"issue", revoked.issue}, {"at", iso_time(revoked.at)}});
    out["changes"] = ordered_json::array();
    for (const EventStore::Change& change : card.changes)
        out["changes"].push_back({{"at", iso_time(change.at)}, {"what", change.what}});
    out["facts"] = ordered_json::array();
    for (const RecordedFact& fact : card.facts) out["facts"].push_back(to_json(fact, names));
    out["incidents"] = ordered_json::array();
    for (const Incident& incident : card.incidents)
        out["incidents"].push_back({{"incident", name_of(incident.kind)}, {"what", incident.what}});
    return out;
}

/// By both where both are given, the nearest first where somebody is looked for.
std::vector<std::size_t> find_listed(const std::vector<OrganiserRegistration>& all,
                                     const Identity& event, const ListOptions& options) {
    std::vector<std::size_t> wanted = query_people(all, event, options.only);
    if (options.who.empty()) return wanted;
    std::vector<std::size_t> found = search_people(all, options.who);
    std::erase_if(found, [&](std::size_t one) {
        return !std::binary_search(wanted.begin(), wanted.end(), one);
    });
    return found;
}

/// A name and what it says, where it says something.
void line(const char* name, const std::string& value) {
    if (!value.empty()) std::cout << "  " << name << ": " << value << '\n';
}

void print_registration(const PersonCard& card, const Names& names) {
    const OrganiserRegistration& one = card.registration;
    const Registration& door = one.door;
    const auto both = [](const Bilingual& text) {
        const bool two = !text.ar.empty() && !text.en.empty();
        return isolated(text.en) + (two ? ", " : "") + isolated(text.ar);
    };
    std::cout << isolated(door.external_id) << "  " << both(door.name) << '\n';
    line("status", std::string(name_of(door.status)));
    line("category", names.category(door.category));
    line("organisation", both(door.organisation));
    line("delegation", isolated(door.delegation));
    line("country", country_name(door.country).en);
    line("sessions", joined(names.sessions(door.sessions)));
    line("seat", isolated(door.seat));
    if (door.valid_from) line("valid from", names.limit(door.valid_from));
    if (door.valid_until) line("valid until", names.limit(door.valid_until));
    if (!door.badge.is_zero())
        line("badge", typed_code(door.badge) + ", issue " + std::to_string(door.issue) +
                          ", valid until " + day_of(one.badge_valid_until));
    line("imported code", isolated(one.imported_code));
    if (door.attention) line("attention", both(door.usher_note));
    if (door.discreet) line("discreet", "the name is on no public screen");
    for (const auto& [name, value] : one.kept) line(name.c_str(), isolated(value));
    for (const Revocation& revoked : card.revocations)
        line("revoked", "issue " + std::to_string(revoked.issue) + " and those before, " +
                            names.time(revoked.at));
    line("came", card.presence.first_in ? names.time(*card.presence.first_in) + ", to " +
                                              joined(names.sessions(card.presence.attended))
                                        : "no record of it");
}

std::string describe(const RecordedFact& recorded) {
    const Moment& fact = recorded.fact;
    std::string text(name_of(fact.kind));
    if (fact.reason != Reason::none && fact.reason != Reason::ok)
        text.append(", ").append(name_of(fact.reason));
    if (fact.override_reason != Override::none)
        text.append(", allowed: ").append(name_of(fact.override_reason));
    if (fact.usher != UsherNumber{})
        text += ", usher " + std::to_string(static_cast<int>(fact.usher));
    if (recorded.undone) text += ", undone";
    if (recorded.apart) text += ", not proved";
    return text;
}

void print(const PersonCard& card, const Names& names) {
    print_registration(card, names);
    if (!card.changes.empty()) {
        TextTable table({"CHANGED", "WHAT"});
        for (const EventStore::Change& change : card.changes)
            table.add({names.time(change.at), isolated(change.what)});
        std::cout << table;
    }
    if (!card.facts.empty()) {
        TextTable table({"RECORDED", "PLACE", "KIOSK", "SESSION", "BY", "WHAT"});
        for (const RecordedFact& one : card.facts)
            table.add({names.time(one.fact.at()), names.place(one.fact.place),
                       names.kiosk(one.fact.kiosk), names.session(one.fact.session),
                       std::string(name_of(one.fact.method)), describe(one)});
        std::cout << table;
    }
    for (const Incident& incident : card.incidents)
        std::cout << "Incident: " << name_of(incident.kind) << ": " << incident.what << '\n';
}

std::string dumped(const ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

ExitCode list_people(const EventOptions& event, const ListOptions& options) {
    const EventStore store(event.event);
    const Gathered gathered = gather(store, FactStore(event.event), SystemClock().wall());
    const auto& all = gathered.people.registrations();
    const auto presence = find_presence(gathered);
    const Names names(gathered);
    const auto listed = find_listed(all, gathered.event, options);
    if (options.json) {
        auto out = ordered_json::array();
        for (const std::size_t one : listed) out.push_back(to_json(all[one], presence[one], names));
        std::cout << dumped(out) << '\n';
        return ExitCode::done;
    }
    TextTable table({"ATTENDEE", "STATUS", "CATEGORY", "CAME", "NAME", "ORGANISATION", "SESSIONS"});
    for (const std::size_t one : listed) {
        const Registration& door = all[one].door;
        table.add({isolated(door.external_id), std::string(name_of(door.status)),
                   names.category(door.category),
                   presence[one].first_in ? names.time(*presence[one].first_in) : "-",
                   name_to_show(all[one]), isolated(either(door.organisation)),
                   joined(names.sessions(door.sessions))});
    }
    if (!listed.empty()) std::cout << table;
    std::cout << counted(listed.size(), "person", "people") << " of " << all.size() << ".\n";
    return ExitCode::done;
}

ExitCode show_person(const EventOptions& event, const std::string& who, bool json) {
    const EventStore store(event.event);
    const Gathered gathered = gather(store, FactStore(event.event), SystemClock().wall());
    const PersonCard card =
        make_card(store, gathered, get_meant(gathered.people.registrations(), who));
    const Names names(gathered);
    if (json)
        std::cout << dumped(to_json(card, names)) << '\n';
    else
        print(card, names);
    return ExitCode::done;
}

}  // namespace hudoor::organiser
