/// Sets text in Arabic and Latin letters (Pango) and gives it back as pictures or outlines. Sizes
/// are capital heights in millimetres; what does not fit shrinks, wraps or ends in an ellipsis by
/// visual.md's rules.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assets/catalogue.hpp"

using cairo_t = struct _cairo;  // NOLINT(bugprone-reserved-identifier): cairo.h's own name

namespace hudoor::assets {

/// The language decides the direction and the font; letters and digits of the other script come
/// from the other font in the size that matches.
struct TextStyle {
    Language language = Language::en;
    double cap_mm = 0;  ///< height of a Latin capital; Arabic is made optically equal to it
    bool bold = false;

    auto operator<=>(const TextStyle&) const = default;
};

/// Where the ink of one line lies, mm; the origin is the left end of its baseline, y grows down.
struct LineSize {
    double advance = 0;
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    [[nodiscard]] double width() const { return right - left; }
};

/// The ink of one line, 0 to 255; `left_px`, `top_px` from the origin of the baseline.
struct LineBitmap {
    int width_px = 0;
    int height_px = 0;
    int left_px = 0;
    int top_px = 0;
    std::vector<std::uint8_t> alpha;
};

/// The space a text has. It is set in `lines` lines (fewer if it has fewer words), cut where the
/// longest line is shortest; while that is too wide it shrinks to what fits, or to the floor; there
/// it may take up to `lines_at_floor` lines, and then ends at a word with an ellipsis.
struct TextSpace {
    double width_mm = 0;
    double floor_mm = 0;
    int lines = 1;
    int lines_at_floor = 1;
    bool whole = false;  ///< what does not fit is not shortened word by word, but none of it fits

    auto operator<=>(const TextSpace&) const = default;
};

struct FittedText {
    TextStyle style;
    std::vector<std::string> lines;
    bool shortened = false;  ///< not all of the text is there
};

/// A part of a line's width, mm from its left end.
struct Span {
    double left = 0;
    double right = 0;
};

/// One thread at a time; every object has a font map of its own.
class TextLayout {
public:
    /// `more_fonts`: families for signs the Noto fonts of the screens do not have, in order. What
    /// none of them has comes from any installed font.
    explicit TextLayout(const std::vector<std::string>& more_fonts = {});
    ~TextLayout();

    [[nodiscard]] LineSize measure(std::string_view line, const TextStyle& style) const;
    [[nodiscard]] LineBitmap draw(std::string_view line, const TextStyle& style,
                                  double px_per_mm) const;
    /// Draws the line as outlines with the left end of its baseline at x, y; the unit of `cairo` is
    /// the millimetre.
    void show(cairo_t* cairo, double x, double y, std::string_view line,
              const TextStyle& style) const;
    [[nodiscard]] FittedText fit(std::string_view text, const TextStyle& style,
                                 const TextSpace& space) const;

    /// Where the caret before the byte `at` stands (`at` the line's size: behind the last letter),
    /// mm from the left end. Between text of two directions: where the next letter of the line's
    /// own direction would begin.
    [[nodiscard]] double caret_x(std::string_view line, const TextStyle& style,
                                 std::size_t at) const;
    /// The byte before which a caret stands that was put at `x` mm from the left end.
    [[nodiscard]] std::size_t caret_at(std::string_view line, const TextStyle& style,
                                       double x) const;
    /// The byte of the caret's next place to the right as it is seen (`by` 1) or to the left (-1);
    /// the same at the end of the line.
    [[nodiscard]] std::size_t caret_beside(std::string_view line, const TextStyle& style,
                                           std::size_t at, int by) const;
    /// Where the bytes from `begin` to before `end` are seen, left to right; several parts where
    /// the direction changes between them.
    [[nodiscard]] std::vector<Span> spans(std::string_view line, const TextStyle& style,
                                          std::size_t begin, std::size_t end) const;

    /// One sentence for each font that is not installed and each word with a sign no font has;
    /// empty when every word of the catalogue can be shown.
    [[nodiscard]] std::vector<std::string> fonts_missing(const Catalogue& catalogue) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// How many words a line break could part.
[[nodiscard]] int count_words(std::string_view text);

}  // namespace hudoor::assets
