#include "kiosk/enrol/publication.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

/// `now` with this guest list in place of its own.
void take_list(Publication& now, InForce& in_force, std::optional<Replica> replica) {
    in_force.list.reset();
    in_force.registered.clear();
    now.names.reset();
    now.replica.reset();
    if (!replica) return;
    std::vector<NamedPerson> names;
    names.reserve(replica->header().registrations);
    replica->visit([&](const Registration& person) {
        names.push_back({person.id, person.name, person.organisation, person.country,
                         person.delegation, person.external_id, person.badge});
        for (const SessionId session : person.sessions) ++in_force.registered[session];
    });
    in_force.list = replica->header();
    now.names = std::make_shared<const std::vector<NamedPerson>>(std::move(names));
    now.replica = std::make_shared<const Replica>(std::move(*replica));
}

std::shared_ptr<const KioskSecrets> copy_of(const KioskSecrets& secrets) {
    return std::make_shared<const KioskSecrets>(
        KioskSecrets{SigningKey(Secret<32>(secrets.signing.seed().view())),
                     OpeningKey(Secret<32>(secrets.opening.secret().view()))});
}

}  // namespace

Publisher::Publisher(const Enrolment& enrolment, bool training) {
    if (enrolment.secrets) now_.secrets = copy_of(*enrolment.secrets);
    say({.identity = enrolment.identity,
         .refusals = enrolment.refusals,
         .roster = enrolment.roster,
         .list = {},
         .registered = {},
         .training = training},
        open_guest_list(enrolment, now_.secrets ? &now_.secrets->opening : nullptr));
}

Publication Publisher::take_first() {
    const std::lock_guard lock(mutex_);
    Publication first = now_;
    now_.names.reset();
    return first;
}

void Publisher::listen(std::function<void(const Publication&)> on_publication) {
    const std::lock_guard lock(mutex_);
    on_publication_ = std::move(on_publication);
}

void Publisher::publish(Opened opened) {
    const std::lock_guard lock(mutex_);
    now_.secrets = std::make_shared<const KioskSecrets>(std::move(opened.secrets));
    say(*now_.in_force, std::move(opened.replica));
}

void Publisher::publish(TakenUpdate update) {
    const std::lock_guard lock(mutex_);
    InForce in_force = *now_.in_force;
    in_force.identity = std::move(update.update.identity);
    in_force.refusals = std::move(update.update.refusals);
    in_force.roster = std::move(update.update.roster);
    say(std::move(in_force), std::move(update.replica));
}

void Publisher::say(InForce in_force, std::optional<Replica> replica) {
    take_list(now_, in_force, std::move(replica));
    now_.in_force = std::make_shared<const InForce>(std::move(in_force));
    if (!on_publication_) return;
    on_publication_(now_);
    now_.names.reset();
}

}  // namespace hudoor::kiosk
