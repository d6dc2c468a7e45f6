// What an organiser signs for kiosks, by an organiser who signs anything: the first byte says what.
#include "storage/base/signed_bytes.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/roster.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::EventFixture event;
    if (size == 0) return 0;
    const auto sign = [&](std::string_view domain) {
        return with_signature(domain, Bytes(data + 1, data + size), event.organiser);
    };
    const VerifyKey& organiser = event.identity.organiser;
    switch (data[0] % 4) {
        case 0:
            (void)parse_identity(sign("hudoor-identity-1"), organiser);
            break;
        case 1:
            (void)parse_refusals(sign("hudoor-refusals-1"), test::demo_event, organiser);
            break;
        case 2:
            (void)parse_refusals(sign("hudoor-revocations-1"), test::demo_event, organiser);
            break;
        default:
            (void)parse_roster(sign("hudoor-roster-1"), test::demo_event, organiser);
    }
    return 0;
}
