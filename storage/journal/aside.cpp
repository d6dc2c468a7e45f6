#include "storage/journal/aside.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "config/fault.hpp"
#include "storage/journal/lock.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/raw.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::array kinds{damaged_kind, replaced_kind, rescued_kind};

bool is_aside(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return entry.is_directory() &&
           std::ranges::any_of(kinds, [&](const char* kind) { return name.starts_with(kind); });
}

/// "20261204T053112Z"
std::string compact_time(WallTime time) {
    std::string text = iso_time(time);
    text.erase(text.find('.'), 4);
    std::erase_if(text, [](char sign) { return sign == '-' || sign == ':'; });
    return text;
}

bool is_proved(const StoredFact& fact, const JournalOptions& options) {
    return fact.fact.kiosk == options.kiosk &&
           (!options.kiosk_key || !is_signed(fact.signature) ||
            verify(fact.signature, fact.hash.bytes, *options.kiosk_key));
}

template <typename Visit>
void visit_journal_files(const fs::path& folder, const Visit& visit) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && is_journal_file(entry.path())) visit(entry.path());
}

}  // namespace

std::vector<fs::path> folders_aside(const fs::path& directory) {
    std::vector<fs::path> folders;
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(directory, absent))
        if (is_aside(entry)) folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

/// Of its own, whatever the clock says and has said.
fs::path make_folder_aside(const fs::path& directory, std::string_view kind, WallTime now) try {
    const std::string stem = (directory / kind).string() + compact_time(now);
    std::string folder = stem;
    for (int more = 2; !fs::create_directory(folder); ++more)
        folder = stem + "-" + std::to_string(more);
    sync_directory(directory);
    return folder;
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io,
                std::string("Making a folder for what is put aside: ") + error.what());
}

std::vector<StoredFact> facts_aside(const std::vector<fs::path>& folders,
                                    const JournalOptions& options, const EpochEnds& known) try {
    std::vector<StoredFact> facts;
    std::unordered_set<Hash> met;
    Missing missing(known);
    for (const fs::path& folder : folders)
        visit_journal_files(folder, [&](const fs::path& file) {
            visit_raw_facts(file, options.domain, [&](StoredFact&& fact) {
                if (missing.is_missing(fact) && !met.contains(fact.hash) &&
                    is_proved(fact, options)) {
                    met.insert(fact.hash);
                    facts.push_back(std::move(fact));
                }
                return true;
            });
        });
    std::ranges::sort(facts, {}, [](const StoredFact& fact) { return fact.fact.hlc; });
    return facts;
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io, std::string("Reading what is put aside: ") + error.what());
}

bool is_another_kiosks(const JournalOptions& options) {
    bool has_facts = false;
    bool has_ours = false;
    const fs::path database = journal_file(options.directory);
    for (const fs::path& file : {database, log_of(database)})
        visit_raw_facts(file, options.domain, [&](const StoredFact& fact) {
            has_facts = true;
            has_ours = has_ours || is_proved(fact, options);
            return !has_ours;
        });
    return has_facts && !has_ours;
}

}  // namespace hudoor::storage
