// ./run bench search: how fast people are found by name, and how surely.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/bench/many_people.hpp"

using namespace hudoor;
using storage::NamedPerson;

namespace {

constexpr std::size_t shown = 8;  // on the first page of the search screen

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// The same name as somebody else would write it in Latin letters.
std::string spell_otherwise(std::string name, feed::Random& random) {
    static const std::pair<const char*, const char*> ways[] = {
        {"ou", "u"},   {"oo", "ou"}, {"ee", "i"},    {"ei", "ai"},   {"ai", "ei"},
        {"ah ", "a "}, {"kh", "k"},  {"q", "k"},     {"med", "mad"}, {"mm", "m"},
        {"ss", "s"},   {"ll", "l"},  {"y", "i"},     {"i", "y"},     {"o", "u"},
        {"u", "o"},    {"e", "a"},   {"Al ", "El "}, {"Al ", "Al-"}, {"dh", "d"},
        {"gh", "g"},   {"v", "f"},   {"ph", "f"},    {"z", "zz"},    {"j", "g"}};
    for (int changes = 0, tries = 0; changes < 2 && tries < 20; ++tries) {
        const auto& [from, to] = ways[random.below(std::size(ways))];
        const std::string before = name;
        replace_all(name, from, to);
        if (name != before) ++changes;
    }
    return name;
}

/// The same name with other marks and hamzas, as a keyboard in a hurry has them.
std::string write_otherwise(std::string name, bool arabic, feed::Random& random) {
    if (!arabic) {
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return name;
    }
    static const std::pair<const char*, const char*> ways[] = {{"أ", "ا"}, {"إ", "ا"}, {"آ", "ا"},
                                                               {"ة", "ه"}, {"ى", "ي"}, {"د", "دّ"},
                                                               {"م", "مُ"}, {"ـ", ""}};
    for (int i = 0; i < 3; ++i) {
        const auto& [from, to] = ways[random.below(std::size(ways))];
        replace_all(name, from, to);
    }
    return name;
}

/// Three of the four parts, the last one not typed to its end now and then.
std::string typed_part(const std::string& name, feed::Random& random) {
    std::string typed = name;
    const auto first = typed.find(' '), second = typed.find(' ', first + 1);
    if (first == std::string::npos || second == std::string::npos) return typed;
    return random.below(2) == 0 ? typed.substr(0, first) + typed.substr(second) : typed;
}

struct Kind {
    const char* name;
    double goal_percent;
    std::function<std::string(const NamedPerson&, feed::Random&)> type;
};

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void measure(const feed::NameLists& lists, std::size_t count, std::size_t searches,
             nlohmann::json& figures) {
    feed::Random random(count);
    const auto people = bench::make_people(lists, count, random);
    const auto began = std::chrono::steady_clock::now();
    const storage::NameSearch search(people);
    const double made =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    const Kind kinds[] = {
        {"same script", 99.5,
         [](const NamedPerson& p, feed::Random& r) {
             const bool ar = r.below(2) == 0;
             return typed_part(write_otherwise(ar ? p.name.ar : p.name.en, ar, r), r);
         }},
        {"other spelling", 97,
         [](const NamedPerson& p, feed::Random& r) {
             return typed_part(spell_otherwise(p.name.en, r), r);
         }},
        {"other script", 95,
         [](const NamedPerson& p, feed::Random& r) { return typed_part(p.name.ar, r); }}};
    // For the other script the list has the one name only that was not typed.
    std::vector<NamedPerson> latin = people;
    for (NamedPerson& person : latin) person.name.ar.clear();
    const storage::NameSearch latin_search(latin);

    std::printf(
        "\n### %zu names (index made in %.0f ms)\n\n| typed | p50 ms | p99 ms | goal | found among the first %zu | goal |\n|---|---|---|---|---|---|\n",
        count, made, shown);
    for (const Kind& kind : kinds) {
        std::vector<double> times;
        std::size_t hits = 0;
        const auto& index = std::string(kind.name) == "other script" ? latin_search : search;
        for (std::size_t i = 0; i < searches; ++i) {
            const NamedPerson& wanted = people[random.below(people.size())];
            const std::string typed = kind.type(wanted, random);
            const auto from = std::chrono::steady_clock::now();
            const auto matches = index.find(typed, shown);
            times.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from)
                    .count());
            hits +=
                std::any_of(matches.begin(), matches.end(),
                            [&](const storage::NameMatch& match) { return match.id == wanted.id; })
                    ? 1U
                    : 0U;
        }
        const double recall = 100.0 * static_cast<double>(hits) / static_cast<double>(searches);
        std::printf("| %s | %.1f | %.1f | %s | %.2f %% | %.1f %% |\n", kind.name,
                    percentile(times, 0.5), percentile(times, 0.99), count <= 100'000 ? "20" : "",
                    recall, kind.goal_percent);
        figures.push_back({{"names", count},
                           {"typed", kind.name},
                           {"p50_ms", percentile(times, 0.5)},
                           {"p99_ms", percentile(times, 0.99)},
                           {"recall_percent", recall}});
    }
}

}  // namespace

/// [--json FILE]
int main(int argc, char** argv) {
    const auto lists = feed::load_name_lists(HUDOOR_SOURCE_DIR "/assets/demo");
    nlohmann::json figures;
    std::printf("## bench search: strict, that very person among the first %zu\n", shown);
    measure(lists, 100'000, 2'000, figures);
    measure(lists, 1'000'000, 300, figures);
    if (argc == 3 && std::string(argv[1]) == "--json")
        std::ofstream(argv[2]) << figures.dump(2) << "\n";
    return 0;
}
