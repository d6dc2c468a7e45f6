#include "kiosk/enrol/update.hpp"

#include "config/fault.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/enrol/stopped_journal.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

KioskSecrets open_secrets_of(Enrolment enrolment, const UpdateOptions& options) {
    if (enrolment.secrets) return std::move(*enrolment.secrets);
    if (!enrolment.digit_lock)
        throw Fault(ExitCode::not_allowed, "No key opens an update here: " + enrolment.trouble);
    auto opened = open_with_digits(enrolment, options.ask_digits().view());
    if (!opened) throw Fault(ExitCode::not_allowed, "These are not the digits of this kiosk");
    return std::move(opened->secrets);
}

}  // namespace

Updated update(const UpdateOptions& options) {
    Enrolment enrolment = load_enrolment(options.state);
    const Edition here = edition_of(enrolment);
    const Identity kiosk = enrolment.identity;
    StoppedJournal journal({options.state, options.mirror}, kiosk);
    const KioskSecrets secrets = open_secrets_of(std::move(enrolment), options);
    journal.begin(ActCode::update_taken, here, secrets.signing);
    try {
        const TakenUpdate taken = take_update(options.bundle, options.state, kiosk,
                                              newest_of(here, journal.newest()), secrets.opening);
        journal.end(ExitCode::done, taken.update.edition);
        return {kiosk.kiosk_name, taken.update.edition, taken.replica.header().registrations};
    } catch (const Fault& fault) {
        journal.end(fault.exit_code(), here);
        throw;
    }
}

}  // namespace hudoor::kiosk
