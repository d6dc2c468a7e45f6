/// The rows of one journal on their way into a new file: as far as they can be read, unchanged.
#pragma once

#include "config/fault.hpp"
#include "storage/base/sqlite.hpp"

namespace hudoor::storage {

inline constexpr std::string_view insert_fact_row =
    "INSERT INTO fact (epoch, seq, encoding, hash, signature) VALUES (?, ?, ?, ?, ?)";

/// Runs `work` on what can be read; damage met on the way ends it, other faults are thrown on.
template <typename Work>
void until_damage(const Work& work) {
    try {
        work();
    } catch (const Fault& fault) {
        if (fault.exit_code() != ExitCode::bad_data) throw;
    }
}

/// The first facts, at most so many; how many there were. Throws DatabaseFault.
std::uint64_t copy_facts(const Database& from, std::uint64_t most, const Database& to);
/// What else a journal keeps, until damage ends it.
void copy_state(const Database& from, const Database& to);

}  // namespace hudoor::storage
