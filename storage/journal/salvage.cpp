#include "storage/journal/salvage.hpp"

#include <set>
#include <sstream>
#include <unordered_set>
#include <vector>

#include "storage/base/files.hpp"
#include "storage/facts/chain_check.hpp"
#include "storage/facts/fact_row.hpp"
#include "storage/journal/aside.hpp"
#include "storage/journal/lock.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/raw.hpp"
#include "storage/journal/rescue.hpp"
#include "storage/journal/rows.hpp"
#include "storage/journal/schema.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_plan_bytes = 16'384;

/// The new journal until it takes its name.
fs::path draft_in(const fs::path& directory) { return directory / "journal.salvaged"; }
/// There while files are being moved: first line the folder for the damaged ones, then the number
/// of facts, then the trouble.
fs::path plan_in(const fs::path& directory) { return directory / "journal.salvage"; }

/// How many facts from the first one on a new journal can take over and be whole.
class GoodFacts {
public:
    explicit GoodFacts(const JournalOptions& options)
        : key_(options.kiosk_key), chain_(options.kiosk, options.domain) {}

    [[nodiscard]] std::uint64_t count(const Database& damaged) {
        until_damage([&] {
            Statement rows = damaged.prepare(select_fact_rows);
            while (rows.step() && take(read_fact(fact_row(rows)))) {
            }
        });
        return good_;
    }

private:
    bool take(const StoredFact& fact) {
        if (chain_.trouble_with(fact)) return false;
        chain_.accept(fact);
        met_.insert(fact.hash);
        for (const Hash& parent : chain_.open_parents())
            if (met_.contains(parent)) chain_.know(parent);
        if (is_proved(fact))
            unproved_.erase(fact.fact.epoch);
        else
            unproved_.insert(fact.fact.epoch);
        if (unproved_.empty() && !chain_.trouble_with_links()) good_ = met_.size();
        return true;
    }

    [[nodiscard]] bool is_proved(const StoredFact& fact) const {
        return !key_ || !is_signed(fact.signature) ||
               verify(fact.signature, fact.hash.bytes, *key_);
    }

    std::optional<VerifyKey> key_;
    ChainCheck chain_;
    std::unordered_set<Hash> met_;
    std::set<Epoch> unproved_;  ///< whose last fact so far has a bad signature
    std::uint64_t good_ = 0;
};

std::uint64_t copy_good(const JournalOptions& options, const Database& draft) {
    const fs::path file = journal_file(options.directory);
    std::uint64_t facts = 0;
    if (is_missing_or_empty(file)) return facts;
    until_damage([&] {
        Database damaged(file, Database::Open::existing, options.vfs);
        apply_looking_settings(damaged);
        facts = GoodFacts(options).count(damaged);
        copy_facts(damaged, facts, draft);
        copy_state(damaged, draft);
    });
    return facts;
}

void remove_draft(const fs::path& directory) {
    fs::remove(draft_in(directory));
    fs::remove(draft_in(directory).string() + "-journal");
}

/// Writes the new journal beside the damaged one, durably.
std::uint64_t write_draft(const JournalOptions& options) {
    remove_draft(options.directory);  // of a start that was cut short
    try {
        Database draft(draft_in(options.directory), Database::Open::create, options.vfs);
        create_journal_tables(draft);
        Transaction transaction(draft);
        const std::uint64_t facts = copy_good(options, draft);
        transaction.commit();
        return facts;
    } catch (const Fault&) {
        remove_draft(options.directory);  // a full disk needs the room
        throw;
    }
}

void write_plan(const fs::path& directory, const Salvaged& plan) {
    const std::string text =
        plan.aside.filename().string() + "\n" + std::to_string(plan.facts) + "\n" + plan.trouble;
    write_file(plan_in(directory), as_bytes(text), private_mode);
}

Salvaged read_plan(const fs::path& directory) {
    const Bytes plan = read_file(plan_in(directory), max_plan_bytes);
    std::istringstream in{std::string(as_text(plan))};
    Salvaged salvaged;
    std::string folder;
    std::getline(in, folder);
    in >> salvaged.facts;
    in.ignore();
    std::getline(in, salvaged.trouble, '\0');
    if (!in || folder.empty() || folder.find('/') != std::string::npos)
        throw Fault(ExitCode::io, plan_in(directory).string() + " cannot be read.");
    salvaged.aside = directory / folder;
    salvaged.kind =
        folder.starts_with(replaced_kind) ? DeviceTrouble::replaced : DeviceTrouble::damaged;
    return salvaged;
}

/// As long as the draft has not become the journal, what stands in its place is the damaged one.
void move_files(const fs::path& directory, const fs::path& folder) {
    std::vector<fs::path> damaged;
    for (const auto& entry : fs::directory_iterator(directory))
        if (is_journal_file(entry.path())) damaged.push_back(entry.path());
    for (const fs::path& file : damaged) fs::rename(file, folder / file.filename());
    sync_directory(folder);
    sync_directory(directory);
    fs::rename(draft_in(directory), journal_file(directory));
    sync_directory(directory);
}

/// Moves what the plan says, from wherever it was left. Nothing if there is no plan.
std::optional<Salvaged> carry_out_plan(const fs::path& directory) {
    if (!fs::exists(plan_in(directory))) return std::nullopt;
    Salvaged salvaged = read_plan(directory);
    if (fs::exists(draft_in(directory))) move_files(directory, salvaged.aside);
    return salvaged;
}

std::optional<Salvaged> salvage(const JournalOptions& options, const std::string& trouble,
                                WallTime now) {
    const std::uint64_t facts = write_draft(options);
    write_plan(options.directory,
               {facts, make_folder_aside(options.directory, damaged_kind, now), trouble});
    return carry_out_plan(options.directory);
}

/// The journal copied out of the last start takes the place of whatever is found there.
std::optional<Salvaged> take_rescued(const JournalOptions& options, const fs::path& rescued,
                                     WallTime now) {
    const fs::path& directory = options.directory;
    write_plan(directory, {0, make_folder_aside(directory, replaced_kind, now),
                           "The journal's files in " + directory.string() +
                               " were removed or replaced while it was in use."});
    remove_draft(directory);
    fs::rename(rescued, draft_in(directory));
    sync_directory(rescued.parent_path());
    std::error_code ignored;
    fs::remove_all(rescued.parent_path(), ignored);
    return carry_out_plan(directory);
}

/// SQLite would overwrite what it does not read.
std::optional<Salvaged> keep_log(const JournalOptions& options, const JournalLock& lock,
                                 WallTime now) {
    const fs::path log = log_of(journal_file(options.directory));
    if (!goes_on_past_last_commit(lock, log)) return std::nullopt;
    Salvaged kept{0, make_folder_aside(options.directory, damaged_kind, now),
                  "The journal's log in " + options.directory.string() +
                      " goes on past its last whole commit: the disk changed it, or the power was"
                      " cut amid a commit."};
    copy_log(lock, log, kept.aside / log.filename());
    sync_directory(kept.aside);
    write_plan(options.directory, kept);
    return kept;
}

/// There is no gap in an epoch.
std::uint64_t count_facts(const Journal& journal) {
    std::uint64_t facts = 0;
    for (const auto& [epoch, end] : journal.ends()) facts += end.seq;
    return facts;
}

/// From the raw files aside, what the journal can take after all.
std::uint64_t take_over(Journal& journal, const JournalOptions& options) {
    ChainCheck chain = journal.chain();
    std::unordered_set<Hash> met;
    std::vector<StoredFact> taken;
    for (StoredFact& fact :
         facts_aside(folders_aside(options.directory), options, journal.ends())) {
        const Hash& parent = fact.fact.prev;
        const bool is_rooted =
            fact.fact.seq > 1 || parent.is_zero() || met.contains(parent) || journal.holds(parent);
        if (!is_rooted || chain.trouble_with(fact)) continue;
        chain.accept(fact);
        met.insert(fact.hash);
        taken.push_back(std::move(fact));
    }
    if (!taken.empty()) journal.append(taken);
    return taken.size();
}

}  // namespace

OpenedJournal open_or_salvage(const JournalOptions& options, WallTime now) try {
    make_journal_directory(options.directory);
    const auto lock = std::make_shared<JournalLock>(options.directory);
    OpenedJournal opened{.journal = {}, .salvaged = carry_out_plan(options.directory)};
    for (const fs::path& rescued : find_rescued(options.directory))
        opened.salvaged = take_rescued(options, rescued, now);
    const auto log_kept = keep_log(options, *lock, now);
    if (log_kept) opened.salvaged = log_kept;
    try {
        JournalOptions careful = options;
        careful.log_is_kept = log_kept.has_value();
        opened.journal = std::make_unique<Journal>(careful, lock);
    } catch (const Fault& fault) {
        if (fault.exit_code() != ExitCode::bad_data) throw;
        opened.salvaged = salvage(options, fault.what(), now);
        opened.journal = std::make_unique<Journal>(options, lock);
    }
    if (opened.salvaged) {
        if (opened.salvaged->kind == DeviceTrouble::replaced)
            opened.salvaged->facts = count_facts(*opened.journal);
        opened.salvaged->facts += take_over(*opened.journal, options);
        if (!options.leaves_news) fs::remove(plan_in(options.directory));
        sync_directory(options.directory);
    }
    return opened;
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io, std::string("Putting a damaged journal aside: ") + error.what());
}

}  // namespace hudoor::storage
