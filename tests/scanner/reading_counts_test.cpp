// How many of the frames of every kind are read. The numbers may only rise.
#include <algorithm>

#include "scanner/codes/reader.hpp"
#include "tests/feed/random.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

constexpr int seeds = 8;

struct Kind {
    const char* name;
    int fewest;  ///< of 8 frames
    void (*make)(test::SceneBadge&, test::Scene&);
};

const Kind kinds[] = {
    {"a module of 4 px", 8, [](test::SceneBadge&, test::Scene&) {}},
    {"a module of 2 px", 8, [](test::SceneBadge& badge, test::Scene&) { badge.module_px = 2; }},
    {"a module of 1.6 px", 8, [](test::SceneBadge& badge, test::Scene&) { badge.module_px = 1.6; }},
    {"a module of 12 px", 8, [](test::SceneBadge& badge, test::Scene&) { badge.module_px = 12; }},
    {"blurred by half a module", 8,
     [](test::SceneBadge& badge, test::Scene&) { badge.defocus_px = 2; }},
    {"moved by a module", 8,
     [](test::SceneBadge& badge, test::Scene&) {
         badge.smear_px = {3.6, 1.8};
     }},
    {"leant by 45 degrees", 8, [](test::SceneBadge& badge, test::Scene&) { badge.leant = 45; }},
    {"leant by 60 degrees", 7, [](test::SceneBadge& badge, test::Scene&) { badge.leant = 60; }},
    {"upside down", 8, [](test::SceneBadge& badge, test::Scene&) { badge.turned += 180; }},
    {"turned by an eighth", 8, [](test::SceneBadge& badge, test::Scene&) { badge.turned += 45; }},
    {"light on dark", 8, [](test::SceneBadge& badge, test::Scene&) { badge.inverted = true; }},
    {"noise of 15", 8, [](test::SceneBadge&, test::Scene& scene) { scene.noise = 15; }},
    {"noise of 30", 8, [](test::SceneBadge&, test::Scene& scene) { scene.noise = 30; }},
    {"a fifth of the light", 8, [](test::SceneBadge&, test::Scene& scene) { scene.light = 0.2; }},
    {"a small reflection", 6,
     [](test::SceneBadge& badge, test::Scene&) {
         badge.glare = 1.2;
         badge.glare_size = 0.05;
         badge.glare_at = {0.6, 0.6};
     }},
    {"1080p, blurred", 8,
     [](test::SceneBadge& badge, test::Scene& scene) {
         scene.size = {1920, 1080};
         badge.module_px = 5;
         badge.defocus_px = 2.5;
     }},
};

TEST_CASE("of every kind of frame at least as many are read as ever were, and nothing else is") {
    for (const auto& kind : kinds) {
        int read = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            feed::Random random(seed);
            test::Scene scene;
            test::SceneBadge badge;
            badge.text = test::make_token(seed);
            badge.turned = random.between(-12, 12);
            badge.leant = random.between(0, 15);
            badge.leant_towards = random.between(0, 360);
            scene.seed = seed;
            kind.make(badge, scene);
            scene.badges = {badge};
            const auto found = Reader().read(test::draw_scene(scene).view());
            for (const auto& code : found) CHECK(code.text == badge.text);
            read += found.empty() ? 0 : 1;
        }
        CAPTURE(kind.name);
        CHECK(read >= kind.fewest);
    }
}

TEST_CASE("halls without a badge hold no code, in many frames of one sequence") {
    Reader reader;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        test::Scene hall;
        hall.seed = seed;
        hall.noise = static_cast<double>(seed % 6 * 6);
        CHECK(reader.read(test::draw_scene(hall).view()).empty());
    }
}

}  // namespace
}  // namespace hudoor::scanner
