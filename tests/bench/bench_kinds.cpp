#include "tests/bench/bench_kinds.hpp"

#include <algorithm>
#include <fstream>

#include "tests/bench/bench.hpp"
#include "tests/bench/bench_subjects.hpp"
#include "tests/scanner/reading_kinds.hpp"

namespace hudoor::bench {
namespace {

struct Count {
    int ours = 0, theirs = 0, others = 0;
    std::vector<double> costs;
};

void write(const test::Picture& picture, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    out << "P5\n" << picture.width_px << ' ' << picture.height_px << "\n255\n";
    out.write(reinterpret_cast<const char*>(picture.pixels.data()), std::ssize(picture.pixels));
}

/// Every frame of a play, until both have read it.
void play(const test::ReadingKind& kind, std::uint64_t seed, const char* folder, Count& count) {
    auto subjects = make_subjects();
    bool read[2] = {};
    for (const auto& scene : test::play_kind(kind, seed)) {
        const auto picture = test::draw_scene(scene);
        for (std::size_t who = 0; who < 2; ++who) {
            // Plain ZXing would be at a carpet for minutes.
            if (read[who] || (who == 1 && scene.carpet_px > 0)) continue;
            const auto before = thread_cpu_time();
            const auto texts = subjects[who]->read(picture.view());
            if (who == 0)
                count.costs.push_back(
                    std::chrono::duration<double, std::milli>(thread_cpu_time() - before).count());
            read[who] = std::ranges::find(texts, scene.badges[0].text) != texts.end();
            if (who == 0 && !read[0]) count.others += texts.empty() ? 0 : 1;
        }
        if (!read[0] && folder != nullptr)
            write(picture,
                  std::string(folder) + "/" + kind.name + " " + std::to_string(seed) + ".pgm");
    }
    count.ours += read[0] ? 1 : 0;
    count.theirs += read[1] ? 1 : 0;
}

}  // namespace

void print_kinds(int seeds, const char* folder) {
    Table table({"kind", "of", "Hudoor", "A: ZXing", "other texts", "CPU ms mean", "max"});
    Count all;
    for (const auto& kind : test::reading_kinds()) {
        Count count;
        for (int seed = 1; seed <= seeds; ++seed)
            play(kind, static_cast<std::uint64_t>(seed), folder, count);
        table.add({kind.name, std::to_string(seeds), std::to_string(count.ours),
                   std::to_string(count.theirs), std::to_string(count.others),
                   format(mean(count.costs), 1), format(quantile(count.costs, 1), 1)});
        all.ours += count.ours;
        all.theirs += count.theirs;
    }
    table.add({"all", "", std::to_string(all.ours), std::to_string(all.theirs), "", "", ""});
    table.print();
}

}  // namespace hudoor::bench
