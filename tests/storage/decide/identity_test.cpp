#include "storage/guests/identity.hpp"

#include "storage/base/files.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/roster.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;

namespace {

/// Puts a fresh signature of the organiser under a changed body.
Bytes sign_again(Bytes bytes, std::string_view domain, const SigningKey& key) {
    bytes.resize(bytes.size() - 64);
    Bytes message(domain.begin(), domain.end());
    message.insert(message.end(), bytes.begin(), bytes.end());
    const Signature signature = key.sign(message);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return bytes;
}

constexpr std::string_view identity_domain = "hudoor-identity-1";

RefusalList some_refusals(const EventFixture& event) {
    RefusalList list;
    list.number = 12;
    list.people = {7, 9};
    for (unsigned n = 1; n <= 5; ++n)
        list.badges[event.delegate(n).badge] = static_cast<std::uint8_t>(n);
    return list;
}

}  // namespace

TEST_CASE("an identity comes back as it was signed") {
    EventFixture event;
    event.identity.code_shapes = {{.min_length = 32,
                                   .max_length = 32,
                                   .prefix = "p",
                                   .alphabet = "abc",
                                   .json_key = "i",
                                   .cut_at = '/'}};
    event.identity.agenda.day_starts = std::chrono::hours(4);
    event.identity.known_events = {{EventNumber{6}, {"قمة", "Last year"}, {{1, 2}, {3}}}};
    const Bytes bytes = encode_identity(event.identity, event.organiser);
    const auto back = parse_identity(bytes, event.organiser.verify_key());
    REQUIRE(back);
    CHECK(back->agenda.day_starts == std::chrono::hours(4));
    REQUIRE(back->known_events.size() == 1);
    CHECK(back->known_events[0].number == EventNumber{6});
    CHECK(back->known_events[0].name.en == "Last year");
    CHECK(back->known_events[0].badge_keys == std::vector<VerifyKey>{{1, 2}, {3}});
    CHECK(encode_identity(*back, event.organiser) == bytes);
    CHECK(back->demo);
    CHECK(back->event == demo_event);
    CHECK(back->event_name == event.identity.event_name);
    CHECK(back->first_day == event.identity.first_day);
    CHECK(back->last_day == event.identity.last_day);
    CHECK(back->kiosk == KioskId{1});
    CHECK(back->kiosk_name == "north-1");
    CHECK(back->place == north);
    CHECK(back->kiosk_key == event.kiosk_signing.verify_key());
    CHECK(back->kiosk_seal == event.kiosk_opening.seal_key());
    CHECK(back->organiser_seal == event.organiser_opening.seal_key());
    REQUIRE(back->badge_keys.size() == 2);
    CHECK(back->badge_keys[1].revoked);
    CHECK(back->categories.at(1).colour_rgb == 0x2C4678);
    CHECK(back->code_shapes == event.identity.code_shapes);
    CHECK(back->agenda.timezone == "Asia/Dubai");
    CHECK(back->agenda.find_way(north, hall_b)->words.ar == "إلى اليمين، الباب الثاني");
    CHECK(back->agenda.help_desk.words.en == "Main lobby, by the stairs");
    REQUIRE(back->agenda.help_desk.find_way(north));
    CHECK(back->agenda.help_desk.find_way(north)->arrow == Arrow::left);
    CHECK(back->agenda.help_desk.find_way(north)->words.ar == "إلى اليسار، بجانب الدرج");
    CHECK_FALSE(back->agenda.help_desk.find_way(south));
    const Session* session = back->agenda.find_session(opening);
    REQUIRE(session);
    CHECK(session->starts == dubai(4, 9, 30));
    CHECK(session->doors_open() == dubai(4, 9, 10));
    CHECK(session->quota.at(north) == 400);
    CHECK(back->agenda.find_session(briefing)->categories == std::vector{speakers});
}

TEST_CASE("an identity is refused after any one of its bytes was changed") {
    const EventFixture event;
    const Bytes good = encode_identity(event.identity, event.organiser);
    REQUIRE(parse_identity(good));
    for (std::size_t at = 0; at < good.size(); at += 7) {
        Bytes bad = good;
        bad[at] ^= 1;
        CHECK_FALSE(parse_identity(bad));
        CHECK_FALSE(parse_identity(bad, event.organiser.verify_key()));
    }
}

TEST_CASE("an identity cut short or with bytes behind it is refused") {
    const EventFixture event;
    const Bytes good = encode_identity(event.identity, event.organiser);
    for (std::size_t size = 0; size < good.size(); size += 13)
        CHECK_FALSE(parse_identity(ByteView(good).first(size)));
    Bytes longer = good;
    longer.insert(longer.end() - 64, 0);
    CHECK_FALSE(parse_identity(sign_again(longer, identity_domain, event.organiser)));
}

TEST_CASE("an identity of another organiser is refused where one is known") {
    EventFixture event;
    const SigningKey stranger(test_secret("stranger"));
    event.identity.organiser = stranger.verify_key();
    const Bytes bytes = encode_identity(event.identity, stranger);
    CHECK(parse_identity(bytes));
    CHECK_FALSE(parse_identity(bytes, event.organiser.verify_key()));
    // Nor may the known organiser pass its kiosks on to a stranger.
    CHECK_FALSE(parse_identity(sign_again(bytes, identity_domain, event.organiser),
                               event.organiser.verify_key()));
    // Naming the known organiser inside does not help without that key.
    event.identity.organiser = event.organiser.verify_key();
    const Bytes genuine = encode_identity(event.identity, event.organiser);
    CHECK_FALSE(parse_identity(sign_again(genuine, identity_domain, stranger)));
}

namespace {

/// Where the value of this field of the identity begins.
std::size_t field_at(const Bytes& bytes, std::uint16_t number) {
    ByteReader in(bytes);
    in.u8();
    while (in.u16() != number) in.block();
    in.u32();
    return bytes.size() - in.rest().size();
}

/// A field at the end of all, before the signature.
Bytes with_field(Bytes bytes, std::uint16_t number, std::string_view value) {
    ByteWriter field;
    field.u16(number);
    field.text(value);
    bytes.insert(bytes.end() - 64, field.bytes().begin(), field.bytes().end());
    return bytes;
}

}  // namespace

TEST_CASE("an identity that could be written otherwise is refused though it is signed") {
    const EventFixture event;
    Bytes bytes = encode_identity(event.identity, event.organiser);
    const std::size_t demo = field_at(bytes, 1);
    REQUIRE(bytes[demo] == 1);
    bytes[demo] = 2;
    CHECK_FALSE(parse_identity(sign_again(bytes, identity_domain, event.organiser)));
}

TEST_CASE("fields that only a newer program knows are skipped, malformed ones are refused") {
    const EventFixture event;
    const Bytes good = encode_identity(event.identity, event.organiser);
    const auto again = [&](const Bytes& bytes) {
        return parse_identity(sign_again(bytes, identity_domain, event.organiser));
    };
    const auto newer = again(with_field(with_field(good, 40, "of tomorrow"), 50, ""));
    REQUIRE(newer);
    CHECK(newer->kiosk_name == event.identity.kiosk_name);
    CHECK(encode_identity(*newer, event.organiser) == good);
    CHECK_FALSE(again(with_field(with_field(good, 50, "a"), 40, "b")));  // out of order
    CHECK_FALSE(again(with_field(with_field(good, 40, "a"), 40, "b")));  // twice
    CHECK_FALSE(again(with_field(good, 3, "known, and there already")));
    Bytes cut = with_field(good, 40, "of tomorrow");
    cut.erase(cut.end() - 65);
    CHECK_FALSE(again(cut));
}

TEST_CASE("an identity from before there was a help desk is read, and is still its one encoding") {
    EventFixture event;
    event.identity.agenda.help_desk = {};
    const Bytes good = encode_identity(event.identity, event.organiser);
    constexpr std::uint16_t agenda_number = 16;
    const std::size_t at = field_at(good, agenda_number);
    ByteReader whole(ByteView(good).subspan(at - 4));
    ByteReader field(whole.block());
    ByteReader agenda(field.block());
    std::vector<int> numbers;
    while (!agenda.rest().empty()) {
        numbers.push_back(agenda.u16());
        (void)agenda.block();
    }
    CHECK(numbers == std::vector{1, 2, 3, 4});
    const auto back = parse_identity(good, event.organiser.verify_key());
    REQUIRE(back);
    CHECK(back->agenda.help_desk.empty());
    CHECK(back->agenda.day_starts == std::chrono::minutes(0));  // midnight, as it was then
    CHECK(back->known_events.empty());
    CHECK(encode_identity(*back, event.organiser) == good);
}

TEST_CASE("an identity of version 1, as kiosks in the field have it, is read") {
    const EventFixture event;
    const Bytes bytes = read_file(HUDOOR_IDENTITY_V1, 100'000);
    REQUIRE(bytes.size() > 64);
    const auto identity = parse_identity(bytes, event.organiser.verify_key());
    REQUIRE(identity);
    CHECK(identity->number == 0);
    CHECK(identity->kiosk_name == "north-1");
    CHECK(identity->agenda.find_way(north, hall_b)->words.ar == "إلى اليمين، الباب الثاني");
    CHECK(identity->agenda.find_session(opening)->quota.at(north) == 400);
    Bytes longer = bytes;
    longer.insert(longer.end() - 64, 0);
    CHECK_FALSE(parse_identity(sign_again(longer, identity_domain, event.organiser)));
}

TEST_CASE("an identity of an unknown version or with unknown numbers is refused") {
    EventFixture event;
    Bytes bytes = encode_identity(event.identity, event.organiser);
    bytes[0] = 3;
    CHECK_FALSE(parse_identity(sign_again(bytes, identity_domain, event.organiser)));
    event.identity.agenda.sessions[0].reentry = static_cast<Reentry>(3);
    CHECK_FALSE(parse_identity(encode_identity(event.identity, event.organiser)));
    event = EventFixture();
    event.identity.agenda.day_starts = std::chrono::hours(24);
    CHECK_FALSE(parse_identity(encode_identity(event.identity, event.organiser)));
    event = EventFixture();
    event.identity.agenda.places[0].ways[0].arrow = static_cast<Arrow>(8);
    CHECK_FALSE(parse_identity(encode_identity(event.identity, event.organiser)));
    event = EventFixture();
    event.identity.agenda.help_desk.ways[0].arrow = static_cast<Arrow>(8);
    CHECK_FALSE(parse_identity(encode_identity(event.identity, event.organiser)));
}

TEST_CASE("lengths that promise more than there is do not ask for memory") {
    const EventFixture event;
    Bytes bytes = encode_identity(event.identity, event.organiser);
    const std::size_t name_length = field_at(bytes, 7) - 4;
    for (std::size_t i = 0; i < 4; ++i) bytes[name_length + i] = 0xFF;
    CHECK_FALSE(parse_identity(sign_again(bytes, identity_domain, event.organiser)));
}

TEST_CASE("a revocation takes the named issue and all before it") {
    RefusalList list;
    const EventFixture event;
    list.badges[event.delegate(1).badge] = 2;
    list.badges[event.delegate(2).badge] = 255;
    CHECK(list.revokes(event.delegate(1).badge, 1));
    CHECK(list.revokes(event.delegate(1).badge, 2));
    CHECK_FALSE(list.revokes(event.delegate(1).badge, 3));
    CHECK(list.revokes(event.delegate(2).badge, 255));
    CHECK_FALSE(list.revokes(event.delegate(3).badge, 1));
}

TEST_CASE("a refused person is named by BLAKE2b-64 of event and badge, which never changes") {
    BadgeNumber badge;
    for (std::uint8_t n = 0; n < badge.bytes.size(); ++n) badge.bytes[n] = n;
    CHECK(name_refused(badge, EventNumber{7}) == 0xC3EEB2FE7389BB7E);
    CHECK(name_refused(badge, EventNumber{8}) != name_refused(badge, EventNumber{7}));
    RefusalList list;
    list.people = {1, name_refused(badge, EventNumber{7}), ~std::uint64_t{0}};
    CHECK(list.names(badge, EventNumber{7}));
    CHECK_FALSE(list.names(badge, EventNumber{8}));
}

TEST_CASE("a revocation list comes back as it was signed") {
    const EventFixture event;
    const RefusalList list = some_refusals(event);
    const auto back = parse_refusals(encode_refusals(list, demo_event, event.organiser), demo_event,
                                     event.organiser.verify_key());
    REQUIRE(back);
    CHECK(back->number == 12);
    CHECK(back->badges == list.badges);
    CHECK(back->people == list.people);
}

TEST_CASE("a revocation list changed, cut, foreign or of another event is refused") {
    const EventFixture event;
    const VerifyKey key = event.organiser.verify_key();
    const Bytes good = encode_refusals(some_refusals(event), demo_event, event.organiser);
    for (std::size_t at = 0; at < good.size(); ++at) {
        Bytes bad = good;
        bad[at] ^= 0x40;
        CHECK_FALSE(parse_refusals(bad, demo_event, key));
        CHECK_FALSE(parse_refusals(ByteView(good).first(at), demo_event, key));
    }
    CHECK_FALSE(parse_refusals(good, EventNumber{8}, key));
    CHECK_FALSE(parse_refusals(good, demo_event, event.badge_key.verify_key()));
}

TEST_CASE("refusals out of order are refused though they are signed") {
    const EventFixture event;
    const Bytes bytes = encode_refusals(some_refusals(event), demo_event, event.organiser);
    const std::size_t entries = field_at(bytes, 3) + 4;  // behind the count
    Bytes swapped = bytes;
    std::swap_ranges(swapped.begin() + static_cast<std::ptrdiff_t>(entries),
                     swapped.begin() + static_cast<std::ptrdiff_t>(entries) + 9,
                     swapped.begin() + static_cast<std::ptrdiff_t>(entries) + 9);
    const VerifyKey key = event.organiser.verify_key();
    CHECK(parse_refusals(sign_again(bytes, "hudoor-refusals-1", event.organiser), demo_event, key));
    CHECK_FALSE(
        parse_refusals(sign_again(swapped, "hudoor-refusals-1", event.organiser), demo_event, key));
    RefusalList people;
    people.people = {9, 7};
    CHECK_FALSE(
        parse_refusals(encode_refusals(people, demo_event, event.organiser), demo_event, key));
}

TEST_CASE("a revocation list of before is read as a refusal list") {
    const EventFixture event;
    ByteWriter out;  // version, event, number, count, badge and issue
    out.u8(1);
    out.u16(static_cast<std::uint16_t>(demo_event));
    out.u64(12);
    out.u32(1);
    out.raw(event.delegate(1).badge.bytes);
    out.u8(3);
    Bytes bytes = out.take();
    bytes.resize(bytes.size() + 64);
    bytes = sign_again(bytes, "hudoor-revocations-1", event.organiser);
    const auto list = parse_refusals(bytes, demo_event, event.organiser.verify_key());
    REQUIRE(list);
    CHECK(list->number == 12);
    CHECK(list->revokes(event.delegate(1).badge, 3));
    CHECK(list->people.empty());
}

TEST_CASE("a roster comes back as it was signed, and not from anybody else") {
    const EventFixture event;
    const Roster roster = sample_roster(event);
    const Bytes bytes = encode_roster(roster, demo_event, event.organiser);
    const auto back = parse_roster(bytes, demo_event, event.organiser.verify_key());
    REQUIRE(back);
    CHECK(back->number == roster.number);
    REQUIRE(back->kiosks.size() == 2);
    CHECK(back->find(KioskId{1})->key == event.kiosk_signing.verify_key());
    CHECK_FALSE(back->find(KioskId{1})->disabled);
    CHECK(back->find(KioskId{2})->disabled == dubai(3, 12, 0));
    CHECK(back->find(KioskId{2})->name == "south-1");
    CHECK(back->find(KioskId{3}) == nullptr);
    CHECK_FALSE(parse_roster(bytes, EventNumber{8}, event.organiser.verify_key()));
    CHECK_FALSE(parse_roster(bytes, demo_event, event.badge_key.verify_key()));
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
        Bytes bad = bytes;
        bad[at] ^= 1;
        CHECK_FALSE(parse_roster(bad, demo_event, event.organiser.verify_key()));
    }
}

TEST_CASE("an identity's signature does not make a revocation list") {
    const EventFixture event;
    const Bytes list = encode_refusals({}, demo_event, event.organiser);
    CHECK_FALSE(parse_refusals(sign_again(list, identity_domain, event.organiser), demo_event,
                               event.organiser.verify_key()));
}

TEST_CASE("the kiosk's secrets open with the kiosk key alone") {
    const KioskSecrets secrets{.signing = SigningKey(test_secret("kiosk")),
                               .opening = OpeningKey(test_secret("kiosk opening"))};
    const Secret<32> kiosk_key = test_secret("kiosk key");
    const Bytes sealed = seal_secrets(secrets, kiosk_key);
    const auto back = open_secrets(sealed, kiosk_key);
    REQUIRE(back);
    CHECK(back->signing.verify_key() == secrets.signing.verify_key());
    CHECK(back->opening.seal_key() == secrets.opening.seal_key());
    CHECK_FALSE(open_secrets(sealed, test_secret("another key")));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        Bytes bad = sealed;
        bad[at] ^= 1;
        CHECK_FALSE(open_secrets(bad, kiosk_key));
        CHECK_FALSE(open_secrets(ByteView(sealed).first(at), kiosk_key));
    }
    CHECK_FALSE(open_secrets(lock(as_bytes("not two keys"), kiosk_key), kiosk_key));
}

}  // namespace hudoor::test
