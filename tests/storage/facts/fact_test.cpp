#include "storage/facts/fact.hpp"

#include <fstream>
#include <map>

#include "tests/support/catch.hpp"
#include "tests/support/hex.hpp"

namespace hudoor::storage {

namespace {

/// `size` bytes from `first` up.
template <typename Id>
Id counted_id(std::uint8_t first) {
    Id id;
    for (std::uint8_t& byte : id.bytes) byte = first++;
    return id;
}

Fact hello() {
    Fact fact;
    fact.kind = FactKind::hello;
    fact.kiosk = KioskId{3};
    fact.epoch = Epoch{0x1a2b3c4d};
    fact.seq = 1;
    fact.id = counted_id<FactId>(0x10);
    fact.hlc = 0x019afb7e23400000;
    fact.wall_ms = 0x019afb7e2340;
    fact.clock_quality = ClockQuality::synced;
    fact.place = PlaceId{1};
    return fact;
}

Fact admitted() {
    Fact fact = hello();
    fact.kind = FactKind::admitted;
    fact.seq = 2;
    fact.hlc += 0x0001'0001;
    fact.wall_ms += 1;
    fact.clock_offset_ms = -250;
    fact.registration = counted_id<RegistrationId>(0x20);
    fact.badge = counted_id<BadgeNumber>(0x30);
    fact.issue = 2;
    fact.code = counted_id<CodeHash>(0x40);
    fact.session = SessionId{12};
    fact.direction = Direction::entry;
    fact.verdict = VerdictKind::admitted;
    fact.reason = Reason::ok;
    fact.method = Method::badge;
    fact.replica_revision = 77;
    fact.argument = 18;
    fact.prev = counted_id<Hash>(0x50);
    return fact;
}

Fact extremes() {
    Fact fact;
    fact.kind = FactKind::guest;
    fact.kiosk = KioskId{0xffff};
    fact.epoch = Epoch{0xffffffff};
    fact.seq = 0xffffffffffffffff;
    fact.id = counted_id<FactId>(0xf0);
    fact.hlc = 0xffffffffffffffff;
    fact.wall_ms = std::numeric_limits<std::int64_t>::min();
    fact.clock_quality = ClockQuality::unset;
    fact.clock_offset_ms = std::numeric_limits<std::int64_t>::max();
    fact.place = PlaceId{0xfffe};
    fact.session = SessionId{0xfffd};
    fact.direction = Direction::exit;
    fact.verdict = VerdictKind::refused;
    fact.reason = Reason::session_full;
    fact.method = Method::hand_scanner;
    fact.override_reason = Override::other;
    fact.usher = UsherNumber{999};
    fact.reference = counted_id<FactId>(0x60);
    fact.replica_revision = 0xfedcba9876543210;
    fact.act = ActCode::exit_program;
    fact.argument = 0xffffffff;
    for (std::size_t i = 0; i < max_payload_bytes; ++i)
        fact.payload.push_back(static_cast<std::uint8_t>(i));
    fact.prev = counted_id<Hash>(0xa0);
    return fact;
}

/// A file of lines "name value".
std::map<std::string, std::string> read_vector(const std::string& name) {
    std::ifstream file(std::string(HUDOOR_VECTORS "/") + name + ".txt");
    std::map<std::string, std::string> values;
    for (std::string key, value; file >> key >> value;) values[key] = value;
    return values;
}

void check_vector(const std::string& name, const Fact& fact) {
    auto vector = read_vector(name);
    const Bytes encoding = encode_fact(fact);
    CHECK(to_hex(encoding) == vector["encoding"]);
    CHECK(to_hex(hash_fact(encoding).bytes) == vector["hash"]);
    CHECK(to_hex(hash_fact(encoding, training_domain).bytes) == vector["training_hash"]);
    CHECK(decode_fact(test::parse_hex(vector["encoding"])) == fact);
}

}  // namespace

// The files never change: facts of old events must read and verify for ever.
TEST_CASE("the encoding and hash of a hello stand fixed") { check_vector("hello", hello()); }
TEST_CASE("the encoding and hash of an admitted stand fixed") {
    check_vector("admitted", admitted());
}
TEST_CASE("the encoding and hash at the limits stand fixed") { check_vector("limits", extremes()); }

TEST_CASE("bytes that are not exactly one fact are refused") {
    const Bytes good = encode_fact(extremes());
    CHECK_FALSE(decode_fact({}));
    for (std::size_t size = 0; size < good.size(); ++size)
        if (decode_fact(ByteView(good).first(size))) FAIL("taken when cut to " << size);
    Bytes longer = good;
    longer.push_back(0);
    CHECK_FALSE(decode_fact(longer));
    Bytes newer = good;
    newer[0] = 2;
    CHECK_FALSE(decode_fact(newer));
}

TEST_CASE("how long an encoding is shows at its beginning, whatever follows") {
    for (const Fact& fact : {hello(), admitted(), extremes()}) {
        Bytes bytes = encode_fact(fact);
        const std::size_t size = bytes.size();
        CHECK(find_encoding_size(bytes) == size);
        CHECK_FALSE(find_encoding_size(ByteView(bytes).first(size - 1)));
        bytes.resize(size + 100, 1);
        CHECK(find_encoding_size(bytes) == size);
    }
}

TEST_CASE("a payload beyond its limit is refused") {
    Bytes encoding = encode_fact(extremes());
    const std::size_t length_at = encoding.size() - 32 - max_payload_bytes - 2;
    REQUIRE(encoding[length_at] == 4);
    encoding[length_at + 1] = 1;  // 1,025
    encoding.push_back(0);
    CHECK_FALSE(decode_fact(encoding));
}

TEST_CASE("every changed byte of a fact changes its hash") {
    const Bytes good = encode_fact(admitted());
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes changed = good;
        changed[i] ^= 1;
        if (hash_fact(changed) == hash_fact(good)) FAIL("byte " << i);
    }
}

TEST_CASE("names are the stable words of results and reports") {
    CHECK(name_of(VerdictKind::already_in) == "already_in");
    CHECK(name_of(Reason::signature_only) == "signature_only");
    CHECK(name_of(Reason::session_full) == "session_full");
    CHECK(name_of(Method::imported_code) == "imported_code");
    CHECK(name_of(FactKind::guest) == "guest");
    CHECK(name_of(static_cast<Reason>(200)) == "unknown");
}

}  // namespace hudoor::storage
