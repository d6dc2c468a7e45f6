#include "storage/guests/replica.hpp"

#include <algorithm>
#include <random>

#include "config/fault.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;

namespace {

/// Every field different from its default.
Registration rich_registration(const EventFixture& event) {
    Registration r = event.delegate(1);
    r.valid_from = std::chrono::sys_days(std::chrono::year(2026) / 12 / 4);
    r.valid_until = ValidityLimit(dubai(5, 14, 30), event.identity.agenda);
    r.status = RegistrationStatus::pending;
    r.attention = true;
    r.usher_note = {"يُرجى الاتصال بالمنسق", "Call the coordinator"};
    r.discreet = true;
    r.issue = 9;
    r.code = hash_code("imported", event.code_key.view());
    return r;
}

bool same(const Registration& a, const Registration& b) {
    return a.id == b.id && a.name == b.name && a.organisation == b.organisation &&
           a.country == b.country && a.category == b.category && a.sessions == b.sessions &&
           a.seat == b.seat && a.valid_from == b.valid_from && a.valid_until == b.valid_until &&
           a.status == b.status && a.attention == b.attention && a.usher_note == b.usher_note &&
           a.discreet == b.discreet && a.badge == b.badge && a.issue == b.issue && a.code == b.code;
}

/// The exit code open_snapshot fails with; done if it opens.
ExitCode outcome(const EventFixture& event, ByteView snapshot, EventNumber number = demo_event) {
    try {
        const Replica replica = Replica::open_snapshot(
            snapshot, number, event.organiser.verify_key(), event.kiosk_opening);
        return ExitCode::done;
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
}

}  // namespace

TEST_CASE("a registration comes back whole by badge, code and id") {
    const EventFixture event;
    const Registration rich = rich_registration(event);
    Registration plain = event.delegate(2);
    const Replica replica = event.replica({rich, plain});
    const auto by_badge = replica.find(rich.badge);
    REQUIRE(by_badge);
    CHECK(same(*by_badge, rich));
    const auto by_code = replica.find(rich.code);
    REQUIRE(by_code);
    CHECK(same(*by_code, rich));
    const auto by_id = replica.find(plain.id);
    REQUIRE(by_id);
    CHECK(same(*by_id, plain));
}

TEST_CASE("who is not on the list is not found, nor is the empty number that many share") {
    const EventFixture event;
    Registration code_only = event.delegate(1);
    code_only.badge = {};
    const Replica replica = event.replica({code_only, event.delegate(2)});
    CHECK_FALSE(replica.find(event.delegate(3).badge));
    CHECK_FALSE(replica.find(event.delegate(3).id));
    CHECK_FALSE(replica.find(BadgeNumber{}));
    CHECK_FALSE(replica.find(CodeHash{}));
    CHECK(replica.find(code_only.id));
}

TEST_CASE("a replica knows its header, its code key and its ushers' badges") {
    const EventFixture event;
    const Replica replica = event.replica(event.delegates_up_to(3));
    CHECK(replica.header().event == demo_event);
    CHECK(replica.revision() == 3);
    CHECK(replica.header().created == dubai(4, 8, 0));
    CHECK(replica.header().registrations == 3);
    CHECK(std::ranges::equal(replica.code_key(), event.code_key.view()));
    const Usher usher = event.content({}).ushers.at(0);
    const auto found = replica.find_usher_badge(usher.badge);
    REQUIRE(found);
    CHECK(found->number == usher.number);
    CHECK(found->role == UsherRole::supervisor);
    CHECK(found->name == usher.name);
    CHECK(found->pin_hash == usher.pin_hash);
    CHECK_FALSE(replica.find_usher_badge(event.delegate(1).badge));
}

TEST_CASE("an empty list is a list") {
    const EventFixture event;
    CHECK(event.replica({}).header().registrations == 0);
}

TEST_CASE("two registrations with one badge number make no snapshot") {
    const EventFixture event;
    Registration twin = event.delegate(2);
    twin.badge = event.delegate(1).badge;
    CHECK_THROWS_AS(event.snapshot({event.delegate(1), twin}), Fault);
}

TEST_CASE(
    "the header is read without a key to the seal, and only under the organiser's signature") {
    const EventFixture event;
    const Bytes snapshot = event.snapshot(event.delegates_up_to(2));
    const auto header = read_snapshot_header(snapshot, event.organiser.verify_key());
    REQUIRE(header);
    CHECK(header->revision == 3);
    CHECK(header->registrations == 2);
    CHECK_FALSE(read_snapshot_header(snapshot, event.badge_key.verify_key()));
    CHECK_FALSE(read_snapshot_header({}, event.organiser.verify_key()));
}

TEST_CASE("every enabled kiosk opens the snapshot, a disabled one cannot") {
    const EventFixture event;
    const OpeningKey second(test_secret("second kiosk"));
    const OpeningKey disabled(test_secret("disabled kiosk"));
    const SealKey readers[] = {event.kiosk_opening.seal_key(), second.seal_key()};
    const Bytes snapshot =
        make_snapshot(event.content(event.delegates_up_to(2)), event.organiser, readers);
    const VerifyKey organiser = event.organiser.verify_key();
    CHECK(Replica::open_snapshot(snapshot, demo_event, organiser, event.kiosk_opening).revision() ==
          3);
    CHECK(Replica::open_snapshot(snapshot, demo_event, organiser, second).revision() == 3);
    CHECK_THROWS_AS(Replica::open_snapshot(snapshot, demo_event, organiser, disabled), Fault);
    const Bytes for_none = make_snapshot(event.content({}), event.organiser, {});
    CHECK(outcome(event, for_none) == ExitCode::bad_data);
}

TEST_CASE("a snapshot of another event or another organiser is refused") {
    const EventFixture event;
    const Bytes snapshot = event.snapshot(event.delegates_up_to(2));
    CHECK(outcome(event, snapshot) == ExitCode::done);
    CHECK(outcome(event, snapshot, EventNumber{8}) == ExitCode::bad_data);
    const SealKey reader = event.kiosk_opening.seal_key();
    const SigningKey stranger(test_secret("stranger"));
    CHECK(outcome(event, make_snapshot(event.content({}), stranger, {&reader, 1})) ==
          ExitCode::bad_data);
}

TEST_CASE("no byte of what stands before the image may change") {
    const EventFixture event;
    const Bytes good = event.snapshot(event.delegates_up_to(2));
    // Magic, header, signature, one box, and the stream's own header.
    const std::size_t front = 17 + 2 + 8 + 8 + 4 + 32 + 8 + 2 + 64 + 80 + 24;
    for (std::size_t at = 0; at < front; ++at) {
        Bytes bad = good;
        bad[at] ^= 0x10;
        CAPTURE(at);
        CHECK(outcome(event, bad) == ExitCode::bad_data);
    }
}

TEST_CASE("a snapshot cut anywhere is refused, and so is one with more behind it") {
    const EventFixture event;
    const Bytes good = event.snapshot(event.delegates_up_to(300));
    for (std::size_t size = 0; size < good.size(); size += 97) {
        CAPTURE(size);
        CHECK(outcome(event, ByteView(good).first(size)) == ExitCode::bad_data);
    }
    Bytes longer = good;
    longer.push_back(0);
    CHECK(outcome(event, longer) == ExitCode::bad_data);
}

TEST_CASE("a snapshot cut between two pieces of the stream is refused") {
    const EventFixture event;
    const Bytes good = event.snapshot(event.delegates_up_to(300));
    const std::size_t one_piece = 64 * 1024 + 17;
    REQUIRE(good.size() > one_piece + 1'000);
    const std::size_t last = (good.size() - 249) % one_piece;
    CHECK(outcome(event, ByteView(good).first(good.size() - last)) == ExitCode::bad_data);
}

TEST_CASE("a signed header does not vouch for another image, though it is sealed and as long") {
    const EventFixture event;
    Registration changed = event.delegate(1);
    changed.status = RegistrationStatus::blocked;
    Bytes spliced = event.snapshot({event.delegate(1)});
    const Bytes other = event.snapshot({changed});
    REQUIRE(spliced.size() == other.size());
    const std::size_t signed_part = 17 + 2 + 8 + 8 + 4 + 32 + 8 + 2 + 64;
    std::copy(other.begin() + signed_part, other.end(), spliced.begin() + signed_part);
    CHECK(outcome(event, spliced) == ExitCode::bad_data);
    CHECK(outcome(event, other) == ExitCode::done);
}

TEST_CASE("a flipped bit anywhere is found") {
    const EventFixture event;
    const Bytes good = event.snapshot(event.delegates_up_to(100));
    std::mt19937 random(20261204);
    for (int i = 0; i < 300; ++i) {
        Bytes bad = good;
        const std::size_t at =
            std::uniform_int_distribution<std::size_t>(0, bad.size() - 1)(random);
        bad[at] ^= static_cast<std::uint8_t>(1U << (i % 8));
        CAPTURE(at);
        CHECK(outcome(event, bad) == ExitCode::bad_data);
    }
}

TEST_CASE("no name, note or code stands readable in a snapshot") {
    const EventFixture event;
    Registration marked = rich_registration(event);
    marked.name = {"مرحبامرحبا", "MARKER-NAME"};
    marked.usher_note.en = "MARKER-NOTE";
    const Bytes snapshot = event.snapshot({marked});
    const auto holds = [&](ByteView part) { return !std::ranges::search(snapshot, part).empty(); };
    CHECK(holds(as_bytes("hudoor-snapshot-1")));
    for (const std::string& secret :
         {marked.name.ar, marked.name.en, marked.usher_note.en, marked.seat,
          std::string("SQLite format"), std::string("Maryam")})
        CHECK_FALSE(holds(as_bytes(secret)));
    CHECK_FALSE(holds(event.code_key.view()));
    CHECK_FALSE(holds(marked.badge.bytes));
    CHECK_FALSE(holds(marked.code.bytes));
}

TEST_CASE("two snapshots of the same list share no sealed bytes") {
    const EventFixture event;
    const Bytes one = event.snapshot(event.delegates_up_to(2));
    const Bytes other = event.snapshot(event.delegates_up_to(2));
    const std::size_t front = 17 + 2 + 8 + 8 + 4 + 32 + 8 + 2 + 64 + 80;
    REQUIRE(one.size() == other.size());
    CHECK_FALSE(std::equal(one.begin() + front, one.begin() + front + 64, other.begin() + front));
}

TEST_CASE("a replica may be moved and still answers") {
    const EventFixture event;
    Replica first = event.replica(event.delegates_up_to(1));
    Replica second = std::move(first);
    CHECK(second.find(event.delegate(1).badge));
    second = event.replica(event.delegates_up_to(2));
    CHECK(second.find(event.delegate(2).badge));
}

}  // namespace hudoor::test
