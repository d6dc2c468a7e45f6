#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/pad.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

using storage::Bilingual;

/// What stands on either side of the card, or above it.
struct SideWords {
    Bilingual title;
    int title_lines = 1;
    Bilingual second;  ///< its place is kept where there is none, so that the title never moves
    Rgb title_colour = 0;
    Rgb second_colour = 0;
};

void draw_words(Painter& painter, const SideWords& words) {
    if (painter.portrait()) {
        draw_stack(painter, words.title, {13, 12, 8, {16, 30, painter.width() - 32, 130}, 2, 24},
                   words.title_colour);
        return draw_stack(painter, words.second,
                          {8, 7.6, 6.2, {16, 162, painter.width() - 32, 44}, 2, 17},
                          words.second_colour);
    }
    constexpr Columns columns{20, 456};
    constexpr double width = 150, middle_y = 134, title_pitch = 20, to_second = 19;
    const auto title = fit_pair(painter, words.title, 11.6, true, {width, 9, words.title_lines, 4});
    const auto second = fit_pair(painter, words.second, 7.6, false, {width, 6.2, 1, 1});
    const double to_last = title_pitch * static_cast<double>(title.lines() - 1);
    const double first = middle_y - (to_last + to_second - title.cap_mm()) / 2;
    draw_outwards(painter, title, columns, first, title_pitch, words.title_colour);
    draw_outwards(painter, second, columns, first + to_last + to_second, 0, words.second_colour);
}

}  // namespace

Intent draw_passphrase(Painter& painter, const View& view, const PassphraseScreen& screen) {
    const auto& colours = painter.colours();
    if (screen.paused_for)
        draw_words(painter, {painter.words("pin.tries"), 2,
                             painter.count("n.retry",
                                           static_cast<std::uint32_t>(screen.paused_for->count())),
                             colours.wrong, colours.ink});
    else
        draw_words(painter, {painter.words("start.pass"), 4,
                             screen.wrong ? painter.words("start.wrong") : Bilingual{}, colours.ink,
                             colours.wrong});
    const Intent intent = draw_pad(painter, {.digits = start_digits,
                                             .filled = screen.filled,
                                             .keys_off = screen.checking || screen.paused_for,
                                             .paused_for = screen.paused_for});
    draw_band(painter, view, colours.warn);
    return intent;
}

}  // namespace hudoor::kiosk
