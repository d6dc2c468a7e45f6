/// The journal of a kiosk that is stopped, for commands: what was in force there, and the command's
/// own acts, in an epoch of theirs.
#pragma once

#include <filesystem>

#include "config/exit_code.hpp"
#include "storage/facts/chain.hpp"
#include "storage/facts/known_editions.hpp"
#include "storage/guests/identity.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

class StoppedJournal {
public:
    struct Options {
        std::filesystem::path state;
        std::filesystem::path mirror{};  ///< setting storage.mirror; empty: none
    };
    /// Holds the kiosk still as long as it lives. Throws Fault: try_again (the kiosk is running),
    /// and those of open_journal_pair.
    StoppedJournal(const Options& options, const storage::Identity& identity);

    /// Nothing older may come into force.
    [[nodiscard]] const storage::Edition& newest() const { return editions_.newest(); }

    /// The intent, before the deed. `now` is in force; the key must outlive this. Throws Fault(io)
    /// if it cannot be kept. At most one act.
    void begin(storage::ActCode act, const storage::Edition& now, const storage::SigningKey& key);
    /// What became of it, and what is in force from now on.
    void end(ExitCode outcome, const storage::Edition& now);

private:
    void keep(storage::Fact fact);

    SystemClock clock_;
    storage::ChainOptions chain_options_;
    storage::KnownEditions editions_;
    std::optional<storage::Head> proved_;  ///< the newest fact that is
    storage::JournalPair pair_;
    std::optional<storage::Chain> chain_;
    storage::FactId intent_;
};

}  // namespace hudoor::kiosk
