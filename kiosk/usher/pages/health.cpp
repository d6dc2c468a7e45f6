#include <array>

#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;

struct TileLook {
    std::string_view id;
    IconName icon{};
};

/// In the order of HealthTile.
constexpr std::array<TileLook, 12> looks{{{"hl.camera", IconName::camera},
                                          {"hl.code", IconName::code},
                                          {"hl.touch", IconName::touch},
                                          {"hl.sound", IconName::volume},
                                          {"hl.clock", IconName::clock},
                                          {"hl.sync", IconName::sync},
                                          {"hl.net", IconName::network},
                                          {"hl.backup", IconName::save},
                                          {"hl.disk", IconName::disk},
                                          {"hl.records", IconName::records},
                                          {"hl.temp", IconName::thermometer},
                                          {"hl.version", IconName::parcel}}};

/// The ground by state; with high contrast the icon alone says it.
void draw_ground(Sheet& sheet, HealthState state, const Box& box) {
    const auto& colours = sheet.colours();
    if (state == HealthState::good || state == HealthState::unknown) return sheet.card("tile", box);
    const bool bad = state == HealthState::bad;
    sheet.block("tile", box, 6, bad ? colours.wrong_tint : colours.warn_tint);
    sheet.frame(box, 6, 1, bad ? colours.wrong : colours.warn_edge);
}

void draw_state(Sheet& sheet, HealthState state, const Box& box) {
    const auto& colours = sheet.colours();
    if (state == HealthState::unknown) return;
    if (state == HealthState::attention)
        return sheet.icon(IconName::warn, box, colours.ink,
                          colours.high_contrast ? colours.surface : colours.warn_tint);
    const bool good = state == HealthState::good;
    sheet.icon(good ? IconName::ok : IconName::no, box, good ? colours.good : colours.wrong,
               good ? colours.surface : colours.wrong_tint);
}

void draw_tile(Sheet& sheet, const HealthLine& line, const Box& box) {
    const auto& colours = sheet.colours();
    const TileLook& look = looks.at(static_cast<std::size_t>(line.tile));
    draw_ground(sheet, line.state, box);
    sheet.icon(look.icon, {box.x + 7.4, box.y + 7.6, 12.4, 12.4}, colours.ink, colours.surface);
    draw_state(sheet, line.state, {box.right() - 20, box.y + 7.4, 12.6, 12.6});
    const Space space{box.w - 14};
    const double up = box.h < 52 ? 2.6 : 0;
    sheet.write_lines({sheet.say(look.id), {5.6, false, colours.ink2}, space},
                      {sheet.of(line.words), {6.4, true, colours.ink}, space},
                      {box.x + 7, box.y + 32.4 - up}, 12.6, Side::start);
}

void draw_foot(Sheet& sheet, const HealthPage& page, const Box& box) {
    std::vector<Button> buttons{
        Button("sound",
               sheet.say("hl.volume", {{"pct", std::to_string(page.volume_percent) + "%"}}),
               {PanelAct::volume}, IconName::volume),
        Button("camera", sheet.say("hl.test_c"), {PanelAct::test_camera}, IconName::camera),
        Button("log", sheet.say("hl.log"), {PanelAct::save_log}, IconName::save),
        Button("service", sheet.say("btn.ooo"), {PanelAct::out_of_service}, IconName::barred,
               Button::Look::danger)};
    if (page.brightness_percent)
        buttons.insert(buttons.begin() + 1,
                       Button("brightness",
                              sheet.say("hl.brightness",
                                        {{"pct", std::to_string(*page.brightness_percent) + "%"}}),
                              {PanelAct::brightness}, IconName::contrast));
    if (sheet.view().supervisor)
        buttons.emplace_back("more", sheet.say("btn.more"), PanelTouch{PanelAct::open_more},
                             IconName::grid);
    sheet.buttons(buttons, box, buttons.size() == 4);  // alike under the four columns
}

}  // namespace

void draw_page(Sheet& sheet, const HealthPage& page) {
    const auto hours = std::to_string(page.up.count() / 60),
               minutes = std::to_string(page.up.count() % 60);
    draw_bar(sheet,
             {sheet.say("btn.health"),
              page.news ? sheet.of(*page.news)
              : !page.aside.empty()
                  ? sheet.say("hl.aside", {{"name", page.aside}})
                  : sheet.say("hl.up", {{"code", page.device}, {"h", hours}, {"m", minutes}})});
    const bool upright = sheet.upright();
    const int columns = upright ? 2 : 4;
    const double gap = upright ? 6 : 8, high = upright ? 50 : 54;
    const Box tiles{12, upright ? 40.0 : 42.0, sheet.width() - 24, 0};
    for (int i = 0; i < static_cast<int>(page.lines.size()); ++i)
        draw_tile(sheet, page.lines[static_cast<std::size_t>(i)],
                  grid_cell(tiles, columns, gap, high, i));
    draw_foot(
        sheet, page,
        upright ? Box{12, 378, sheet.width() - 24, 86} : Box{12, 230, sheet.width() - 24, 26});
}

}  // namespace hudoor::kiosk
