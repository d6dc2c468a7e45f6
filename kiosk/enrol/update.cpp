#include "kiosk/enrol/update.hpp"

#include "config/fault.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "storage/journal/lock.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

/// A kiosk that runs would go on with what it has in memory; its Health page takes updates.
JournalLock hold_still(const std::filesystem::path& state) try {
    return JournalLock(state);
} catch (const Fault& fault) {
    if (fault.exit_code() != ExitCode::unavailable) throw;
    throw Fault(ExitCode::try_again, "The kiosk is running: use its Health page, or end it first");
}

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
    const JournalLock lock = hold_still(options.state);
    const Edition now = edition_of(enrolment);
    const Identity kiosk = enrolment.identity;
    const KioskSecrets secrets = open_secrets_of(std::move(enrolment), options);
    const TakenUpdate taken =
        take_update(options.bundle, options.state, kiosk, now, secrets.opening);
    return {kiosk.kiosk_name, taken.update.edition, taken.replica.header().registrations};
}

}  // namespace hudoor::kiosk
