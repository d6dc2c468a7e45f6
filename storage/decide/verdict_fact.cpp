#include "storage/decide/verdict_fact.hpp"

#include <algorithm>
#include <limits>

#include "storage/base/bytes.hpp"

namespace hudoor::storage {

namespace {

FactKind passage(Direction direction) {
    return direction == Direction::exit ? FactKind::left : FactKind::admitted;
}

std::uint32_t clamp_ms(std::chrono::nanoseconds span) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(span).count(), 0,
        std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

Fact make_verdict_fact(const Decided& decided) {
    Fact fact;
    const bool admitted = decided.verdict.kind == VerdictKind::admitted;
    fact.kind = admitted ? passage(decided.direction) : FactKind::refused;
    fact.registration = decided.verdict.person.registration;
    if (const auto* badge = std::get_if<SignedBadge>(&decided.code)) {
        fact.badge = badge->token.number;
        fact.issue = badge->token.issue;
    } else {
        fact.code = std::get<ImportedCode>(decided.code).hash;
    }
    fact.session = decided.verdict.session;
    fact.direction = decided.direction;
    fact.verdict = decided.verdict.kind;
    fact.reason = decided.verdict.reason;
    fact.method = decided.method;
    fact.usher = decided.usher;
    fact.replica_revision = decided.replica_revision;
    fact.argument = clamp_ms(decided.took);
    return fact;
}

Fact make_override(const Fact& refusal, Override reason, UsherNumber by) {
    Fact fact;
    fact.kind = passage(refusal.direction);
    fact.registration = refusal.registration;
    if (is_of_proved_badge(refusal.reason)) {
        fact.badge = refusal.badge;
        fact.issue = refusal.issue;
    }
    fact.code = refusal.code;
    fact.session = refusal.session;
    fact.direction = refusal.direction;
    fact.verdict = VerdictKind::admitted;
    fact.reason = refusal.reason;
    fact.method = refusal.method;
    fact.override_reason = reason;
    fact.usher = by;
    fact.reference = refusal.id;
    fact.replica_revision = refusal.replica_revision;
    return fact;
}

void approve(Fact& override, UsherNumber supervisor) {
    ByteWriter out;
    out.u16(static_cast<std::uint16_t>(supervisor));
    override.payload = out.take();
}

UsherNumber approver_in(const Fact& fact) {
    const bool is_passage = fact.kind == FactKind::admitted || fact.kind == FactKind::left;
    if (!is_passage || fact.override_reason == Override::none || fact.payload.size() != 2)
        return {};
    return UsherNumber{ByteReader(fact.payload).u16()};
}

Fact make_guest_admission(RegistrationId registration, SessionId session, UsherNumber by,
                          std::uint64_t replica_revision) {
    Fact fact;
    fact.kind = FactKind::admitted;
    fact.registration = registration;
    fact.session = session;
    fact.direction = Direction::entry;
    fact.verdict = VerdictKind::admitted;
    fact.reason = Reason::ok;
    fact.method = Method::typed;
    fact.usher = by;
    fact.replica_revision = replica_revision;
    return fact;
}

Fact make_undone(const FactId& reference, UsherNumber by) {
    Fact fact;
    fact.kind = FactKind::undone;
    fact.reference = reference;
    fact.usher = by;
    return fact;
}

/// The chain stamps all that is of its own.
Fact make_restored(const Fact& passage, const FactId& undone, UsherNumber by) {
    Fact fact = passage;
    fact.usher = by;
    fact.reference = undone;
    fact.argument = 0;  // nobody waited before a camera
    return fact;
}

}  // namespace hudoor::storage
