#include "storage/organiser/rehearse/queue.hpp"

#include <algorithm>
#include <queue>

namespace hudoor::organiser {

std::vector<Turn> serve(const std::vector<double>& arrivals, std::uint32_t kiosks, double opens,
                        const std::function<double(std::size_t)>& take) {
    using Free = std::pair<double, std::uint32_t>;  // from when, which kiosk
    std::priority_queue<Free, std::vector<Free>, std::greater<>> free;
    for (std::uint32_t kiosk = 0; kiosk < kiosks; ++kiosk) free.emplace(opens, kiosk);
    std::vector<Turn> turns;
    turns.reserve(arrivals.size());
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const auto [from, kiosk] = free.top();
        free.pop();
        turns.push_back({arrivals[i], std::max(arrivals[i], from), kiosk});
        free.emplace(turns.back().begins + take(i), kiosk);
    }
    return turns;
}

LongestLine longest_line(const std::vector<Turn>& turns) {
    LongestLine longest;
    std::size_t served = 0;  // turns begin in the order of arrivals
    for (std::size_t i = 0; i < turns.size(); ++i) {
        while (served <= i && turns[served].begins <= turns[i].arrives) ++served;
        const auto people = static_cast<std::uint32_t>(i + 1 - served);
        if (people > longest.people) longest = {people, turns[i].arrives};
    }
    return longest;
}

}  // namespace hudoor::organiser
