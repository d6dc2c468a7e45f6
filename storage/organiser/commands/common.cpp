#include "storage/organiser/commands/common.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/organiser/event/clean_text.hpp"

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

void show_progress(std::size_t done, std::size_t all) {
    if (::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%zu of %zu%s", done, all, done == all ? "\n" : "");
}

EventStore::Change change_now(std::string what) { return {SystemClock().wall(), std::move(what)}; }

std::optional<OrganiserRegistration> find_person(const EventStore& store, const std::string& who) {
    if (auto by_id = store.find(who)) return by_id;
    std::optional<BadgeNumber> badge = parse_typed_code(who);
    if (const auto read = parse_badge(who)) badge = read->token.number;
    for (OrganiserRegistration& one : store.registrations()) {
        const bool by_badge = badge && one.door.badge == *badge;
        if (by_badge || (!one.imported_code.empty() && one.imported_code == who))
            return std::move(one);
    }
    return std::nullopt;
}

OrganiserRegistration get_person(const EventStore& store, const std::string& who) {
    if (auto found = find_person(store, who)) return std::move(*found);
    throw Fault(ExitCode::no_input,
                "Nobody in this event has the attendee_id or badge " + quote(who));
}

std::string name_to_show(const OrganiserRegistration& one) {
    const std::string& name = one.door.name.en.empty() ? one.door.name.ar : one.door.name.en;
    return "\u2068" + name + "\u2069";
}

}  // namespace hudoor::organiser
