#include "tests/feed/cast.hpp"

#include <algorithm>

#include "config/fault.hpp"
#include "storage/decide/admission.hpp"

namespace hudoor::feed {
namespace {

/// Nothing but status, note and session decide. Revoked and replaced badges are refused before all
/// this is asked.
bool comes_today(const storage::Registration& person, std::chrono::sys_days day) {
    return (!person.valid_from || *person.valid_from.day <= day) &&
           (!person.valid_until || day <= *person.valid_until.day);
}

bool is_woman(const storage::Bilingual& name, const std::set<std::string>& womens_names) {
    return womens_names.contains(name.en.substr(0, name.en.find(' '))) ||
           womens_names.contains(name.ar.substr(0, name.ar.find(' ')));
}

CastMember make_member(const organiser::OrganiserRegistration& registration,
                       const storage::Identity& event, const CastCall& call) {
    const storage::Registration& person = registration.door;
    CastMember member{
        registration.door.external_id,
        person.country,
        is_woman(person.name, call.womens_names),
        person.name,
        person.organisation,
        {},
        0xC8A56A,
        {call.key_id, person.badge, event.event, person.issue, registration.badge_valid_until}};
    for (const storage::Category& category : event.categories)
        if (category.id == person.category) {
            member.category = category.name;
            member.colour_rgb = category.colour_rgb;
        }
    return member;
}

/// The session whose doors are open at this place.
const storage::Session& open_session(const storage::Identity& event, const CastCall& call) {
    const storage::Session* session =
        storage::choose_session(event.agenda, call.place, call.at, std::nullopt, [](const auto&) {
            return storage::SessionCandidate{true, false};
        });
    if (session == nullptr || call.at < session->doors_open() || session->ends <= call.at)
        throw Fault(ExitCode::bad_data,
                    "no session has its doors open at this place and time: choose another --at");
    return *session;
}

bool has_other_session_now(const storage::Identity& event, const storage::Registration& person,
                           const storage::Session& session) {
    return std::any_of(event.agenda.sessions.begin(), event.agenda.sessions.end(),
                       [&](const storage::Session& other) {
                           return other.id != session.id && other.room != session.room &&
                                  other.starts < session.ends && session.starts < other.ends &&
                                  storage::may_enter(other, person);
                       });
}

}  // namespace

Cast choose_cast(const storage::Identity& event,
                 const std::vector<organiser::OrganiserRegistration>& registrations,
                 const storage::RefusalList& refusals, const CastCall& call) {
    const storage::Session& session = open_session(event, call);
    Cast cast;
    cast.event_name = event.event_name;
    cast.event = event.event;
    cast.day = std::chrono::sys_days(storage::to_local(call.at, event.agenda.timezone).date);
    for (const auto& registration : registrations) {
        const storage::Registration& person = registration.door;
        if (person.badge.is_zero()) continue;
        CastMember member = make_member(registration, event, call);
        if (refusals.revokes(person.badge, person.issue)) {
            cast.revoked.push_back(member);
        } else if (person.issue > 1) {
            --member.token.issue;
            if (!refusals.revokes(person.badge, member.token.issue))
                cast.replaced.push_back(member);
        } else if (!comes_today(person, cast.day)) {
            continue;
        } else if (person.status == storage::RegistrationStatus::cancelled) {
            cast.cancelled.push_back(member);
        } else if (person.status != storage::RegistrationStatus::confirmed) {
            continue;
        } else if (person.attention) {
            if (storage::may_enter(session, person)) cast.noted.push_back(member);
        } else if (storage::may_enter(session, person)) {
            cast.admitted.push_back(member);
        } else if (has_other_session_now(event, person, session)) {
            cast.elsewhere.push_back(member);
        }
    }
    return cast;
}

}  // namespace hudoor::feed
