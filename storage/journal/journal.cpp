#include "storage/journal/journal.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include "config/fault.hpp"
#include "storage/facts/chain_check.hpp"
#include "storage/facts/fact_row.hpp"
#include "storage/journal/lock.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/raw.hpp"
#include "storage/journal/rescue.hpp"
#include "storage/journal/reserve.hpp"
#include "storage/journal/rows.hpp"
#include "storage/journal/schema.hpp"
#include "storage/journal/watch.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_facts_in_log = 64;
constexpr std::uintmax_t least_free_bytes = std::uintmax_t{8} << 20;  // some 10,000 facts

[[noreturn]] void refuse(const fs::path& directory, const std::string& trouble) {
    throw Fault(ExitCode::bad_data,
                "The journal in " + directory.string() + " is damaged: " + trouble +
                    ". Keep the folder for the organisers and start with a new one.");
}

/// Nothing is created over something that was there: a journal that is gone is a loss to be told.
void create_file(const JournalOptions& options) {
    const fs::path file = journal_file(options.directory);
    if (is_missing_or_empty(file) && !is_missing_or_empty(log_of(file)))
        refuse(options.directory, "journal.db is gone but its log is not");
    {
        Database database(file, Database::Open::create, options.vfs);
        create_journal_tables(database);
    }
    sync_directory(options.directory);
}

void check_database(const Database& database, const JournalOptions& options) {
    const std::string result =
        database.value(options.log_is_kept ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
    if (result != "ok") refuse(options.directory, result);
    check_journal_tables(database);
}

/// The connection to a journal that is there, whole, and of our format.
Database open_file(const JournalOptions& options, const JournalLock& lock) {
    const fs::path file = journal_file(options.directory);
    if (!options.log_is_kept && goes_on_past_last_commit(lock, log_of(file)))
        refuse(options.directory, "its log goes on past its last whole commit");
    write_anew(lock, log_of(file));  // what is read from the log will be built upon
    if (!lock.provisioned())
        create_file(options);
    else if (is_missing_or_empty(file))
        refuse(options.directory, "journal.db is missing or empty");
    Database database(file, Database::Open::existing, options.vfs);
    apply_journal_settings(database);
    check_database(database, options);
    return database;
}

/// Of the exception being handled.
bool is_result(int code) {
    try {
        throw;
    } catch (const DatabaseFault& fault) {
        return (fault.code() & 0xff) == code;
    } catch (...) {
        return false;
    }
}

std::shared_ptr<JournalLock> take_lock(const fs::path& directory) {
    make_journal_directory(directory);
    return std::make_shared<JournalLock>(directory);
}

}  // namespace

class Journal::Impl {
public:
    Impl(JournalOptions options, std::shared_ptr<JournalLock> lock);
    ~Impl();

    void append(std::span<const StoredFact> facts);
    void tidy();
    void idle();
    void look();
    [[nodiscard]] std::optional<std::string> watch_head(const HeadKey& key);
    [[nodiscard]] const ChainCheck& chain() const { return chain_; }
    [[nodiscard]] bool holds(const Hash& fact) const;
    void visit_facts(const std::function<void(const StoredFact&)>& visit) const;
    [[nodiscard]] FactSlice read(std::uint64_t from, std::size_t most) const;

private:
    [[nodiscard]] StoredFact read_row(const Statement& row) const;
    void check_chain();
    void find_open_parents();
    void check_free_space() const;
    void check_header() const;
    void check_writing();
    void expect_same_files();
    [[noreturn]] void rescue(const fs::path& file);
    void checkpoint(int mode);
    [[nodiscard]] JournalHead stand() const;
    [[nodiscard]] bool holds(const JournalHead& head) const;
    [[nodiscard]] bool must_have_head() const;
    void write_head() const;
    template <typename Work>
    void write(const Work& work);
    template <typename Work>
    void read_with(const Work& work) const;

    JournalOptions options_;
    std::shared_ptr<JournalLock> lock_;
    Database database_;
    Statement insert_;
    ChainCheck chain_;
    std::optional<FileWatch> watch_;
    bool second_name_told_ = false;
    HeadKey head_key_;
    int wal_pages_ = 0;
    std::size_t facts_in_log_ = 0;  ///< since the last checkpoint
    mutable bool dead_ = false;     ///< for good, after the first failure, of reading too
};

Journal::Impl::Impl(JournalOptions options, std::shared_ptr<JournalLock> lock)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      database_(open_file(options_, *lock_)),
      insert_(database_.prepare(insert_fact_row)),
      chain_(options_.kiosk, options_.domain) {
    check_chain();
    check_free_space();
    check_header();
    sqlite3_wal_hook(
        database_.handle(),
        [](void* pages, sqlite3*, const char*, int count) {
            *static_cast<int*>(pages) = count;
            return SQLITE_OK;
        },
        &wal_pages_);
    check_writing();
    watch_.emplace(options_.directory);
    lock_->mark_provisioned();
    if (options_.with_reserve) make_reserve(options_.directory);
}

Journal::Impl::~Impl() {
    if (dead_) return;
    try {
        expect_same_files();
        checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
        expect_same_files();
    } catch (const Fault&) {
        // Nothing is lost: the next start reads every fact from the log, or from what was rescued.
    }
}

void Journal::Impl::check_chain() {
    visit_facts([this](const StoredFact& fact) {
        if (const auto trouble = chain_.trouble_with(fact)) refuse(options_.directory, *trouble);
        chain_.accept(fact);
    });
    find_open_parents();
    if (const auto trouble = chain_.trouble_with_links()) refuse(options_.directory, *trouble);
    if (options_.kiosk_key)
        if (const auto trouble = chain_.trouble_with_signatures(*options_.kiosk_key))
            refuse(options_.directory, *trouble);
}

/// There are some only after a fork, so that looking through the whole table is rare.
void Journal::Impl::find_open_parents() {
    for (const Hash& parent : chain_.open_parents())
        if (holds(parent)) chain_.know(parent);
}

bool Journal::Impl::holds(const Hash& fact) const {
    return database_.prepare("SELECT 1 FROM fact WHERE hash = ?").bind(fact).step();
}

void Journal::Impl::check_free_space() const {
    const auto is_short = [this] {
        std::error_code error;
        const fs::space_info space = fs::space(options_.directory, error);
        return error || space.available < least_free_bytes;
    };
    if (is_short()) free_reserve(options_.directory);
    if (is_short())
        throw Fault(ExitCode::io, "There are less than 8 MiB free for the journal in " +
                                      options_.directory.string() + ". Free some.");
}

/// With one bit of it changed SQLite takes a file for one of a later version, and only reads it.
void Journal::Impl::check_header() const {
    if (sqlite3_db_readonly(database_.handle(), "main") == 1 &&
        ::access(journal_file(options_.directory).c_str(), W_OK) == 0)
        refuse(options_.directory, "its header says that it is of a later SQLite");
}

void Journal::Impl::check_writing() {
    const Bytes token = random_bytes(16);
    database_
        .prepare(
            "INSERT INTO state VALUES ('start', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(token);
    sqlite3_db_release_memory(
        database_.handle());  // read it back from the file, not from our cache
    Statement read = database_.prepare("SELECT value FROM state WHERE name = 'start'");
    const bool found = read.step();
    const ByteView value = found ? read.blob(0) : ByteView();
    if (!std::equal(token.begin(), token.end(), value.begin(), value.end()))
        throw Fault(ExitCode::io, "The disk of " + options_.directory.string() +
                                      " does not give back what is written to it. Replace it.");
}

/// What is synced must be what the next start finds.
void Journal::Impl::expect_same_files() {
    if (const auto file = watch_->find_change()) rescue(*file);
}

void Journal::Impl::rescue(const fs::path& file) {
    dead_ = true;
    std::string words = file.string() + " was removed or replaced while the journal was in use. ";
    try {
        words += "Everything was copied to " + copy_out(database_, options_).string() + ".";
    } catch (const Fault& fault) {
        words += std::string("It could not be copied out. ") + fault.what();
    }
    throw ReplacedFault(words);
}

void Journal::Impl::look() {
    write([this] { expect_same_files(); });
    const auto second_name = second_name_told_ ? std::nullopt : watch_->find_second_name();
    if (!second_name) return;
    second_name_told_ = true;
    if (options_.notice)
        options_.notice(second_name->string() +
                        " has a second name, by which others may change it.");
}

/// Runs what writes. After the first failure nothing is ever written again through this handle.
template <typename Work>
void Journal::Impl::write(const Work& work) {
    if (dead_)
        throw Fault(ExitCode::io,
                    "The journal in " + options_.directory.string() + " has failed before.");
    try {
        work();
    } catch (...) {
        if (is_result(SQLITE_FULL)) free_reserve(options_.directory);
        dead_ = true;
        throw;
    }
}

/// Runs what reads. Nothing is written after a failure of it either.
template <typename Work>
void Journal::Impl::read_with(const Work& work) const {
    try {
        work();
    } catch (...) {
        dead_ = true;
        throw;
    }
}

void Journal::Impl::append(std::span<const StoredFact> facts) {
    ENSURE(!facts.empty());
    write([&] {
        expect_same_files();
        Transaction transaction(database_);
        for (const StoredFact& fact : facts) {
            ENSURE(!chain_.trouble_with(fact));
            insert_.run(fact.fact.epoch, fact.fact.seq, fact.encoding, fact.hash, fact.signature);
            chain_.accept(fact);
        }
        facts_in_log_ += facts.size();
        transaction.commit();
        expect_same_files();
    });
}

void Journal::Impl::tidy() {
    if (facts_in_log_ >= most_facts_in_log) idle();
}

void Journal::Impl::idle() {
    if (wal_pages_ == 0) return;
    write([this] {
        expect_same_files();
        checkpoint(SQLITE_CHECKPOINT_PASSIVE);
        expect_same_files();
    });
}

void Journal::Impl::checkpoint(int mode) {
    int pages = 0;
    int moved = 0;
    database_.check(sqlite3_wal_checkpoint_v2(database_.handle(), "main", mode, &pages, &moved),
                    "Checkpoint of the journal");
    if (moved != pages)
        throw Fault(ExitCode::io, "Another program reads the journal while it is ours.");
    wal_pages_ = 0;
    facts_in_log_ = 0;
    if (head_key_) write_head();
}

std::optional<std::string> Journal::Impl::watch_head(const HeadKey& key) {
    head_key_ = key;
    const FoundHead found = read_head(options_.directory, *key);
    const std::string where = "The journal in " + options_.directory.string();
    if (const auto* head = std::get_if<JournalHead>(&found)) {
        if (options_.starts) options_.starts->found(head->starts);
        const std::uint64_t facts = stand().facts;
        if (holds(*head) && facts >= head->facts) {
            if (options_.starts) write_head();
            return std::nullopt;
        }
        return where + " ends before where it stood at its last checkpoint: of " +
               std::to_string(head->facts) + " facts it has " + std::to_string(facts) + ".";
    }
    if (std::holds_alternative<ForgedHead>(found))
        return where + " may have lost its end: the file head beside it is not this kiosk's.";
    if (must_have_head())
        return where + " may have lost its end: the file head beside it was removed.";
    // At once: from the first fact on there is one.
    write_head();
    return std::nullopt;
}

JournalHead Journal::Impl::stand() const {
    JournalHead head{.kiosk = options_.kiosk, .hash = {}};
    for (const auto& [epoch, end] : chain_.ends()) head.facts += end.seq;
    if (options_.starts) head.starts = options_.starts->carried();
    if (!chain_.head()) return head;
    head.epoch = chain_.head()->epoch;
    head.seq = chain_.head()->seq;
    head.hash = chain_.head()->hash;
    return head;
}

bool Journal::Impl::holds(const JournalHead& head) const {
    if (head.facts == 0) return true;
    return database_.prepare("SELECT 1 FROM fact WHERE epoch = ? AND seq = ? AND hash = ?")
        .bind(head.epoch, head.seq, head.hash)
        .step();
}

/// A signed hello that says what was in force is of a program that wrote a head before it.
bool Journal::Impl::must_have_head() const {
    Statement rows =
        database_.prepare("SELECT epoch, seq, encoding, hash, signature FROM fact WHERE seq = 1");
    while (rows.step()) {
        const StoredFact hello = read_row(rows);
        if (is_signed(hello.signature) && !hello.fact.payload.empty()) return true;
    }
    return false;
}

/// It is a witness only: without it, or behind, no fact is lost.
void Journal::Impl::write_head() const {
    try {
        storage::write_head(options_.directory, stand(), *head_key_);
        if (options_.starts) options_.starts->written();
    } catch (const Fault&) {  // NOLINT(bugprone-empty-catch): the one before it holds as well
    }
}

void Journal::Impl::visit_facts(const std::function<void(const StoredFact&)>& visit) const {
    Statement rows = database_.prepare(select_fact_rows);
    while (rows.step()) visit(read_row(rows));
}

StoredFact Journal::Impl::read_row(const Statement& row) const {
    try {
        return read_fact(fact_row(row));
    } catch (const Fault& fault) {
        refuse(options_.directory, fault.what());
    }
}

FactSlice Journal::Impl::read(std::uint64_t from, std::size_t most) const {
    FactSlice slice{{}, from};
    read_with([&] {
        Statement rows = database_.prepare(select_fact_slice);
        rows.bind(from, most);
        while (rows.step()) {
            slice.facts.push_back(read_row(rows));
            slice.next = static_cast<std::uint64_t>(rows.integer(number_in_slice)) + 1;
        }
    });
    return slice;
}

Journal::Journal(const JournalOptions& options) : Journal(options, take_lock(options.directory)) {}
Journal::Journal(JournalOptions options, std::shared_ptr<JournalLock> lock)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(lock))) {}
Journal::~Journal() = default;
void Journal::append(std::span<const StoredFact> facts) { impl_->append(facts); }
void Journal::tidy() { impl_->tidy(); }
void Journal::idle() { impl_->idle(); }
void Journal::look() { impl_->look(); }
std::optional<std::string> Journal::watch_head(const HeadKey& key) {
    return impl_->watch_head(key);
}
FactSlice Journal::read(std::uint64_t from, std::size_t most) const {
    return impl_->read(from, most);
}
const ChainCheck& Journal::chain() const { return impl_->chain(); }
const std::optional<Head>& Journal::head() const { return chain().head(); }
const std::unordered_map<Epoch, EpochEnd>& Journal::ends() const { return chain().ends(); }
bool Journal::holds(const Hash& fact) const { return impl_->holds(fact); }
void Journal::visit_facts(const std::function<void(const StoredFact&)>& visit) const {
    impl_->visit_facts(visit);
}

}  // namespace hudoor::storage
