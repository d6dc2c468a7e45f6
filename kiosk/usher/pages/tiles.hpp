/// Eight large buttons with a sign and words of both languages: reasons of an override, a
/// supervisor's acts.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

struct Tile {
    std::string name;   ///< of the touch
    std::string words;  ///< id
    assets::IconName icon{};
    PanelTouch touch;
    bool chosen = false;
    bool off = false;
};
/// Four by two, upright two by four, in the order of reading.
void draw_tiles(Sheet& sheet, const std::vector<Tile>& tiles, const Box& box);

}  // namespace hudoor::kiosk
