#include "tests/scanner/reading_kinds.hpp"

#include <cmath>
#include <numbers>

namespace hudoor::test {
namespace {

using feed::Random;

const ReadingKind kinds[] = {
    {"a module of 4 px", 8, [](SceneBadge&, Scene&, Random&) {}},
    {"a module of 2 px", 8, [](SceneBadge& badge, Scene&, Random&) { badge.module_px = 2; }},
    {"a module of 1.6 px", 8, [](SceneBadge& badge, Scene&, Random&) { badge.module_px = 1.6; }},
    {"a module of 12 px", 8, [](SceneBadge& badge, Scene&, Random&) { badge.module_px = 12; }},
    {"blurred by half a module", 8,
     [](SceneBadge& badge, Scene&, Random&) { badge.defocus_px = 2; }},
    {"blurred by three quarters of a module", 6,
     [](SceneBadge& badge, Scene&, Random&) { badge.defocus_px = 2.9; }},
    {"moved by a module and a half", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         const double way = random.between(0, 2 * std::numbers::pi);
         badge.smear_px = {6 * std::cos(way), 6 * std::sin(way)};
     }},
    {"moved by a module", 8,
     [](SceneBadge& badge, Scene&, Random&) {
         badge.smear_px = {3.6, 1.8};
     }},
    {"leant by 45 degrees", 8, [](SceneBadge& badge, Scene&, Random&) { badge.leant = 45; }},
    {"leant by 60 degrees", 8, [](SceneBadge& badge, Scene&, Random&) { badge.leant = 60; }},
    {"upside down", 8, [](SceneBadge& badge, Scene&, Random&) { badge.turned += 180; }},
    {"turned by an eighth", 8, [](SceneBadge& badge, Scene&, Random&) { badge.turned += 45; }},
    {"light on dark", 8, [](SceneBadge& badge, Scene&, Random&) { badge.inverted = true; }},
    {"noise of 15", 8, [](SceneBadge&, Scene& scene, Random&) { scene.noise = 15; }},
    {"noise of 30", 8, [](SceneBadge&, Scene& scene, Random&) { scene.noise = 30; }},
    {"a fifth of the light", 8, [](SceneBadge&, Scene& scene, Random&) { scene.light = 0.2; }},
    {"a small reflection", 8,
     [](SceneBadge& badge, Scene&, Random&) {
         badge.glare = 1.2;
         badge.glare_size = 0.05;
         badge.glare_at = {0.6, 0.6};
     }},
    {"1080p, blurred", 8,
     [](SceneBadge& badge, Scene& scene, Random&) {
         scene.size = {1920, 1080};
         badge.module_px = 5;
         badge.defocus_px = 2.5;
     }},
    {"mirrored", 8, [](SceneBadge& badge, Scene&, Random&) { badge.mirrored = true; }},
    {"close and tilted", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.module_px = random.between(9, 12);
         badge.leant = random.between(35, 55);
     }},
    {"very close and tilted, a small code", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.text = make_token(random.next(), 16);
         badge.module_px = random.between(14, 19);
         badge.leant = random.between(35, 55);
     }},
    {"round marks", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.round_marks = true;
         badge.module_px = random.between(3, 7);
     }},
    {"in a sleeve", 8,
     [](SceneBadge& badge, Scene&, Random& random) { badge.wear.haze = random.between(0.3, 0.6); }},
    {"a streak across", 4,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.streak = random.between(0.06, 0.14);
     }},
    {"curled", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.curl = random.between(0.04, 0.1);
     }},
    {"on a cup", 6,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.cup = random.between(0.6, 0.9);
     }},
    {"crumpled", 0,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.crumple = random.between(0.01, 0.025);
     }},
    {"a thumb over the edge", 3,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.cover = random.between(0.1, 0.2);
         badge.wear.covered = static_cast<int>(random.below(2));
     }},
    {"a thumb over the fourth corner", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = 3;
         badge.wear.cover = random.between(0.25, 0.4);
         badge.wear.covered = 4;
     }},
    {"a logo in the middle", 8,
     [](SceneBadge& badge, Scene&, Random& random) {
         badge.level = random.chance(0.5) ? 3 : 5;
         badge.wear.logo = random.between(0.28, 0.4);
     }},
    {"bands of a lamp", 8, [](SceneBadge&, Scene& scene, Random&) { scene.bands = 0.75; }},
    {"a phone in dark mode", 8,
     [](SceneBadge& badge, Scene& scene, Random&) {
         badge.inverted = true;
         scene.light = 0.4;
         scene.noise = 8;
     }},
    {"overexposed", 8,
     [](SceneBadge& badge, Scene& scene, Random& random) {
         badge.level = 3;
         badge.module_px = 3;
         badge.defocus_px = 1.3;
         scene.light = random.between(1.3, 2);
     }},
    {"before a carpet", 8,
     [](SceneBadge&, Scene& scene, Random& random) {
         scene.carpet_px = 2 + static_cast<int>(random.below(4));
     }},
    {"walking by", 8,
     [](SceneBadge& badge, Scene& scene, Random& random) {
         const double way = random.between(0, 2 * std::numbers::pi), far = random.between(4, 6.5);
         badge.smear_px = {far * std::cos(way), far * std::sin(way)};
         scene.noise = 6;
     },
     6},
    {"a dim hall, held for a while", 7,
     [](SceneBadge& badge, Scene& scene, Random&) {
         badge.module_px = 2.6;
         scene.light = 0.12;
         scene.noise = 6;
     },
     6},
};

}  // namespace

std::span<const ReadingKind> reading_kinds() { return kinds; }

std::vector<Scene> play_kind(const ReadingKind& kind, std::uint64_t seed) {
    feed::Random random(seed);
    Scene scene;
    SceneBadge badge;
    badge.text = make_token(seed);
    badge.turned = random.between(-12, 12);
    badge.leant = random.between(0, 15);
    badge.leant_towards = random.between(0, 360);
    badge.wear.seed = seed;
    scene.seed = seed;
    kind.make(badge, scene, random);
    std::vector<Scene> scenes;
    for (int frame = 0; frame < kind.frames; ++frame) {
        scene.badges = {badge};
        scenes.push_back(scene);
        scene.seed += 8;  // another noise, the same hall
        badge.x += badge.smear_px.x / scene.size.width + 1.5 * std::sin(frame) / 1280;
        badge.y += badge.smear_px.y / scene.size.height + 1.5 * std::cos(frame) / 720;
        badge.turned += 0.4 * std::sin(2 * frame);
    }
    return scenes;
}

}  // namespace hudoor::test
