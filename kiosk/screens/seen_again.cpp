#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/mark_row.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

/// When it was, unless no time of day is right.
storage::Bilingual words_of(const Painter& painter, const View& view, const Answer& answer) {
    const bool left = answer.direction == storage::Direction::exit;
    if (!view.clock_set || !answer.welcomed_at)
        return painter.words(left ? "exit.word" : "held.welcomed");
    return painter.words(left ? "held.left_at" : "held.at",
                         {{"time", assets::time_with_seconds(*answer.welcomed_at)}});
}

}  // namespace

/// On the ground of the idle screen, with a small tick: it is no news.
Intent draw_seen_again(Painter& painter, const View& view, const VerdictScreen& verdict) {
    const auto& colours = painter.colours();
    const bool narrow = painter.portrait();
    const double side = narrow ? 56 : 44, top = narrow ? 110 : 52;
    painter.icon(assets::IconName::tick, {painter.spine() - side / 2, top, side, side},
                 colours.ink2, colours.paper);
    const double under = top + side + 10, size = std::min(painter.text_scale(), 1.3);
    draw_stack(painter, words_of(painter, view, verdict.answer),
               {15.4 * size,
                14.4 * size,
                9.5,
                {12, under, painter.width() - 24, painter.height() - under - (narrow ? 150 : 40)},
                2,
                30,
                narrow && view.clock_set ? 2 : 1},
               colours.ink);
    draw_band(painter, view, colours.warn);
    draw_small_marks(painter, view.marks);
    return Intent::none;
}

}  // namespace hudoor::kiosk
