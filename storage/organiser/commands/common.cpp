#include "storage/organiser/commands/common.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/readiness.hpp"

namespace hudoor::organiser {

using namespace storage;

EventKeys open_keys(const EventOptions& options, const Identity& event, SecretText& passphrase) {
    const auto file = options.event / "event.keys";
    passphrase = config::read_passphrase(options.passphrase_file, "Passphrase of " + file.string(),
                                         "--passphrase-file");
    EventKeys keys = open_event_keys(file, passphrase.view());
    if (keys.signing.verify_key() != event.organiser)
        throw Fault(ExitCode::bad_data, file.string() + " belongs to another event");
    return keys;
}

EventKeys open_keys(const EventOptions& options, const Identity& event) {
    SecretText passphrase;
    return open_keys(options, event, passphrase);
}

std::string shell_word(const std::string& text) {
    const bool is_plain =
        text.find_first_not_of(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,") ==
        std::string::npos;
    if (is_plain && !text.empty()) return text;
    std::string word = "'";
    for (const char sign : text) word += sign == '\'' ? std::string("'\\''") : std::string(1, sign);
    return word + "'";
}

std::string say_command(const EventOptions& options, const std::string& rest) {
    std::string line = "hudoor";
    if (options.event != ".") line += " --event " + shell_word(options.event.string());
    if (!options.passphrase_file.empty() && options.passphrase_file != "-")
        line += " --passphrase-file " + shell_word(options.passphrase_file);
    return line + " " + rest;
}

void show_progress(std::size_t done, std::size_t all) {
    if (::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%zu of %zu%s", done, all, done == all ? "\n" : "");
}

EventStore::Change change_now(std::string what) { return {SystemClock().wall(), std::move(what)}; }

OrganiserRegistration get_person(const EventStore& store, const std::string& who) {
    auto all = store.registrations();
    return std::move(all[get_meant(all, who)]);
}

std::optional<OrganiserRegistration> find_person(const EventStore& store, const std::string& who) {
    auto all = store.registrations();
    const auto people = find_meant(all, who).people;
    if (people.empty()) return std::nullopt;
    return std::move(all[people.size() == 1 ? people.front() : get_meant(all, who)]);
}

std::string person_to_show(const OrganiserRegistration& one) {
    return name_to_show(one) + " (" + one.door.external_id + ")";
}

void warn_of_exits(const Agenda& agenda) {
    for (const std::string& note : find_unknown_exits(agenda))
        std::fprintf(stderr, "hudoor: %s\n", note.c_str());
}

std::string demo_note(const Identity& event) {
    if (!event.demo) return {};
    return "a demo: its kiosks believe any clock and write pictures of screens; not for real guests";
}

}  // namespace hudoor::organiser
