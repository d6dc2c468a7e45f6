#include "kiosk/usher/health.hpp"

#include "assets/assets_dir.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;

namespace {

const assets::Catalogue& catalogue() {
    static const assets::Catalogue words(assets::find_assets_dir());
    return words;
}

/// A kiosk on which all is well.
HealthFacts healthy() {
    HealthFacts facts;
    facts.device = "north-1";
    facts.camera = scanner::CameraState::live;
    facts.frames_per_second = 30;
    facts.sharp_seen = MonotonicTime(1h - 5s);
    facts.last_code = MonotonicTime(59min);
    facts.touched = facts.sound_works = facts.mirrored = true;
    facts.clock = ClockQuality::synced;
    facts.door.revision = 3;
    facts.door.facts = 3'412;
    facts.door.exported_at = WallTime(10h);
    facts.list_of = When{.of_day = 8h};
    facts.machine = MachineState{.free_bytes = 41'000'000'000, .celsius = 54};
    facts.version = "1.0";
    return facts;
}

HealthPage page(const HealthFacts& facts) {
    return describe_health(facts, catalogue(), MonotonicTime(1h), WallTime(10h + 11min));
}
HealthLine line(const HealthFacts& facts, HealthTile tile) {
    return page(facts).lines.at(static_cast<std::size_t>(tile));
}

}  // namespace

TEST_CASE(
    "twelve tiles in their order, each with words of both languages, and none amber when all is well") {
    const auto lines = page(healthy()).lines;
    REQUIRE(lines.size() == 12);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CAPTURE(i);
        CHECK(lines[i].tile == static_cast<HealthTile>(i));
        CHECK(lines[i].state == HealthState::good);
        CHECK(!lines[i].words.ar.empty());
        CHECK(!lines[i].words.en.empty());
    }
    CHECK(line(healthy(), HealthTile::backup).words.en == "⁨11⁩ minutes ago");
    CHECK(line(healthy(), HealthTile::records).words.en == "⁨3412⁩ signed");
}

TEST_CASE("what is wrong is red, what needs a look is amber") {
    struct Wrong {
        HealthTile tile;
        HealthState state;
        void (*make)(HealthFacts&);
    };
    const Wrong wrongs[] = {
        {HealthTile::camera, HealthState::bad,
         [](HealthFacts& f) { f.camera = scanner::CameraState::lost; }},
        {HealthTile::camera, HealthState::bad, [](HealthFacts& f) { f.sees = false; }},
        {HealthTile::camera, HealthState::attention,
         [](HealthFacts& f) { f.frames_per_second = 5; }},
        {HealthTile::camera, HealthState::attention,
         [](HealthFacts& f) { f.sharp_seen.reset(), f.blur_seen = MonotonicTime(1h - 3s); }},
        {HealthTile::camera, HealthState::attention,
         [](HealthFacts& f) { f.exposure_wanted = true; }},
        {HealthTile::touch, HealthState::attention, [](HealthFacts& f) { f.touched = false; }},
        {HealthTile::sound, HealthState::attention, [](HealthFacts& f) { f.sound_works = false; }},
        {HealthTile::clock, HealthState::attention,
         [](HealthFacts& f) { f.clock = ClockQuality::free; }},
        {HealthTile::clock, HealthState::bad,
         [](HealthFacts& f) { f.clock = ClockQuality::unset; }},
        {HealthTile::sync, HealthState::bad, [](HealthFacts& f) { f.door.revision = 0; }},
        {HealthTile::sync, HealthState::attention,
         [](HealthFacts& f) { f.door.list_stale = true; }},
        {HealthTile::sync, HealthState::bad, [](HealthFacts& f) { f.door.list_expired = true; }},
        {HealthTile::backup, HealthState::attention,
         [](HealthFacts& f) { f.door.exported_at.reset(); }},
        {HealthTile::backup, HealthState::attention,
         [](HealthFacts& f) { f.door.exported_at = WallTime(5h); }},
        {HealthTile::disk, HealthState::attention, [](HealthFacts& f) { f.mirrored = false; }},
        {HealthTile::disk, HealthState::bad,
         [](HealthFacts& f) { f.machine->free_bytes = 1'000'000; }},
        {HealthTile::disk, HealthState::bad,
         [](HealthFacts& f) { f.storage.state = storage::StorageState::reduced; }},
        {HealthTile::records, HealthState::bad,
         [](HealthFacts& f) { f.storage.state = storage::StorageState::gone; }},
        {HealthTile::records, HealthState::attention,
         [](HealthFacts& f) { f.machine->aside = "damaged-20261204T053112Z"; }},
        {HealthTile::temperature, HealthState::attention,
         [](HealthFacts& f) { f.machine->celsius = 85; }},
    };
    for (const Wrong& wrong : wrongs) {
        HealthFacts facts = healthy();
        wrong.make(facts);
        CAPTURE(static_cast<int>(wrong.tile));
        CHECK(line(facts, wrong.tile).state == wrong.state);
    }
}

TEST_CASE("an amber disk says why, and what nothing measures is neither good nor bad") {
    HealthFacts facts = healthy();
    CHECK(line(facts, HealthTile::disk).words.en == "⁨41⁩ GB free");
    facts.mirrored = false;
    CHECK(line(facts, HealthTile::disk).words.en == "⁨41⁩ GB free, no second device");
    facts.machine->free_bytes = 1'900'000'000;  // that is why, then
    CHECK(line(facts, HealthTile::disk).words.en == "⁨1⁩ GB free");
    facts.machine->celsius.reset();
    CHECK(line(facts, HealthTile::temperature).state == HealthState::unknown);
    CHECK(line(facts, HealthTile::temperature).words.en == "No sensor");
}

TEST_CASE("the camera's tile says what was seen of sharpness and exposure, and no more") {
    const auto words = [](const HealthFacts& facts) {
        return line(facts, HealthTile::camera).words.en;
    };
    HealthFacts facts = healthy();
    CHECK(words(facts) == "⁨30⁩ fps, sharp");
    facts.blur_seen = MonotonicTime(1h - 1s);  // a moving hand, a moment ago
    CHECK(words(facts) == "⁨30⁩ fps, sharp");
    facts.sharp_seen = MonotonicTime(49min);
    CHECK(words(facts) == "⁨30⁩ fps, not sharp");
    facts.blur_seen = MonotonicTime(49min);  // an empty hall since
    CHECK(words(facts) == "⁨30⁩ fps");
    facts.exposure_wanted = true;
    CHECK(words(facts) == "Exposure not fixed");
    facts.exposure = 7'800us;
    CHECK(words(facts) == "⁨30⁩ fps, ⁨7.8⁩ ms");
}
