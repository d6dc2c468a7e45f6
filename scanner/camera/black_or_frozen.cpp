#include "scanner/camera/black_or_frozen.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto certain_after = 1'500ms;
constexpr float darkest_seen = 24;  // video black is 16; a hall at night still has lamps

bool lasts(bool is_so, std::optional<MonotonicTime>& since, MonotonicTime at) {
    if (!is_so)
        since.reset();
    else if (!since)
        since = at;
    return since && at - *since >= certain_after;
}

}  // namespace

BlackOrFrozen BlackOrFrozenCheck::judge(const std::vector<float>& means, MonotonicTime at) {
    const bool same = means == before_;
    const bool dark = std::ranges::all_of(means, [](float mean) { return mean <= darkest_seen; });
    before_ = means;
    const bool is_black = lasts(dark, black_since_, at);
    const bool is_frozen = lasts(same, frozen_since_, at);
    return is_black    ? BlackOrFrozen::black
           : is_frozen ? BlackOrFrozen::frozen
                       : BlackOrFrozen::neither;
}

}  // namespace hudoor::scanner
