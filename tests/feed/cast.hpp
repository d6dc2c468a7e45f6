/// Whom the feed can show: people of an event, sorted by what the door will say to them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "storage/badge/badge.hpp"
#include "storage/guests/identity.hpp"
#include "storage/organiser/event/store.hpp"

namespace hudoor::feed {

struct CastMember {
    std::string attendee_id;
    std::string country;  ///< ISO 3166 alpha-2, or empty
    bool woman = false;   ///< by the given name
    storage::Bilingual name;
    storage::Bilingual organisation;
    storage::Bilingual category;
    std::uint32_t colour_rgb = 0;
    storage::BadgeToken token;  ///< what the badge in their hand says
};

struct Cast {
    storage::Bilingual event_name;
    storage::EventNumber event{};
    std::chrono::sys_days day;          ///< on which they come to the door
    std::vector<CastMember> admitted;   ///< may enter the session
    std::vector<CastMember> elsewhere;  ///< registered for something else at that time
    std::vector<CastMember> revoked;
    std::vector<CastMember> replaced;  ///< carrying the badge before the newest
    std::vector<CastMember> cancelled;
    std::vector<CastMember> noted;  ///< may enter, but the usher has a note for them
};

struct CastCall {
    storage::PlaceId place{};
    WallTime at;
    std::uint8_t key_id = 1;  ///< signs their badges
    std::set<std::string> womens_names{};
};

/// Pure. Nobody is in two lists. People whom something else would stop, too, are left out.
[[nodiscard]] Cast choose_cast(const storage::Identity& event,
                               const std::vector<organiser::OrganiserRegistration>& registrations,
                               const storage::RefusalList& refusals, const CastCall& call);

}  // namespace hudoor::feed
