// bench_scan --hints | --steady | --kinds | --still FRAMES FOLDER... | [--json FILE] [--brief]
// FOLDER...: which hints come, what a held badge and an empty hall cost, or how many codes each
// subject
// (--brief: the first two alone) reads, and at what cost. Every subject reads every frame right
// after the others, taking turns at being first, so that ratios compare like with like on a machine
// that does other things too.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/bench/bench.hpp"
#include "tests/bench/bench_kinds.hpp"
#include "tests/bench/bench_pictures.hpp"
#include "tests/bench/bench_steady.hpp"
#include "tests/bench/bench_still.hpp"
#include "tests/bench/bench_subjects.hpp"
#include "tests/scanner/hint_play.hpp"

namespace hudoor::bench {
namespace {

constexpr std::size_t baseline = 1;  // ratios are against A

struct Outcome {
    bool read = false;    ///< the text that truth says
    int false_reads = 0;  ///< texts that truth does not say
    double cpu_ms = 0;
};

struct Row {
    Sample sample;
    int height_px = 0;
    std::vector<Outcome> outcomes;  ///< by subject
};

using Subjects = std::vector<std::unique_ptr<Subject>>;
using Groups = std::map<std::string, std::vector<const Row*>>;

Outcome measure(Subject& subject, const scanner::GrayView& frame, const Sample& sample) {
    const auto before = thread_cpu_time();
    const auto texts = subject.read(frame);
    Outcome outcome;
    outcome.cpu_ms = std::chrono::duration<double, std::milli>(thread_cpu_time() - before).count();
    const auto right =
        std::ranges::count_if(texts, [&](const auto& text) { return is_true(text, sample); });
    outcome.read = right > 0;
    outcome.false_reads = static_cast<int>(std::ssize(texts) - right);
    return outcome;
}

std::vector<Row> measure_all(const std::vector<Sample>& samples, Subjects& subjects) {
    std::vector<Row> rows;
    std::string sequence;
    for (const auto& sample : samples) {
        const auto picture = load_picture(sample.file);
        const bool goes_on = sample.sequence && sample.set == sequence;
        sequence = sample.sequence ? sample.set : "";
        Row row{sample, picture.height_px, std::vector<Outcome>(subjects.size())};
        for (std::size_t turn = 0; turn < subjects.size(); ++turn) {
            const auto index = (turn + rows.size()) % subjects.size();
            if (!goes_on) subjects[index]->reset();
            row.outcomes[index] = measure(*subjects[index], picture.view(), sample);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string group_of(const Row& row) {
    const std::string size = row.height_px == 720 ? " 720p" : row.height_px == 1080 ? " 1080p" : "";
    if (row.sample.sequence) {
        return (row.sample.set.starts_with("h") ? "hard sequences" : "sequences") + size;
    }
    if (row.sample.set.starts_with("qrcode")) return "photographs";
    return (row.sample.truth.empty() ? "single, empty" : "single, with a code") + size;
}

struct Summary {
    std::size_t frames = 0;
    std::size_t with_code = 0;
    std::size_t reads = 0;
    int false_reads = 0;
    double mean_ms = 0, median_ms = 0, p95_ms = 0, most_ms = 0;
    double median_ratio = 0;  ///< of pairs with A, frame by frame
};

Summary summarise(const std::vector<const Row*>& rows, std::size_t subject) {
    Summary summary;
    std::vector<double> costs;
    std::vector<double> ratios;
    for (const Row* row : rows) {
        const auto& outcome = row->outcomes[subject];
        ++summary.frames;
        summary.with_code += row->sample.truth.empty() ? 0 : 1;
        summary.reads += outcome.read ? 1 : 0;
        summary.false_reads += outcome.false_reads;
        costs.push_back(outcome.cpu_ms);
        ratios.push_back(outcome.cpu_ms / row->outcomes[baseline].cpu_ms);
    }
    summary.mean_ms = mean(costs);
    summary.median_ms = quantile(costs, 0.5);
    summary.p95_ms = quantile(costs, 0.95);
    summary.most_ms = quantile(costs, 1);
    summary.median_ratio = quantile(ratios, 0.5);
    return summary;
}

nlohmann::json print_groups(const Groups& groups, const Subjects& subjects) {
    Table table({"frames", "subject", "reads", "of", "false", "CPU ms median", "mean", "p95", "max",
                 "median ratio to A"});
    auto json = nlohmann::json::array();
    for (const auto& [group, rows] : groups) {
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            const auto s = summarise(rows, i);
            table.add({group + " (" + std::to_string(s.frames) + ")", subjects[i]->name(),
                       std::to_string(s.reads), std::to_string(s.with_code),
                       std::to_string(s.false_reads), format(s.median_ms, 1), format(s.mean_ms, 1),
                       format(s.p95_ms, 1), format(s.most_ms, 1), format(s.median_ratio, 2)});
            json.push_back({{"group", group},
                            {"subject", subjects[i]->name()},
                            {"frames", s.frames},
                            {"with_code", s.with_code},
                            {"reads", s.reads},
                            {"false_reads", s.false_reads},
                            {"cpu_ms_median", s.median_ms},
                            {"cpu_ms_mean", s.mean_ms},
                            {"cpu_ms_p95", s.p95_ms},
                            {"cpu_ms_max", s.most_ms},
                            {"median_ratio_to_a", s.median_ratio}});
        }
    }
    table.print();
    return json;
}

/// Which frame of those with the code was the first read; all of them where none was.
std::size_t frames_to_first_read(const std::vector<const Row*>& rows, std::size_t subject,
                                 bool& read) {
    std::size_t shown = 0;
    for (const Row* row : rows) {
        if (row->sample.truth.empty()) continue;
        ++shown;
        read = row->outcomes[subject].read;
        if (read) break;
    }
    return shown;
}

nlohmann::json print_sequences(const Groups& sequences, const Subjects& subjects, char kind) {
    Table table({kind == 'h' ? "hard sequences" : "sequences", "subject", "read",
                 "mean frames to the first read (unread: all)"});
    auto json = nlohmann::json::array();
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        std::size_t read_count = 0;
        std::vector<double> frames;
        for (const auto& [name, rows] : sequences) {
            if (name[0] != kind) continue;
            bool read = false;
            frames.push_back(static_cast<double>(frames_to_first_read(rows, i, read)));
            read_count += read ? 1 : 0;
        }
        if (frames.empty()) return json;
        table.add({std::to_string(frames.size()), subjects[i]->name(), std::to_string(read_count),
                   format(mean(frames), 1)});
        json.push_back({{"hard", kind == 'h'},
                        {"sequences", frames.size()},
                        {"subject", subjects[i]->name()},
                        {"read", read_count},
                        {"mean_frames_to_first_read", mean(frames)}});
    }
    table.print();
    return json;
}

/// Reads by kind of difficulty; only where there are several.
nlohmann::json print_sets(const Groups& sets, const Subjects& subjects) {
    std::vector<std::string> header{"single frames", "of"};
    for (const auto& subject : subjects) header.push_back(subject->name());
    Table table(header);
    auto json = nlohmann::json::object();
    for (const auto& [set, rows] : sets) {
        std::vector<std::string> cells{set, std::to_string(rows.size())};
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            const auto reads = summarise(rows, i).reads;
            cells.push_back(std::to_string(reads));
            json[set][subjects[i]->name()] = reads;
        }
        json[set]["of"] = rows.size();
        table.add(cells);
    }
    table.print();
    return json;
}

/// What each frame cost, and which were read: to compare two runs.
nlohmann::json list_frames(const std::vector<Row>& rows) {
    auto json = nlohmann::json::array();
    for (const auto& row : rows)
        json.push_back({{"file", row.sample.file.filename().string()},
                        {"set", row.sample.set},
                        {"read", row.outcomes[0].read},
                        {"false_reads", row.outcomes[0].false_reads},
                        {"cpu_ms", row.outcomes[0].cpu_ms},
                        {"a_read", row.outcomes[baseline].read},
                        {"a_cpu_ms", row.outcomes[baseline].cpu_ms}});
    return json;
}

/// What A reads and Hudoor does not, and what Hudoor reads that truth does not say.
void print_remarks(const std::vector<Row>& rows) {
    for (const auto& row : rows) {
        const auto name = row.sample.file.filename().string();
        if (row.outcomes[baseline].read && !row.outcomes[0].read) {
            std::printf("- %s: A reads it, Hudoor does not\n", name.c_str());
        }
        if (row.outcomes[0].false_reads > 0) {
            std::printf("- %s: Hudoor reads a text that truth does not say\n", name.c_str());
        }
    }
}

nlohmann::json print_all(const std::vector<Row>& rows, const Subjects& subjects) {
    Groups groups;
    Groups sequences;
    Groups sets;
    for (const auto& row : rows) {
        groups[group_of(row)].push_back(&row);
        if (row.sample.sequence)
            sequences[row.sample.set].push_back(&row);
        else if (!row.sample.truth.empty())
            sets[row.sample.set].push_back(&row);
    }
    nlohmann::json json;
    json["groups"] = print_groups(groups, subjects);
    json["sequences"] = print_sequences(sequences, subjects, 's');
    json["hard_sequences"] = print_sequences(sequences, subjects, 'h');
    json["sets"] = print_sets(sets, subjects);
    json["list"] = list_frames(rows);
    print_remarks(rows);
    return json;
}

/// Which hint came to which play.
int print_hints() {
    constexpr int seeds = 20;
    const auto confusion = test::play_hints(1, seeds);
    Table table({"play", "right", "of", "what came"});
    for (const auto& play : test::hint_plays()) {
        int right = 0;
        std::string all;
        for (const auto& [came, times] : confusion.at(play)) {
            right += test::is_right_hint(play, came) ? times : 0;
            all += (all.empty() ? "" : ", ") + came + " " + std::to_string(times);
        }
        table.add({play, std::to_string(right), std::to_string(seeds), all});
    }
    table.print();
    return 0;
}

int run(std::vector<std::string> arguments) {
    if (arguments == std::vector<std::string>{"--hints"}) return print_hints();
    if (arguments == std::vector<std::string>{"--steady"}) return print_steady(), 0;
    if (arguments.size() >= 2 && arguments[0] == "--still") {
        print_still({arguments.begin() + 2, arguments.end()}, std::stoi(arguments[1]));
        return 0;
    }
    if (!arguments.empty() && arguments[0] == "--kinds") {
        const int seeds = arguments.size() > 1 ? std::stoi(arguments[1]) : 8;
        print_kinds(seeds, arguments.size() > 2 ? arguments[2].c_str() : nullptr);
        return 0;
    }
    const bool brief = std::erase(arguments, "--brief") > 0;
    std::string json_file;
    if (arguments.size() >= 2 && arguments[0] == "--json") {
        json_file = arguments[1];
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    if (arguments.empty()) {
        std::cerr
            << "bench_scan [--json FILE] [--brief] FOLDER...: folders of pictures with NAME.txt beside them, or of "
               "frames with frames.csv\nbench_scan --hints: which hint comes to which play\n"
               "bench_scan --still FRAMES FOLDER...: pictures held before the reader, unreadable ones, too\n"
               "bench_scan --kinds [SEEDS [FOLDER]]: the kinds of frames that tests draw; those not read go to FOLDER\n"
               "bench_scan --steady: what a held badge and an empty hall cost\n";
        return 64;
    }
    std::vector<Sample> samples;
    for (const auto& folder : arguments)
        std::ranges::copy(list_samples(folder), std::back_inserter(samples));
    auto subjects = make_subjects();
    if (brief) subjects.resize(baseline + 1);
    const auto json = print_all(measure_all(samples, subjects), subjects);
    if (!json_file.empty()) std::ofstream(json_file) << json.dump(2) << '\n';
    return samples.empty() ? 66 : 0;
}

}  // namespace
}  // namespace hudoor::bench

int main(int argc, char** argv) {
    try {
        return hudoor::bench::run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "bench_scan: " << error.what() << '\n';
        return 66;
    }
}
