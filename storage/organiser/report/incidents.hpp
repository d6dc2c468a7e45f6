/// What an organiser should look at after the kiosks' facts met: a pure function of all facts and
/// of what the event knows, so the same everywhere, but for what came after a kiosk was disabled.
#pragma once

#include "storage/organiser/report/people_index.hpp"

namespace hudoor::organiser {

enum class IncidentKind {
    double_admit,               ///< in twice, where the session's policy allows once
    admitted_after_revocation,  ///< with a badge that the organisers had revoked
    fork,            ///< two pasts of one kiosk: restored from a copy, or two with one identity
    unmatched_exit,  ///< out without having come in
    orphan,          ///< of a person, or of a fact, that nobody knows
    override_without_refusal,  ///< an usher's act that answers no refusal
    impossible_travel,         ///< a badge at two places at once
    clock_disagreement,        ///< times that cannot be right
    after_disabling,           ///< recorded, or first brought, after the kiosk was disabled
    gap,                       ///< facts that must have been there and are not
    unproved,                  ///< proved by nothing, so kept apart from all that counts
    unsigned_act,              ///< a privileged act by a program without its kiosk's identity
    damaged,                   ///< a journal was not whole at a start
    replaced,                  ///< a journal's files were removed or replaced in use
    tail_missing,              ///< a journal ended before where it had been
    list_rolled_back,          ///< a kiosk went on with something older than it had before
    unfinished_act             ///< a deed was begun, and its end was not recorded
};

/// "double_admit"
[[nodiscard]] std::string_view name_of(IncidentKind kind);

struct Incident {
    IncidentKind kind{};
    std::string what;                     ///< in English, for the organiser
    std::optional<std::uint32_t> person;  ///< as PeopleIndex numbers them
    std::vector<Moment> facts;            ///< those behind it, in their order
    /// Of unproved facts: what `merge --accept` takes, the first few.
    std::vector<std::string> to_accept{};
};

struct IncidentContext {
    const storage::Agenda& agenda;
    const std::vector<Kiosk>& kiosks;
    const std::vector<Revocation>& revocations;
    WallTime earliest;                       ///< no kiosk of the event can have recorded before
    WallTime latest;                         ///< nor after
    std::chrono::seconds shortest_walk{30};  ///< from one place to another
};

/// By kind, then by the time of the first fact.
[[nodiscard]] std::vector<Incident> find_incidents(const Timeline& timeline,
                                                   const PeopleIndex& people,
                                                   const IncidentContext& context);

/// The admitted and left that no undone fact names, in their order.
[[nodiscard]] std::vector<const Moment*> remaining_passages(const Timeline& timeline);

}  // namespace hudoor::organiser
