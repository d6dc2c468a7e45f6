#include "storage/journal/start_count.hpp"

#include <algorithm>

namespace hudoor::storage {

namespace {

/// A start and its end whose counting failed are as much as a head can be ahead.
constexpr std::uint64_t most_ahead = 2;

}  // namespace

std::uint64_t StartCount::carried_now() const {
    return counter_.now ? *counter_.now + 1 + ends_ : 0;
}

std::uint64_t StartCount::carried() const {
    const std::lock_guard lock(mutex_);
    return carried_now();
}

void StartCount::found(std::uint64_t in_head) {
    const std::lock_guard lock(mutex_);
    newest_found_ = std::max(newest_found_, in_head);
}

void StartCount::written() {
    const std::lock_guard lock(mutex_);
    if (!counter_.now || raised_) return;
    raised_ = true;
    counter_.raise();
}

void StartCount::end() {
    const std::lock_guard lock(mutex_);
    if (!raised_) return;  // no head carries the start yet: it stands for both
    ++ends_;
    raised_ = false;
}

std::optional<std::string> StartCount::take_trouble() {
    const std::lock_guard lock(mutex_);
    if (told_ || newest_found_ == 0) return std::nullopt;
    const auto& before = counter_.before;
    if (before && newest_found_ >= *before && newest_found_ - *before <= most_ahead)
        return std::nullopt;
    told_ = true;
    if (!before || newest_found_ > *before)
        return "What counted this kiosk's starts is not there any more or another one, so an older "
               "copy of the records may have been put back.";
    return "An older copy of the records was put back: starts and ends are counted to " +
           std::to_string(*before) + ", and it is of " + std::to_string(newest_found_) + ".";
}

}  // namespace hudoor::storage
