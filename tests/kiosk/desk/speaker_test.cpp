#include "kiosk/screen/speaker.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "assets/assets_dir.hpp"
#include "assets/catalogue.hpp"
#include "config/fault.hpp"
#include "kiosk/make_voice.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using kiosk::Cue;
using kiosk::Speaker;
using kiosk::SpokenPieces;
using scanner::HintKind;
using storage::Reason;
using storage::VerdictKind;
namespace fs = std::filesystem;

namespace {

kiosk::Answer welcome() {
    kiosk::Answer answer;
    answer.verdict.kind = VerdictKind::admitted;
    answer.verdict.reason = Reason::ok;
    answer.name = {"ليلى", "Layla"};
    answer.seat = "B-14";
    answer.session.emplace();
    answer.session->way = storage::Way{};
    answer.session->way->arrow = storage::Arrow::left;
    return answer;
}

kiosk::View idle(std::optional<HintKind> hint = {}, bool at_rest = false) {
    kiosk::View view;
    kiosk::IdleScreen screen;
    screen.hint = hint;
    screen.at_rest = at_rest;
    view.screen = screen;
    return view;
}

const MonotonicTime now = MonotonicTime(1h);

assets::Catalogue catalogue() { return assets::Catalogue(assets::find_assets_dir()); }

/// Makes a program of this name out of `script`.
std::string path_with_program(const fs::path& folder, const std::string& script) {
    const fs::path program = folder / "espeak-ng";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    ::chmod(program.c_str(), 0755);
    return folder.string() + ":" + std::getenv("PATH");
}

}  // namespace

TEST_CASE("everybody around hears the verdict, one person alone also the seat and the way") {
    Speaker aloud(false), in_private(true);
    CHECK(aloud.answer(welcome(), Cue::admitted, idle()).words == SpokenPieces{"ok.word"});
    CHECK(in_private.answer(welcome(), Cue::admitted, idle()).words ==
          SpokenPieces{"ok.word", "next.seat", "letter.b", "number.14", "dir.left"});
    CHECK(aloud.again()->words == in_private.again()->words);  // whoever asks may hear it all
    // And nobody hears it who comes after.
    CHECK_FALSE(aloud.look(idle({}, true), now));
    CHECK_FALSE(aloud.again());
    CHECK_FALSE(in_private.look(idle({}, true), now));
    CHECK_FALSE(in_private.again());
}

TEST_CASE("times are said in numbers, and a refusal says where to go") {
    kiosk::Answer again = welcome();
    again.verdict.kind = VerdictKind::already_in;
    again.verdict.reason = Reason::already_in;
    again.since = 9h + 5min;
    CHECK(kiosk::spoken_answer(again) == SpokenPieces{"again.word", "again.since", "number.9",
                                                      "number.0", "number.5", "again.next"});
    kiosk::Answer blocked = welcome();
    blocked.verdict.kind = VerdictKind::refused;
    blocked.verdict.reason = Reason::blocked;
    CHECK(kiosk::spoken_answer(blocked) == SpokenPieces{"see.word", "see.desk"});
    CHECK(kiosk::spell("AB-120") ==
          SpokenPieces{"letter.a", "letter.b", "number.1", "number.2", "number.0"});
}

TEST_CASE("whoever comes is invited once, and each thing that holds the badge up is said once") {
    Speaker speaker(true);
    CHECK_FALSE(speaker.look(idle({}, true), now));  // nobody is there
    CHECK(speaker.look(idle(), now)->words == SpokenPieces{"idle.show", "idle.show_sub"});
    CHECK_FALSE(speaker.look(idle(), now + 1s));
    CHECK(speaker.look(idle(HintKind::closer), now + 2s)->words ==
          SpokenPieces{"hint.closer", "hint.closer_sub"});
    CHECK_FALSE(speaker.look(idle(HintKind::closer), now + 3s));
    CHECK(speaker.look(idle(HintKind::glare), now + 4s)->words.front() == "hint.glare");
    CHECK(speaker.look(idle(), now + 21s));
    kiosk::View out;
    out.screen = kiosk::OutOfServiceScreen{};
    CHECK(speaker.look(out, now + 22s)->words == SpokenPieces{"ooo.word", "ooo.next"});
    CHECK_FALSE(speaker.look(out, now + 23s));
    // Whom the kiosk cannot let in is not told of disks, nor sent to another entrance.
    static_cast<void>(speaker.look(idle(), now + 24s));
    out.screen = kiosk::OutOfServiceScreen{.code = {}, .device = {}, .by_hand = true};
    CHECK(speaker.look(out, now + 25s)->words == SpokenPieces{"cam.wait", "see.word"});
}

TEST_CASE("a kiosk that speaks to everybody says nothing by itself but results") {
    Speaker speaker(false);
    CHECK_FALSE(speaker.look(idle(), now));
    CHECK_FALSE(speaker.look(idle(HintKind::closer), now));
    CHECK_FALSE(speaker.again());
}

TEST_CASE("the tone rises as the code comes near and to the middle") {
    const auto seen = [](float x, float y, float side) {
        scanner::Preview preview;
        preview.width_px = 240;
        preview.height_px = 135;
        preview.covered = {{x, y, side, side}};
        return preview;
    };
    const double far = kiosk::rightness(seen(112, 60, 15)),
                 nearer = kiosk::rightness(seen(100, 48, 40)),
                 right = kiosk::rightness(seen(87, 34, 66)),
                 aside = kiosk::rightness(seen(170, 60, 66));
    CHECK(far < nearer);
    CHECK(nearer < right);
    CHECK(aside < right);
    CHECK(right > 0.9);

    Speaker speaker(true);
    kiosk::View view = idle(HintKind::closer);
    view.preview = seen(87, 34, 66);
    REQUIRE(speaker.look(view, now));  // the hint first
    const auto tone = speaker.look(view, now + 1s);
    REQUIRE(tone);
    CHECK(tone->cue == Cue::aim);
    CHECK(tone->rightness == right);
    CHECK_FALSE(speaker.look(view, now + 1s + 100ms));
}

TEST_CASE("where the camera sees nothing, nobody is asked to show anything") {
    Speaker speaker(true);
    kiosk::View view = idle();
    std::get<kiosk::IdleScreen>(view.screen).waits = true;
    CHECK(speaker.look(view, now)->words == SpokenPieces{"cam.wait"});
    CHECK_FALSE(speaker.look(view, now + 30s));
}

TEST_CASE("nothing can be said that is not recorded, and no recording is a name or has a gap") {
    std::set<std::string> names;
    for (const kiosk::Recording& one : kiosk::recordings(catalogue())) {
        INFO(one.name);
        names.insert(one.name);
        for (const std::string& text : {one.text.ar, one.text.en}) {
            CHECK_FALSE(text.empty());
            CHECK(text != one.name);  // an id without words
            CHECK(text.find('{') == std::string::npos);
        }
    }
    const auto all_recorded = [&](const SpokenPieces& pieces) {
        for (const std::string& piece : pieces) {
            INFO(piece);
            CHECK(names.contains(piece));
        }
    };
    kiosk::Answer answer = welcome();
    answer.since = answer.session->starts = 23h + 59min;
    answer.instead = answer.session;
    for (int kind = 1; kind <= static_cast<int>(VerdictKind::refused); ++kind)
        for (int reason = 0; reason < 32; ++reason)
            for (const auto direction : {storage::Direction::entry, storage::Direction::exit}) {
                answer.verdict.kind = static_cast<VerdictKind>(kind);
                answer.verdict.reason = static_cast<Reason>(reason);
                answer.direction = direction;
                all_recorded(kiosk::spoken_answer(answer));
                answer.verdict.instead = storage::SessionId{2};  // not open yet
                all_recorded(kiosk::spoken_answer(answer));
                answer.verdict.instead.reset();
            }
    kiosk::IdleScreen idle;
    all_recorded(kiosk::spoken_idle(idle));
    for (std::size_t kind = 0; kind < scanner::hint_kinds; ++kind) {
        idle.hint = static_cast<HintKind>(kind);
        all_recorded(kiosk::spoken_idle(idle));
    }
    idle.hint.reset();
    idle.waits = true;
    all_recorded(kiosk::spoken_idle(idle));
    all_recorded(kiosk::spoken_out_of_service({}));
    all_recorded(kiosk::spoken_out_of_service({.code = {}, .device = {}, .by_hand = true}));
}

TEST_CASE("a voice is recorded whole, keeps what was there, and leaves nothing half-written") {
    const test::TemporaryDirectory folder;
    const fs::path voice = folder / "voice", bin = folder / "bin";
    fs::create_directories(bin);
    fs::create_directories(voice);
    std::ofstream(voice / "ok.word.ar.opus") << "my own";
    {
        // espeak-ng -v ar -s 140 -w FILE -- TEXT
        const test::WithVariable path("PATH",
                                      path_with_program(bin, "printf '%s' \"$8\" > \"$6\"\n"));
        const auto made = kiosk::make_voice(catalogue(), voice);
        CHECK(made.kept == 1);
        CHECK(made.made == 2 * kiosk::recordings(catalogue()).size() - 1);
        CHECK(fs::exists(voice / "number.59.en.wav"));
        // The kiosk is another user.
        CHECK((fs::status(voice / "number.59.en.wav").permissions() & fs::perms::others_read) !=
              fs::perms::none);
        CHECK_FALSE(fs::exists(voice / "ok.word.ar.wav"));
        CHECK(kiosk::make_voice(catalogue(), voice).made == 0);
    }
    const test::WithVariable path("PATH", path_with_program(bin, "echo half > \"$6\"; exit 1\n"));
    fs::remove(voice / "ok.word.en.wav");
    CHECK_THROWS_AS(kiosk::make_voice(catalogue(), voice), Fault);
    for (const auto& entry : fs::directory_iterator(voice))
        CHECK(entry.path().extension() != ".part");
    CHECK_FALSE(fs::exists(voice / "ok.word.en.wav"));
}
