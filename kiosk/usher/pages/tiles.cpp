#include "kiosk/usher/pages/tiles.hpp"

#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

double icon_top(const Box& box) { return box.centre().y - (box.h > 80 ? 34 : 27); }

/// The panel's language above, the other under it.
void draw_words(Sheet& sheet, const Tile& tile, const Box& box, Rgb ink, Rgb second) {
    const storage::Bilingual both = sheet.painter().words(tile.words);
    const Said own = sheet.of(both);
    const Said other =
        sheet.arabic() ? Said{both.en, assets::Language::en} : Said{both.ar, assets::Language::ar};
    const double middle = box.centre().x, width = box.w - 8;
    // What is too long for a line has two, rather small in one; the rest moves down.
    double down = 0;
    const auto write = [&](const Said& said, Type type, double baseline) {
        const bool long_words = sheet.fit(said, type, {width, 1, 0, 5.4}).shortened;
        if (long_words) type.cap_mm = 5.4;
        const double first = baseline + down - (long_words ? 1.4 : 0);
        sheet.write(said, type, {middle, first}, Side::middle, {width, long_words ? 2 : 1, 9.6});
        if (long_words) down += 7;
    };
    const double base = icon_top(box) + 36.4;
    write(own, {7, true, ink}, base);
    write(other, {5.8, false, second}, base + 14);
}

void draw_tile(Sheet& sheet, const Tile& tile, const Box& box) {
    const auto& colours = sheet.colours();
    const Rgb ground = tile.off ? colours.sunk : tile.chosen ? colours.deep : colours.surface;
    const Rgb faint = mix(colours.sunk, colours.ink, 0.4);
    const Rgb ink = tile.off ? faint : tile.chosen ? colours.on_deep : colours.ink;
    sheet.block("tile", box, 6, ground);
    if (!tile.off) sheet.frame(box, 6, colours.control_line_mm, colours.edge);
    const Rgb sign = tile.off ? faint : tile.chosen ? colours.on_deep : colours.deep;
    sheet.icon(tile.icon, {box.centre().x - 12, icon_top(box), 24, 24}, sign, ground);
    draw_words(sheet, tile, box, ink, tile.off || tile.chosen ? ink : colours.ink2);
    if (!tile.off) sheet.touch(tile.name, box, tile.touch);
}

}  // namespace

void draw_tiles(Sheet& sheet, const std::vector<Tile>& tiles, const Box& box) {
    constexpr double gap = 8;
    const int columns = sheet.upright() ? 2 : 4,
              rows = (static_cast<int>(tiles.size()) + columns - 1) / columns;
    const double high = (box.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < static_cast<int>(tiles.size()); ++i)
        draw_tile(sheet, tiles[static_cast<std::size_t>(i)], grid_cell(box, columns, gap, high, i));
}

}  // namespace hudoor::kiosk
