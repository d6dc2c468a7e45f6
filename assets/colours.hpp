/// Every colour on the screens and badges as 0xRRGGBB: the tokens of visual.md section 2 by name,
/// and the palettes of both themes by what a colour is used for.
#pragma once

#include <cstdint>

namespace hudoor::assets::colours {

using Rgb = std::uint32_t;

inline constexpr Rgb white = 0xffffff;
inline constexpr Rgb black = 0x000000;
inline constexpr Rgb paper = 0xf7f5f0;
inline constexpr Rgb ink = 0x152238;
inline constexpr Rgb surface = 0xffffff;
inline constexpr Rgb line = 0xd6d0c3;
inline constexpr Rgb edge = 0x6b7280;
inline constexpr Rgb ink2 = 0x465066;
inline constexpr Rgb sunk = 0xede9e0;
inline constexpr Rgb deep = 0x1d3461;
inline constexpr Rgb sand = 0xc8a56a;
inline constexpr Rgb sandl = 0xefe6d3;
inline constexpr Rgb ok = 0x00796b;
inline constexpr Rgb okd = 0x005b51;
inline constexpr Rgb warn = 0xffc20e;
inline constexpr Rgb warnd = 0xe3a900;
inline constexpr Rgb no = 0x8e1b16;
inline constexpr Rgb nod = 0x6b120e;
inline constexpr Rgb out_of_service = 0xe6e5e1;
inline constexpr Rgb dark_text_ok =
    0x5cb85c;  ///< the teal's place where light text on dark is not allowed
inline constexpr Rgb dark_text_okd = 0x4aa34a;
inline constexpr Rgb deep_raised = 0x2c4678;
inline constexpr Rgb match = 0xf4e3bd;  ///< sand, so light that ink stands on it
inline constexpr Rgb warn_tint = 0xfff1c4;
inline constexpr Rgb warn_edge = 0x8a6a00;
inline constexpr Rgb no_tint = 0xf4dcda;
inline constexpr Rgb signal = 0xffe600;  ///< the one colour of high contrast

/// The colours of a theme, but for the full field of a verdict (verdict_look.hpp).
struct Palette {
    Rgb paper;  ///< ground
    Rgb ink;
    Rgb ink2;     ///< second lines
    Rgb surface;  ///< cards and buttons
    Rgb line;     ///< around cards
    Rgb edge;     ///< around controls
    Rgb sunk;     ///< keys, an empty picture
    Rgb deep;     ///< a solid tile
    Rgb on_deep;
    Rgb brand;  ///< the star, and its tick
    Rgb on_brand;
    Rgb tile;  ///< the pictogram's ground
    Rgb on_tile;
    Rgb warn;  ///< hints and bands
    Rgb on_warn;
    Rgb wrong;   ///< words of a failure
    Rgb hatch;   ///< ground of the out-of-service screen
    Rgb raised;  ///< a button on a solid bar
    Rgb on_raised;
    Rgb good;       ///< the icon of what is as it should be
    Rgb mark;       ///< behind letters that were searched for, or under them
    Rgb latest;     ///< the bar of this minute
    Rgb warn_tint;  ///< grounds of tiles by what they report
    Rgb warn_edge;
    Rgb wrong_tint;
    double card_line_mm;
    double control_line_mm;
    bool high_contrast;
};

inline constexpr Palette light{paper, ink,       ink2,           surface,     line,  edge, sunk,
                               deep,  white,     deep,           paper,       sandl, deep, warn,
                               black, no,        out_of_service, deep_raised, white, ok,   match,
                               sand,  warn_tint, warn_edge,      no_tint,     0.5,   0.6,  false};
inline constexpr Palette high_contrast{black,  white, white,  black, white,  white, black,
                                       signal, black, signal, black, signal, black, signal,
                                       black,  white, black,  black, white,  white, signal,
                                       white,  black, white,  black, 1,      1,     true};

}  // namespace hudoor::assets::colours
