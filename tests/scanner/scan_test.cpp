#include "scanner/scan.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scanner/camera/preview.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/scanner/code_picture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// A scan whose frames come at times of our own; everything put is handled when a call returns.
class Gate {
public:
    /// The same picture 30 times a second.
    void show(const test::Picture& picture, milliseconds duration) {
        for (auto shown = 0ms; shown < duration; shown += 33ms) show_once(picture);
    }
    void show_once(const test::Picture& picture) {
        clock_.advance(33ms);
        scan_.put_frame(
            std::make_shared<test::PictureFrame>(picture, clock_.monotonic(), ++frames_));
        scan_.drain();
    }
    void type(std::string text) {
        clock_.advance(33ms);
        scan_.put_text(std::move(text), clock_.monotonic());
        scan_.drain();
    }

    [[nodiscard]] std::vector<std::string> scanned() const {
        std::vector<std::string> texts;
        for (const auto& event : events_) {
            if (const auto* code = std::get_if<ScannedCode>(&event)) texts.push_back(code->text);
        }
        return texts;
    }
    /// That begin, or how often one is said to go on.
    [[nodiscard]] int hints(HintKind kind, bool goes_on = false) const {
        int count = 0;
        for (const auto& event : events_) {
            const auto* hint = std::get_if<Hint>(&event);
            count += hint != nullptr && hint->kind == kind && hint->goes_on == goes_on ? 1 : 0;
        }
        return count;
    }
    /// How often the badge that was read in this frame was said to be there still.
    [[nodiscard]] std::ptrdiff_t held(std::uint64_t frame) const {
        return std::ranges::count_if(events_, [frame](const ScanEvent& event) {
            const auto* held = std::get_if<StillHeld>(&event);
            return held != nullptr && held->frame == frame;
        });
    }
    [[nodiscard]] std::vector<ScannedCode> codes() const {
        std::vector<ScannedCode> codes;
        for (const auto& event : events_)
            if (const auto* code = std::get_if<ScannedCode>(&event)) codes.push_back(*code);
        return codes;
    }
    void put_again(std::string text) {
        scan_.put_again(std::move(text));
        scan_.drain();
    }
    void use(std::function<bool(std::string_view)> is_badge) {
        scan_.put_is_badge(std::move(is_badge));
    }
    [[nodiscard]] const std::vector<ScanEvent>& events() const { return events_; }
    [[nodiscard]] const std::vector<Preview>& previews() const { return previews_; }
    [[nodiscard]] MonotonicTime now() const { return clock_.monotonic(); }

private:
    test::ManualClock clock_;
    std::uint64_t frames_ = 0;
    std::vector<ScanEvent> events_;
    std::vector<Preview> previews_;
    Scan scan_{{.is_badge = [](std::string_view text) { return text.starts_with("HD1:"); }},
               clock_,
               [this](ScanEvent event) { events_.push_back(std::move(event)); },
               [this](Preview preview) { previews_.push_back(std::move(preview)); }};
};

using Texts = std::vector<std::string>;

const test::Picture empty = test::make_blank(400, 240, 140);

struct Placed {
    std::string text;
    int module_px;
};

test::Picture scene(const std::vector<Placed>& codes) {
    auto picture = empty;
    int left = 10;
    for (const auto& [text, module_px] : codes) {
        const auto code = test::draw_code(text, module_px);
        test::paste(picture, code, left, 20);
        left += code.width_px + 10;
    }
    return picture;
}

TEST_CASE("a badge held still is one scan") {
    Gate gate;
    gate.show(empty, 500ms);
    const auto before = gate.now();
    gate.show(scene({{"HD1:ANNA", 4}}), 12s);
    REQUIRE(gate.scanned() == Texts{"HD1:ANNA"});
    const auto& code = std::get<ScannedCode>(gate.events().front());
    CHECK(code.source == ScanSource::camera);
    CHECK(code.entered == before + 33ms);
    REQUIRE(code.corners);
    CHECK(std::abs((*code.corners)[0].x - 26) < 5);
}

TEST_CASE("advice is said for as long as its cause is in view") {
    Gate gate;
    const auto kind = GENERATE(HintKind::other_code, HintKind::one_badge);
    const auto seen = kind == HintKind::other_code ? scene({{"WIFI:S:guests;;", 4}})
                                                   : scene({{"HD1:ANNA", 4}, {"HD1:OMAR", 4}});
    gate.show(seen, 8s);
    CHECK(gate.hints(kind) == 1);
    CHECK(gate.hints(kind, true) >= 15);  // every 0.4 s
    gate.show(empty, 1s);
    const int so_far = gate.hints(kind, true);
    gate.show(empty, 2s);
    CHECK(gate.hints(kind, true) == so_far);
}

TEST_CASE(
    "a badge that stays in view is said to be there, and is seen again when it comes back soon") {
    Gate gate;
    const auto anna = scene({{"HD1:ANNA", 4}});
    gate.show(anna, 6s);
    const auto first = std::get<ScannedCode>(gate.events().front());
    CHECK_FALSE(first.again);
    CHECK(gate.held(first.frame) >= 12);
    const auto away = GENERATE(2s, 9s, 12s);
    gate.show(empty, away);
    const auto so_far = gate.held(first.frame);
    gate.show(anna, 1s);
    CHECK(gate.held(first.frame) == so_far);
    const auto codes = gate.codes();
    REQUIRE(codes.size() == 2);
    CHECK(codes[1].again == (away < 10s));
}

TEST_CASE("what counts as a badge changes while it works: a newer agenda knows other codes") {
    Gate gate;
    const auto ticket = scene({{"TICKET-7", 4}});
    gate.show(ticket, 1s);
    CHECK(gate.scanned().empty());
    gate.show(empty, 2s);
    gate.use([](std::string_view text) { return text.starts_with("TICKET-"); });
    gate.show(ticket, 1s);
    CHECK(gate.scanned() == Texts{"TICKET-7"});
}

TEST_CASE("I-22: a badge that could not be decided is said again by the next frame that shows it") {
    Gate gate;
    const auto badge = scene({{"HD1:ANNA", 4}});
    gate.show(badge, 1s);
    REQUIRE(gate.scanned() == Texts{"HD1:ANNA"});
    gate.put_again("HD1:ANNA");
    gate.show_once(badge);
    CHECK(gate.scanned() == Texts{"HD1:ANNA", "HD1:ANNA"});
    gate.show(badge, 1s);
    CHECK(gate.scanned().size() == 2);
    gate.type("HD1:BERT");
    gate.put_again("HD1:BERT");
    gate.type("HD1:BERT");
    CHECK(gate.scanned().size() == 4);
}

TEST_CASE("a badge of a moment ago is said to be one, however often the desk has no time for it") {
    Gate gate;
    const auto badge = scene({{"HD1:ANNA", 4}});
    gate.show(badge, 5s);
    gate.show(empty, 2s);
    gate.show_once(badge);
    REQUIRE(gate.codes().size() == 2);
    for (int busy = 0; busy < 3; ++busy) {
        gate.put_again("HD1:ANNA");
        gate.show_once(badge);
        CHECK(gate.codes().back().again);
    }
    CHECK(gate.codes().size() == 5);
}

TEST_CASE("a badge that comes back after a while is scanned again") {
    Gate gate;
    const auto badge = scene({{"HD1:ANNA", 4}});
    gate.show(badge, 1s);
    gate.show(empty, 2s);
    gate.show(badge, 1s);
    CHECK(gate.scanned() == Texts{"HD1:ANNA"});
    gate.show(empty, 2s);
    gate.show(badge, 1s);
    CHECK(gate.scanned() == Texts{"HD1:ANNA", "HD1:ANNA"});
}

TEST_CASE("one badge after the other are two scans") {
    Gate gate;
    gate.show(scene({{"HD1:ANNA", 4}}), 500ms);
    gate.show(scene({{"HD1:BASIM", 4}}), 500ms);
    CHECK(gate.scanned() == Texts{"HD1:ANNA", "HD1:BASIM"});
    CHECK(gate.hints(HintKind::one_badge) == 0);
}

TEST_CASE(
    "sharpness is said of codes, not of the hall, and of a blurred code that it is not sharp") {
    test::Scene hall;
    hall.size = {640, 360};
    const auto said = [](const test::Scene& what) {
        Gate gate;
        gate.show(test::draw_scene(what), 3s);
        std::set<std::optional<bool>> all;
        for (const auto& preview : gate.previews()) all.insert(preview.sharp);
        return all;
    };
    CHECK(said(hall) == std::set<std::optional<bool>>{std::nullopt});
    hall.badges.emplace_back().text = "HD1:ANNA";
    hall.badges[0].module_px = 8;
    CHECK(said(hall) == std::set<std::optional<bool>>{std::nullopt, true});
    hall.badges[0].defocus_px = 4;
    CHECK(said(hall) == std::set<std::optional<bool>>{std::nullopt, false});
}

TEST_CASE("an inverted phone held still is scanned") {
    Gate gate;
    gate.show(empty, 2s);
    gate.show(test::invert(scene({{"HD1:PHONE", 4}})), 10s);
    CHECK(gate.scanned() == Texts{"HD1:PHONE"});
}

TEST_CASE("two badges at once are one hint and no scan, even when now and then one is not read") {
    Gate gate;
    const auto both = scene({{"HD1:ANNA", 4}, {"HD1:BASIM", 4}});
    const auto one = scene({{"HD1:ANNA", 4}});
    for (int i = 0; i < 20; ++i) {
        gate.show(both, 100ms);
        gate.show(one, 200ms);
    }
    CHECK(gate.hints(HintKind::one_badge) == 1);
    CHECK(gate.scanned().empty());
    gate.show(one, 1s);
    CHECK(gate.scanned() == Texts{"HD1:ANNA"});
    gate.show(both, 500ms);
    CHECK(gate.hints(HintKind::one_badge) == 2);
}

TEST_CASE(
    "of two badges the clearly larger one is scanned, and the other is not waiting behind it") {
    Gate gate;
    gate.show(scene({{"HD1:NEAR", 6}, {"HD1:FAR", 3}}), 1s);
    CHECK(gate.scanned() == Texts{"HD1:NEAR"});
    CHECK(gate.hints(HintKind::one_badge) == 0);
}

TEST_CASE("a badge that passed is not scanned again after a long time beside another") {
    Gate gate;
    gate.show(scene({{"HD1:ANNA", 4}}), 500ms);
    gate.show(scene({{"HD1:ANNA", 4}, {"HD1:BASIM", 4}}), 7s);
    gate.show(scene({{"HD1:ANNA", 4}}), 2s);
    CHECK(gate.scanned() == Texts{"HD1:ANNA"});
}

TEST_CASE("the same badge seen twice, as in a mirror, is one badge") {
    Gate gate;
    gate.show(scene({{"HD1:ANNA", 4}, {"HD1:ANNA", 4}}), 1s);
    CHECK(gate.scanned() == Texts{"HD1:ANNA"});
    CHECK(gate.hints(HintKind::one_badge) == 0);
}

TEST_CASE("another code is one hint a showing") {
    Gate gate;
    const auto other = scene({{"https://example.org", 4}});
    gate.show(other, 8s);
    CHECK(gate.hints(HintKind::other_code) == 1);
    gate.show(empty, 2s);
    gate.show(other, 1s);
    CHECK(gate.hints(HintKind::other_code) == 2);
    CHECK(gate.scanned().empty());
}

TEST_CASE("another code beside a badge is no news") {
    Gate gate;
    gate.show(scene({{"HD1:ANNA", 4}, {"https://example.org", 4}}), 1s);
    gate.show(scene({{"https://example.org", 4}}), 500ms);
    CHECK(gate.scanned() == Texts{"HD1:ANNA"});
    CHECK(gate.hints(HintKind::other_code) == 0);
}

TEST_CASE("a typed badge is scanned, and not again by the camera a moment later") {
    Gate gate;
    gate.type("HD1:ANNA");
    gate.show(scene({{"HD1:ANNA", 4}}), 2s);
    REQUIRE(gate.scanned() == Texts{"HD1:ANNA"});
    const auto& code = std::get<ScannedCode>(gate.events().front());
    CHECK(code.source == ScanSource::hand_scanner);
    CHECK_FALSE(code.corners);
}

TEST_CASE("a typed text that is no badge changes nothing") {
    Gate gate;
    gate.type("D1:ANNA");
    gate.type("9780141439518");
    CHECK(gate.events().empty());
}

TEST_CASE("typed badges go on while there is no camera") {
    Gate gate;
    for (int i = 0; i < 10; ++i) gate.type("HD1:" + std::to_string(i));
    CHECK(gate.scanned().size() == 10);
}

TEST_CASE("previews are small, keep the shape, and say whether something moves") {
    Gate gate;
    auto picture = test::make_blank(1920, 1080, 100);
    test::paste(picture, test::make_blank(300, 300, 250), 1'500, 600);
    gate.show_once(picture);
    REQUIRE(gate.previews().size() == 1);
    const auto first = gate.previews().front();
    CHECK(first.width_px == 240);
    CHECK(first.height_px == 135);
    CHECK(first.scale == 1.0 / 8);
    CHECK(first.moving);
    CHECK(first.pixels[0] == 100);
    CHECK(first.pixels[93 * 240 + 206] == 250);
    gate.show(picture, 2s);
    CHECK_FALSE(gate.previews().back().moving);
}

TEST_CASE("upright and odd pictures become no larger mirrors than any") {
    for (const auto& [width, height] : {std::pair{1080, 1920},
                                        {720, 1280},
                                        {640, 480},
                                        {241, 100},
                                        {100, 241},
                                        {3840, 2160},
                                        {16, 16}}) {
        const auto preview = make_preview(test::make_blank(width, height).view());
        CAPTURE(width, height);
        CHECK(std::max(preview.width_px, preview.height_px) <= 240);
        CHECK(std::min(preview.width_px, preview.height_px) <= 135);
        CHECK(preview.width_px > 0);
    }
}

/// As the screen does it, smoothly.
test::Picture enlarged(const Preview& preview) {
    constexpr int by = 4;
    auto picture = test::make_blank(preview.width_px * by, preview.height_px * by);
    const auto at = [&](int x, int y) {
        return preview.pixels[std::clamp(y, 0, preview.height_px - 1) * preview.width_px +
                              std::clamp(x, 0, preview.width_px - 1)];
    };
    for (int y = 0; y < picture.height_px; ++y)
        for (int x = 0; x < picture.width_px; ++x) {
            const double u = (x + 0.5) / by - 0.5, v = (y + 0.5) / by - 0.5;
            const int i = static_cast<int>(std::floor(u)), j = static_cast<int>(std::floor(v));
            const double a = u - i, b = v - j;
            picture.at(x, y) =
                static_cast<std::uint8_t>((1 - b) * ((1 - a) * at(i, j) + a * at(i + 1, j)) +
                                          b * ((1 - a) * at(i, j + 1) + a * at(i + 1, j + 1)));
        }
    return picture;
}

TEST_CASE("no code can be read from the mirror, however close it is held") {
    const std::string badge =
        "HD1:" + std::string(100, 'A') + "0123456789";  // as long as a signed badge
    const auto hall = test::make_blank(1280, 720, 140);
    for (const std::string& text : {std::string("HD1:1"), badge, std::string("WIFI:S:x;;")})
        for (const int module_px : {3, 5, 8, 12, 20}) {
            CAPTURE(text, module_px);
            Gate gate;
            auto picture = hall;
            const auto code = test::draw_code(text, module_px);
            if (code.width_px > 700) continue;
            test::paste(picture, code, 300, 10);
            gate.show(picture, 300ms);
            REQUIRE_FALSE(gate.previews().empty());
            Reader reader;
            for (const Preview& preview : gate.previews())
                CHECK(reader.read(enlarged(preview).view()).empty());
            // Where it was stays covered for half a second.
            const auto before = gate.previews().size();
            gate.show(hall, 400ms);
            for (auto i = before; i < gate.previews().size(); ++i)
                CHECK_FALSE(gate.previews()[i].covered.empty());
            gate.show(hall, 400ms);
            CHECK(gate.previews().back().covered.empty());
        }
}

TEST_CASE("previews come 15 times a second while something moves, else five times") {
    Gate gate;
    const auto badge = scene({{"HD1:ANNA", 4}});
    for (int i = 0; i < 30; ++i) gate.show_once(i % 2 == 0 ? badge : empty);
    CHECK(gate.previews().size() == 15);
    gate.show(empty, 2s);
    const auto before = gate.previews().size();
    gate.show(empty, 4'620ms);
    CHECK(gate.previews().size() - before == 20);
}

TEST_CASE("draining with nothing to do returns, and so does ending with work waiting") {
    Gate gate;
    gate.show(empty, 33ms);
    const test::ManualClock clock;
    Scan scan(
        {.is_badge = [](std::string_view) { return true; }}, clock, [](const ScanEvent&) {},
        [](const Preview&) {});
    scan.drain();
    for (int i = 0; i < 100; ++i) {
        scan.put_frame(std::make_shared<test::PictureFrame>(empty, clock.monotonic()));
    }
    CHECK(gate.previews().size() == 1);
}

}  // namespace
}  // namespace hudoor::scanner
