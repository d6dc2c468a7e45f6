#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/fault.hpp"
#include "storage/decide/admission.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

struct Shown {
    Code code = OtherCode{};
    std::optional<Registration> registration;
};

/// What this person would show: their newest badge. The event's keys are sealed, so it is signed by
/// one made for this question, which the question's identity trusts instead.
SignedBadge make_badge(const OrganiserRegistration& one, Identity& event) {
    const SigningKey key = SigningKey::generate();
    event.badge_keys = {{1, key.verify_key(), false}};
    const BadgeToken token{1, one.door.badge, event.event, one.door.issue, one.badge_valid_until};
    return parse_badge(make_badge_text(token, key)).value();
}

Shown show(const EventStore& store, const std::string& who, Identity& event) {
    const auto person = find_person(store, who);
    Shown shown;
    if (person) shown.registration = person->door;
    if (const auto badge = parse_badge(who))
        shown.code = *badge;
    else if (person && !person->door.badge.is_zero())
        shown.code = make_badge(*person, event);
    else if (person)
        shown.code = ImportedCode{person->door.code};
    else
        throw Fault(ExitCode::no_input,
                    "Nobody in this event has the attendee_id or code " + quote(who));
    return shown;
}

const Session& find_session(const Identity& event, const std::string& code) {
    std::string codes;
    for (const Session& session : event.agenda.sessions) {
        if (session.code == code) return session;
        codes += (codes.empty() ? "" : ", ") + session.code;
    }
    throw Fault(ExitCode::bad_data, "There is no session " + quote(code) + "; there are: " + codes);
}

/// The first entrance that leads to this session.
const Place& find_entrance(const Identity& event, const Session& session) {
    for (const Place& place : event.agenda.places)
        if (place.direction != PlaceDirection::exit &&
            std::find(place.rooms.begin(), place.rooms.end(), session.room) != place.rooms.end())
            return place;
    throw Fault(ExitCode::bad_data, "No entrance leads to the session " + session.code);
}

nlohmann::ordered_json to_json(const Verdict& verdict, const Identity& event, const Place& place) {
    const auto session_code = [&](SessionId id) {
        const Session* session = event.agenda.find_session(id);
        return session ? nlohmann::ordered_json(session->code) : nlohmann::ordered_json();
    };
    const auto time = [&](WallTime at) { return show_time(at, event.agenda.timezone); };
    nlohmann::ordered_json out{{"verdict", name_of(verdict.kind)},
                               {"reason", name_of(verdict.reason)},
                               {"session", session_code(verdict.session)},
                               {"place", place.code}};
    if (verdict.since) out["since"] = time(*verdict.since);
    if (verdict.instead) out["instead"] = session_code(*verdict.instead);
    if (verdict.valid_day) out["valid_day"] = time(*verdict.valid_day).substr(0, 10);
    return out;
}

}  // namespace

ExitCode explain_verdict(const EventOptions& options, const WhyOptions& why) {
    const EventStore store(options.event);
    Identity event = store.event();
    const auto at = parse_time(why.at, event.agenda.timezone);
    if (!at)
        throw Fault(ExitCode::usage, "--at " + quote(why.at) +
                                         ": write it as 2026-12-04T09:31, in the event's "
                                         "time zone, or with a Z in UTC");
    const Session& session = find_session(event, why.session);
    const Place& entrance = find_entrance(event, session);
    event.place = entrance.id;
    const Shown shown = show(store, why.who, event);
    const RefusalList refusals = store.refusals();
    const Ledger nothing_recorded;
    const AdmissionQuestion question{.code = shown.code,
                                     .registration = shown.registration,
                                     .identity = event,
                                     .refusals = refusals,
                                     .ledger = nothing_recorded,
                                     .policy = {},
                                     .replica_revision = store.revision(),
                                     .replica_created = *at,
                                     .chosen_session = session.id,
                                     .now = *at};
    const auto json = to_json(std::get<Verdict>(decide(question)), event, entrance);
    if (why.json) {
        std::cout << json.dump() << '\n';
        return ExitCode::done;
    }
    std::cout << json["verdict"].get<std::string>() << ": " << json["reason"].get<std::string>();
    for (const char* more : {"since", "instead", "valid_day"})
        if (json.contains(more)) std::cout << ", " << more << ' ' << json[more].get<std::string>();
    std::cout << " (by the guest list alone; what kiosks recorded is not asked)\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
