// A stick from anybody. The first byte says how deep it gets: as it is; with a right trailer; as
// the payload of a rightly sealed bundle of facts, or of an update; as one fact.
#include "storage/bundle/facts_bundle.hpp"
#include "storage/bundle/update_bundle.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;

namespace {

const test::EventFixture& event() {
    static const test::EventFixture fixture;
    return fixture;
}

Bytes with_trailer(ByteView bytes) {
    Bytes whole(bytes.begin(), bytes.end());
    whole.resize(whole.size() + sizeof(Signature));  // zero: unsigned
    const Hash trailer = hash("hudoor-bundle-trailer-1", whole);
    whole.insert(whole.end(), trailer.bytes.begin(), trailer.bytes.end());
    return whole;
}

/// What somebody with the right keys could put into a bundle.
std::filesystem::path sealed(BundleKind kind, ByteView payload, const SigningKey& sender,
                             const SealKey& reader) {
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("hudoor-fuzz-" + std::to_string(::getpid()));
    const Secret<32> key(Bytes(32, 7));
    write_bundle({.kind = kind,
                  .event = test::demo_event,
                  .sender = sender.verify_key(),
                  .key_part = seal_key_for(key, {{reader}}),
                  .ranges = {}},
                 payload, key, &sender, file);
    return file;
}

void read(const std::filesystem::path& file) {
    for (const BundleKind kind : {BundleKind::enrolment, BundleKind::facts, BundleKind::update})
        fuzz::expect_fault_at_most(
            [&] { (void)BundleReader(file, kind).payload(Secret<32>(Bytes(32, 7))); });
}

void read_facts(ByteView payload) {
    const auto file = sealed(BundleKind::facts, payload, event().kiosk_signing,
                             event().organiser_opening.seal_key());
    fuzz::expect_fault_at_most([&] {
        FactsBundleReader(file).visit(event().organiser_opening,
                                      [](const StoredFact&) { return true; });
    });
}

void take(ByteView payload) {
    const auto file =
        sealed(BundleKind::update, payload, event().organiser, event().kiosk_opening.seal_key());
    fuzz::expect_fault_at_most(
        [&] { (void)take_update(file, "/nowhere", event().identity, {}, event().kiosk_opening); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    switch (data[0] % 5) {
        case 0:
            read(fuzz::MemoryFile(bytes).path());
            break;
        case 1:
            read(fuzz::MemoryFile(with_trailer(bytes)).path());
            break;
        case 2:
            read_facts(bytes);
            break;
        case 3:
            take(bytes);
            break;
        default:
            if (const auto fact = decode_fact(bytes);
                fact && encode_fact(*fact) != Bytes(bytes.begin(), bytes.end()))
                std::abort();
    }
    return 0;
}
