#include "kiosk/enrol/enrolment.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "storage/base/files.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/guests/replica.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/cut_calls.hpp"

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

TEST_CASE("F26: without its key a kiosk keeps identity and revocations and says what is missing") {
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
    for (const char* file : {"identity", "revocations"}) {
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
    CHECK(enrolment.revocations.revokes(noura.badge, noura.issue));
    CHECK_FALSE(enrolment.revocations.revokes(omar.badge, omar.issue));
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

/// Enrols with digits, cut at the nth call; whether it got so far.
bool is_cut(const EventWithKiosk& event, std::string_view digits, int nth) {
    return test::is_cut(nth, [&] { event.enrol_with(digits); });
}

/// What the kiosk's key, the first of these digits that do, or nothing opens.
bool opens(const Enrolment& enrolment, std::initializer_list<std::string_view> digits) {
    if (enrolment.secrets) return true;
    return enrolment.digit_lock &&
           std::any_of(digits.begin(), digits.end(), [&](std::string_view each) {
               return kiosk::open_with_digits(enrolment, each).has_value();
           });
}

}  // namespace

TEST_CASE(
    "F26, F1: an enrolment with digits cut at any call opens with the old key or the new digits") {
    const EventWithKiosk event;
    event.enrol();
    int cuts = 0;
    for (; is_cut(event, "222222222222", cuts + 1); cuts += 2) {
        INFO("cut at call " << cuts + 1);
        CHECK(opens(load_enrolment(event.state), {"222222222222"}));
        event.enrol();
    }
    CHECK(cuts > 20);
    CHECK(opens(load_enrolment(event.state), {"222222222222"}));
}

TEST_CASE("F26, F1: one cut while the digits change opens with the old ones or the new ones") {
    const EventWithKiosk event;
    event.enrol_with("111111111111");
    int cuts = 0;
    while (is_cut(event, "222222222222", cuts + 1)) {
        INFO("cut at call " << cuts + 1);
        CHECK(opens(load_enrolment(event.state), {"111111111111", "222222222222"}));
        event.enrol_with("111111111111");
        cuts += 7;
    }
    CHECK(cuts > 10);
}

TEST_CASE("F26, F1: a first enrolment with digits that was cut says so, or opens") {
    const EventWithKiosk event;
    for (int nth = 1;; nth += 7) {
        std::filesystem::remove_all(event.state);
        const bool cut = is_cut(event, "111111111111", nth);
        INFO("cut at call " << nth);
        if (kiosk::is_enrolled(event.state))
            CHECK(opens(load_enrolment(event.state), {"111111111111"}));
        else
            CHECK(sentence_of([&] {
                      (void)load_enrolment(event.state);
                  }).find("hudoor-kiosk enrol") != std::string::npos);
        if (!cut) break;
    }
    CHECK(kiosk::is_enrolled(event.state));
}
