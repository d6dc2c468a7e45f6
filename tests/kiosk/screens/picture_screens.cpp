/// Writes a PNG of every screen in every variant into a folder, to be looked at:
/// picture_screens FOLDER [NAME]... where a NAME is a screen's or a variant's; none: all.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "assets/assets_dir.hpp"
#include "config/fault.hpp"
#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/screens/sample_views.hpp"

namespace {

using namespace hudoor::kiosk;

/// Whether the words name it, or nothing of its kind.
template <typename Named>
bool is_wanted(const std::string& name, const std::vector<std::string>& words, const std::vector<Named>& kind) {
    const auto names_one = [&](const std::string& word) {
        return std::any_of(kind.begin(), kind.end(), [&](const Named& each) { return each.name == word; });
    };
    return std::find(words.begin(), words.end(), name) != words.end() || std::none_of(words.begin(), words.end(), names_one);
}

void draw_all(const std::filesystem::path& folder, const std::vector<std::string>& words, bool portrait) {
    const auto variants = samples::variants();
    const auto views = samples::all();
    const auto window = open_headless({.width_px = portrait ? 1080 : 1920, .height_px = portrait ? 1920 : 1080});
    Painter painter(hudoor::assets::find_assets_dir(), *window);
    for (const auto& variant : variants) {
        if (variant.portrait != portrait || !is_wanted(variant.name, words, variants)) continue;
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
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
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
