/// A kiosk's journal through a life of starts, commits and crashes on a disk that loses power and
/// fails, all drawn from one seed; after each crash it is looked whether what was acknowledged is
/// there.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/journal/salvage.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::test {

enum class Damage {
    lost,                   ///< an acknowledged fact is not there, or not byte for byte
    corrupt,                ///< the journal does not start, or holds what was never submitted
    written_after_failure,  ///< the handle was written again after it had failed
    epoch_reused,           ///< a start drew an epoch that had been drawn before
    untold,                 ///< the journal lacks acknowledged facts and nothing was said of it
};
[[nodiscard]] const char* name_of(Damage damage);

/// Ends a play.
class DamageFound : public std::runtime_error {
public:
    DamageFound(Damage what_kind, const std::string& words)
        : std::runtime_error(words), kind(what_kind) {}
    Damage kind;
};

/// What many plays came to.
struct CrashTally {
    int plays = 0;
    int cuts = 0;           ///< of the power
    int cuts_at_start = 0;  ///< of those, while the journal was being made or opened
    int cuts_after_failure =
        0;               ///< of those, after a write or sync had failed or the disk was full
    int never_made = 0;  ///< plays whose journal refused to be made after a failure unseen
    int kills = 0;       ///< kill -9, power stays
    int clean_stops = 0;
    int flips = 0;         ///< bits changed in a copy of what a cut or kill left
    int flips_told = 0;    ///< of those, where something was said
    int flipped_away = 0;  ///< facts that were changed themselves: the only ones lost to flips
    int acknowledged = 0;  ///< facts
    std::uint64_t operations = 0;
    std::map<Damage, int> damages;
    std::string damage_words;  ///< a line each, with the seed that shows it again
};

/// What this journal was given and what it said.
class SubmittedFacts {
public:
    void submit(const std::vector<storage::StoredFact>& facts);
    void acknowledge(const std::vector<storage::StoredFact>& facts);
    /// Throws DamageFound unless the journal holds what was acknowledged and after it all or
    /// nothing of the one commit that failed.
    void expect_in(const storage::Journal& journal);
    /// The same after one bit of its files has changed: one fact may be gone, and the others be
    /// aside; but not without a word. How many are gone.
    int expect_in_spite_of_flip(const storage::OpenedJournal& opened,
                                const std::vector<storage::StoredFact>& aside) const;

private:
    std::vector<storage::StoredFact> acknowledged_;
    std::vector<storage::StoredFact> in_doubt_;  ///< the first that failed of a life
};

class CrashPlay {
public:
    /// In a folder of its own below `root`.
    CrashPlay(const std::filesystem::path& root, std::uint64_t seed, bool with_failures,
              CrashTally& tally);
    ~CrashPlay();
    CrashPlay(const CrashPlay&) = delete;
    CrashPlay& operator=(const CrashPlay&) = delete;

    /// Some lives, and a last one on a disk that works, stopped cleanly. Throws DamageFound.
    void run();

private:
    enum class End { cut, kill, clean_stop };

    void live(const DiskTrouble& trouble, End end);
    [[nodiscard]] DiskTrouble draw_trouble();
    [[nodiscard]] End draw_end();
    [[nodiscard]] std::unique_ptr<storage::Journal> start();
    void act(storage::Journal& journal);
    /// Throws DamageFound if it fails although nothing of the disk did.
    template <typename Work>
    void attempt(const Work& work) const;
    void commit(storage::Journal& journal, storage::Chain& chain, std::uint64_t count);
    void end_life(std::unique_ptr<storage::Journal> journal, End end);
    void look_with_other_eyes() const;
    void flip_a_bit();
    [[nodiscard]] storage::JournalOptions options() const;

    bool with_failures_;
    CrashTally& tally_;
    SeededRandom random_;
    std::filesystem::path folder_;
    std::filesystem::path flipped_;  ///< for copies
    CrashVfs disk_;
    ManualClock clock_;
    SubmittedFacts facts_;
    std::set<storage::Epoch> epochs_;
    bool was_made_ = false;     ///< completely, in an earlier life
    bool may_be_half_ = false;  ///< a sync failed before it was made
    bool given_up_ = false;
};

struct CrashPlays {
    std::uint64_t first_seed = 1;
    int cuts = 0;              ///< of the power: until there were so many
    std::optional<int> plays;  ///< if given: so many instead, whatever the cuts
    bool with_failures = false;
    std::optional<Damage> wanted;  ///< if given: until it was found
};

/// Seed after seed; every damage is in the tally.
[[nodiscard]] CrashTally play_crashes(const CrashPlays& asked);

}  // namespace hudoor::test
