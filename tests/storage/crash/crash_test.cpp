// I-1, I-2, I-8, I-9; F2 to F6: power cuts and failing disks at every moment of a journal's life.
// HUDOOR_CRASH_CUTS says how many cuts, or HUDOOR_CRASH_PLAYS how many plays; HUDOOR_CRASH_SEED
// where to begin.

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/storage/crash/crash_play.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::test {

namespace {

std::optional<std::uint64_t> number_from(const char* variable) {
    const char* text = std::getenv(variable);
    return text == nullptr ? std::nullopt : std::optional(std::stoull(text));
}

CrashTally play(int cuts, bool with_failures, std::optional<Damage> wanted = {}) {
    CrashPlays asked{.first_seed = number_from("HUDOOR_CRASH_SEED").value_or(1),
                     .cuts = cuts,
                     .plays = {},
                     .with_failures = with_failures,
                     .wanted = wanted};
    if (const auto number = number_from("HUDOOR_CRASH_CUTS"))
        asked.cuts = static_cast<int>(*number);
    if (const auto number = number_from("HUDOOR_CRASH_PLAYS"))
        asked.plays = static_cast<int>(*number);
    CrashTally tally = play_crashes(asked);
    std::cout << "from seed " << asked.first_seed << " " << tally.plays << " plays, " << tally.cuts
              << " power cuts (" << tally.cuts_at_start << " before a start was done, "
              << tally.cuts_after_failure << " after a disk failure), " << tally.kills << " kills, "
              << tally.clean_stops << " clean stops, " << tally.acknowledged
              << " facts acknowledged, " << tally.operations << " disk operations, " << tally.flips
              << " bits flipped (" << tally.flips_told << " told, " << tally.flipped_away
              << " facts changed)";
    for (const auto& [kind, count] : tally.damages)
        std::cout << "; " << name_of(kind) << ": " << count;
    std::cout << "\n" << tally.damage_words;
    return tally;
}

}  // namespace

TEST_CASE("I-1, I-2, F1, F2, F3, F32: power cuts and flipped bits lose nothing acknowledged",
          "[cuts]") {
    const CrashTally tally = play(14'000, false);
    INFO(tally.damage_words);
    CHECK(tally.damages.empty());
    CHECK(tally.never_made == 0);
    CHECK(tally.cuts_at_start > tally.cuts / 10);
    CHECK(tally.acknowledged > tally.cuts);
    CHECK(tally.flips > tally.cuts / 10);  // F32
    CHECK(tally.flips_told > tally.flips / 10);
}

TEST_CASE("I-8, I-9, F4, F5, F6: nor do they after failed writes and syncs and full disks",
          "[failures]") {
    const CrashTally tally = play(7'000, true);
    INFO(tally.damage_words);
    CHECK(tally.damages.empty());
    CHECK(tally.never_made <= tally.plays / 100);
    CHECK(tally.cuts_after_failure > tally.cuts / 10);
    CHECK(tally.acknowledged > tally.cuts);
}

TEST_CASE("the same seed plays the same crashes", "[cuts]") {
    const auto play_from = [](std::uint64_t seed) {
        return play_crashes(
            {.first_seed = seed, .cuts = 50, .plays = {}, .with_failures = true, .wanted = {}});
    };
    const CrashTally one = play_from(7);
    const CrashTally other = play_from(7);
    CHECK(one.operations == other.operations);
    CHECK(one.acknowledged == other.acknowledged);
    CHECK(play_from(8).operations != one.operations);
}

// A part of many, by tests/sim/plays.sh.
TEST_CASE("power cuts and flipped bits lose nothing, from any seed", "[.play-cuts]") {
    const CrashTally tally = play(500, false);
    INFO(tally.damage_words);
    CHECK(tally.damages.empty());
    CHECK(tally.never_made == 0);
    CHECK(tally.acknowledged > tally.cuts);
}

TEST_CASE("failing disks lose nothing, from any seed", "[.play-failures]") {
    const CrashTally tally = play(500, true);
    INFO(tally.damage_words);
    CHECK(tally.damages.empty());
    CHECK(tally.acknowledged > tally.cuts);
}

// What a program that breaks a rule must come to here; the hidden ones run in such programs only.
TEST_CASE("power cuts show the loss", "[.lost-in-cut]") {
    CHECK(play(6'000, false, Damage::lost).damages.contains(Damage::lost));
}

TEST_CASE("power cuts and flipped bits show facts gone without a word", "[.untold-in-cut]") {
    CHECK(play(6'000, false, Damage::untold).damages.contains(Damage::untold));
}

TEST_CASE("failing disks show the loss", "[.lost-in-failure]") {
    CHECK(play(6'000, true, Damage::lost).damages.contains(Damage::lost));
}

TEST_CASE("failing disks show the writing after them", "[.written-after-failure]") {
    CHECK(play(6'000, true, Damage::written_after_failure)
              .damages.contains(Damage::written_after_failure));
}

TEST_CASE("power cuts show an epoch used again", "[.epoch-reused]") {
    CHECK(play(6'000, false, Damage::epoch_reused).damages.contains(Damage::epoch_reused));
}

}  // namespace hudoor::test
