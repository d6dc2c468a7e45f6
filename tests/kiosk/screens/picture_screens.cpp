/// Writes a PNG of every screen into a folder, to be looked at: picture_screens FOLDER [NAME]...
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "assets/assets_dir.hpp"
#include "config/fault.hpp"
#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/screens/sample_views.hpp"

int main(int argc, char** argv) {
    using namespace hudoor::kiosk;
    if (argc < 2) {
        std::fputs("picture_screens FOLDER [NAME]...\n", stderr);
        return static_cast<int>(hudoor::ExitCode::usage);
    }
    try {
        const std::filesystem::path folder(argv[1]);
        std::filesystem::create_directories(folder);
        const auto window = open_headless({});
        Painter painter(hudoor::assets::find_assets_dir(), *window);
        for (const auto& [name, view] : samples::all()) {
            if (argc > 2 && std::find(argv + 2, argv + argc, name) == argv + argc) continue;
            window->begin_frame(ground_colour(view));
            static_cast<void>(draw(painter, view));
            window->end_frame({});
            write_png(window->read_picture(), folder / (name + ".png"));
        }
        return 0;
    } catch (const hudoor::Fault& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return static_cast<int>(fault.exit_code());
    }
}
