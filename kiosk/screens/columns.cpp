#include "kiosk/screens/columns.hpp"

#include <algorithm>

#include "assets/person_name.hpp"
#include "kiosk/display/name_fit.hpp"

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

namespace {

constexpr double hardly = 1e-6;

FittedText fit_text(Painter& painter, TextOf of, const std::string& text, const TextStyle& style,
                    const TextSpace& space) {
    return of == TextOf::name && !text.empty() ? fit_name(painter, text, style, space)
                                               : painter.fit(text, style, space);
}

std::size_t count_signs(const FittedText& text) {
    std::size_t signs = 0;
    for (const std::string& line : text.lines) signs += line.size();
    return signs;
}

/// Smaller letters, or fewer of them.
bool is_less(const FittedText& text, const FittedText& than) {
    return text.style.cap_mm < than.style.cap_mm - hardly || count_signs(text) < count_signs(than);
}

}  // namespace

FittedPair fit_pair(Painter& painter, const storage::Bilingual& both_texts, double cap_mm,
                    bool bold, const TextSpace& space, double grown, TextOf of) {
    if (grown > 1) {
        const auto larger = fit_pair(painter, both_texts, cap_mm * grown, bold, space, 1, of),
                   usual = fit_pair(painter, both_texts, cap_mm, bold, space, 1, of);
        return is_less(larger.ar, usual.ar) || is_less(larger.en, usual.en) ? usual : larger;
    }
    const auto text = chosen(painter, both_texts);
    const auto both = [&](double cap) {
        return FittedPair{fit_text(painter, of, text.ar, {Language::ar, cap, bold}, space),
                          fit_text(painter, of, text.en, {Language::en, cap, bold}, space)};
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
                  Rgb colour, double pitch) {
    painter.text(pair.en, {columns.left, baseline, Align::right, pitch}, colour);
    painter.text(pair.ar, {columns.right, baseline, Align::left, pitch}, colour);
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

FittedPart fit_part(Painter& painter, TextOf of, const std::string& text, const TextStyle& style,
                    const TextSpace& space, double pitch) {
    FittedPart part{fit_text(painter, of, text, style, space)};
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
    double size = 1;      ///< of what was asked for

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
    FittedStack fitted{fit_part(painter, stack.of, text.ar,
                                {Language::ar, part * stack.ar_cap_mm, true}, space, ar_pitch),
                       {}};
    fitted.size = part;
    // Arabic is never the smaller of the two.
    double en_cap = part * stack.en_cap_mm;
    if (!fitted.ar.empty()) en_cap = std::min(en_cap, fitted.ar.cap());
    fitted.en = fit_part(painter, stack.of, text.en, {Language::en, en_cap, true}, space, en_pitch);
    if (fitted.ar.empty() || fitted.en.empty()) return fitted;
    const std::size_t last = fitted.ar.text.lines.size() - 1;
    const bool two_lines = last > 0 || fitted.en.text.lines.size() > 1;
    const double usual =
        std::max(stack.between * fitted.ar.cap(),
                 two_lines ? fitted.en.cap() + 1.1 * fitted.ar.cap() : stack.least_between_mm);
    fitted.ar_to_en = step_between(painter, fitted.ar.text, last, fitted.en.text, 0, usual);
    return fitted;
}

/// Both shrink until they are no higher than the box.
FittedStack fit_height(Painter& painter, const storage::Bilingual& text, const Stack& stack) {
    double part = 1;
    FittedStack fitted = fit_stack(painter, text, stack, part);
    while (fitted.height_with_marks() > stack.box.h && part > 0.4) {
        part *= stack_step;
        fitted = fit_stack(painter, text, stack, part);
    }
    return fitted;
}

/// Names become shorter before they become smaller than the floor.
FittedStack fit_names(Painter& painter, const storage::Bilingual& text, const Stack& stack) {
    const auto ar = assets::name_forms(text.ar), en = assets::name_forms(text.en);
    const auto form = [](const std::vector<std::string>& forms, std::size_t number) {
        return forms.empty() ? std::string() : forms[std::min(number, forms.size() - 1)];
    };
    const double smallest = stack.floor_mm / std::min(stack.ar_cap_mm, stack.en_cap_mm);
    FittedStack fitted = fit_height(painter, text, stack);
    for (std::size_t i = 1; i < std::max(ar.size(), en.size()); ++i) {
        if (fitted.size >= std::min(smallest, 1.0)) break;
        fitted = fit_height(painter, {form(ar, i), form(en, i)}, stack);
    }
    return fitted;
}

FittedStack fit_into(Painter& painter, const storage::Bilingual& text, const Stack& stack) {
    return stack.of == TextOf::name ? fit_names(painter, text, stack)
                                    : fit_height(painter, text, stack);
}

FittedStack fit_grown(Painter& painter, const storage::Bilingual& text, const Stack& stack) {
    if (stack.grown <= 1) return fit_into(painter, text, stack);
    Stack grown = stack;
    grown.ar_cap_mm *= stack.grown;
    grown.en_cap_mm *= stack.grown;
    auto larger = fit_into(painter, text, grown), usual = fit_into(painter, text, stack);
    const bool less =
        is_less(larger.ar.text, usual.ar.text) || is_less(larger.en.text, usual.en.text);
    return less ? usual : larger;
}

}  // namespace

void draw_stack(Painter& painter, const storage::Bilingual& both, const Stack& stack, Rgb colour) {
    const auto fitted = fit_grown(painter, chosen(painter, both), stack);
    const double top = stack.box.centre().y - fitted.total() / 2, x = painter.spine();
    painter.text(fitted.ar.text, {x, top + fitted.ar.cap(), Align::centre, fitted.ar.pitch},
                 colour);
    painter.text(fitted.en.text,
                 {x, top + fitted.total() - fitted.en.height() + fitted.en.cap(), Align::centre,
                  fitted.en.pitch},
                 colour);
}

}  // namespace hudoor::kiosk
