/// What stands behind the screen of a running kiosk: the journal, and the desk that knows what is
/// in it; opened at the start.
#pragma once

#include <memory>

#include "kiosk/desk/desk.hpp"
#include "kiosk/enrol/publication.hpp"
#include "kiosk/options.hpp"
#include "storage/base/files.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

struct OpenDesk {
    std::unique_ptr<storage::TemporaryFolder> training;  ///< in place of the state, gone at the end
    storage::StartCountPtr starts;                       ///< none in training
    std::unique_ptr<storage::Keepers> keepers;
    std::unique_ptr<Desk> desk;
};

/// The first fact of this start is durable on return. The clock must outlive it. Throws Fault:
/// those of open_journal_pair and Desk::open.
[[nodiscard]] OpenDesk open_desk(const AppOptions& options, Publication now, const Clock& clock);

}  // namespace hudoor::kiosk
