#include "kiosk/enrol/enrolment.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "kiosk/tpm/tpm.hpp"
#include "storage/base/files.hpp"
#include "storage/base/signed_bytes.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/guests/replica.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/cut_calls.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/hanging_reader.hpp"
#include "tests/support/swtpm.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace hudoor::test;
using kiosk::Enrolment;
using kiosk::load_enrolment;

namespace {

constexpr const char* people = "attendee_id,name_en,sessions\nD1,Noura,opening\nD2,Omar,workshop\n";

/// An event with two people and the bundle of one kiosk.
struct EventWithKiosk : DemoEvent {
    std::filesystem::path state = scratch.path("state");

    EventWithKiosk() {
        import(people);
        REQUIRE(add_kiosk("north-1").exit_code == 0);
    }
    [[nodiscard]] Finished add_kiosk(const std::string& name) const {
        return hudoor("kiosk add " + name + " --place north --out " + name +
                      ".kiosk --bundle-passphrase-file passphrase");
    }
    storage::Identity enrol(const std::string& name = "north-1") const {
        return kiosk::enrol(scratch.path(name + ".kiosk"), passphrase, state);
    }
    void enrol_with(std::string_view digits) const {
        kiosk::enrol(scratch.path("north-1.kiosk"), passphrase, state,
                     {.start_passphrase = digits});
    }
};

storage::Replica open_replica(const Enrolment& enrolment) {
    return storage::Replica::open_snapshot(enrolment.snapshot.value(), enrolment.identity.event,
                                           enrolment.identity.organiser,
                                           enrolment.secrets.value().opening);
}

}  // namespace

TEST_CASE("an enrolled kiosk knows itself, its secrets and its guests") {
    const EventWithKiosk event;
    event.enrol();
    const Enrolment enrolment = load_enrolment(event.state);
    CHECK(enrolment.trouble.empty());
    CHECK(enrolment.identity.kiosk == storage::KioskId{1});
    CHECK(enrolment.identity.kiosk_name == "north-1");
    CHECK(enrolment.identity.place == storage::PlaceId{1});
    CHECK(enrolment.identity.agenda.sessions.size() == 10);
    REQUIRE(enrolment.secrets);
    CHECK(enrolment.secrets->signing.verify_key() == enrolment.identity.kiosk_key);
    CHECK(enrolment.secrets->signing.verify_key() == event.open().kiosks().at(0).verify_key);

    const storage::Replica replica = open_replica(enrolment);
    CHECK(replica.header().registrations == 2);
    const auto noura = event.open().find("D1")->door;
    const auto found = replica.find(noura.badge);
    REQUIRE(found);
    CHECK(found->id == noura.id);
    CHECK(found->name.en == "Noura");
}

TEST_CASE("only the owner may read what a kiosk keeps") {
    const EventWithKiosk event;
    event.enrol();
    for (const auto& entry : std::filesystem::directory_iterator(event.state)) {
        INFO(entry.path());
        struct stat status {};
        REQUIRE(::stat(entry.path().c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600);
    }
    CHECK(std::filesystem::exists(event.state / "kiosk.key"));
}

TEST_CASE("F26: without its key a kiosk keeps identity and refusals and says what is missing") {
    const EventWithKiosk event;
    kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.state,
                 {.key_out = event.scratch.path("elsewhere.key")});
    const Enrolment without = load_enrolment(event.state);
    CHECK_FALSE(without.secrets);
    CHECK(without.snapshot);
    CHECK(without.trouble.find("kiosk.key") != std::string::npos);

    std::filesystem::copy_file(event.scratch.path("elsewhere.key"), event.state / "kiosk.key");
    CHECK(load_enrolment(event.state).secrets);

    event.scratch.write("state/kiosk.key", std::string(32, 'x'));
    CHECK(load_enrolment(event.state).trouble.find("does not open") != std::string::npos);
    event.scratch.write("state/kiosk.key", "short");
    CHECK_FALSE(load_enrolment(event.state).secrets);
}

TEST_CASE("a state directory that was never enrolled, or is damaged, says what to do") {
    const EventWithKiosk event;
    CHECK(fault_of([&] { (void)load_enrolment(event.state); }) == ExitCode::no_input);
    CHECK(sentence_of([&] { (void)load_enrolment(event.state); }).find("hudoor-kiosk enrol") !=
          std::string::npos);
    event.enrol();
    for (const char* file : {"identity", "refusals"}) {
        const std::string before = event.scratch.read("state/" + std::string(file));
        std::string damaged = before;
        damaged[damaged.size() / 2] ^= 1;
        event.scratch.write("state/" + std::string(file), damaged);
        CHECK(fault_of([&] { (void)load_enrolment(event.state); }) == ExitCode::bad_data);
        event.scratch.write("state/" + std::string(file), before);
    }
    CHECK(load_enrolment(event.state).trouble.empty());
}

TEST_CASE("a wrong passphrase or a damaged bundle leaves the state directory alone") {
    const EventWithKiosk event;
    const auto bundle = event.scratch.path("north-1.kiosk");
    CHECK(fault_of([&] { kiosk::enrol(bundle, "wrong", event.state); }) == ExitCode::not_allowed);
    std::string bytes = event.scratch.read("north-1.kiosk");
    bytes[bytes.size() / 2] ^= 1;
    event.scratch.write("north-1.kiosk", bytes);
    CHECK(fault_of([&] { event.enrol(); }) == ExitCode::bad_data);
    CHECK_FALSE(std::filesystem::exists(event.state));
}

TEST_CASE("an enrolment that has something to log ends, also while the reader of the log hangs") {
    const EventWithKiosk event;
    event.enrol();
    event.scratch.write("state/update", "damaged");
    const HangingReader reader;
    const int before = ::dup(STDERR_FILENO);
    REQUIRE(::dup2(reader.descriptor(), STDERR_FILENO) == STDERR_FILENO);
    ChildProcess kiosk({HUDOOR_KIOSK, "enrol", event.scratch.path("north-1.kiosk"), "--key-file",
                        "--state", event.state, "--bundle-passphrase-file",
                        event.scratch.path("passphrase")});
    REQUIRE(::dup2(before, STDERR_FILENO) == STDERR_FILENO);
    ::close(before);
    CHECK(kiosk.wait(within(std::chrono::seconds(10))) == 0);
}

TEST_CASE("another kiosk's bundle is refused, the same one again is not") {
    const EventWithKiosk event;
    event.enrol();
    REQUIRE(event.add_kiosk("north-2").exit_code == 0);
    CHECK(fault_of([&] { event.enrol("north-2"); }) == ExitCode::not_allowed);
    event.enrol();
    CHECK(load_enrolment(event.state).identity.kiosk_name == "north-1");
}

TEST_CASE("an old bundle does not bring an old guest list back") {
    const EventWithKiosk event;
    event.enrol();
    REQUIRE(event.hudoor("reissue D1").exit_code == 0);
    REQUIRE(event.add_kiosk("north-2").exit_code == 0);
    const auto newer =
        storage::read_enrolment_bundle(event.scratch.path("north-2.kiosk"), passphrase).snapshot;
    storage::write_file(event.state / "replica.snapshot", newer, storage::private_mode);
    CHECK(fault_of([&] { event.enrol(); }) == ExitCode::bad_data);
    CHECK(load_enrolment(event.state).snapshot == newer);
}

TEST_CASE("a revocation and a reissue reach the next kiosk") {
    const EventWithKiosk event;
    REQUIRE(event.hudoor("revoke D1 --why 'badge lost'").exit_code == 0);
    REQUIRE(event.hudoor("reissue D2").exit_code == 0);
    REQUIRE(event.add_kiosk("north-2").exit_code == 0);
    event.enrol("north-2");
    const Enrolment enrolment = load_enrolment(event.state);
    const auto noura = event.open().find("D1")->door;
    const auto omar = event.open().find("D2")->door;
    CHECK(enrolment.refusals.revokes(noura.badge, noura.issue));
    CHECK_FALSE(enrolment.refusals.revokes(omar.badge, omar.issue));
    CHECK(omar.issue == 2);
    CHECK(open_replica(enrolment).find(omar.badge)->issue == 2);
}

TEST_CASE(
    "F26: only twelve digits are a start passphrase, and nothing is written for anything else") {
    const EventWithKiosk event;
    for (const std::string text : {"12345678901", "1234567890123", "12345678901a", "123456 78901",
                                   "-12345678901", "١٢٣٤٥٦٧٨٩٠١٢"}) {
        INFO(text);
        CHECK(fault_of([&] { event.enrol_with(text); }) == ExitCode::usage);
        CHECK(sentence_of([&] { event.enrol_with(text); }).find("exactly 12 digits") !=
              std::string::npos);
    }
    CHECK(fault_of([] { kiosk::check_start_passphrase(""); }) == ExitCode::usage);
    CHECK_FALSE(std::filesystem::exists(event.state));
}

TEST_CASE("F26: the right digits open secrets and guest list, wrong ones nothing") {
    const EventWithKiosk event;
    event.enrol_with("123456789012");
    CHECK_FALSE(std::filesystem::exists(event.state / "kiosk.key"));
    CHECK(std::filesystem::file_size(event.state / "kiosk.salt") == 16);
    struct stat status {};
    REQUIRE(::stat((event.state / "kiosk.salt").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    const Enrolment enrolment = load_enrolment(event.state);
    CHECK_FALSE(enrolment.secrets);
    REQUIRE(enrolment.digit_lock);
    CHECK(enrolment.trouble.find("passphrase") != std::string::npos);
    CHECK_FALSE(kiosk::open_with_digits(enrolment, "123456789013"));
    CHECK_FALSE(kiosk::open_with_digits(enrolment, ""));
    const auto opened = kiosk::open_with_digits(enrolment, "123456789012");
    REQUIRE(opened);
    CHECK(opened->secrets.signing.verify_key() == enrolment.identity.kiosk_key);
    REQUIRE(opened->replica);
    CHECK(opened->replica->header().registrations == 2);
}

TEST_CASE("F26: a key kept from digits opens as they do, and another kiosk's opens nothing") {
    const EventWithKiosk event;
    event.enrol_with("123456789012");
    Enrolment enrolment = load_enrolment(event.state);
    const auto opened = kiosk::open_with_digits(enrolment, "123456789012");
    REQUIRE(opened);
    CHECK_FALSE(kiosk::open_with_key(enrolment, storage::Secret<32>::random()));
    CHECK_FALSE(enrolment.secrets);
    CHECK(enrolment.digit_lock);
    REQUIRE(kiosk::open_with_key(enrolment, opened->key));
    CHECK(enrolment.secrets->signing.verify_key() == enrolment.identity.kiosk_key);
    CHECK_FALSE(enrolment.digit_lock);
    CHECK(enrolment.trouble.empty());
}

TEST_CASE("F26: digits open the secrets even when the guest list is damaged") {
    const EventWithKiosk event;
    event.enrol_with("123456789012");
    event.scratch.write("state/replica.snapshot", "damaged");
    const auto opened = kiosk::open_with_digits(load_enrolment(event.state), "123456789012");
    REQUIRE(opened);
    CHECK_FALSE(opened->replica);
}

TEST_CASE("F26: a kiosk goes from a key to digits and back, and a damaged salt says what to do") {
    const EventWithKiosk event;
    event.enrol();
    event.enrol_with("123456789012");
    CHECK_FALSE(std::filesystem::exists(event.state / "kiosk.key"));
    CHECK(load_enrolment(event.state).digit_lock);
    event.scratch.write("state/kiosk.salt", "short");
    const Enrolment damaged = load_enrolment(event.state);
    CHECK_FALSE(damaged.digit_lock);
    CHECK(damaged.trouble.find("enrol again") != std::string::npos);
    event.enrol();
    CHECK_FALSE(std::filesystem::exists(event.state / "kiosk.salt"));
    const Enrolment back = load_enrolment(event.state);
    CHECK(back.secrets);
    CHECK_FALSE(back.digit_lock);
}

namespace {

/// What a kiosk's key is at one time: a file in the state directory, digits, a file elsewhere, from
/// where the system brings it as a credential, or in the TPM.
struct KeyPlace {
    std::string_view digits{};
    bool elsewhere = false;
    bool in_tpm = false;
};

struct Enrolling {
    const char* name;
    std::optional<KeyPlace> before;  ///< none: the first one
    KeyPlace after;
};

/// One enrolment, begun from the same files again and again.
class CutEnrolment {
public:
    explicit CutEnrolment(const Enrolling& play) : play_(play) {
        if (play.before) enrol_with(*play.before);
        std::filesystem::create_directories(credentials_);
        if (!play.before) return;
        std::filesystem::copy(event_.state, kept_ / "state");
        std::filesystem::copy(credentials_, kept_ / "credentials");
    }

    /// From the same files as ever; whether it got so far.
    [[nodiscard]] bool is_cut(int nth) const {
        std::filesystem::remove_all(event_.state);
        std::filesystem::remove_all(credentials_);
        if (play_.before) {
            std::filesystem::copy(kept_ / "state", event_.state);
            std::filesystem::copy(kept_ / "credentials", credentials_);
        }
        std::filesystem::create_directories(credentials_);
        return is_cut_again(nth);
    }
    /// From what the one before has left.
    [[nodiscard]] bool is_cut_again(int nth) const {
        return test::is_cut(nth, [&] { enrol_with(play_.after); });
    }

    [[nodiscard]] bool is_enrolled() const { return kiosk::is_enrolled(event_.state); }

    /// Whether the kiosk's next start has its own secrets, by itself or by the digits of before or
    /// after.
    [[nodiscard]] bool opens() const {
        REQUIRE(::setenv("CREDENTIALS_DIRECTORY", credentials_.c_str(), 1) == 0);
        const Enrolment enrolment = load_enrolment(event_.state);
        REQUIRE(::unsetenv("CREDENTIALS_DIRECTORY") == 0);
        INFO(enrolment.trouble);
        CHECK(enrolment.snapshot);
        const auto is_own = [&](const storage::KioskSecrets& secrets) {
            return secrets.signing.verify_key() == enrolment.identity.kiosk_key &&
                   secrets.opening.seal_key() == enrolment.identity.kiosk_seal;
        };
        if (enrolment.secrets) return is_own(*enrolment.secrets);
        for (const std::string_view digits :
             {play_.after.digits, play_.before ? play_.before->digits : std::string_view()})
            if (enrolment.digit_lock && !digits.empty())
                if (const auto opened = kiosk::open_with_digits(enrolment, digits))
                    return is_own(opened->secrets);
        return false;
    }

private:
    void enrol_with(const KeyPlace& key) const {
        std::filesystem::create_directories(credentials_);
        kiosk::enrol(
            bundle_, event_.state,
            {.key_out = key.elsewhere ? credentials_ / "kiosk.key" : std::filesystem::path(),
             .start_passphrase = key.digits,
             .tpm = key.in_tpm ? kiosk::find_tpm().value() : ""});
    }

    Enrolling play_;
    EventWithKiosk event_;
    storage::EnrolmentBundle bundle_ =
        storage::read_enrolment_bundle(event_.scratch.path("north-1.kiosk"), passphrase);
    std::filesystem::path credentials_ = event_.scratch.path("credentials");
    std::filesystem::path kept_ = [&] {
        std::filesystem::create_directories(event_.scratch.path("kept"));
        return event_.scratch.path("kept");
    }();
};

void check_cuts(const Enrolling& play) {
    const CutEnrolment enrolment(play);
    int nth = 1;
    for (bool goes_on = true; goes_on; ++nth) {
        goes_on = enrolment.is_cut(nth);
        INFO(play.name << ", cut at call " << nth);
        if (play.before || !goes_on) REQUIRE(enrolment.is_enrolled());
        if (enrolment.is_enrolled()) CHECK(enrolment.opens());
    }
    CHECK(nth > 15);
}

}  // namespace

TEST_CASE(
    "F26, F1: an enrolment cut at any call leaves what opens with the old key or the new one") {
    const KeyPlace file{}, digits{.digits = "111111111111"}, others{.digits = "222222222222"},
        elsewhere{.elsewhere = true};
    const Enrolling play = GENERATE_COPY(
        Enrolling{"the first, with a key", {}, file},
        Enrolling{"the first, with digits", {}, digits}, Enrolling{"a key after a key", file, file},
        Enrolling{"digits after a key", file, digits},
        Enrolling{"a key elsewhere after a key", file, elsewhere},
        Enrolling{"a key after digits", digits, file},
        Enrolling{"other digits after digits", digits, others},
        Enrolling{"a key after a key elsewhere", elsewhere, file},
        Enrolling{"a key elsewhere after one at the same place", elsewhere, elsewhere});
    check_cuts(play);
}

TEST_CASE("F26, F1: an enrolment that seals to the TPM, or did before, is cut at any call alike",
          "[.tpm]") {
    const Swtpm chip;
    const WithVariable tpm("HUDOOR_TCTI", chip.tcti());
    const KeyPlace file{}, digits{.digits = "111111111111"}, sealed{.in_tpm = true};
    const Enrolling play = GENERATE_COPY(
        Enrolling{"the first", {}, sealed}, Enrolling{"the TPM after a key", file, sealed},
        Enrolling{"the TPM after digits", digits, sealed},
        Enrolling{"the TPM again", sealed, sealed}, Enrolling{"a key after the TPM", sealed, file},
        Enrolling{"digits after the TPM", sealed, digits});
    check_cuts(play);
}

TEST_CASE("F26: the key is in the TPM where there is one, and another TPM, or none, says so",
          "[.tpm]") {
    const EventWithKiosk event;
    const Swtpm chip;
    const WithVariable tpm("HUDOOR_TCTI", chip.tcti());
    ChildProcess enrolling({HUDOOR_KIOSK, "enrol", event.scratch.path("north-1.kiosk"), "--state",
                            event.state, "--bundle-passphrase-file",
                            event.scratch.path("passphrase")});
    REQUIRE(enrolling.wait(within(std::chrono::seconds(10))) == 0);
    CHECK_FALSE(std::filesystem::exists(event.state / "kiosk.key"));
    CHECK(storage::read_file(event.state / "kiosk.key.tpm", 4'096).size() > 32);
    const Enrolment enrolment = load_enrolment(event.state);
    CHECK(enrolment.trouble.empty());
    REQUIRE(enrolment.secrets);
    CHECK(enrolment.secrets->signing.verify_key() == enrolment.identity.kiosk_key);
    {
        const Swtpm other;
        const WithVariable moved("HUDOOR_TCTI", other.tcti());
        const Enrolment there = load_enrolment(event.state);
        CHECK_FALSE(there.secrets);
        CHECK(there.trouble.find("enrol again") != std::string::npos);
    }
    const WithVariable none("HUDOOR_TCTI", "");
    CHECK(load_enrolment(event.state).trouble.find("this machine shows none") != std::string::npos);
}

TEST_CASE("without a TPM an enrolment that names no place for the key says which there are") {
    const EventWithKiosk event;
    const std::string enrol = "HUDOOR_TCTI= '" HUDOOR_KIOSK
                              "' enrol north-1.kiosk --bundle-passphrase-file passphrase"
                              " --state state ";
    const Finished refused = run(event.scratch, enrol);
    CHECK(refused.exit_code == static_cast<int>(ExitCode::usage));
    for (const char* way : {"--ask-passphrase", "--key-file", "--key-out"})
        CHECK(refused.says(way));
    CHECK_FALSE(std::filesystem::exists(event.state));
    CHECK(run(event.scratch, enrol + "--key-file --key-out elsewhere.key").exit_code ==
          static_cast<int>(ExitCode::usage));

    CHECK(run(event.scratch, enrol + "--key-file").exit_code == 0);
    CHECK(load_enrolment(event.state).secrets);
}

TEST_CASE("F26, F1: enrolments cut one after another leave what opens with the last key there is") {
    const CutEnrolment enrolment({"a key after a key", KeyPlace{}, KeyPlace{}});
    REQUIRE_FALSE(enrolment.is_cut(1'000));
    int nth = 1;
    for (; enrolment.is_cut_again(nth); ++nth) {
        INFO("cut at call " << nth);
        CHECK(enrolment.opens());
    }
    CHECK(nth > 20);
    CHECK(enrolment.opens());
}

namespace {

storage::Bytes revocations_of_before(const EventFixture& event, std::uint64_t number) {
    storage::ByteWriter out;  // version, event, number, count, badge and issue
    out.u8(1);
    out.u16(static_cast<std::uint16_t>(demo_event));
    out.u64(number);
    out.u32(1);
    out.raw(event.delegate(1).badge.bytes);
    out.u8(3);
    return storage::with_signature("hudoor-revocations-1", out.take(), event.organiser);
}

}  // namespace

TEST_CASE("a state directory that a hudoor of before made is read, and its update too") {
    const EventFixture event;
    const Scratch scratch;
    const auto write = [&](const char* name, storage::ByteView bytes) {
        storage::write_file(scratch.path(name), bytes, storage::private_mode);
    };
    const storage::Bytes identity = storage::read_file(HUDOOR_IDENTITY_V1, 100'000);
    const storage::Bytes list = event.snapshot(event.delegates_up_to(2));
    write("identity", identity);
    write("revocations", revocations_of_before(event, 7));
    write("replica.snapshot", list);
    const Enrolment enrolment = load_enrolment(scratch.path(""));
    CHECK(enrolment.refusals.number == 7);
    CHECK(enrolment.refusals.revokes(event.delegate(1).badge, 3));
    CHECK(enrolment.roster.number == 0);
    CHECK(enrolment.snapshot == list);

    storage::ByteWriter update;
    update.block(identity);
    update.block(revocations_of_before(event, 8));
    update.block(list);
    write("update", update.bytes());
    CHECK(load_enrolment(scratch.path("")).refusals.number == 8);
}
