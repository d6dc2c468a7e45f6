#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {

/// On the ground of the idle screen, with a small tick: it is no news.
Intent draw_seen_again(Painter& painter, const View& view, const VerdictScreen& verdict) {
    const auto& colours = painter.colours();
    const Answer& answer = verdict.answer;
    const bool narrow = painter.portrait(), left = answer.direction == storage::Direction::exit;
    const double side = narrow ? 56 : 44, top = narrow ? 110 : 52;
    painter.icon(assets::IconName::tick, {painter.spine() - side / 2, top, side, side},
                 colours.ink2, colours.paper);
    const auto time =
        assets::time_with_seconds(answer.welcomed_at.value_or(std::chrono::seconds(0)));
    const double under = top + side + 10, size = std::min(painter.text_scale(), 1.3);
    draw_stack(painter, painter.words(left ? "held.left_at" : "held.at", {{"time", time}}),
               {15.4 * size,
                14.4 * size,
                9.5,
                {12, under, painter.width() - 24, painter.height() - under - (narrow ? 150 : 40)},
                2,
                30,
                2},
               colours.ink);
    draw_band(painter, view, colours.warn);
    return Intent::none;
}

}  // namespace hudoor::kiosk
