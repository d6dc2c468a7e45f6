#include "kiosk/usher/pages/pages.hpp"
#include "kiosk/usher/pages/tiles.hpp"

namespace hudoor::kiosk {

using assets::IconName;

void draw_page(Sheet& sheet, const MorePage& page) {
    const Said training = page.training ? sheet.say("train.mark") : sheet.say("btn.more");
    draw_bar(sheet, {page.news ? sheet.of(*page.news) : training});
    const std::vector<Tile> tiles{
        {"copy", "btn.export", IconName::save, {PanelAct::copy_records}},
        {"update", "btn.update", IconName::sync, {PanelAct::update_list}},
        {"guest", "guest.title", IconName::person, {PanelAct::walk_in}},
        {"evacuation", "evac.title", IconName::records, {PanelAct::evacuation}},
        {"direction",
         "btn.direction",
         IconName::door,
         {PanelAct::direction},
         false,
         !page.direction},
        {"self-test", "btn.selftest", IconName::health, {PanelAct::self_test}},
        {"training", "btn.training", IconName::badge, {PanelAct::training}, page.training},
        {"close", "btn.exit", IconName::cross, {PanelAct::close}}};
    draw_tiles(sheet, tiles, {12, 44, sheet.width() - 24, sheet.height() - 44 - 20});
}

}  // namespace hudoor::kiosk
