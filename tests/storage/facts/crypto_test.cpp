#include "storage/base/crypto.hpp"

#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/hex.hpp"

namespace hudoor::storage {

namespace {

Secret<32> some_secret(std::uint8_t byte) { return Secret<32>(Bytes(32, byte)); }

}  // namespace

TEST_CASE("a signature holds for its message and key only") {
    const SigningKey key(some_secret(1));
    Signature signature = key.sign(as_bytes("one"));
    CHECK(verify(signature, as_bytes("one"), key.verify_key()));
    CHECK_FALSE(verify(signature, as_bytes("two"), key.verify_key()));
    CHECK_FALSE(verify(signature, as_bytes("one"), SigningKey(some_secret(2)).verify_key()));
    signature[0] ^= 1;
    CHECK_FALSE(verify(signature, as_bytes("one"), key.verify_key()));
}

TEST_CASE("Ed25519 is that of RFC 8032") {
    const SigningKey key{Secret<32>(
        test::parse_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))};
    CHECK(to_hex(key.verify_key()) ==
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    CHECK(to_hex(key.sign({})).substr(0, 32) == "e5564300c360ac729086e2cc806e828a");
}

TEST_CASE("a sealed message opens for its reader only") {
    const OpeningKey reader = OpeningKey::generate();
    Bytes sealed = seal(as_bytes("a note"), reader.seal_key());
    CHECK(sealed.size() == 6 + 48);
    const auto opened = reader.open(sealed);
    REQUIRE(opened);
    CHECK(as_text(*opened) == "a note");
    CHECK_FALSE(OpeningKey::generate().open(sealed));
    CHECK_FALSE(reader.open(as_bytes("short")));
    sealed.back() ^= 1;
    CHECK_FALSE(reader.open(sealed));
}

TEST_CASE("what is locked unlocks with the same key only") {
    Bytes locked = lock(as_bytes("secret"), some_secret(1));
    const auto unlocked = unlock(locked, some_secret(1));
    REQUIRE(unlocked);
    CHECK(as_text(*unlocked) == "secret");
    CHECK_FALSE(unlock(locked, some_secret(2)));
    CHECK_FALSE(unlock(as_bytes("short"), some_secret(1)));
    locked[30] ^= 1;
    CHECK_FALSE(unlock(locked, some_secret(1)));
}

TEST_CASE("a passphrase gives the same key again, another or another salt gives another") {
    const Bytes salt(16, 7);
    const std::string key = to_hex(derive_key("passphrase", salt).view());
    CHECK(to_hex(derive_key("passphrase", salt).view()) == key);
    CHECK(to_hex(derive_key("passphrasf", salt).view()) != key);
    CHECK(to_hex(derive_key("passphrase", Bytes(16, 8)).view()) != key);
}

TEST_CASE("a hash is BLAKE2b-256 over domain and message") {
    // b2sum -l 256 of "abc"
    const std::string abc = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
    CHECK(to_hex(hash("", as_bytes("abc")).bytes) == abc);
    CHECK(to_hex(hash("ab", as_bytes("c")).bytes) == abc);
}

TEST_CASE("bytes are written as two hexadecimal digits each") {
    CHECK(to_hex(Bytes{0x00, 0x9f, 0xa0, 0xff}) == "009fa0ff");
}

TEST_CASE("a reader past the end gives zeros and says so") {
    ByteWriter out;
    out.u16(0x0102);
    out.text("ab");
    ByteReader in(out.bytes());
    CHECK(in.u16() == 0x0102);
    CHECK(in.text() == "ab");
    CHECK(in.finished());
    CHECK(in.u64() == 0);
    CHECK(in.failed());
    CHECK_FALSE(in.finished());
    ByteReader lying(as_bytes("\xff\xff\xff\xff"));
    CHECK(lying.block().empty());
    CHECK(lying.failed());
}

TEST_CASE("a UUIDv7 begins with the time and never repeats") {
    std::set<std::array<std::uint8_t, 16>> seen;
    for (int i = 0; i < 1'000; ++i) {
        const auto uuid = make_uuid_v7(0x0123456789ab);
        seen.insert(uuid);
        if (to_hex(uuid).substr(0, 13) != "0123456789ab7" || uuid[8] >> 6 != 2) FAIL(to_hex(uuid));
    }
    CHECK(seen.size() == 1'000);
    CHECK(to_hex(make_uuid_v7(-1)).substr(0, 12) == "000000000000");
}

}  // namespace hudoor::storage
