/// The usher's pages one by one; each draws itself whole and keeps its touch on the sheet.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

void draw_page(Sheet& sheet, const PinPage& page);
void draw_page(Sheet& sheet, const HomePage& page);
void draw_page(Sheet& sheet, const SearchPage& page);

}  // namespace hudoor::kiosk
