#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/facts/chain.hpp"
#include "storage/journal/journal.hpp"
#include "storage/journal/lock.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "hudoor-selftest-XXXXXX").string();
        ENSURE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

struct Outcome {
    int exit_code = -1;
    std::map<std::string, std::string> lines;  ///< by part: "ok 226 in Arabic ..."
};

Outcome selftest(const fs::path& state, const std::vector<std::string>& options = {}) {
    std::vector<std::string> argv{HUDOOR_KIOSK, "selftest", "--state", state.string()};
    argv.insert(argv.end(), options.begin(), options.end());
    ChildProcess child(argv);
    const auto deadline = within(60s);
    Outcome outcome;
    while (const auto line = child.read_line(deadline)) {
        const auto colon = line->find(": ");
        if (colon == std::string::npos || colon < 6) continue;
        const std::string result = line->substr(0, line->find(' '));
        outcome.lines[line->substr(6, colon - 6)] = result + ' ' + line->substr(colon + 2);
    }
    outcome.exit_code = child.wait(deadline).value_or(-1);
    return outcome;
}

bool begins(const std::string& text, const std::string& start) { return text.starts_with(start); }

/// Every file with what is in it.
std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return files;
}

/// A state directory as enrolment leaves it, with two registrations.
void enrol_into(const fs::path& state, const EventFixture& event) {
    const storage::Secret<32> kiosk_key = test_secret("kiosk key");
    const auto write = [&](const char* name, storage::ByteView bytes) {
        storage::write_file(state / name, bytes, storage::private_mode);
    };
    write("identity", storage::encode_identity(event.identity, event.organiser));
    write("refusals", storage::encode_refusals(event.refusals, demo_event, event.organiser));
    const storage::KioskSecrets secrets{storage::SigningKey(test_secret("kiosk")),
                                        storage::OpeningKey(test_secret("kiosk opening"))};
    write("identity.sealed", storage::seal_secrets(secrets, kiosk_key));
    write("replica.snapshot", event.snapshot(event.delegates_up_to(2)));
    write("kiosk.key", kiosk_key.view());
}

void keep_two_facts(const fs::path& state, const EventFixture& event) {
    const ManualClock clock;
    storage::Chain chain(
        {.kiosk = event.identity.kiosk, .place = north, .signing_key = &event.kiosk_signing}, clock,
        {});
    storage::Fact hello;
    hello.kind = storage::FactKind::hello;
    storage::Fact left;
    left.kind = storage::FactKind::left;
    std::vector<storage::StoredFact> facts;
    facts.push_back(chain.append(hello));
    facts.push_back(chain.append(left));
    storage::Journal(
        {.directory = state, .kiosk = event.identity.kiosk, .kiosk_key = event.identity.kiosk_key})
        .append(facts);
}

}  // namespace

TEST_CASE(
    "a machine that can be a kiosk passes its self-test without display, enrolment or traces") {
    const Folder state;
    const Outcome outcome = selftest(state.path());
    CHECK(outcome.exit_code == 0);
    for (const char* part :
         {"settings", "words", "picture", "reader", "sound", "camera", "records"}) {
        CAPTURE(part);
        REQUIRE(outcome.lines.contains(part));
        CHECK(begins(outcome.lines.at(part), "ok "));
    }
    CHECK(begins(outcome.lines.at("enrolment"), "-- none in "));
    CHECK(fs::is_empty(state.path()));
}

TEST_CASE("a self-test goes on after a failure and ends with the code of the first") {
    const Folder state;
    std::ofstream(state.path() / "quiet.toml") << "[sound]\nsink = \"nosuchsink\"\n";
    std::ofstream(state.path() / "wrong.toml") << "[sound]\nloudness = 1\n";

    SECTION("no words") {
        const Outcome outcome =
            selftest(state.path(), {"--assets", "/nowhere", "--camera", "nosuchsrc"});
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::no_input));
        CHECK(begins(outcome.lines.at("words"), "FAIL "));
        CHECK(outcome.lines.at("words").find("/nowhere") != std::string::npos);
        CHECK(begins(outcome.lines.at("camera"), "FAIL "));
        CHECK(begins(outcome.lines.at("reader"), "ok "));
        CHECK(begins(outcome.lines.at("records"), "ok "));
    }
    SECTION("a sink that is not there") {
        const Outcome outcome =
            selftest(state.path(), {"--config", (state.path() / "quiet.toml").string()});
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::unavailable));
        CHECK(outcome.lines.at("sound").find("nosuchsink") != std::string::npos);
    }
    SECTION("wrong settings") {
        const Outcome outcome =
            selftest(state.path(),
                     {"--config", (state.path() / "wrong.toml").string(), "--assets", "/nowhere"});
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::bad_settings));
        CHECK(outcome.lines.at("settings").find("wrong.toml:2:1") != std::string::npos);
        CHECK(begins(outcome.lines.at("words"), "FAIL "));
    }
    SECTION("a camera that is not there by its name") {
        std::ofstream(state.path() / "camera.toml") << "[camera]\nname = \"no such camera\"\n";
        const Outcome outcome =
            selftest(state.path(), {"--config", (state.path() / "camera.toml").string()});
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::unavailable));
        CHECK(begins(outcome.lines.at("camera"), "FAIL "));
    }
    SECTION("a camera that is a file feed needs only what reads it") {
        const Outcome outcome = selftest(state.path(), {"--camera", "videotestsrc"});
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.lines.at("camera").find("videotestsrc") != std::string::npos);
    }
}

TEST_CASE("an enrolled kiosk's self-test knows its name, its list and its records") {
    const EventFixture event;
    const Folder state;
    enrol_into(state.path(), event);
    CHECK(selftest(state.path()).lines.at("own records") == "ok none yet");

    keep_two_facts(state.path(), event);
    const Outcome outcome = selftest(state.path());
    CHECK(outcome.exit_code == 0);
    CHECK(begins(outcome.lines.at("enrolment"), "ok the kiosk " + event.identity.kiosk_name));
    CHECK(begins(outcome.lines.at("key and guest list"), "ok 2 registrations"));
    CHECK(outcome.lines.at("own records") == "ok 2, whole and unaltered");
}

TEST_CASE(
    "F32: the self-test names a folder with damaged records, and leaves a damaged log alone") {
    const EventFixture event;
    const Folder state;
    enrol_into(state.path(), event);
    keep_two_facts(state.path(), event);
    fs::create_directory(state.path() / "damaged-20261204T053112Z");
    Outcome outcome = selftest(state.path());
    CHECK(outcome.exit_code == 0);
    CHECK(begins(outcome.lines.at("put aside"),
                 "-- " + (state.path() / "damaged-20261204T053112Z").string()));
    std::ofstream(state.path() / "journal.db-wal") << std::string(9'000, 'x');
    const auto before = contents(state.path());
    outcome = selftest(state.path());
    CHECK(outcome.exit_code == static_cast<int>(ExitCode::bad_data));
    CHECK(outcome.lines.at("own records").find("its log goes on") != std::string::npos);
    CHECK(contents(state.path()) == before);
}

TEST_CASE("an enrolled kiosk's self-test looks at its mirror, where one is set") {
    const EventFixture event;
    const Folder state;
    const Folder mirror;
    enrol_into(state.path(), event);
    const auto look_at = [&](const fs::path& folder) {
        const fs::path settings = state.path() / "mirror.toml";
        std::ofstream(settings) << "[storage]\nmirror = \"" << folder.string() << "\"\n";
        return selftest(state.path(), {"--config", settings.string()});
    };
    CHECK_FALSE(selftest(state.path()).lines.contains("mirror"));
    Outcome outcome = look_at(mirror.path());  // in one place with the state
    CHECK(outcome.exit_code == static_cast<int>(ExitCode::bad_settings));
    CHECK(outcome.lines.at("mirror").find("same device") != std::string::npos);
    outcome = look_at(mirror.path() / "not-mounted");
    CHECK(outcome.lines.at("mirror").find("not there") != std::string::npos);
    CHECK(fs::is_empty(mirror.path()));
}

TEST_CASE("F29: the self-test leaves the records of a running kiosk alone") {
    const EventFixture event;
    const Folder state;
    enrol_into(state.path(), event);
    keep_two_facts(state.path(), event);
    const storage::JournalLock running(state.path());
    const auto before = contents(state.path());
    const Outcome outcome = selftest(state.path());
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.lines.at("own records") == "ok not looked at: the kiosk is running");
    CHECK(begins(outcome.lines.at("records"), "ok "));
    CHECK(contents(state.path()) == before);
}

TEST_CASE("F26, F10: a missing key and a damaged list are found by the self-test") {
    const EventFixture event;
    const Folder state;
    enrol_into(state.path(), event);
    SECTION("no key") {
        fs::remove(state.path() / "kiosk.key");
        const Outcome outcome = selftest(state.path());
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::no_input));
        CHECK(outcome.lines.at("key and guest list").find("kiosk.key") != std::string::npos);
    }
    SECTION("a list cut short") {
        fs::resize_file(state.path() / "replica.snapshot", 600);
        const Outcome outcome = selftest(state.path());
        CHECK(outcome.exit_code == static_cast<int>(ExitCode::bad_data));
        CHECK(begins(outcome.lines.at("key and guest list"), "FAIL "));
    }
    SECTION("another kiosk's key") {
        storage::write_file(state.path() / "kiosk.key", test_secret("other").view(),
                            storage::private_mode);
        const Outcome outcome = selftest(state.path());
        CHECK(begins(outcome.lines.at("key and guest list"), "FAIL "));
        CHECK(outcome.exit_code != 0);
    }
}

TEST_CASE("a state directory that is damaged is found by the self-test") {
    const EventFixture event;
    const Folder state;
    enrol_into(state.path(), event);
    fs::resize_file(state.path() / "identity", 40);
    const Outcome outcome = selftest(state.path());
    CHECK(outcome.exit_code == static_cast<int>(ExitCode::bad_data));
    CHECK(begins(outcome.lines.at("enrolment"), "FAIL "));
}
