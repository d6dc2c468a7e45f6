#include <algorithm>
#include <set>

#include "kiosk/display/imgui_shim.hpp"
#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::assets::Language;

namespace {

PanelView panel(const std::string& name, Language language) {
    for (auto& [each, view] : samples::panels()) {
        if (each != name) continue;
        view.appearance.only = language;
        return view;
    }
    REQUIRE(name.empty());
    return {};
}

/// What a finger put down and lifted there touched.
std::vector<PanelTouch> touch(Stage& stage, const PanelView& view, Spot mm) {
    const double scale = stage.window->width_px() / panel_long;
    imgui::place_mouse(static_cast<float>(mm.x * scale), static_cast<float>(mm.y * scale));
    std::vector<PanelTouch> touches;
    for (const bool down : {true, true, false, false}) {
        imgui::press_mouse(down);
        for (int frame = 0; frame < 2; ++frame) {
            if (const PanelTouch touch = stage.answer(view); touch.act != PanelAct::none)
                touches.push_back(touch);
        }
    }
    imgui::park_mouse();
    return touches;
}

}  // namespace

TEST_CASE("a finger on anything touchable of any page touches it once, in both languages") {
    const auto language = GENERATE(Language::ar, Language::en);
    Stage stage({.width_px = 476, .height_px = 268});
    for (const std::string page :
         {"home", "home_strip_refused", "home_locks", "search_arabic", "reasons", "done", "guest",
          "sessions", "health_supervisor", "more", "stick_1", "evacuation", "ask_service",
          "ask_undo", "shift"}) {
        const PanelView view = panel(page, language);
        std::vector<Drawn> touchables;
        for (const Drawn& each : stage.lay_out(view))
            if (each.kind == Drawn::Kind::touch &&
                (!each.what.starts_with("key ") || each.what.ends_with("0")))
                touchables.push_back(each);
        std::set<std::pair<int, int>> acts;
        for (const Drawn& touchable : touchables) {
            INFO(page << " " << touchable.what);
            const auto touches = touch(stage, view, touchable.box.centre());
            REQUIRE(touches.size() == 1);
            CHECK(
                acts.emplace(static_cast<int>(touches.front().act), touches.front().value).second);
        }
    }
}

TEST_CASE("a finger in the field puts the caret where it touched, in both directions") {
    Stage stage({.width_px = 952, .height_px = 536});
    for (const std::string page : {"search_arabic", "search_latin"}) {
        const bool arabic = page == "search_arabic";
        const PanelView view = panel(page, arabic ? Language::ar : Language::en);
        const auto& field = std::get<SearchPage>(view.page).field;
        const auto drawn = stage.lay_out(view);
        const Box text = get(drawn, field.text).box;
        const double middle = text.centre().y;
        const Spot before{arabic ? text.right() + 0.5 : text.x - 0.2, middle},
            behind{arabic ? text.x - 20 : text.right() + 20, middle};
        CHECK(touch(stage, view, before) == std::vector<PanelTouch>{{PanelAct::caret, 0}});
        CHECK(touch(stage, view, behind) ==
              std::vector<PanelTouch>{{PanelAct::caret, static_cast<int>(field.text.size())}});
        const auto within = touch(stage, view, text.centre());
        REQUIRE(within.size() == 1);
        CHECK((within.front().value > 0 &&
               within.front().value < static_cast<int>(field.text.size())));
    }
}

TEST_CASE("a row's button carries its row, a reason its number, a session its day and line") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto touch_named = [&](const std::string& page, const std::string& name) {
        const PanelView view = panel(page, Language::ar);
        return touch(stage, view, get(stage.lay_out(view), name).box.centre());
    };
    CHECK(touch_named("home", "row 3") == std::vector<PanelTouch>{{PanelAct::row, 3}});
    CHECK(touch_named("reasons", "reason 5") == std::vector<PanelTouch>{{PanelAct::reason, 5}});
    CHECK(touch_named("sessions", "session 102") ==
          std::vector<PanelTouch>{{PanelAct::session, 102}});
    CHECK(touch_named("guest", "category 3") == std::vector<PanelTouch>{{PanelAct::category, 3}});
    CHECK(touch_named("pin", "pad 11").size() == 1);
    // Sessions of other rooms are not for every usher.
    CHECK(find(stage.lay_out(panel("sessions_pages", Language::ar)), "session 3") == nullptr);
}

TEST_CASE(
    "أحمد, إيمان, آمنة and رؤى can be written by touch, upright too, and every key is a finger's") {
    const bool upright = GENERATE(false, true);
    Stage stage(upright ? WindowOptions{.width_px = 268, .height_px = 476}
                        : WindowOptions{.width_px = 476, .height_px = 268});
    for (const std::string page : {"search_arabic", "evacuation_search", "note"}) {
        const auto drawn = stage.lay_out(panel(page, Language::ar));
        for (const char32_t letter : std::u32string(U"أإآؤئةىءاحمدينرلا ")) {
            CAPTURE(page, static_cast<int>(letter));
            const Drawn* key = find(drawn, "key " + std::to_string(static_cast<int>(letter)));
            REQUIRE(key);
            CHECK(key->box.w > 14);
            CHECK(key->box.h >= 20);
        }
    }
}
