// ./run bench latency: how long a delegate waits, what it costs, how long a start takes. Everything
// is measured on the real program playing the real feed; goals stand beside the figures.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "assets/assets_dir.hpp"
#include "kiosk/desk/desk.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/usher/panel_view.hpp"
#include "storage/facts/chain.hpp"
#include "storage/journal/journal.hpp"
#include "tests/bench/busy_kiosk.hpp"
#include "tests/bench/flood_film.hpp"
#include "tests/e2e/play.hpp"
#include "tests/kiosk/desk/publication.hpp"
#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/fake_journal_device.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::within;

namespace {

nlohmann::ordered_json all_figures;

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
}

void print_spread(const std::string& what, const std::vector<double>& values,
                  const std::string& goal) {
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f | %s |\n", what.c_str(), percentile(values, 0.5),
                percentile(values, 0.95), percentile(values, 0.99), percentile(values, 1),
                goal.c_str());
    all_figures[what] = {{"p50", percentile(values, 0.5)},
                         {"p95", percentile(values, 0.95)},
                         {"p99", percentile(values, 0.99)},
                         {"max", percentile(values, 1)},
                         {"n", values.size()}};
}

void print_figure(const std::string& what, double value, const std::string& unit,
                  const std::string& goal) {
    std::printf("| %s | %.2f %s | %s |\n", what.c_str(), value, unit.c_str(), goal.c_str());
    all_figures[what] = value;
}

/// CPU seconds a process has used, all threads.
double cpu_seconds(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string stat;
    std::getline(in, stat);
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Resident memory, MB.
double resident_mb(pid_t pid, const std::string& field = "VmRSS:") {
    std::ifstream in("/proc/" + std::to_string(pid) + "/status");
    for (std::string word; in >> word;)
        if (word == field) {
            double kb = 0;
            in >> kb;
            return kb / 1024;
        }
    return 0;
}

std::string paced_source(const fs::path& feed) {
    return "filesrc location=" + feed.string() + " ! avidemux ! identity sync=true ! jpegdec";
}

/// Share of one core that decoding the feed alone takes, over `span`.
double decode_alone(const fs::path& feed, std::chrono::seconds lead, std::chrono::seconds span) {
    test::ChildProcess decoder({"gst-launch-1.0", "-q", "filesrc", "location=" + feed.string(), "!",
                                "avidemux", "!", "identity", "sync=true", "!", "jpegdec", "!",
                                "fakesink"});
    (void)decoder.read_line(within(lead));
    const double before = cpu_seconds(decoder.pid());
    (void)decoder.read_line(within(span));
    return (cpu_seconds(decoder.pid()) - before) / std::chrono::duration<double>(span).count();
}

struct Played {
    std::vector<std::string> lines;
    double core_share = 0;  ///< over the middle of the play
    double resident = 0;
};

/// Plays a feed at its true pace; the load is taken from `lead` on, for `span`.
Played play(const Event& event, const fs::path& feed, std::chrono::seconds lead,
            std::chrono::seconds span, bool to_end) {
    auto kiosk = start_kiosk(
        event, {.camera = paced_source(feed), .display = {}, .until_end = true, .more = {}});
    Played played;
    const auto read_for = [&](MonotonicTime until) {
        while (auto line = kiosk.read_line(until)) played.lines.push_back(std::move(*line));
    };
    read_for(within(lead));
    const double before = cpu_seconds(kiosk.pid());
    read_for(within(span));
    played.core_share =
        (cpu_seconds(kiosk.pid()) - before) / std::chrono::duration<double>(span).count();
    played.resident = resident_mb(kiosk.pid(), "VmHWM:");
    if (to_end) read_for(within(300s));
    return played;
}

void measure_badges(const std::string& size) {
    const Event event = make_event(1, 40, size);
    const auto truth = truth_of(event);
    const double decode = decode_alone(event.feed(), 2s, 20s);
    const Played played = play(event, event.feed(), 5s, 30s, true);
    const auto report = feed::check_results(expected_of(truth), played.lines);

    std::vector<double> verdict;
    std::vector<double> screen;
    std::vector<double> commit;
    std::vector<double> decide;
    std::vector<double> shown;
    std::size_t next = 0;
    for (const std::string& text : played.lines) {
        const auto line = nlohmann::json::parse(text);
        if (line.contains("hint")) continue;
        const auto& ms = line["ms"];
        verdict.push_back(ms["frame_to_verdict"].get<double>() - ms["commit"].get<double>());
        screen.push_back(ms["frame_to_screen"]);
        commit.push_back(ms["commit"]);
        decide.push_back(ms["decide"]);
        const std::string outcome =
            line["verdict"].get<std::string>() + "/" + line["reason"].get<std::string>();
        while (next < truth.size() && truth[next].expect != outcome) ++next;
        if (next == truth.size()) continue;
        const double waited =
            (line["frame"].get<double>() - 1 - truth[next].first_frame) * 1'000.0 / truth[next].fps;
        shown.push_back(std::max(0.0, waited) + ms["frame_to_verdict"].get<double>());
        ++next;
    }
    std::printf("\n### %s at 30 frames a second, MJPEG, no GPU: %d of %zu right\n\n", size.c_str(),
                report.right, truth.size());
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    const bool small = size == "1280x720";
    print_spread(size + " frame to verdict, commit apart", verdict,
                 small ? "p50 <= 20, p99 <= 60" : "");
    print_spread(size + " commit", commit, "");
    print_spread(size + " look-up and decision", decide, "");
    print_spread(size + " shown to verdict", shown, small ? "p50 <= 150, p95 <= 600" : "");
    print_spread(size + " frame to screen", screen, small ? "p95 <= 120" : "");
    std::printf("\n| | figure | goal |\n|---|---|---|\n");
    print_figure(size + " decoding alone", decode * 100, "% of a core", "");
    print_figure(
        size + " badges moving", played.core_share * 100, "% of a core",
        small ? "" : "<= decoding + 80 = " + std::to_string(static_cast<int>(decode * 100 + 80)));
    print_figure(size + " resident", played.resident, "MB", "");
}

/// From the first frame of a valid badge after a flood of forged ones to its screen.
void measure_flood() {
    constexpr int valid_badges = 20;
    const Event event = make_event(1, 0);
    const fs::path film = event.folder / "flood.avi";
    const auto came = bench::make_flood_film(event, valid_badges, film);
    const Played played = play(event, film, 5s, 55s, true);
    std::vector<double> shown;
    std::size_t answers = 0;
    for (const std::string& text : played.lines) {
        const auto line = nlohmann::json::parse(text);
        if (!line.contains("verdict")) continue;
        ++answers;
        if (line["verdict"] != "admitted" || shown.size() == came.size()) continue;
        const double waited =
            (line["frame"].get<double>() - 1 - came[shown.size()]) * 1'000.0 / bench::flood_fps;
        shown.push_back(std::max(0.0, waited) + line["ms"]["frame_to_screen"].get<double>());
    }
    std::printf(
        "\n### A valid badge after 25 forged ones a second, the first time for 60 s: %zu of %d\n\n",
        shown.size(), valid_badges);
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    print_spread("valid badge shown after a flood", shown, "p95 <= 1000");
    std::printf("\n| | figure | goal |\n|---|---|---|\n");
    print_figure("flood, share of a core", played.core_share * 100, "%", "");
    print_figure("flood, other screens", static_cast<double>(answers - shown.size()), "", "");
    if (shown.size() != came.size()) throw std::runtime_error("a valid badge was not admitted");
}

/// One picture, shown for `seconds`.
fs::path make_still(const Event& event, std::size_t seconds) {
    auto still = event.folder / "still.avi";
    write_cut(read_pictures(event.feed()),
              {.first = 0, .last = 0, .empty_before = seconds * 30, .empty_after = 0}, still);
    return still;
}

void measure_idle() {
    const Event event = make_event(1, 40);
    const fs::path still = make_still(event, 45);
    const double decode = decode_alone(still, 2s, 20s);
    const Played played = play(event, still, 15s, 20s, false);
    std::printf(
        "\n### Idle: nothing has moved for 10 s, 1280x720\n\n| | figure | goal |\n|---|---|---|\n");
    print_figure("idle decoding alone", decode * 100, "% of a core", "");
    print_figure("idle", played.core_share * 100, "% of a core",
                 "<= decoding + 10 = " + std::to_string(static_cast<int>(decode * 100 + 10)));
}

/// Many different badges at a desk with a long list; the disk is memory, the clock the real one.
void measure_decisions() {
    constexpr unsigned registrations = 100'000;
    constexpr unsigned shown = 5'000;
    test::EventFixture event;
    for (storage::Session& session : event.identity.agenda.sessions) {
        session.capacity = 0;
        session.quota.clear();
    }
    const auto people = event.delegates_up_to(registrations);
    const ShiftedClock clock(test::dubai(4, 9, 31));
    std::vector<storage::NamedKeeper> members;
    members.push_back({"journal", std::make_unique<storage::Keeper>([] {
                           return std::make_unique<test::FakeJournalDevice>(
                               std::make_shared<test::FakeJournalState>());
                       })});
    storage::Keepers keepers(std::move(members), 1);
    kiosk::Desk desk(
        {.now = test::publication_of(event, event.replica(people), test::kiosk_secrets()),
         .policy = {}},
        clock, {}, keepers);
    desk.open();
    std::vector<double> decide;
    for (unsigned i = 0; i < shown; ++i) {
        const auto& person = people[i * (registrations / shown)];
        const auto answer = desk.handle({.text = event.badge_text(person),
                                         .source = scanner::ScanSource::camera,
                                         .entered = clock.monotonic(),
                                         .corners = {},
                                         .frame = 0});
        if (!answer || answer->verdict.kind != storage::VerdictKind::admitted)
            throw std::runtime_error(
                "badge " + std::to_string(i) + " was not admitted: " +
                (answer ? std::string(name_of(answer->verdict.reason)) : "no answer"));
        decide.push_back(std::chrono::duration<double, std::milli>(answer->timing.decide).count());
    }
    std::printf("\n### Look-up and decision, %u different badges of %u registrations\n\n", shown,
                registrations);
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    print_spread("look-up and decision", decide, "p99 <= 1");
}

struct Visitor {
    storage::RegistrationId registration;
    storage::BadgeNumber badge;
};

std::vector<Visitor> draw_visitors(int count) {
    std::vector<Visitor> all(static_cast<std::size_t>(count));
    for (Visitor& one : all) {
        one.registration.bytes = storage::make_uuid_v7(1'796'000'000'000);
        one.badge = storage::draw_badge_number();
    }
    return all;
}

/// Own facts of earlier days, as many as a long event makes, signed as the kiosk signs them:
/// everybody comes, and goes, and comes again.
void fill_journal(const Event& event, int registrations, int facts) {
    const SystemClock clock;
    const auto enrolment = kiosk::load_enrolment(event.state());
    storage::Journal journal({.directory = event.state(),
                              .kiosk = enrolment.identity.kiosk,
                              .kiosk_key = enrolment.identity.kiosk_key});
    storage::Chain chain({.kiosk = enrolment.identity.kiosk,
                          .place = enrolment.identity.place,
                          .signing_key = &enrolment.secrets.value().signing},
                         clock, journal.head());
    const auto visitors = draw_visitors(registrations);
    std::vector<storage::StoredFact> batch;
    for (int i = 0; i < facts; ++i) {
        storage::Fact fact;
        fact.kind = i == 0 ? storage::FactKind::hello : storage::FactKind::admitted;
        if (i > 0) {
            const bool leaves = i / registrations % 2 == 1;
            if (leaves) fact.kind = storage::FactKind::left;
            const Visitor& who = visitors[static_cast<std::size_t>(i % registrations)];
            fact.registration = who.registration;
            fact.badge = who.badge;
            fact.issue = 1;
            fact.session = storage::SessionId{1};
            fact.verdict = storage::VerdictKind::admitted;
            fact.reason = storage::Reason::ok;
            fact.direction = leaves ? storage::Direction::exit : storage::Direction::entry;
            fact.method = storage::Method::badge;
        }
        batch.push_back(chain.append(std::move(fact)));
        if (batch.size() == 1'000 || i + 1 == facts) {
            journal.append(batch);
            journal.tidy();
            batch.clear();
        }
    }
}

void measure_start(int registrations, int facts, const std::string& goal) {
    const Event event = make_event(3, 12, "1280x720", registrations);
    if (facts > 0) fill_journal(event, registrations, facts);
    std::vector<double> ready;
    double resident = 0;
    for (int i = 0; i < 5; ++i) {
        test::ChildProcess kiosk(
            {"bash", "-c",
             "exec '" + program("hudoor-kiosk").string() + "' --headless --state '" +
                 event.state().string() +
                 "' --camera 'videotestsrc is-live=true ! video/x-raw,width=320,height=240' 2>&1"});
        static const std::string says = "ready after ";
        for (;;) {
            const auto line = kiosk.read_line(within(60s));
            if (!line) throw std::runtime_error("the kiosk does not become ready");
            const auto at = line->find(says);
            if (at == std::string::npos) continue;
            ready.push_back(std::stod(line->substr(at + says.size())));
            break;
        }
        resident = std::max(resident, resident_mb(kiosk.pid()));
        kiosk.kill(SIGTERM);
        (void)kiosk.wait(within(10s));
    }
    const std::string what =
        std::to_string(registrations) + " registrations, " + std::to_string(facts) + " facts";
    print_figure("ready, " + what, percentile(ready, 0.5), "ms", goal);
    print_figure("resident, " + what, resident, "MB", registrations == 100'000 ? "<= 220" : "");
}

/// One fact appended to a journal and the same number of bytes to a bare file, in turn.
void measure_commit() {
    const fs::path folder = fs::path(HUDOOR_BUILD_DIR) / "bench-commit";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const SystemClock clock;
    storage::Journal journal({.directory = folder, .kiosk = storage::KioskId{1}, .kiosk_key = {}});
    storage::Chain chain({.kiosk = storage::KioskId{1}, .place = storage::PlaceId{1}}, clock,
                         journal.head());
    const int bare =
        ::open((folder / "bare").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto wal = folder / "journal.db-wal";
    std::vector<double> commits;
    std::vector<double> bares;
    std::vector<double> ratios;
    for (int i = 0; i < 400; ++i) {
        storage::Fact fact;
        fact.kind = i == 0 ? storage::FactKind::hello : storage::FactKind::refused;
        const storage::StoredFact stored = chain.append(std::move(fact));
        const auto size_before = fs::file_size(wal);
        const auto began = std::chrono::steady_clock::now();
        journal.append(std::span(&stored, 1));
        const auto between = std::chrono::steady_clock::now();
        const auto grown = fs::file_size(wal) - std::min(size_before, fs::file_size(wal));
        if (grown == 0) continue;  // the log began again from its start
        const std::string bytes(grown, 'x');
        const auto bare_began = std::chrono::steady_clock::now();
        if (::write(bare, bytes.data(), bytes.size()) < 0 || ::fdatasync(bare) != 0)
            throw std::runtime_error("bare append failed");
        const auto ended = std::chrono::steady_clock::now();
        commits.push_back(std::chrono::duration<double, std::milli>(between - began).count());
        bares.push_back(std::chrono::duration<double, std::milli>(ended - bare_began).count());
        ratios.push_back(commits.back() / bares.back());
    }
    ::close(bare);
    std::printf("\n### Commit beside a bare append and fdatasync of as many bytes, %zu in turn\n\n",
                ratios.size());
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    print_spread("journal append of one fact", commits, "");
    print_spread("bare append + fdatasync", bares, "");
    print_spread("ratio of pairs", ratios, "median 0.8 to 1.3");
    fs::remove_all(folder);
}

constexpr const char* start_table =
    "\n### From start to ready, and memory\n\n| | figure | goal |\n|---|---|---|\n";

void measure_starts() {
    std::printf("%s", start_table);
    measure_start(2'000, 0, "");
    measure_start(20'000, 0, "<= 1000");
    measure_start(100'000, 100'000, "<= 2000");
}

void measure_start_of_a_million() {
    std::printf("%s", start_table);
    measure_start(20'000, 1'000'000, "<= 5000");
}

double process_cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// CPU of all threads for one whole frame of a result that has not been seen before.
void measure_drawing() {
    using namespace kiosk;
    using storage::Reason;
    using storage::VerdictKind;
    const auto window = open_headless({});
    Painter painter(assets::find_assets_dir(), *window);
    warm_up(*window, painter);
    const std::pair<VerdictKind, Reason> results[] = {
        {VerdictKind::admitted, Reason::ok},
        {VerdictKind::already_in, Reason::already_in},
        {VerdictKind::refused, Reason::wrong_session},
        {VerdictKind::see_usher, Reason::session_full}};
    std::vector<double> first, later;
    for (int i = 0; i < 200; ++i) {
        const auto& [kind, reason] = results[i % 4];
        View view = samples::verdict(kind, reason);
        const auto number = std::to_string(i);
        std::get<VerdictScreen>(view.screen).answer.name = {"د. نورة المرزوقي " + number,
                                                            "Dr Noura Al Marzouqi " + number};
        const double began = process_cpu_ms();
        window->begin_frame(ground_colour(view));
        (void)draw(painter, view);
        window->end_frame({});
        (i < 4 ? first : later).push_back(process_cpu_ms() - began);
    }
    std::printf(
        "\n### Drawing a result without a GPU, CPU of all threads, a new name each time\n\n");
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    print_spread("the first result of each kind", first, "");
    print_spread("every later one", later, "33");
}

double milliseconds_since(MonotonicTime began) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
        .count();
}

/// The ushers' pages: one frame, and from the finger's lifting to the changed page, which is the
/// frame that sees it lift and the first one of what comes next.
void measure_panel() {
    using namespace kiosk;
    const auto window = open_headless({});
    Painter painter(assets::find_assets_dir(), *window);
    const auto panels = samples::panels();
    const auto draw_one = [&](const PanelView& view) {
        window->begin_frame(panel_ground(view));
        (void)draw_panel(painter, view);
        window->end_frame({});
    };
    std::vector<double> frames, changes, quiet, busy;
    for (const auto language : {assets::Language::ar, assets::Language::en})
        for (std::size_t i = 0; i + 1 < panels.size(); ++i) {
            PanelView now = panels[i].view, next = panels[i + 1].view;
            now.appearance.only = next.appearance.only = language;
            draw_one(now);
            const double cpu = process_cpu_ms();
            const auto lifted = std::chrono::steady_clock::now();
            draw_one(now);
            frames.push_back(process_cpu_ms() - cpu);
            draw_one(next);
            changes.push_back(milliseconds_since(lifted));
        }
    const auto measure_pages = [&](std::vector<double>& times, bench::BusyKiosk* work) {
        for (const auto& panel : panels) {
            draw_one(panel.view);
            if (work != nullptr) work->search_on();
            const auto began = std::chrono::steady_clock::now();
            draw_one(panel.view);
            times.push_back(milliseconds_since(began));
        }
    };
    bench::BusyDone done;
    for (int round = 0; round < 3; ++round) {  // one beside the other
        measure_pages(quiet, nullptr);
        bench::BusyKiosk work(
            {.folder = fs::path(HUDOOR_BUILD_DIR) / "bench-stick", .disk_takes = 100ms});
        for (int times = 0; times < 3; ++times) measure_pages(busy, &work);
        const auto now = work.done();
        done.kept += now.kept, done.copied += now.copied, done.searched += now.searched;
    }
    std::printf("\n### The ushers' pages without a GPU\n\n");
    std::printf("| ms | p50 | p95 | p99 | max | goal |\n|---|---|---|---|---|---|\n");
    print_spread("a frame, CPU of all threads", frames, "33");
    print_spread("tap to drawn change", changes, "p95 100");
    print_spread("a frame, from begin to end", quiet, "");
    print_spread("the same behind a disk that takes 100 ms a call", busy, "max 33");
    std::printf(
        "\nBehind that disk meanwhile: %zu facts kept, all records copied to a stick %zu times, %zu searches in 100,000 names.\n",
        done.kept, done.copied, done.searched);
}

const std::pair<std::string, void (*)()> parts[] = {{"badges",
                                                     [] {
                                                         measure_badges("1280x720");
                                                         measure_badges("1920x1080");
                                                     }},
                                                    {"flood", measure_flood},
                                                    {"idle", measure_idle},
                                                    {"decisions", measure_decisions},
                                                    {"drawing", measure_drawing},
                                                    {"panel", measure_panel},
                                                    {"commit", measure_commit},
                                                    {"start", measure_starts},
                                                    {"million", measure_start_of_a_million}};

}  // namespace

/// [--json FILE] [PART...]: badges, flood, idle, decisions, drawing, panel, commit, start,
/// million; all of them if none is named.
int main(int argc, char** argv) {
    try {
        storage::init_crypto();
        std::printf("## bench latency: 2 cores are meant, drawing off-screen at 1920x1080\n");
        const std::vector<std::string> arguments(argv + 1, argv + argc);
        const bool as_json = arguments.size() >= 2 && arguments[0] == "--json";
        const std::set<std::string> wanted(arguments.begin() + (as_json ? 2 : 0), arguments.end());
        for (const auto& [name, measure] : parts)
            if (wanted.empty() || wanted.contains(name)) measure();
        if (as_json) std::ofstream(arguments[1]) << all_figures.dump(2) << "\n";
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench latency: %s\n", error.what());
        return 1;
    }
}
