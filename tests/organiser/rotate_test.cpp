// A kiosk in the wrong hands: what it may have given away is made anew.
#include <sys/stat.h>

#include <sstream>

#include "kiosk/enrol/hash_job.hpp"
#include "storage/badge/code.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/guests/replica.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;

namespace {

constexpr const char* code_of_noura = "7H3KQ9ZPX2M4WVT8";

/// Two people, one of whom carries a code of another system, two ushers, a kiosk.
struct EventWithCodes : DemoEvent {
    EventWithCodes() {
        import(
            "attendee_id,name_en,sessions,badge_code\nD1,Noura,opening,7H3KQ9ZPX2M4WVT8\n"
            "D2,Omar,workshop,\n");
        scratch.write("pin", "271828\n");
        for (const char* usher : {"12 Mona --role supervisor", "13 'نورة' --role usher"})
            REQUIRE(hudoor("usher add " + std::string(usher) + " --pin-file pin").exit_code == 0);
        REQUIRE(add_kiosk("north-1").exit_code == 0);
    }
    [[nodiscard]] Finished add_kiosk(const std::string& name) const {
        return hudoor("kiosk add " + name + " --place north --out " + name +
                      ".kiosk --bundle-passphrase-file passphrase");
    }
    /// The guest list a kiosk made now gets.
    [[nodiscard]] storage::Replica list_of(const std::string& name) const {
        REQUIRE(add_kiosk(name).exit_code == 0);
        const auto bundle =
            storage::read_enrolment_bundle(scratch.path(name + ".kiosk"), passphrase);
        const auto identity = storage::parse_identity(bundle.identity).value();
        return storage::Replica::open_snapshot(bundle.snapshot, identity.event, identity.organiser,
                                               bundle.secrets.opening);
    }
    [[nodiscard]] std::vector<std::filesystem::path> sheets() const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(scratch.path("event")))
            if (entry.path().extension() == ".txt") found.push_back(entry.path());
        return found;
    }
};

bool finds_noura(const storage::Replica& list) {
    const auto found = list.find(storage::hash_code(code_of_noura, list.code_key()));
    return found && found->name.en == "Noura";
}

bool are_same(const storage::Secret<32>& a, const storage::Secret<32>& b) {
    return std::ranges::equal(a.view(), b.view());
}

}  // namespace

TEST_CASE("a kiosk disabled with --rotate leaves no PIN and no code's hash as it knew them") {
    const EventWithCodes event;
    const auto before = event.keys();
    const storage::Replica known = event.list_of("known");
    REQUIRE(finds_noura(known));

    const Finished done = event.hudoor("kiosk disable north-1 --rotate");
    INFO(done.output);
    REQUIRE(done.exit_code == 0);
    CHECK_FALSE(event.open().kiosk("north-1").enabled());

    const auto after = event.keys();
    CHECK_FALSE(are_same(after.code_key, before.code_key));
    CHECK(after.badge_keys.size() == before.badge_keys.size());
    CHECK(are_same(after.badge_keys.at(1).seed(), before.badge_keys.at(1).seed()));
    CHECK(are_same(after.signing.seed(), before.signing.seed()));
    const auto noura = event.open().find("D1").value();
    CHECK(noura.door.code == storage::hash_code(code_of_noura, after.code_key.view()));
    CHECK(event.open().find("D2")->door.code == storage::CodeHash{});

    const storage::Replica next = event.list_of("next");
    CHECK(finds_noura(next));
    CHECK(next.revision() > known.revision());
    CHECK_FALSE(next.find(storage::hash_code(code_of_noura, known.code_key())));
}

TEST_CASE("the new PINs are on one sheet for its owner alone, and the old ones are right no more") {
    const EventWithCodes event;
    const Finished done = event.hudoor("kiosk disable north-1 --rotate");
    REQUIRE(done.exit_code == 0);
    const auto sheets = event.sheets();
    REQUIRE(sheets.size() == 1);
    CHECK(done.says(sheets.front().filename().string()));
    struct stat status {};
    REQUIRE(::stat(sheets.front().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    std::istringstream lines(event.scratch.read("event/" + sheets.front().filename().string()));
    std::string heading, number, role, pin, name;
    std::getline(lines, heading);
    const auto ushers = event.open().ushers();
    REQUIRE(ushers.size() == 2);
    for (const storage::Usher& usher : ushers) {
        REQUIRE(lines >> number >> role >> pin >> name);
        CHECK(number == std::to_string(static_cast<int>(usher.number)));
        CHECK(pin.size() == 8);
        CHECK(pin.find_first_not_of("0123456789") == std::string::npos);
        CHECK(name.find(usher.name) != std::string::npos);
        CHECK(kiosk::is_right_pin(usher.pin_hash, pin));
        CHECK_FALSE(kiosk::is_right_pin(usher.pin_hash, "271828"));
        CHECK_FALSE(done.says(pin));
    }
    CHECK_FALSE((lines >> number));

    REQUIRE(event.hudoor("purge --force <event-name").exit_code == 0);
    CHECK(event.sheets().empty());
}

TEST_CASE("nothing is made anew for a kiosk that is not there, or by a wrong passphrase") {
    const EventWithCodes event;
    const auto before = event.scratch.read("event/event.keys");
    event.scratch.write("wrong", "not the passphrase\n");
    CHECK(event.hudoor("kiosk disable nobody --rotate").exit_code == 66);
    CHECK(run(event.scratch,
              "hudoor --event event --passphrase-file wrong kiosk disable north-1 --rotate")
              .exit_code == 77);
    CHECK(event.scratch.read("event/event.keys") == before);
    CHECK(event.sheets().empty());
    CHECK(event.open().kiosk("north-1").enabled());
}

TEST_CASE("a guest list's hashes fit the key in it, also where the event's were left behind") {
    const EventWithCodes event;
    auto keys = event.keys();
    keys.code_key = storage::Secret<32>::random();
    organiser::replace_event_keys(keys, event.scratch.path("event/event.keys"), passphrase);
    CHECK(finds_noura(event.list_of("next")));
}
