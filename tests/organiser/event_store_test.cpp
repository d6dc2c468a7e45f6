#include "storage/organiser/event/store.hpp"

#include <sys/stat.h>

#include "storage/organiser/event/file.hpp"
#include "tests/organiser/old_schema.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;

namespace {

const EventStore::Change test_change{WallTime{}, "test"};

OrganiserRegistration full_registration() {
    OrganiserRegistration one;
    one.door.external_id = "D1";
    one.door.delegation = "Kenya";
    one.badge_valid_until = std::chrono::year(2026) / 12 / 5;
    one.kept = {{"tie", "blue"}};
    storage::Registration& door = one.door;
    door.id.bytes = {1, 2, 3};
    door.name = {"نورة", "Noura"};
    door.organisation = {"وزارة", "Ministry"};
    door.country = "AE";
    door.category = storage::CategoryId{2};
    door.sessions = {storage::SessionId{1}, storage::SessionId{5}};
    door.seat = "B-1";
    door.valid_from = std::chrono::sys_days(std::chrono::year(2026) / 12 / 4);
    door.status = storage::RegistrationStatus::pending;
    door.attention = true;
    door.usher_note = {"ملاحظة", "note"};
    door.discreet = true;
    door.badge.bytes = {9};
    door.issue = 3;
    return one;
}

struct EmptyEvent {
    Scratch scratch;
    storage::SigningKey organiser = storage::SigningKey::generate();
    storage::Identity event = read_event_file(HUDOOR_DEMO_EVENT);

    EmptyEvent() {
        event.organiser = organiser.verify_key();
        EventStore::create(scratch.path(""), event);
    }
    [[nodiscard]] EventStore open() const { return EventStore(scratch.path("")); }
};

}  // namespace

TEST_CASE("event.db gives back the event that was put in, and nobody else may read it") {
    const EmptyEvent made;
    const auto encoded = [&](const storage::Identity& event) {
        return storage::to_hex(storage::encode_identity(event, made.organiser));
    };
    CHECK(encoded(made.open().event()) == encoded(made.event));
    struct stat status {};
    REQUIRE(::stat(made.scratch.path("event.db").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(fault_of([&] { EventStore::create(made.scratch.path(""), made.event); }) ==
          ExitCode::cannot_create);
}

TEST_CASE("a registration comes back whole, and replacing it keeps its place") {
    const EmptyEvent made;
    EventStore store = made.open();
    const std::uint64_t revision = store.revision();
    OrganiserRegistration one = full_registration();
    store.save({&one, 1}, test_change);
    CHECK(store.revision() == revision + 1);

    const auto found = made.open().find("D1");
    REQUIRE(found);
    CHECK(found->door.id == one.door.id);
    CHECK(found->door.name == one.door.name);
    CHECK(found->door.organisation == one.door.organisation);
    CHECK(found->door.country == "AE");
    CHECK(found->door.category == one.door.category);
    CHECK(found->door.sessions == one.door.sessions);
    CHECK(found->door.seat == "B-1");
    CHECK(found->door.valid_from == one.door.valid_from);
    CHECK_FALSE(found->door.valid_until);
    CHECK(found->door.status == storage::RegistrationStatus::pending);
    CHECK(found->door.attention);
    CHECK(found->door.usher_note == one.door.usher_note);
    CHECK(found->door.discreet);
    CHECK(found->door.badge == one.door.badge);
    CHECK(found->door.issue == 3);
    CHECK(found->door.code.is_zero());
    CHECK(found->door.delegation == "Kenya");
    CHECK(found->kept == one.kept);
    CHECK(found->badge_valid_until == one.badge_valid_until);

    one.door.sessions = {storage::SessionId{2}};
    one.kept.clear();
    store.save({&one, 1}, test_change);
    REQUIRE(store.registrations().size() == 1);
    CHECK(store.registrations()[0].door.sessions == one.door.sessions);
    CHECK(store.registrations()[0].kept.empty());
}

TEST_CASE("a change that fails half-way leaves nothing behind") {
    const EmptyEvent made;
    EventStore store = made.open();
    std::vector<OrganiserRegistration> two{full_registration(), full_registration()};
    two[1].door.external_id = "D2";  // but the same id and badge
    CHECK(fault_of([&] { store.save(two, test_change); }) == ExitCode::bad_data);
    CHECK(store.registrations().empty());
    CHECK(store.revision() == 1);
}

TEST_CASE("revoking raises the list's number and never forgets a higher issue") {
    const EmptyEvent made;
    EventStore store = made.open();
    const storage::BadgeNumber badge{{7}};
    const std::uint64_t number = store.refusals().number;
    store.revoke(badge, 3, test_change);
    store.revoke(badge, 2, test_change);
    CHECK(store.refusals().number == number + 2);
    CHECK(store.refusals().revokes(badge, 3));
    CHECK_FALSE(store.refusals().revokes(badge, 4));
    REQUIRE(store.revocations().size() == 1);
    CHECK(store.revocations()[0].list == number + 1);
    store.revoke(badge, 5, test_change);
    REQUIRE(store.revocations().size() == 2);
    CHECK(store.revocations()[1].issue == 5);
    CHECK(store.revocations()[1].list == number + 3);
}

TEST_CASE("what is signed for all kiosks has a number that rises with each other content") {
    const EmptyEvent made;
    EventStore store = made.open();
    const storage::Hash one{{1}};
    const storage::Hash other{{2}};
    CHECK(store.number_of("roster", one) == 1);
    CHECK(store.number_of("roster", one) == 1);
    CHECK(store.number_of("roster", other) == 2);
    CHECK(store.number_of("agenda", other) == 1);
    CHECK(made.open().number_of("roster", one) == 3);
}

TEST_CASE("a kiosk that takes another's name leaves it disabled in the roster it brings") {
    const EmptyEvent made;
    EventStore store = made.open();
    store.add_kiosk({storage::KioskId{1}, "north-1", storage::PlaceId{1}, {1}, {2}, {}},
                    test_change);
    const organiser::Kiosk newcomer{
        storage::KioskId{2}, "north-1", storage::PlaceId{1}, {3}, {4}, {}};
    const auto will_be = store.kiosks_with(newcomer, test_change.at);
    store.renew_kiosk(newcomer, test_change);
    const auto are = store.kiosks();
    REQUIRE(will_be.size() == 2);
    REQUIRE(are.size() == 2);
    for (std::size_t at = 0; at < 2; ++at) {
        CHECK(will_be[at].name == are[at].name);
        CHECK(will_be[at].disabled == are[at].disabled);
    }
    CHECK_FALSE(will_be[0].enabled());
}

TEST_CASE("kiosks are numbered from 1 and no name is given twice") {
    const EmptyEvent made;
    EventStore store = made.open();
    CHECK(store.next_kiosk("north-1") == storage::KioskId{1});
    store.add_kiosk({storage::KioskId{1}, "north-1", storage::PlaceId{1}, {1}, {2}, {}},
                    test_change);
    CHECK(store.next_kiosk("north-2") == storage::KioskId{2});
    CHECK(fault_of([&] { (void)store.next_kiosk("north-1"); }) == ExitCode::bad_data);
    REQUIRE(store.kiosks().size() == 1);
    CHECK(store.kiosks()[0].verify_key == storage::VerifyKey{1});
}

TEST_CASE("codes that delegates already carry become one shape") {
    const EmptyEvent made;
    EventStore store = made.open();
    std::vector<OrganiserRegistration> three;
    for (const char* code : {"A-1X", "A-22", "A-331"}) {
        three.push_back(full_registration());
        three.back().door.external_id = code;
        three.back().imported_code = code;
        three.back().door.id.bytes[0] = static_cast<std::uint8_t>(three.size());
        three.back().door.badge = {};
    }
    store.save(three, test_change);
    const auto shapes = store.event().code_shapes;
    REQUIRE(shapes.size() == 1);
    CHECK(shapes[0].prefix == "A-");
    CHECK(shapes[0].min_length == 4);
    CHECK(shapes[0].max_length == 5);
    CHECK(shapes[0].alphabet == "-123AX");
    for (const char* code : {"A-1X", "A-22", "A-331"}) CHECK(storage::may_be_ours(code, shapes));
    CHECK_FALSE(storage::may_be_ours("B-331", shapes));
}

TEST_CASE("a folder without an event and a file that is none are told apart") {
    const Scratch scratch;
    CHECK(fault_of([&] { (void)EventStore(scratch.path("")); }) == ExitCode::no_input);
    scratch.write("event.db", std::string(8192, 'x'));
    CHECK(fault_of([&] { (void)EventStore(scratch.path("")); }) == ExitCode::bad_data);
    scratch.write("event.db", "");
    CHECK(fault_of([&] { (void)EventStore(scratch.path("")); }) == ExitCode::bad_data);
}

TEST_CASE("an event of schema 6 has heard no list yet, and remembers the next") {
    const DemoEvent event;
    event.import("attendee_id,name_en,seat\nD1,Noura,A1\n");
    event.scratch.write("back.py", std::string(test::back_to_schema_6) +
                                       "db.execute('PRAGMA user_version = 6')\ndb.commit()\n");
    REQUIRE(run(event.scratch, "python3 back.py").exit_code == 0);
    CHECK(event.open().said("hudoor").empty());
    event.import("attendee_id,name_en,seat\nD1,Noura,A1\n");
    CHECK(organiser::find_said(event.open().said("hudoor"), "D1", "seat") == "A1");
    REQUIRE(event.hudoor("edit D1 seat=B2").exit_code == 0);
    event.import("attendee_id,name_en,seat\nD1,Noura,A1\n");
    CHECK(event.open().find("D1")->door.seat == "B2");
    CHECK(organiser::find_said(event.open().said(""), "D1", "seat") == "B2");
}
