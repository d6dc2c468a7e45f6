#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/text_table.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/rehearse/rehearsal.hpp"

namespace hudoor::organiser {

using namespace storage;
using nlohmann::ordered_json;

namespace {

/// "1:05", minutes and seconds.
std::string span_of(double seconds) {
    const auto whole = std::llround(seconds);
    const std::string rest = std::to_string(whole % 60);
    return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

double rounded(double seconds) { return std::round(seconds * 100) / 100; }

ordered_json to_json(const QueueFigures& figures) {
    ordered_json out{{"mean_s", rounded(figures.mean_s)},
                     {"p50_s", rounded(figures.p50_s)},
                     {"p95_s", rounded(figures.p95_s)},
                     {"longest_s", rounded(figures.longest_s)},
                     {"line", figures.line}};
    if (figures.longest_at) out["longest_at"] = iso_time(*figures.longest_at);
    return out;
}

ordered_json to_json(const Rehearsal& rehearsal) {
    ordered_json out{{"people", rehearsal.people},
                     {"invented", rehearsal.invented},
                     {"mornings", rehearsal.mornings},
                     {"doors", ordered_json::array()}};
    for (const DoorRehearsal& door : rehearsal.doors) {
        ordered_json one{{"place", door.place->code},          {"kiosks", door.kiosks},
                         {"enrolled", door.enrolled},          {"people", door.people},
                         {"answers", ordered_json::object()},  {"wait", to_json(door.queue)},
                         {"kiosks_needed", door.kiosks_needed}};
        for (const auto& [reason, number] : door.answers)
            one["answers"][std::string(name_of(reason))] = number;
        one["one_dead"] = door.one_dead ? to_json(*door.one_dead) : ordered_json();
        out["doors"].push_back(std::move(one));
    }
    return out;
}

void print_dead(const DoorRehearsal& door) {
    std::cout << door.place->code << ": if one kiosk dies, ";
    if (!door.one_dead) {
        std::cout << "nobody gets in: there is no other entrance. Have a second kiosk.\n";
        return;
    }
    std::cout << (door.kiosks > 1 ? "half wait more than "
                                  : "its people go elsewhere, where half wait more than ")
              << span_of(door.one_dead->p50_s) << ", one in twenty more than "
              << span_of(door.one_dead->p95_s) << ", the longest "
              << span_of(door.one_dead->longest_s) << ", with "
              << counted(door.one_dead->line, "person", "people") << " in line.\n";
}

void print_answers(const DoorRehearsal& door) {
    for (const auto& [reason, number] : door.answers)
        if (reason != Reason::ok)
            std::cout << door.place->code << ": " << counted(number, "person is", "people are")
                      << " answered " << name_of(reason) << ".\n";
}

void print(const Rehearsal& rehearsal, const std::string& timezone, double seconds) {
    TextTable table({"DOOR", "KIOSKS", "PEOPLE", "WAIT P50", "P95", "LONGEST", "WHEN", "IN LINE",
                     "KIOSKS NEEDED"});
    for (const DoorRehearsal& door : rehearsal.doors)
        table.add({door.place->code, std::to_string(door.kiosks), std::to_string(door.people),
                   span_of(door.queue.p50_s), span_of(door.queue.p95_s),
                   span_of(door.queue.longest_s),
                   door.queue.longest_at ? show_time(*door.queue.longest_at, timezone) : "-",
                   std::to_string(door.queue.line), std::to_string(door.kiosks_needed)});
    std::cout << table << "Waits in minutes and seconds, over "
              << counted(rehearsal.mornings, "morning") << " of "
              << counted(rehearsal.people, "person", "people") << ", " << seconds
              << " s each; with the kiosks needed nobody waits two minutes in 19 of 20.\n";
    for (const DoorRehearsal& door : rehearsal.doors) {
        print_answers(door);
        if (door.queue.longest_at) print_dead(door);
        if (door.enrolled == 0)
            std::cout << door.place->code << ": no kiosk is enrolled there yet.\n";
    }
    if (rehearsal.invented > 0)
        std::cout << counted(rehearsal.invented, "person is", "people are")
                  << " invented: the list has fewer for this.\n";
}

}  // namespace

ExitCode rehearse_event(const EventOptions& options, const RehearseOptions& rehearsal) {
    const EventStore store(options.event);
    const Identity event = store.event();
    const auto registrations = store.registrations();
    const auto kiosks = store.kiosks();
    const auto refusals = store.refusals();
    RehearsalOptions wanted{.arrivals = {},
                            .kiosks = static_cast<std::uint32_t>(rehearsal.kiosks),
                            .seconds = rehearsal.seconds};
    if (!rehearsal.arrivals.empty()) wanted.arrivals = read_arrivals(rehearsal.arrivals);
    const Rehearsal played = rehearse({event, registrations, kiosks, refusals}, wanted);
    if (rehearsal.json)
        std::cout << to_json(played).dump() << '\n';
    else
        print(played, event.agenda.timezone, rehearsal.seconds);
    return ExitCode::done;
}

}  // namespace hudoor::organiser
