// I-2, I-4, I-5, I-6, I-19, I-20, F15-F18, F24, F33, F34: whole events from seeds; HUDOOR_SIM_SEEDS
// says how many, HUDOOR_SIM_FIRST where to begin.

#include <algorithm>
#include <cstdlib>

#include "tests/sim/tampering.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::sim;
using storage::Hash;

namespace {

constexpr std::uint64_t seeds_by_default = 300;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void add(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

template <typename Thing>
void shuffle(std::vector<Thing>& things, test::SeededRandom& random) {
    for (std::size_t i = things.size(); i > 1; --i)
        std::swap(things[i - 1], things[random.below(i)]);
}

/// Everything that was not lost, and some of it twice, to another organiser in another order.
Hash merge_elsewhere(const Stage& stage, World& world) {
    struct Source {
        const Machine* machine;
        const Stick* stick;
    };
    std::vector<Source> sources;
    for (const Machine& machine : world.machines()) sources.push_back({&machine, nullptr});
    for (const Stick& stick : world.sticks()) sources.push_back({nullptr, &stick});
    if (!sources.empty()) sources.push_back(sources[world.random().below(sources.size())]);
    shuffle(sources, world.random());
    Organiser other(stage, world.path("other"));
    // What the first one heard of sticks that were lost later is handed on.
    storage::FactsBundleWriter heard;
    for (const auto& [hash, fact] : set_of(world.arrived())) heard.add(fact);
    const auto file = world.path("heard");
    heard.write(file, test::demo_event, stage.keys[0].verify_key(), &stage.keys[0],
                {{stage.fixture.identity.organiser_seal}});
    (void)other.merge_bundle(file);
    for (const Source& source : sources) {
        if (source.machine != nullptr && !source.machine->lost)
            (void)other.merge_journal(source.machine->disk);
        if (source.stick != nullptr && !source.stick->lost)
            (void)other.merge_bundle(source.stick->file);
    }
    return other.facts().digest();
}

/// Else what is altered may be what nothing proved anyway.
bool is_all_signed(const Machine& machine) {
    return std::ranges::all_of(machine.kept, [](const storage::StoredFact& fact) {
        return storage::is_signed(fact.signature);
    });
}

struct Outcome {
    Findings findings;
    Hash transcript;
};

/// One event from its seed: played, brought home, checked, tampered with.
Outcome play(const Stage& stage, std::uint64_t seed) {
    const SeededCrypto crypto(seed);
    World world(stage, seed);
    world.play();
    world.stop();
    Outcome outcome;
    for (const Machine& machine : world.machines())
        add(outcome.findings, check_chains(machine.kept));
    const Hash elsewhere = merge_elsewhere(stage, world);
    for (const Stick& stick : world.sticks()) world.merge(stick);
    for (const Machine& machine : world.machines()) world.merge(machine);
    const auto& facts = world.organiser().facts();
    if (facts.digest() != elsewhere)
        outcome.findings.emplace_back("I-4: another order gives another digest");
    const FactSet expected = set_of(world.arrived());
    add(outcome.findings, check_complete(expected, facts));
    add(outcome.findings, check_state(stage, world.arrived()));
    add(outcome.findings, check_report(world.organiser()));
    add(outcome.findings, check_belief(expected, world.organiser()));
    add(outcome.findings, check_incidents(stage, expected, world.organiser()));
    outcome.transcript = facts.digest();
    for (const Machine& machine : world.machines()) {
        if (machine.lost || machine.kept.size() < 4 || !is_all_signed(machine)) continue;
        add(outcome.findings, tamper(stage, world, machine, world.organiser()));
        break;
    }
    add(outcome.findings, world.findings());
    return outcome;
}

/// Whether plays find something of this invariant, as they must with a rule broken.
bool is_found(const std::string& invariant) {
    const Stage stage;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const Findings findings = play(stage, seed).findings;
        if (std::any_of(findings.begin(), findings.end(), [&](const std::string& finding) {
                return finding.find(invariant + ":") != std::string::npos;
            }))
            return true;
    }
    return false;
}

}  // namespace

TEST_CASE(
    "whatever befalls kiosks and sticks, the organiser ends with every fact once, and finds what was altered") {
    const Stage stage;
    const std::uint64_t first = number_from("HUDOOR_SIM_FIRST", 1);
    const std::uint64_t end = first + number_from("HUDOOR_SIM_SEEDS", seeds_by_default);
    for (std::uint64_t seed = first; seed < end; ++seed) {
        INFO("seed " << seed);
        const Outcome outcome = play(stage, seed);
        CHECK(outcome.findings == Findings());
        if (seed % 16 == 1) CHECK(play(stage, seed).transcript == outcome.transcript);  // I-19
    }
}

TEST_CASE("with a rule broken, chains do not hold", "[.][broken-I-2]") { CHECK(is_found("I-2")); }
TEST_CASE("with a rule broken, organisers disagree", "[.][broken-I-4]") { CHECK(is_found("I-4")); }
TEST_CASE("with a rule broken, facts are lost or doubled", "[.][broken-I-5]") {
    CHECK(is_found("I-5"));
}
TEST_CASE("with a rule broken, the derived state is wrong", "[.][broken-I-6]") {
    CHECK(is_found("I-6"));
}
TEST_CASE("with a rule broken, what nothing proves is believed", "[.][broken-I-20]") {
    CHECK(is_found("I-20"));
}
TEST_CASE("with a rule broken, tampering is not found", "[.][broken-F24]") {
    CHECK(is_found("F24"));
}
TEST_CASE("with a rule broken, a list that was put back is not found", "[.][broken-F33]") {
    CHECK(is_found("F33"));
}
