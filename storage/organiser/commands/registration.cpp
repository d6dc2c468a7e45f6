#include <algorithm>
#include <iostream>
#include <limits>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

std::string clean_reason(const std::string& why) {
    const auto clean = clean_text(why);
    if (!clean || clean->text.empty()) throw Fault(ExitCode::usage, "--why must say why");
    return clean->text;
}

}  // namespace

ExitCode revoke_badge(const EventOptions& event, const RevokeOptions& options) {
    EventStore store(event.event);
    const std::string why = clean_reason(options.why);
    const OrganiserRegistration one = get_person(store, options.who);
    if (one.door.badge.is_zero())
        throw Fault(ExitCode::bad_data, name_to_show(one) +
                                            " carries an imported code and no badge of ours; "
                                            "import them with status cancelled, or reissue");
    store.revoke(one.door.badge, one.door.issue,
                 change_now("revoke " + one.door.external_id + ": " + why));
    std::cout << "Revoked: badge " << typed_code(one.door.badge) << ", issue "
              << static_cast<int>(one.door.issue) << ", of " << name_to_show(one) << ". "
              << say_next;
    return ExitCode::done;
}

ExitCode reissue_badge(const EventOptions& event, const std::string& who) {
    EventStore store(event.event);
    OrganiserRegistration one = get_person(store, who);
    // 255 means "every issue" in a revocation.
    if (one.door.issue + 1 >= std::numeric_limits<std::uint8_t>::max())
        throw Fault(ExitCode::bad_data,
                    "This badge was reissued 254 times; register the person anew");
    if (one.door.badge.is_zero()) one.door.badge = draw_badge_number();
    one.door.issue = static_cast<std::uint8_t>(one.door.issue + 1);
    one.badge_valid_until = std::max(one.badge_valid_until, store.event().badges_valid_until());
    one.badge_key = 0;   // not printed yet
    one.door.code = {};  // an imported code they carried is replaced, too
    store.save({&one, 1}, change_now("reissue " + one.door.external_id));
    std::cout << "Reissued: badge " << typed_code(one.door.badge) << ", now issue "
              << static_cast<int>(one.door.issue) << ", of " << name_to_show(one) << ". "
              << say_next << "Print it with: "
              << say_command(event,
                             "badges --only=" + shell_word(one.door.external_id) + " badge.pdf")
              << '\n';
    return ExitCode::done;
}

}  // namespace hudoor::organiser
