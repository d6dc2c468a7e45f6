/// Counts the kiosk's starts and ends in the machine's TPM, which cannot be set back with the
/// disk's content.
#pragma once

#include <string>

#include "storage/journal/start_count.hpp"

namespace hudoor::kiosk {

/// Asks the TPM; it is raised on a thread of its own, which the last owner waits for. Of a TPM that
/// does not answer the log says so, and nothing is counted this time.
[[nodiscard]] storage::StartCountPtr count_starts(const std::optional<std::string>& tcti);

}  // namespace hudoor::kiosk
