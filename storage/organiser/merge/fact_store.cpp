#include "storage/organiser/merge/fact_store.hpp"

#include <sqlite3.h>

namespace hudoor::organiser {

using namespace storage;

class FactStore::Impl {
public:
    explicit Impl(const std::filesystem::path& file) : db(file) {
        db.execute(
            "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536");
        insert.emplace(
            db.prepare("INSERT OR IGNORE INTO fact (kiosk, epoch, seq, hash, encoding, signature)"
                       " VALUES (?,?,?,?,?,?)"));
        complete.emplace(
            db.prepare("UPDATE fact SET signature = ? WHERE kiosk = ? AND epoch = ? AND seq = ?"
                       " AND hash = ? AND signature = zeroblob(64)"));
    }

    Database db;
    std::optional<Statement> insert;
    std::optional<Statement> complete;
    std::optional<Transaction> transaction;
};

FactStore::FactStore(const std::filesystem::path& directory)
    : impl_(std::make_unique<Impl>(directory / "event.db")) {}
FactStore::~FactStore() = default;

void FactStore::begin() { impl_->transaction.emplace(impl_->db); }

void FactStore::commit() {
    impl_->transaction->commit();
    impl_->transaction.reset();
}

void FactStore::rollback() { impl_->transaction.reset(); }

bool FactStore::add(const StoredFact& stored) {
    const Fact& fact = stored.fact;
    impl_->insert->run(fact.kiosk, fact.epoch, fact.seq, stored.hash, stored.encoding,
                       stored.signature);
    if (sqlite3_changes(impl_->db.handle()) == 1) return true;
    if (is_signed(stored.signature))
        impl_->complete->run(stored.signature, fact.kiosk, fact.epoch, fact.seq, stored.hash);
    return false;
}

std::uint64_t FactStore::forked(KioskId kiosk, Epoch epoch) const {
    auto row = impl_->db.prepare(
        "SELECT count(*) - count(DISTINCT seq) FROM fact WHERE kiosk = ? AND epoch = ?");
    ENSURE(row.bind(kiosk, epoch).step());
    return row.as<std::uint64_t>(0);
}

std::uint64_t FactStore::count() const {
    return std::stoull(impl_->db.value("SELECT count(*) FROM fact"));
}

std::uint64_t FactStore::count(KioskId kiosk) const {
    auto row = impl_->db.prepare("SELECT count(*) FROM fact WHERE kiosk = ?");
    ENSURE(row.bind(kiosk).step());
    return row.as<std::uint64_t>(0);
}

std::vector<Hash> FactStore::parents() const {
    std::vector<Hash> parents;
    auto rows =
        impl_->db.prepare("SELECT epoch, seq, encoding, hash, signature FROM fact WHERE seq = 1");
    while (rows.step()) parents.push_back(read_fact(fact_row(rows)).fact.prev);
    return parents;
}

void FactStore::visit(const std::function<void(const StoredFact&)>& visit) const {
    auto rows = impl_->db.prepare(
        "SELECT epoch, seq, encoding, hash, signature FROM fact"
        " ORDER BY kiosk, epoch, seq, hash");
    while (rows.step()) visit(read_fact(fact_row(rows)));
}

void FactStore::visit_rows(KioskId kiosk, const std::function<bool(const FactRow&)>& visit) const {
    auto rows = impl_->db.prepare(
        "SELECT epoch, seq, encoding, hash, signature FROM fact"
        " WHERE kiosk = ? ORDER BY epoch, seq, hash");
    rows.bind(kiosk);
    while (rows.step() && visit(fact_row(rows))) {
    }
}

Hash FactStore::digest() const {
    Bytes all;
    all.reserve(count() * sizeof(Hash));
    auto rows = impl_->db.prepare("SELECT hash FROM fact ORDER BY kiosk, epoch, seq, hash");
    while (rows.step()) {
        const ByteView one = rows.blob(0);
        all.insert(all.end(), one.begin(), one.end());
    }
    return hash("hudoor-facts-1", all);
}

}  // namespace hudoor::organiser
