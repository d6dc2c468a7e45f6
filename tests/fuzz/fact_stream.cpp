// Facts from anybody: decoded, told apart by what proves them, folded into the state of a door. In
// front of each fact stand its length and a byte that says whether its kiosk signs it.
#include "storage/decide/kiosk_acts.hpp"
#include "storage/decide/ledger.hpp"
#include "storage/facts/chain_check.hpp"
#include "storage/facts/known_editions.hpp"
#include "storage/facts/proof.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;

namespace {

std::vector<StoredFact> read_facts(ByteReader& in, const SigningKey& key) {
    std::vector<StoredFact> facts;
    while (facts.size() < 64) {
        const std::size_t length = in.u16();
        const bool is_signed = in.u8() % 2 == 1;
        const ByteView bytes = in.raw(length);
        if (in.failed() || bytes.empty()) return facts;
        auto fact = decode_fact(bytes);
        if (!fact) continue;
        Bytes encoding(bytes.begin(), bytes.end());
        if (encode_fact(*fact) != encoding) std::abort();
        const Hash hash = hash_fact(encoding);
        facts.push_back({std::move(*fact), std::move(encoding), hash,
                         is_signed ? key.sign(hash.bytes) : Signature{}});
    }
    return facts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::EventFixture event;
    ByteReader in(ByteView(data, size));
    const auto facts = read_facts(in, event.kiosk_signing);
    Ledger ledger;
    KioskActs acts;
    KnownEditions editions(event.identity.kiosk_key);
    std::size_t told = 0;
    Proof proof({.find_key = [](KioskId) { return std::optional(event.identity.kiosk_key); },
                 .proved =
                     [&](StoredFact&& fact) {
                         ++told;
                         ledger.add(fact.fact, fact.hash);
                         acts.add(fact.fact);
                         editions.add(fact);
                     },
                 .unproved = [&](StoredFact&&) { ++told; }});
    ChainCheck chain(event.identity.kiosk, fact_domain);
    for (const StoredFact& fact : facts) {
        if (!chain.trouble_with(fact)) chain.accept(fact);
        proof.take(StoredFact(fact));
    }
    proof.finish();
    if (told != facts.size()) std::abort();
    (void)ledger.digest(event.identity.agenda);
    (void)ledger.everybody_inside(event.identity.agenda);
    (void)acts.pin_lock({UsherNumber{7}}, UsherRole::usher, test::dubai(4, 9, 0));
    return 0;
}
