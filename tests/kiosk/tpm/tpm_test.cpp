// The TPM way with a TPM in software: what it seals, what it counts.
#include "kiosk/tpm/tpm.hpp"

#include "config/fault.hpp"
#include "kiosk/tpm/count_starts.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/swtpm.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace hudoor::test;
using kiosk::Tpm;
using storage::Bytes;
using storage::Secret;

namespace {

bool are_same(const Secret<32>& a, const Secret<32>& b) {
    return std::ranges::equal(a.view(), b.view());
}

template <typename Work>
std::optional<ExitCode> fault_of(const Work& work) {
    try {
        work();
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("a TPM opens what it sealed, also by a later connection, and no other TPM does") {
    const Swtpm chip;
    const Secret<32> key = Secret<32>::random();
    const Bytes sealed = Tpm(chip.tcti()).seal(key);
    CHECK(storage::as_text(sealed).find(storage::as_text(key.view())) == std::string::npos);
    Tpm tpm(chip.tcti());
    // Nothing of it stays in the chip, which has room for three.
    for (int i = 0; i < 5; ++i) CHECK(are_same(tpm.unseal(sealed), key));

    const Swtpm other;
    Tpm stranger(other.tcti());
    CHECK(fault_of([&] { (void)stranger.unseal(sealed); }) == ExitCode::not_allowed);
}

TEST_CASE("a sealed key that was altered or cut anywhere is refused") {
    const Swtpm chip;
    Tpm tpm(chip.tcti());
    const Bytes sealed = tpm.seal(Secret<32>::random());
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        INFO("byte " << at);
        Bytes altered = sealed;
        altered[at] ^= 1;
        CHECK(fault_of([&] { (void)tpm.unseal(altered); }));
        const auto cut = storage::ByteView(sealed).first(at);
        CHECK(fault_of([&] { (void)tpm.unseal(cut); }) == ExitCode::bad_data);
    }
    Bytes longer = sealed;
    longer.push_back(0);
    CHECK(fault_of([&] { (void)tpm.unseal(longer); }) == ExitCode::bad_data);
}

TEST_CASE("a TPM's counter rises by one, and is there for the next connection") {
    const Swtpm chip;
    CHECK_FALSE(Tpm(chip.tcti()).counter());
    const std::uint64_t first = Tpm(chip.tcti()).raise_counter();
    Tpm tpm(chip.tcti());
    CHECK(tpm.counter() == first);
    CHECK(tpm.raise_counter() == first + 1);
    CHECK(Tpm(chip.tcti()).counter() == first + 1);
}

TEST_CASE("a TPM that is not there is a fault that names it, and an empty HUDOOR_TCTI means none") {
    const std::string nowhere = "swtpm:host=127.0.0.1,port=" + std::to_string(find_free_port());
    const WithVariable quiet("TSS2_LOG", "all+NONE");
    CHECK(fault_of([&] { const Tpm tpm(nowhere); }) == ExitCode::unavailable);
    const WithVariable none("HUDOOR_TCTI", "");
    CHECK_FALSE(kiosk::find_tpm());
    const WithVariable given("HUDOOR_TCTI", nowhere);
    CHECK(kiosk::find_tpm() == nowhere);
}

TEST_CASE("starts and ends are counted in the TPM, each once a head carries them") {
    const Swtpm chip;
    const auto count = [&] {
        const auto starts = kiosk::count_starts(chip.tcti());
        const std::uint64_t carried = starts->carried();
        starts->written();
        starts->written();
        starts->end();
        starts->written();
        return carried;
    };
    const std::uint64_t first = count();
    CHECK(Tpm(chip.tcti()).counter() == first + 1);
    CHECK(count() == first + 2);
    CHECK(Tpm(chip.tcti()).counter() == first + 3);
    CHECK_FALSE(kiosk::count_starts(chip.tcti())->take_trouble());
}

TEST_CASE("without a TPM, or with one that does not answer, nothing is counted") {
    const WithVariable quiet("TSS2_LOG", "all+NONE");
    const std::string nowhere = "swtpm:host=127.0.0.1,port=" + std::to_string(find_free_port());
    for (const auto& starts : {kiosk::count_starts(std::nullopt), kiosk::count_starts(nowhere)}) {
        CHECK(starts->carried() == 0);
        starts->written();
        CHECK_FALSE(starts->take_trouble());
        starts->found(7);
        CHECK(starts->take_trouble());
    }
}
