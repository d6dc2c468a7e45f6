#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::Language;

/// The words of a band that is alone, and of one that shares the place.
struct BandWords {
    std::string_view alone;
    std::string_view shared;
};

BandWords words_of(Band band, bool today) {
    switch (band) {
        case Band::signature_only:
            return {"band.signature", "band.short.signature"};
        case Band::rolled_back:
            return {"band.rolled_back", "band.short.rolled_back"};
        case Band::camera_lost:
            return {"cam.lost", "band.short.camera"};
        case Band::on_mirror:
            return {"band.mirror", "band.short.mirror"};
        case Band::without_mirror:
            return {"band.one_device", "band.short.one_device"};
        case Band::training:
            return {"train.mark", "band.short.training"};
        case Band::unsigned_copied:
            return {"band.unsigned_copied", "band.short.unsigned"};
        case Band::list_stale:
            break;
    }
    return today ? BandWords{"list.stale", "band.short.stale"}
                 : BandWords{"list.stale_day", "band.short.stale_day"};
}

storage::Bilingual band_words(const Painter& painter, const View& view, Band band, bool shared) {
    const BandWords ids = words_of(band, !view.list_day);
    const std::string_view id = shared ? ids.shared : ids.alone;
    const auto day = view.list_day ? painter.day(*view.list_day) : storage::Bilingual{};
    const auto time = view.list_of ? assets::time_of_day(*view.list_of) : std::string();
    const auto in = [&](Language language, const std::string& own_day) {
        return painter.catalogue().text(id, language, {{"day", own_day}, {"time", time}});
    };
    return {in(Language::ar, day.ar), in(Language::en, day.en)};
}

/// Of an upright panel; else no text is so near to the corner of staff.
double end_of(const Painter& painter, const View& view) {
    const bool has_corner = std::holds_alternative<IdleScreen>(view.screen);
    return painter.width() - (has_corner ? staff_corner : 12);
}

void draw_alone(Painter& painter, const View& view, const Columns& columns, double top) {
    const double width = std::min(painter.spine(), columns.right - painter.spine()) - 6;
    const auto pair = fit_pair(painter, band_words(painter, view, *view.band, false),
                               painter.portrait() ? 5.2 : 6.2, true, {width, 5.2, 1, 2});
    const bool two = pair.lines() > 1;
    draw_outwards(painter, pair, columns, top + (two ? 8.2 : 15), 9.2, colours::black);
}

/// One over the other, in fewer words.
void draw_shared(Painter& painter, const View& view, const Columns& columns, double top) {
    const double width = std::min(painter.spine(), columns.right - painter.spine()) - 6;
    for (const Band band : {*view.band, *view.other_band}) {
        const auto pair =
            fit_pair(painter, band_words(painter, view, band, true), 5.6, true, {width, 5.2, 1, 1});
        draw_outwards(painter, pair, columns, top + 8.6, 0, colours::black);
        top += 9.8;
    }
}

}  // namespace

void draw_band(Painter& painter, const View& view, Rgb colour) {
    if (!view.band) return;
    const Box whole = painter.whole_window();
    const double top = band_top(painter);
    painter.block("band", {whole.x, top, whole.w, whole.bottom() - top}, 0, colour);
    const Columns columns{12, end_of(painter, view)};
    if (view.other_band)
        draw_shared(painter, view, columns, top);
    else
        draw_alone(painter, view, columns, top);
}

}  // namespace hudoor::kiosk
