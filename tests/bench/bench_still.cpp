#include "tests/bench/bench_still.hpp"

#include <algorithm>
#include <map>

#include "scanner/codes/reader.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/bench_pictures.hpp"

namespace hudoor::bench {
namespace {

struct Still {
    int pictures = 0, at_once = 0, in_time = 0, other = 0;
    std::vector<double> costs;
};

void hold(const Sample& sample, int frames, Still& still) {
    const auto picture = load_picture(sample.file);
    scanner::Reader reader;
    ++still.pictures;
    int first = 0, other = 0;  // frames with the right text, and with another
    for (int frame = 1; frame <= frames && first == 0; ++frame) {
        const auto before = thread_cpu_time();
        const auto found = reader.read(picture.view());
        still.costs.push_back(
            std::chrono::duration<double, std::milli>(thread_cpu_time() - before).count());
        for (const auto& code : found) (is_true(code.text, sample) ? first : other) = frame;
    }
    still.at_once += first == 1 ? 1 : 0;
    still.in_time += first > 0 ? 1 : 0;
    still.other += other > 0 ? 1 : 0;
}

}  // namespace

void print_still(const std::vector<std::filesystem::path>& folders, int frames) {
    std::map<std::string, Still> stills;
    for (const auto& folder : folders)
        for (const auto& sample : list_pictures(folder)) hold(sample, frames, stills[sample.set]);
    Table table({"pictures", "of", "read at once", "within " + std::to_string(frames),
                 "other texts", "CPU ms mean", "max"});
    for (const auto& [set, still] : stills)
        table.add({set, std::to_string(still.pictures), std::to_string(still.at_once),
                   std::to_string(still.in_time), std::to_string(still.other),
                   format(mean(still.costs), 1), format(quantile(still.costs, 1), 1)});
    table.print();
}

}  // namespace hudoor::bench
