/// When a kiosk that never got its key copies its records by itself: nobody can open its panel to
/// do it. Pure: time is an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>

#include "config/clock.hpp"
#include "kiosk/chores/sticks.hpp"

namespace hudoor::kiosk {

class UnsignedCopies {
public:
    /// To every stick at once when it is plugged in, and every 5 min while it stays.
    [[nodiscard]] bool is_due(const std::vector<Stick>& sticks, MonotonicTime now) {
        std::set<std::filesystem::path> there;
        for (const Stick& stick : sticks) there.insert(stick.folder);
        const bool is_new = !std::ranges::includes(plugged_in_, there);
        plugged_in_ = std::move(there);
        if (plugged_in_.empty() || (!is_new && copied_ && now - *copied_ < every)) return false;
        copied_ = now;
        return true;
    }

private:
    static constexpr std::chrono::minutes every{5};

    std::set<std::filesystem::path> plugged_in_;
    std::optional<MonotonicTime> copied_;
};

}  // namespace hudoor::kiosk
