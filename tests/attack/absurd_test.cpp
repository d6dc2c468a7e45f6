// F34, I-18: whatever times and numbers facts claim, no command hangs, overflows or forgets one
// that is proved.

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/attack/forger.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;

namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t opening_ms = 1'796'362'200'000;
constexpr std::int64_t year_ms = 365LL * 24 * 3'600'000;

/// A chain of facts, one after another by its links, of times and numbers that cannot be.
Facts absurd_start(const AttackedEvent& event, Epoch epoch, const SigningKey* key) {
    Facts facts;
    const auto add = [&](Fact fact) {
        fact.kiosk = north_kiosk;
        fact.epoch = epoch;
        fact.seq = facts.size() + 1;
        fact.prev = facts.empty() ? Hash() : facts.back().hash;
        fact.id.bytes = {static_cast<std::uint8_t>(facts.size()),
                         static_cast<std::uint8_t>(facts.size() >> 8),
                         static_cast<std::uint8_t>(key != nullptr ? 2 : 1)};
        facts.push_back(seal_fact(fact, key));
    };
    Fact fact;
    fact.kind = FactKind::hello;
    fact.wall_ms = most;
    fact.hlc = highest;
    add(fact);
    const std::vector<std::int64_t> times{least,
                                          most,
                                          0,
                                          -1,
                                          opening_ms,
                                          opening_ms - 30 * year_ms,
                                          opening_ms + 8'000 * year_ms,
                                          opening_ms - year_ms};
    std::size_t person = 0;
    for (const std::int64_t wall : times)
        for (const std::int64_t offset : {least, most, std::int64_t{0}})
            for (const FactKind kind : {FactKind::admitted, FactKind::left, FactKind::refused,
                                        FactKind::act, FactKind::clock, FactKind::fault}) {
                const auto& one = event.people[person++ % event.people.size()];
                fact = Fact{};
                fact.kind = kind;
                fact.wall_ms = wall;
                fact.clock_offset_ms = offset;
                fact.hlc = person % 2 == 0 ? highest : 0;
                fact.registration = one.id;
                fact.badge = one.badge;
                fact.session =
                    SessionId{person % 3 == 0 ? std::uint16_t{0xFFFF} : std::uint16_t{1}};
                fact.place = PlaceId{static_cast<std::uint16_t>(person % 4)};
                fact.method = static_cast<Method>(person % 9);
                fact.reason = static_cast<Reason>(person % 40);
                fact.override_reason = static_cast<Override>(person % 12);
                fact.argument = person % 5 == 0 ? 0xFFFF'FFFF : 5;
                add(fact);
            }
    fact = Fact{};
    fact.kind = FactKind::undone;
    fact.reference = event.honest.facts()[1].fact.id;
    fact.wall_ms = least;
    add(fact);
    return facts;
}

/// Every command that reads facts, none longer than ten seconds, none by a bug of ours.
void read_everything(const AttackedEvent& event, const std::string& files) {
    for (const std::string& command :
         {std::string("incidents"), std::string("incidents --json"), std::string("status"),
          std::string("status --json"), std::string("kiosk list"), std::string("check --json"),
          std::string("verify"), "verify --json " + files,
          std::string("why D1 --session opening --at 2026-12-04T09:31"),
          std::string("report r.html --lang en --every 5 --xlsx r.xlsx --csv tables"),
          std::string("report r.html --lang ar --every 15 --xlsx r.xlsx --csv tables"),
          "merge --json " + files, std::string("purge")}) {
        const Finished finished = event.timed(command);
        INFO(command << '\n' << finished.output.substr(0, 3'000));
        const bool is_answer =
            finished.exit_code == 0 || finished.exit_code == 65 || finished.exit_code == 77;
        CHECK(is_answer);
        CHECK_FALSE(finished.says("runtime error"));
    }
}

}  // namespace

TEST_CASE("F34: over absurd facts that nothing proves every command answers, and nothing changes") {
    const AttackedEvent event;
    const Facts facts = absurd_start(event, Epoch{5}, nullptr);
    event.send("absurd.facts", facts);
    const json merged = json::parse(event.timed("merge --json absurd.facts 2>/dev/null").output);
    CHECK(merged["files"][0]["unproved"] == facts.size());
    CHECK(merged["files"][0]["quarantined"] > 100);
    read_everything(event, "absurd.facts honest.facts");
    CHECK(event.total("Attended") == 3);
    CHECK(event.incidents() == std::vector<std::string>{"unproved", "unsigned_act"});
}

TEST_CASE("F34, I-18: over proved ones, too, and each counts, right behind the one before it") {
    const AttackedEvent event;
    const Facts facts = absurd_start(event, Epoch{5}, &event.north_key);
    event.send("absurd.facts", facts, &event.north_key);
    const json merged = json::parse(event.timed("merge --json absurd.facts 2>/dev/null").output);
    CHECK(merged["files"][0]["new"] == facts.size());
    CHECK(merged["files"][0]["unproved"] == 0);
    read_everything(event, "absurd.facts honest.facts");
    CHECK(event.total("Attended") == 5);  // D2 and D3, whom it did not undo, D1, D4 and D7
    const json told = json::parse(event.timed("incidents --json").output);
    bool is_told = false;
    for (const json& one : told)
        is_told = is_told || one["what"].get<std::string>().find("at times that cannot be") !=
                                 std::string::npos;
    CHECK(is_told);
    // No passage stands in the log at a time that the event cannot have.
    const std::string log = event.scratch.read("tables/check_in_log.csv");
    for (std::size_t line = log.find('\n'); line + 5 < log.size();
         line = log.find('\n', line + 1)) {
        const std::string year = log.substr(line + 1, 4);
        INFO(year);
        CHECK((year == "2025" || year == "2026" || year == "2027"));
    }
}

TEST_CASE("F34: thousands of loose ends and starts are told in a few lines, in time") {
    const AttackedEvent event;
    Facts facts;
    Fact fact = event.honest.facts()[1].fact;
    for (std::uint32_t i = 0; i < 6'000; ++i) {
        fact.epoch = Epoch{i % 2 == 0 ? 9 : 100 + i};
        fact.seq = i + 1;
        facts.push_back(seal_fact(fact, nullptr));
    }
    event.send("absurd.facts", facts);
    const Finished merged = event.timed("merge absurd.facts 2>&1 >/dev/null");
    CHECK(merged.exit_code == 65);
    CHECK(std::count(merged.output.begin(), merged.output.end(), '\n') < 60);
    read_everything(event, "absurd.facts");
    CHECK(event.total("Attended") == 3);
    CHECK(event.timed("merge --undo absurd.facts --why noise").exit_code == 0);
    CHECK(event.incidents().empty());
}

TEST_CASE("F34: starts that all claim impossible times stand behind one another, however many") {
    const AttackedEvent event;
    Facts facts;
    Fact fact;
    fact.kind = FactKind::hello;
    fact.kiosk = north_kiosk;
    fact.seq = 1;
    fact.wall_ms = most;
    fact.prev = event.honest.head().hash;
    for (std::uint32_t i = 0; i < 2'000; ++i) {
        fact.epoch = Epoch{100 + i};
        facts.push_back(seal_fact(fact, &event.north_key));
        fact.prev = facts.back().hash;
    }
    event.send("absurd.facts", facts, &event.north_key);
    CHECK(event.timed("merge absurd.facts >/dev/null").exit_code == 0);
    read_everything(event, "absurd.facts");
}

TEST_CASE("F34: nor over as many starts, wrong signatures and loose facts as a bundle holds",
          "[.][soak-attack]") {
    const AttackedEvent event;
    Facts facts;
    Fact hello;
    hello.kind = FactKind::hello;
    hello.kiosk = north_kiosk;
    hello.seq = 1;
    hello.wall_ms = opening_ms;
    Fact loose = event.honest.facts()[1].fact;
    Fact wrong = event.honest.facts()[1].fact;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        hello.epoch = Epoch{1'000'000 + i};
        facts.push_back(seal_fact(hello, nullptr));
        hello.prev = facts.back().hash;
        loose.seq = 10 + 2 * std::uint64_t{i};
        facts.push_back(seal_fact(loose, nullptr));
        wrong.seq = 11 + 2 * std::uint64_t{i};
        facts.push_back(seal_fact(wrong, nullptr));
        facts.back().signature.fill(1);
    }
    event.send("absurd.facts", facts);
    CHECK(event.timed("merge absurd.facts >merged 2>&1").exit_code == 65);
    read_everything(event, "absurd.facts");
    CHECK(event.timed("merge --undo absurd.facts --why noise >undone").exit_code == 0);
}
