/// How somebody looks and what they wear.
#pragma once

#include <cstdint>
#include <string>

#include "tests/feed/random.hpp"

namespace hudoor::feed {

using Rgb = std::uint32_t;

enum class Dress { kandura, abaya, headscarf, suit, blazer, robe };

struct Look {
    Dress dress{};
    Rgb skin = 0xC99A76;
    Rgb hair = 0x2A211B;
    Rgb cloth = 0x2B3648;
    Rgb accent = 0x7A2E2E;  ///< tie, scarf or trimmings
    bool beard = false;
    bool glasses = false;
    double height_mm = 1750;
};

/// As people of this country (ISO 3166 alpha-2) may come to a summit.
[[nodiscard]] Look choose_look(const std::string& country, bool woman, Random& random);
/// Of the arm that holds a badge towards the camera.
[[nodiscard]] Rgb sleeve_of(const Look& look);

}  // namespace hudoor::feed
