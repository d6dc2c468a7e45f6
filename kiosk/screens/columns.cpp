#include "kiosk/screens/columns.hpp"

#include <algorithm>

namespace hudoor::kiosk {

using assets::FittedText;
using assets::Language;
using assets::TextSpace;
using assets::TextStyle;

storage::Bilingual chosen(const Painter& painter, const storage::Bilingual& text) {
    const auto only = painter.appearance().only;
    if (!only || text.ar.empty() || text.en.empty()) return text;
    return *only == Language::ar ? storage::Bilingual{text.ar, {}}
                                 : storage::Bilingual{{}, text.en};
}

FittedPair fit_pair(Painter& painter, const storage::Bilingual& both_texts, double cap_mm,
                    bool bold, const TextSpace& space) {
    const auto text = chosen(painter, both_texts);
    const auto both = [&](double cap) {
        return FittedPair{painter.fit(text.ar, {Language::ar, cap, bold}, space),
                          painter.fit(text.en, {Language::en, cap, bold}, space)};
    };
    const FittedPair alone = both(cap_mm);
    const double smaller = std::min(alone.ar.style.cap_mm, alone.en.style.cap_mm);
    return smaller == cap_mm ? alone : both(smaller);
}

void draw_outwards(Painter& painter, const FittedPair& pair, const Columns& columns,
                   double baseline, double pitch, Rgb colour) {
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

// In capital heights. Arabic letters hang lower and have dots under them; two languages need a
// gap.
constexpr double ar_pitch = 2.05;
constexpr double en_pitch = 1.6;
constexpr double rises = 0.25;     // what marks stand over an Arabic capital, in its height
constexpr double hangs = 0.6;      // what letters hang below the last baseline
constexpr double may_reach = 0.2;  // into each other, between letters
constexpr double stack_step = 0.95;

/// From one line to the next: the usual, or more where what hangs from the one would meet what
/// stands on the other, as in names that mix scripts.
double step_between(Painter& painter, const FittedText& above, std::size_t line,
                    const FittedText& below, std::size_t next, double usual) {
    const double descent = painter.measure(above.lines[line], above.style).bottom;
    const double ascent = -painter.measure(below.lines[next], below.style).top;
    return std::max(
        usual, descent + ascent - may_reach * std::min(above.style.cap_mm, below.style.cap_mm));
}

/// One language of a stack.
struct FittedPart {
    FittedText text;
    double pitch = 0;

    [[nodiscard]] bool empty() const { return text.lines.empty(); }
    [[nodiscard]] double cap() const { return text.style.cap_mm; }
    /// From the top of the first capitals to the last baseline.
    [[nodiscard]] double height() const {
        return empty() ? 0 : cap() + pitch * static_cast<double>(text.lines.size() - 1);
    }
};

FittedPart fit_part(Painter& painter, std::string_view text, const TextStyle& style,
                    const TextSpace& space, double pitch) {
    FittedPart part{painter.fit(text, style, space)};
    part.pitch = pitch * part.cap();
    for (std::size_t i = 0; i + 1 < part.text.lines.size(); ++i)
        part.pitch = step_between(painter, part.text, i, part.text, i + 1, part.pitch);
    return part;
}

/// Both texts of a stack, and what they take.
struct FittedStack {
    FittedPart ar;
    FittedPart en;
    double ar_to_en = 0;  ///< from the last Arabic baseline to the first English one

    [[nodiscard]] double total() const {
        if (ar.empty() || en.empty()) return ar.height() + en.height();
        return ar.height() + ar_to_en + en.height() - en.cap();
    }
    /// With what stands over the first line and hangs below the last one.
    [[nodiscard]] double height_with_marks() const {
        return total() + (ar.empty() ? 0 : rises * ar.cap()) +
               (en.empty() ? hangs * ar.cap() : 0.3 * en.cap());
    }
};

FittedStack fit_stack(Painter& painter, const storage::Bilingual& text, const Stack& stack,
                      double part) {
    const double floor =
        std::min(stack.floor_mm, part * std::min(stack.ar_cap_mm, stack.en_cap_mm));
    const TextSpace space{stack.box.w, floor, stack.lines, 2};
    FittedStack fitted{
        fit_part(painter, text.ar, {Language::ar, part * stack.ar_cap_mm, true}, space, ar_pitch),
        {}};
    // Arabic is never the smaller of the two.
    double en_cap = part * stack.en_cap_mm;
    if (!fitted.ar.empty()) en_cap = std::min(en_cap, fitted.ar.cap());
    fitted.en = fit_part(painter, text.en, {Language::en, en_cap, true}, space, en_pitch);
    if (fitted.ar.empty() || fitted.en.empty()) return fitted;
    const std::size_t last = fitted.ar.text.lines.size() - 1;
    const bool two_lines = last > 0 || fitted.en.text.lines.size() > 1;
    const double usual =
        std::max(stack.between * fitted.ar.cap(),
                 two_lines ? fitted.en.cap() + 1.1 * fitted.ar.cap() : stack.least_between_mm);
    fitted.ar_to_en = step_between(painter, fitted.ar.text, last, fitted.en.text, 0, usual);
    return fitted;
}

}  // namespace

void draw_stack(Painter& painter, const storage::Bilingual& both, const Stack& stack, Rgb colour) {
    const auto text = chosen(painter, both);
    double part = 1;
    FittedStack fitted = fit_stack(painter, text, stack, part);
    while (fitted.height_with_marks() > stack.box.h && part > 0.4) {
        part *= stack_step;
        fitted = fit_stack(painter, text, stack, part);
    }
    const double top = stack.box.centre().y - fitted.total() / 2, x = painter.spine();
    const auto& [ar, en, ar_to_en] = fitted;
    painter.text(ar.text, {x, top + ar.cap(), Align::centre, ar.pitch}, colour);
    painter.text(en.text,
                 {x, top + fitted.total() - en.height() + en.cap(), Align::centre, en.pitch},
                 colour);
}

}  // namespace hudoor::kiosk
