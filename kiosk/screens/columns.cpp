#include "kiosk/screens/columns.hpp"

#include <algorithm>

namespace hudoor::kiosk {

using assets::FittedText;
using assets::Language;
using assets::TextRoom;
using assets::TextStyle;

FittedPair fit_pair(Painter& painter, const storage::Bilingual& text, double cap_mm, bool bold,
                    const TextRoom& room) {
    const auto both = [&](double cap) {
        return FittedPair{painter.fit(text.ar, {Language::ar, cap, bold}, room),
                          painter.fit(text.en, {Language::en, cap, bold}, room)};
    };
    const FittedPair alone = both(cap_mm);
    const double smaller = std::min(alone.ar.style.cap_mm, alone.en.style.cap_mm);
    return smaller == cap_mm ? alone : both(smaller);
}

void draw_outwards(Painter& painter, const FittedPair& pair, const Columns& columns, double baseline,
                   double pitch, Rgb colour) {
    painter.text(pair.en, {columns.left, baseline, Align::left, pitch}, colour);
    painter.text(pair.ar, {columns.right, baseline, Align::right, pitch}, colour);
}

void draw_inwards(Painter& painter, const FittedPair& pair, const Columns& columns, double baseline,
                  Rgb colour) {
    painter.text(pair.en, {columns.left, baseline, Align::right}, colour);
    painter.text(pair.ar, {columns.right, baseline, Align::left}, colour);
}

void draw_centred(Painter& painter, const FittedPair& pair, const Columns& middles, double baseline,
                  double pitch, Rgb colour) {
    painter.text(pair.en, {middles.left, baseline, Align::centre, pitch}, colour);
    painter.text(pair.ar, {middles.right, baseline, Align::centre, pitch}, colour);
}

namespace {

// In capital heights. Arabic letters hang lower and need their dots' room; two languages need a gap.
constexpr double ar_pitch = 1.85;
constexpr double en_pitch = 1.6;
constexpr double between = 2.0;
constexpr double least_between_mm = 32;

double height(const FittedText& text, double pitch) {
    return text.style.cap_mm * (1 + pitch * static_cast<double>(text.lines.size() - 1));
}

}  // namespace

void draw_stack(Painter& painter, const storage::Bilingual& text, const Stack& stack, Rgb colour) {
    const TextRoom room{stack.width_mm, stack.floor_mm, 1, 2};
    const auto ar = painter.fit(text.ar, {Language::ar, stack.ar_cap_mm, true}, room);
    const auto en = painter.fit(text.en, {Language::en, stack.en_cap_mm, true}, room);
    const bool two_lines = ar.lines.size() > 1 || en.lines.size() > 1;
    const double ar_height = ar.lines.empty() ? 0 : height(ar, ar_pitch);
    const double en_height = en.lines.empty() ? 0 : height(en, en_pitch);
    const double ar_to_en =
        ar.lines.empty() || en.lines.empty()
            ? 0
            : std::max(between * ar.style.cap_mm, two_lines ? 0.0 : least_between_mm) - en.style.cap_mm;
    const double total = ar_height + std::max(0.0, ar_to_en) + en_height;
    const double top = stack.middle_y - total / 2;
    painter.text(ar, {spine, top + ar.style.cap_mm, Align::centre, ar_pitch * ar.style.cap_mm}, colour);
    painter.text(en, {spine, top + total - en_height + en.style.cap_mm, Align::centre,
                      en_pitch * en.style.cap_mm}, colour);
}

}  // namespace hudoor::kiosk
