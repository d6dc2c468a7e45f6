#include "storage/bundle/enrolment_bundle.hpp"

#include <sys/stat.h>

#include "storage/base/files.hpp"
#include "storage/guests/replica.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::test;
using storage::Bytes;

namespace {

/// A bundle for the fixture's kiosk, written as north.kiosk.
struct WrittenBundle {
    EventFixture fixture;
    Scratch scratch;
    Bytes identity = storage::encode_identity(fixture.identity, fixture.organiser);
    Bytes refusals = storage::encode_refusals(fixture.refusals, demo_event, fixture.organiser);
    Bytes roster =
        storage::encode_roster(test::sample_roster(fixture), demo_event, fixture.organiser);
    Bytes snapshot = fixture.snapshot(fixture.delegates_up_to(20));
    std::filesystem::path file = scratch.path("north.kiosk");

    explicit WrittenBundle(std::size_t padding = 0) {
        snapshot.resize(snapshot.size() + padding);
        write(fixture.organiser);
    }
    void write(const storage::SigningKey& sender) const {
        storage::write_enrolment_bundle({identity, snapshot, refusals, roster, secrets()},
                                        demo_event, sender, file, passphrase);
    }
    [[nodiscard]] storage::KioskSecrets secrets() const {
        return {storage::SigningKey(storage::Secret<32>(fixture.kiosk_signing.seed().view())),
                storage::OpeningKey(storage::Secret<32>(fixture.kiosk_opening.secret().view()))};
    }
    [[nodiscard]] ExitCode fault() const {
        return fault_of([&] { (void)storage::read_enrolment_bundle(file, passphrase); });
    }
    /// What reading says of a file with these bytes instead.
    [[nodiscard]] ExitCode fault_with(storage::ByteView bytes) const {
        storage::write_file(file, bytes, storage::private_mode);
        return fault();
    }
};

}  // namespace

TEST_CASE("a bundle brings back what was put in, and is closed to others") {
    // Padded to pieces of 64 KiB, exactly and just beside.
    const std::size_t padding =
        GENERATE(std::size_t{0}, std::size_t{200'000}, std::size_t{64 * 1024});
    const WrittenBundle made(padding);
    const storage::EnrolmentBundle read = storage::read_enrolment_bundle(made.file, passphrase);
    CHECK(read.identity == made.identity);
    CHECK(read.refusals == made.refusals);
    CHECK(read.roster == made.roster);
    CHECK(read.snapshot == made.snapshot);
    CHECK(read.secrets.signing.verify_key() == made.fixture.kiosk_signing.verify_key());
    CHECK(read.secrets.opening.seal_key() == made.fixture.kiosk_opening.seal_key());
    struct stat status {};
    REQUIRE(::stat(made.file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("nothing of a bundle can be read without its passphrase") {
    const WrittenBundle made;
    CHECK(fault_of([&] { (void)storage::read_enrolment_bundle(made.file, "another"); }) ==
          ExitCode::not_allowed);
    const std::string bytes = made.scratch.read("north.kiosk");
    CHECK(bytes.find(made.fixture.identity.event_name.en) == std::string::npos);
    CHECK(bytes.find(storage::as_text(made.fixture.kiosk_signing.seed().view())) ==
          std::string::npos);
}

TEST_CASE("F22: a bundle cut short or altered at any 101st byte is refused whole") {
    const WrittenBundle made;
    const Bytes whole = storage::read_file(made.file, storage::max_bundle_bytes);
    for (std::size_t at = 0; at < whole.size(); at += 101) {
        Bytes flipped = whole;
        flipped[at] ^= 1;
        CHECK(made.fault_with(flipped) == ExitCode::bad_data);
        CHECK(made.fault_with(storage::ByteView(whole).first(at)) == ExitCode::bad_data);
    }
    Bytes longer = whole;
    longer.push_back(0);
    CHECK(made.fault_with(longer) == ExitCode::bad_data);
    CHECK(made.fault_with(whole) == ExitCode::done);
}

TEST_CASE("a bundle whose contents are not its sender's is refused, though every seal fits") {
    WrittenBundle made;
    SECTION("sent by a stranger") { made.write(storage::SigningKey::generate()); }
    SECTION("with a stranger's identity") {
        const storage::SigningKey stranger = storage::SigningKey::generate();
        made.fixture.identity.organiser = stranger.verify_key();
        made.identity = storage::encode_identity(made.fixture.identity, stranger);
        made.write(made.fixture.organiser);
    }
    SECTION("with a stranger's roster") {
        made.roster = storage::encode_roster(test::sample_roster(made.fixture), demo_event,
                                             storage::SigningKey(test::test_secret("stranger")));
        made.write(made.fixture.organiser);
    }
    SECTION("with a stranger's refusals") {
        made.refusals = storage::encode_refusals(made.fixture.refusals, demo_event,
                                                 storage::SigningKey::generate());
        made.write(made.fixture.organiser);
    }
    SECTION("with another kiosk's identity") {
        made.fixture.identity.kiosk_key = storage::SigningKey::generate().verify_key();
        made.identity = storage::encode_identity(made.fixture.identity, made.fixture.organiser);
        made.write(made.fixture.organiser);
    }
    CHECK(made.fault() == ExitCode::bad_data);
}

TEST_CASE("a bundle that is not there, or a folder, is no input") {
    const Scratch scratch;
    CHECK(fault_of([&] { (void)storage::read_enrolment_bundle(scratch.path("x"), passphrase); }) ==
          ExitCode::no_input);
    CHECK(fault_of([&] { (void)storage::read_enrolment_bundle(scratch.path(""), passphrase); }) ==
          ExitCode::no_input);
}

TEST_CASE("a bundle that an older hudoor made says how to make it again, a newer one to update") {
    const WrittenBundle made;
    constexpr std::size_t version_at = 8;
    const auto says = [&](char version) {
        std::string bytes = made.scratch.read("north.kiosk");
        REQUIRE(bytes[version_at] == 2);
        bytes[version_at] = version;
        const auto other = made.scratch.write("other.kiosk", bytes);
        return sentence_of([&] { (void)storage::read_enrolment_bundle(other, passphrase); });
    };
    CHECK(says(1).find("made by an older hudoor; make it again with hudoor kiosk renew") !=
          std::string::npos);
    CHECK(says(3).find("update the program") != std::string::npos);
}
