/// hudoor-kiosk: the command line of the full-screen program. Everything it does is in kiosk/app
/// and kiosk/enrolment.
#include <sys/stat.h>

#include <spdlog/async.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>

#include "assets/assets_dir.hpp"
#include "config/fault.hpp"
#include "config/last_words.hpp"
#include "config/passphrase.hpp"
#include "config/settings.hpp"
#include "config/standard_streams.hpp"
#include "kiosk/app.hpp"
#include "kiosk/chores/selftest.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/enrol/export.hpp"
#include "kiosk/enrol/update.hpp"
#include "kiosk/make_voice.hpp"
#include "kiosk/process/process.hpp"
#include "kiosk/tpm/tpm.hpp"
#include "storage/base/crypto.hpp"

namespace {

using hudoor::ExitCode;
using hudoor::Fault;
using namespace std::chrono_literals;
namespace kiosk = hudoor::kiosk;

struct CommandLine {
    std::vector<std::string> config;
    std::string state;
    std::string assets;
    std::string camera;
    std::string window;
    std::string screenshots;
    std::string results;
    std::string fake_time;
    bool headless = false;
    bool until_end = false;
    bool training = false;
    bool check_config = false;
    std::string bundle;
    std::string bundle_passphrase_file;
    std::string key_out;
    bool key_file = false;
    bool ask_passphrase = false;
    std::string start_passphrase_file;
    std::string export_to;
    std::string voice;
};

/// Messages go to stderr on a thread of their own: where the reader of stderr hangs with the disk,
/// the desk must not. The oldest are dropped then.
class Log {
public:
    Log() {
        spdlog::init_thread_pool(most_waiting, 1, [] {
            sigset_t all;
            sigfillset(&all);
            pthread_sigmask(SIG_BLOCK, &all, nullptr);  // they are for StopSignals
        });
        spdlog::set_default_logger(
            spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("hudoor-kiosk"));
        spdlog::default_logger()->sinks().push_back(
            std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(lines_kept));
        spdlog::set_pattern("hudoor-kiosk: %v");
    }
    ~Log() { spdlog::shutdown(); }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

private:
    static constexpr std::size_t most_waiting = 1'024;
    static constexpr std::size_t lines_kept = 500;  // for the health page's "save log"
};

/// "1920x1080" into the two numbers.
void parse_window(const std::string& text, hudoor::config::WindowSettings& window) {
    const auto cross = text.find('x');
    const char* end = text.data() + text.size();
    const auto number = [](const char* from, const char* to, int& value) {
        const auto [stop, error] = std::from_chars(from, to, value);
        return error == std::errc() && stop == to && value >= 320 && value <= 16'384;
    };
    if (cross == std::string::npos || !number(text.data(), text.data() + cross, window.width_px) ||
        !number(text.data() + cross + 1, end, window.height_px))
        throw Fault(ExitCode::usage,
                    "--window " + text + ": write it as WIDTHxHEIGHT in pixels, e.g. 1920x1080");
}

/// "2026-12-04T05:31:00Z" (seconds may be left out).
hudoor::WallTime parse_time(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    char rest = 0;
    const int read = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u%c", &year, &month, &day,
                                 &hour, &minute, &second, &rest);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (read != 7 || rest != 'Z' || !date.ok() || hour > 23 || minute > 59 || second > 60)
        throw Fault(ExitCode::usage,
                    "--fake-time " + text + ": write it in UTC as 2026-12-04T05:31:00Z");
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

hudoor::config::Settings settings_of(const CommandLine& line) {
    auto files = hudoor::config::standard_settings_files();
    files.insert(files.end(), line.config.begin(), line.config.end());
    auto settings = hudoor::config::load_settings(files);
    if (!line.camera.empty()) settings.camera.source = line.camera;
    if (!line.window.empty()) parse_window(line.window, settings.window);
    return settings;
}

std::filesystem::path state_of(const CommandLine& line) {
    return line.state.empty() ? hudoor::config::standard_state_directory()
                              : std::filesystem::path(line.state);
}

std::filesystem::path assets_of(const CommandLine& line) {
    return line.assets.empty() ? hudoor::assets::find_assets_dir()
                               : std::filesystem::path(line.assets);
}

/// The TPM the key is to be sealed to; empty where something else was said.
std::string tpm_for_key(const CommandLine& line) {
    if (line.key_file || line.ask_passphrase || !line.key_out.empty()) return {};
    if (auto tpm = kiosk::find_tpm()) return std::move(*tpm);
    throw Fault(ExitCode::usage,
                "This machine has no TPM to seal the kiosk key to: let a supervisor type 12 digits "
                "at each start (--ask-passphrase), keep the key as a file beside what it opens "
                "(--key-file), or write it elsewhere (--key-out FILE)");
}

void enrol(const CommandLine& line) {
    using hudoor::config::read_passphrase;
    const std::string tpm = tpm_for_key(line);
    const hudoor::SecretText passphrase = read_passphrase(
        line.bundle_passphrase_file, "Passphrase of " + line.bundle, "--bundle-passphrase-file");
    hudoor::SecretText digits;
    if (line.ask_passphrase) {
        digits =
            read_passphrase(line.start_passphrase_file, "12 digits for the start of this kiosk",
                            "--start-passphrase-file", true);
        kiosk::check_start_passphrase(digits.view());
    }
    const auto identity =
        kiosk::enrol(line.bundle, passphrase.view(), state_of(line),
                     {.key_out = line.key_out, .start_passphrase = digits.view(), .tpm = tpm});
    std::printf("this machine is now the kiosk %s%s\n", identity.kiosk_name.c_str(),
                tpm.empty() ? "" : "; its key is sealed to the TPM");
}

void export_facts(const CommandLine& line) {
    const auto exported = kiosk::export_facts({.state = state_of(line),
                                               .mirror = settings_of(line).storage.mirror,
                                               .out = line.export_to});
    for (const std::string& news : exported.news)
        std::fprintf(stderr, "hudoor-kiosk: %s\n", news.c_str());
    std::string files;
    for (const auto& file : exported.files) files += (files.empty() ? "" : ", ") + file.string();
    std::printf("%zu facts are in %s and were read back; it is safe to remove the stick\n",
                exported.facts, files.c_str());
}

void update(const CommandLine& line) {
    const auto updated =
        kiosk::update({.state = state_of(line),
                       .mirror = settings_of(line).storage.mirror,
                       .bundle = line.bundle,
                       .ask_digits = [&line] {
                           return hudoor::config::read_passphrase(line.start_passphrase_file,
                                                                  "12 digits of this kiosk's start",
                                                                  "--start-passphrase-file");
                       }});
    std::printf(
        "the kiosk %s has guest list revision %llu (%u registrations) and refusal list %llu; it is safe to "
        "remove the stick\n",
        updated.kiosk.c_str(), static_cast<unsigned long long>(updated.edition.list),
        updated.registrations, static_cast<unsigned long long>(updated.edition.refusals));
}

void record_voice(const CommandLine& line) {
    const auto voice = kiosk::make_voice(hudoor::assets::Catalogue(assets_of(line)), line.voice);
    std::printf("%zu recordings made in %s, %zu were there already; sound.voice is the folder\n",
                voice.made, line.voice.c_str(), voice.kept);
}

void run(const CommandLine& line) {
    kiosk::AppOptions options;
    options.settings = settings_of(line);
    if (line.check_config) {
        for (const std::string& doubt : hudoor::config::doubts_about(options.settings))
            std::fprintf(stderr, "hudoor-kiosk: %s\n", doubt.c_str());
        std::puts("the settings are right");
        return;
    }
    options.state = state_of(line);
    options.assets = assets_of(line);
    options.headless = line.headless;
    options.until_end = line.until_end;
    options.training = line.training;
    options.results = !line.results.empty();
    if (!line.screenshots.empty()) options.screenshots = line.screenshots;
    if (!line.fake_time.empty()) options.fake_time = parse_time(line.fake_time);
    kiosk::run_kiosk(options);
}

/// Of a command, which says itself why it failed.
ExitCode exit_code_of(const std::function<ExitCode()>& command) {
    try {
        return command();
    } catch (const Fault& fault) {
        hudoor::say_last_words({"hudoor-kiosk: ", fault.what(), "\n"}, fault.exit_code());
        return fault.exit_code();
    } catch (const std::exception&) {
        kiosk::end_for_exception();
    }
}

ExitCode parse_and_run(int argc, char** argv) {
    CommandLine line;
    CLI::App app("The check-in kiosk: reads badges from a camera and records attendance.",
                 "hudoor-kiosk");
    app.set_version_flag("--version", "hudoor-kiosk " HUDOOR_VERSION);
    app.add_option("--config", line.config, "settings read after /etc/hudoor/kiosk.toml and conf.d")
        ->type_name("FILE");
    app.add_option("--state", line.state, "where the kiosk keeps its state")->type_name("DIR");
    app.add_option("--assets", line.assets, "words and sounds, instead of the installed ones")
        ->type_name("DIR");
    app.add_option("--camera", line.camera,
                   "GStreamer source, instead of the setting camera.source")
        ->type_name("PIPELINE");
    app.add_option("--window", line.window, "a window of this size instead of the full screen")
        ->type_name("WxH");
    app.add_flag("--headless", line.headless, "draw off-screen; no display is needed");
    app.add_flag("--until-end", line.until_end, "stop when a file feed ends");
    app.add_flag("--training", line.training,
                 "for practice: everything as usual, and nothing is recorded");
    app.add_option("--screenshots", line.screenshots, "a PNG per result (demo events only)")
        ->type_name("DIR");
    app.add_option("--results", line.results, "one JSON line per verdict on standard output")
        ->type_name("-")
        ->check(CLI::IsMember({"-"}));
    app.add_flag("--check-config", line.check_config,
                 "read the settings, say whether they are right, and stop");
    app.add_option("--fake-time", line.fake_time, "start with this UTC time (demo events only)")
        ->type_name("T");
    auto* enrol_command =
        app.add_subcommand("enrol", "make this machine the kiosk of a NAME.kiosk bundle");
    enrol_command->add_option("BUNDLE", line.bundle, "the NAME.kiosk file")->required();
    enrol_command
        ->add_option("--bundle-passphrase-file", line.bundle_passphrase_file,
                     "file with the bundle's passphrase, - for standard input")
        ->type_name("FILE");
    auto* key_file = enrol_command->add_flag(
        "--key-file", line.key_file,
        "keep the kiosk key as a file in the state directory instead of in the TPM");
    auto* key_out = enrol_command
                        ->add_option("--key-out", line.key_out,
                                     "write the kiosk key here instead of into the TPM")
                        ->type_name("FILE")
                        ->excludes(key_file);
    auto* ask =
        enrol_command
            ->add_flag("--ask-passphrase", line.ask_passphrase,
                       "keep no key: ask for 12 digits, which a supervisor types at each start")
            ->excludes(key_file)
            ->excludes(key_out);
    enrol_command
        ->add_option("--start-passphrase-file", line.start_passphrase_file,
                     "file with these 12 digits, - for standard input")
        ->type_name("FILE")
        ->needs(ask);
    enrol_command->add_option("--state", line.state, "where the kiosk keeps its state")
        ->type_name("DIR");
    auto* export_command =
        app.add_subcommand("export", "this kiosk's facts into a bundle for the organisers");
    export_command->add_option("OUT", line.export_to, "NAME.facts, or a folder or stick for it")
        ->required();
    export_command
        ->add_option("--config", line.config,
                     "settings read after /etc/hudoor/kiosk.toml and conf.d")
        ->type_name("FILE");
    export_command->add_option("--state", line.state, "where the kiosk keeps its state")
        ->type_name("DIR");
    auto* update_command = app.add_subcommand(
        "update", "take a newer guest list, agenda and refusals from a NAME.update bundle");
    update_command->add_option("BUNDLE", line.bundle, "the NAME.update file")->required();
    update_command
        ->add_option("--start-passphrase-file", line.start_passphrase_file,
                     "file with the 12 digits, where the kiosk keeps no key; - for standard input")
        ->type_name("FILE");
    update_command->add_option("--state", line.state, "where the kiosk keeps its state")
        ->type_name("DIR");
    auto* voice = app.add_subcommand(
        "voice", "record everything the kiosk may say, in both languages, with espeak-ng");
    voice->add_option("FOLDER", line.voice, "for sound.voice; what is in it stays")->required();
    voice->add_option("--assets", line.assets, "words and sounds, instead of the installed ones")
        ->type_name("DIR");
    auto* selftest =
        app.add_subcommand("selftest", "say part by part whether this machine can be a kiosk");
    selftest
        ->add_option("--config", line.config,
                     "settings read after /etc/hudoor/kiosk.toml and conf.d")
        ->type_name("FILE");
    selftest->add_option("--state", line.state, "where the kiosk keeps its state")
        ->type_name("DIR");
    selftest->add_option("--assets", line.assets, "words and sounds, instead of the installed ones")
        ->type_name("DIR");
    selftest
        ->add_option("--camera", line.camera,
                     "GStreamer source, instead of the setting camera.source")
        ->type_name("PIPELINE");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
    }
    std::optional<Log> log(std::in_place);
    const ExitCode exit_code = exit_code_of([&] {
        hudoor::storage::init_crypto();
        if (*selftest)
            return kiosk::run_selftest({.settings = [&line] { return settings_of(line); },
                                        .state = state_of(line),
                                        .assets = assets_of(line)});
        if (*enrol_command)
            enrol(line);
        else if (*export_command)
            export_facts(line);
        else if (*update_command)
            update(line);
        else if (*voice)
            record_voice(line);
        else
            run(line);
        return ExitCode::done;
    });
    const hudoor::EndsWithin deadline(2s, exit_code);  // whoever reads the log may hang
    log.reset();
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    hudoor::config::hold_standard_streams();
    ::umask(0077);  // what others make for us, too: databases, pictures
    kiosk::harden_process();
    // What tpm2-tss has to say stands in our own messages.
    ::setenv("TSS2_LOG", "all+NONE", 0);
    return static_cast<int>(
        hudoor::config::finish_output("hudoor-kiosk", parse_and_run(argc, argv)));
}
