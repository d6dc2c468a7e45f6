#include "storage/organiser/commands/common.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/badge/code.hpp"
#include "storage/names/folding.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/readiness.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::size_t most_named = 5;

/// Every word of it, whole, is one of theirs, in one language.
bool is_called(const OrganiserRegistration& one, const std::vector<std::string>& words) {
    const auto has_all = [&](const std::string& name) {
        const auto own = fold_words(name);
        return std::ranges::all_of(words, [&](const std::string& word) {
            return std::ranges::find(own, word) != own.end();
        });
    };
    return !words.empty() && (has_all(one.door.name.en) || has_all(one.door.name.ar));
}

std::optional<OrganiserRegistration> find_name(const std::vector<OrganiserRegistration>& people,
                                               const std::string& who) {
    const auto words = fold_words(who);
    const OrganiserRegistration* found = nullptr;
    std::size_t count = 0;
    std::string all;
    for (const OrganiserRegistration& one : people) {
        if (!is_called(one, words)) continue;
        found = &one;
        if (++count <= most_named) all += (all.empty() ? "" : ", ") + person_to_show(one);
    }
    if (count > 1)
        throw Fault(ExitCode::usage, counted(count, "person is", "people are") + " called " +
                                         quote(who) + "; say the attendee_id of one: " + all +
                                         (count > most_named ? ", ..." : ""));
    return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace

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
    auto people = store.registrations();
    const std::string_view code = without_reader_marks(who);
    std::optional<BadgeNumber> badge = parse_typed_code(who);
    if (const auto read = parse_badge(who)) badge = read->token.number;
    for (OrganiserRegistration& one : people) {
        const bool by_badge = badge && one.door.badge == *badge;
        if (by_badge || (!one.imported_code.empty() && one.imported_code == code))
            return std::move(one);
    }
    return find_name(people, who);
}

OrganiserRegistration get_person(const EventStore& store, const std::string& who) {
    if (auto found = find_person(store, who)) return std::move(*found);
    throw Fault(ExitCode::no_input,
                "Nobody in this event has the attendee_id, badge or name " + quote(who));
}

std::string name_to_show(const OrganiserRegistration& one) {
    const std::string& name = one.door.name.en.empty() ? one.door.name.ar : one.door.name.en;
    return "\u2068" + name + "\u2069";
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
