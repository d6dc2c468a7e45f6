// F24: flip, delete, swap, re-seal and cut tail, at random, are found by what hudoor verify uses.

#include <fstream>
#include <random>

#include "storage/facts/hello.hpp"
#include "storage/organiser/merge/journal_copy.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::storage;
using organiser::FactsReport;

namespace {

namespace fs = std::filesystem;
using Random = std::mt19937_64;

/// A row that owns its bytes.
struct Row {
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    Bytes encoding;
    Bytes hash;
    Bytes signature;
};
using Rows = std::vector<Row>;

std::size_t below(Random& random, std::size_t end) { return random() % end; }

Row row_of(const StoredFact& fact) {
    return {static_cast<std::int64_t>(fact.fact.epoch),
            static_cast<std::int64_t>(fact.fact.seq),
            fact.encoding,
            {fact.hash.bytes.begin(), fact.hash.bytes.end()},
            {fact.signature.begin(), fact.signature.end()}};
}

/// A kiosk's journal as days with a mirror make it: five epochs, one of them without identity, one
/// that went on after another began, and a fork.
Rows make_rows(Random& random) {
    Rows rows;
    const auto add = [&](const std::vector<StoredFact>& facts) {
        for (const StoredFact& fact : facts) rows.push_back(row_of(fact));
    };
    const auto some = [&] { return 2 + below(random, 3); };
    test::FactMaker first;
    add(first.make(some()));
    const Head fork_at = first.head();
    add(first.make(some()));
    test::FactMaker second(first.head());
    add(second.make(some()));
    const test::ManualClock clock;
    Chain keyless({.kiosk = test::kiosk}, clock, second.head());
    Fact fact;
    fact.kind = FactKind::hello;
    add({keyless.append(fact)});
    fact.kind = FactKind::refused;
    add({keyless.append(fact), keyless.append(fact)});
    const SigningKey key = test::kiosk_key();
    Chain third({.kiosk = test::kiosk, .signing_key = &key}, clock, keyless.head());
    add({third.append(make_hello({.edition = {},
                                  .own_unsigned = static_cast<std::uint32_t>(keyless.head().seq),
                                  .own_head = keyless.head().hash})),
         third.append(fact)});
    add(second.make(some()));
    add(test::FactMaker(fork_at).make(some()));
    return rows;
}

std::optional<VerifyKey> find_key(KioskId id) {
    return id == test::kiosk ? std::optional(test::kiosk_key().verify_key()) : std::nullopt;
}

FactsReport check(const Rows& rows) {
    organiser::FactsCheck check(find_key);
    for (const Row& row : rows)
        if (!check.take({row.epoch, row.seq, row.encoding, row.hash, row.signature})) break;
    return check.finish();
}

/// Whether no epoch follows this fact and it is the last of its own: without it the rest is whole.
bool is_loose_end(const Rows& rows, std::size_t at) {
    const Hash hash = ByteReader(rows[at].hash).id<Hash>();
    for (const Row& row : rows) {
        if (row.epoch == rows[at].epoch && row.seq > rows[at].seq) return false;
        if (decode_fact(row.encoding)->prev == hash) return false;
    }
    return true;
}

void flip_bit(Bytes& bytes, Random& random) {
    bytes[below(random, bytes.size())] ^= static_cast<std::uint8_t>(1U << below(random, 8));
}

void flip(Rows& rows, Random& random) {
    Row& row = rows[below(random, rows.size())];
    switch (below(random, 5)) {
        case 0:
            row.epoch ^= std::int64_t{1} << below(random, 63);
            break;
        case 1:
            row.seq ^= std::int64_t{1} << below(random, 63);
            break;
        case 2:
            flip_bit(row.encoding, random);
            break;
        case 3:
            flip_bit(row.hash, random);
            break;
        default:
            flip_bit(row.signature, random);
    }
}

/// What one without the kiosk's key can do to hide a change of facts: new hashes in what follows,
/// and instead of the signatures the old ones, none, or those of another key.
void reseal(Rows& rows, Random& random, const SigningKey& other_key) {
    std::map<Bytes, Bytes> renamed;
    const std::size_t how = below(random, 3);
    for (bool more = true; more;) {
        more = false;
        for (Row& row : rows) {
            Fact fact = *decode_fact(row.encoding);
            const auto parent = renamed.find({fact.prev.bytes.begin(), fact.prev.bytes.end()});
            if (parent != renamed.end()) fact.prev = ByteReader(parent->second).id<Hash>();
            row.seq = static_cast<std::int64_t>(fact.seq);
            row.encoding = encode_fact(fact);
            const Hash hash = hash_fact(row.encoding);
            const Bytes bytes(hash.bytes.begin(), hash.bytes.end());
            if (bytes == row.hash) continue;
            more = true;
            renamed[row.hash] = bytes;
            row.hash = bytes;
            if (how == 1) row.signature.assign(64, 0);
            if (how == 2) {
                const Signature signature = other_key.sign(hash.bytes);
                row.signature.assign(signature.begin(), signature.end());
            }
        }
    }
}

void change_fact(Rows& rows, Random& random) {
    Row& row = rows[below(random, rows.size())];
    Fact fact = *decode_fact(row.encoding);
    switch (below(random, 4)) {
        case 0:
            fact.registration.bytes[below(random, 16)] ^= 1;
            break;
        case 1:
            fact.wall_ms += 60'000;
            break;
        case 2:
            fact.verdict = VerdictKind::admitted;
            fact.reason = Reason::badge_replaced;
            break;
        default:
            fact.payload.push_back(7);
    }
    row.encoding = encode_fact(fact);
}

/// With `renumber` the facts after it close the gap.
void remove_fact(Rows& rows, Random& random, bool renumber) {
    std::size_t at = 0;
    do at = below(random, rows.size());
    while (is_loose_end(rows, at));
    const Row gone = rows[at];
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
    if (!renumber) return;
    const Hash before = decode_fact(gone.encoding)->prev;
    for (Row& row : rows) {
        Fact fact = *decode_fact(row.encoding);
        const bool follows = fact.prev == ByteReader(gone.hash).id<Hash>();
        if (follows) fact.prev = before;
        if (row.epoch == gone.epoch && row.seq > gone.seq) --fact.seq;
        row.encoding = encode_fact(fact);
    }
}

/// Two rows of one epoch change places, or what two rows hold does. (Rows of different epochs may
/// stand in any order: levelled journals do.)
void swap_rows(Rows& rows, Random& random) {
    for (;;) {
        Row& a = rows[below(random, rows.size())];
        Row& b = rows[below(random, rows.size())];
        if (&a == &b) continue;
        if (a.epoch == b.epoch) return std::swap(a, b);
        std::swap(a.encoding, b.encoding);
        std::swap(a.hash, b.hash);
        return std::swap(a.signature, b.signature);
    }
}

/// The end of the file, or of one epoch that none follows.
void cut_tail(Rows& rows, Random& random) {
    const auto last = static_cast<std::ptrdiff_t>(1 + below(random, rows.size()));
    if (below(random, 2) == 0) return void(rows.erase(rows.end() - last, rows.end()));
    const std::size_t most = 1 + below(random, 4);
    for (std::size_t cut = 0; cut < most; ++cut)
        for (std::size_t at = rows.size(); at-- > 0;)
            if (is_loose_end(rows, at)) {
                rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
                break;
            }
}

enum class Tampering { flip, remove, renumber, swap, reseal, cut };
constexpr int kinds_of_tampering = 6;

void tamper(Rows& rows, Tampering how, Random& random, const SigningKey& other_key) {
    switch (how) {
        case Tampering::flip:
            return flip(rows, random);
        case Tampering::remove:
            return remove_fact(rows, random, false);
        case Tampering::renumber:
            remove_fact(rows, random, true);
            return reseal(rows, random, other_key);
        case Tampering::swap:
            return swap_rows(rows, random);
        case Tampering::reseal:
            change_fact(rows, random);
            return reseal(rows, random, other_key);
        case Tampering::cut:
            return cut_tail(rows, random);
    }
}

/// Alone a cut end cannot be told, and is said to be unconfirmed; all else is found.
void expect_found(const FactsReport& altered, const FactsReport& witness, Tampering how) {
    if (altered.trouble) return;
    if (how != Tampering::cut) FAIL_CHECK("not found");
    if (!find_difference(altered, witness)) FAIL_CHECK("not found by a witness");
    if (is_end_confirmed(altered, {})) FAIL_CHECK("an end that nobody confirms");
}

constexpr unsigned seed = 20'261'204;

/// The rows given to what hudoor verify gives its rows to.
void play_rows(int times) {
    Random random(seed);
    const SigningKey other_key = SigningKey::generate();
    Rows rows;
    FactsReport whole;
    for (int play = 0; play < times; ++play) {
        if (play % 200 == 0) {
            rows = make_rows(random);
            whole = check(rows);
            REQUIRE_FALSE(whole.trouble);
        }
        const auto how = static_cast<Tampering>(play % kinds_of_tampering);
        INFO("seed " << seed << ", play " << play << ", tampering " << play % kinds_of_tampering);
        Rows altered = rows;
        tamper(altered, how, random, other_key);
        expect_found(check(altered), whole, how);
    }
}

/// A closed journal, and what one who knows SQLite can make of it.
class JournalFile {
public:
    JournalFile() {
        { const Journal journal(test::options_in(directory_.path())); }
        const Database database(file());
        Statement found =
            database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        while (found.step()) {
            drops_ += "DROP TRIGGER " + found.text(0) + ";";
            triggers_ += found.text(1) + ";";
        }
    }

    [[nodiscard]] fs::path file() const { return directory_ / "journal.db"; }
    /// False if two rows have one number, which no file can hold.
    [[nodiscard]] bool hold(const Rows& rows) const {
        Database database(file());
        Transaction transaction(database);
        database.execute((drops_ + "DELETE FROM fact;").c_str());
        Statement insert = database.prepare(
            "INSERT OR IGNORE INTO fact (epoch, seq, encoding, hash, signature) VALUES (?,?,?,?,?)");
        for (const Row& row : rows)
            insert.run(row.epoch, row.seq, row.encoding, row.hash, row.signature);
        database.execute(triggers_.c_str());
        const bool is_held_still =
            database.value("SELECT count(*) FROM fact") == std::to_string(rows.size());
        transaction.commit();
        return is_held_still;
    }

private:
    test::TemporaryDirectory directory_;
    std::string drops_;
    std::string triggers_;
};

void play_files(int times) {
    Random random(seed);
    const SigningKey other_key = SigningKey::generate();
    const JournalFile whole_file;
    const JournalFile altered_file;
    const Rows rows = make_rows(random);
    REQUIRE(whole_file.hold(rows));
    const FactsReport whole = organiser::check_journal(whole_file.file(), find_key);
    REQUIRE_FALSE(whole.trouble);
    REQUIRE(whole.facts == rows.size());
    int played = 0;
    for (int play = 0; played < times; ++play) {
        const auto how = static_cast<Tampering>(play % kinds_of_tampering);
        INFO("seed " << seed << ", play " << play << ", tampering " << play % kinds_of_tampering);
        Rows altered = rows;
        tamper(altered, how, random, other_key);
        if (!altered_file.hold(altered)) continue;
        expect_found(organiser::check_journal(altered_file.file(), find_key), whole, how);
        ++played;
    }
}

/// Bytes of the file itself, anywhere in it.
void play_bytes(int times) {
    Random random(seed);
    const JournalFile journal;
    const Rows rows = make_rows(random);
    REQUIRE(journal.hold(rows));
    std::string whole(fs::file_size(journal.file()), '\0');
    std::ifstream(journal.file(), std::ios::binary)
        .read(whole.data(), static_cast<std::streamsize>(whole.size()));
    const FactsReport witness = organiser::check_journal(journal.file(), find_key);
    for (int play = 0; play < times; ++play) {
        std::string altered = whole;
        const std::size_t at = below(random, altered.size());
        altered[at] = static_cast<char>(altered[at] ^ (1 << below(random, 8)));
        std::ofstream(journal.file(), std::ios::binary | std::ios::trunc) << altered;
        const FactsReport report = organiser::check_journal(journal.file(), find_key);
        INFO("seed " << seed << ", play " << play << ", byte " << at);
        // A byte that belongs to no fact may be anything; a fact is never another one.
        CHECK((report.trouble ||
               (report.facts == witness.facts && !find_difference(report, witness))));
    }
}

}  // namespace

TEST_CASE("F24: flip, delete, swap, re-seal and cut tail are found, every time") {
    play_rows(1'200);
}

TEST_CASE("F24: the same in real journals") { play_files(60); }

TEST_CASE("F24: no flipped bit of a journal's file changes a fact unseen") { play_bytes(200); }

TEST_CASE("F24: a hundred thousand tamperings are found", "[.][soak-tamper]") {
    play_rows(100'000);
    play_files(2'000);
    play_bytes(5'000);
}
