#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/text_table.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::ptrdiff_t most_valid_keys = 4;

void check_room(const std::vector<BadgeKey>& keys) {
    const auto valid =
        std::count_if(keys.begin(), keys.end(), [](const BadgeKey& key) { return !key.revoked; });
    if (valid >= most_valid_keys)
        throw Fault(ExitCode::bad_data,
                    "Four badge keys are valid already; revoke one before adding another");
    if (keys.back().id == 0xFF)
        throw Fault(ExitCode::bad_data, "This event has all the badge keys it can have");
}

}  // namespace

ExitCode add_key(const EventOptions& options) {
    EventStore store(options.event);
    const Identity event = store.event();
    check_room(event.badge_keys);
    SecretText passphrase;
    EventKeys keys = open_keys(options, event, passphrase);
    const auto id = static_cast<std::uint8_t>(event.badge_keys.back().id + 1);
    const SigningKey& key = keys.badge_keys.emplace(id, SigningKey::generate()).first->second;
    keys.current_badge_key = id;
    // First where kiosks learn of it: a key without its secret harms nobody, the other way round
    // its badges would be refused.
    store.add_badge_key({id, key.verify_key(), false}, change_now("key add " + std::to_string(id)));
    replace_event_keys(keys, options.event / "event.keys", passphrase.view());
    std::cout << "Badge key " << static_cast<int>(id)
              << " signs badges from now on; take a new copy of event.keys.\n"
              << "Bring it to the kiosks by hudoor update before badges with it are shown there.\n";
    return ExitCode::done;
}

ExitCode list_keys(const EventOptions& options, bool json) {
    const Identity event = EventStore(options.event).event();
    auto all = nlohmann::ordered_json::array();
    for (const BadgeKey& key : event.badge_keys)
        all.push_back(
            {{"id", static_cast<int>(key.id)}, {"revoked", key.revoked}, {"key", to_hex(key.key)}});
    if (json) {
        std::cout << all.dump() << '\n';
        return ExitCode::done;
    }
    TextTable table({"KEY", "STATE", "PUBLIC KEY"});
    for (const auto& key : all)
        table.add({key["id"].dump(), key["revoked"].get<bool>() ? "revoked" : "valid", key["key"]});
    std::cout << table;
    return ExitCode::done;
}

ExitCode revoke_key(const EventOptions& options, int id) {
    EventStore store(options.event);
    const auto keys = store.event().badge_keys;
    if (id == static_cast<int>(keys.back().id))
        throw Fault(ExitCode::not_allowed,
                    "Badge key " + std::to_string(id) +
                        " signs badges now; make another one first: hudoor key add");
    if (id < 1 || id > 0xFF)
        throw Fault(ExitCode::no_input, "There is no badge key " + std::to_string(id));
    store.revoke_badge_key(static_cast<std::uint8_t>(id),
                           change_now("key revoke " + std::to_string(id)));
    std::cout << "Badge key " << id
              << " is revoked: badges printed before the next key was added are refused"
              << " where the next update was taken. Print them again.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
