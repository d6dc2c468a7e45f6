#include "storage/organiser/badge_pages.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "config/fault.hpp"
#include "storage/organiser/clean_text.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/opening.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

const Category& category_of(const Identity& event, const OrganiserRegistration& one) {
    for (const Category& category : event.categories)
        if (category.id == one.door.category) return category;
    throw Fault(ExitCode::bad_data, "event.db names a category that it has not; take a backup of it");
}

bool is_wanted(const OrganiserRegistration& one, const Category& category, const std::string& query) {
    if (query.empty() || one.external_id == query || category.code == query) return true;
    const Registration& door = one.door;
    for (const std::string& field : {door.name.ar, door.name.en, door.organisation.ar,
                                     door.organisation.en, one.delegation})
        if (contains_folded(field, query)) return true;
    return false;
}

BadgePage page_of(const OrganiserRegistration& one, const Identity& event, const EventKeys& keys) {
    const Category& category = category_of(event, one);
    const BadgeToken token{keys.current_badge_key, one.door.badge, event.event, one.door.issue,
                           one.badge_valid_until};
    return {event.event_name,
            one.door.name,
            one.door.organisation,
            country_name(one.door.country),
            category.name,
            category.colour_rgb,
            one.external_id,
            make_badge_text(token, keys.badge_keys.at(keys.current_badge_key)),
            typed_code(one.door.badge)};
}

/// An attendee_id as the name of a file.
std::string file_name_of(const std::string& external_id) {
    std::string name = external_id;
    std::replace_if(name.begin(), name.end(), [](char sign) { return sign == '/' || sign == '\0'; }, '_');
    if (name.starts_with('.')) name.front() = '_';
    return name + ".png";
}

void show_progress(std::size_t done, std::size_t all) {
    if (::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%zu of %zu%s", done, all, done == all ? "\n" : "");
}

void create_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Fault(ExitCode::cannot_create, "Cannot create " + folder.string() + ": " + error.message());
}

}  // namespace

ExitCode print_badges(const EventOptions& options, const BadgesOptions& badges) {
    const EventStore store(options.event);
    const Identity event = store.event();
    std::vector<OrganiserRegistration> wanted;
    std::size_t without = 0;
    for (OrganiserRegistration& one : store.registrations()) {
        if (!is_wanted(one, category_of(event, one), badges.only)) continue;
        if (one.door.badge.is_zero())
            ++without;
        else
            wanted.push_back(std::move(one));
    }
    if (wanted.empty())
        throw Fault(ExitCode::no_input, badges.only.empty() ? "Nobody has a badge to print"
                                                            : "No badge matches " + quote(badges.only));
    const EventKeys keys = open_keys(options, event);
    if (!badges.png.empty()) create_folder(badges.png);
    BadgePdf pdf(badges.out);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const BadgePage page = page_of(wanted[i], event, keys);
        pdf.add(page);
        if (!badges.png.empty()) write_badge_png(page, badges.png / file_name_of(page.attendee_id));
        show_progress(i + 1, wanted.size());
    }
    pdf.finish();
    std::cout << wanted.size() << " badges, two pages each: " << badges.out.string() << '\n';
    if (without > 0)
        std::cerr << "hudoor: " << without << " carry an imported code and have no badge of ours.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
