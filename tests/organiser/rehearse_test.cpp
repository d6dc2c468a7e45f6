// A morning played before it comes: its queues are those of the theory where there is one.
#include "storage/organiser/rehearse/rehearsal.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "storage/organiser/rehearse/queue.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/seeded_random.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::organiser;
using nlohmann::json;

namespace {

/// That somebody waits, by Erlang C: c servers, each busy `load` / c of the time.
double erlang_c(std::uint32_t servers, double load) {
    double blocked = 1;  // Erlang B, by its recursion
    for (std::uint32_t i = 1; i <= servers; ++i) blocked = load * blocked / (i + load * blocked);
    const double busy = load / servers;
    return blocked / (1 - busy * (1 - blocked));
}

struct Theory {
    double mean = 0;
    double waits = 0;  ///< the share of people who wait at all
};

/// M/D/c, after Crommelin: who is there a service time later are those who arrived meanwhile and
/// those who were there but for the c served. The distribution that this leaves as it is.
Theory crommelin(std::uint32_t servers, double load) {
    constexpr std::size_t most = 600;
    std::vector<double> arrived(most);
    arrived[0] = std::exp(-load);
    for (std::size_t k = 1; k < most; ++k)
        arrived[k] = arrived[k - 1] * load / static_cast<double>(k);
    std::vector<double> there(most), next(most);
    there[0] = 1;
    for (int round = 0; round < 4'000; ++round) {
        std::fill(next.begin(), next.end(), 0.0);
        for (std::size_t n = 0; n < most; ++n) {
            const std::size_t left = n > servers ? n - servers : 0;
            if (there[n] < 1e-15) continue;
            for (std::size_t k = 0; left + k < most; ++k) {
                if (static_cast<double>(k) > load && arrived[k] < 1e-15) break;
                next[left + k] += there[n] * arrived[k];
            }
        }
        double moved = 0;
        for (std::size_t n = 0; n < most; ++n) moved += std::abs(next[n] - there[n]);
        std::swap(there, next);
        if (moved < 1e-12) break;
    }
    Theory theory;
    for (std::size_t n = servers; n < most; ++n) {
        theory.waits += there[n];
        theory.mean += static_cast<double>(n - servers) * there[n];
    }
    theory.mean /= load;  // Little, with a service time of 1
    return theory;
}

/// The share of M/D/1 that waits at most `t` service times (Erlang 1909).
double erlang_1909(double load, double t) {
    double sum = 0;
    double term = 0;
    for (int k = 0; k <= static_cast<int>(t); ++k) {
        const double x = load * (k - t);
        term = std::exp(-x) * std::pow(x, k) / std::tgamma(k + 1);
        sum += term;
    }
    return (1 - load) * sum;
}

double exponential(SeededRandom& random) {
    return -std::log1p(-static_cast<double>(random.next() >> 11) * 0x1p-53);
}

struct Measured {
    double mean = 0;
    double waits = 0;
    double p95 = 0;
};

/// People who come by chance, at `load` a service time.
Measured measure(std::uint32_t servers, double load, bool same_time, std::size_t people) {
    SeededRandom random(servers * 1'000 + static_cast<std::uint64_t>(load * 100));
    std::vector<double> arrivals(people);
    double at = 0;
    for (double& one : arrivals) one = at += exponential(random) / load;
    const auto turns = serve(arrivals, servers, 0,
                             [&](std::size_t) { return same_time ? 1.0 : exponential(random); });
    std::vector<double> waits;
    waits.reserve(people);
    for (const Turn& turn : turns) waits.push_back(turn.wait(0));
    Measured measured;
    measured.mean = std::accumulate(waits.begin(), waits.end(), 0.0) / static_cast<double>(people);
    measured.waits = static_cast<double>(std::count_if(waits.begin(), waits.end(),
                                                       [](double wait) { return wait > 1e-9; })) /
                     static_cast<double>(people);
    const auto ninety_fifth = waits.begin() + static_cast<std::ptrdiff_t>(people * 95 / 100);
    std::nth_element(waits.begin(), ninety_fifth, waits.end());
    measured.p95 = *ninety_fifth;
    return measured;
}

constexpr double tolerance = 0.02;

/// Registered for the opening of the demo event.
std::string list_of(int people) {
    std::string list = "attendee_id,name_en,sessions\n";
    for (int i = 1; i <= people; ++i)
        list += "P" + std::to_string(i) + ",Person " + std::to_string(i) + ",opening\n";
    return list;
}

json rehearse_json(const DemoEvent& event, const std::string& arguments) {
    const Finished finished = event.hudoor("rehearse --json " + arguments);
    INFO(finished.output);
    REQUIRE(finished.exit_code == 0);
    return json::parse(finished.output);
}

const json& door_of(const json& rehearsal, const std::string& place) {
    for (const auto& door : rehearsal["doors"])
        if (door["place"] == place) return door;
    FAIL("no door " << place);
    return rehearsal;
}

}  // namespace

TEST_CASE("the line agrees with M/M/c: who waits, how long on average, how long one in twenty") {
    const auto [servers, load] = GENERATE(
        table<std::uint32_t, double>({{1, 0.5}, {1, 0.8}, {2, 1.6}, {3, 2.4}, {4, 3.4}, {8, 6.4}}));
    CAPTURE(servers, load);
    const Measured measured = measure(servers, load, false, 4'000'000);
    const double waits = erlang_c(servers, load);
    CHECK_THAT(measured.waits, Catch::Matchers::WithinRel(waits, tolerance));
    CHECK_THAT(measured.mean, Catch::Matchers::WithinRel(waits / (servers - load), tolerance));
    CHECK_THAT(measured.p95,
               Catch::Matchers::WithinRel(std::log(waits / 0.05) / (servers - load), tolerance));
}

TEST_CASE("the line agrees with M/D/c, where everybody takes the same time") {
    const auto [servers, load] = GENERATE(
        table<std::uint32_t, double>({{1, 0.5}, {1, 0.8}, {2, 1.6}, {3, 2.4}, {4, 3.4}, {8, 6.4}}));
    CAPTURE(servers, load);
    const Measured measured = measure(servers, load, true, 4'000'000);
    const Theory theory = crommelin(servers, load);
    if (servers == 1)  // Pollaczek and Khinchine: the numerical solution is right itself
        CHECK_THAT(theory.mean, Catch::Matchers::WithinRel(load / (2 * (1 - load)), 1e-6));
    CHECK_THAT(measured.waits, Catch::Matchers::WithinRel(theory.waits, tolerance));
    CHECK_THAT(measured.mean, Catch::Matchers::WithinRel(theory.mean, tolerance));
    if (servers == 1)
        CHECK_THAT(erlang_1909(load, measured.p95), Catch::Matchers::WithinAbs(0.95, 0.001));
}

TEST_CASE("a whole rehearsal under a steady stream has the waits of M/D/c") {
    const DemoEvent event;
    storage::Identity identity = event.open().event();
    std::erase_if(identity.agenda.sessions,
                  [](const storage::Session& session) { return session.code != "opening"; });
    identity.agenda.sessions.front().quota.clear();
    const auto kiosks = GENERATE(1U, 3U);
    std::erase_if(identity.agenda.places,
                  [](const storage::Place& place) { return place.code != "north"; });
    const double seconds = 6, load = 0.75 * kiosks;
    // A day and a night of it, so that beginning and end weigh nothing.
    const double minutes = 1'440;
    const double people = load * 60 / seconds * minutes;
    const Rehearsal played = rehearse(
        {identity, {}, {}, {}},
        {.arrivals = ArrivalCurve({{0, minutes, people}}), .kiosks = kiosks, .seconds = seconds});
    REQUIRE(played.doors.size() == 1);
    CHECK(played.people == static_cast<std::size_t>(std::llround(people)));
    CHECK_THAT(played.doors[0].queue.mean_s,
               Catch::Matchers::WithinRel(crommelin(kiosks, load).mean * seconds, tolerance));
}

TEST_CASE("nobody is served before the doors open, and the wait counts from then") {
    const std::vector<double> arrivals{-300, -200, -100, 5, 100};
    const auto turns = serve(arrivals, 2, 0, [](std::size_t) { return 10.0; });
    const std::vector<double> begins{0, 0, 10, 10, 100};
    for (std::size_t i = 0; i < turns.size(); ++i) CHECK(turns[i].begins == begins[i]);
    CHECK(turns[0].wait(0) == 0);
    CHECK(turns[2].wait(0) == 10);
    CHECK(turns[3].wait(0) == 5);
    CHECK(longest_line(turns).people == 3);
    CHECK(longest_line(turns).at == -100);
}

TEST_CASE("rehearse says queues at every door, kiosks needed, and what one dead kiosk costs") {
    const DemoEvent event;
    event.import(list_of(600));
    const json played = rehearse_json(event, "--kiosks 2");
    CHECK(played["people"] == 600);
    CHECK(played["invented"] == 0);
    CHECK(played == rehearse_json(event, "--kiosks 2"));  // the same lots every time
    std::uint64_t people = 0, answers = 0;
    for (const auto& door : played["doors"]) {
        people += door["people"].get<std::uint64_t>();
        for (const auto& [reason, number] : door["answers"].items())
            answers += number.get<std::uint64_t>();
        CHECK(door["kiosks"] == 2);
        CHECK(door["wait"]["p50_s"] <= door["wait"]["p95_s"]);
        CHECK(door["one_dead"]["p95_s"] >= door["wait"]["p95_s"]);
    }
    CHECK(people == 600);
    CHECK(answers == 600);

    // With the kiosks that it says are needed nobody waits two minutes, with one fewer somebody.
    const auto needed = door_of(played, "north")["kiosks_needed"].get<int>();
    CHECK(needed > 1);
    const auto longest = [&](int kiosks) {
        const json with = rehearse_json(event, "--kiosks " + std::to_string(kiosks));
        return door_of(with, "north")["wait"]["longest_s"].get<double>();
    };
    CHECK(longest(needed) < 120);
    CHECK(longest(needed - 1) > 60);

    const Finished text = event.hudoor("rehearse");
    CHECK(text.says("DOOR "));
    CHECK(text.says("KIOSKS NEEDED"));
    CHECK(text.says("north: no kiosk is enrolled there yet."));
    CHECK(text.says("if one kiosk dies, "));
}

TEST_CASE("the decisions of a rehearsal are the real ones: a full door says so") {
    const DemoEvent event;
    event.import(list_of(80));
    storage::Identity identity = event.open().event();
    for (storage::Session& session : identity.agenda.sessions)
        if (session.code == "opening")
            session.quota = {{storage::PlaceId{1}, 30}, {storage::PlaceId{2}, 20}};
    const auto people = event.open().registrations();
    const Rehearsal played = rehearse({identity, people, {}, {}}, {.arrivals = {}, .kiosks = 1});
    for (const DoorRehearsal& door : played.doors) {
        // Another session begins at the same time elsewhere: nobody is registered for it.
        if (door.place->id > storage::PlaceId{2}) {
            CHECK(door.answers.empty());
            CHECK_FALSE(door.queue.longest_at);
            continue;
        }
        const std::uint32_t seats = door.place->id == storage::PlaceId{1} ? 30 : 20;
        CHECK(door.answers.at(storage::Reason::ok) == seats);
        CHECK(door.answers.at(storage::Reason::session_full) == door.people - seats);
    }
}

TEST_CASE("a curve says who comes when, also more than the list has, and its faults are named") {
    const DemoEvent event;
    event.import(list_of(50));
    const auto with = [&](const std::string& curve) {
        event.scratch.write("curve.csv", curve);
        return event.hudoor("rehearse --json --arrivals curve.csv");
    };
    const Finished good = with("minute,people\n-5,30\n0,60\n5,10\n");
    INFO(good.output);
    REQUIRE(good.exit_code == 0);
    CHECK(json::parse(good.output)["people"] == 100);
    CHECK(json::parse(good.output)["invented"] == 50);
    const std::pair<const char*, const char*> bad[] = {
        {"minute;people\n1;x\n", "curve.csv:2: people \"x\" must be a number"},
        {"minute,people\n1,2\n1,2\n", "curve.csv:3: minutes must rise"},
        {"minute,people\n1,-2\n", "curve.csv:2: people"},
        {"minute,people\nnan,2\n", "curve.csv:2: minute"},
        {"minute,people\n1\n", "curve.csv:2: people"},
        {"time,people\n1,2\n", "curve.csv:1: there is no column minute"},
        {"minute,people\n1,0\n", "curve.csv: nobody comes"},
        {"", "curve.csv is empty"},
    };
    for (const auto& [curve, says] : bad) {
        const Finished refused = with(curve);
        INFO(curve << refused.output);
        CHECK(refused.exit_code == 65);
        CHECK(refused.says(says));
    }
    CHECK(event.hudoor("rehearse --arrivals nowhere.csv").exit_code == 66);
    CHECK(event.hudoor("rehearse --kiosks 0").exit_code == 64);
    CHECK(event.hudoor("rehearse --seconds 0").exit_code == 64);
}

TEST_CASE("where the only kiosk of the only door dies nobody gets in") {
    const DemoEvent event;
    storage::Identity identity = event.open().event();
    std::erase_if(identity.agenda.places,
                  [](const storage::Place& place) { return place.code != "north"; });
    const Rehearsal played = rehearse({identity, {}, {}, {}}, {.arrivals = {}, .kiosks = 1});
    REQUIRE(played.doors.size() == 1);
    CHECK_FALSE(played.doors[0].one_dead);
    CHECK(played.invented == played.people);
}
