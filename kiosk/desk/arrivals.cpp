#include "kiosk/desk/arrivals.hpp"

#include <algorithm>

namespace hudoor::kiosk {

using std::chrono::floor;
using std::chrono::minutes;

void Arrivals::add(WallTime at) {
    const auto begins = floor<minutes>(at);
    const auto place = std::lower_bound(
        minutes_.begin(), minutes_.end(), begins,
        [](const Minute& minute, const auto& begin) { return minute.begins < begin; });
    if (place != minutes_.end() && place->begins == begins)
        ++place->people;
    else
        minutes_.insert(place, {begins, 1});
    while (minutes_.front().begins + minutes(minutes_kept) <= minutes_.back().begins)
        minutes_.pop_front();
}

std::vector<int> Arrivals::until(WallTime now) const {
    std::vector<int> people(minutes_kept, 0);
    const auto first = floor<minutes>(now) - minutes(minutes_kept - 1);
    for (const Minute& minute : minutes_) {
        const auto at = (minute.begins - first).count();
        if (at >= 0 && at < minutes_kept) people[static_cast<std::size_t>(at)] = minute.people;
    }
    return people;
}

}  // namespace hudoor::kiosk
