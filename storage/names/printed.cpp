#include "storage/names/printed.hpp"

#include <algorithm>

#include "storage/badge/badge.hpp"
#include "storage/names/folding.hpp"

namespace hudoor::storage {

namespace {

bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }

/// From its last run of digits on.
std::string number_of(const std::string& id) {
    const auto last = std::find_if(id.rbegin(), id.rend(), is_digit);
    const auto first = std::find_if_not(last, id.rend(), is_digit);
    return {first.base(), id.end()};
}

}  // namespace

void Printed::add(std::string_view external_id, BadgeNumber badge, Who who) {
    if (std::string id = fold_id(external_id); !id.empty()) {
        std::string number = number_of(id);
        if (!number.empty() && number != id) ids_.emplace_back(std::move(number), who);
        ids_.emplace_back(std::move(id), who);
    }
    if (!badge.is_zero()) badges_.emplace_back(badge, who);
}

void Printed::sort() {
    std::ranges::sort(ids_);
    std::ranges::sort(badges_);
}

std::vector<Printed::IdMatch> Printed::find_id(std::string_view beginning) const {
    std::vector<IdMatch> found;
    const auto text = [](const auto& one) { return std::string_view(one.first); };
    for (auto id = std::ranges::lower_bound(ids_, beginning, {}, text);
         id != ids_.end() && id->first.starts_with(beginning); ++id)
        found.push_back({id->second, id->first.size() == beginning.size()});
    return found;
}

std::vector<Printed::Who> Printed::find_code(std::string_view beginning) const {
    std::vector<Who> found;
    const auto codes = find_codes(beginning);
    if (!codes) return found;
    const auto number = [](const auto& one) { return one.first; };
    for (auto badge = std::ranges::lower_bound(badges_, codes->first, {}, number);
         badge != badges_.end() && badge->first <= codes->last; ++badge)
        found.push_back(badge->second);
    return found;
}

}  // namespace hudoor::storage
