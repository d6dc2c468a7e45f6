#include "kiosk/make_voice.hpp"

#include <array>
#include <set>

#include "config/fault.hpp"
#include "kiosk/process/run_program.hpp"
#include "kiosk/screen/spoken.hpp"

namespace hudoor::kiosk {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "espeak-ng";
// Words are no secret, and the kiosk is another user than who records them.
constexpr fs::perms readable =
    fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read;

/// What is in the folder, by NAME.LANGUAGE whatever its ending.
std::set<std::string> stems_in(const fs::path& folder) {
    std::set<std::string> stems;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() != ".part") stems.insert(entry.path().stem().string());
    return stems;
}

void record(const std::string& text, const std::string& language, const fs::path& file) {
    const fs::path part = file.string() + ".part";
    const int ended = run_program(
        {program, "-v", language, "-s", "140", "-w", part.string(), "--", text}, program);
    std::error_code error;
    const auto size = fs::file_size(part, error);
    if (ended != 0 || error || size == 0) {
        fs::remove(part, error);
        throw Fault(ExitCode::io,
                    std::string(program) + " could not say \"" + text + "\" into " + file.string());
    }
    fs::permissions(part, readable);
    fs::rename(part, file);
}

}  // namespace

MadeVoice make_voice(const assets::Catalogue& catalogue, const fs::path& folder) try {
    if (fs::create_directories(folder))
        fs::permissions(folder, readable | fs::perms::owner_exec | fs::perms::group_exec |
                                    fs::perms::others_exec);
    const auto there = stems_in(folder);
    MadeVoice voice;
    for (const Recording& one : recordings(catalogue))
        for (const auto& [language, text] :
             {std::pair<std::string, const std::string&>{"ar", one.text.ar}, {"en", one.text.en}}) {
            const std::string stem = one.name + '.' + language;
            if (there.contains(stem)) {
                ++voice.kept;
                continue;
            }
            record(text, language, folder / (stem + ".wav"));
            ++voice.made;
        }
    return voice;
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io, folder.string() + ": " + error.code().message());
}

}  // namespace hudoor::kiosk
