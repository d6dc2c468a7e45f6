#include "storage/names/country.hpp"
#include "storage/organiser/badges/pages.hpp"

#include <algorithm>
#include <functional>
#include <iostream>

#include "assets/assets_dir.hpp"
#include "assets/catalogue.hpp"
#include "assets/colours.hpp"
#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/people/query.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

const Category& category_of(const Identity& event, const OrganiserRegistration& one) {
    for (const Category& category : event.categories)
        if (category.id == one.door.category) return category;
    throw Fault(ExitCode::bad_data,
                "event.db names a category that it has not; take a backup of it");
}

/// The code as it is signed now.
std::string code_of(BadgeNumber number, std::uint8_t issue, std::chrono::sys_days valid_until,
                    const Identity& event, const EventKeys& keys) {
    return make_badge_text({keys.current_badge_key, number, event.event, issue, valid_until},
                           keys.badge_keys.at(keys.current_badge_key));
}

BadgePage page_of(const OrganiserRegistration& one, const Identity& event, const EventKeys& keys) {
    const Category& category = category_of(event, one);
    return {event.event_name,
            one.door.name,
            one.door.organisation,
            storage::country_name(one.door.country),
            category.name,
            category.colour_rgb,
            one.door.external_id,
            code_of(one.door.badge, one.door.issue, one.badge_valid_until, event, keys),
            typed_code(one.door.badge)};
}

BadgePage page_of(const Usher& usher, const Identity& event, const EventKeys& keys,
                  const assets::Catalogue& words) {
    const char* role = usher.role == UsherRole::supervisor ? "role.supervisor" : "role.usher";
    const bool arabic = has_arabic(usher.name);
    return {event.event_name,
            {arabic ? usher.name : "", arabic ? "" : usher.name},
            {},
            {},
            {words.text(role, assets::Language::ar), words.text(role, assets::Language::en)},
            assets::colours::sand,
            std::to_string(static_cast<int>(usher.number)),
            code_of(usher.badge, 1, event.badges_valid_until(), event, keys),
            typed_code(usher.badge)};
}

BadgeLayout layout_of(const std::string& name) {
    if (name == "a4-4xa6") return BadgeLayout::a4_4xa6;
    return name == "a4-8xa7" ? BadgeLayout::a4_8xa7 : BadgeLayout::a6;
}

/// An attendee_id as the name of a file.
std::string file_name_of(const std::string& external_id) {
    std::string name = external_id;
    std::replace_if(
        name.begin(), name.end(), [](char sign) { return sign == '/' || sign == '\0'; }, '_');
    if (name.starts_with('.')) name.front() = '_';
    return name + ".png";
}

void create_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Fault(ExitCode::cannot_create,
                    "Cannot create " + folder.string() + ": " + error.message());
}

/// What is to be printed; made one by one, since a page is heavy with names.
using PageMaker = std::function<BadgePage(const EventKeys&)>;

struct Wanted {
    std::vector<PageMaker> pages;
    std::vector<RegistrationId> people;  ///< whose they are; of ushers nobody
    std::size_t without = 0;             ///< carry an imported code, or have no staff badge
    std::size_t refused = 0;             ///< cancelled or blocked, and not asked for
};

Wanted find_delegates(const EventStore& store, const Identity& event, const std::string& only) {
    Wanted wanted;
    auto all = store.registrations();
    for (const std::size_t number : query_people(all, event, only)) {
        OrganiserRegistration& one = all[number];
        const bool refused = one.door.status == RegistrationStatus::cancelled ||
                             one.door.status == RegistrationStatus::blocked;
        if (refused && !is_named_by(one, only))
            ++wanted.refused;
        else if (one.door.badge.is_zero())
            ++wanted.without;
        else {
            wanted.people.push_back(one.door.id);
            wanted.pages.push_back([one = std::move(one), &event](const EventKeys& keys) {
                return page_of(one, event, keys);
            });
        }
    }
    return wanted;
}

Wanted find_ushers(const EventStore& store, const Identity& event, const std::string& only,
                   const assets::Catalogue& words) {
    Wanted wanted;
    for (Usher& usher : store.ushers()) {
        const std::string number = std::to_string(static_cast<int>(usher.number));
        if (!only.empty() && only != number && !contains_folded(usher.name, only)) continue;
        if (usher.badge.is_zero())
            ++wanted.without;
        else
            wanted.pages.push_back(
                [usher = std::move(usher), &event, &words](const EventKeys& keys) {
                    return page_of(usher, event, keys, words);
                });
    }
    return wanted;
}

/// `mark`: what stands on every one.
int print(const Wanted& wanted, const EventKeys& keys, const Bilingual& mark,
          const BadgesOptions& badges) {
    const BadgeLayout layout = layout_of(badges.layout);
    if (!badges.png.empty()) create_folder(badges.png);
    BadgePdf pdf(badges.out, layout);
    for (std::size_t i = 0; i < wanted.pages.size(); ++i) {
        BadgePage page = wanted.pages[i](keys);
        page.mark = mark;
        pdf.add(page);
        if (!badges.png.empty())
            write_badge_png(page, layout, badges.png / file_name_of(page.attendee_id));
        show_progress(i + 1, wanted.pages.size());
    }
    pdf.finish();
    return pdf.pages();
}

}  // namespace

ExitCode print_badges(const EventOptions& options, const BadgesOptions& badges) {
    EventStore store(options.event);
    store.refuse_purged();
    const Identity event = store.event();
    const assets::Catalogue words(assets::find_assets_dir());
    const Wanted wanted = badges.ushers ? find_ushers(store, event, badges.only, words)
                                        : find_delegates(store, event, badges.only);
    if (wanted.refused > 0)
        std::cerr << "hudoor: left out: " << counted(wanted.refused, "person is", "people are")
                  << " cancelled or blocked; --only cancelled, --only blocked or --only ID prints"
                     " their badges.\n";
    if (wanted.pages.empty())
        throw Fault(ExitCode::no_input, badges.only.empty()
                                            ? "Nobody has a badge to print"
                                            : "No badge matches " + quote(badges.only));
    const EventKeys keys = open_keys(options, event);
    Bilingual mark;
    if (event.demo)
        mark = {words.text("demo.mark", assets::Language::ar),
                words.text("demo.mark", assets::Language::en)};
    const int pages = print(wanted, keys, mark, badges);
    store.note_printed(wanted.people, keys.current_badge_key);
    std::cout << counted(wanted.pages.size(), "badge") << ", "
              << counted(static_cast<std::uint64_t>(pages), "page") << ": " << badges.out.string()
              << '\n';
    if (event.demo) std::cerr << "hudoor: This is " << demo_note(event) << ".\n";
    const auto without = wanted.without;
    if (without > 0 && badges.ushers)
        std::cerr << "hudoor: " << counted(without, "usher has", "ushers have")
                  << " no staff badge; give " << (without == 1 ? "it" : "them")
                  << " with hudoor usher renew.\n";
    else if (without > 0)
        std::cerr << "hudoor: " << counted(without, "person carries", "people carry")
                  << " an imported code and " << (without == 1 ? "has" : "have")
                  << " no badge of ours.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
