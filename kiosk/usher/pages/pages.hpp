/// Draws the usher's pages, one function a page; what was touched is kept by the sheet.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

void draw_page(Sheet& sheet, const PinPage& page);
void draw_page(Sheet& sheet, const HomePage& page);
void draw_page(Sheet& sheet, const SearchPage& page);
void draw_page(Sheet& sheet, const ReasonPage& page);
void draw_page(Sheet& sheet, const DonePage& page);
void draw_page(Sheet& sheet, const NotePage& page);
void draw_page(Sheet& sheet, const SessionsPage& page);
void draw_page(Sheet& sheet, const HealthPage& page);
void draw_page(Sheet& sheet, const MorePage& page);
void draw_page(Sheet& sheet, const StickPage& page);
void draw_page(Sheet& sheet, const EvacuationPage& page);
void draw_page(Sheet& sheet, const ServicePage& page);
void draw_page(Sheet& sheet, const OldListPage& page);
void draw_page(Sheet& sheet, const ShiftPage& page);
void draw_page(Sheet& sheet, const QuestionPage& page);

}  // namespace hudoor::kiosk
