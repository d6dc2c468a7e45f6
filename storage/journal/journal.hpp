/// journal.db: the kiosk's own facts on one device, with exactly the settings of data.md. One
/// connection, used by one thread (its keeper's); no other code opens the file or its -wal, because
/// closing any descriptor of it in this process would drop the POSIX locks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "config/clock.hpp"
#include "storage/facts/chain_check.hpp"
#include "storage/journal/device.hpp"
#include "storage/journal/start_count.hpp"

namespace hudoor::storage {

struct JournalOptions {
    std::filesystem::path directory;  ///< holds journal.db, journal.lock
    KioskId kiosk{};
    std::optional<VerifyKey> kiosk_key;  ///< none: signatures are not checked
    StartCountPtr starts{};              ///< none: nothing counts them
    bool with_reserve = false;           ///< 16 MiB kept for a full disk, see reserve.hpp
    std::string_view domain = fact_domain;
    /// Told of what is odd and no fault, on the journal's thread.
    std::function<void(const std::string&)> notice{};
    bool leaves_news = false;  ///< the next opening is told of a salvage again, see salvage.hpp
    /// A log that goes on past damage may be opened: there is a copy. A checkpoint that was cut
    /// short may lack what stood there, so that the database is looked at the harder.
    bool log_is_kept = false;
    const char* vfs = nullptr;  ///< SQLite VFS name; tests pass their own
};

class JournalLock;

class Journal final : public JournalDevice {
public:
    /// Takes journal.lock, creates the file if there is none (provisioned only after it was closed,
    /// synced and verified), reads the pragmas back, checks the database, the chain, free space,
    /// and a write that is read back. Throws Fault: unavailable (another program holds it),
    /// bad_data (corrupt or altered; says which fact; or a log that SQLite would not read to its
    /// end), io.
    explicit Journal(const JournalOptions& options);
    /// The same under a lock that is held already, as long as the journal lives or longer.
    Journal(JournalOptions options, std::shared_ptr<JournalLock> lock);
    /// TRUNCATE checkpoint and close, unless it has failed. Of files that were removed or replaced
    /// a copy is made, as by look().
    ~Journal() override;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// One commit, at least one sync of the -wal. The facts must continue the journal's epochs or
    /// begin new ones, whose parents must be in the journal by its next start.
    void append(std::span<const StoredFact> facts) override;
    void tidy() override;  ///< PASSIVE checkpoint past 64 facts
    /// Whether database, log and lock are still the files that were opened; append, tidy, idle and
    /// the end look as well, before and after. If not, everything is copied out, see rescue.hpp,
    /// and a ReplacedFault thrown.
    void look() override;
    void idle() override;  ///< PASSIVE checkpoint of whatever there is
    [[nodiscard]] std::optional<std::string> watch_head(const HeadKey& key) override;
    [[nodiscard]] FactSlice read(std::uint64_t from, std::size_t most) const override;

    /// The newest verified fact, if any; with a mirror's facts added not always the last written.
    [[nodiscard]] const std::optional<Head>& head() const;
    /// The last fact of each epoch in it.
    [[nodiscard]] const std::unordered_map<Epoch, EpochEnd>& ends() const;
    /// What can come next in it.
    [[nodiscard]] const ChainCheck& chain() const;
    [[nodiscard]] bool holds(const Hash& fact) const;
    /// Calls `visit` for every fact in the order they were written.
    void visit_facts(const std::function<void(const StoredFact&)>& visit) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
