/// What stands behind the screen of a running kiosk: journal, guest list, desk; opened at the
/// start.
#pragma once

#include <memory>
#include <optional>

#include "kiosk/desk/desk.hpp"
#include "kiosk/desk/search_thread.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/options.hpp"
#include "storage/base/files.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

struct Back {
    std::unique_ptr<storage::TemporaryFolder> training;  ///< in place of the state, gone at the end
    std::unique_ptr<storage::Keepers> keepers;
    std::unique_ptr<Desk> desk;
    std::optional<WallTime> list_created;
    GuestNames names;  ///< empty without a guest list
};

/// The first fact of this start is durable on return. The clock and the enrolment must outlive it.
/// Throws Fault: those of open_journal_pair and Desk::open.
[[nodiscard]] Back open_back(const AppOptions& options, const Enrolment& enrolment,
                             const Clock& clock);

}  // namespace hudoor::kiosk
