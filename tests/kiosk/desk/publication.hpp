/// What is in force at the fixture's kiosk, for tests and benchmarks.
#pragma once

#include "kiosk/enrol/publication.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

[[nodiscard]] inline std::shared_ptr<const storage::KioskSecrets> kiosk_secrets() {
    return std::make_shared<const storage::KioskSecrets>(
        storage::KioskSecrets{storage::SigningKey(test_secret("kiosk")),
                              storage::OpeningKey(test_secret("kiosk opening"))});
}

/// By the fixture's event as it is now; without a list by signatures alone.
[[nodiscard]] inline kiosk::Publication publication_of(
    const EventFixture& event, std::optional<storage::Replica> replica,
    std::shared_ptr<const storage::KioskSecrets> secrets, bool training = false) {
    kiosk::Publication now;
    storage::InForce in_force;
    in_force.identity = event.identity;
    in_force.refusals = event.refusals;
    in_force.training = training;
    now.secrets = std::move(secrets);
    if (replica) {
        in_force.list = replica->header();
        now.replica = std::make_shared<const storage::Replica>(std::move(*replica));
    }
    now.in_force = std::make_shared<const storage::InForce>(std::move(in_force));
    return now;
}

}  // namespace hudoor::test
