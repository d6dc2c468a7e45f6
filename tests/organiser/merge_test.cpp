// I-4, I-5, F15-F18, F22: hudoor merge brings facts home, once each, and tells what needs a look.

#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/enrol/export.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/facts/hello.hpp"
#include "storage/journal/paths.hpp"
#include "storage/organiser/merge/merge.hpp"
#include "tests/organiser/old_schema.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

constexpr KioskId north_id = test::kiosk;
constexpr SessionId opening_session{1};

/// An event with a few delegates and two kiosks, whose starts write facts here.
struct EventWithKiosks : DemoEvent {
    SigningKey north_key = kiosk_key();
    SigningKey south_key{Secret<32>(Bytes(32, 8))};
    Identity identity = open().event();

    EventWithKiosks() {
        import(
            "attendee_id,name_en,category,sessions\nD1,Ahmed,delegate,opening\nD2,Noura,delegate,opening\n");
        auto store = open();
        store.add_kiosk(
            {north_id, "north-1", PlaceId{1}, north_key.verify_key(), identity.organiser_seal, {}},
            {WallTime(), "north"});
        store.add_kiosk({KioskId{4},
                         "south-1",
                         PlaceId{2},
                         south_key.verify_key(),
                         identity.organiser_seal,
                         {}},
                        {WallTime(), "south"});
    }
    [[nodiscard]] Registration delegate(const std::string& id) const {
        return open().find(id)->door;
    }

    fs::path bundle(const std::string& name, const std::vector<StoredFact>& facts,
                    const SigningKey* sender = nullptr) const {
        FactsBundleWriter writer;
        for (const StoredFact& fact : facts) writer.add(fact);
        const SigningKey& key = sender != nullptr ? *sender : north_key;
        writer.write(scratch.path(name), identity.event, key.verify_key(), &key,
                     {{identity.organiser_seal}});
        return scratch.path(name);
    }
    [[nodiscard]] json merge(const std::string& files, int exit_code = 0) const {
        const Finished finished = hudoor("merge --json " + files + " 2>/dev/null");
        INFO(finished.output);
        CHECK(finished.exit_code == exit_code);
        return json::parse(finished.output);
    }
};

/// One start of a kiosk.
struct Start {
    ManualClock clock;
    Chain chain;
    std::vector<StoredFact> facts;

    Start(KioskId id, const SigningKey* key, PlaceId place = PlaceId{1},
          std::optional<Head> parent = {})
        : chain({.kiosk = id, .place = place, .signing_key = key}, clock, parent) {
        add(Fact{});
    }
    const StoredFact& add(Fact fact) {
        if (facts.empty()) fact.kind = FactKind::hello;
        clock.advance(1s);
        facts.push_back(chain.append(std::move(fact)));
        return facts.back();
    }
    const StoredFact& pass(FactKind kind, const Registration& person,
                           SessionId session = opening_session) {
        Fact fact;
        fact.kind = kind;
        fact.registration = person.id;
        fact.badge = person.badge;
        fact.issue = person.issue;
        fact.session = session;
        fact.method = Method::badge;
        fact.reason = Reason::ok;
        return add(fact);
    }
};

std::vector<StoredFact> some(const std::vector<StoredFact>& facts, std::size_t from,
                             std::size_t to) {
    return {facts.begin() + static_cast<std::ptrdiff_t>(from),
            facts.begin() + static_cast<std::ptrdiff_t>(to)};
}

/// The kinds of all incidents, in their order.
std::vector<std::string> kinds(const json& merged) {
    std::vector<std::string> found;
    for (const auto& incident : merged["incidents"]) found.push_back(incident["incident"]);
    return found;
}

}  // namespace

TEST_CASE("I-21: an admission after a revocation tells whether the kiosk had heard of it") {
    const EventWithKiosks event;
    const Registration one = event.delegate("D1");
    Start north(north_id, &event.north_key);
    event.open().revoke(one.badge, 255, {north.clock.wall() - 1min, "revoke"});
    const std::uint64_t list = event.open().refusals().number;
    Start south(KioskId{4}, &event.south_key, PlaceId{2});
    const auto update_taken = [](Start& start, std::uint64_t refusals) {
        Fact outcome;
        outcome.kind = FactKind::act;
        outcome.act = ActCode::outcome;
        outcome.payload = encode_edition({.list = 1, .refusals = refusals, .created = {}});
        start.add(outcome);
    };
    update_taken(north, list);
    update_taken(south, list - 1);
    north.pass(FactKind::admitted, one);
    south.clock.advance(10min);
    south.pass(FactKind::admitted, one);
    update_taken(south, list);
    event.bundle("north.facts", north.facts);
    event.bundle("south.facts", south.facts, &event.south_key);
    std::map<std::string, std::string> what;
    const json merged = event.merge("north.facts south.facts");
    for (const auto& incident : merged["incidents"])
        if (incident["incident"] == "admitted_after_revocation")
            what[incident["facts"][0]["name"]] = incident["what"];
    INFO(merged.dump(1));
    CHECK(what["north-1"].find("the kiosk had heard of it") != std::string::npos);
    CHECK(what["south-1"].find("had not heard yet") != std::string::npos);
}

TEST_CASE("I-17: a deed that was begun and never ended is told, once the next start is there") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    const auto act = [&north](ActCode code, const FactId& reference) {
        Fact fact;
        fact.kind = FactKind::act;
        fact.act = code;
        fact.reference = reference;
        if (code == ActCode::outcome) fact.payload = encode_edition({.list = 1, .created = {}});
        return north.add(fact).fact.id;
    };
    act(ActCode::outcome, act(ActCode::update_taken, {}));
    act(ActCode::export_taken, {});
    event.bundle("north.facts", north.facts);
    CHECK(kinds(event.merge("north.facts")).empty());  // it may be at it

    Start next(north_id, &event.north_key, PlaceId{1}, north.chain.head());
    event.bundle("next.facts", next.facts);
    const json merged = event.merge("next.facts");
    INFO(merged.dump(1));
    REQUIRE(kinds(merged) == std::vector<std::string>{"unfinished_act"});
}

TEST_CASE("F33: a kiosk that went on with older lists is an incident that says which") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    Fact told;
    told.kind = FactKind::act;
    told.act = ActCode::list_rolled_back;
    told.payload = encode_edition({.list = 6, .refusals = 2, .created = {}});
    north.add(told);
    event.bundle("north.facts", north.facts);
    const json merged = event.merge("north.facts");
    INFO(merged.dump(1));
    REQUIRE(kinds(merged) == std::vector<std::string>{"list_rolled_back"});
    CHECK(std::string(merged["incidents"][0]["what"]).find("guest list 0 (here 6)") !=
          std::string::npos);
}

TEST_CASE("merge says what a bundle brought, who was heard, and the digest of all facts") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    north.pass(FactKind::admitted, event.delegate("D1"));
    event.bundle("north.facts", north.facts);
    const json merged = event.merge("north.facts");
    CHECK(merged["files"][0]["new"] == 2);
    CHECK(merged["files"][0]["known"] == 0);
    CHECK(merged["files"][0]["forked"] == 0);
    CHECK(merged["files"][0]["bad"] == 0);
    CHECK(merged["files"][0]["kiosks"] == json({3}));
    CHECK(merged["facts"] == 2);
    CHECK(merged["kiosks"][0]["heard"] == true);
    CHECK(merged["kiosks"][0]["head"]["hash"] == to_hex(north.facts.back().hash.bytes));
    CHECK(merged["kiosks"][1]["heard"] == false);
    CHECK(merged["incidents"].empty());
    const Finished text = event.hudoor("merge north.facts");
    CHECK(text.says("north.facts: 0 new, 2 known, 0 forked, 0 bad"));
    CHECK(text.says("Kiosks heard: 1 of 2"));
    CHECK(text.says("4 south-1: not heard"));
    CHECK(text.says("digest " + merged["digest"].get<std::string>()));
}

TEST_CASE("F15, I-4: order, overlap, splitting and repetition of files do not change the digest") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    for (int i = 0; i < 6; ++i) north.pass(FactKind::refused, event.delegate("D1"));
    Start south(KioskId{4}, &event.south_key, PlaceId{2});
    south.pass(FactKind::admitted, event.delegate("D2"));
    event.bundle("begin.facts", some(north.facts, 0, 4));
    event.bundle("middle.facts", some(north.facts, 2, 6));
    event.bundle("end.facts", some(north.facts, 5, 7));
    event.bundle("south.facts", south.facts, &event.south_key);
    const auto digest_of = [&](const std::string& files) {
        fs::remove_all(event.scratch.path("copy"));
        fs::copy(event.scratch.path("event"), event.scratch.path("copy"));
        const Finished merged =
            run(event.scratch,
                "hudoor --event copy --passphrase-file passphrase merge --json " + files);
        CHECK(merged.exit_code == 0);
        return json::parse(merged.output)["digest"].get<std::string>();
    };
    const std::string digest = digest_of("begin.facts middle.facts end.facts south.facts");
    CHECK(digest_of("south.facts end.facts middle.facts begin.facts") == digest);
    CHECK(digest_of("middle.facts begin.facts middle.facts south.facts end.facts begin.facts") ==
          digest);
    CHECK(digest_of("begin.facts middle.facts end.facts") != digest);
}

namespace {

/// The state of the kiosk in the north, with so many facts.
fs::path make_state(const EventWithKiosks& event, std::size_t facts) {
    fs::path state = event.scratch.path("state");
    {
        Journal journal(options_in(state));
        journal.append(FactMaker(journal.head()).make(facts));
    }
    Identity identity = event.identity;
    identity.kiosk = north_id;
    identity.kiosk_name = "north-1";
    identity.place = PlaceId{1};
    identity.kiosk_key = event.north_key.verify_key();
    const organiser::EventKeys keys = event.keys();
    write_file(state / "identity", encode_identity(identity, keys.signing), private_mode);
    write_file(state / "refusals", encode_refusals({}, identity.event, keys.signing), private_mode);
    fs::create_directory(event.scratch.path("stick"));
    return state;
}

/// One bit of what a row says.
void flip_in_row(const fs::path& journal, int row) {
    Bytes encoding;
    {
        const Database database(journal);
        Statement find = database.prepare("SELECT encoding FROM fact WHERE number = ?");
        REQUIRE(find.bind(row).step());
        encoding.assign(find.blob(0).begin(), find.blob(0).end());
    }
    Bytes bytes = read_file(journal, 1 << 20);
    const auto at = std::search(bytes.begin(), bytes.end(), encoding.begin(), encoding.end());
    REQUIRE(at != bytes.end());
    at[60] ^= 1;
    write_file(journal, bytes, private_mode);
}

}  // namespace

TEST_CASE(
    "F32: facts behind a damaged one come home with an export, and the damaged one is missed") {
    const EventWithKiosks event;
    const fs::path state = make_state(event, 30);
    flip_in_row(journal_file(state), 5);
    const hudoor::kiosk::ExportOptions options{
        .state = state, .mirror = {}, .out = event.scratch.path("stick")};
    for (int times = 0; times < 2; ++times) {
        const auto exported = hudoor::kiosk::export_facts(options);
        CHECK(exported.facts == 29);
        REQUIRE(exported.news.size() == 1);  // and again, until a start has made a fact of it
        CHECK(exported.news[0].find("damaged-") != std::string::npos);
    }
    const json merged = event.merge("stick/north-1.facts");
    CHECK(merged["files"][0]["new"] == 29);
    CHECK(merged["files"][0]["bad"] == 0);
    const auto found = kinds(merged);
    CHECK(std::count(found.begin(), found.end(), "gap") == 1);
    CHECK(std::count(found.begin(), found.end(), "unproved") == 0);
}

TEST_CASE("a journal, its mirror and the bundle exported from them bring the same facts") {
    const EventWithKiosks event;
    const fs::path state = make_state(event, 3);

    const auto exported = hudoor::kiosk::export_facts(
        {.state = state, .mirror = {}, .out = event.scratch.path("stick")});
    CHECK(exported.facts == 3);
    CHECK(exported.files == std::vector{event.scratch.path("stick/north-1.facts")});
    CHECK(event.merge("stick/north-1.facts")["files"][0]["new"] == 3);
    CHECK(event.merge("state/journal.db")["files"][0]["known"] == 3);
    CHECK(event.hudoor("verify stick/north-1.facts state/journal.db").says("end confirmed"));

    const Journal running(options_in(state));
    std::optional<Fault> refused;
    try {
        (void)hudoor::kiosk::export_facts({.state = state, .mirror = {}, .out = state});
    } catch (const Fault& fault) {
        refused = fault;
    }
    REQUIRE(refused);
    CHECK(refused->exit_code() == ExitCode::try_again);
    CHECK(event.hudoor("merge state/journal.db").exit_code == 75);
}

TEST_CASE("I-22: facts past what one file holds come home in several, each whole in itself") {
    const EventWithKiosks event;
    const fs::path state = make_state(event, 25);
    const auto exported = hudoor::kiosk::export_facts(
        {.state = state, .mirror = {}, .out = event.scratch.path("stick"), .most_facts = 10});
    CHECK(exported.facts == 25);
    CHECK(exported.files == std::vector{event.scratch.path("stick/north-1.facts"),
                                        event.scratch.path("stick/north-1-2.facts"),
                                        event.scratch.path("stick/north-1-3.facts")});
    CHECK(event.merge("stick/north-1-2.facts")["files"][0]["new"] == 10);
    const json merged = event.merge("stick/north-1-3.facts stick/north-1.facts");
    CHECK(merged["files"][0]["new"] == 5);
    CHECK(merged["files"][1]["new"] == 10);
    CHECK(event.merge("state/journal.db")["files"][0]["new"] == 0);
    CHECK(merged["facts"] == 25);
}

TEST_CASE("F4, F7: facts come home from a disk on which no journal can be opened any more") {
    const EventWithKiosks event;
    const fs::path state = make_state(event, 12);
    fs::remove(state / "journal.lock");
    fs::create_directory(state / "journal.lock");  // as little to be written as on a full disk
    const auto exported = hudoor::kiosk::export_facts(
        {.state = state, .mirror = {}, .out = event.scratch.path("stick")});
    CHECK(exported.facts == 12);
    CHECK(exported.news.size() == 1);
    CHECK(event.merge("stick/north-1.facts")["files"][0]["new"] == 12);
}

TEST_CASE("F38: the file of another kiosk is left as it is, a damaged one is put aside") {
    const EventWithKiosks event;
    const fs::path state = make_state(event, 3), file = event.scratch.path("stick/north-1.facts");
    const hudoor::kiosk::ExportOptions options{.state = state, .mirror = {}, .out = file};
    SECTION("another kiosk's") {
        Start south(KioskId{4}, &event.south_key, PlaceId{2});
        FactsBundleWriter writer;
        for (const StoredFact& fact : south.facts) writer.add(fact);
        const SealKey readers[] = {event.open().event().organiser_seal};
        writer.write(file, event.open().event().event, event.south_key.verify_key(),
                     &event.south_key, readers);
        const Bytes before = read_file(file, 1 << 20);
        try {
            (void)hudoor::kiosk::export_facts(options);
            FAIL("it was overwritten");
        } catch (const Fault& fault) {
            CHECK(fault.exit_code() == ExitCode::not_allowed);
        }
        CHECK(read_file(file, 1 << 20) == before);
    }
    SECTION("damaged") {
        write_file(file, as_bytes("half a bundle"), private_mode);
        CHECK(hudoor::kiosk::export_facts(options).facts == 3);
        CHECK(fs::exists(file.string() + ".damaged"));
    }
}

TEST_CASE("F24: what was merged is a witness for tails that were cut") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    for (int i = 0; i < 4; ++i) north.pass(FactKind::refused, event.delegate("D1"));
    event.bundle("whole.facts", north.facts);
    event.bundle("cut.facts", some(north.facts, 0, 3));
    CHECK(event.hudoor("verify cut.facts").exit_code == 0);
    (void)event.merge("whole.facts");
    const Finished cut = event.hudoor("verify cut.facts");
    CHECK(cut.exit_code == 65);
    CHECK(cut.says("hudoor: cut.facts: against event.db, north-1: fact 4 of epoch "));
    const Finished all = event.hudoor("verify");
    INFO(all.output);
    CHECK(all.exit_code == 0);
    CHECK(all.says("event.db, north-1: kiosk 3, north-1, epochs 1, facts 5"));
}

TEST_CASE("F22: a bundle that is cut, flipped, foreign or sealed to others changes nothing") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    north.pass(FactKind::admitted, event.delegate("D1"));
    const fs::path file = event.bundle("north.facts", north.facts);
    Bytes bytes = read_file(file, max_bundle_bytes);
    int exit_code = 65;
    SECTION("cut") { bytes.resize(bytes.size() - 1); }
    SECTION("flipped") { bytes[bytes.size() / 2] ^= 1; }
    SECTION("a zip that was renamed") { bytes = {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0}; }
    SECTION("empty") { bytes.clear(); }
    SECTION("of another event") {
        FactsBundleWriter writer;
        for (const StoredFact& fact : north.facts) writer.add(fact);
        writer.write(file, EventNumber{99}, event.north_key.verify_key(), &event.north_key,
                     {{event.identity.organiser_seal}});
        bytes = read_file(file, max_bundle_bytes);
    }
    SECTION("by a stranger") {
        const SigningKey stranger = SigningKey::generate();
        bytes = read_file(event.bundle("stranger.facts", north.facts, &stranger), max_bundle_bytes);
    }
    SECTION("sealed to others") {
        FactsBundleWriter writer;
        for (const StoredFact& fact : north.facts) writer.add(fact);
        writer.write(file, event.identity.event, event.north_key.verify_key(), &event.north_key,
                     {{OpeningKey::generate().seal_key()}});
        bytes = read_file(file, max_bundle_bytes);
        exit_code = 77;
    }
    SECTION("an enrolment") {
        const Finished made = event.hudoor(
            "kiosk add west-1 --place north --out north.facts --bundle-passphrase-file passphrase");
        INFO(made.output);
        REQUIRE(made.exit_code == 0);
        bytes = read_file(file, max_bundle_bytes);
    }
    write_file(file, bytes, private_mode);
    CHECK(event.merge("north.facts", exit_code)["facts"] == 0);
}

TEST_CASE("a wrong passphrase merges nothing, and a file that is not there says so") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    event.bundle("north.facts", north.facts);
    event.scratch.write("wrong", "four camels at noon\n");
    CHECK(run(event.scratch, "hudoor --event event --passphrase-file wrong merge north.facts")
              .exit_code == 77);
    CHECK(event.merge("nowhere.facts", 66)["facts"] == 0);
}

TEST_CASE("F24: altered facts of a journal are left out and named, the others are taken") {
    const EventWithKiosks event;
    const fs::path state = event.scratch.path("state");
    Start north(north_id, &event.north_key);
    for (int i = 0; i < 5; ++i) north.pass(FactKind::refused, event.delegate("D1"));
    Journal(options_in(state)).append(north.facts);
    StoredFact changed = north.facts[3];
    changed.fact.session = SessionId{2};
    changed.encoding = encode_fact(changed.fact);
    const auto write_changed = [&] {
        Database journal(journal_file(state));
        const std::string triggers = journal.value(
            "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'");
        const std::string drop = journal.value(
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'");
        journal.execute(drop.c_str());
        journal.prepare("UPDATE fact SET encoding = ?, hash = ?, signature = ? WHERE number = 4")
            .run(changed.encoding, changed.hash, changed.signature);
        journal.execute(triggers.c_str());
    };
    std::uint64_t expected_bad = 1;
    SECTION("flipped") {}
    SECTION("sealed anew without the key") { changed.hash = hash_fact(changed.encoding); }
    SECTION("sealed anew with another kiosk's key") {
        changed.hash = hash_fact(changed.encoding);
        changed.signature = event.south_key.sign(changed.hash.bytes);
    }
    SECTION("sealed anew with the kiosk's own key, so that the next one gives it away") {
        changed.hash = hash_fact(changed.encoding);
        changed.signature = event.north_key.sign(changed.hash.bytes);
        expected_bad = 0;
    }
    write_changed();
    const json merged = event.merge("state/journal.db", expected_bad > 0 ? 65 : 0);
    CHECK(merged["files"][0]["bad"] == expected_bad);
    CHECK(merged["files"][0]["new"] == 6 - expected_bad);
    if (expected_bad > 0)
        CHECK(merged["files"][0]["trouble"].get<std::string>().find("fact 4 of epoch ") == 0);
    CHECK(kinds(merged) == std::vector<std::string>{"gap"});
}

TEST_CASE("F16, F17: a fork keeps both pasts and tells of them") {
    const EventWithKiosks event;
    Start first(north_id, &event.north_key);
    first.pass(FactKind::refused, event.delegate("D1"));
    SECTION("two starts after one fact") {
        Start second(north_id, &event.north_key, PlaceId{1}, first.chain.head());
        Start third(north_id, &event.north_key, PlaceId{1}, first.chain.head());
        event.bundle("a.facts", first.facts);
        event.bundle("b.facts", second.facts);
        event.bundle("c.facts", third.facts);
        const json merged = event.merge("c.facts a.facts b.facts");
        CHECK(merged["facts"] == 4);
        REQUIRE(kinds(merged) == std::vector<std::string>{"fork"});
        CHECK(merged["incidents"][0]["facts"].size() == 2);
    }
    SECTION("a start from an image taken before the end") {
        Start restored(north_id, &event.north_key, PlaceId{1}, first.chain.head());
        first.pass(FactKind::refused, event.delegate("D2"));
        event.bundle("a.facts", first.facts);
        event.bundle("b.facts", restored.facts);
        CHECK(kinds(event.merge("a.facts b.facts")) == std::vector<std::string>{"fork"});
    }
    SECTION("one number given twice, with the kiosk's key") {
        Fact other = first.facts[1].fact;
        other.session = SessionId{2};
        StoredFact forged{
            .fact = other, .encoding = encode_fact(other), .hash = hash_fact(encode_fact(other))};
        forged.signature = event.north_key.sign(forged.hash.bytes);
        event.bundle("a.facts", first.facts);
        event.bundle("b.facts", {first.facts[0], forged});
        (void)event.merge("a.facts");
        const json merged = event.merge("b.facts");
        CHECK(merged["files"][0]["forked"] == 1);
        CHECK(merged["facts"] == 3);
        CHECK(kinds(merged) == std::vector<std::string>{"fork"});
        CHECK(event.hudoor("verify").exit_code == 65);
    }
}

TEST_CASE("what happened at the doors that needs a look is told with the facts behind it") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    Start south(KioskId{4}, &event.south_key, PlaceId{2});
    const Registration one = event.delegate("D1");
    std::vector<std::string> expected;
    SECTION("admitted at two entrances") {
        north.pass(FactKind::admitted, one);
        south.clock.advance(10min);
        south.pass(FactKind::admitted, one);
        expected = {"double_admit"};
    }
    SECTION("admitted again after an exit") {
        Identity other = event.open().event();
        other.agenda.sessions.front().reentry = Reentry::after_exit;
        event.open().set_agenda(other, {WallTime(), "test"});
        north.pass(FactKind::admitted, one);
        north.pass(FactKind::left, one);
        north.pass(FactKind::admitted, one);
    }
    SECTION("admitted twice, of which one was undone") {
        const FactId wrong = north.pass(FactKind::admitted, one).fact.id;
        Fact undone;
        undone.kind = FactKind::undone;
        undone.reference = wrong;
        north.add(undone);
        south.clock.advance(10min);
        south.pass(FactKind::admitted, one);
    }
    SECTION("out without having come in") {
        north.pass(FactKind::left, one);
        expected = {"unmatched_exit"};
    }
    SECTION("seen at two places at once") {
        north.pass(FactKind::refused, one);
        south.pass(FactKind::refused, one);
        expected = {"impossible_travel"};
    }
    SECTION("forged badges with somebody's number at another place: she was not seen there") {
        north.pass(FactKind::admitted, one);
        for (const Reason reason :
             {Reason::bad_signature, Reason::unknown_key, Reason::key_revoked}) {
            Fact forged;
            forged.kind = FactKind::refused;
            forged.badge = one.badge;
            forged.method = Method::badge;
            forged.reason = reason;
            south.add(forged);
        }
    }
    SECTION("nobody of the event") {
        Registration stranger = one;
        stranger.id = {{1, 2, 3}};
        stranger.badge = {{4, 5, 6}};
        north.pass(FactKind::admitted, stranger);
        expected = {"orphan"};
    }
    SECTION("an override that answers nothing, and one that does") {
        Fact override = north.pass(FactKind::refused, one).fact;
        override.kind = FactKind::admitted;
        override.override_reason = Override::vip;
        override.reference = override.id;
        north.add(override);
        override.reference = {{9}};
        override.registration = event.delegate("D2").id;
        override.badge = event.delegate("D2").badge;
        north.add(override);
        expected = {"override_without_refusal"};
    }
    SECTION("after the badge was revoked") {
        event.open().revoke(one.badge, 255, {north.clock.wall() - 1min, "revoke"});
        north.pass(FactKind::admitted, one);
        expected = {"admitted_after_revocation"};
    }
    SECTION("before the badge was revoked") {
        event.open().revoke(one.badge, 255, {north.clock.wall() + 1min, "revoke"});
        north.pass(FactKind::admitted, one);
    }
    SECTION("a clock that goes back twelve hours") {
        north.pass(FactKind::refused, one);
        north.clock.set_wall(north.clock.wall() - 12h);
        north.pass(FactKind::refused, event.delegate("D2"));
        expected = {"clock_disagreement"};
    }
    SECTION("long after the event") {
        north.clock.set_wall(north.clock.wall() + 24h * 3'650);
        north.pass(FactKind::refused, one);
        expected = {"clock_disagreement"};
    }
    SECTION("facts that are missing") {
        for (int i = 0; i < 3; ++i) north.pass(FactKind::refused, one);
        north.facts.erase(north.facts.begin() + 2);
        expected = {"gap"};
    }
    SECTION("an epoch whose past is missing") {
        Start next(north_id, &event.north_key, PlaceId{1}, north.chain.head());
        north.facts = next.facts;
        expected = {"gap"};
    }
    SECTION("without the kiosk's identity") {
        Start keyless(north_id, nullptr);
        keyless.pass(FactKind::refused, one);
        north.facts = keyless.facts;
        expected = {"unproved"};
    }
    SECTION("without the kiosk's identity, though a signed start follows") {
        Start keyless(north_id, nullptr);
        Start next(north_id, &event.north_key, PlaceId{1}, keyless.chain.head());
        north.facts = keyless.facts;
        north.facts.insert(north.facts.end(), next.facts.begin(), next.facts.end());
        expected = {"unproved"};
    }
    SECTION("a journal that was damaged, replaced, cut, or only full") {
        for (const std::uint32_t trouble : {5, 7, 8, 2}) {
            Fact fault;
            fault.kind = FactKind::fault;
            fault.argument = trouble;
            north.add(fault);
        }
        expected = {"damaged", "replaced", "tail_missing"};
    }
    event.bundle("north.facts", north.facts);
    event.bundle("south.facts", south.facts, &event.south_key);
    const bool is_unproved = expected == std::vector<std::string>{"unproved"};
    const json merged = event.merge("south.facts north.facts", is_unproved ? 65 : 0);
    INFO(merged.dump());
    CHECK(kinds(merged) == expected);
    for (const auto& incident : merged["incidents"]) CHECK_FALSE(incident["facts"].empty());
    CHECK(json::parse(event.hudoor("incidents --json").output) == merged["incidents"]);
    for (const std::string& kind : expected)
        CHECK(event.hudoor("incidents").says("  " + kind + ": "));
}

TEST_CASE("a fact that came without its signature gets it from a later file") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    auto bare = north.facts;
    for (StoredFact& fact : bare) fact.signature = {};
    event.bundle("bare.facts", bare);
    event.bundle("north.facts", north.facts);
    CHECK(kinds(event.merge("bare.facts", 65)) == std::vector<std::string>{"unproved"});
    CHECK(kinds(event.merge("north.facts bare.facts")).empty());
    CHECK(event.hudoor("verify").exit_code == 0);
}

TEST_CASE("I-18: facts from the ends of all time come home, are told and counted, and verify") {
    const EventWithKiosks event;
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const Registration one = event.delegate("D1"), other = event.delegate("D2");
    Start north(north_id, &event.north_key);
    const auto pass_at = [&](std::int64_t wall_ms, std::int64_t offset_ms, FactKind kind,
                             const Registration& person) {
        north.chain.set_clock_offset(std::chrono::milliseconds(offset_ms));
        Fact fact = north.facts.back().fact;
        fact.kind = kind;
        fact.registration = person.id;
        fact.badge = person.badge;
        fact.session = opening_session;
        fact.method = Method::badge;
        fact.reason = Reason::ok;
        north.clock.set_wall(WallTime(std::chrono::milliseconds(wall_ms)));
        north.facts.push_back(north.chain.append(fact));
    };
    pass_at(most, most, FactKind::admitted, one);
    pass_at(least, least, FactKind::left, one);
    pass_at(least, 0, FactKind::admitted, other);
    pass_at(most, least, FactKind::left, other);
    pass_at(0, least, FactKind::admitted, one);
    pass_at(0, most, FactKind::admitted, other);
    event.bundle("north.facts", north.facts);
    const json merged = event.merge("north.facts");
    CHECK(merged["files"][0]["new"] == 7);
    CHECK_FALSE(merged["incidents"].empty());
    CHECK(event.hudoor("incidents").says("s off, corrected here"));
    const Finished report = event.hudoor("report report.html");
    INFO(report.output);
    CHECK(report.exit_code == 0);
    CHECK_FALSE(report.says("runtime error"));
    const Finished verified = event.hudoor("verify");
    INFO(verified.output);
    CHECK(verified.exit_code == 0);
    CHECK_FALSE(verified.says("runtime error"));
}

TEST_CASE(
    "I-4: facts in an event of each schema before stand, by a source of their own, and verify") {
    const EventWithKiosks event;
    Start north(north_id, &event.north_key);
    for (int i = 0; i < 4; ++i) north.pass(FactKind::refused, event.delegate("D1"));
    const Start restored(north_id, &event.north_key, PlaceId{1}, north.chain.head());
    Start keyless(north_id, nullptr, PlaceId{1}, north.chain.head());
    keyless.pass(FactKind::admitted, event.delegate("D2"));
    Start south(KioskId{4}, &event.south_key, PlaceId{2});
    event.bundle("a.facts", north.facts);
    event.bundle("b.facts", keyless.facts);
    event.bundle("c.facts", restored.facts);
    event.bundle("d.facts", some(south.facts, 0, 1), &event.south_key);
    const json before = event.merge("a.facts b.facts c.facts d.facts", 65);

    const int schema = GENERATE(4, 3);
    event.scratch.write(
        "back.py",
        std::string(back_to_schema_6) +
            std::string(
                "for table in ('edition', 'revoked', 'source_range', 'source', 'acceptance',\n"
                "              'help_desk', 'help_desk_way'):\n"
                "    db.execute(f'DROP TABLE {table}')\n"
                "db.execute('CREATE TABLE revocation (badge BLOB PRIMARY KEY, issue INTEGER NOT"
                " NULL, at_ms INTEGER NOT NULL) STRICT')\n") +
            (schema < 4 ? "db.execute('ALTER TABLE registration RENAME COLUMN code TO code_hash')\n"
                        : "") +
            "db.execute('PRAGMA user_version = " + std::to_string(schema) + "')\ndb.commit()\n");
    REQUIRE(run(event.scratch, "python3 back.py").exit_code == 0);

    const json known = event.merge("d.facts");
    CHECK(known["digest"] == before["digest"]);
    CHECK(known["facts"] == before["facts"]);
    CHECK(known["incidents"] == before["incidents"]);
    CHECK(event.hudoor("merge --undo before --why 'all anew'").says("Facts: 1, digest"));
    CHECK(event.merge("a.facts b.facts c.facts", 65)["digest"] == before["digest"]);
}
