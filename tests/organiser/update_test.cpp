#include "kiosk/enrol/update.hpp"

#include <map>

#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/open_desk.hpp"
#include "storage/badge/badge.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/frame.hpp"
#include "storage/journal/lock.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/cut_calls.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::test;
namespace fs = std::filesystem;

namespace {

/// The demo event with two people, and a machine enrolled as its kiosk north-1.
struct EventWithKiosk : DemoEvent {
    fs::path state = scratch.path("state");

    EventWithKiosk() {
        import("attendee_id,name_en,sessions\nD1,Noura,opening\nD2,Omar,workshop\n");
        add_kiosk("north-1");
        kiosk::enrol(scratch.path("north-1.kiosk"), passphrase, state);
    }
    void add_kiosk(const std::string& name) const {
        REQUIRE(hudoor("kiosk add " + name + " --place north --out " + name +
                       ".kiosk --bundle-passphrase-file passphrase")
                    .exit_code == 0);
    }
    /// NAME.update of how the event is now, its guest list made at this minute of 4 December.
    fs::path make_update(const std::string& name = "a.update",
                         const std::string& minute = "05:00") const {
        const Finished made =
            hudoor("update --out " + name + " --fake-time 2026-12-04T" + minute + "Z");
        INFO(made.output);
        REQUIRE(made.exit_code == 0);
        return scratch.path(name);
    }
    kiosk::Updated update(const fs::path& bundle) const {
        return kiosk::update({.state = state, .bundle = bundle, .ask_digits = {}});
    }
    [[nodiscard]] ExitCode fault(const fs::path& bundle) const {
        return fault_of([&] { update(bundle); });
    }
    /// Every file of the kiosk but its journal's and what lies aside, and what is in it.
    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::directory_iterator(state))
            if (const std::string name = entry.path().filename();
                entry.is_regular_file() && !name.starts_with("journal"))
                files[name] = scratch.read("state/" + name);
        return files;
    }
    [[nodiscard]] storage::Replica guest_list() const {
        const auto enrolment = kiosk::load_enrolment(state);
        auto list = kiosk::open_guest_list(enrolment, &enrolment.secrets.value().opening);
        REQUIRE(list);
        return std::move(*list);
    }
};

}  // namespace

TEST_CASE("an update brings new people, new issues, refusals and ushers to an enrolled kiosk") {
    const EventWithKiosk event;
    event.import(
        "attendee_id,name_en,sessions\nD1,Noura,opening\nD2,Omar,workshop\nD3,Layla,opening\n");
    REQUIRE(event.hudoor("reissue D2").exit_code == 0);
    REQUIRE(event.hudoor("revoke D1 --why lost").exit_code == 0);
    const auto layla = event.open().find("D3")->door;
    const auto noura = event.open().find("D1")->door;
    CHECK_FALSE(event.guest_list().find(layla.badge));

    const kiosk::Updated updated = event.update(event.make_update());
    CHECK(updated.kiosk == "north-1");
    CHECK(updated.registrations == 3);
    CHECK(updated.edition.list == event.open().revision());
    CHECK(event.guest_list().find(layla.badge)->name.en == "Layla");
    CHECK(event.guest_list().find(event.open().find("D2")->door.badge)->issue == 2);
    CHECK(kiosk::load_enrolment(event.state).refusals.revokes(noura.badge, noura.issue));
    CHECK(kiosk::load_enrolment(event.state).secrets);
}

TEST_CASE("a stick goes from kiosk to kiosk, and taking an update twice changes nothing") {
    const EventWithKiosk event;
    event.add_kiosk("north-2");
    const fs::path bundle = event.make_update();
    event.update(bundle);
    const auto once = event.files();
    event.update(bundle);
    CHECK(event.files() == once);

    const fs::path other = event.scratch.path("other");
    kiosk::enrol(event.scratch.path("north-2.kiosk"), passphrase, other);
    CHECK(kiosk::update({.state = other, .bundle = bundle, .ask_digits = {}}).kiosk == "north-2");
    CHECK(kiosk::load_enrolment(other).identity.kiosk_name == "north-2");
}

TEST_CASE(
    "F22: an update cut short, altered or too long is refused whole, and the kiosk keeps what it has") {
    const EventWithKiosk event;
    const fs::path bundle = event.make_update();
    const auto before = event.files();
    const storage::Bytes whole = storage::read_file(bundle, storage::max_bundle_bytes);
    const auto refused = [&](storage::ByteView bytes) {
        storage::write_file(bundle, bytes, storage::private_mode);
        return event.fault(bundle) == ExitCode::bad_data && event.files() == before;
    };
    for (std::size_t at = 0; at < whole.size(); at += 1499) {
        INFO("byte " << at);
        storage::Bytes flipped = whole;
        flipped[at] ^= 1;
        CHECK(refused(flipped));
        CHECK(refused(storage::ByteView(whole).first(at)));
    }
    storage::Bytes longer = whole;
    longer.push_back(0);
    CHECK(refused(longer));
    fs::resize_file(bundle, storage::max_bundle_bytes + 1);
    CHECK(event.fault(bundle) == ExitCode::bad_data);
    CHECK(event.files() == before);
    storage::write_file(bundle, whole, storage::private_mode);
    CHECK(event.fault(bundle) == ExitCode::done);
}

TEST_CASE(
    "F1, F22: an update cut at any call leaves the old guest list or the new one, and taking it again ends it") {
    const EventWithKiosk event;
    const auto before = event.files();
    event.import(
        "attendee_id,name_en,sessions\nD1,Noura,opening\nD2,Omar,workshop\nD3,Layla,opening\n");
    const auto layla = event.open().find("D3")->door;
    const fs::path bundle = event.make_update();
    int cuts = 0, olds = 0;
    for (; is_cut(cuts + 1, [&] { event.update(bundle); }); ++cuts) {
        INFO("cut at call " << cuts + 1);
        olds += event.guest_list().find(layla.badge) ? 0 : 1;
        CHECK(event.update(bundle).registrations == 3);
        CHECK(event.guest_list().find(layla.badge));
        CHECK(event.files().size() == before.size() + 1);
        fs::remove(event.state / "update");
        REQUIRE(event.files() == before);
    }
    CHECK(cuts >= 4);
    CHECK(olds >= 3);
    CHECK(event.guest_list().find(layla.badge));
}

TEST_CASE(
    "F15: an update older than what the kiosk has is refused, by guest list, refusals or time") {
    const EventWithKiosk event;
    const fs::path old = event.make_update("old.update");
    SECTION("a newer guest list is here") { REQUIRE(event.hudoor("reissue D1").exit_code == 0); }
    SECTION("newer refusals are here") {
        REQUIRE(event.hudoor("revoke D1 --why lost").exit_code == 0);
    }
    SECTION("the same list is here, made later") { CHECK(event.open().revision() > 0); }
    event.update(event.make_update("new.update", "06:00"));
    const auto before = event.files();
    CHECK(event.fault(old) == ExitCode::bad_data);
    CHECK(sentence_of([&] { event.update(old); }).find("is older than what is here") !=
          std::string::npos);
    CHECK(event.files() == before);
}

TEST_CASE("an update of another event, for other kiosks or of another kind is refused") {
    const EventWithKiosk event;
    const auto before = event.files();
    SECTION("another event") {
        const EventWithKiosk other;
        REQUIRE(run(event.scratch, "rm -r event/event.keys event/event.db").exit_code == 0);
        REQUIRE(run(event.scratch,
                    "hudoor --passphrase-file passphrase new other --from '" HUDOOR_DEMO_EVENT "'")
                    .exit_code == 0);
        fs::rename(event.scratch.path("other/event.db"), event.scratch.path("event/event.db"));
        fs::rename(event.scratch.path("other/event.keys"), event.scratch.path("event/event.keys"));
        event.add_kiosk("north-1");
        CHECK(event.fault(event.make_update()) == ExitCode::bad_data);
        CHECK(sentence_of([&] {
                  event.update(event.scratch.path("a.update"));
              }).find("of another event") != std::string::npos);
    }
    SECTION("made after this kiosk was disabled") {
        event.add_kiosk("north-2");
        REQUIRE(event.hudoor("kiosk disable north-1").exit_code == 0);
        CHECK(event.fault(event.make_update()) == ExitCode::not_allowed);
        CHECK(sentence_of([&] {
                  event.update(event.scratch.path("a.update"));
              }).find("is disabled") != std::string::npos);
    }
    SECTION("an enrolment") {
        CHECK(event.fault(event.scratch.path("north-1.kiosk")) == ExitCode::bad_data);
    }
    SECTION("no file") {
        CHECK(event.fault(event.scratch.path("nowhere.update")) == ExitCode::no_input);
    }
    SECTION("a folder") { CHECK(event.fault(event.scratch.path("")) == ExitCode::no_input); }
    CHECK(event.files() == before);
}

TEST_CASE("an update whose contents are not its sender's is refused, though every seal fits") {
    EventFixture fixture;
    const Scratch scratch;
    const fs::path bundle = scratch.path("a.update");
    const storage::SigningKey stranger = storage::SigningKey::generate();
    storage::UpdateContent content{
        {storage::encode_identity(fixture.identity, fixture.organiser)},
        fixture.snapshot(fixture.delegates_up_to(3)),
        storage::encode_refusals(fixture.refusals, demo_event, fixture.organiser),
        storage::encode_roster(test::sample_roster(fixture), demo_event, fixture.organiser)};
    const auto take = [&] {
        const auto seal_key = fixture.kiosk_opening.seal_key();
        storage::write_update_bundle(content, demo_event, fixture.organiser, {&seal_key, 1},
                                     bundle);
        return fault_of([&] {
            (void)storage::take_update(bundle, scratch.path(""), fixture.identity, {},
                                       fixture.kiosk_opening);
        });
    };
    CHECK(take() == ExitCode::done);
    fs::remove(scratch.path("update"));
    SECTION("a stranger's roster") {
        content.roster = storage::encode_roster(test::sample_roster(fixture), demo_event, stranger);
    }
    SECTION("a stranger's refusals") {
        content.refusals = storage::encode_refusals(fixture.refusals, demo_event, stranger);
    }
    SECTION("a guest list cut short") { content.snapshot.resize(content.snapshot.size() - 1); }
    SECTION("another kiosk's identity") {
        storage::Identity other = fixture.identity;
        other.kiosk = storage::KioskId{2};
        content.identities = {storage::encode_identity(other, fixture.organiser)};
    }
    SECTION("a stranger's identity") {
        storage::Identity other = fixture.identity;
        other.organiser = stranger.verify_key();
        content.identities = {storage::encode_identity(other, stranger)};
    }
    CHECK(take() == ExitCode::bad_data);
    CHECK_FALSE(fs::exists(scratch.path("update")));
}

TEST_CASE("F29: while the kiosk runs it takes no update from outside") {
    const EventWithKiosk event;
    const fs::path bundle = event.make_update();
    const auto before = event.files();
    {
        const storage::JournalLock running(event.state);
        CHECK(event.fault(bundle) == ExitCode::try_again);
        CHECK(event.files() == before);
    }
    CHECK(event.fault(bundle) == ExitCode::done);
}

TEST_CASE(
    "F10: an update damaged on the disk leaves no guest list, and taking it again repairs it") {
    const EventWithKiosk event;
    REQUIRE(event.hudoor("reissue D1").exit_code == 0);
    const fs::path bundle = event.make_update();
    event.update(bundle);
    std::string damaged = event.scratch.read("state/update");
    damaged[40] ^= 1;
    event.scratch.write("state/update", damaged);
    const auto enrolment = kiosk::load_enrolment(event.state);
    CHECK_FALSE(enrolment.snapshot);
    CHECK(enrolment.secrets);
    CHECK(enrolment.trouble.find("take the update again") != std::string::npos);

    // The enrolment's list would bring back who was taken off since.
    CHECK(fault_of([&] {
              kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.state);
          }) == ExitCode::bad_data);
    event.update(bundle);
    CHECK(event.guest_list().header().registrations == 2);
}

TEST_CASE("an enrolment bundle older than the update taken since is refused") {
    const EventWithKiosk event;
    REQUIRE(event.hudoor("reissue D1").exit_code == 0);
    event.update(event.make_update());
    const auto before = event.files();
    CHECK(fault_of([&] {
              kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.state);
          }) == ExitCode::bad_data);
    CHECK(event.files() == before);
}

namespace {

/// A kiosk that has taken an update in which the badge of D1 is revoked.
struct AfterRevocation : EventWithKiosk {
    fs::path old_update = make_update("old.update");
    std::string badge = make_badge();

    AfterRevocation() {
        REQUIRE(hudoor("revoke D1 --why stolen").exit_code == 0);
        update(make_update("new.update"));
    }
    [[nodiscard]] std::string make_badge() const {
        const auto keys = this->keys();
        const auto one = open().find("D1");
        return storage::make_badge_text({.key_id = keys.current_badge_key,
                                         .number = one->door.badge,
                                         .event = open().event().event,
                                         .issue = one->door.issue,
                                         .valid_until = one->badge_valid_until},
                                        keys.badge_keys.at(keys.current_badge_key));
    }
    /// As a start of the kiosk decides on the badge of D1.
    [[nodiscard]] storage::Verdict start_and_scan() const {
        const ManualClock clock(dubai(4, 9, 31));
        kiosk::AppOptions options;
        options.state = state;
        kiosk::Publisher publisher(kiosk::load_enrolment(state), false);
        const auto open = kiosk::open_desk(options, publisher.take_first(), clock);
        const auto answer = open.desk->handle({.text = badge,
                                               .source = scanner::ScanSource::camera,
                                               .entered = clock.monotonic(),
                                               .corners = {},
                                               .frame = 0});
        REQUIRE(answer);
        CHECK(open.desk->door_state().rolled_back ==
              (answer->verdict.kind == storage::VerdictKind::see_usher));
        return answer->verdict;
    }
};

}  // namespace

TEST_CASE("F33: a revoked badge is not admitted when the update that revoked it is taken away") {
    const AfterRevocation event;
    SECTION("it is there") { CHECK(event.start_and_scan().reason == storage::Reason::revoked); }
    SECTION("removed, and the kiosk had not started since") {
        fs::remove(event.state / "update");
        CHECK(event.start_and_scan().kind == storage::VerdictKind::see_usher);
    }
    SECTION("an older one in its place") {
        const std::string newer = event.scratch.read("state/update");
        fs::remove(event.state / "update");
        fs::remove_all(event.scratch.path("other"));
        kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.scratch.path("other"));
        kiosk::update(
            {.state = event.scratch.path("other"), .bundle = event.old_update, .ask_digits = {}});
        fs::copy_file(event.scratch.path("other") / "update", event.state / "update");
        CHECK(event.start_and_scan().kind == storage::VerdictKind::see_usher);
        event.scratch.write("state/update", newer);
        CHECK(event.start_and_scan().reason == storage::Reason::revoked);
    }
}

TEST_CASE("I-21: removed or not, nothing older than the newest update is taken or enrolled") {
    const AfterRevocation event;
    fs::remove(event.state / "update");
    const std::string says = sentence_of([&] { event.update(event.old_update); });
    INFO(says);
    CHECK(says.find("refusal list") != std::string::npos);
    CHECK(event.fault(event.old_update) == ExitCode::bad_data);
    const auto enrol = [&] {
        kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.state);
    };
    CHECK(fault_of(enrol) == ExitCode::bad_data);
    CHECK(sentence_of(enrol).find("refusal list") != std::string::npos);
    event.update(event.scratch.path("new.update"));
    CHECK(event.start_and_scan().reason == storage::Reason::revoked);
}

TEST_CASE("F26: where digits are the key, the update asks for them") {
    const EventWithKiosk event;
    kiosk::enrol(event.scratch.path("north-1.kiosk"), passphrase, event.state,
                 {.start_passphrase = "123456789012"});
    const fs::path bundle = event.make_update();
    const auto with = [&](const std::string& digits) {
        return fault_of([&] {
            kiosk::update({.state = event.state, .bundle = bundle, .ask_digits = [&] {
                               return SecretText(digits);
                           }});
        });
    };
    CHECK(with("123456789013") == ExitCode::not_allowed);
    CHECK_FALSE(fs::exists(event.state / "update"));
    CHECK(with("123456789012") == ExitCode::done);
    fs::remove(event.state / "kiosk.salt");
    CHECK(with("123456789012") == ExitCode::not_allowed);
}

TEST_CASE("without an enabled kiosk there is no update to make") {
    const DemoEvent event;
    const Finished none = event.hudoor("update --out a.update");
    CHECK(none.exit_code == 66);
    CHECK(none.says("hudoor kiosk add"));
    CHECK_FALSE(fs::exists(event.scratch.path("a.update")));
}

TEST_CASE("a renewed kiosk has new keys under its name, and the one before is disabled") {
    const EventWithKiosk event;
    const auto renew = [&](const std::string& name) {
        return event.hudoor("kiosk renew " + name +
                            " --out renewed.kiosk --bundle-passphrase-file passphrase");
    };
    const Finished renewed = renew("north-1");
    INFO(renewed.output);
    REQUIRE(renewed.exit_code == 0);
    const auto kiosks = event.open().kiosks();
    REQUIRE(kiosks.size() == 2);
    CHECK(kiosks[0].name == "north-1.1");
    CHECK_FALSE(kiosks[0].enabled());
    CHECK(kiosks[1].name == "north-1");
    CHECK(kiosks[1].place == kiosks[0].place);
    CHECK(kiosks[1].verify_key != kiosks[0].verify_key);

    const fs::path machine = event.scratch.path("new-machine");
    CHECK(kiosk::enrol(event.scratch.path("renewed.kiosk"), passphrase, machine).kiosk ==
          kiosks[1].id);
    CHECK(event.fault(event.make_update()) == ExitCode::not_allowed);
    CHECK(kiosk::update(
              {.state = machine, .bundle = event.scratch.path("a.update"), .ask_digits = {}})
              .registrations == 2);
    CHECK(renew("nowhere").exit_code == 66);
}
