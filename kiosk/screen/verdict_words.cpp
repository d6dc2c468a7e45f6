#include "kiosk/screen/verdict_words.hpp"

#include <algorithm>
#include <iterator>

namespace hudoor::kiosk {
namespace {

using storage::Reason;
using enum storage::VerdictKind;

// By reason; where a reason has two verdicts, the one that is not admitted comes last. Blocked and
// the two that hint at forgery stay neutral: the words of see.word alone.
constexpr VerdictWords table[] = {
    {Reason::ok, admitted, "ok.word", "", Middle::person, NextStep::seat},
    {Reason::bad_signature, see_usher, "see.word", "", Middle::nothing, NextStep::help_desk},
    {Reason::unknown_key, refused, "see.word", "no.verify", Middle::detail, NextStep::help_desk},
    {Reason::key_revoked, see_usher, "see.word", "", Middle::nothing, NextStep::help_desk},
    {Reason::wrong_event, refused, "see.word", "no.event", Middle::detail, NextStep::help_desk},
    {Reason::badge_expired, refused, "see.word", "no.expired", Middle::detail, NextStep::help_desk},
    {Reason::revoked, refused, "see.word", "no.revoked", Middle::detail, NextStep::help_desk},
    {Reason::signature_only, admitted, "ok.word", "", Middle::this_session, NextStep::seat},
    {Reason::signature_only, see_usher, "see.word", "", Middle::nothing, NextStep::help_desk},
    {Reason::not_on_list, see_usher, "see.word", "see.unknown", Middle::detail,
     NextStep::help_desk},
    {Reason::unknown_code, see_usher, "see.word", "see.unknown", Middle::detail,
     NextStep::help_desk},
    {Reason::badge_replaced, refused, "see.word", "no.replaced", Middle::detail,
     NextStep::help_desk},
    {Reason::cancelled, refused, "see.word", "no.cancelled", Middle::detail, NextStep::help_desk},
    {Reason::blocked, see_usher, "see.word", "", Middle::nothing, NextStep::help_desk},
    {Reason::pending, see_usher, "see.word", "see.pending", Middle::detail, NextStep::help_desk},
    {Reason::not_valid_today, refused, "see.word", "no.day", Middle::detail, NextStep::help_desk},
    {Reason::no_session_here, see_usher, "see.word", "door.none", Middle::detail,
     NextStep::next_session},
    {Reason::wrong_session, refused, "no.session", "no.now", Middle::right_session,
     NextStep::right_room},
    {Reason::too_early, see_usher, "no.early", "", Middle::doors, NextStep::doors},
    {Reason::session_over, refused, "no.ended", "", Middle::this_session, NextStep::next_session},
    {Reason::attention, see_usher, "see.word", "see.attention", Middle::detail,
     NextStep::help_desk},
    {Reason::already_in, already_in, "again.word", "again.since", Middle::since,
     NextStep::see_usher},
    {Reason::session_full, see_usher, "see.word", "see.full", Middle::detail, NextStep::help_desk},
    {Reason::guessable_code, see_usher, "see.word", "see.code", Middle::detail,
     NextStep::help_desk},
    {Reason::refused_by_list, see_usher, "see.word", "", Middle::nothing, NextStep::help_desk},
    // The other one of wrong_session.
    {Reason::wrong_session, refused, "no.session", "no.later", Middle::right_session,
     NextStep::later_room},
};
constexpr const VerdictWords& not_open_yet = table[std::size(table) - 1];

// Nothing is known but that no one was admitted.
constexpr VerdictWords unknown{Reason::none, see_usher,       "see.word",
                               "",           Middle::nothing, NextStep::help_desk};

constexpr VerdictWords goodbye{Reason::ok, admitted,       "exit.word",
                               "",         Middle::person, NextStep::nothing};

}  // namespace

const VerdictWords& verdict_words(storage::VerdictKind kind, storage::Reason reason,
                                  storage::Direction direction) {
    if (kind == admitted && direction == storage::Direction::exit) return goodbye;
    const auto fits = [&](const VerdictWords& row) {
        return row.reason == reason && (kind == admitted || row.shown != admitted);
    };
    const auto* row = std::find_if(std::begin(table), std::end(table), fits);
    return row == std::end(table) ? unknown : *row;
}

const VerdictWords& verdict_words(const storage::Verdict& verdict, storage::Direction direction) {
    const bool later = verdict.reason == Reason::wrong_session && verdict.kind != admitted &&
                       verdict.instead && !verdict.instead_is_open;
    return later ? not_open_yet : verdict_words(verdict.kind, verdict.reason, direction);
}

std::span<const VerdictWords> all_verdict_words() { return table; }

}  // namespace hudoor::kiosk
