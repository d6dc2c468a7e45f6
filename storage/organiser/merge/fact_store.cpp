#include "storage/organiser/merge/fact_store.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "storage/facts/chain_check.hpp"
#include "storage/facts/hello.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::chrono::days slack{365};  // of a kiosk's clock that nobody set
constexpr std::size_t least_hash_digits = 8;
constexpr std::string_view all_facts =
    "SELECT epoch, seq, encoding, hash, signature, kiosk FROM fact"
    " ORDER BY kiosk, epoch, seq, hash";
constexpr int kiosk_column = 5;

/// Of one kiosk.
struct Tally {
    std::size_t begin = 0;  ///< where its facts begin among all
    std::uint64_t stand = 0;
    bool is_heard = false;
};

/// What all_facts gives, in its order.
struct Judged {
    std::vector<Standing> facts;
    std::map<KioskId, Tally> kiosks;

    [[nodiscard]] Tally of(KioskId kiosk) const {
        const auto found = kiosks.find(kiosk);
        return found == kiosks.end() ? Tally() : found->second;
    }
};

/// Facts of one source as runs, in whatever order they come.
class RunMaker {
public:
    void take(const StoredFact& fact) {
        const bool has_signature = is_signed(fact.signature);
        const auto open = ends_.find(fact.fact.prev);
        std::size_t run = runs_.size();
        if (open != ends_.end() && continues(runs_[open->second], fact, has_signature)) {
            run = open->second;
            ends_.erase(open);
        } else {
            runs_.push_back({fact.fact.kiosk,
                             fact.fact.epoch,
                             fact.fact.seq,
                             0,
                             {},
                             has_signature,
                             WallTime()});
        }
        runs_[run].to_seq = fact.fact.seq;
        runs_[run].last_hash = fact.hash;
        ends_.insert_or_assign(fact.hash, run);
    }
    [[nodiscard]] const std::vector<FactRun>& runs() const { return runs_; }

private:
    static bool continues(const FactRun& run, const StoredFact& fact, bool has_signature) {
        return run.kiosk == fact.fact.kiosk && run.epoch == fact.fact.epoch &&
               run.to_seq + 1 == fact.fact.seq && run.is_signed == has_signature;
    }

    std::vector<FactRun> runs_;
    std::unordered_map<Hash, std::size_t> ends_;
};

FactLink link_of(const Statement& row) {
    const FactRow fact = fact_row(row);
    FactLink link{static_cast<Epoch>(fact.epoch),
                  static_cast<std::uint64_t>(fact.seq),
                  ByteReader(fact.hash).id<Hash>(),
                  {},
                  {},
                  0};
    const std::size_t size = std::min(fact.encoding.size(), link.prev.bytes.size());
    link.prev = ByteReader(fact.encoding.last(size)).id<Hash>();
    std::copy_n(fact.signature.begin(), std::min(fact.signature.size(), link.signature.size()),
                link.signature.begin());
    if (link.seq != 1) return link;
    if (const auto decoded = decode_fact(fact.encoding))
        if (const auto hello = read_hello(*decoded); hello && hello->own_head == decoded->prev)
            link.own_unsigned = hello->own_unsigned;
    return link;
}

[[noreturn]] void refuse_changed() {
    throw Fault(ExitCode::try_again, "Another hudoor changed event.db meanwhile; do it again");
}

}  // namespace

class FactStore::Impl {
public:
    explicit Impl(const std::filesystem::path& file) : db(file) {
        db.execute(
            "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536");
        insert.emplace(
            db.prepare("INSERT OR IGNORE INTO fact (kiosk, epoch, seq, hash, encoding, signature)"
                       " VALUES (?,?,?,?,?,?)"));
        find_signature.emplace(
            db.prepare("SELECT signature FROM fact WHERE kiosk = ? AND epoch = ? AND seq = ?"
                       " AND hash = ?"));
        complete.emplace(
            db.prepare("UPDATE fact SET signature = ? WHERE kiosk = ? AND epoch = ? AND seq = ?"
                       " AND hash = ?"));
    }

    /// The one of a good signature; it may have been none before, or any with a good chain after.
    void complete_signature(const StoredFact& stored) {
        const Fact& fact = stored.fact;
        if (!is_signed(stored.signature)) return;
        find_signature->bind(fact.kiosk, fact.epoch, fact.seq, stored.hash);
        const bool differs =
            find_signature->step() &&
            !std::equal(stored.signature.begin(), stored.signature.end(),
                        find_signature->blob(0).begin(), find_signature->blob(0).end());
        find_signature->reset();
        if (!differs) return;
        const auto key = key_of(fact.kiosk);
        if (key && verify(stored.signature, stored.hash.bytes, *key))
            complete->run(stored.signature, fact.kiosk, fact.epoch, fact.seq, stored.hash);
    }

    [[nodiscard]] std::optional<VerifyKey> key_of(KioskId kiosk) const {
        auto row = db.prepare("SELECT verify_key FROM kiosk WHERE id = ?");
        if (!row.bind(kiosk).step()) return std::nullopt;
        VerifyKey key{};
        const ByteView bytes = row.blob(0);
        std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
        return key;
    }

    /// Of sources that stand, or of all.
    [[nodiscard]] std::vector<FactRun> runs_of(bool all) const {
        std::vector<FactRun> runs;
        auto rows = db.prepare(
            "SELECT kiosk, epoch, from_seq, to_seq, last_hash, is_signed, at_ms FROM source_range"
            " JOIN source ON id = source WHERE ? OR undone_why IS NULL ORDER BY kiosk, at_ms, id");
        rows.bind(all);
        while (rows.step())
            runs.push_back({rows.as<KioskId>(0), rows.as<Epoch>(1), rows.as<std::uint64_t>(2),
                            rows.as<std::uint64_t>(3), rows.id<Hash>(4), rows.integer(5) != 0,
                            WallTime(std::chrono::milliseconds(rows.integer(6)))});
        return runs;
    }

    [[nodiscard]] std::vector<Acceptance> acceptances() const {
        std::vector<Acceptance> all;
        auto rows = db.prepare(
            "SELECT kiosk, epoch, last_seq, last_hash, why FROM acceptance ORDER BY kiosk");
        while (rows.step())
            all.push_back({rows.as<KioskId>(0), rows.as<Epoch>(1), rows.as<std::uint64_t>(2),
                           rows.id<Hash>(3), rows.text(4)});
        return all;
    }

    /// Worked out when first asked for after a change.
    [[nodiscard]] const Judged& judged() const {
        if (!judged_) judged_.emplace(judge_all(runs_of(false)));
        return *judged_;
    }
    [[nodiscard]] const std::vector<Standing>& standings() const { return judged().facts; }
    void forget() const { judged_.reset(); }

    [[nodiscard]] Judged judge_all(const std::vector<FactRun>& all_runs) const {
        std::map<KioskId, std::vector<FactRun>> runs;
        for (const FactRun& run : all_runs) runs[run.kiosk].push_back(run);
        std::map<KioskId, std::vector<Acceptance>> accepted;
        for (Acceptance& one : acceptances()) accepted[one.kiosk].push_back(std::move(one));
        Judged all;
        std::vector<FactLink> links;
        KioskId kiosk{};
        const auto judge = [&] {
            Tally& tally = all.kiosks[kiosk];
            tally.begin = all.facts.size();
            for (const Standing& fact :
                 judge_facts(links, std::move(runs[kiosk]), accepted[kiosk], key_of(kiosk))) {
                tally.stand += fact.stands ? 1U : 0U;
                tally.is_heard = tally.is_heard || fact.belief != Belief::none;
                all.facts.push_back(fact);
            }
            links.clear();
        };
        auto rows = db.prepare(all_facts);
        while (rows.step()) {
            const auto next = rows.as<KioskId>(kiosk_column);
            if (next != kiosk && !links.empty()) judge();
            kiosk = next;
            links.push_back(link_of(rows));
        }
        if (!links.empty()) judge();
        return all;
    }

    Database db;
    std::optional<Statement> insert;
    std::optional<Statement> find_signature;
    std::optional<Statement> complete;
    std::optional<Transaction> transaction;
    Source source;
    RunMaker brought;

private:
    mutable std::optional<Judged> judged_;
};

FactStore::FactStore(const std::filesystem::path& directory)
    : impl_(std::make_unique<Impl>(directory / "event.db")) {}
FactStore::~FactStore() = default;

void FactStore::begin(const Source& source) {
    impl_->transaction.emplace(impl_->db);
    impl_->source = source;
    impl_->brought = {};
}

void FactStore::commit() {
    const Source& source = impl_->source;
    auto row = impl_->db.prepare(
        "INSERT INTO source (hash, name, at_ms) VALUES (?,?,?)"
        " ON CONFLICT (hash) DO UPDATE SET undone_why = NULL RETURNING id");
    ENSURE(row.bind(source.hash, source.name, source.at.time_since_epoch().count()).step());
    const std::int64_t id = row.integer(0);
    row.reset();
    impl_->db.prepare("DELETE FROM source_range WHERE source = ?").run(id);
    auto add_run = impl_->db.prepare("INSERT INTO source_range VALUES (?,?,?,?,?,?,?)");
    for (const FactRun& run : impl_->brought.runs())
        add_run.run(id, run.kiosk, run.epoch, run.from_seq, run.to_seq, run.last_hash,
                    run.is_signed);
    impl_->transaction->commit();
    rollback();
}

void FactStore::rollback() {
    impl_->transaction.reset();
    impl_->brought = {};
    impl_->forget();
}

bool FactStore::add(const StoredFact& stored) {
    const Fact& fact = stored.fact;
    impl_->brought.take(stored);
    impl_->insert->run(fact.kiosk, fact.epoch, fact.seq, stored.hash, stored.encoding,
                       stored.signature);
    if (sqlite3_changes(impl_->db.handle()) == 1) return true;
    impl_->complete_signature(stored);
    return false;
}

std::vector<Source> FactStore::sources() const {
    std::vector<Source> all;
    auto rows = impl_->db.prepare("SELECT hash, name, at_ms, undone_why FROM source ORDER BY id");
    while (rows.step())
        all.push_back({rows.id<Hash>(0), rows.text(1),
                       WallTime(std::chrono::milliseconds(rows.integer(2))),
                       rows.is_null(3) ? std::nullopt : std::optional(rows.text(3))});
    return all;
}

Source FactStore::undo(const std::string& name_or_hash, const std::string& why) {
    std::vector<Source> found;
    for (Source& one : sources()) {
        const bool by_hash = name_or_hash.size() >= least_hash_digits &&
                             to_hex(one.hash.bytes).starts_with(name_or_hash);
        if (!one.undone_why && (by_hash || one.name == name_or_hash))
            found.push_back(std::move(one));
    }
    if (found.empty())
        throw Fault(ExitCode::no_input, "No merged file has the name or hash " + name_or_hash);
    if (found.size() > 1) {
        std::string several =
            "Several merged files are called " + name_or_hash + "; say which by hash:";
        for (const Source& one : found)
            several.append("\n  ")
                .append(to_hex(one.hash.bytes))
                .append(" merged at ")
                .append(iso_time(one.at));
        throw Fault(ExitCode::usage, several);
    }
    found[0].undone_why = why;
    impl_->db.prepare("UPDATE source SET undone_why = ? WHERE hash = ?").run(why, found[0].hash);
    impl_->forget();
    return std::move(found[0]);
}

void FactStore::accept(const Acceptance& acceptance, WallTime now) {
    bool stands = false;
    visit([&](const MergedFact& fact) {
        stands =
            stands || (fact.fact.kiosk == acceptance.kiosk && fact.fact.epoch == acceptance.epoch &&
                       fact.fact.seq == acceptance.last_seq && fact.hash == acceptance.last_hash);
    });
    if (!stands)
        throw Fault(ExitCode::no_input,
                    "Nothing merged holds the fact to accept; take the line that merge printed");
    impl_->db
        .prepare(
            "INSERT INTO acceptance (last_hash, kiosk, epoch, last_seq, at_ms, why)"
            " VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING")
        .run(acceptance.last_hash, acceptance.kiosk, acceptance.epoch, acceptance.last_seq,
             now.time_since_epoch().count(), acceptance.why);
    impl_->forget();
}

std::vector<Acceptance> FactStore::acceptances() const { return impl_->acceptances(); }

std::uint64_t FactStore::forked(KioskId kiosk, Epoch epoch) const {
    auto row = impl_->db.prepare(
        "SELECT count(*) - count(DISTINCT seq) FROM fact WHERE kiosk = ? AND epoch = ?");
    ENSURE(row.bind(kiosk, epoch).step());
    return row.as<std::uint64_t>(0);
}

std::uint64_t FactStore::count() const {
    std::uint64_t facts = 0;
    for (const auto& [kiosk, tally] : impl_->judged().kiosks) facts += tally.stand;
    return facts;
}

std::uint64_t FactStore::count(KioskId kiosk) const { return impl_->judged().of(kiosk).stand; }

bool FactStore::is_heard(KioskId kiosk) const { return impl_->judged().of(kiosk).is_heard; }

std::vector<KioskId> FactStore::kiosks() const {
    std::vector<KioskId> kiosks;
    for (const auto& [kiosk, tally] : impl_->judged().kiosks) kiosks.push_back(kiosk);
    return kiosks;
}

std::vector<Hash> FactStore::parents() const {
    std::vector<Hash> parents;
    auto rows = impl_->db.prepare("SELECT substr(encoding, -32) FROM fact WHERE seq = 1");
    while (rows.step()) parents.push_back(rows.id<Hash>(0));
    return parents;
}

void FactStore::visit(const std::function<void(const MergedFact&)>& visit) const {
    const auto& standings = impl_->standings();
    std::size_t index = 0;
    auto rows = impl_->db.prepare(all_facts);
    for (; rows.step(); ++index) {
        if (index >= standings.size()) refuse_changed();
        const Standing& standing = standings[index];
        if (!standing.stands) continue;
        MergedFact fact{read_fact(fact_row(rows)), standing.belief, standing.brought};
        if (fact.fact.kiosk != rows.as<KioskId>(kiosk_column))
            throw Fault(ExitCode::bad_data, "event.db: a fact of kiosk " +
                                                std::to_string(static_cast<int>(fact.fact.kiosk)) +
                                                " stands there as another one's; it was altered");
        if (!standing.is_signed) fact.signature = {};
        visit(fact);
    }
    if (index != standings.size()) refuse_changed();
}

void FactStore::visit_rows(KioskId kiosk, const std::function<bool(const FactRow&)>& visit) const {
    static constexpr Signature unsigned_fact{};
    const auto& standings = impl_->standings();
    std::size_t index = impl_->judged().of(kiosk).begin;
    auto rows = impl_->db.prepare(
        "SELECT epoch, seq, encoding, hash, signature FROM fact"
        " WHERE kiosk = ? ORDER BY epoch, seq, hash");
    rows.bind(kiosk);
    for (; rows.step(); ++index) {
        if (index >= standings.size()) refuse_changed();
        if (!standings[index].stands) continue;
        FactRow row = fact_row(rows);
        if (!standings[index].is_signed) row.signature = unsigned_fact;
        if (!visit(row)) return;
    }
}

Hash FactStore::digest() const {
    Bytes all;
    all.reserve(impl_->standings().size() * sizeof(Hash));
    std::size_t index = 0;
    auto rows = impl_->db.prepare("SELECT hash FROM fact ORDER BY kiosk, epoch, seq, hash");
    while (rows.step()) {
        if (!impl_->standings().at(index++).stands) continue;
        const ByteView one = rows.blob(0);
        all.insert(all.end(), one.begin(), one.end());
    }
    return hash("hudoor-facts-1", all);
}

EventWindow FactStore::window() const {
    auto row = impl_->db.prepare("SELECT first_day, last_day FROM event");
    ENSURE(row.step());
    const auto day = [&](int column) {
        return std::chrono::sys_days(bounded<std::chrono::days>(row.integer(column)));
    };
    return {day(0), day(0) - slack, day(1) + std::chrono::days(1) + slack};
}

std::optional<std::string> FactStore::find_trouble() const {
    auto gone = impl_->db.prepare(
        "SELECT r.kiosk, r.epoch, r.to_seq FROM source_range r LEFT JOIN fact f ON"
        " f.kiosk = r.kiosk AND f.epoch = r.epoch AND f.seq = r.to_seq AND f.hash = r.last_hash"
        " WHERE f.hash IS NULL");
    const auto describe = [](const Statement& row) {
        return describe_fact(row.as<Epoch>(1), row.as<std::uint64_t>(2)) + " of kiosk " +
               std::to_string(row.integer(0));
    };
    if (gone.step()) return describe(gone) + " was merged and is not there any more";
    const auto all = impl_->judge_all(impl_->runs_of(true));
    auto rows =
        impl_->db.prepare("SELECT kiosk, epoch, seq FROM fact ORDER BY kiosk, epoch, seq, hash");
    for (std::size_t index = 0; rows.step(); ++index)
        if (!all.facts.at(index).stands)
            return describe(rows) + " is there, and no file brought it";
    return std::nullopt;
}

}  // namespace hudoor::organiser
