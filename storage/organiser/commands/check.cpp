#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/facts/hello.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event/readiness.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/merge/fact_store.hpp"

namespace hudoor::organiser {

namespace {

constexpr const char* words[] = {"good", "look", "wrong"};

const char* word_of(Readiness readiness) { return words[static_cast<std::size_t>(readiness)]; }

WallTime time_of_check(const std::string& at, const storage::Identity& event) {
    if (at.empty()) return SystemClock().wall();
    const auto time = parse_time(at, event.agenda.timezone);
    if (!time)
        throw Fault(ExitCode::usage, "--at " + at + ": " + why_no_time(at, event.agenda.timezone));
    return *time;
}

/// What each said last of its list and its clock; only what is believed counts.
std::vector<HeardOfKiosk> heard_of_kiosks(const FactStore& facts) {
    struct Last {
        HeardOfKiosk heard;
        std::uint64_t fact = 0, edition = 0;  ///< clocks of the newest of each
    };
    std::map<storage::KioskId, Last> kiosks;
    facts.visit([&](const MergedFact& merged) {
        if (merged.belief == Belief::none) return;
        const storage::Fact& fact = merged.fact;
        Last& last = kiosks[fact.kiosk];
        last.heard.kiosk = fact.kiosk;
        if (const auto edition = storage::find_edition(fact); edition && fact.hlc >= last.edition) {
            last.edition = fact.hlc;
            last.heard.list = edition->list;
        }
        if (fact.hlc < last.fact) return;
        last.fact = fact.hlc;
        last.heard.at = bounded_time(fact.wall_ms, fact.clock_offset_ms);
        last.heard.clock = fact.clock_quality;
        last.heard.clock_offset = bounded<std::chrono::milliseconds>(fact.clock_offset_ms);
    });
    std::vector<HeardOfKiosk> all;
    for (const auto& [id, last] : kiosks) all.push_back(last.heard);
    return all;
}

}  // namespace

ExitCode check_event(const EventOptions& options, const CheckOptions& check) {
    const EventStore store(options.event);
    const auto event = store.event();
    const auto registrations = store.registrations();
    const auto ushers = store.ushers();
    const auto kiosks = store.kiosks();
    const auto given = store.given();
    const auto heard = heard_of_kiosks(FactStore(options.event));
    const auto notes =
        check_readiness({.event = event,
                         .registrations = registrations,
                         .ushers = ushers,
                         .kiosks = kiosks,
                         .now = time_of_check(check.at, event),
                         .clock_synchronised = SystemClock().synchronised(),
                         .has_keys = std::filesystem::exists(options.event / "event.keys"),
                         .free_bytes = std::filesystem::space(options.event).available,
                         .revision = store.revision(),
                         .refusals = store.refusals().number,
                         .given = given,
                         .heard = heard});
    auto all = nlohmann::ordered_json::array();
    for (const ReadinessNote& note : notes)
        all.push_back({{"is", word_of(note.readiness)}, {"part", note.part}, {"what", note.what}});
    if (check.json)
        std::cout << all.dump() << '\n';
    else
        for (const ReadinessNote& note : notes)
            std::cout << word_of(note.readiness) << '\t' << note.part << '\t' << note.what << '\n';
    const bool wrong = std::any_of(notes.begin(), notes.end(), [](const ReadinessNote& note) {
        return note.readiness == Readiness::wrong;
    });
    return wrong ? ExitCode::bad_data : ExitCode::done;
}

}  // namespace hudoor::organiser
