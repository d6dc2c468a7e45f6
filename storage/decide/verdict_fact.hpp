/// From a verdict to the fact that records it, and from an usher's answer to the fact of that: who,
/// which way and why is the law of the event, whoever decides. Pure; the chain stamps what comes
/// out.
#pragma once

#include <chrono>

#include "storage/badge/code.hpp"
#include "storage/decide/admission.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// A decision as it was made.
struct Decided {
    const Code& code;  ///< an own badge or an imported code
    const Verdict& verdict;
    Direction direction = Direction::entry;
    Method method{};
    UsherNumber usher{};                 ///< who named the person; 0: a scan
    std::uint64_t replica_revision = 0;  ///< 0: without a guest list
    std::chrono::nanoseconds took{};     ///< from the frame to the decision
};

/// admitted, left or refused.
[[nodiscard]] Fact make_verdict_fact(const Decided& decided);

/// An usher lets in, or out at an exit, whom `refusal` refused: the same person the same way, and
/// nobody who is known if the badge was not proved.
[[nodiscard]] Fact make_override(const Fact& refusal, Override reason, UsherNumber by);

/// Writes into an admitted or left which supervisor let the usher do it.
void approve(Fact& override, UsherNumber supervisor);
/// 0: nobody, or nobody was needed.
[[nodiscard]] UsherNumber approver_in(const Fact& fact);

/// Somebody without registration comes in, to the session on the sign; `registration` is new.
[[nodiscard]] Fact make_guest_admission(RegistrationId registration, SessionId session,
                                        UsherNumber by, std::uint64_t replica_revision);

/// Of an admitted, a left or an act.
[[nodiscard]] Fact make_undone(const FactId& reference, UsherNumber by);
/// The way back of that: the same admitted or left once more, which names the undone.
[[nodiscard]] Fact make_restored(const Fact& passage, const FactId& undone, UsherNumber by);

}  // namespace hudoor::storage
