/// A kiosk's journal, or a copy of one, read without touching it: what is opened is a private copy
/// of the file and of the log beside it.
#pragma once

#include <filesystem>

#include "storage/organiser/merge/facts_check.hpp"

namespace hudoor::organiser {

/// Everything that can be said of the file by itself. A file that is no whole journal has that as
/// its trouble. Throws Fault: no_input (there is none), try_again (a running kiosk holds it), io.
[[nodiscard]] FactsReport check_journal(const std::filesystem::path& file,
                                        const FindKioskKey& find_key);

/// Every row of the file, as far as it can be read, until `visit` returns false. What is wrong with
/// the file as a database, if anything. Throws Fault: no_input, try_again, bad_data (no journal at
/// all), io.
[[nodiscard]] std::optional<std::string> visit_journal(
    const std::filesystem::path& file, const std::function<bool(const storage::FactRow&)>& visit);

}  // namespace hudoor::organiser
