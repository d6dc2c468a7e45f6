/// The colour tokens of visual.md section 2, light theme, as 0xRRGGBB.
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

}  // namespace hudoor::assets::colours
