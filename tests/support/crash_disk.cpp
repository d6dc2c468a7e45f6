#include "tests/support/crash_disk.hpp"

#include <algorithm>
#include <fstream>

#include "config/fault.hpp"

namespace hudoor::test {

namespace fs = std::filesystem;
using storage::Bytes;
using storage::ByteView;

namespace {

constexpr std::uint64_t sector_bytes = 512;

void place(Bytes& content, std::uint64_t offset, ByteView bytes) {
    if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
    std::copy(bytes.begin(), bytes.end(),
              content.begin() + static_cast<Bytes::difference_type>(offset));
}

template <typename Value>
void shuffle(std::vector<Value>& values, SeededRandom& random) {
    for (std::size_t left = values.size(); left > 1; --left)
        std::swap(values[left - 1], values[random.below(left)]);
}

}  // namespace

void CrashFile::write(std::uint64_t offset, ByteView bytes) {
    changes_.push_back({offset, {bytes.begin(), bytes.end()}, false});
}

void CrashFile::truncate(std::uint64_t size) { changes_.push_back({size, {}, true}); }

void CrashFile::sync() {
    for (const Change& change : changes_) apply_whole(change);
    changes_.clear();
}

void CrashFile::settle(SeededRandom& random) {
    enum class Fate { none, all, those_before, some };
    const auto fate = static_cast<Fate>(random.below(4));
    std::vector<Change> changes;
    changes.swap(changes_);
    if (fate == Fate::none || changes.empty()) return;
    if (fate == Fate::all) {
        for (const Change& change : changes) apply_whole(change);
    } else if (fate == Fate::those_before) {
        const std::size_t whole = random.below(changes.size());
        for (std::size_t i = 0; i < whole; ++i) apply_whole(changes[i]);
        apply(changes[whole], Part::first_sectors, random);
    } else {
        if (random.one_in(2)) shuffle(changes, random);
        for (const Change& change : changes)
            if (random.one_in(2))
                apply(change, random.one_in(2) ? Part::all : Part::some_sectors, random);
    }
}

void CrashFile::apply(const Change& change, Part part, SeededRandom& random) {
    if (part == Part::all || change.is_truncate) return apply_whole(change);
    const std::uint64_t end = change.offset + change.bytes.size();
    for (std::uint64_t from = change.offset; from < end;) {
        const std::uint64_t to = std::min(end, (from / sector_bytes + 1) * sector_bytes);
        const bool is_kept = !random.one_in(part == Part::first_sectors ? 4 : 2);
        if (is_kept)
            place(stored_, from, ByteView(change.bytes).subspan(from - change.offset, to - from));
        else if (part == Part::first_sectors)
            return;
        from = to;
    }
}

void CrashFile::apply_whole(const Change& change) {
    if (change.is_truncate)
        stored_.resize(std::min<std::size_t>(stored_.size(), change.offset));
    else
        place(stored_, change.offset, change.bytes);
}

CrashFolder::CrashFolder(fs::path path) : path_(std::move(path)) {
    ENSURE(!fs::exists(path_));
    for (fs::path level = path_; !fs::exists(level); level = level.parent_path())
        levels_.insert(levels_.begin(), {level});
}

std::shared_ptr<CrashFile> CrashFolder::find(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
}

std::shared_ptr<CrashFile> CrashFolder::create(const std::string& name) {
    auto file = std::make_shared<CrashFile>();
    changes_.push_back({name, file});
    names_[name] = file;
    return file;
}

void CrashFolder::remove(const std::string& name) {
    if (names_.erase(name) > 0) changes_.push_back({name, nullptr});
}

void CrashFolder::sync_names() {
    meet_strangers();
    stored_ = names_;
    changes_.clear();
}

bool CrashFolder::has_level_in(const fs::path& above) const {
    return std::ranges::any_of(
        levels_, [&](const Level& level) { return level.path.parent_path() == above; });
}

void CrashFolder::sync_level_in(const fs::path& above) {
    for (Level& level : levels_)
        if (level.path.parent_path() == above) level.is_stored = fs::exists(level.path);
}

void CrashFolder::cut_power(SeededRandom& random) {
    meet_strangers();
    settle_levels(random);
    settle_names(random);
    for (const auto& [name, file] : stored_) file->settle(random);
    names_ = stored_;
    write_out();
}

void CrashFolder::meet_strangers() {
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(path_, absent)) {
        const std::string name = entry.path().filename();
        if (!names_.contains(name)) create(name);
    }
}

/// A level whose name was not synced may be gone, with all below it, or have been stored by chance.
void CrashFolder::settle_levels(SeededRandom& random) {
    bool is_there = true;
    for (Level& level : levels_) {
        is_there = is_there && fs::exists(level.path) && (level.is_stored || random.one_in(2));
        level.is_stored = is_there;
    }
}

void CrashFolder::settle_names(SeededRandom& random) {
    if (!levels_.back().is_stored)
        stored_.clear();
    else
        for (const NameChange& change : changes_)
            if (random.one_in(2)) apply(stored_, change);
    changes_.clear();
}

void CrashFolder::write_out() const {
    for (const Level& level : levels_) {
        if (level.is_stored) continue;
        fs::remove_all(level.path);
        return;
    }
    fs::remove_all(path_);
    fs::create_directory(path_);
    for (const auto& [name, file] : stored_) {
        std::ofstream out(path_ / name, std::ios::binary);
        const auto text = storage::as_text(file->stored());
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    }
}

void CrashFolder::apply(Names& names, const NameChange& change) {
    if (change.file)
        names[change.name] = change.file;
    else
        names.erase(change.name);
}

}  // namespace hudoor::test
