/// The journal of a kiosk that is stopped, for commands: what was in force there, and the command's
/// own acts, in an epoch of theirs.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

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
    /// `visit` sees each fact of before, in the order of the journal.
    using Visit = std::function<void(const storage::StoredFact&)>;
    StoppedJournal(const Options& options, const storage::Identity& identity,
                   const Visit& visit = {});

    /// Nothing older may come into force.
    [[nodiscard]] const storage::Edition& newest() const { return editions_.newest(); }

    /// What was wrong with a device when it was opened, since the last call.
    [[nodiscard]] std::vector<storage::DeviceNews> take_news() {
        return pair_.keepers->take_news();
    }

    /// The intent, before the deed. `now` is in force; the key must outlive this. Throws Fault(io)
    /// if it cannot be kept. At most one act.
    void begin(storage::ActCode act, const storage::Edition& now, const storage::SigningKey& key);
    /// What became of it, and what is in force from now on.
    void end(ExitCode outcome, const storage::Edition& now);
    /// What begin() and end() kept, in its order.
    [[nodiscard]] const std::vector<storage::StoredFact>& own() const { return own_; }

private:
    void keep(storage::Fact fact);

    SystemClock clock_;
    storage::ChainOptions chain_options_;
    storage::KnownEditions editions_;
    std::optional<storage::Head> proved_;  ///< the newest fact that is
    storage::JournalPair pair_;
    std::optional<storage::Chain> chain_;
    std::vector<storage::StoredFact> own_;
};

}  // namespace hudoor::kiosk
