#include "storage/facts/proof.hpp"

#include <algorithm>

#include "storage/facts/chain.hpp"
#include "storage/facts/hello.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

constexpr KioskId other_kiosk{4};

SigningKey other_key() { return SigningKey(Secret<32>(Bytes(32, 9))); }

/// One start after another of one program; without key nothing is signed.
class Program {
public:
    explicit Program(const SigningKey* key, KioskId id = test::kiosk)
        : id_(id), chain_({.kiosk = id, .signing_key = key}, clock_, {}) {}

    std::vector<StoredFact> begin(const Hello& hello, int more) {
        std::vector<StoredFact> facts{chain_.append(make_hello(hello))};
        for (int i = 0; i < more; ++i) {
            Fact fact;
            fact.kind = FactKind::admitted;
            facts.push_back(chain_.append(std::move(fact)));
        }
        return facts;
    }
    /// The next epoch, by whoever has `key`.
    void go_on(const SigningKey* key) {
        chain_ = Chain({.kiosk = id_, .signing_key = key}, clock_, chain_.head());
    }

private:
    KioskId id_;
    test::ManualClock clock_;
    Chain chain_;
};

struct Told {
    std::vector<Hash> proved, unproved;
};

Told tell(const std::vector<StoredFact>& facts, std::size_t most_held = 65'536) {
    Told told;
    Proof proof({.find_key = [](KioskId id) -> std::optional<VerifyKey> {
                     if (id == test::kiosk) return test::kiosk_key().verify_key();
                     if (id == other_kiosk) return other_key().verify_key();
                     return std::nullopt;
                 },
                 .proved = [&](StoredFact&& fact) { told.proved.push_back(fact.hash); },
                 .unproved = [&](StoredFact&& fact) { told.unproved.push_back(fact.hash); },
                 .most_held = most_held});
    for (StoredFact fact : facts) proof.take(std::move(fact));
    proof.finish();
    CHECK(told.proved.size() + told.unproved.size() == facts.size());
    return told;
}

void append(std::vector<StoredFact>& facts, const std::vector<StoredFact>& more) {
    facts.insert(facts.end(), more.begin(), more.end());
}

}  // namespace

TEST_CASE("I-20: what its kiosk signed is proved, however much of it there is") {
    const SigningKey key = test::kiosk_key();
    const int more = GENERATE(0, 1, 255, 256, 700);
    Program program(&key);
    std::vector<StoredFact> facts = program.begin({}, more);
    program.go_on(&key);
    append(facts, program.begin({}, 3));
    CHECK(tell(facts).proved.size() == facts.size());
}

TEST_CASE("I-20: a signature proves what precedes it in its epoch, and nothing that follows") {
    const SigningKey key = test::kiosk_key();
    std::vector<StoredFact> facts = Program(&key).begin({}, 9);
    for (std::size_t i = 0; i < facts.size(); ++i)
        if (i != 5) facts[i].signature = {};
    const Told told = tell(facts);
    CHECK(told.proved.size() == 6);
    CHECK(std::ranges::count(told.unproved, facts[6].hash) == 1);
}

TEST_CASE("I-20: a later epoch's signature proves nothing before it") {
    const SigningKey key = test::kiosk_key();
    Program program(nullptr);
    std::vector<StoredFact> facts = program.begin({}, 4);
    program.go_on(&key);
    append(facts, program.begin({}, 2));
    const Told told = tell(facts);
    CHECK(told.proved.size() == 3);
    CHECK(told.unproved.size() == 5);
}

TEST_CASE("I-20: the hello after an unlock proves what the same program wrote before, no more") {
    const SigningKey key = test::kiosk_key();
    Program program(nullptr);
    std::vector<StoredFact> before = program.begin({}, 4);
    program.go_on(&key);
    const auto after = program.begin({.own_unsigned = 5, .own_head = before.back().hash}, 2);

    SECTION("whichever came first") {
        std::vector<StoredFact> facts = before;
        append(facts, after);
        CHECK(tell(facts).unproved.empty());
        std::ranges::rotate(facts, facts.begin() + 5);
        CHECK(tell(facts).unproved.empty());
    }
    SECTION("not with another count") {
        Program wrong(nullptr);
        std::vector<StoredFact> facts = wrong.begin({}, 4);
        wrong.go_on(&key);
        const Hash head = facts.back().hash;
        append(facts, wrong.begin({.own_unsigned = 4, .own_head = head}, 2));
        CHECK(tell(facts).unproved.size() == 5);
    }
    SECTION("not what somebody hung on after it") {
        std::vector<StoredFact> facts = before;
        StoredFact forged = before.back();
        forged.fact.seq = 6;
        forged.fact.prev = before.back().hash;
        forged.encoding = encode_fact(forged.fact);
        forged.hash = hash_fact(forged.encoding);
        facts.push_back(forged);
        append(facts, after);
        const Told told = tell(facts);
        CHECK(told.unproved == std::vector{forged.hash});
    }
    SECTION("not when the hello is unsigned itself") {
        Program forger(nullptr);
        std::vector<StoredFact> facts = forger.begin({}, 4);
        const Hash head = facts.back().hash;
        forger.go_on(nullptr);
        append(facts, forger.begin({.own_unsigned = 5, .own_head = head}, 2));
        CHECK(tell(facts).proved.empty());
    }
}

TEST_CASE("I-20: a hello that another names proves nothing itself, whichever hash comes first") {
    const SigningKey key = test::kiosk_key();
    for (int i = 0; i < 8; ++i) {
        Program program(nullptr);
        std::vector<StoredFact> facts = program.begin({}, 1);
        program.go_on(nullptr);
        append(facts, program.begin({.own_unsigned = 2, .own_head = facts.back().hash}, 1));
        program.go_on(&key);
        append(facts, program.begin({.own_unsigned = 2, .own_head = facts.back().hash}, 1));
        const Told told = tell(facts);
        CHECK(told.unproved == std::vector{facts[0].hash, facts[1].hash});
    }
}

TEST_CASE("I-20: a kiosk vouches for no other kiosk's facts") {
    const SigningKey key = other_key();
    Program victim(nullptr);
    std::vector<StoredFact> facts = victim.begin({}, 2);
    Fact hello = make_hello({.own_unsigned = 3, .own_head = facts.back().hash});
    hello.version = 1;
    hello.kiosk = other_kiosk;
    hello.epoch = Epoch{9};
    hello.seq = 1;
    hello.prev = facts.back().hash;
    StoredFact stored{.fact = hello, .encoding = encode_fact(hello), .hash = {}};
    stored.hash = hash_fact(stored.encoding);
    stored.signature = key.sign(stored.hash.bytes);
    facts.push_back(stored);
    const Told told = tell(facts);
    CHECK(told.proved == std::vector{stored.hash});
}

TEST_CASE("a fact that was altered, or of a kiosk nobody knows, is unproved") {
    const SigningKey key = test::kiosk_key();
    std::vector<StoredFact> facts = Program(&key).begin({}, 2);
    facts[1].encoding.back() ^= 1;
    CHECK(std::ranges::count(tell(facts).unproved, facts[1].hash) == 1);
    CHECK(tell(Program(&key, KioskId{9}).begin({}, 2)).proved.empty());
}

TEST_CASE("I-20: wrong signatures hung behind a kiosk's facts take none of them away") {
    const SigningKey key = test::kiosk_key();
    const SigningKey wrong = other_key();
    const int own = GENERATE(0, 20, 300);
    std::vector<StoredFact> facts = Program(&key).begin({}, own);
    const std::size_t good = facts.size();
    for (int i = 0; i < 600; ++i) {
        StoredFact forged = facts.back();
        ++forged.fact.seq;
        forged.fact.kind = FactKind::admitted;
        forged.fact.prev = facts.back().hash;
        forged.encoding = encode_fact(forged.fact);
        forged.hash = hash_fact(forged.encoding);
        forged.signature = wrong.sign(forged.hash.bytes);
        facts.push_back(forged);
    }
    CHECK(tell(facts).proved.size() == good);
    CHECK(tell(facts, 400).proved.size() == good);  // more than are held
}

TEST_CASE("I-15: what nothing proves is not held without end") {
    const SigningKey key = test::kiosk_key();
    Program program(nullptr);
    std::vector<StoredFact> facts = program.begin({}, 400);
    const Hash head = facts.back().hash;
    program.go_on(&key);
    append(facts, program.begin({.own_unsigned = 401, .own_head = head}, 2));
    CHECK(tell(facts).unproved.empty());
    CHECK(tell(facts, 300).unproved.size() == 401);
}

TEST_CASE("facts of two epochs that come by turns are told apart") {
    const SigningKey key = test::kiosk_key();
    Program one(&key);
    Program two(nullptr);
    const auto first = one.begin({}, 20);
    const auto second = two.begin({}, 20);
    std::vector<StoredFact> facts;
    for (std::size_t i = 0; i < first.size(); ++i) append(facts, {first[i], second[i]});
    const Told told = tell(facts);
    CHECK(told.proved.size() == 21);
    CHECK(std::ranges::is_permutation(told.unproved, second, {}, {}, &StoredFact::hash));
}

}  // namespace hudoor::storage
