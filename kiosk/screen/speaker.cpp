#include "kiosk/screen/speaker.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hudoor::kiosk {

using namespace std::chrono_literals;

namespace {

constexpr auto invites_again = 20s;
constexpr auto between_tones = 350ms;

}  // namespace

Call Speaker::answer(const Answer& answer, Cue cue, const View& view) {
    last_ = spoken_answer(answer);
    of_answer_ = true;
    only_ = view.appearance.only;
    said_ = {};
    return {.cue = cue, .only = only_, .words = private_ ? last_ : spoken_verdict(answer)};
}

std::optional<Call> Speaker::look(const View& view, MonotonicTime now) {
    only_ = view.appearance.only;
    // Nobody hears what was said to the one before.
    if (!std::holds_alternative<VerdictScreen>(view.screen) && std::exchange(of_answer_, false))
        last_.clear();
    if (!private_) return std::nullopt;
    if (const auto* idle = std::get_if<IdleScreen>(&view.screen)) {
        auto call = look_at_idle(*idle, now);
        return call ? call : aim(view, now);
    }
    const auto* out = std::get_if<OutOfServiceScreen>(&view.screen);
    const bool is_out = out != nullptr;
    const auto before =
        std::exchange(said_, {.out_of_service = is_out, .hint = {}, .waits = false});
    if (before.out_of_service == is_out || !is_out) return std::nullopt;
    return say(spoken_out_of_service(*out), view);
}

/// Whoever comes is invited once in a while, and hears at once what holds the badge up.
std::optional<Call> Speaker::look_at_idle(const IdleScreen& idle, MonotonicTime now) {
    const Said now_says{.out_of_service = false, .hint = idle.hint, .waits = idle.waits};
    const bool is_new = std::exchange(said_, now_says) != now_says;
    if (idle.hint || idle.waits) {
        if (!is_new) return std::nullopt;
        last_ = spoken_idle(idle);
        return Call{.cue = {}, .only = only_, .words = last_};
    }
    if (idle.at_rest || (invited_ && now - *invited_ < invites_again)) return std::nullopt;
    invited_ = now;
    last_ = spoken_idle(idle);
    return Call{.cue = {}, .only = only_, .words = last_};
}

std::optional<Call> Speaker::aim(const View& view, MonotonicTime now) {
    if (!view.preview || view.preview->covered.empty() || (aimed_ && now - *aimed_ < between_tones))
        return std::nullopt;
    aimed_ = now;
    return Call{.cue = Cue::aim, .only = only_, .words = {}, .rightness = rightness(*view.preview)};
}

Call Speaker::say(SpokenPieces pieces, const View& view) {
    last_ = std::move(pieces);
    only_ = view.appearance.only;
    return {.cue = {}, .only = only_, .words = last_};
}

std::optional<Call> Speaker::again() const {
    if (last_.empty()) return std::nullopt;
    return Call{.cue = {}, .only = only_, .words = last_};
}

double rightness(const scanner::Preview& preview) {
    constexpr double wanted = 0.5;  // of the picture's height, as covered at 20 to 40 cm
    if (preview.width_px <= 0 || preview.height_px <= 0) return 0;
    double best = 0;
    for (const scanner::PictureBox& code : preview.covered) {
        const double side = double{code.h} / preview.height_px / wanted;
        const double size = std::clamp(std::min(side, 2.5 - side), 0.0, 1.0);
        const double away = std::hypot((code.x + code.w / 2.0) / preview.width_px - 0.5,
                                       (code.y + code.h / 2.0) / preview.height_px - 0.5);
        best = std::max(best, size * std::clamp(1.2 - 1.6 * away, 0.0, 1.0));
    }
    return best;
}

}  // namespace hudoor::kiosk
