#include "kiosk/screen/verdict_words.hpp"

#include <set>

#include "assets/assets_dir.hpp"
#include "assets/catalogue.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::storage::name_of;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

constexpr int first_reason = static_cast<int>(Reason::ok);
constexpr int last_reason = static_cast<int>(Reason::guessable_code);

}  // namespace

TEST_CASE("every reason has a row of its own with words that exist") {
    const hudoor::assets::Catalogue catalogue(hudoor::assets::find_assets_dir());
    for (int number = first_reason; number <= last_reason; ++number) {
        INFO(number);
        const auto reason = static_cast<Reason>(number);
        if (name_of(reason) == "unknown") continue;  // a number that is kept
        const auto& words = verdict_words(VerdictKind::refused, reason);
        CHECK((words.reason == reason || reason == Reason::ok));
        for (const auto id : {words.word, words.detail}) {
            if (!id.empty()) CHECK(catalogue.text(id, hudoor::assets::Language::ar) != id);
        }
        CHECK_FALSE(words.word.empty());
    }
}

TEST_CASE("the public is not told of blocks and forgeries") {
    for (const Reason reason : {Reason::blocked, Reason::key_revoked, Reason::bad_signature}) {
        const auto& words = verdict_words(VerdictKind::refused, reason);
        CHECK(words.shown == VerdictKind::see_usher);
        CHECK(words.word == "see.word");
        CHECK(words.detail.empty());
        CHECK(words.middle == Middle::nothing);
    }
}

TEST_CASE("only an admitted verdict is ever shown as admitted") {
    for (int number = first_reason; number <= last_reason; ++number) {
        INFO(number);
        for (const auto kind :
             {VerdictKind::already_in, VerdictKind::see_usher, VerdictKind::refused}) {
            CHECK(verdict_words(kind, static_cast<Reason>(number)).shown != VerdictKind::admitted);
        }
    }
    CHECK(verdict_words(VerdictKind::admitted, Reason::ok).shown == VerdictKind::admitted);
    CHECK(verdict_words(VerdictKind::admitted, Reason::signature_only).shown ==
          VerdictKind::admitted);
    CHECK(verdict_words(VerdictKind::see_usher, Reason::signature_only).shown ==
          VerdictKind::see_usher);
}

TEST_CASE("who is let out is told goodbye, who is not is told why") {
    using hudoor::storage::Direction;
    CHECK(verdict_words(VerdictKind::admitted, Reason::ok, Direction::exit).word == "exit.word");
    CHECK(verdict_words(VerdictKind::refused, Reason::revoked, Direction::exit).word == "see.word");
}

TEST_CASE("who is early is not refused: amber, whatever an older program called it") {
    for (const auto kind : {VerdictKind::see_usher, VerdictKind::refused}) {
        const auto& words = verdict_words(kind, Reason::too_early);
        CHECK(words.shown == VerdictKind::see_usher);
        CHECK(words.word == "no.early");
        CHECK(words.middle == Middle::doors);
    }
}

TEST_CASE("how long it is until the doors open is told in six Arabic forms") {
    using hudoor::assets::Language;
    const hudoor::assets::Catalogue catalogue(hudoor::assets::find_assets_dir());
    const auto in = [&](std::uint32_t minutes) {
        std::string said = catalogue.count("n.doors_in", minutes, Language::ar);
        for (const std::string isolate : {"\u2068", "\u2069"})
            for (auto at = said.find(isolate); at != std::string::npos; at = said.find(isolate))
                said.erase(at, isolate.size());
        return said;
    };
    CHECK(in(0) == "الآن");
    CHECK(in(1) == "بعد دقيقة واحدة");
    CHECK(in(2) == "بعد دقيقتين");
    CHECK(in(3) == "بعد 3 دقائق");
    CHECK(in(10) == "بعد 10 دقائق");
    CHECK(in(12) == "بعد 12 دقيقة");
    CHECK(in(100) == "بعد 100 دقيقة");
    CHECK(in(103) == "بعد 103 دقائق");
}
