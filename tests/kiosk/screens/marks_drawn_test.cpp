#include "kiosk/screens/mark_row.hpp"

#include <algorithm>
#include <set>

#include "kiosk/screens/verdict_look.hpp"
#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::assets::Language;
using hudoor::storage::Bilingual;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

/// The words as they stand on the screen, in one line or in several.
bool says(const std::vector<Drawn>& drawn, const std::string& words) {
    std::string all;
    for (const Drawn& each : drawn)
        if (each.kind == Drawn::Kind::text) all += " " + without_isolates(each.what);
    return all.find(without_isolates(words)) != std::string::npos;
}

std::vector<Mark> one_of_each() {
    std::vector<Mark> marks;
    for (int kind = 0; kind <= static_cast<int>(MarkKind::one_device); ++kind)
        marks.push_back({.kind = static_cast<MarkKind>(kind),
                         .session = {"حفل الافتتاح", "Opening ceremony"},
                         .day = std::chrono::year{2026} / 12 / 2,
                         .time = std::chrono::hours(9)});
    return marks;
}

}  // namespace

TEST_CASE("without any colour every mark is known by its words and by its icon") {
    Stage stage({.width_px = 952, .height_px = 536});
    std::set<std::string> arabic, english;
    std::set<std::pair<int, double>> icons;
    for (const Mark& mark : one_of_each()) {
        const Bilingual words = mark_words(stage.painter, mark);
        arabic.insert(words.ar);
        english.insert(words.en);
        const MarkLook look = mark_look(mark.kind);
        icons.emplace(static_cast<int>(look.icon), look.turned);
    }
    CHECK(arabic.size() == one_of_each().size());
    CHECK(english.size() == one_of_each().size());
    CHECK(icons.size() == one_of_each().size());
}

TEST_CASE("without any colour every verdict is known by its words and by its icon") {
    Stage stage({.width_px = 952, .height_px = 536});
    constexpr std::pair<VerdictKind, Reason> verdicts[] = {
        {VerdictKind::admitted, Reason::ok},
        {VerdictKind::already_in, Reason::already_in},
        {VerdictKind::refused, Reason::revoked},
        {VerdictKind::see_usher, Reason::session_full}};
    for (const Theme theme : {Theme::light, Theme::high_contrast}) {
        std::set<int> icons;
        std::set<std::string> words;
        for (const auto& [kind, reason] : verdicts) {
            Appearance look;
            look.theme = theme;
            icons.insert(static_cast<int>(verdict_look(kind, look).icon));
            std::string said;
            for (const Drawn& each : stage.lay_out(samples::verdict(kind, reason)))
                if (each.kind == Drawn::Kind::text) said += each.what + "\n";
            words.insert(said);
        }
        CHECK(icons.size() == std::size(verdicts));
        CHECK(words.size() == std::size(verdicts));
    }
}

TEST_CASE("what is in force is said in words on the idle screen, on results and over every page") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (int number = 0; number < samples::mark_sets; ++number) {
        CAPTURE(portrait, number);
        const auto marks = samples::marks(number);
        View idle = samples::idle(), result = samples::verdict(VerdictKind::refused, Reason::ok),
             again = samples::verdict(VerdictKind::already_in, Reason::already_in);
        std::get<VerdictScreen>(again.screen).answer.seen_again = true;
        idle.marks = result.marks = again.marks = marks;
        idle.band = result.band = again.band = Band::camera_lost;
        const auto on_idle = stage.lay_out(idle);
        const auto on_result = stage.lay_out(result);
        const auto on_again = stage.lay_out(again);
        for (const Mark& mark : marks) {
            const Bilingual whole = mark_words(stage.painter, mark),
                            brief = mark_words(stage.painter, mark, true);
            CAPTURE(whole.en);
            CHECK((says(on_idle, whole.ar) && says(on_idle, whole.en)));
            CHECK((says(on_result, brief.ar) && says(on_result, brief.en)));
            CHECK((says(on_again, brief.ar) && says(on_again, brief.en)));
        }
    }
    for (auto [name, view] : samples::panels(portrait)) {
        if (std::holds_alternative<PinPage>(view.page)) continue;  // nobody's yet
        for (const auto language : {Language::ar, Language::en}) {
            view.appearance.only = language;
            const auto drawn = stage.lay_out(view);
            for (const Mark& mark : view.marks) {
                const Bilingual words = mark_words(stage.painter, mark, true);
                CAPTURE(name, words.en);
                CHECK(says(drawn, language == Language::ar ? words.ar : words.en));
            }
        }
    }
}

TEST_CASE("two bands share the foot, each in its words") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    view.band = Band::training;
    view.other_band = Band::camera_lost;
    const auto drawn = stage.lay_out(view);
    CHECK(says(drawn, "Training, not recorded"));
    CHECK(says(drawn, "تدريب دون تسجيل"));
    CHECK(says(drawn, "Camera lost"));
    CHECK(says(drawn, "انقطعت الكاميرا"));
}

TEST_CASE("a band of an old list names its day") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    view.band = Band::list_stale;
    view.list_of = std::chrono::hours(9);
    CHECK(says(stage.lay_out(view), "Guest list not updated since 09:00"));
    view.list_day = std::chrono::year{2026} / 12 / 4;
    CHECK(says(stage.lay_out(view), "Guest list not updated since Fri 4 Dec 09:00"));
    CHECK(says(stage.lay_out(view), "لم تُحدَّث قائمة الضيوف منذ الجمعة 4 ديسمبر 09:00"));
}

TEST_CASE("a clock that is not set shows no time, to nobody") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    REQUIRE(find(stage.lay_out(view), "09:14") != nullptr);
    view.clock_set = false;
    const auto idle = stage.lay_out(view);
    CHECK(find(idle, "09:14") == nullptr);
    CHECK(find(idle, "Fri 4 Dec") == nullptr);
    CHECK(find(idle, "--:--") != nullptr);
    View again = samples::verdict(VerdictKind::already_in, Reason::already_in);
    Answer& answer = std::get<VerdictScreen>(again.screen).answer;
    answer.seen_again = true;
    answer.welcomed_at = std::chrono::hours(9);
    CHECK(says(stage.lay_out(again), "Welcomed at 09:00:00"));
    again.clock_set = false;
    CHECK(says(stage.lay_out(again), "You are in"));
    for (auto [name, panel] : samples::panels()) {
        if (name != "home") continue;
        panel.appearance.only = Language::en;
        panel.clock_set = false;
        CHECK(find(stage.lay_out(panel), "--:--") != nullptr);
    }
}

TEST_CASE("an exit says so on its sign and in its words") {
    Stage stage({.width_px = 952, .height_px = 536});
    View view = samples::idle();
    std::get<IdleScreen>(view.screen).is_exit = true;
    for (const bool has_session : {true, false}) {
        if (!has_session) std::get<IdleScreen>(view.screen).sign.reset();
        const auto drawn = stage.lay_out(view);
        CHECK(find(drawn, "Exit") != nullptr);
        CHECK(find(drawn, "خروج") != nullptr);
        CHECK(says(drawn, "as you leave"));
    }
}
