#include "kiosk/enrolment.hpp"
#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/pad.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::Language;
using storage::Bilingual;

constexpr Columns columns{20, 456};
constexpr double width = 150, middle_y = 134, title_pitch = 20, to_second = 17, second_pitch = 13;

/// Words on either side of the card: a title, and what is to be added to it.
void draw_words(Painter& painter, const Bilingual& title, const Bilingual& second, Rgb title_colour, Rgb second_colour) {
    const auto large = fit_pair(painter, title, 11.6, true, {width, 9, 4, 4});
    const auto small = fit_pair(painter, second, 7.6, false, {width, 6.2, 3, 3});
    const double to_last = title_pitch * static_cast<double>(large.lines() - 1);
    const double rest = small.lines() > 0 ? to_second + second_pitch * static_cast<double>(small.lines() - 1) : 0;
    const double first = middle_y - (large.cap_mm() + to_last + rest) / 2 + large.cap_mm();
    draw_outwards(painter, large, columns, first, title_pitch, title_colour);
    draw_outwards(painter, small, columns, first + to_last + to_second, second_pitch, second_colour);
}

Bilingual retry_in(const Painter& painter, std::chrono::seconds pause) {
    const auto count = static_cast<std::uint32_t>(pause.count());
    return {painter.catalogue().count("n.retry", count, Language::ar),
            painter.catalogue().count("n.retry", count, Language::en)};
}

}  // namespace

Intent draw_passphrase(Painter& painter, const View& view, const PassphraseScreen& screen) {
    if (screen.paused_for)
        draw_words(painter, painter.words("pin.tries"), retry_in(painter, *screen.paused_for), colours::no, colours::ink);
    else
        draw_words(painter, painter.words("start.pass"), screen.wrong ? painter.words("pin.wrong") : Bilingual{},
                   colours::ink, colours::no);
    const Intent intent = draw_pad(painter, {.places = start_digits,
                                             .filled = screen.filled,
                                             .keys_off = screen.checking || screen.paused_for,
                                             .paused_for = screen.paused_for});
    draw_band(painter, view, colours::warn);
    return intent;
}

}  // namespace hudoor::kiosk
