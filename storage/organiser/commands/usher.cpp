#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/badge/badge.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/pins.hpp"
#include "storage/organiser/commands/text_table.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr int least_number = 1;  // typed as 01
constexpr int greatest_number = 999;

void say_print(const EventOptions& options, int number) {
    std::cout << "Print the staff badge with: "
              << say_command(options,
                             "badges --ushers --only " + std::to_string(number) + " badge.pdf")
              << '\n';
}

}  // namespace

ExitCode add_usher(const EventOptions& event, const UsherAddOptions& options) {
    EventStore store(event.event);
    const auto name = clean_text(options.name);
    if (!name || name->text.empty()) throw Fault(ExitCode::usage, "An usher needs a name");
    if (options.number < least_number || options.number > greatest_number)
        throw Fault(ExitCode::usage, "An usher's number has two or three digits");
    const SecretText pin =
        config::read_passphrase(options.pin_file, "New PIN of 6 to 10 digits", "--pin-file", true);
    check_pin(pin.view());
    const UsherRole role = options.role == "supervisor" ? UsherRole::supervisor : UsherRole::usher;
    const BadgeNumber badge = options.badge ? draw_badge_number() : BadgeNumber{};
    store.add_usher(
        {static_cast<UsherNumber>(options.number), role, name->text, hash_pin(pin.view()), badge},
        change_now("usher add " + std::to_string(options.number)));
    std::cout << "Usher " << options.number << " is a"
              << (role == UsherRole::usher ? "n usher" : " supervisor")
              << "; kiosks know it from their next update.\n";
    if (options.badge) say_print(event, options.number);
    return ExitCode::done;
}

ExitCode list_ushers(const EventOptions& options, bool json) {
    const EventStore store(options.event);
    auto all = nlohmann::ordered_json::array();
    for (const Usher& usher : store.ushers())
        all.push_back({{"number", static_cast<int>(usher.number)},
                       {"name", usher.name},
                       {"role", usher.role == UsherRole::supervisor ? "supervisor" : "usher"},
                       {"badge", usher.badge.is_zero() ? "" : typed_code(usher.badge)}});
    if (json) {
        std::cout << all.dump() << '\n';
        return ExitCode::done;
    }
    TextTable table({"NUMBER", "ROLE", "NAME", "STAFF BADGE"});
    for (const auto& usher : all)
        table.add({usher["number"].dump(), usher["role"],
                   "\u2068" + usher["name"].get<std::string>() + "\u2069", usher["badge"]});
    std::cout << table;
    return ExitCode::done;
}

ExitCode renew_usher(const EventOptions& options, int number) {
    EventStore store(options.event);
    store.set_usher_badge(static_cast<UsherNumber>(number), draw_badge_number(),
                          change_now("usher renew " + std::to_string(number)));
    std::cout << "Usher " << number
              << " has a new staff badge; kiosks know it from their next update.\n";
    say_print(options, number);
    return ExitCode::done;
}

ExitCode disable_usher(const EventOptions& options, int number) {
    EventStore store(options.event);
    store.disable_usher(static_cast<UsherNumber>(number),
                        change_now("usher disable " + std::to_string(number)));
    std::cout << "Usher " << number << " is disabled from the next guest list on.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
