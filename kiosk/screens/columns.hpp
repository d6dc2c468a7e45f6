/// The two columns of a delegate screen: English left of the spine, Arabic right of it, on the same
/// baselines and equally large.
#pragma once

#include "kiosk/display/painter.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::kiosk {

struct FittedPair {
    assets::FittedText ar;
    assets::FittedText en;

    [[nodiscard]] double cap_mm() const { return std::max(ar.style.cap_mm, en.style.cap_mm); }
    [[nodiscard]] std::size_t lines() const { return std::max(ar.lines.size(), en.lines.size()); }
};

/// One language alone, if that is what was chosen and there is something in it.
[[nodiscard]] storage::Bilingual chosen(const Painter& painter, const storage::Bilingual& text);

/// What a text is: of a person's name the family name never goes.
enum class TextOf { words, name };

/// Both texts in the same space and at the same capital height; the chosen one alone. `grown` times
/// as large where there is room, and never smaller than it would be without.
[[nodiscard]] FittedPair fit_pair(Painter& painter, const storage::Bilingual& text, double cap_mm,
                                  bool bold, const assets::TextSpace& space, double grown = 1,
                                  TextOf of = TextOf::words);

/// English from `left` on, Arabic up to `right`.
struct Columns {
    double left = 0;
    double right = 0;
};
void draw_outwards(Painter& painter, const FittedPair& pair, const Columns& columns,
                   double baseline, double pitch, Rgb colour);
/// English up to `left`, Arabic from `right` on: towards what stands between them.
void draw_inwards(Painter& painter, const FittedPair& pair, const Columns& columns, double baseline,
                  Rgb colour, double pitch = 0);
/// Each centred on its own column's middle.
void draw_centred(Painter& painter, const FittedPair& pair, const Columns& middles, double baseline,
                  double pitch, Rgb colour);

/// Arabic above English, centred on the spine, in the middle of `box`; both shrink until they fit
/// into it. What one language lacks is left out.
struct Stack {
    double ar_cap_mm = 0;
    double en_cap_mm = 0;
    double floor_mm = 0;
    Box box;
    double between = 2;  ///< from the last Arabic baseline to the first English one, in capitals
    double least_between_mm = 32;
    int lines = 1;     ///< of each language, where it need not shrink for it
    double grown = 1;  ///< times as large where there is room, and never smaller than without
    TextOf of = TextOf::words;
};
void draw_stack(Painter& painter, const storage::Bilingual& text, const Stack& stack, Rgb colour);

}  // namespace hudoor::kiosk
