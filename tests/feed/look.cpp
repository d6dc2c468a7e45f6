#include "tests/feed/look.hpp"

#include <algorithm>
#include <vector>

namespace hudoor::feed {
namespace {

constexpr Rgb white_cloth = 0xECEAE3;
constexpr Rgb black_cloth = 0x1B1B20;

bool is_one_of(const std::string& country, const std::vector<std::string>& countries) {
    return std::find(countries.begin(), countries.end(), country) != countries.end();
}

Rgb draw_skin(const std::string& country, Random& random) {
    static const std::vector<Rgb> fair{0xE3B894, 0xD9AA86, 0xE8C2A2},
        olive{0xC99A76, 0xBC8A66, 0xD2A581}, brown{0xA87450, 0x9A6844, 0xB27F5A},
        dark{0x6B452E, 0x7C5238, 0x5C3A26};
    const auto any = [&](const std::vector<Rgb>& tones) {
        return tones[random.below(tones.size())];
    };
    if (is_one_of(country, {"NG", "KE", "SN", "ZA", "SD", "MR"})) return any(dark);
    if (is_one_of(country, {"IN", "PK", "BD", "LK"})) return any(brown);
    if (is_one_of(country, {"GB", "US", "FR", "DE", "ES", "IT", "BG", "KZ", "JP", "KR", "CN"}))
        return any(fair);
    return any(olive);
}

Dress draw_dress(const std::string& country, bool woman, Random& random) {
    const bool gulf = is_one_of(country, {"AE", "SA", "QA", "KW", "BH", "OM"});
    const bool arab = is_one_of(
        country, {"YE", "EG", "JO", "LB", "SY", "IQ", "PS", "SD", "MA", "TN", "DZ", "LY", "MR"});
    if (woman) {
        if (gulf) return Dress::abaya;
        return arab && random.chance(0.6) ? Dress::headscarf : Dress::blazer;
    }
    if (gulf) return random.chance(0.85) ? Dress::kandura : Dress::suit;
    const bool robes = is_one_of(country, {"NG", "SN", "MR", "PK"});
    return robes && random.chance(0.7) ? Dress::robe : Dress::suit;
}

}  // namespace

Look choose_look(const std::string& country, bool woman, Random& random) {
    static const std::vector<Rgb> suits{0x2B3648, 0x33363B, 0x23283A, 0x4A443C, 0x5A6270};
    static const std::vector<Rgb> coats{0x6B3A4A, 0x2F5D62, 0x3D4A78, 0x7B6A52, 0x444B57};
    static const std::vector<Rgb> bright{0x8C2F39, 0xB08A3E, 0x2D6A74, 0x5B4A8A, 0x3F7A4F};
    const auto any = [&](const std::vector<Rgb>& colours) {
        return colours[random.below(colours.size())];
    };
    Look look;
    look.dress = draw_dress(country, woman, random);
    look.skin = draw_skin(country, random);
    look.hair = any({0x1E1814, 0x2A211B, 0x33261E, 0x45301F, 0x1B1718, 0x6E6A66});
    look.accent = any(bright);
    look.beard = !woman && random.chance(0.45);
    look.glasses = random.chance(0.3);
    look.height_mm = woman ? random.between(1600, 1710) : random.between(1700, 1830);
    switch (look.dress) {
        case Dress::kandura:
            look.cloth = random.chance(0.85) ? white_cloth : 0xD9CFBC;
            look.accent = random.chance(0.75) ? 0xF1EFEA : 0xC9736B;
            look.beard = random.chance(0.8);
            break;
        case Dress::abaya:
            look.cloth = look.accent = black_cloth;
            break;
        case Dress::headscarf:
        case Dress::blazer:
            look.cloth = any(coats);
            break;
        case Dress::suit:
            look.cloth = any(suits);
            break;
        case Dress::robe:
            look.cloth = any({0x5F8AA8, 0xE4DFD2, 0x7A5C86, 0x4F7A5E});
            break;
    }
    return look;
}

Rgb sleeve_of(const Look& look) { return look.cloth; }

}  // namespace hudoor::feed
