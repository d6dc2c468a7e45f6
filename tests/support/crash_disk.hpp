/// What a disk has really stored of one folder: of each file the synced bytes and the changes
/// since, of the folder the synced names and the changes since. A power cut settles them to one of
/// the states that may be found afterwards.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/bytes.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::test {

class CrashFile {
public:
    void write(std::uint64_t offset, storage::ByteView bytes);
    void truncate(std::uint64_t size);
    /// All changes are stored.
    void sync();
    /// Of the changes all, none, or some are stored, in or out of their order, torn at 512 bytes;
    /// the others are gone.
    void settle(SeededRandom& random);
    [[nodiscard]] const storage::Bytes& stored() const { return stored_; }

private:
    struct Change {
        std::uint64_t offset;
        storage::Bytes bytes;
        bool is_truncate;
    };
    enum class Part { all, first_sectors, some_sectors };
    void apply(const Change& change, Part part, SeededRandom& random);
    void apply_whole(const Change& change);

    storage::Bytes stored_;
    std::vector<Change> changes_;
};

class CrashFolder {
public:
    /// It must not be there yet. The folders above that are not there either are followed as well.
    explicit CrashFolder(std::filesystem::path path);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Null if there is no such name.
    [[nodiscard]] std::shared_ptr<CrashFile> find(const std::string& name) const;
    std::shared_ptr<CrashFile> create(const std::string& name);
    void remove(const std::string& name);

    /// Files that were made past us are known from now on.
    void meet_strangers();
    void sync_names();
    /// Whether syncing `above` makes a name on the way to this folder survive.
    [[nodiscard]] bool has_level_in(const std::filesystem::path& above) const;
    void sync_level_in(const std::filesystem::path& above);

    /// Settles everything and makes the real folder what is left. No file in it may be open.
    void cut_power(SeededRandom& random);

private:
    using Names = std::map<std::string, std::shared_ptr<CrashFile>>;
    /// A folder on the way to this one, the last of them itself.
    struct Level {
        std::filesystem::path path;
        bool is_stored = false;
    };
    struct NameChange {
        std::string name;
        std::shared_ptr<CrashFile> file;  ///< null: removed
    };
    void settle_levels(SeededRandom& random);
    void settle_names(SeededRandom& random);
    void write_out() const;
    static void apply(Names& names, const NameChange& change);

    std::filesystem::path path_;
    std::vector<Level> levels_;  ///< from the top
    Names stored_;
    Names names_;  ///< as programs see them
    std::vector<NameChange> changes_;
};

}  // namespace hudoor::test
