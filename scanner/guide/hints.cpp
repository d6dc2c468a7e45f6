#include "scanner/guide/hints.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto certain_after = 400ms;
constexpr auto most_evidence = 600ms;
constexpr auto forgotten_below = 100ms;
constexpr auto longest_gap = 300ms;  // eight frames are 267 ms, where nothing moves
constexpr auto again_after = 400ms;
constexpr auto quiet_after_read = 1s;

}  // namespace

std::string_view name_of(HintKind kind) {
    constexpr std::array<std::string_view, hint_kinds> names{
        "one_badge", "other_code", "closer",  "farther", "still",
        "glare",     "turn",       "covered", "bent",    "show_again"};
    return names[static_cast<std::size_t>(kind)];
}

std::optional<Hint> HintMaker::judge(const std::optional<Advice>& advice, MonotonicTime at) {
    const std::chrono::nanoseconds gap = before_ ? at - *before_ : 0ns;
    before_ = at;
    if (read_ && at - *read_ < quiet_after_read) return std::nullopt;
    for (std::size_t kind = 0; kind < evidence_.size(); ++kind) {
        auto& evidence = evidence_[kind];
        const bool seen = advice && static_cast<std::size_t>(*advice) == kind;
        const auto weight = std::clamp<std::chrono::nanoseconds>(gap, 0ns, longest_gap);
        // Advice that is missed now and then counts less than one that is seen.
        evidence = std::clamp<std::chrono::nanoseconds>(
            seen ? evidence + weight : evidence - weight * 3 / 4, 0ns, most_evidence);
    }
    if (said_ && evidence_[static_cast<std::size_t>(*said_)] < forgotten_below) said_.reset();
    return advice ? say(*advice, at) : std::nullopt;
}

std::optional<Hint> HintMaker::say(Advice advice, MonotonicTime at) {
    if (evidence_[static_cast<std::size_t>(advice)] < certain_after) return std::nullopt;
    const bool goes_on = said_ == advice;
    if (goes_on && at - said_at_ < again_after) return std::nullopt;
    said_ = advice;
    said_at_ = at;
    return Hint{advice, at, goes_on};
}

void HintMaker::note_read(MonotonicTime at) {
    read_ = at;
    before_ = at;
    said_.reset();
    evidence_.fill(0ns);
}

}  // namespace hudoor::scanner
