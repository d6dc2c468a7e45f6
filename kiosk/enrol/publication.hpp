/// The one message by which something comes into force: at the start, when a supervisor's digits
/// open the secrets, when a newer list was taken. Every thread that needs to know gets the same
/// one.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "kiosk/enrol/enrolment.hpp"
#include "storage/guests/in_force.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

struct Publication {
    storage::InForcePtr in_force;
    std::shared_ptr<const storage::KioskSecrets> secrets;  ///< none: nothing is signed or opened
    /// For the search; none without a guest list. Whoever keeps the message lets go of them: they
    /// are large.
    std::shared_ptr<const std::vector<storage::NamedPerson>> names;
    /// The desk's: nobody else may look anything up in it, its handle belongs to one thread.
    std::shared_ptr<const storage::Replica> replica;
};

/// Makes publications out of what was there and what is new, and hands each to who listens.
/// Thread-safe.
class Publisher {
public:
    /// What an enrolment says, with the guest list its secrets open.
    Publisher(const Enrolment& enrolment, bool training);

    /// The first one, once: before anybody listens.
    [[nodiscard]] Publication take_first();
    /// `on_publication` is called by the thread that publishes, one publication after another.
    void listen(std::function<void(const Publication&)> on_publication);
    /// Secrets that digits have opened, and the guest list if there is one.
    void publish(Opened opened);
    void publish(storage::TakenUpdate update);

private:
    void say(storage::InForce in_force, std::optional<storage::Replica> replica);

    std::mutex mutex_;
    Publication now_;
    std::function<void(const Publication&)> on_publication_;
};

}  // namespace hudoor::kiosk
