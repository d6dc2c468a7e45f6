// The ushers' panel with real clicks, keys and bursts of a hand scanner in a real window.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/bundle/facts_bundle.hpp"
#include "tests/e2e/disk.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using storage::ActCode;
using storage::FactKind;
using test::within;
namespace fs = std::filesystem;

namespace {

// Of make_event.sh.
constexpr const char* usher_pin = "271828";
constexpr const char* supervisor_pin = "161803";
constexpr const char* reading = "0.4";  // seconds
// Colours of the screens, as ImageMagick prints them.
constexpr const char* paper = "F7F5F0";
constexpr const char* card = "FFFFFF";
constexpr const char* bar = "1D3461";
constexpr const char* green = "00796B";
constexpr const char* red = "8E1B16";
constexpr const char* amber = "FFC20E";

struct Mm {
    double x = 0;
    double y = 0;
};
constexpr Mm corner{456, 250}, bar_middle{300, 4}, strip{238, 16}, yes{86, 220};

/// A keyboard by key codes (X11's for a pc105), as a hand scanner is one: 50 is Shift.
struct Key {
    int code = 0;
    bool shifted = false;
};
Key key_of(char c) {
    static const std::map<char, Key> signs{
        {' ', {65, false}}, {'-', {20, false}}, {'.', {60, false}},
        {'/', {61, false}}, {'$', {13, true}},  {'%', {14, true}},
        {'*', {17, true}},  {'+', {21, true}},  {':', {47, true}}};
    if (c >= '1' && c <= '9') return {c - '1' + 10, false};
    if (c == '0') return {19, false};
    if (const auto sign = signs.find(c); sign != signs.end()) return sign->second;
    constexpr std::string_view rows[] = {"QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"};
    constexpr int first[] = {24, 38, 52};
    for (std::size_t row = 0; row < 3; ++row)
        if (const auto at = rows[row].find(c); at != std::string_view::npos)
            return {first[row] + static_cast<int>(at), true};
    throw std::runtime_error(std::string("no key for ") + c);
}

/// A running kiosk, and what a person does at it.
class AtKiosk {
public:
    explicit AtKiosk(const Event& event, std::vector<std::string> more = {},
                     std::vector<std::string> inside = {})
        : event_(event),
          env_{{"DISPLAY", display_.name()}},
          more_(std::move(more)),
          inside_(std::move(inside)) {
        start();
    }

    void start(const std::string& time = "2026-12-04T05:31:00Z") {
        kiosk_ =
            std::make_unique<test::ChildProcess>(start_kiosk(event_, {.camera = nothing_to_see,
                                                                      .display = display_.name(),
                                                                      .until_end = false,
                                                                      .inside = inside_,
                                                                      .more = more_,
                                                                      .time = time}));
        REQUIRE(comes_to({5, 134}, paper));
    }
    void power_cut() {
        kiosk_->kill(SIGKILL);
        (void)kiosk_->wait(within(10s));
    }
    void stop() {
        kiosk_->kill(SIGTERM);
        CHECK(kiosk_->wait(within(10s)) == 0);
    }

    /// By somebody who has read what is there: nothing reacts before.
    void tap(Mm at) {
        REQUIRE(run({"xdotool", "mousemove", px(at.x), px(at.y), "sleep", reading, "mousedown", "1",
                     "sleep", "0.1", "mouseup", "1"},
                    env_)
                    .exit_code == 0);
    }
    void type(const std::string& keys) {
        std::vector<std::string> argv{"xdotool", "sleep", reading, "key", "--delay", "70"};
        for (const char key : keys)
            argv.push_back(key == '\n' ? std::string("Return") : std::string(1, key));
        REQUIRE(run(argv, env_).exit_code == 0);
    }
    /// As a hand scanner types it.
    void burst(const std::string& text) {
        std::vector<std::string> argv{"xdotool"};
        const auto add = [&](std::initializer_list<std::string> words) {
            argv.insert(argv.end(), words);
        };
        for (const char c : text) {
            const Key key = key_of(c);
            if (key.shifted) add({"keydown", "--delay", "0", "50"});
            add({"key", "--delay", "1", std::to_string(key.code)});
            if (key.shifted) add({"keyup", "--delay", "0", "50"});
        }
        add({"key", "--delay", "1", "36"});
        REQUIRE(run(argv, env_).exit_code == 0);
    }
    void set_layout(const std::string& layout) {
        REQUIRE(run({"setxkbmap", layout}, env_).exit_code == 0);
    }
    nlohmann::json result() {
        const auto line = kiosk_->read_line(within(20s));
        REQUIRE(line);
        return nlohmann::json::parse(*line);
    }
    nlohmann::json scan(const std::string& text) {
        burst(text);
        return result();
    }

    /// Until the pixel there has this colour.
    bool comes_to(Mm at, const std::string& colour) {
        for (const auto deadline = within(30s); std::chrono::steady_clock::now() < deadline;)
            if (colour_at(at) == colour) return true;
        return false;
    }
    std::string colour_at(Mm at) {
        const auto pixel = run({"bash", "-c",
                                "import -window root -crop 1x1+" + px(at.x) + "+" + px(at.y) +
                                    " -depth 8 rgb:- | od -An -tx1 | tr -d ' ' | tr a-f A-F"},
                               env_);
        return pixel.output.substr(0, 6);
    }
    /// Until nothing has changed from one look to the next.
    void settle() {
        std::string before, now = "first";
        for (const auto deadline = within(30s);
             before != now && std::chrono::steady_clock::now() < deadline;) {
            before = now;
            now = run({"bash", "-c", "import -window root rgb:- | md5sum"}, env_).output;
        }
    }
    void screenshot(const std::string& name) {
        REQUIRE(run({"import", "-window", "root", (event_.folder / (name + ".png")).string()}, env_)
                    .exit_code == 0);
    }

    /// A finger rests on staff's corner until the pad is up.
    void hold(Mm at) {
        REQUIRE(
            run({"xdotool", "mousemove", px(at.x), px(at.y), "mousedown", "1"}, env_).exit_code ==
            0);
        REQUIRE(comes_to({186, 120}, card));  // the pad's card
        REQUIRE(run({"xdotool", "mouseup", "1"}, env_).exit_code == 0);
    }
    void open_pad() {
        REQUIRE(comes_to({5, 134}, paper));  // the last result has left the screen
        hold(corner);
    }
    void unlock(const std::string& number, const std::string& pin) {
        open_pad();
        type(number + "\n" + pin + "\n");
        REQUIRE(comes_to(bar_middle, bar));
    }

private:
    static std::string px(double mm) { return std::to_string(static_cast<int>(mm * 1920 / 476)); }

    const Event& event_;
    Display display_;
    std::map<std::string, std::string> env_;
    std::vector<std::string> more_, inside_;
    std::unique_ptr<test::ChildProcess> kiosk_;
};

std::string text_of(const Event& event, const std::string& expect) {
    for (const feed::Truth& one : truth_of(event))
        if (one.expect == expect) return one.text;
    throw std::runtime_error("the feed has no " + expect);
}

int acts(const std::vector<storage::Fact>& facts, ActCode act) {
    return static_cast<int>(std::count_if(facts.begin(), facts.end(), [act](const auto& fact) {
        return fact.kind == FactKind::act && fact.act == act;
    }));
}

const storage::Fact& last_of(const std::vector<storage::Fact>& facts, FactKind kind) {
    const auto found = std::find_if(facts.rbegin(), facts.rend(),
                                    [kind](const auto& fact) { return fact.kind == kind; });
    REQUIRE(found != facts.rend());
    return *found;
}

constexpr Mm lock_sign{218, 60}, sixth_place{259.5, 55}, progress{238, 165};

}  // namespace

TEST_CASE(
    "five wrong PINs lock the pad, a power cut does not open it, and later the right one does",
    "[usher]") {
    const Event event = make_event(2, 12);
    AtKiosk at(event);
    at.open_pad();
    at.type("07\n");
    REQUIRE(at.comes_to(sixth_place, card));
    for (int miss = 1; miss <= 5; ++miss) {
        at.type("314159\n");
        REQUIRE(at.comes_to(miss < 5 ? sixth_place : lock_sign, miss < 5 ? card : red));
    }
    at.screenshot("usher-locked");
    at.power_cut();
    at.start();
    at.open_pad();
    at.type(std::string("07\n") + usher_pin + "\n");
    CHECK(at.comes_to(lock_sign, red));
    at.power_cut();

    at.start("2026-12-04T05:40:00Z");
    at.unlock("07", usher_pin);
    at.stop();
    const auto facts = read_journal(event);
    CHECK(acts(facts, ActCode::pin_wrong) == 5);
    CHECK(acts(facts, ActCode::pin_locked) == 1);
    CHECK(acts(facts, ActCode::unlocked) == 1);
}

TEST_CASE(
    "a queue is scanned while the panel is open; a refused badge is admitted in two taps, and that undone",
    "[usher]") {
    const Event event = make_event(2, 12);
    AtKiosk at(event);
    at.unlock("12", supervisor_pin);
    CHECK(at.scan(text_of(event, "admitted/ok"))["verdict"] == "admitted");
    CHECK(at.scan(text_of(event, "refused/revoked"))["reason"] == "revoked");
    CHECK(at.scan(text_of(event, "refused/badge_replaced"))["reason"] == "badge_replaced");
    CHECK(at.scan(text_of(event, "refused/wrong_session"))["reason"] == "wrong_session");
    REQUIRE(at.comes_to({100, 4}, red));  // the strip
    at.screenshot("usher-strip");
    at.tap(strip);
    REQUIRE(at.comes_to({123, 100}, paper));  // between two reasons
    at.tap({60, 110});
    const auto line = at.result();
    CHECK(line["verdict"] == "admitted");
    CHECK(line["usher"] == 12);
    CHECK(line["override"] == "reprint");
    REQUIRE(at.comes_to({240, 44}, green));
    at.screenshot("usher-done");
    at.tap({363, 224});
    REQUIRE(at.comes_to({240, 44}, "EDE9E0"));  // undone: the field has lost its colour
    at.screenshot("usher-undone");
    at.stop();

    const auto facts = read_journal(event);
    const auto& admitted = last_of(facts, FactKind::admitted);
    CHECK(admitted.override_reason == storage::Override::reprint);
    CHECK(admitted.reference == last_of(facts, FactKind::refused).id);
    CHECK(last_of(facts, FactKind::undone).reference == admitted.id);
}

TEST_CASE(
    "محمد is found by the keys on the screen, and a hand scanner types nothing into the field, not even in Arabic",
    "[usher]") {
    const Event event = make_event(2, 12);
    AtKiosk at(event);
    at.unlock("07", usher_pin);
    at.tap({430, 243});
    REQUIRE(at.comes_to({20, 262}, "EDE9E0"));  // the keyboard's ground
    at.settle();
    at.screenshot("usher-field-before");
    at.set_layout("ara");
    CHECK(at.scan(text_of(event, "admitted/ok"))["verdict"] == "admitted");
    REQUIRE(at.comes_to(bar_middle, bar));  // the strip has gone
    at.screenshot("usher-field-after");
    const auto same =
        run({"bash", "-c",
             "compare -metric AE -extract 1920x60+0+160 " +
                 (event.folder / "usher-field-before.png").string() + " " +
                 (event.folder / "usher-field-after.png").string() + " null: 2>&1; echo"});
    CHECK(same.output.substr(0, 1) == "0");

    constexpr Mm haa{370.8, 172}, dal{446.6, 172}, meem{370.8, 197};
    for (const Mm key : {meem, haa, meem, dal}) at.tap(key);
    REQUIRE(at.comes_to({300, 72}, card));  // the list
    at.settle();
    at.screenshot("usher-found");
    at.tap({92, 112});  // the second: the first one's badge was reported lost
    const auto line = at.result();
    CHECK(line["method"] == "search");
    CHECK(line["usher"] == 7);
    at.stop();
    const std::string id = line["registration"].get<std::string>();
    const auto name = run(
        {"sqlite3", (event.folder / "event" / "event.db").string(),
         "SELECT name_ar FROM registration WHERE lower(hex(id)) = replace('" + id + "', '-', '')"});
    CHECK(name.output.find("محمد") != std::string::npos);
}

TEST_CASE(
    "another session is chosen, and out of service nobody is answered until a supervisor comes back",
    "[usher]") {
    const Event event = make_event(2, 12);
    AtKiosk at(event);
    at.unlock("12", supervisor_pin);
    at.tap({345, 243});
    REQUIRE(at.comes_to({240, 80}, paper));  // between the two days
    at.tap({330, 101});
    REQUIRE(at.comes_to({130, 232}, bar));  // admit to it
    at.tap({125, 240});
    REQUIRE(at.comes_to({240, 45}, card));  // its doors are closed yet: open them now?
    at.screenshot("usher-question");
    at.tap(yes);
    REQUIRE(at.comes_to({190, 220}, card));  // home's list
    CHECK(at.scan(text_of(event, "admitted/ok"))["session"] == "keynote");

    at.tap({60, 243});
    REQUIRE(at.comes_to({190, 220}, paper));  // between the two answers
    at.tap(yes);
    REQUIRE(at.comes_to({238, 32}, "E6E5E1"));
    at.screenshot("usher-out-of-service");
    at.burst(text_of(event, "refused/wrong_session"));
    at.hold({448, 240});
    at.type(std::string("12\n") + supervisor_pin + "\n");
    REQUIRE(at.comes_to(bar_middle, bar));
    at.tap({238, 215});
    REQUIRE(at.comes_to({240, 100}, card));
    CHECK(at.scan(text_of(event, "refused/badge_replaced"))["reason"] == "badge_replaced");
    at.stop();
    const auto facts = read_journal(event);
    CHECK(acts(facts, ActCode::session_chosen) == 1);
    CHECK(acts(facts, ActCode::out_of_service) == 1);
    CHECK(acts(facts, ActCode::in_service) == 1);
}

namespace {

/// A kiosk with a place for a stick of this test's own, at which a supervisor has begun to copy the
/// records.
struct Copying {
    Event event = make_event(2, 12);
    fs::path stick = event.folder / "stick";
    std::optional<AtKiosk> at;

    Copying() {
        fs::remove_all(stick);
        fs::create_directories(stick);
    }
    void begin(
        const std::vector<std::string>& inside, const std::function<void()>& before_copy = [] {}) {
        const fs::path settings = event.folder / "stick.toml";
        std::ofstream(settings) << "[storage]\nstick = \"" << stick.string() << "\"\n";
        at.emplace(event, std::vector<std::string>{"--config", settings.string()}, inside);
        CHECK(at->scan(text_of(event, "admitted/ok"))["verdict"] == "admitted");
        at->unlock("12", supervisor_pin);
        at->tap({278, 243});
        REQUIRE(at->comes_to({240, 60}, paper));  // between two tiles
        at->tap({40, 243});
        REQUIRE(at->comes_to({123, 100}, paper));
        before_copy();
        at->tap({420, 90});
    }
    /// The page's sign has this colour; then a normal end.
    void ends_with(const std::string& colour, const std::string& name) {
        REQUIRE(at->comes_to({238, 106}, colour));  // under what is drawn on the sign
        at->screenshot("usher-stick-" + name);
        at->stop();
    }
    /// Copies that were begun, and are known to have ended well.
    [[nodiscard]] int exports() const {
        const auto facts = read_journal(event);
        CHECK(acts(facts, ActCode::export_taken) == 1);
        return static_cast<int>(std::count_if(facts.begin(), facts.end(), [](const auto& fact) {
            return fact.act == ActCode::outcome && fact.argument == 0;
        }));
    }
};

}  // namespace

TEST_CASE("records are copied to a stick while the kiosk works, and the organisers can read them",
          "[usher]") {
    Copying copying;
    copying.begin({});
    copying.ends_with(green, "safe");
    CHECK(copying.exports() == 1);
    const fs::path folder = copying.event.folder;
    const auto merged = run({program("hudoor").string(), "--event", (folder / "event").string(),
                             "--passphrase-file", (folder / "passphrase").string(), "merge",
                             (copying.stick / "north-1.facts").string()});
    INFO(merged.output);
    CHECK(merged.exit_code == 0);
}

TEST_CASE("a stick that is full says so, and no copy counts as taken", "[usher]") {
    Copying copying;
    copying.begin(
        {"unshare", "--mount", "bash", "-c",
         "mount -t tmpfs -o size=4k tmpfs \"$0\" && { cat /dev/zero >\"$0/full\" 2>/dev/null; exec \"$@\"; }",
         copying.stick.string()});
    copying.ends_with(amber, "full");
    CHECK(copying.exports() == 0);
}

TEST_CASE("a stick that is pulled while it is written says so, and the kiosk goes on", "[usher]") {
    Copying copying;
    const Disk disk(copying.stick, on_loop);
    std::optional<TornDisk> hand;
    copying.begin(disk.inside(), [&] { hand.emplace(disk, copying.stick); });
    REQUIRE(copying.at->comes_to(progress, bar));  // it waits for the stick
    CHECK(copying.at->scan(text_of(copying.event, "refused/revoked"))["reason"] == "revoked");
    REQUIRE(hand->tear());
    copying.ends_with(red, "pulled");
    CHECK(copying.exports() == 0);
}
