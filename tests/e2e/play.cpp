#include "tests/e2e/play.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/feed/avi.hpp"
#include "tests/support/hex.hpp"

namespace hudoor::e2e {

using namespace std::chrono_literals;
using test::ChildProcess;
using test::within;

namespace {

const std::filesystem::path build = HUDOOR_BUILD_DIR;

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Event make_event(int seed, int appearances, const std::string& size, int delegates) {
    const std::string name = std::to_string(seed) + "-" + std::to_string(appearances) + "-" + size +
                             "-" + std::to_string(delegates);
    Event event{build / "e2e" / name};
    const Finished made =
        run({"bash", std::string(HUDOOR_SOURCE_DIR) + "/tests/support/make_event.sh",
             build.string(), event.folder.string(), std::to_string(seed),
             std::to_string(appearances), size, std::to_string(delegates)});
    if (made.exit_code != 0) throw std::runtime_error("make_event.sh failed: " + made.output);
    return event;
}

std::vector<feed::Truth> truth_of(const Event& event) {
    return feed::read_truth(event.folder / "truth.csv");
}

std::vector<feed::Expected> expected_of(const std::vector<feed::Truth>& truth) {
    std::vector<feed::Expected> expected;
    expected.reserve(truth.size());
    for (const feed::Truth& one : truth) expected.push_back({one.index, one.text, one.expect});
    return expected;
}

Display::Display()
    : server_(std::make_unique<ChildProcess>(std::vector<std::string>{
          "Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"})) {
    const auto number = server_->read_line(within(20s));
    if (!number) throw std::runtime_error("Xvfb does not start");
    name_ = ":" + *number;
}

std::vector<std::string> read_pictures(const std::filesystem::path& feed) {
    // Inside a JPEG stream 0xFF is always followed by 0x00 or a marker, so these two do not occur
    // by chance.
    static constexpr std::string_view begins{"\xFF\xD8\xFF", 3};
    static constexpr std::string_view ends{"\xFF\xD9", 2};
    const std::string bytes = read_file(feed);
    std::vector<std::string> pictures;
    std::size_t end = 0;
    for (std::size_t at = bytes.find(begins); at != std::string::npos;
         at = bytes.find(begins, end)) {
        end = bytes.find(ends, at);
        if (end == std::string::npos) break;
        end += ends.size();
        pictures.push_back(bytes.substr(at, end - at));
    }
    return pictures;
}

void write_cut(const std::vector<std::string>& pictures, const Cut& cut,
               const std::filesystem::path& file) {
    feed::AviWriter out(file, {1280, 720}, 30);
    const auto add = [&out](const std::string& picture) {
        out.add_frame({picture.begin(), picture.end()});
    };
    // The first pictures show the empty hall; a single one would be a frozen camera.
    const auto empty = [&](std::size_t i) { return pictures[i % 8]; };
    for (std::size_t i = 0; i < cut.empty_before; ++i) add(empty(i));
    for (std::size_t i = cut.first; i < std::min(cut.last, pictures.size()); ++i) add(pictures[i]);
    for (std::size_t i = 0; i < cut.empty_after; ++i) add(empty(i));
    out.finish();
}

ChildProcess start_camera(const std::filesystem::path& feed, int port) {
    return ChildProcess({"gst-launch-1.0", "-q", "filesrc", "location=" + feed.string(), "!",
                         "avidemux", "!", "identity", "sync=true", "!", "multipartmux", "!",
                         "tcpserversink", "host=127.0.0.1", "port=" + std::to_string(port)});
}

std::string camera_source(int port) {
    return "tcpclientsrc host=127.0.0.1 port=" + std::to_string(port) +
           " ! multipartdemux ! jpegdec";
}

std::string fast_source(const std::filesystem::path& feed) {
    return "filesrc location=" + feed.string() + " ! avidemux ! jpegdec";
}

std::filesystem::path program(const std::string& name) {
    if (name == "hudoor") return build / "storage/organiser/hudoor";
    if (name == "hudoor-feed") return build / "tests/feed/hudoor-feed";
    return build / "kiosk" / name;
}

ChildProcess start_kiosk(const Event& event, const KioskOptions& options) {
    std::vector<std::string> argv{program("hudoor-kiosk").string(),
                                  "--state",
                                  event.state().string(),
                                  "--assets",
                                  (build / "assets").string(),
                                  "--camera",
                                  options.camera,
                                  "--results",
                                  "-",
                                  "--fake-time",
                                  options.time};
    if (options.display.empty())
        argv.emplace_back("--headless");
    else
        argv.insert(argv.end(), {"--window", "1920x1080"});
    if (options.until_end) argv.emplace_back("--until-end");
    argv.insert(argv.end(), options.more.begin(), options.more.end());
    argv.insert(argv.begin(), options.inside.begin(), options.inside.end());
    return ChildProcess(argv, {{"DISPLAY", options.display}});
}

double resident_mb(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string word; in >> word;)
        if (double kb = 0; word == "VmRSS:" && in >> kb) return kb / 1024;
    return 0;
}

Finished run(const std::vector<std::string>& argv, const std::map<std::string, std::string>& env) {
    ChildProcess child(argv, env);
    Finished finished;
    const MonotonicTime deadline = within(300s);
    while (const auto line = child.read_line(deadline)) finished.output += *line + "\n";
    finished.exit_code = child.wait(deadline).value_or(-1);
    return finished;
}

std::vector<storage::Fact> read_journal(const Event& event) {
    const Finished rows = run({"sqlite3", (event.state() / "journal.db").string(),
                               "SELECT hex(encoding) FROM fact ORDER BY number"});
    if (rows.exit_code != 0) throw std::runtime_error("sqlite3 failed: " + rows.output);
    std::vector<storage::Fact> facts;
    std::istringstream lines(rows.output);
    for (std::string line; std::getline(lines, line);) {
        const auto fact = storage::decode_fact(test::parse_hex(line));
        if (!fact) throw std::runtime_error("not a fact: " + line);
        facts.push_back(*fact);
    }
    return facts;
}

namespace {

std::string key(std::uint32_t epoch, std::uint64_t seq, std::string_view verdict,
                std::string_view reason) {
    return std::to_string(epoch) + " " + std::to_string(seq) + " " + std::string(verdict) + " " +
           std::string(reason);
}

}  // namespace

std::vector<std::string> keys_of_lines(const std::vector<std::string>& lines) {
    std::vector<std::string> keys;
    for (const std::string& text : lines) {
        const auto line = nlohmann::json::parse(text);
        if (line.contains("hint")) continue;
        keys.push_back(key(line["epoch"], line["seq"], line["verdict"].get<std::string>(),
                           line["reason"].get<std::string>()));
    }
    return keys;
}

std::vector<std::string> keys_of_facts(const std::vector<storage::Fact>& facts) {
    std::vector<std::string> keys;
    for (const storage::Fact& fact : facts)
        if (fact.verdict != storage::VerdictKind::none)
            keys.push_back(key(static_cast<std::uint32_t>(fact.epoch), fact.seq,
                               name_of(fact.verdict), name_of(fact.reason)));
    return keys;
}

}  // namespace hudoor::e2e
