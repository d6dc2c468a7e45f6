#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event/readiness.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

namespace {

constexpr const char* words[] = {"good", "look", "wrong"};

const char* word_of(Readiness readiness) { return words[static_cast<std::size_t>(readiness)]; }

WallTime time_of_check(const std::string& at, const storage::Identity& event) {
    if (at.empty()) return SystemClock().wall();
    const auto time = parse_time(at, event.agenda.timezone);
    if (!time) throw Fault(ExitCode::usage, "--at " + at + ": write it as 2026-12-03T18:00");
    return *time;
}

}  // namespace

ExitCode check_event(const EventOptions& options, const CheckOptions& check) {
    const EventStore store(options.event);
    const auto event = store.event();
    const auto registrations = store.registrations();
    const auto ushers = store.ushers();
    const auto kiosks = store.kiosks();
    const auto notes =
        check_readiness({.event = event,
                         .registrations = registrations,
                         .ushers = ushers,
                         .kiosks = kiosks,
                         .now = time_of_check(check.at, event),
                         .clock_synchronised = SystemClock().synchronised(),
                         .has_keys = std::filesystem::exists(options.event / "event.keys"),
                         .free_bytes = std::filesystem::space(options.event).available});
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
