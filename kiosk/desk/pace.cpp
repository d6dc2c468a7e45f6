#include "kiosk/desk/pace.hpp"

#include <algorithm>
#include <utility>

namespace hudoor::kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto looks_back = 10s;
constexpr std::size_t many = 8;  // in that time: a flood of codes, or more people than one door has
constexpr std::size_t most_remembered = 512;
constexpr auto shown_within = 3s;    // a screen that does not say so blocks no door
constexpr auto between_misses = 1s;  // of codes that could be guessed

}  // namespace

Pace::Next Pace::judge(const Coming& coming, const std::function<bool()>& is_proved,
                       MonotonicTime now) {
    forget_before(now - looks_back);
    if (now - answered_ > shown_within) waiting_ = 0;
    if (coming.imported && missed_ && now - *missed_ < between_misses) {
        note_doubtful(coming.text, now);
        return Next::again;
    }
    if (is_proved()) {
        std::erase_if(doubtful_, [&](const Doubtful& code) { return code.text == coming.text; });
        return judge_proved(coming.source, now);
    }
    if (coming.imported) missed_ = now;
    return judge_doubtful(coming.text, now);
}

/// It is never waited for: whoever holds it up is told, or the next one is.
Pace::Next Pace::judge_doubtful(std::string_view text, MonotonicTime now) {
    Doubtful& code = note_doubtful(text, now);
    if (flooded_) return Next::left_out;
    if (is_busy(now)) return Next::again;
    code.decided = true;
    return Next::decide;
}

/// One answer may wait for the one before it; where more come than people do, none.
Pace::Next Pace::judge_proved(scanner::ScanSource source, MonotonicTime now) {
    const bool in_order = decided_.size() < many && !flooded_;
    if (!in_order && is_busy(now)) return Next::again;
    if (waiting_ > 0) return source == scanner::ScanSource::hand_scanner ? Next::wait : Next::again;
    decided_.push_back(now);
    return Next::decide;
}

Pace::Doubtful& Pace::note_doubtful(std::string_view text, MonotonicTime now) {
    const auto known = std::ranges::find(doubtful_, text, &Doubtful::text);
    if (known != doubtful_.end()) return *known;
    if (doubtful_.size() == most_remembered) doubtful_.pop_front();
    doubtful_.push_back({std::string(text), now});
    if (flooded_) {
        ++left_out_;
    } else if (doubtful_.size() >= many) {
        flooded_ = true;
        left_out_ +=
            static_cast<std::uint32_t>(std::ranges::count(doubtful_, false, &Doubtful::decided));
    }
    return doubtful_.back();
}

void Pace::forget_before(MonotonicTime at) {
    std::erase_if(doubtful_, [at](const Doubtful& code) { return code.first < at; });
    std::erase_if(decided_, [at](MonotonicTime decided) { return decided < at; });
    if (doubtful_.size() < many) flooded_ = false;
}

void Pace::note_shown(MonotonicTime free_at) {
    waiting_ = std::max(waiting_ - 1, 0);
    free_at_ = free_at;
}

std::optional<Pace::Flood> Pace::take_flood(MonotonicTime now) {
    forget_before(now - looks_back);
    if (left_out_ == 0) return std::nullopt;
    if (flooded_ && told_ && now - *told_ < flood_told_every) return std::nullopt;
    told_ = now;
    return Flood{std::exchange(left_out_, 0), flooded_};
}

}  // namespace hudoor::kiosk
