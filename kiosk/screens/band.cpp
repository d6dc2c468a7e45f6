#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;

storage::Bilingual band_words(const Painter& painter, const View& view) {
    switch (*view.band) {
        case Band::signature_only:
            return painter.words("band.signature");
        case Band::rolled_back:
            return painter.words("band.rolled_back");
        case Band::camera_lost:
            return painter.words("cam.lost");
        case Band::on_mirror:
            return painter.words("band.mirror");
        case Band::without_mirror:
            return painter.words("band.one_device");
        case Band::training:
            return painter.words("train.mark");
        case Band::unsigned_copied:
            return painter.words("band.unsigned_copied");
        case Band::list_stale:
            break;
    }
    const auto since = view.list_of ? assets::time_of_day(*view.list_of) : std::string();
    return painter.words("list.stale", {{"time", since}});
}

}  // namespace

void draw_band(Painter& painter, const View& view, Rgb colour) {
    if (!view.band) return;
    const Box whole = painter.whole_window();
    const double top = band_top(painter);
    painter.block("band", {whole.x, top, whole.w, whole.bottom() - top}, 0, colour);
    const double width = painter.spine() - 22;
    const auto pair = fit_pair(painter, band_words(painter, view), painter.portrait() ? 5.2 : 6.2,
                               true, {width, 5.2, 1, 2});
    const bool two = pair.lines() > 1;
    draw_outwards(painter, pair, {12, painter.width() - 12}, top + (two ? 8.2 : 15), 9.2,
                  colours::black);
}

}  // namespace hudoor::kiosk
