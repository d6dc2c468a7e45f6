#include "tests/bench/bench_steady.hpp"

#include <cstring>
#include <random>

#include "scanner/codes/reader.hpp"
#include "scanner/guide/held_still.hpp"
#include "scanner/guide/motion_gate.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/bench_subjects.hpp"
#include "tests/scanner/badge_scene.hpp"

namespace hudoor::bench {
namespace {

using scanner::GrayView;
using Clip = std::vector<test::Picture>;

constexpr feed::Size sizes[] = {{1280, 720}, {1920, 1080}};
constexpr std::uint64_t seeds = 4;

double cpu_ms_since(std::chrono::nanoseconds before) {
    return std::chrono::duration<double, std::milli>(thread_cpu_time() - before).count();
}

std::string name_of(const feed::Size& size) { return std::to_string(size.height) + "p"; }

/// Touches every byte as fast as memory gives it.
std::uint64_t read_once(const GrayView& frame) {
    std::uint64_t mixed[4] = {};
    const std::uint8_t* end = frame.pixels + std::ptrdiff_t{frame.height_px} * frame.stride_bytes;
    for (const std::uint8_t* at = frame.pixels; end - at >= 32; at += 32) {
        std::uint64_t words[4];
        std::memcpy(words, at, sizeof words);
        for (int i = 0; i < 4; ++i) mixed[i] ^= words[i];
    }
    return mixed[0] ^ mixed[1] ^ mixed[2] ^ mixed[3];
}

/// A hand is never quite still: some pixels and a degree from frame to frame, and the sensor's
/// noise.
Clip hold_badge(const feed::Size& size, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> tremble(0, 1);
    test::Scene scene;
    scene.size = size;
    scene.seed = seed;
    test::SceneBadge badge;
    badge.text = test::make_token(seed);
    badge.module_px = size.height * (seed % 2 == 0 ? 3.5 : 6.0) / 720;
    badge.leant = 6;
    scene.badges = {badge};
    Clip clip;
    for (int i = 0; i < 24; ++i) {
        scene.badges[0].x = 0.5 + 2 * tremble(random) / size.width;
        scene.badges[0].y = 0.5 + 2 * tremble(random) / size.height;
        scene.badges[0].turned = 0.5 * tremble(random);
        clip.push_back(test::draw_scene(scene));
    }
    return clip;
}

/// The hall of a seed, with a sensor's noise that differs from frame to frame.
Clip watch_hall(const feed::Size& size, std::uint64_t seed,
                const std::vector<test::SceneBadge>& badges, unsigned frames) {
    test::Scene scene;
    scene.size = size;
    scene.seed = seed;
    scene.noise = 0;
    scene.badges = badges;
    const test::Picture still = test::draw_scene(scene);
    Clip clip(frames, still);
    for (unsigned i = 0; i < frames; ++i)
        test::add_noise(clip[i], static_cast<unsigned>(100 * seed) + i, 3);
    return clip;
}

void print_held() {
    Table table({"badge held after its first read", "frames", "read", "CPU ms median", "p95",
                 "A: median", "median ratio to A", "goal"});
    for (const feed::Size& size : sizes) {
        std::vector<double> ours, theirs, ratios;
        std::size_t read = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Clip clip = hold_badge(size, seed);
            auto subjects = make_subjects();
            if (subjects[0]->read(clip[0].view()).empty()) continue;
            for (int i = 1; i < 120; ++i) {
                const GrayView frame = clip[static_cast<std::size_t>(i) % clip.size()].view();
                double cost[2] = {};
                for (int turn = 0; turn < 2; ++turn) {
                    const auto who = static_cast<std::size_t>((turn + i) % 2);
                    const auto before = thread_cpu_time();
                    const auto texts = subjects[who]->read(frame);
                    cost[who] = cpu_ms_since(before);
                    if (who == 0 && !texts.empty()) ++read;
                }
                ours.push_back(cost[0]);
                theirs.push_back(cost[1]);
                ratios.push_back(cost[0] / cost[1]);
            }
        }
        table.add({name_of(size), std::to_string(ours.size()), std::to_string(read),
                   format(quantile(ours, 0.5), 2), format(quantile(ours, 0.95), 2),
                   format(quantile(theirs, 0.5), 2), format(quantile(ratios, 0.5), 3), "0.15"});
    }
    table.print();
}

/// As the scan thread goes about a frame.
class Watcher {
public:
    /// Whether a code was read.
    bool watch(const GrayView& frame) {
        now_ += std::chrono::milliseconds(33);
        const bool looks = gate_.should_look(frame, now_);
        (void)held_still_.is_held_still(frame, gate_.means(), now_);
        return looks && !reader_.read(frame).empty();
    }

private:
    MonotonicTime now_{};
    scanner::MotionGate gate_;
    scanner::HeldStillCheck held_still_;
    scanner::Reader reader_;
};

void print_empty() {
    constexpr int frames = 800, settled = 40;
    // The goal counts in reads of the frame from memory, and takes 10 GB a second for what memory
    // gives.
    constexpr double bytes_a_ms = 10e6;
    Table table({"empty and still hall", "frames", "CPU ms mean", "memory reads at 10 GB/s", "goal",
                 "at what memory gives here", "frames until a badge laid in view is read, worst",
                 "goal "});
    for (const feed::Size& size : sizes) {
        std::vector<double> ours, reads;
        int latest = 0;
        volatile std::uint64_t sink = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Clip clip = watch_hall(size, seed, {}, 12);
            Watcher watcher;
            for (int i = 0; i < frames / static_cast<int>(seeds) + settled; ++i) {
                const GrayView frame = clip[static_cast<std::size_t>(i) % clip.size()].view();
                const auto before = thread_cpu_time();
                (void)watcher.watch(frame);
                const double cost = cpu_ms_since(before);
                const GrayView other =
                    clip[static_cast<std::size_t>(i + 6) % clip.size()].view();  // not in the cache
                const auto between = thread_cpu_time();
                sink = sink + read_once(other);
                if (i < settled) continue;
                reads.push_back(cpu_ms_since(between));
                ours.push_back(cost);
            }
            test::SceneBadge badge;
            badge.text = test::make_token(seed);
            const Clip with_badge = watch_hall(size, seed, {badge}, 12);
            int shown = 1;
            while (!watcher.watch(
                       with_badge[static_cast<std::size_t>(shown) % with_badge.size()].view()) &&
                   shown < 100)
                ++shown;
            latest = std::max(latest, shown);
        }
        const double read_ms = size.width * size.height / bytes_a_ms;
        table.add({name_of(size), std::to_string(ours.size()), format(mean(ours), 3),
                   format(mean(ours) / read_ms, 2), "3", format(mean(ours) / mean(reads), 2),
                   std::to_string(latest), "8"});
    }
    table.print();
}

}  // namespace

void print_steady() {
    print_held();
    print_empty();
}

}  // namespace hudoor::bench
