/// hudoor-feed: makes what the demo and the tests show to a kiosk.
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "config/exit_code.hpp"
#include "config/fault.hpp"
#include "storage/organiser/event/keys.hpp"
#include "tests/feed/check.hpp"
#include "tests/feed/delegates.hpp"
#include "tests/feed/recorder.hpp"
#include "tests/feed/scenes.hpp"

namespace hudoor::feed {
namespace {

constexpr const char* about = R"(Makes what the demo and the tests show to a kiosk.

The feed is motion JPEG in an AVI file. A kiosk plays it at its true pace with
  hudoor-kiosk --until-end --camera
      "filesrc location=feed.avi ! avidemux ! identity sync=true ! jpegdec"
A second process is the camera with
  gst-launch-1.0 filesrc location=feed.avi ! avidemux ! identity sync=true
      ! multipartmux ! tcpserversink host=127.0.0.1 port=5000
read by --camera
      "tcpclientsrc host=127.0.0.1 port=5000 ! multipartdemux ! jpegdec"
A camera process that is stopped and continued would hurry to catch up; with
"identity sleep-time=33333" instead of "identity sync=true" it goes on where it was.)";

struct DelegatesCommand {
    std::string out;
    std::string lists = "assets/demo";
    DelegateOptions options;
};

struct FramesCommand {
    std::string event;
    std::string passphrase_file;
    Recording recording;
    std::string out;
    std::string truth;
    PlanOptions plan;
    std::string size = "1280x720";
    std::string place = "north";
    std::string at;
    std::string only;
    std::string lists = "assets/demo";
    std::string play = "hands";
    double every_s = 3;
};

struct CheckCommand {
    std::string truth;
    std::string results;
};

std::string read_passphrase(const std::string& file) {
    std::ifstream in(file);
    std::string passphrase;
    if (!std::getline(in, passphrase))
        throw Fault(ExitCode::no_input, "cannot read the passphrase file " + file);
    return passphrase;
}

/// "A-B" or "AxB".
std::pair<int, int> parse_pair(const std::string& text, char between, const std::string& option) {
    std::istringstream in(text);
    int first = 0;
    int second = 0;
    char letter = 0;
    if (!(in >> first >> letter >> second) || letter != between || !in.eof() || first < 0 ||
        second < 0)
        throw Fault(ExitCode::usage, option + ": cannot read \"" + text + "\"");
    return {first, second};
}

Size parse_size(const std::string& text) {
    const auto [width, height] = parse_pair(text, 'x', "--size");
    if (width < 320 || height < 240 || width > 4096 || height > 4096 || width % 2 || height % 2)
        throw Fault(ExitCode::usage, "--size: even numbers from 320x240 to 4096x4096 are possible");
    return {width, height};
}

WallTime parse_time(const std::string& text) {
    std::tm parts{};
    const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != 0)
        throw Fault(ExitCode::usage, "--at: a time in UTC like 2026-12-04T05:30:00Z is needed");
    return WallTime(std::chrono::seconds(timegm(&parts)));
}

const storage::Place& find_place(const storage::Identity& event, const std::string& code) {
    for (const storage::Place& place : event.agenda.places)
        if (place.code == code) return place;
    throw Fault(ExitCode::bad_data, "the event has no place \"" + code + "\"");
}

/// When the first session of this place begins.
WallTime first_start(const storage::Identity& event, const storage::Place& place) {
    std::optional<WallTime> earliest;
    for (const storage::Session& session : event.agenda.sessions)
        for (const storage::RoomId room : place.rooms)
            if (session.room == room && (!earliest || session.starts < *earliest))
                earliest = session.starts;
    if (!earliest) throw Fault(ExitCode::bad_data, "no session is held behind place " + place.code);
    return *earliest;
}

void show_progress(double share) {
    if (isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%3d %%", static_cast<int>(std::lround(share * 100)));
}

void make_delegates(const DelegatesCommand& command) {
    const NameLists lists = load_name_lists(command.lists);
    std::ofstream out(command.out);
    write_delegates(invent_delegates(lists, command.options), out);
    out.close();
    if (!out) throw Fault(ExitCode::cannot_create, "cannot write " + command.out);
}

Plan plan_of(const FramesCommand& command, const Cast& cast, const storage::SigningKey& key) {
    if (command.play == "demo") return make_demo_plan(cast, key, command.plan);
    if (command.play == "leaving") return make_leaving_plan(cast, key, command.plan);
    if (command.play == "rush") return make_rush_plan(cast, key, command.plan, command.every_s);
    return make_plan(cast, key, command.plan);
}

void make_frames(FramesCommand command) {
    const organiser::EventStore store(command.event);
    const organiser::EventKeys keys =
        organiser::open_event_keys(std::filesystem::path(command.event) / "event.keys",
                                   read_passphrase(command.passphrase_file));
    const storage::Identity event = store.event();
    const storage::Place& place = find_place(event, command.place);
    const WallTime at = command.at.empty() ? first_start(event, place) : parse_time(command.at);
    const Cast cast = choose_cast(
        event, store.registrations(), store.refusals(),
        {place.id, at, keys.current_badge_key, womens_names(load_name_lists(command.lists))});
    command.plan.size = parse_size(command.size);
    const Plan plan = plan_of(command, cast, keys.badge_keys.at(keys.current_badge_key));
    if (!command.only.empty()) {
        const auto [first, last] = parse_pair(command.only, '-', "--only");
        if (first > last || last >= static_cast<int>(plan.appearances.size()))
            throw Fault(ExitCode::usage, "--only: there are appearances 0 to " +
                                             std::to_string(plan.appearances.size() - 1));
        command.recording.first = static_cast<std::size_t>(first);
        command.recording.last = static_cast<std::size_t>(last);
    }
    command.recording.file = command.out;
    write_truth(record(plan, command.recording, show_progress), command.truth);
}

/// What hudoor-kiosk --camera takes to play the feed at its true pace.
void print_source(const std::string& file) {
    std::cout << "filesrc location=" << file << " ! avidemux ! identity sync=true ! jpegdec\n";
}

/// Result lines on their way past, for people.
void follow_results() {
    std::string line;
    while (std::getline(std::cin, line)) std::cout << describe_result(line) << std::endl;
}

/// Prints the report; bad_data if anything was wrong.
ExitCode check_feed(const CheckCommand& command) {
    std::vector<Expected> expected;
    for (const Truth& truth : read_truth(command.truth))
        expected.push_back({truth.index, truth.text, truth.expect});
    std::ifstream in(command.results);
    if (!in) throw Fault(ExitCode::no_input, "cannot read the result lines " + command.results);
    std::vector<std::string> results;
    for (std::string line; std::getline(in, line);) results.push_back(line);
    const CheckReport report = check_results(expected, results);
    std::cout << describe_report(expected, report);
    return report.wrong.empty() ? ExitCode::done : ExitCode::bad_data;
}

int run(int argc, char** argv) {
    CLI::App app(about, "hudoor-feed");
    app.require_subcommand(1);
    DelegatesCommand delegates;
    CLI::App* make_list =
        app.add_subcommand("delegates", "Invented delegates in our import columns");
    make_list->add_option("out", delegates.out, "The CSV file to write")->required();
    make_list->add_option("--count", delegates.options.count)->capture_default_str();
    make_list->add_option("--seed", delegates.options.seed)->capture_default_str();
    make_list->add_option("--lists", delegates.lists, "Directory of the name lists")
        ->capture_default_str();
    make_list->add_option("--session", delegates.options.main_session, "Most are registered for it")
        ->capture_default_str();
    make_list->add_option("--parallel", delegates.options.parallel_session, "The others are")
        ->capture_default_str();
    make_list->add_option("--later", delegates.options.later_sessions, "Half of all, each");

    FramesCommand frames;
    CLI::App* make_feed = app.add_subcommand("frames", "A feed of badges before a webcam");
    make_feed->add_option("event", frames.event, "Directory of event.db and event.keys")
        ->required();
    make_feed->add_option("--passphrase-file", frames.passphrase_file, "Of event.keys")->required();
    make_feed->add_option("--out", frames.out, "The AVI file to write")->required();
    make_feed->add_option("--truth", frames.truth, "The CSV file that says what is shown")
        ->required();
    make_feed
        ->add_option(
            "--play", frames.play,
            "hands: bare hands and every difficulty; demo: three minutes of a summit; rush: "
            "close behind each other; leaving: at a way out")
        ->check(CLI::IsMember({"hands", "demo", "rush", "leaving"}))
        ->capture_default_str();
    make_feed->add_option("--appearances", frames.plan.appearances, "Of hands and rush")
        ->check(CLI::Range(1, 2000))
        ->capture_default_str();
    make_feed->add_option("--every", frames.every_s, "Seconds from badge to badge in a rush")
        ->check(CLI::Range(2, 60))
        ->capture_default_str();
    make_feed->add_option("--lists", frames.lists, "Directory of the name lists")
        ->capture_default_str();
    make_feed->add_option("--only", frames.only, "Of these, write A-B (from 0)");
    make_feed->add_option("--seed", frames.plan.seed)->capture_default_str();
    make_feed->add_option("--size", frames.size)->capture_default_str();
    make_feed->add_option("--fps", frames.plan.fps)
        ->check(CLI::Range(5, 120))
        ->capture_default_str();
    make_feed->add_option("--quality", frames.recording.jpeg_quality)
        ->check(CLI::Range(20, 100))
        ->capture_default_str();
    make_feed->add_option("--place", frames.place, "Code of the entrance")->capture_default_str();
    make_feed->add_option("--at", frames.at, "UTC; else when its first session begins");

    std::string source_file;
    CLI::App* print = app.add_subcommand("source", "Prints a kiosk's --camera for a feed");
    print->add_option("feed", source_file)->required();
    CLI::App* follow = app.add_subcommand("follow", "Result lines from stdin, as people read them");
    CheckCommand check;
    CLI::App* compare = app.add_subcommand("check", "Holds result lines against the truth");
    compare->add_option("--truth", check.truth)->required();
    compare->add_option("--results", check.results, "What hudoor-kiosk --results printed")
        ->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
    }
    storage::init_crypto();
    if (*make_list) make_delegates(delegates);
    if (*make_feed) make_frames(std::move(frames));
    if (*print) print_source(source_file);
    if (*follow) follow_results();
    return static_cast<int>(*compare ? check_feed(check) : ExitCode::done);
}

}  // namespace
}  // namespace hudoor::feed

int main(int argc, char** argv) {
    try {
        return hudoor::feed::run(argc, argv);
    } catch (const hudoor::Fault& fault) {
        std::fprintf(stderr, "hudoor-feed: %s\n", fault.what());
        return static_cast<int>(fault.exit_code());
    }
}
