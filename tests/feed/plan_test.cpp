#include "tests/feed/plan.hpp"

#include <filesystem>
#include <map>
#include <set>

#include "config/fault.hpp"
#include "tests/feed/sample.hpp"
#include "tests/feed/truth.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::feed;

namespace {

std::vector<Truth> truth_of(const Plan& plan) {
    std::vector<Truth> truth;
    for (std::size_t index = 0; index < plan.appearances.size(); ++index)
        truth.push_back(measure(plan, index));
    return truth;
}

std::map<std::string, int> count_expectations(const std::vector<Truth>& truth) {
    std::map<std::string, int> counts;
    for (const Truth& row : truth) ++counts[row.expect];
    return counts;
}

/// Whose code it is; other codes are nobody's.
std::string key_of(const ShownCode& code) {
    return code.bearer.attendee_id.empty() ? code.text : code.bearer.attendee_id;
}

}  // namespace

TEST_CASE("people are cast by what the door will say to them") {
    const Cast cast = sample::cast();
    CHECK(cast.admitted.size() == 48);
    CHECK(cast.elsewhere.size() == 6);
    REQUIRE(cast.revoked.size() == 2);
    CHECK(cast.revoked[0].attendee_id == "D0011");
    REQUIRE(cast.replaced.size() == 2);
    CHECK(cast.replaced[0].attendee_id == "D0021");
    CHECK(cast.replaced[0].token.issue == 1);
    CHECK(cast.day == std::chrono::sys_days(std::chrono::year(2026) / 12 / 4));
}

TEST_CASE("a time with no open session makes no cast") {
    CHECK_THROWS_AS(
        choose_cast(sample::event(), sample::registrations(), sample::refusals(),
                    {storage::PlaceId{1}, sample::opening() + std::chrono::hours(20), 1}),
        Fault);
}

TEST_CASE("forty appearances show everything a door can say, in the same order for the same seed") {
    const std::uint64_t seed = GENERATE(1, 2, 3, 77);
    const auto truth = truth_of(sample::plan(40, seed));
    REQUIRE(truth.size() == 40);
    const std::map<std::string, int> expected{
        {"admitted/ok", 17},          {"already_in/already_in", 4},  {"refused/wrong_session", 4},
        {"refused/revoked", 2},       {"refused/badge_replaced", 2}, {"refused/badge_expired", 2},
        {"refused/bad_signature", 2}, {"refused/wrong_event", 2},    {"hint/other_code", 3},
        {"hint/one_badge", 2}};
    CHECK(count_expectations(truth) == expected);
    const auto again = truth_of(sample::plan(40, seed));
    for (std::size_t index = 0; index < truth.size(); ++index) {
        CHECK(truth[index].text == again[index].text);
        CHECK(truth[index].first_frame == again[index].first_frame);
    }
}

TEST_CASE("at least twelve of forty appearances are hard, and at least two of each kind") {
    const std::uint64_t seed = GENERATE(1, 2, 3, 77);
    const Size size = GENERATE(Size{1280, 720}, Size{1920, 1080});
    int hard = 0, small = 0, tilted = 0, moving = 0, noisy = 0, inverted = 0, glare = 0;
    for (const Truth& truth : truth_of(sample::plan(40, seed, size))) {
        hard += is_hard(truth);
        small += truth.module_px <= 2.6;
        tilted += truth.tilt_deg >= 40;
        moving += truth.motion_modules >= 1.5;
        noisy += truth.noise_sigma >= 10;
        inverted += truth.phone && truth.inverted;
        glare += truth.glare;
    }
    CHECK(hard >= 12);
    for (const int kind : {small, tilted, moving, noisy, inverted, glare}) CHECK(kind >= 2);
}

TEST_CASE("twelve appearances show everything too, with one difficulty of each kind") {
    const std::uint64_t seed = GENERATE(1, 2, 3, 77);
    const auto truth = truth_of(sample::plan(12, seed));
    CHECK(count_expectations(truth).size() == 10);
    std::set<std::string> difficulties;
    for (const Truth& row : truth) difficulties.insert(row.difficulty);
    CHECK(difficulties.size() == 7);
}

TEST_CASE("a badge comes again only when it was admitted and away for six seconds") {
    const Plan plan = sample::plan(40, 5);
    std::map<std::string, const Appearance*> admitted;
    int again = 0;
    for (const Appearance& appearance : plan.appearances)
        for (const ShownCode& code : appearance.codes) {
            const auto before = admitted.find(key_of(code));
            if (appearance.showing == Showing::already_in) {
                REQUIRE(before != admitted.end());
                CHECK(before->second->codes[0].text == code.text);
                CHECK(appearance.enters - before->second->gone >= 6 * 30);
                ++again;
            } else {
                CHECK(before == admitted.end());
            }
            admitted[key_of(code)] = &appearance;
        }
    CHECK(again == 4);
}

TEST_CASE("what is shown bears the mark it is named by") {
    const storage::SigningKey key = sample::key();
    const std::vector<storage::BadgeKey> keys{{1, key.verify_key(), false}};
    for (const Appearance& appearance : sample::plan(12, 9).appearances)
        for (const ShownCode& code : appearance.codes) {
            const auto badge = storage::parse_badge(code.text);
            INFO(expectation(appearance.showing));
            CHECK(badge.has_value() == (appearance.showing != Showing::other_code));
            if (!badge) continue;
            CHECK((storage::check_badge(*badge, keys) == storage::BadgeCheck::ok) ==
                  (appearance.showing != Showing::forged));
            CHECK((badge->token.event == storage::EventNumber{7}) ==
                  (appearance.showing != Showing::wrong_event));
            CHECK((badge->token.valid_until < sample::cast().day) ==
                  (appearance.showing == Showing::expired));
        }
}

TEST_CASE("two badges at once stand beside each other, nearly equal in size") {
    for (const Appearance& appearance : sample::plan(40, 4).appearances) {
        if (appearance.showing != Showing::two_at_once) continue;
        REQUIRE(appearance.codes.size() == 2);
        CHECK(appearance.codes[0].text != appearance.codes[1].text);
        CHECK(appearance.difficulty == Difficulty::none);
    }
}

TEST_CASE("an event without anybody to show is a fault that says what is missing") {
    Cast cast = sample::cast();
    cast.revoked.clear();
    CHECK_THROWS_AS(make_plan(cast, sample::key(), {}), Fault);
}

TEST_CASE("the truth file reads back as it was written") {
    const auto truth = truth_of(sample::plan(12, 6));
    const auto file = std::filesystem::temp_directory_path() / "hudoor-truth-test.csv";
    write_truth(truth, file);
    const auto read = read_truth(file);
    std::filesystem::remove(file);
    REQUIRE(read.size() == truth.size());
    for (std::size_t index = 0; index < truth.size(); ++index) {
        CHECK(read[index].expect == truth[index].expect);
        CHECK(read[index].text == truth[index].text);
        CHECK(read[index].second_text == truth[index].second_text);
        CHECK(read[index].name_ar == truth[index].name_ar);
        CHECK(read[index].first_frame == truth[index].first_frame);
        CHECK(read[index].last_frame == truth[index].last_frame);
        CHECK(read[index].inverted == truth[index].inverted);
        CHECK(is_hard(read[index]) == is_hard(truth[index]));
    }
}
