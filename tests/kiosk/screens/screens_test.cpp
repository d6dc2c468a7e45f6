#include "kiosk/screens/screens.hpp"

#include <algorithm>
#include <cmath>

#include "assets/assets_dir.hpp"
#include "kiosk/display/imgui_shim.hpp"
#include "kiosk/screens/pad.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using namespace std::chrono_literals;
namespace colours = hudoor::assets::colours;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

constexpr double spine = panel_long / 2;
const Box card{spine - pad_width / 2, 32, pad_width, pad_height};

/// One window for all tests: making a GL context takes longer than most of them.
Stage& stage() {
    static Stage shared;
    return shared;
}

const std::vector<Drawn>& show(const View& view) {
    static_cast<void>(stage().show(view));
    return stage().painter.drawn();
}

bool any_text_has(const std::vector<Drawn>& drawn, const std::string& part) {
    return std::any_of(drawn.begin(), drawn.end(), [&](const Drawn& each) {
        return each.kind == Drawn::Kind::text && each.what.find(part) != std::string::npos;
    });
}

/// The pixel at a millimetre of the screen, 0xRRGGBB.
Rgb pixel(const Picture& picture, double x_mm, double y_mm) {
    const double scale = std::min(picture.width_px / panel_long, picture.height_px / panel_short);
    const auto x = static_cast<int>((picture.width_px - panel_long * scale) / 2 + x_mm * scale);
    const auto y = static_cast<int>((picture.height_px - panel_short * scale) / 2 + y_mm * scale);
    const auto at = static_cast<std::size_t>(3 * (y * picture.width_px + x));
    return static_cast<Rgb>(picture.rgb[at] << 16 | picture.rgb[at + 1] << 8 | picture.rgb[at + 2]);
}

void set_name(View& view, const hudoor::storage::Bilingual& name) {
    std::get<VerdictScreen>(view.screen).answer.name = name;
}

}  // namespace

TEST_CASE("the idle screen lies in its boxes") {
    const auto drawn = show(samples::idle());
    CHECK(near(get(drawn, "door sign").box, {12, 36, 452, 40}));
    CHECK(near(get(drawn, "room").box, {223, 41, 30, 30}));
    CHECK(near(get(drawn, "preview").box, {124, 84, 110, 140}));
    CHECK(near(get(drawn, "pictogram").box, {242, 84, 110, 140}));
    const char* const buttons[] = {"acc.volume", "acc.contrast", "acc.text", "acc.lang"};
    for (int i = 0; i < 4; ++i)
        CHECK(near(get(drawn, buttons[i]).box, {98.0 + 71 * i, 232, 67, 24}));
    const Box clock = get(drawn, "09:14").box;
    CHECK(near(clock.centre().x, spine));
    CHECK((clock.y >= 12 && clock.bottom() <= 28));
    CHECK(near(get(drawn, "Show").box.x, 12));
    CHECK(near(get(drawn, "يُرجى").box.right(), 464));
    CHECK(find(drawn, "الجمعة 4 ديسمبر") != nullptr);
    CHECK(find(drawn, "القاعة A، من 09:30 إلى 10:30") != nullptr);
}

TEST_CASE("a verdict lies in its boxes") {
    const auto drawn = show(samples::verdict(VerdictKind::admitted, Reason::ok));
    const auto icon = std::find_if(drawn.begin(), drawn.end(), [](const Drawn& each) {
        return each.kind == Drawn::Kind::icon;
    });
    REQUIRE(icon != drawn.end());
    CHECK(near(icon->box, {spine - 42, 14, 84, 84}));
    CHECK(near(get(drawn, "panel").box, {12, 192, 452, 64}));
    const Box word = get(drawn, "Welcome").box;
    CHECK((word.x >= 12 && word.right() <= 188 && word.y >= 14 && word.bottom() <= 98));
    const Drawn name = get(drawn, "Dr Noura Al Marzouqi");
    CHECK(near(name.box.centre().x, spine));
    CHECK((name.box.y >= 104 && name.box.bottom() <= 186));
    CHECK(std::abs(name.cap_mm - 18.3) < 0.01);
    CHECK(std::abs(get(drawn, "د. نورة المرزوقي").cap_mm - 20) < 0.01);
    CHECK(find(drawn, "Hall A, straight on") != nullptr);
    CHECK(find(drawn, "dwell") == nullptr);
}

TEST_CASE("out of service lies in its boxes and says code and device") {
    const auto drawn = show(samples::out_of_service());
    CHECK(near(get(drawn, "panel").box, {20, 124, 436, 64}));
    CHECK(near(get(drawn, "hatch").box.h, 12));
    CHECK(get(drawn, "CAM-01").box.right() < spine);
    CHECK(get(drawn, "A-2").box.x > spine);
}

TEST_CASE("when nothing can be kept guests read no word of records, ushers small ones, or large") {
    const auto cap_of = [](const std::vector<Drawn>& drawn, const char* words) {
        for (const Drawn& each : drawn)
            if (each.kind == Drawn::Kind::text && each.what.find(words) != std::string::npos)
                return each.cap_mm;
        return 0.0;
    };
    View view = samples::out_of_service();
    view.screen = OutOfServiceScreen{"E-JOURNAL", "north-1", true};
    auto drawn = show(view);
    CHECK(cap_of(drawn, "moment") > 12);
    CHECK(cap_of(drawn, "usher") > 7);
    CHECK(cap_of(drawn, "printed list") > 5);
    CHECK(cap_of(drawn, "printed list") < 6.5);
    CHECK(cap_of(drawn, "E-JOURNAL") > 0);
    view.screen = OutOfServiceScreen{"E-JOURNAL", "north-1", true, true};
    drawn = show(view);
    CHECK(cap_of(drawn, "printed list") > 7);
    CHECK_FALSE(any_text_has(drawn, "moment"));
}

TEST_CASE("Arabic and English stand on the same baselines in the same size") {
    const std::pair<View, std::vector<std::pair<const char*, const char*>>> screens[] = {
        {samples::idle(),
         {{"Show", "يُرجى"},
          {"your", "إبراز"},
          {"badge", "الشارة"},
          {"Opening ceremony", "حفل الافتتاح"},
          {"Future Focus Summit", "قمة التركيز على المستقبل"}}},
        {samples::verdict(VerdictKind::admitted, Reason::ok),
         {{"Welcome", "أهلًا وسهلًا"}, {"Seat C-14", "المقعد C-14"}}},
        {samples::verdict(VerdictKind::already_in, Reason::already_in),
         {{"Already", "سبق"},
          {"in", "الدخول"},
          {"since", "الساعة"},
          {"Ingrid Solberg", "إنغريد سولبرغ"}}},
        {samples::verdict(VerdictKind::refused, Reason::wrong_session),
         {{"Not your", "ليست هذه"}, {"session", "جلستكم"}, {"Hall B", "القاعة B"}}},
        {samples::out_of_service(), {{"Out of", "خارج"}, {"service", "الخدمة"}}}};
    for (const auto& [view, pairs] : screens) {
        const auto drawn = show(view);
        for (const auto& [en, ar] : pairs) {
            INFO(en);
            CHECK(get(drawn, en).baseline == get(drawn, ar).baseline);
            CHECK(get(drawn, en).cap_mm == get(drawn, ar).cap_mm);
            CHECK(get(drawn, en).box.x < get(drawn, ar).box.x);
        }
    }
}

TEST_CASE("a refusal never shows a name") {
    for (const auto& [kind, reason] : {std::pair{VerdictKind::refused, Reason::revoked},
                                       std::pair{VerdictKind::refused, Reason::wrong_session},
                                       std::pair{VerdictKind::refused, Reason::blocked},
                                       std::pair{VerdictKind::see_usher, Reason::attention},
                                       std::pair{VerdictKind::see_usher, Reason::session_full}}) {
        View view = samples::verdict(kind, reason);
        set_name(view, {"نورة المرزوقي", "Noura Al Marzouqi"});
        std::get<VerdictScreen>(view.screen).answer.seat = "C-14";
        const auto drawn = show(view);
        CHECK_FALSE(any_text_has(drawn, "Noura"));
        CHECK_FALSE(any_text_has(drawn, "نورة"));
        CHECK_FALSE(any_text_has(drawn, "C-14"));
    }
}

TEST_CASE(
    "a discreet person is welcomed by words alone, seat and way; nothing tells name or role") {
    for (const auto& [kind, reason] : {std::pair{VerdictKind::admitted, Reason::ok},
                                       std::pair{VerdictKind::already_in, Reason::already_in}}) {
        View view = samples::verdict(kind, reason);
        set_name(view, {"نورة المرزوقي", "Noura Al Marzouqi"});
        std::get<VerdictScreen>(view.screen).answer.discreet = true;
        const auto drawn = show(view);
        CHECK_FALSE(any_text_has(drawn, "Noura"));
        CHECK_FALSE(any_text_has(drawn, "نورة"));
        CHECK_FALSE(any_text_has(drawn, "Delegate"));
        CHECK(any_text_has(drawn, "C-14") == (kind == VerdictKind::admitted));
        const auto with_role = stage().window->read_picture().rgb;
        std::get<VerdictScreen>(view.screen).answer.category_rgb = 0xff00ff;
        static_cast<void>(show(view));
        CHECK(stage().window->read_picture().rgb == with_role);
        if (kind == VerdictKind::admitted) CHECK(get(drawn, "Welcome").cap_mm > 20);
    }
}

TEST_CASE("the field has the verdict's colour, and blocks look like any call for an usher") {
    CHECK(ground_colour(samples::idle()) == colours::paper);
    CHECK(ground_colour(samples::out_of_service()) == colours::out_of_service);
    CHECK(ground_colour(samples::verdict(VerdictKind::admitted, Reason::ok)) == colours::ok);
    CHECK(ground_colour(samples::verdict(VerdictKind::already_in, Reason::already_in)) ==
          colours::warn);
    CHECK(ground_colour(samples::verdict(VerdictKind::refused, Reason::revoked)) == colours::no);
    CHECK(ground_colour(samples::verdict(VerdictKind::refused, Reason::blocked)) == colours::warn);
    const View view = samples::verdict(VerdictKind::refused, Reason::revoked);
    static_cast<void>(show(view));
    CHECK(pixel(stage().window->read_picture(), 6, 6) == colours::no);
    CHECK(pixel(stage().window->read_picture(), 20, 250) == colours::nod);
}

TEST_CASE("the way to the help desk stands on every amber and red screen, with its arrow") {
    for (const auto& [name, view] : samples::all()) {
        const auto* screen = std::get_if<VerdictScreen>(&view.screen);
        if (screen == nullptr || screen->answer.seen_again) continue;  // is neither
        const auto& answer = screen->answer;
        const bool way = answer.help_desk.arrow.has_value();
        const bool let_in = answer.verdict.kind == VerdictKind::admitted;
        const auto drawn = show(view);
        INFO(name);
        CHECK(any_text_has(drawn, "To the left, by the stairs") ==
              (!let_in && answer.help_desk.words.en != ""));
        CHECK(any_text_has(drawn, "إلى اليسار، بجانب الدرج") ==
              (!let_in && answer.help_desk.words.ar != ""));
        if (let_in || !way) continue;
        CHECK(any_text_has(drawn, "Help desk"));
        CHECK(any_text_has(drawn, "مكتب المساعدة"));
    }
}

TEST_CASE("who is early sees a clock on amber, when the doors open and how long that is") {
    const View view = samples::verdict(VerdictKind::see_usher, Reason::too_early);
    CHECK(ground_colour(view) == colours::warn);
    auto drawn = show(view);
    std::string words;
    for (const Drawn& each : drawn)
        if (each.kind == Drawn::Kind::text) words += without_isolates(each.what) + " ";
    INFO(words);
    for (const char* part : {"Doors open at 09:10", "in 12 min", "بعد 12 دقيقة", "09:10",
                             "Opening ceremony", "Hall A, 09:30", "Help desk"})
        CHECK(words.find(part) != std::string::npos);

    // Hours away nobody counts minutes.
    View far = view;
    std::get<VerdictScreen>(far.screen).answer.doors_in = 300min;
    drawn = show(far);
    CHECK_FALSE(any_text_has(drawn, "min"));
    CHECK(any_text_has(drawn, "in about"));
    CHECK(any_text_has(drawn, "09:10"));
}

TEST_CASE("the dwell bar shrinks evenly to the spine") {
    View view = samples::verdict(VerdictKind::refused, Reason::revoked);
    auto& screen = std::get<VerdictScreen>(view.screen);
    screen.dwell = 5s;
    screen.shown_for = 2500ms;
    const Box half = get(show(view), "dwell").box;
    CHECK(near(half.w, panel_long / 2));
    CHECK(std::abs(half.centre().x - spine) < 0.01);
    CHECK(near(half.bottom(), panel_short));
    screen.shown_for = 9s;
    CHECK(get(show(view), "dwell").box.w == 0);
}

TEST_CASE("the icon settles from 0.86 to its size in 180 ms") {
    View view = samples::verdict(VerdictKind::admitted, Reason::ok);
    const auto width_at = [&](std::chrono::milliseconds shown_for) {
        std::get<VerdictScreen>(view.screen).shown_for = shown_for;
        const auto drawn = show(view);
        return std::find_if(drawn.begin(), drawn.end(),
                            [](const Drawn& each) { return each.kind == Drawn::Kind::icon; })
            ->box.w;
    };
    CHECK(std::abs(width_at(0ms) - 0.86 * 84) < 0.01);
    const double between = width_at(90ms);
    CHECK((between > 0.86 * 84 && between < 84));
    CHECK(std::abs(width_at(180ms) - 84) < 0.01);
}

TEST_CASE("a band hides nothing") {
    for (const auto& [name, view] : samples::all()) {
        if (!view.band) continue;
        INFO(name);
        const auto drawn = show(view);
        CHECK(near(get(drawn, "band").box.y, 244));
        for (const Drawn& each : drawn) {
            if (each.what == "band" || each.what == "dwell") break;
            INFO(each.what);
            CHECK(each.box.bottom() <= 244);
        }
    }
}

TEST_CASE("the camera's picture is mirrored and cut to the tile") {
    View view = samples::idle();
    static_cast<void>(show(view));
    // The bright square is at x 60 to 75 of 160: left of the middle, so right of it in a mirror.
    const auto spot = Painter::preview_spot(*view.preview, {124, 84, 110, 140}, {67.5F, 42.5F});
    CHECK(spot.x > 124 + 55);
    const auto picture = stage().window->read_picture();
    CHECK((pixel(picture, spot.x, spot.y) & 0xff) > 240);
    CHECK((pixel(picture, 2 * 179 - spot.x, spot.y) & 0xff) < 160);
}

TEST_CASE("a flat tile lies over every code that was located") {
    View view = samples::idle();
    view.preview->covered = {{56, 31, 23, 23}, {96, 31, 23, 23}};
    static_cast<void>(show(view));
    const auto picture = stage().window->read_picture();
    for (const float x : {59.0F, 67.5F, 76.0F, 99.0F, 107.5F, 116.0F})
        for (const float y : {34.0F, 42.5F, 51.0F}) {
            const auto spot = Painter::preview_spot(*view.preview, {124, 84, 110, 140}, {x, y});
            if (spot.x > 128 && spot.x < 230)
                CHECK(pixel(picture, spot.x, spot.y) == colours::light.warn);
        }
}

TEST_CASE("redrawing the tiles alone gives the picture that redrawing everything gives") {
    View view = samples::idle();
    auto& idle = std::get<IdleScreen>(view.screen);
    idle.moving_for = 200ms;
    static_cast<void>(show(view));
    idle.moving_for = 2'150ms;  // the badge has risen and fades
    view.preview->pixels =
        std::make_shared<std::uint8_t[]>(static_cast<std::size_t>(view.preview->width_px) *
                                         static_cast<std::size_t>(view.preview->height_px));

    Stage& on = stage();
    const auto tiles = on.painter.region_of({"preview", "pictogram"});
    REQUIRE(tiles);
    on.window->begin_frame(ground_colour(view));
    static_cast<void>(draw(on.painter, view));
    on.window->end_frame(tiles);
    const auto in_part = on.window->read_picture();
    static_cast<void>(show(view));
    CHECK(in_part.rgb == on.window->read_picture().rgb);
    CHECK(tiles->width * tiles->height < in_part.width_px * in_part.height_px * 3 / 10);
}

namespace {

/// A window that counts what it shows.
class WatchedWindow final : public Window {
public:
    explicit WatchedWindow(Window& window) : window_(window) {}
    int shown = 0;

    void wait(hudoor::MonotonicTime deadline) override { window_.wait(deadline); }
    void wake() override { window_.wake(); }
    void begin_frame(std::uint32_t rgb) override { window_.begin_frame(rgb); }
    void end_frame(const std::optional<Region>& only) override {
        ++shown;
        window_.end_frame(only);
    }
    void drop_frame() override { window_.drop_frame(); }
    int width_px() const override { return window_.width_px(); }
    int height_px() const override { return window_.height_px(); }
    double px_per_mm() const override { return window_.px_per_mm(); }
    bool close_wanted() const override { return window_.close_wanted(); }
    std::vector<KeyPress> take_keys() override { return window_.take_keys(); }
    bool take_redraw() override { return window_.take_redraw(); }
    Picture read_picture() override { return window_.read_picture(); }

private:
    Window& window_;
};

}  // namespace

TEST_CASE("getting ready shows no result that never was, and leaves none in the picture") {
    WatchedWindow window(*stage().window);
    warm_up(window, stage().painter);
    CHECK(window.shown == 0);
    const auto left = window.read_picture().rgb;
    CHECK(std::ranges::all_of(left, [](std::uint8_t channel) { return channel == 0; }));
}

TEST_CASE("the same view drawn twice makes no new textures") {
    for (const auto& [name, view] : samples::all()) {
        INFO(name);
        static_cast<void>(show(view));
        const auto made = stage().painter.textures_made();
        static_cast<void>(show(view));
        CHECK(stage().painter.textures_made() == made);
    }
}

TEST_CASE(
    "the keys of the pad are large, apart, on the card, and run 123, 456, 789 in both languages") {
    const auto keys = pad_keys(card);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Box& key = keys[i].box;
        CHECK((key.w >= 20 && key.h >= 20));
        CHECK((key.x >= card.x && key.right() <= card.right()));
        CHECK((key.y >= card.y && key.bottom() <= card.bottom()));
        for (std::size_t j = 0; j < i; ++j) {
            const Box& other = keys[j].box;
            const bool beside = key.x - other.right() >= 3.2 || other.x - key.right() >= 3.2;
            CHECK((beside || key.y - other.bottom() >= 3.2));
        }
    }
    for (const std::size_t row : {0U, 3U, 6U}) {
        CHECK(static_cast<int>(keys[row].intent) ==
              static_cast<int>(Intent::digit_1) + static_cast<int>(row));
        CHECK((keys[row].box.x < keys[row + 1].box.x && keys[row + 1].box.x < keys[row + 2].box.x));
        CHECK(keys[row].box.y < keys[row + 3].box.y);
    }
}

namespace {

/// The intents of a finger put down and lifted at a millimetre.
std::vector<Intent> touch(const View& view, double x_mm, double y_mm) {
    const double scale = std::min(stage().window->width_px() / panel_long,
                                  stage().window->height_px() / panel_short);
    const double left = (stage().window->width_px() - panel_long * scale) / 2;
    const double top = (stage().window->height_px() - panel_short * scale) / 2;
    imgui::place_mouse(static_cast<float>(left + x_mm * scale),
                       static_cast<float>(top + y_mm * scale));
    std::vector<Intent> intents;
    for (const bool down : {true, true, false, false}) {
        imgui::press_mouse(down);
        for (int frame = 0; frame < 2; ++frame) {
            if (const Intent intent = stage().show(view); intent != Intent::none)
                intents.push_back(intent);
        }
    }
    imgui::park_mouse();
    return intents;
}

}  // namespace

TEST_CASE(
    "every key of the pad answers once; while a try is looked at or paused, only the way out does") {
    View view = samples::idle();
    for (const PassphraseScreen& screen :
         {PassphraseScreen{}, PassphraseScreen{.filled = 12, .checking = true},
          PassphraseScreen{.wrong = true, .paused_for = 30s}}) {
        view.screen = screen;
        const bool off = screen.checking || screen.paused_for;
        for (const PadKey& key : pad_keys(card)) {
            const auto centre = key.box.centre();
            const auto intents = touch(view, centre.x, centre.y);
            const bool answers = !off || key.intent == Intent::skip;
            CHECK(intents == (answers ? std::vector<Intent>{key.intent} : std::vector<Intent>{}));
        }
    }
}

TEST_CASE("the pad shows how many digits there are, and the pause in their place") {
    View view = samples::idle();
    view.screen = PassphraseScreen{.filled = 5};
    static_cast<void>(show(view));
    const auto picture = stage().window->read_picture();
    const auto spots = digit_spots(12, card);
    REQUIRE(spots.size() == 12);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        CHECK(pixel(picture, spots[i].x, spots[i].y) == (i < 5 ? colours::ink : colours::surface));
        CHECK((spots[i].x > card.x + 8 && spots[i].x < card.right() - 8));
        CHECK((i == 0 || spots[i].x - spots[i - 1].x > 6.5));
    }
    view.screen = PassphraseScreen{.wrong = true, .paused_for = 90s};
    const auto drawn = show(view);
    CHECK(find(drawn, "1:30") != nullptr);
}

TEST_CASE("a button touched returns its intent once") {
    const View view = samples::idle();
    const auto touch = [&view](double x_mm, double y_mm) { return ::touch(view, x_mm, y_mm); };
    CHECK(touch(130, 244) == std::vector<Intent>{Intent::change_volume});
    CHECK(touch(200, 244) == std::vector<Intent>{Intent::change_contrast});
    CHECK(touch(270, 244) == std::vector<Intent>{Intent::change_text_size});
    CHECK(touch(340, 244) == std::vector<Intent>{Intent::change_language});
    CHECK(touch(60, 150).empty());
    CHECK(touch(460, 244).empty());
}
