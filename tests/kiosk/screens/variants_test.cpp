#include <algorithm>
#include <array>
#include <functional>

#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

/// Calls `look(view, drawn, painter)` for every screen in every variant of one shape.
void for_each_screen(
    bool portrait,
    const std::function<void(const View&, const std::vector<Drawn>&, const Painter&)>& look) {
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (const auto& variant : samples::variants()) {
        if (variant.portrait != portrait) continue;
        for (auto [name, view] : samples::all()) {
            INFO(variant.name << " " << name);
            view.appearance = variant.appearance;
            look(view, stage.lay_out(view), stage.painter);
        }
    }
}

bool has_long_name(const View& view) {
    const auto* verdict = std::get_if<VerdictScreen>(&view.screen);
    return verdict != nullptr && verdict->answer.name.en.size() > 60;
}

}  // namespace

TEST_CASE(
    "on no screen in no variant does a text leave the screen, lose words, get too small or touch another") {
    const bool portrait = GENERATE(false, true);
    for_each_screen(portrait,
                    [](const View& view, const std::vector<Drawn>& drawn, const Painter& painter) {
                        std::vector<Drawn> texts;
                        for (const Drawn& each : drawn)
                            if (each.kind == Drawn::Kind::text) texts.push_back(each);
                        CHECK_FALSE(texts.empty());
                        for (std::size_t i = 0; i < texts.size(); ++i) {
                            const Drawn& text = texts[i];
                            INFO(text.what);
                            CHECK((!text.shortened || has_long_name(view)));
                            CHECK(text.cap_mm >= 5);
                            CHECK((text.box.x >= 4 && text.box.right() <= painter.width() - 4));
                            CHECK((text.box.y >= 4 && text.box.bottom() <= painter.height() - 2));
                            for (std::size_t j = 0; j < i; ++j) {
                                INFO(texts[j].what);
                                CHECK_FALSE(overlap(text, texts[j]));
                            }
                        }
                    });
}

TEST_CASE("in no variant does a text run over the edge of the card, button or panel it begins on") {
    const bool portrait = GENERATE(false, true);
    for_each_screen(portrait, [](const View&, const std::vector<Drawn>& drawn, const Painter&) {
        for (const Drawn& card : drawn) {
            constexpr std::array holding{"panel",   "button",   "door sign", "band",
                                         "door.in", "door.out", "pad"};
            const bool holds =
                std::find(holding.begin(), holding.end(), card.what) != holding.end();
            if (card.kind != Drawn::Kind::block || !holds) continue;
            for (const Drawn& text : drawn) {
                if (text.kind != Drawn::Kind::text) continue;
                const auto middle = text.box.centre();
                const bool on_it = middle.x > card.box.x && middle.x < card.box.right() &&
                                   middle.y > card.box.y && middle.y < card.box.bottom();
                INFO(card.what << ": " << text.what);
                CHECK(
                    (!on_it || (text.box.x >= card.box.x && text.box.right() <= card.box.right() &&
                                text.box.y >= card.box.y - 1 &&
                                text.box.bottom() <= card.box.bottom() + 0.5)));
            }
        }
    });
}

TEST_CASE("in every variant a band hides nothing and every button is large enough to touch") {
    const bool portrait = GENERATE(false, true);
    for_each_screen(
        portrait, [](const View& view, const std::vector<Drawn>& drawn, const Painter& painter) {
            const double top = painter.height() - 24;
            for (const Drawn& each : drawn) {
                if (each.kind == Drawn::Kind::touch) {
                    INFO(each.what);
                    CHECK((each.box.w >= 20 && each.box.h >= 20));
                }
                if (!view.band || std::holds_alternative<OutOfServiceScreen>(view.screen)) continue;
                if (each.what == "band" || each.what == "dwell") break;
                INFO(each.what);
                CHECK(each.box.bottom() <= top);
            }
        });
}

TEST_CASE("upright, the screens lie in their boxes") {
    Stage stage({.width_px = 536, .height_px = 952});
    const auto idle = stage.lay_out(samples::idle());
    CHECK(near(get(idle, "door sign").box, {12, 36, 244, 86}));
    CHECK(near(get(idle, "room").box, {120, 42, 28, 28}));
    CHECK(near(get(idle, "preview").box, {12, 214, 118, 166}));
    CHECK(near(get(idle, "pictogram").box, {138, 214, 118, 166}));
    CHECK(near(get(idle, "acc.text").box, {12, 392, 120, 24}));
    CHECK(near(get(idle, "acc.lang").box, {136, 392, 120, 24}));
    CHECK(near(get(idle, "acc.volume").box, {12, 420, 120, 24}));
    CHECK(near(get(idle, "acc.contrast").box, {136, 420, 120, 24}));
    CHECK(near(get(idle, "يُرجى إبراز الشارة").baseline, 156.4));
    CHECK(near(get(idle, "Show your badge").baseline, 189.1));
    CHECK(get(idle, "with the code facing the camera").baseline ==
          get(idle, "والرمز باتجاه الكاميرا").baseline);

    const auto admitted = stage.lay_out(samples::verdict(VerdictKind::admitted, Reason::ok));
    const auto icon = std::find_if(admitted.begin(), admitted.end(), [](const Drawn& each) {
        return each.kind == Drawn::Kind::icon;
    });
    REQUIRE(icon != admitted.end());
    CHECK(near(icon->box, {86, 20, 96, 96}));
    CHECK(near(get(admitted, "rule").box, {104, 216, 60, 1}));
    CHECK(near(get(admitted, "panel").box, {12, 324, 244, 140}));
    CHECK(near(get(admitted, "أهلًا وسهلًا").baseline, 158.4));
    CHECK(near(get(admitted, "Welcome").baseline, 198.3));
    CHECK(near(get(admitted, "د. نورة المرزوقي").baseline, 258.2));
    CHECK(near(get(admitted, "Dr Noura Al Marzouqi").baseline, 294.8));
    CHECK(near(get(admitted, "Seat C-14").baseline, 415.6));
    CHECK(near(get(admitted, "Hall A, straight on").baseline, 437.8));
}

TEST_CASE("a small panel enlarges words by itself, and a small window does not") {
    Stage small({.width_px = 952, .height_px = 536, .px_per_mm = 4});  // 238 mm across
    static_cast<void>(small.lay_out(samples::idle()));
    CHECK(small.painter.text_scale() == 1.5);
    CHECK(find(small.painter.drawn(), "pictogram") == nullptr);
}

TEST_CASE("a door for both keeps mirror and pictogram, and has two large buttons under the words") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    std::get<IdleScreen>(view.screen).door = hudoor::storage::Direction::entry;
    const auto drawn = stage.lay_out(view);
    CHECK(near(get(drawn, "entering").box, {360, 186, 104, 38}));
    CHECK(near(get(drawn, "leaving").box, {12, 186, 104, 38}));
    CHECK(near(get(drawn, "preview").box, {124, 84, 110, 140}));
    CHECK(near(get(drawn, "pictogram").box, {242, 84, 110, 140}));
}

TEST_CASE("a hint at a door for both can be read from a metre, in words and in pictures") {
    constexpr double from_a_metre_mm = 12.2;
    for (const bool portrait : {false, true}) {
        Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
        View view = samples::idle();
        auto& idle = std::get<IdleScreen>(view.screen);
        idle.hint = hudoor::scanner::HintKind::closer;
        idle.door = hudoor::storage::Direction::entry;
        const auto drawn = stage.lay_out(view);
        CAPTURE(portrait);
        CHECK(get(drawn, portrait ? "Bring it closer" : "closer").cap_mm >= from_a_metre_mm);
        CHECK(find(drawn, "pictogram") != nullptr);
    }
}
