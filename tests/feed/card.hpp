/// The drawing of a badge or a phone screen in a hand, as it lies flat before it is photographed.
#pragma once

#include "tests/feed/path.hpp"
#include "tests/feed/picture.hpp"

namespace hudoor::feed {

struct Card {
    TexturePair textures;
    Projection texture_to_card;  ///< texels to millimetres
    Size texels;
    bool glows = false;  ///< a screen: the light of the hall does not matter
};

enum class Face { front, back };
/// Draws with Pango: on one thread at a time.
[[nodiscard]] Card draw_card(const Appearance& appearance, std::size_t code, Face face,
                             const storage::Bilingual& event_name);

}  // namespace hudoor::feed
