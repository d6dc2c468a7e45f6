#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;

storage::Bilingual band_words(const Painter& painter, const View& view) {
    switch (*view.band) {
        case Band::signature_only: return painter.words("band.signature");
        case Band::camera_lost: return painter.words("cam.lost");
        case Band::on_mirror: return painter.words("band.mirror");
        case Band::without_mirror: return painter.words("band.one_device");
        case Band::list_stale: break;
    }
    const auto since = view.list_of ? assets::time_of_day(*view.list_of) : std::string();
    return painter.words("list.stale", {{"time", since}});
}

}  // namespace

void draw_band(Painter& painter, const View& view, Rgb colour) {
    if (!view.band) return;
    const Box whole = painter.whole_window();
    painter.block("band", {whole.x, band_top, whole.w, whole.bottom() - band_top}, 0, colour);
    const auto pair = fit_pair(painter, band_words(painter, view), 6.2, true, {216, 5.2, 1, 2});
    const bool two = pair.lines() > 1;
    draw_outwards(painter, pair, {12, screen_w - 12}, band_top + (two ? 9.5 : 15), 9.5, colours::black);
}

}  // namespace hudoor::kiosk
