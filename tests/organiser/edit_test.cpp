// Single changes: one registration, one badge key.
#include "storage/badge/badge.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using storage::BadgeCheck;

namespace {

constexpr const char* people =
    "attendee_id,name_en,sessions,badge_code\nD1,Noura,opening,\nD2,Omar,workshop,X-4QW7N2KD\n";

struct EventWithPeople : DemoEvent {
    EventWithPeople() { import(people); }
};

}  // namespace

TEST_CASE("an edit changes what it names, keeps the rest, and says what was before") {
    const EventWithPeople event;
    const auto before = event.open().find("D1").value();
    const auto revision = event.open().revision();
    const Finished edited = event.hudoor("edit D1 status=cancelled 'name_ar=نورة' seat=A=12");
    INFO(edited.output);
    CHECK(edited.exit_code == 0);
    CHECK(edited.says("status \"confirmed\" to \"cancelled\""));
    const auto after = event.open().find("D1").value();
    CHECK(after.door.status == storage::RegistrationStatus::cancelled);
    CHECK(after.door.name == storage::Bilingual{"نورة", "Noura"});
    CHECK(after.door.seat == "A=12");
    CHECK(after.door.sessions == before.door.sessions);
    CHECK(after.door.badge == before.door.badge);
    CHECK(after.door.id == before.door.id);
    CHECK(event.open().revision() == revision + 1);

    CHECK(event.hudoor("edit D1 seat=A=12").says("Nothing to change"));
    CHECK(event.open().revision() == revision + 1);
    CHECK(event.hudoor("edit " + storage::typed_code(before.door.badge) + " status=confirmed")
              .exit_code == 0);
}

TEST_CASE("an edit that an import would refuse changes nothing") {
    const EventWithPeople event;
    const std::string before = event.scratch.read("event/event.db");
    const auto exit_code = [&](const std::string& arguments) {
        return event.hudoor("edit " + arguments).exit_code;
    };
    CHECK(exit_code("D1 status=gone") == 65);
    CHECK(exit_code("D1 name_en=") == 65);
    CHECK(exit_code("D1 seat=A1 attention=perhaps") == 65);
    CHECK(exit_code("D1 badge_code=X-4QW7N2KD") == 65);
    CHECK(exit_code("D1 phone=1") == 64);
    CHECK(exit_code("D1 seat") == 64);
    CHECK(exit_code("D1 attendee_id=D9") == 64);
    CHECK(exit_code("D9 seat=A1") == 66);
    CHECK(event.scratch.read("event/event.db") == before);
}

TEST_CASE("F30: a new key signs new badges, old ones stay good until their key is revoked") {
    const EventWithPeople event;
    REQUIRE(event.hudoor("key add").exit_code == 0);
    CHECK(event.keys().current_badge_key == 2);
    CHECK(event.keys().badge_keys.size() == 2);
    const auto noura = event.open().find("D1")->door;
    const auto check = [&](std::uint8_t key) {
        const storage::BadgeToken token{key, noura.badge, storage::EventNumber{7}, 1,
                                        std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)};
        const auto text = storage::make_badge_text(token, event.keys().badge_keys.at(key));
        return storage::check_badge(storage::parse_badge(text).value(),
                                    event.open().event().badge_keys);
    };
    CHECK(check(1) == BadgeCheck::ok);
    CHECK(check(2) == BadgeCheck::ok);
    CHECK(event.hudoor("key revoke 2").exit_code == 77);
    CHECK(event.hudoor("key revoke 9").exit_code == 66);
    CHECK(event.hudoor("key revoke 257").exit_code == 66);
    REQUIRE(event.hudoor("key revoke 1").exit_code == 0);
    CHECK(check(1) == BadgeCheck::key_revoked);
    CHECK(check(2) == BadgeCheck::ok);
    CHECK(event.hudoor("key list").says("KEY  STATE    PUBLIC KEY\n1    revoked  "));
    CHECK(event.hudoor("badges badges.pdf").exit_code == 0);
}

TEST_CASE("at most four keys are valid, and a wrong passphrase adds none") {
    const EventWithPeople event;
    for (int key = 2; key <= 4; ++key) REQUIRE(event.hudoor("key add").exit_code == 0);
    CHECK(event.hudoor("key add").exit_code == 65);
    REQUIRE(event.hudoor("key revoke 1").exit_code == 0);
    event.scratch.write("wrong", "not this\n");
    CHECK(run(event.scratch, "hudoor --event event --passphrase-file wrong key add").exit_code ==
          77);
    CHECK(event.open().event().badge_keys.size() == 4);
    CHECK(event.hudoor("key add").exit_code == 0);
}
