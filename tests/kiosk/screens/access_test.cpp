// From a wheelchair, with large letters, with one finger.
#include <algorithm>
#include <map>
#include <sstream>

#include "kiosk/display/imgui_shim.hpp"
#include "kiosk/screens/mounting.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;

namespace {

/// The least and the largest letters of every word on a screen.
using Sizes = std::map<std::string, std::pair<double, double>>;

Sizes sizes_of(const std::vector<Drawn>& drawn) {
    Sizes sizes;
    for (const Drawn& each : drawn) {
        if (each.kind != Drawn::Kind::text) continue;
        std::istringstream words(without_isolates(each.what));
        for (std::string word; words >> word;) {
            auto [at, fresh] = sizes.try_emplace(word, each.cap_mm, each.cap_mm);
            at->second.first = std::min(at->second.first, each.cap_mm);
            at->second.second = std::max(at->second.second, each.cap_mm);
        }
    }
    return sizes;
}

View with_text(View view, double text) {
    view.appearance.text = text;
    return view;
}

/// Puts a finger down at a millimetre of an upright or lying panel, as if it had rested there for
/// `seconds`.
Intent hold(Stage& stage, const View& view, Spot at, float seconds) {
    static_cast<void>(stage.show(view));  // only then is its shape known
    const double scale =
        stage.window->width_px() / (stage.painter.portrait() ? panel_short : panel_long);
    hudoor::kiosk::imgui::place_mouse(static_cast<float>(at.x * scale),
                                      static_cast<float>(at.y * scale));
    static_cast<void>(stage.show(view));
    hudoor::kiosk::imgui::press_mouse(true);
    for (int frame = 0; frame < 2; ++frame) static_cast<void>(stage.show(view));
    ImGui::GetIO().MouseDownDuration[0] = seconds;
    return stage.show(view);
}

void let_go(Stage& stage, const View& view) {
    hudoor::kiosk::imgui::press_mouse(false);
    for (int frame = 0; frame < 2; ++frame) static_cast<void>(stage.show(view));
    hudoor::kiosk::imgui::park_mouse();
    static_cast<void>(stage.show(view));
}

}  // namespace

TEST_CASE("no word of any screen gets smaller when the text gets larger") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (const auto& [name, view] : samples::all()) {
        Sizes before = sizes_of(stage.lay_out(with_text(view, 1)));
        for (const double text : {1.5, 2.0}) {
            const Sizes now = sizes_of(stage.lay_out(with_text(view, text)));
            for (const auto& [word, size] : now) {
                const auto was = before.find(word);
                if (was == before.end()) continue;
                CAPTURE(portrait, name, text, word);
                CHECK(size.first >= was->second.first - 0.01);
                CHECK(size.second >= was->second.second - 0.01);
            }
            before = now;
        }
    }
}

TEST_CASE("the words that matter most grow with every step where there is room for it") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto cap = [&](double text) {
        return get(stage.lay_out(with_text(samples::idle(), text)), "Opening ceremony").cap_mm;
    };
    CHECK(cap(1.5) > cap(1));
    CHECK(cap(2) >= cap(1.5));
}

TEST_CASE("how far away a badge belongs is said at every size, at a door for both, in every hint") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (const auto& [name, view] : samples::all()) {
        if (!std::holds_alternative<IdleScreen>(view.screen)) continue;
        for (const double text : {1.0, 1.5, 2.0}) {
            CAPTURE(portrait, name, text);
            const auto& drawn = stage.lay_out(with_text(view, text));
            CHECK(find(drawn, "20–40") != nullptr);
            CHECK(find(drawn, "preview") != nullptr);
        }
    }
}

TEST_CASE("on a small panel, whose words are large by themselves, the distance stays as well") {
    Stage small({.width_px = 952, .height_px = 536, .px_per_mm = 4});
    CHECK(find(small.lay_out(samples::idle()), "20–40") != nullptr);
}

TEST_CASE("upright, every button of the guests is within reach from a wheelchair") {
    Stage stage({.width_px = 536, .height_px = 952});
    for (const auto& [name, view] : samples::all()) {
        if (!std::holds_alternative<IdleScreen>(view.screen)) continue;
        for (const Drawn& each : stage.lay_out(view)) {
            if (each.kind != Drawn::Kind::touch) continue;
            CAPTURE(name, each.what);
            const double above_floor = upright_mounting_mm + panel_long - each.box.y;
            CHECK(above_floor < highest_button_mm);
        }
    }
}

TEST_CASE("staff's corner is where it is, band or not, and the ring shows how long is left") {
    for (const bool portrait : {false, true}) {
        Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
        const Spot corner = portrait ? Spot{256, 460} : Spot{456, 250};
        for (const bool banded : {false, true}) {
            CAPTURE(portrait, banded);
            View view = samples::idle();
            if (banded) view.band = Band::camera_lost;
            CHECK(hold(stage, view, corner, 1) == Intent::none);
            CHECK(stage.painter.held_part() > 0.3);
            CHECK(stage.painter.held_part() < 0.5);
            const auto early = stage.window->read_picture().rgb;
            ImGui::GetIO().MouseDownDuration[0] = 2.5F;
            CHECK(stage.show(view) == Intent::none);
            const bool has_grown = stage.window->read_picture().rgb != early;
            CHECK(has_grown);
            ImGui::GetIO().MouseDownDuration[0] = 3;
            CHECK(stage.show(view) == Intent::staff);
            let_go(stage, view);
            CHECK(stage.painter.held_part() == 0);
        }
    }
}

TEST_CASE(
    "a picture that has wandered is the same picture beside its place, touch boxes included") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    static_cast<void>(stage.show(view));
    const Picture before = stage.window->read_picture();
    view.shift = {2, -1};
    static_cast<void>(stage.show(view));
    const Picture after = stage.window->read_picture();
    int different = 0;
    for (int y = 2; y < before.height_px - 2; ++y)
        for (int x = 2; x < before.width_px - 2; ++x) {
            const auto from = static_cast<std::size_t>(3 * (y * before.width_px + x)),
                       to = static_cast<std::size_t>(3 * ((y - 1) * before.width_px + x + 2));
            if (x + 2 < before.width_px - 2 && before.rgb[from] != after.rgb[to]) ++different;
        }
    CHECK(different < 100);  // where a half of a pixel was rounded the other way
    // The volume button ends at 165 mm: one pixel within its wandered edge.
    const double scale = 2;
    hudoor::kiosk::imgui::place_mouse(static_cast<float>(165 * scale + 1),
                                      static_cast<float>(244 * scale));
    bool touched = false;
    for (const bool down : {false, true, true, false, false}) {
        hudoor::kiosk::imgui::press_mouse(down);
        touched = touched || stage.show(view) == Intent::change_volume;
    }
    CHECK(touched);
    hudoor::kiosk::imgui::park_mouse();
    static_cast<void>(stage.show(samples::idle()));
}

TEST_CASE("a silent kiosk's loudspeaker has no waves") {
    Stage stage({.width_px = 952, .height_px = 536});
    using hudoor::assets::IconName;
    const auto shows = [&](Volume volume, IconName icon) {
        View view = samples::idle();
        view.volume = volume;
        return find(stage.lay_out(view), std::to_string(static_cast<int>(icon))) != nullptr;
    };
    CHECK(shows(Volume::usual, IconName::volume));
    CHECK_FALSE(shows(Volume::silent, IconName::volume));
    CHECK(shows(Volume::silent, IconName::volume_off));
}

TEST_CASE("the pictogram is never empty, whatever the moment") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    auto& idle = std::get<IdleScreen>(view.screen);
    idle.at_rest = false;
    const Spot paper{297, 84 + 67 - 20};  // of the badge, over its bars
    for (int at = 100; at < 6'000; at += 50) {
        idle.moving_for = std::chrono::milliseconds(at);
        static_cast<void>(stage.show(view));
        const Picture picture = stage.window->read_picture();
        bool drawn = false;
        for (int y = 240; y < 340 && !drawn; ++y) {
            const auto pixel = static_cast<std::size_t>(
                3 * (y * picture.width_px + static_cast<int>(2 * paper.x)));
            const auto first = static_cast<std::size_t>(3 * (240 * picture.width_px + 490));
            drawn = picture.rgb[pixel] != picture.rgb[first];
        }
        CAPTURE(at);
        CHECK(drawn);
    }
}
