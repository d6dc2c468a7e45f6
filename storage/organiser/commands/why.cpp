#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/fault.hpp"
#include "storage/badge/code.hpp"
#include "storage/decide/admission.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

/// What is held before the camera, and whose it is.
struct Shown {
    Code code = OtherCode{};
    std::optional<OrganiserRegistration> person;  ///< as a kiosk would look it up
};

/// What this person would show: their newest badge. The event's keys are sealed, so it is signed by
/// one made for this question, which stands in the identity in place of the key that signed it.
SignedBadge make_badge(const OrganiserRegistration& one, Identity& event) {
    const std::uint8_t id = one.badge_key != 0 ? one.badge_key : event.badge_keys.back().id;
    const SigningKey key = SigningKey::generate();
    for (BadgeKey& known : event.badge_keys)
        if (known.id == id) known.key = key.verify_key();
    const BadgeToken token{id, one.door.badge, event.event, one.door.issue, one.badge_valid_until};
    return parse_badge(make_badge_text(token, key)).value();
}

/// Codes by hashes under a key made for this question, as a kiosk knows them: those that a reissued
/// badge replaced are nobody's.
class Codes {
public:
    Codes(const std::vector<OrganiserRegistration>& people, const Identity& event)
        : people_(people), event_(event) {}

    [[nodiscard]] Code read(const std::string& text) const {
        return recognise(text, event_.code_shapes, key_.view());
    }
    [[nodiscard]] std::optional<OrganiserRegistration> owner_of(const Code& code) const {
        for (const OrganiserRegistration& one : people_)
            if (is_of(code, one)) return one;
        return std::nullopt;
    }

private:
    [[nodiscard]] bool is_of(const Code& code, const OrganiserRegistration& one) const {
        if (const auto* badge = std::get_if<SignedBadge>(&code))
            return one.door.badge == badge->token.number;
        const auto* imported = std::get_if<ImportedCode>(&code);
        return imported && one.has_code() &&
               hash_code(one.imported_code, key_.view()) == imported->hash;
    }

    const std::vector<OrganiserRegistration>& people_;
    const Identity& event_;
    Secret<32> key_ = Secret<32>::random();
};

/// A code as it is read, or what the person who is named carries.
Shown show(const EventStore& store, const std::string& who, Identity& event) {
    const auto people = store.registrations();
    const Codes codes(people, event);
    const auto named = find_person(store, who);
    const bool is_id = named && named->door.external_id == who;
    Code code = is_id ? OtherCode{} : codes.read(who);
    auto owner = codes.owner_of(code);
    const bool replaced = named && named->imported_code == without_reader_marks(who);
    const bool is_code = std::holds_alternative<SignedBadge>(code) || owner || replaced;
    const bool may_be_code = !named && !std::holds_alternative<OtherCode>(code);
    if (is_code || may_be_code) return {std::move(code), std::move(owner)};
    if (!named)
        throw Fault(ExitCode::no_input, "Nobody in this event has the attendee_id, code or name " +
                                            quote(who) +
                                            ", and as a code a kiosk would take no notice of it");
    if (!named->door.badge.is_zero()) return {make_badge(*named, event), named};
    return {codes.read(named->imported_code), named};
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

bool is_of_usher(const Code& code, const EventStore& store) {
    const auto* badge = std::get_if<SignedBadge>(&code);
    return badge && std::ranges::any_of(store.ushers(), [&](const Usher& usher) {
               return usher.badge == badge->token.number;
           });
}

nlohmann::ordered_json to_json(const std::variant<Verdict, StaffBadge>& decision,
                               const Identity& event, const Place& place) {
    if (std::holds_alternative<StaffBadge>(decision))
        return {{"verdict", "none"}, {"reason", "staff_badge"}, {"place", place.code}};
    const auto& verdict = std::get<Verdict>(decision);
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
    if (verdict.valid_day) out["valid_day"] = write_day(*verdict.valid_day);
    if (verdict.valid_time)
        out["valid_time"] = write_time(*verdict.valid_time, event.agenda.timezone);
    return out;
}

}  // namespace

ExitCode explain_verdict(const EventOptions& options, const WhyOptions& why) {
    const EventStore store(options.event);
    Identity event = store.event();
    const auto at = parse_time(why.at, event.agenda.timezone);
    if (!at)
        throw Fault(ExitCode::usage,
                    "--at " + quote(why.at) + ": " + why_no_time(why.at, event.agenda.timezone));
    const Session& session = find_session(event, why.session);
    const Place& entrance = find_entrance(event, session);
    event.place = entrance.id;
    const Shown shown = show(store, why.who, event);
    const std::optional<Registration> registration =
        shown.person ? std::optional(shown.person->door) : std::nullopt;
    const RefusalList refusals = store.refusals();
    const Ledger nothing_recorded;
    const AdmissionQuestion question{.code = shown.code,
                                     .registration = registration,
                                     .identity = event,
                                     .refusals = refusals,
                                     .ledger = nothing_recorded,
                                     .policy = {},
                                     .replica_revision = store.revision(),
                                     .replica_created = *at,
                                     .chosen_session = session.id,
                                     .staff_badge = is_of_usher(shown.code, store),
                                     .now = *at};
    auto json = to_json(decide(question), event, entrance);
    if (shown.person) {
        json["attendee_id"] = shown.person->door.external_id;
        json["name"] = {{"ar", shown.person->door.name.ar}, {"en", shown.person->door.name.en}};
    }
    if (why.json) {
        std::cout << json.dump() << '\n';
        return ExitCode::done;
    }
    std::cout << json["verdict"].get<std::string>() << ": " << json["reason"].get<std::string>();
    for (const char* more : {"since", "instead", "valid_day", "valid_time"})
        if (json.contains(more)) std::cout << ", " << more << ' ' << json[more].get<std::string>();
    if (shown.person) std::cout << ", for " << person_to_show(*shown.person);
    std::cout << " (by the guest list alone; what kiosks recorded is not asked)\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
