#include "storage/organiser/people/meant.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "config/fault.hpp"
#include "storage/badge/badge.hpp"
#include "storage/badge/code.hpp"
#include "storage/names/folding.hpp"
#include "storage/names/search.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr double least_score = 0.55;  // by sound or as typed, not by a slip of the hand
constexpr double clear_lead = 0.3;    // more than another spelling of the same name makes
constexpr std::size_t most_told = 12;

using People = std::span<const OrganiserRegistration>;
using Numbers = std::vector<std::size_t>;

Numbers numbers_where(People all, const std::function<bool(const OrganiserRegistration&)>& is) {
    Numbers found;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (is(all[i])) found.push_back(i);
    return found;
}

std::optional<BadgeNumber> badge_in(std::string_view who) {
    if (const auto read = parse_badge(who)) return read->token.number;
    return parse_typed_code(who);
}

/// By what nobody else can have.
Numbers find_exact(People all, std::string_view who) {
    auto by_id = numbers_where(
        all, [&](const OrganiserRegistration& one) { return one.door.external_id == who; });
    if (!by_id.empty()) return by_id;
    const std::string_view code = without_reader_marks(who);
    const auto badge = badge_in(code);
    const std::string hex = lower_case(who);
    return numbers_where(all, [&](const OrganiserRegistration& one) {
        if (!one.imported_code.empty() && one.imported_code == code) return true;
        return !one.door.badge.is_zero() &&
               (badge ? one.door.badge == *badge : to_hex(one.door.badge.bytes) == hex);
    });
}

/// Names alone, or all that a search finds people by.
std::vector<NameMatch> search(People all, std::string_view text, bool names_alone) {
    std::vector<NamedPerson> people;
    people.reserve(all.size());
    for (const OrganiserRegistration& one : all) {
        const Registration& door = one.door;
        if (names_alone)
            people.push_back({.id = door.id, .name = door.name});
        else
            people.push_back({door.id, door.name, door.organisation, door.country, door.delegation,
                              door.external_id, door.badge});
    }
    return NameSearch(people).find(text, all.size());
}

Numbers numbers_of(People all, const std::vector<NameMatch>& matches) {
    std::unordered_map<RegistrationId, std::size_t> number;
    for (std::size_t i = 0; i < all.size(); ++i) number[all[i].door.id] = i;
    Numbers found;
    for (const NameMatch& match : matches) found.push_back(number.at(match.id));
    return found;
}

std::string told(People all, const Numbers& people) {
    std::string text;
    for (std::size_t i = 0; i < std::min(people.size(), most_told); ++i) {
        const OrganiserRegistration& one = all[people[i]];
        text += "\n  " + one.door.external_id + "  " + name_to_show(one);
        const Bilingual& body = one.door.organisation;
        const std::string& organisation = body.en.empty() ? body.ar : body.en;
        if (!organisation.empty()) text += ", \u2068" + organisation + "\u2069";
    }
    if (people.size() > most_told) text += "\n  and " + counted(people.size() - most_told, "other");
    return text;
}

}  // namespace

Meant find_meant(People all, std::string_view who) {
    if (auto exact = find_exact(all, who); !exact.empty()) return {std::move(exact)};
    if (parse_badge(who)) return {};
    const std::string id = fold_id(who);
    if (!id.empty()) {
        auto by_id = numbers_where(all, [&](const OrganiserRegistration& one) {
            return fold_id(one.door.external_id) == id;
        });
        if (!by_id.empty()) return {std::move(by_id)};
    }
    auto matches = search(all, who, true);
    if (matches.empty()) return {};
    const double best = matches.front().score;
    if (best < least_score) {
        matches.resize(std::min<std::size_t>(matches.size(), 3));
        return {{}, numbers_of(all, matches)};
    }
    std::erase_if(matches, [&](const NameMatch& match) {
        return match.score < least_score || match.score < best - clear_lead;
    });
    return {numbers_of(all, matches)};
}

std::size_t get_meant(People all, std::string_view who) {
    const Meant meant = find_meant(all, who);
    if (meant.people.size() == 1) return meant.people.front();
    if (!meant.people.empty())
        throw Fault(ExitCode::usage, quote(who) + " could be any of these; say it by the id:" +
                                         told(all, meant.people));
    throw Fault(ExitCode::no_input,
                "Nobody in this event has the attendee_id, badge or name " + quote(who) +
                    (meant.nearly.empty() ? "" : "; a little like it:" + told(all, meant.nearly)));
}

Numbers search_people(People all, std::string_view text) {
    Numbers found = find_exact(all, text);
    return found.empty() ? numbers_of(all, search(all, text, false)) : found;
}

std::string name_to_show(const OrganiserRegistration& one) {
    const std::string& name = one.door.name.en.empty() ? one.door.name.ar : one.door.name.en;
    return "\u2068" + name + "\u2069";
}

}  // namespace hudoor::organiser
