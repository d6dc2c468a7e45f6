/// Writes a PNG of every screen in every variant into a folder, to be looked at:
/// picture_screens FOLDER [NAME]... where a NAME is a screen's or a variant's; none: all.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "assets/assets_dir.hpp"
#include "config/fault.hpp"
#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/sample_views.hpp"

namespace {

using namespace hudoor::kiosk;

template <typename Named>
bool names_one(const std::vector<std::string>& words, const std::vector<Named>& kind) {
    return std::any_of(kind.begin(), kind.end(), [&](const Named& each) {
        return std::find(words.begin(), words.end(), each.name) != words.end();
    });
}

/// Whether the words name it, or nothing of its kind.
template <typename Named>
bool is_wanted(const std::string& name, const std::vector<std::string>& words,
               const std::vector<Named>& kind) {
    return std::find(words.begin(), words.end(), name) != words.end() || !names_one(words, kind);
}

void draw_panels(Window& window, Painter& painter, const std::filesystem::path& folder,
                 const std::vector<std::string>& words) {
    const auto variants = samples::panel_variants();
    const bool portrait = window.height_px() > window.width_px();
    const auto panels = samples::panels(portrait);
    if (!words.empty() && !names_one(words, variants) && !names_one(words, panels)) return;
    for (const auto& variant : variants) {
        if (variant.portrait != portrait || !is_wanted(variant.name, words, variants)) continue;
        std::filesystem::create_directories(folder / variant.name);
        for (auto [name, view] : panels) {
            if (!is_wanted(name, words, panels)) continue;
            view.appearance = variant.appearance;
            window.begin_frame(panel_ground(view));
            static_cast<void>(draw_panel(painter, view));
            window.end_frame({});
            write_png(window.read_picture(), folder / variant.name / (name + ".png"));
        }
    }
}

void draw_all(const std::filesystem::path& folder, const std::vector<std::string>& words,
              bool portrait) {
    const auto variants = samples::variants();
    const auto views = samples::all();
    const auto window =
        open_headless({.width_px = portrait ? 1080 : 1920, .height_px = portrait ? 1920 : 1080});
    Painter painter(hudoor::assets::find_assets_dir(), *window);
    const bool wanted = words.empty() || names_one(words, variants) || names_one(words, views);
    for (const auto& variant : variants) {
        if (!wanted || variant.portrait != portrait || !is_wanted(variant.name, words, variants))
            continue;
        std::filesystem::create_directories(folder / variant.name);
        for (auto [name, view] : views) {
            if (!is_wanted(name, words, views)) continue;
            view.appearance = variant.appearance;
            window->begin_frame(ground_colour(view));
            static_cast<void>(draw(painter, view));
            window->end_frame({});
            write_png(window->read_picture(), folder / variant.name / (name + ".png"));
        }
    }
    draw_panels(*window, painter, folder, words);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') {  // a folder of that name is nobody's wish
        std::fputs("picture_screens FOLDER [NAME]...\n", stderr);
        return static_cast<int>(hudoor::ExitCode::usage);
    }
    try {
        const std::vector<std::string> words(argv + 2, argv + argc);
        for (const bool portrait : {false, true}) draw_all(argv[1], words, portrait);
        return 0;
    } catch (const hudoor::Fault& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return static_cast<int>(fault.exit_code());
    }
}
