#include "tests/scanner/hint_play.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scanner/scan.hpp"
#include "tests/feed/random.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/manual_clock.hpp"

namespace hudoor::test {
namespace {

using namespace std::chrono_literals;

constexpr auto frame_time = 66ms;

/// The same badge in every frame but for a little sway of the hand.
struct Play {
    Scene scene;
    double sway_px = 1.5;
    bool changes = false;  ///< another hall in every frame
    int frames = 12;
};

SceneBadge readable(feed::Random& random) {
    SceneBadge badge;
    badge.text = make_token(random.next());
    badge.module_px = random.between(3.2, 6);
    badge.x = random.between(0.42, 0.58);
    badge.y = random.between(0.42, 0.6);
    badge.turned = random.between(-12, 12);
    badge.leant = random.between(0, 18);
    badge.leant_towards = random.between(0, 360);
    badge.inverted = random.chance(0.1);
    return badge;
}

Play with(const SceneBadge& badge, feed::Random& random) {
    Play play;
    play.scene.badges = {badge};
    play.scene.noise = random.between(2, 6);
    play.scene.seed = random.next();
    return play;
}

Play make_empty(feed::Random& random, double noise, double light) {
    Play play;
    play.scene.noise = noise;
    play.scene.light = light;
    play.scene.seed = random.next();
    return play;
}

Play make_farther(feed::Random& random) {
    auto badge = readable(random);
    if (random.chance(0.5)) {
        badge.module_px = random.between(17, 24);
    } else {
        badge.module_px = random.between(6, 9);
        // A fifth to a third of the code lies below or beside the frame.
        const double side = 45 * badge.module_px;
        const double hidden = random.between(-0.3, -0.18);
        if (random.chance(0.5))
            badge.y = 1 + hidden * side / 720;
        else
            badge.x = random.chance(0.5) ? -hidden * side / 1280 : 1 + hidden * side / 1280;
    }
    return with(badge, random);
}

Play make_still(feed::Random& random) {
    auto badge = readable(random);
    const double far = badge.module_px * random.between(2.6, 4);
    const double way = random.between(0, 2 * std::numbers::pi);
    badge.smear_px = {far * std::cos(way), far * std::sin(way)};
    auto play = with(badge, random);
    play.sway_px = 12;
    return play;
}

Play make_glare(feed::Random& random) {
    auto badge = readable(random);
    badge.inverted = false;
    badge.module_px = random.between(3.5, 6);
    badge.glare = random.between(1.6, 3);
    badge.glare_size = random.between(0.16, 0.25);
    badge.glare_at = {random.between(0.25, 0.75), random.between(0.25, 0.75)};
    return with(badge, random);
}

/// A badge that is worn, wrapped or held so that it is not read.
struct Spoilt {
    std::string_view name;
    void (*spoil)(Wear&, feed::Random&);
};
constexpr Spoilt spoilt[] = {
    {"covered: a thumb",
     [](Wear& wear, feed::Random& random) { wear.cover = random.between(0.25, 0.45); }},
    {"covered: a corner",
     [](Wear& wear, feed::Random& random) {
         wear.cover = random.between(0.5, 0.75);
         wear.covered = 4;
     }},
    {"covered: a hand",
     [](Wear& wear, feed::Random& random) { wear.hand = random.between(0.3, 0.5); }},
    {"covered: a lanyard",
     [](Wear& wear, feed::Random& random) { wear.lanyard = random.between(0.2, 0.35); }},
    {"covered: a sleeve's edge",
     [](Wear& wear, feed::Random& random) { wear.rim = random.between(0.15, 0.4); }},
    {"bent: curled",
     [](Wear& wear, feed::Random& random) { wear.curl = random.between(0.16, 0.28); }},
    {"bent: on a cup",
     [](Wear& wear, feed::Random& random) { wear.cup = random.between(0.93, 0.99); }},
    {"bent: crumpled",
     [](Wear& wear, feed::Random& random) { wear.crumple = random.between(0.022, 0.045); }},
    {"glare: a streak",
     [](Wear& wear, feed::Random& random) { wear.streak = random.between(0.2, 0.4); }},
    {"a large logo",
     [](Wear& wear, feed::Random& random) { wear.logo = random.between(0.5, 0.62); }},
};

const Spoilt* find_spoilt(std::string_view name) {
    const auto* found = std::ranges::find(spoilt, name, &Spoilt::name);
    return found == std::end(spoilt) ? nullptr : found;
}

Play make_spoilt(const Spoilt& play, feed::Random& random) {
    auto badge = readable(random);
    badge.inverted = false;
    badge.wear.seed = random.next();
    badge.wear.covered = static_cast<int>(random.below(4));
    play.spoil(badge.wear, random);
    return with(badge, random);
}

Play make_two(feed::Random& random) {
    auto left = readable(random);
    auto right = readable(random);
    left.module_px = right.module_px = random.between(3, 4.2);
    left.x = random.between(0.25, 0.33);
    right.x = random.between(0.67, 0.75);
    auto play = with(left, random);
    play.scene.badges.push_back(right);
    return play;
}

Play make_turned(feed::Random& random) {
    auto badge = readable(random);
    badge.text.clear();
    badge.module_px = random.between(5.5, 7);
    auto play = with(badge, random);
    play.frames = 32;
    play.sway_px = 0.5;
    return play;
}

Play make_play(std::string_view name, std::uint64_t seed) {
    feed::Random random(seed * 977 + name.size() * 31 + static_cast<unsigned char>(name[0]));
    if (name == "empty hall") return make_empty(random, random.between(1, 5), 1);
    if (name == "changing hall") {
        auto play = make_empty(random, random.between(2, 8), random.between(0.6, 1.2));
        play.changes = true;
        return play;
    }
    if (name == "a carpet") {
        auto play = make_empty(random, random.between(2, 6), 1);
        play.scene.carpet_px = 2 + static_cast<int>(random.below(5));
        play.changes = true;
        return play;
    }
    if (name == "noisy hall")
        return make_empty(random, random.between(12, 30), random.between(0.3, 0.7));
    if (name == "farther") return make_farther(random);
    if (name == "still") return make_still(random);
    if (name == "glare") return make_glare(random);
    if (name == "one_badge") return make_two(random);
    if (name == "turn") return make_turned(random);
    if (const auto* play = find_spoilt(name)) return make_spoilt(*play, random);
    auto badge = readable(random);
    if (name == "closer") {
        badge.module_px = random.between(0.65, 0.85);
        badge.defocus_px = 0.5;
    }
    if (name == "other_code") badge.text = "https://example.org/" + std::to_string(seed);
    return with(badge, random);
}

/// The scan thread before a play.
class Stage {
public:
    void show(Picture picture) {
        clock_.advance(frame_time);
        scan_.put_frame(std::make_shared<PictureFrame>(std::move(picture), clock_.monotonic()));
        scan_.drain();
    }
    [[nodiscard]] const std::string& came() const { return came_; }

private:
    void note(const scanner::ScanEvent& event) {
        if (came_ != "nothing") return;
        const auto* hint = std::get_if<scanner::Hint>(&event);
        came_ = hint != nullptr ? scanner::name_of(hint->kind) : "read";
    }

    ManualClock clock_;
    std::string came_ = "nothing";
    scanner::Scan scan_{
        {.is_badge = [](std::string_view text) { return text.starts_with("HD1:"); }},
        clock_,
        [this](const scanner::ScanEvent& event) { note(event); },
        [](const scanner::Preview&) {}};
};

}  // namespace

std::vector<std::string> hint_plays() {
    std::vector<std::string> plays{"closer",     "farther",       "still",      "glare",
                                   "one_badge",  "turn",          "other_code", "empty hall",
                                   "noisy hall", "changing hall", "a carpet",   "readable"};
    for (const auto& play : spoilt) plays.emplace_back(play.name);
    return plays;
}

std::string play_hint(std::string_view name, std::uint64_t seed) {
    const Play play = make_play(name, seed);
    Stage stage;
    auto scene = play.scene;
    scene.badges.clear();
    for (int frame = 0; frame < 3; ++frame) {
        scene.seed += 8;  // another noise, the same hall
        stage.show(draw_scene(scene));
    }
    for (int frame = 0; frame < play.frames && stage.came() == "nothing"; ++frame) {
        scene = play.scene;
        scene.seed += (play.changes ? 1 : 8) * static_cast<unsigned>(frame);
        for (auto& badge : scene.badges) {
            badge.x += play.sway_px * std::sin(1.3 * frame) / scene.size.width;
            badge.y += play.sway_px * std::cos(1.1 * frame) / scene.size.height;
        }
        stage.show(draw_scene(scene));
    }
    return stage.came();
}

bool is_right_hint(std::string_view play, std::string_view came) {
    if (play == "readable") return came == "read";
    if (play.ends_with("hall") || play.starts_with("a ")) return came == "nothing";
    return came == play.substr(0, play.find(':'));
}

Confusion play_hints(std::uint64_t first_seed, int seeds) {
    Confusion confusion;
    for (const auto& play : hint_plays())
        for (int i = 0; i < seeds; ++i)
            ++confusion[play][play_hint(play, first_seed + static_cast<std::uint64_t>(i))];
    return confusion;
}

}  // namespace hudoor::test
