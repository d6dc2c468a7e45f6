#include "tests/storage/crash/crash_play.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <unordered_set>

#include "storage/base/sqlite.hpp"
#include "storage/journal/aside.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::test {

namespace fs = std::filesystem;
using storage::Fact;
using storage::FactKind;
using storage::Journal;
using storage::StoredFact;

namespace {

constexpr storage::KioskId kiosk{3};

/// The same in every play: making one costs more than a commit.
const storage::SigningKey& kiosk_key() {
    static const storage::SigningKey key{storage::Secret<32>(storage::Bytes(32, 7))};
    return key;
}

SeededRandom& chance() {
    static SeededRandom random(0);
    return random;
}

/// Epochs, fact ids and SQLite's salts are random; here they come from the seed as well.
void seed_libraries(std::uint64_t seed) {
    chance() = SeededRandom(seed);
    static randombytes_implementation implementation{
        .implementation_name = [] { return "seeded"; },
        .random = [] { return static_cast<std::uint32_t>(chance().next()); },
        .stir = nullptr,
        .uniform = nullptr,
        .buf =
            [](void* bytes, std::size_t size) {
                auto* out = static_cast<std::uint8_t*>(bytes);
                for (std::size_t i = 0; i < size; ++i)
                    out[i] = static_cast<std::uint8_t>(chance().next());
            },
        .close = nullptr,
    };
    randombytes_set_implementation(&implementation);
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(chance().next() >> 33) | 1,
                         nullptr);
}

bool same(const StoredFact& one, const StoredFact& other) {
    return one.encoding == other.encoding && one.hash == other.hash &&
           one.signature == other.signature;
}

void flip_bit(const fs::path& file, std::uint64_t at, int bit) {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekg(static_cast<std::streamoff>(at));
    const int before = bytes.get();
    bytes.seekp(static_cast<std::streamoff>(at));
    bytes.put(static_cast<char>(before ^ (1 << bit)));
}

Fact draw_fact(FactKind kind, SeededRandom& random) {
    Fact fact;
    fact.kind = kind;
    fact.payload.resize(random.one_in(3) ? random.below(storage::max_payload_bytes) : 0);
    std::generate(fact.payload.begin(), fact.payload.end(),
                  [&] { return static_cast<std::uint8_t>(random.next()); });
    return fact;
}

}  // namespace

const char* name_of(Damage damage) {
    switch (damage) {
        case Damage::lost:
            return "lost";
        case Damage::corrupt:
            return "corrupt";
        case Damage::written_after_failure:
            return "written after a failure";
        case Damage::epoch_reused:
            return "epoch reused";
        case Damage::untold:
            return "untold";
    }
    return "";
}

void SubmittedFacts::submit(const std::vector<StoredFact>& facts) {
    if (in_doubt_.empty()) in_doubt_ = facts;
}

void SubmittedFacts::acknowledge(const std::vector<StoredFact>& facts) {
    acknowledged_.insert(acknowledged_.end(), facts.begin(), facts.end());
    in_doubt_.clear();
}

void SubmittedFacts::expect_in(const Journal& journal) {
    std::vector<StoredFact> kept;
    journal.visit_facts([&](const StoredFact& fact) { kept.push_back(fact); });
    const std::size_t known = acknowledged_.size();
    const bool all_kept =
        kept.size() >= known &&
        std::equal(acknowledged_.begin(), acknowledged_.end(), kept.begin(), same);
    if (!all_kept)
        throw DamageFound(Damage::lost, std::to_string(known) + " facts were acknowledged, of " +
                                            std::to_string(kept.size()) + " kept some differ");
    if (kept.size() == known) {
        in_doubt_.clear();
        return;
    }
    const auto more = kept.begin() + static_cast<std::ptrdiff_t>(known);
    if (!std::equal(more, kept.end(), in_doubt_.begin(), in_doubt_.end(), same))
        throw DamageFound(Damage::corrupt, "there are facts that were never submitted so");
    acknowledge(std::vector(in_doubt_));  // whoever started from them has seen them
}

int SubmittedFacts::expect_in_spite_of_flip(const storage::OpenedJournal& opened,
                                            const std::vector<StoredFact>& aside) const {
    std::unordered_set<storage::Hash> found;
    opened.journal->visit_facts([&](const StoredFact& fact) { found.insert(fact.hash); });
    const auto missing = [&] {
        return std::ranges::count_if(
            acknowledged_, [&](const StoredFact& fact) { return !found.contains(fact.hash); });
    };
    if (missing() > 0 && !opened.salvaged)
        throw DamageFound(Damage::untold, std::to_string(missing()) + " facts are not there");
    for (const StoredFact& fact : aside) found.insert(fact.hash);
    if (missing() > 1)
        throw DamageFound(Damage::lost, std::to_string(missing()) + " facts are gone by one bit");
    return static_cast<int>(missing());
}

CrashPlay::CrashPlay(const fs::path& root, std::uint64_t seed, bool with_failures,
                     CrashTally& tally)
    : with_failures_(with_failures),
      tally_(tally),
      random_(seed),
      folder_(root / std::to_string(seed) / "state" / "records"),
      flipped_(root / (std::to_string(seed) + "-flipped") / "records"),
      disk_(folder_, random_.next()) {
    seed_libraries(random_.next());
}

CrashPlay::~CrashPlay() {
    std::error_code ignored;
    fs::remove_all(folder_.parent_path().parent_path(), ignored);
    fs::remove_all(flipped_.parent_path(), ignored);
}

storage::JournalOptions CrashPlay::options() const {
    return {.directory = folder_,
            .kiosk = kiosk,
            .kiosk_key = kiosk_key().verify_key(),
            .log_is_kept = true,  // torn commits are these plays' own
            .vfs = disk_.name()};
}

void CrashPlay::run() {
    for (std::uint64_t lives = 2 + random_.below(7); lives > 0; --lives) {
        const DiskTrouble trouble = draw_trouble();
        live(trouble, draw_end());
    }
    live({}, End::clean_stop);
    if (!given_up_) look_with_other_eyes();
}

DiskTrouble CrashPlay::draw_trouble() {
    DiskTrouble trouble;
    if (!random_.one_in(4)) trouble.cut_at = 1 + random_.below(60);
    if (!with_failures_ || random_.one_in(4)) return trouble;
    const std::uint64_t moment = 1 + random_.below(40);
    switch (random_.below(3)) {
        case 0:
            trouble.fail_write_at = moment;
            break;
        case 1:
            trouble.fail_sync_at = 1 + moment / 2;
            break;
        default:
            trouble.full_at = moment;
    }
    trouble.for_good = random_.one_in(3);
    trouble.failed_sync = static_cast<DiskTrouble::FailedSync>(random_.below(3));
    return trouble;
}

CrashPlay::End CrashPlay::draw_end() {
    const std::uint64_t lot = random_.below(8);
    if (lot == 0) return End::clean_stop;
    // What a failed sync left in memory only outlives the program, not a cut.
    return lot <= (with_failures_ ? 3 : 1) ? End::kill : End::cut;
}

void CrashPlay::live(const DiskTrouble& trouble, End end) {
    if (given_up_) return;
    disk_.begin(trouble);
    std::unique_ptr<Journal> journal = start();
    if (journal) act(*journal);
    end_life(std::move(journal), end);
}

std::unique_ptr<Journal> CrashPlay::start() {
    std::unique_ptr<Journal> journal;
    try {
        journal = std::make_unique<Journal>(options());
    } catch (const Fault& fault) {
        if (disk_.has_failed() || disk_.power_has_gone()) return nullptr;
        // Nobody has seen a first start succeed. It asks for a new folder, and that is right.
        if (was_made_ || !may_be_half_) throw DamageFound(Damage::corrupt, fault.what());
        given_up_ = true;
        ++tally_.never_made;
        return nullptr;
    }
    facts_.expect_in(*journal);
    return journal;
}

void CrashPlay::act(Journal& journal) {
    storage::Chain chain({.kiosk = kiosk, .signing_key = &kiosk_key()}, clock_, journal.head());
    if (!epochs_.insert(chain.head().epoch).second)
        throw DamageFound(Damage::epoch_reused, "an epoch was drawn twice");
    commit(journal, chain, 1);
    // A caller that does not listen goes on after a failure; the journal must not.
    for (std::uint64_t steps = random_.below(8); steps > 0 && !disk_.power_has_gone(); --steps) {
        clock_.advance(std::chrono::seconds(1));
        if (random_.one_in(4))
            attempt([&] { journal.idle(); });
        else
            commit(journal, chain, 1 + random_.below(6));
    }
}

template <typename Work>
void CrashPlay::attempt(const Work& work) const {
    try {
        work();
    } catch (const Fault& fault) {
        if (!disk_.has_failed() && !disk_.power_has_gone())
            throw DamageFound(Damage::corrupt, fault.what());
    }
}

/// As the keeper does it.
void CrashPlay::commit(Journal& journal, storage::Chain& chain, std::uint64_t count) {
    std::vector<StoredFact> facts;
    for (std::uint64_t i = 0; i < count; ++i) {
        const bool is_first = chain.head().seq == 0;
        facts.push_back(
            chain.append(draw_fact(is_first ? FactKind::hello : FactKind::admitted, random_)));
    }
    facts_.submit(facts);
    attempt([&] {
        journal.append(facts);
        facts_.acknowledge(facts);
        tally_.acknowledged += static_cast<int>(count);
        journal.tidy();
    });
}

void CrashPlay::end_life(std::unique_ptr<Journal> journal, End end) {
    const bool had_started = journal != nullptr;
    if (end != End::clean_stop) disk_.stop();
    journal.reset();
    tally_.operations += disk_.operations();
    // While the file is being made there is nothing to lose, and SQLite itself takes back what it
    // could not finish.
    if (was_made_ && disk_.writes_after_failure() > 0)
        throw DamageFound(Damage::written_after_failure,
                          std::to_string(disk_.writes_after_failure()) + " writes after a failure");
    was_made_ = was_made_ || had_started;
    may_be_half_ = may_be_half_ || disk_.has_failed_to_sync();
    if (disk_.power_has_gone() || end == End::cut) {
        disk_.cut_power();
        ++tally_.cuts;
        if (!had_started) ++tally_.cuts_at_start;
        if (disk_.has_failed()) ++tally_.cuts_after_failure;
    } else {
        ++(end == End::kill ? tally_.kills : tally_.clean_stops);
    }
    if (was_made_ && end != End::clean_stop && random_.one_in(4)) flip_a_bit();
}

/// In a copy of what lies there now, which is then opened as at a start.
void CrashPlay::flip_a_bit() {
    fs::create_directories(flipped_);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        fs::copy_file(entry.path(), flipped_ / entry.path().filename());
        const bool has_facts = entry.path().filename().string().starts_with("journal.db");
        if (has_facts && fs::file_size(entry.path()) > 0)
            files.push_back(flipped_ / entry.path().filename());
    }
    std::ranges::sort(files);
    const fs::path& file = files[random_.below(files.size())];
    const std::uint64_t at = random_.below(fs::file_size(file));
    const int bit = static_cast<int>(random_.below(8));
    flip_bit(file, at, bit);
    const std::string where = "bit " + std::to_string(bit) + " of byte " + std::to_string(at) +
                              " of " + file.filename().string() + ": ";
    storage::JournalOptions options = this->options();
    options.directory = flipped_;
    options.vfs = nullptr;
    options.log_is_kept = false;
    try {
        const storage::OpenedJournal opened =
            storage::open_or_salvage(options, WallTime(std::chrono::seconds(1'796'362'200)));
        tally_.flipped_away += facts_.expect_in_spite_of_flip(
            opened, storage::facts_aside(storage::folders_aside(flipped_), options,
                                         opened.journal->ends()));
        ++tally_.flips;
        tally_.flips_told += opened.salvaged.has_value();
    } catch (const DamageFound& found) {
        throw DamageFound(found.kind, where + found.what());
    } catch (const Fault& fault) {
        throw DamageFound(Damage::corrupt, where + fault.what());
    }
    fs::remove_all(flipped_);
}

/// Not by the journal's own reading and checks.
void CrashPlay::look_with_other_eyes() const {
    const storage::Database database(folder_ / "journal.db", storage::Database::Open::read_only);
    if (database.value("PRAGMA integrity_check") != "ok")
        throw DamageFound(Damage::corrupt, "integrity_check finds fault");
    storage::Statement rows =
        database.prepare("SELECT epoch, seq, encoding, hash FROM fact ORDER BY number");
    storage::Hash before;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    while (rows.step()) {
        const bool is_first = rows.integer(0) != epoch;
        const auto fact = storage::decode_fact(rows.blob(2));
        const auto hash = rows.id<storage::Hash>(3);
        const bool is_whole = fact && storage::hash_fact(rows.blob(2)) == hash &&
                              fact->prev == before && (fact->kind == FactKind::hello) == is_first &&
                              rows.integer(1) == (is_first ? 1 : seq + 1);
        if (!is_whole) throw DamageFound(Damage::corrupt, "the chain is broken");
        epoch = rows.integer(0);
        seq = rows.integer(1);
        before = hash;
    }
}

namespace {

/// In memory where that is possible: what is synced is followed, never measured.
fs::path make_root() {
    std::error_code error;
    const auto space = fs::space("/dev/shm", error);
    const bool is_roomy = !error && space.available >= (std::uintmax_t{64} << 20);
    std::string pattern =
        fs::canonical(is_roomy ? "/dev/shm" : fs::temp_directory_path()) / "hudoor-crash-XXXXXX";
    ENSURE(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

}  // namespace

CrashTally play_crashes(const CrashPlays& asked) {
    const fs::path root = make_root();
    CrashTally tally;
    const auto is_enough = [&] {
        return asked.plays ? tally.plays == *asked.plays : tally.cuts >= asked.cuts;
    };
    for (std::uint64_t seed = asked.first_seed; !is_enough(); ++seed) {
        ++tally.plays;
        try {
            CrashPlay(root, seed, asked.with_failures, tally).run();
        } catch (const DamageFound& found) {
            ++tally.damages[found.kind];
            tally.damage_words += "seed " + std::to_string(seed) + ": " + name_of(found.kind) +
                                  ", " + found.what() + "\n";
            if (found.kind == asked.wanted) break;
        }
    }
    std::error_code ignored;
    fs::remove_all(root, ignored);
    return tally;
}

}  // namespace hudoor::test
