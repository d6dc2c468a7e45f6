#include "tests/support/event_fixture.hpp"

#include <atomic>

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_days first_day{std::chrono::year(2026) / 12 / 4};
constexpr std::chrono::sys_days last_day{std::chrono::year(2026) / 12 / 5};

/// The id of delegate n: the name's hash cut to size, so that ids look random but never change.
template <typename Id>
Id test_id(const std::string& name) {
    Id id;
    const Hash whole = hash("hudoor-test", as_bytes(name));
    std::copy_n(whole.bytes.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

Session make_session(SessionId id, const char* code, Bilingual title, RoomId room, WallTime starts,
                     WallTime ends) {
    Session session;
    session.id = id;
    session.code = code;
    session.title = std::move(title);
    session.room = room;
    session.starts = starts;
    session.ends = ends;
    return session;
}

std::vector<Session> make_sessions() {
    std::vector<Session> sessions{
        make_session(opening, "opening", {"حفل الافتتاح", "Opening ceremony"}, hall_a,
                     dubai(4, 9, 30), dubai(4, 10, 30)),
        make_session(workshop, "workshop", {"ورشة العمل", "Workshop"}, hall_b, dubai(4, 10, 0),
                     dubai(4, 12, 0)),
        make_session(keynote, "keynote", {"الكلمة الرئيسية", "Keynote"}, hall_a, dubai(4, 11, 0),
                     dubai(4, 12, 0)),
        make_session(briefing, "briefing", {"إحاطة المتحدثين", "Speakers' briefing"}, hall_b,
                     dubai(4, 13, 0), dubai(4, 14, 0)),
        make_session(closing, "closing", {"الحفل الختامي", "Closing ceremony"}, hall_a,
                     dubai(5, 15, 0), dubai(5, 16, 0))};
    sessions[0].capacity = 600;
    sessions[0].quota = {{north, 400}};
    sessions[1].reentry = Reentry::once;
    sessions[2].admits = Admits::everyone;
    sessions[2].reentry = Reentry::free;
    sessions[3].admits = Admits::categories;
    sessions[3].categories = {speakers};
    return sessions;
}

Agenda make_agenda() {
    Agenda agenda;
    agenda.timezone = "Asia/Dubai";
    agenda.rooms = {{hall_a, "hall-a", {"القاعة A", "Hall A"}},
                    {hall_b, "hall-b", {"القاعة B", "Hall B"}}};
    const Way to_b{hall_b, Arrow::right, {"إلى اليمين، الباب الثاني", "To the right, second door"}};
    const Way to_a{hall_a, Arrow::left, {"إلى اليسار", "To the left"}};
    agenda.places = {
        {north,
         "north",
         {"المدخل الشمالي", "North entrance"},
         {hall_a},
         PlaceDirection::entry,
         {to_b}},
        {south,
         "south",
         {"المدخل الجنوبي", "South entrance"},
         {hall_b},
         PlaceDirection::entry,
         {to_a}},
        {west, "west", {"المخرج الغربي", "West exit"}, {hall_a, hall_b}, PlaceDirection::exit, {}},
        {foyer, "foyer", {"البهو", "Foyer"}, {hall_a, hall_b}, PlaceDirection::both, {}}};
    agenda.help_desk = {
        {"الردهة الرئيسية، بجانب الدرج", "Main lobby, by the stairs"},
        {{north, Arrow::left, {"إلى اليسار، بجانب الدرج", "To the left, by the stairs"}}}};
    agenda.sessions = make_sessions();
    return agenda;
}

}  // namespace

Secret<32> test_secret(const std::string& name) {
    return Secret<32>(hash("hudoor-test-secret", as_bytes(name)).bytes);
}

EventFixture::EventFixture() {
    identity.demo = true;
    identity.event = demo_event;
    identity.event_name = {"قمة التركيز على المستقبل", "Future Focus Summit"};
    identity.first_day = first_day;
    identity.last_day = last_day;
    identity.kiosk = KioskId{1};
    identity.kiosk_name = "north-1";
    identity.place = north;
    identity.organiser = organiser.verify_key();
    identity.organiser_seal = organiser_opening.seal_key();
    identity.kiosk_key = kiosk_signing.verify_key();
    identity.kiosk_seal = kiosk_opening.seal_key();
    identity.badge_keys = {{1, badge_key.verify_key(), false},
                           {2, old_badge_key.verify_key(), true}};
    identity.categories = {{delegates, "delegate", {"مشارك، مشاركة", "Delegate"}, 0xC8A56A},
                           {speakers, "speaker", {"متحدث، متحدثة", "Speaker"}, 0x2C4678}};
    identity.agenda = make_agenda();
}

Registration EventFixture::delegate(unsigned n) const {
    const std::string number = std::to_string(n);
    Registration delegate;
    delegate.id = test_id<RegistrationId>("registration " + number);
    delegate.name = {"أحمد الظاهري " + number, "Ahmed Al Dhaheri " + number};
    delegate.organisation = {"هيئة التجربة", "Trial Authority"};
    delegate.country = "AE";
    delegate.category = delegates;
    delegate.sessions = {opening, workshop, closing};
    delegate.seat = "A-" + number;
    delegate.badge = test_id<BadgeNumber>("badge " + number);
    delegate.issue = 1;
    return delegate;
}

std::vector<Registration> EventFixture::delegates_up_to(unsigned n) const {
    std::vector<Registration> all;
    all.reserve(n);
    for (unsigned i = 1; i <= n; ++i) all.push_back(delegate(i));
    return all;
}

BadgeToken EventFixture::token(const Registration& delegate, std::uint8_t issue) const {
    return {.key_id = 1,
            .number = delegate.badge,
            .event = demo_event,
            .issue = issue,
            .valid_until = last_day};
}

std::string EventFixture::badge_text(const Registration& delegate, std::uint8_t issue) const {
    return make_badge_text(token(delegate, issue), badge_key);
}

SignedBadge EventFixture::sign(const BadgeToken& token) const {
    return parse_badge(make_badge_text(token, badge_key)).value();
}

namespace {

/// Argon2id of 271828 with the least work there is.
constexpr const char* test_pin_hash =
    "$argon2id$v=19$m=8,t=1,p=1$DfTkA238BK5C4tCdrl58KA$EZsziM6IrHPtJDtvYW1PdqQv+sSvzl9tLnHjWTjycCY";

}  // namespace

BadgeNumber supervisor_badge() { return test_id<BadgeNumber>("staff badge 12"); }

SnapshotContent EventFixture::content(std::vector<Registration> registrations) const {
    SnapshotContent content;
    content.event = demo_event;
    content.revision = 3;
    content.created = dubai(4, 8, 0);
    content.registrations = std::move(registrations);
    content.ushers = {
        {supervisor_twelve, UsherRole::supervisor, "Maryam", test_pin_hash, supervisor_badge()},
        {usher_seven, UsherRole::usher, "Yusuf", test_pin_hash, BadgeNumber{}}};
    content.code_key = Secret<32>(code_key.view());
    return content;
}

Bytes EventFixture::snapshot(std::vector<Registration> registrations) const {
    const SealKey reader = kiosk_opening.seal_key();
    return make_snapshot(content(std::move(registrations)), organiser, {&reader, 1});
}

Replica EventFixture::replica(std::vector<Registration> registrations) const {
    return Replica::open_snapshot(snapshot(std::move(registrations)), demo_event,
                                  organiser.verify_key(), kiosk_opening);
}

Roster sample_roster(const EventFixture& event) {
    return {.number = 2,
            .kiosks = {{.id = event.identity.kiosk,
                        .name = event.identity.kiosk_name,
                        .place = event.identity.place,
                        .key = event.identity.kiosk_key,
                        .disabled = {}},
                       {.id = KioskId{2},
                        .name = "south-1",
                        .place = south,
                        .key = SigningKey(test_secret("south")).verify_key(),
                        .disabled = dubai(3, 12, 0)}}};
}

Fact make_fact(FactKind kind, const Registration& delegate, SessionId session, WallTime at) {
    static std::atomic<std::uint64_t> made{0};
    Fact fact;
    fact.kind = kind;
    fact.kiosk = KioskId{1};
    fact.epoch = Epoch{0x5EED};
    fact.seq = ++made;
    fact.id = test_id<FactId>("fact " + std::to_string(fact.seq));
    fact.wall_ms = at.time_since_epoch().count();
    fact.hlc = static_cast<std::uint64_t>(fact.wall_ms) << 16;
    fact.clock_quality = ClockQuality::synced;
    fact.registration = delegate.id;
    fact.badge = delegate.badge;
    fact.issue = delegate.issue;
    fact.place = north;
    fact.session = session;
    if (kind == FactKind::admitted || kind == FactKind::left) {
        fact.direction = kind == FactKind::left ? Direction::exit : Direction::entry;
        fact.verdict = VerdictKind::admitted;
        fact.reason = Reason::ok;
        fact.method = Method::badge;
    }
    return fact;
}

Fact make_undone(const Fact& undone, WallTime at) {
    Fact fact = make_fact(FactKind::undone, {}, SessionId{}, at);
    fact.reference = undone.id;
    fact.usher = supervisor_twelve;
    return fact;
}

}  // namespace hudoor::test
