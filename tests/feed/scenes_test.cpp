#include "tests/feed/scenes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "config/fault.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/feed/film.hpp"
#include "tests/feed/sample.hpp"
#include "tests/feed/truth.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::feed;

namespace {

Plan demo(std::uint64_t seed) {
    PlanOptions options;
    options.seed = seed;
    options.fps = 25;
    return make_demo_plan(sample::cast(), sample::key(), options);
}

Plan rush(int appearances, double every_s) {
    PlanOptions options;
    options.appearances = appearances;
    return make_rush_plan(sample::cast(), sample::key(), options, every_s);
}

bool is_read(const Film& film, const Plan& plan, std::size_t index, int frame,
             const std::vector<Card>& cards) {
    scanner::Reader reader;
    const Picture picture = film.picture(frame, plan.appearances[index], cards);
    const Plane& luma = picture.luma;
    const auto codes =
        reader.read({luma.pixels.data(), luma.size.width, luma.size.height, luma.size.width});
    return std::any_of(codes.begin(), codes.end(), [&](const auto& code) {
        return code.text == plan.appearances[index].codes[0].text;
    });
}

std::size_t find(const Plan& plan, Difficulty difficulty) {
    const auto& all = plan.appearances;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Appearance& appearance) {
        return appearance.difficulty == difficulty;
    });
    REQUIRE(found != all.end());
    return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

TEST_CASE("the demo lasts about three minutes and says everything a door can say") {
    const Plan plan = demo(GENERATE(1, 2, 77));
    CHECK(plan.frames > 170 * 25);
    CHECK(plan.frames < 200 * 25);
    std::set<std::string> expected, difficulties;
    for (std::size_t index = 0; index < plan.appearances.size(); ++index) {
        const Truth truth = measure(plan, index);
        expected.insert(truth.expect);
        difficulties.insert(truth.difficulty);
    }
    CHECK(expected ==
          std::set<std::string>{"admitted/ok", "already_in/already_in", "refused/wrong_session",
                                "refused/revoked", "refused/badge_replaced", "refused/cancelled",
                                "refused/badge_expired", "refused/bad_signature",
                                "refused/wrong_event", "see_usher/attention",
                                "see_usher/not_on_list", "hint/other_code", "hint/one_badge"});
    CHECK(difficulties == std::set<std::string>{"none", "small", "tilted", "moving", "noisy",
                                                "inverted_phone", "glare", "back_side", "too_far"});
}

TEST_CASE("in the demo one badge is shown after the other, the same one after six seconds") {
    const Plan plan = demo(GENERATE(1, 5));
    std::map<std::string, int> gone;
    for (std::size_t index = 0; index < plan.appearances.size(); ++index) {
        const Appearance& appearance = plan.appearances[index];
        if (index > 0) CHECK(plan.appearances[index - 1].gone + 25 < appearance.enters);
        const std::string& text = appearance.codes[0].text;
        if (gone.contains(text)) CHECK(appearance.enters - gone[text] >= 6 * 25);
        gone[text] = appearance.gone;
    }
}

TEST_CASE("everybody stands before the camera while their badge is up, and leaves the hall") {
    const Plan plan = GENERATE(demo(1), rush(20, 3));
    REQUIRE(plan.walkers.size() == plan.appearances.size());
    const PlanOptions& options = plan.options;
    const auto stand = [&](std::size_t walker, int frame) {
        return stand_at(plan.walkers[walker], frame, options.size, options.fps);
    };
    for (std::size_t index = 0; index < plan.walkers.size(); ++index) {
        const auto& steps = plan.walkers[index].steps;
        for (std::size_t step = 1; step < steps.size(); ++step)
            CHECK(steps[step - 1].frame < steps[step].frame);
        const auto up = stand(index, plan.appearances[index].held);
        REQUIRE(up.has_value());
        CHECK(up->px_per_mm > 1.4);
        CHECK(up->top.x > 0.1 * options.size.width);
        CHECK(up->top.x < 0.5 * options.size.width);
        CHECK(stand(index, steps.back().frame)->top.x < -0.2 * options.size.width);
        CHECK_FALSE(stand(index, steps.back().frame + 1).has_value());
        // Nobody else stands as near.
        for (std::size_t other = 0; other < plan.walkers.size(); ++other)
            if (const auto there = stand(other, plan.appearances[index].held);
                there && other != index)
                CHECK(there->px_per_mm < 0.8 * up->px_per_mm);
    }
}

TEST_CASE("a rush has a badge in view each three seconds, every one another's") {
    const Plan plan = rush(20, 3);
    std::set<std::string> texts;
    for (std::size_t index = 0; index < plan.appearances.size(); ++index) {
        texts.insert(plan.appearances[index].codes[0].text);
        if (index > 0)
            CHECK(plan.appearances[index].enters - plan.appearances[index - 1].enters == 90);
        const Truth truth = measure(plan, index);
        CHECK(truth.expect == (index % 8 == 7 ? "refused/wrong_session" : "admitted/ok"));
        CHECK(truth.last_frame - truth.first_frame > 30);
    }
    CHECK(texts.size() == 20);
}

TEST_CASE("a rush of badges that cannot be held long enough is a fault") {
    CHECK_THROWS_AS(rush(5, 1), Fault);
    CHECK_THROWS_AS(rush(0, 3), Fault);
}

TEST_CASE(
    "a badge turned the wrong way or too far away is read once it is held rightly, not before") {
    const Plan plan = demo(1);
    for (const Difficulty difficulty : {Difficulty::back_side, Difficulty::too_far}) {
        const std::size_t index = find(plan, difficulty);
        const Appearance& appearance = plan.appearances[index];
        Film film(plan);
        film.call_walkers(appearance.enters, appearance.gone);
        const auto cards = film.draw_cards(appearance);
        const Truth truth = measure(plan, index);
        CHECK(truth.first_frame == appearance.righted);
        CHECK_FALSE(is_read(film, plan, index, appearance.held + 10, cards));
        CHECK(is_read(film, plan, index, truth.first_frame + 3, cards));
    }
}

TEST_CASE("the people of a picture cover the hall, and the lamps of an empty hall change") {
    const Plan plan = demo(1);
    Film film(plan);
    const Appearance& appearance = plan.appearances[0];
    const Picture empty = film.picture(appearance.held, appearance, {});
    film.call_walkers(appearance.enters, appearance.gone);
    const Picture peopled = film.picture(appearance.held, appearance, {});
    int changed = 0;
    for (std::size_t i = 0; i < empty.luma.pixels.size(); ++i)
        changed += std::abs(empty.luma.pixels[i] - peopled.luma.pixels[i]) > 20;
    CHECK(changed > static_cast<int>(empty.luma.pixels.size()) / 12);

    REQUIRE(plan.light.size() >= 4);
    const Picture dim = film.picture(plan.light[1].frame, appearance, {});
    const auto middle = [](const Picture& picture) { return picture.luma.row(40)[640] + 0; };
    CHECK(middle(dim) < middle(empty) - 20);
}
