// I-20, F34: what a forger sends is kept apart, told, and changes no count; nothing true is lost.
// A new attack is one more row of the table.

#include <functional>
#include <nlohmann/json.hpp>

#include "tests/attack/forger.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;

namespace {

using Kinds = std::vector<std::string>;

/// Facts that claim to be this kiosk's, of a start after its honest one.
Start follow(const AttackedEvent& event, const SigningKey* key,
             const std::optional<Hello>& hello = {}) {
    return {north_kiosk, key, event.honest.head(), hello};
}

Facts undo_everything(const AttackedEvent& event, const std::optional<Head>& parent) {
    Start forged(north_kiosk, nullptr, parent);
    for (const StoredFact& fact : event.honest.facts())
        if (fact.fact.kind == FactKind::admitted) forged.undo(fact.fact.id);
    return forged.facts();
}

/// A chain of facts that goes on after `from`, by whoever has no key.
Facts continue_chain(const StoredFact& from, const AttackedEvent& event, int facts,
                     const SigningKey* key = nullptr) {
    Facts all;
    const StoredFact* before = &from;
    for (int i = 0; i < facts; ++i) {
        Fact fact = event.honest.facts()[1].fact;
        fact.epoch = before->fact.epoch;
        fact.seq = before->fact.seq + 1;
        fact.prev = before->hash;
        fact.id.bytes = {static_cast<std::uint8_t>(i + 1), 77};
        fact.registration = event.people[static_cast<std::size_t>(5 + i)].id;
        fact.badge = event.people[static_cast<std::size_t>(5 + i)].badge;
        all.push_back(seal_fact(fact, key));
        before = &all.back();
    }
    return all;
}

struct Attack {
    const char* name;
    std::function<Facts(const AttackedEvent&)> forge;
    int exit_code;    ///< of hudoor merge
    Kinds incidents;  ///< their kinds in order
    int attended;     ///< three did, in truth
    int unproved;
    int bad;
};

const std::vector<Attack>& attacks() {
    static const std::vector<Attack> all{
        {"an unsigned start undoes every attendance",
         [](const AttackedEvent& event) { return undo_everything(event, {}); },
         65,
         {"unproved"},
         3,
         4,
         0},
        {"the same, linked behind the last true fact, with a supervisor's act",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             for (int i = 1; i <= 3; ++i)
                 forged.undo(event.honest.facts()[static_cast<std::size_t>(i)].fact.id);
             forged.act(ActCode::unlocked);
             return forged.facts();
         },
         65,
         {"unproved", "unsigned_act"},
         3,
         5,
         0},
        {"wrong PINs of a start without its key are no act",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             forged.act(ActCode::pin_wrong);
             return forged.facts();
         },
         65,
         {"unproved"},
         3,
         2,
         0},
        {"invented attendances, unsigned",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             for (std::size_t i = 3; i < 9; ++i) forged.admit(event.people[i]);
             return forged.facts();
         },
         65,
         {"unproved"},
         3,
         7,
         0},
        {"laundered: a true start follows a forged one and does not name it",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             forged.undo(event.honest.facts()[1].fact.id);
             Start after(north_kiosk, &event.north_key, forged.head(), Hello{});
             after.admit(event.people[3]);
             return forged.facts() + after.facts();
         },
         65,
         {"unproved"},
         4,
         2,
         0},
        {"laundered by a hello of an older program",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             forged.undo(event.honest.facts()[1].fact.id);
             const Start after(north_kiosk, &event.north_key, forged.head());
             return forged.facts() + after.facts();
         },
         65,
         {"unproved"},
         3,
         2,
         0},
        {"a true start names its own unsigned one: that counts",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.admit(event.people[3]);
             const Start after(north_kiosk, &event.north_key, own.head(), naming(own));
             return own.facts() + after.facts();
         },
         0,
         {},
         4,
         0,
         0},
        {"an act before the key was there is told though it is the program's own",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.act(ActCode::out_of_service);
             const Start after(north_kiosk, &event.north_key, own.head(), naming(own));
             return own.facts() + after.facts();
         },
         0,
         {"unsigned_act"},
         3,
         0,
         0},
        {"forged facts behind those that a true start names",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.admit(event.people[3]);
             const Start after(north_kiosk, &event.north_key, own.head(), naming(own));
             return own.facts() + continue_chain(own.facts().back(), event, 2) + after.facts();
         },
         65,
         {"unproved"},
         4,
         2,
         0},
        {"a hello that names more facts than there are",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.admit(event.people[3]);
             Hello hello = naming(own);
             ++hello.own_unsigned;
             const Start after(north_kiosk, &event.north_key, own.head(), hello);
             return own.facts() + after.facts();
         },
         65,
         {"unproved"},
         3,
         2,
         0},
        {"a hello that names another start than it follows",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.admit(event.people[3]);
             const Start after(north_kiosk, &event.north_key, event.honest.head(), naming(own));
             return own.facts() + after.facts();
         },
         65,
         {"unproved"},
         3,
         2,
         0},
        {"an unsigned hello names an unsigned start",
         [](const AttackedEvent& event) {
             Start own = follow(event, nullptr);
             own.admit(event.people[3]);
             const Start after(north_kiosk, nullptr, own.head(), naming(own));
             return own.facts() + after.facts();
         },
         65,
         {"unproved"},
         3,
         3,
         0},
        {"a true start names an unsigned one that names another: only its own counts",
         [](const AttackedEvent& event) {
             Start first = follow(event, nullptr);
             first.admit(event.people[3]);
             Start second(north_kiosk, nullptr, first.head(), naming(first));
             second.admit(event.people[4]);
             const Start after(north_kiosk, &event.north_key, second.head(), naming(second));
             return first.facts() + second.facts() + after.facts();
         },
         65,
         {"unproved"},
         4,
         2,
         0},
        {"another kiosk names the forged start",
         [](const AttackedEvent& event) {
             Start forged = follow(event, nullptr);
             forged.admit(event.people[3]);
             const Start other(south_kiosk, &event.south_key, forged.head(), naming(forged));
             return forged.facts() + other.facts();
         },
         65,
         {"unproved"},
         3,
         2,
         0},
        {"a signed start goes on without signatures",
         [](const AttackedEvent& event) {
             return continue_chain(event.honest.facts().back(), event, 3);
         },
         65,
         {"unproved"},
         3,
         3,
         0},
        {"another past of a signed start, unsigned from its second fact on",
         [](const AttackedEvent& event) {
             return continue_chain(event.honest.facts().front(), event, 3);
         },
         65,
         {"unproved"},
         3,
         3,
         0},
        {"facts signed by another kiosk",
         [](const AttackedEvent& event) {
             return continue_chain(event.honest.facts().back(), event, 3, &event.south_key);
         },
         65,
         {},
         3,
         0,
         3},
        {"the signature of another fact",
         [](const AttackedEvent& event) {
             Facts forged = continue_chain(event.honest.facts().back(), event, 1);
             forged[0].signature = event.honest.facts()[2].signature;
             return forged;
         },
         65,
         {},
         3,
         0,
         1},
        {"a number past what can be counted, with the kiosk's key",
         [](const AttackedEvent& event) {
             Fact fact = event.honest.facts()[1].fact;
             fact.seq = UINT64_MAX;
             return Facts{seal_fact(fact, &event.north_key)};
         },
         65,
         {},
         3,
         0,
         1},
        {"unsigned facts from the ends of time",
         [](const AttackedEvent& event) {
             Facts forged = continue_chain(event.honest.facts().back(), event, 1);
             Fact fact = forged[0].fact;
             fact.wall_ms = INT64_MAX;
             fact.clock_offset_ms = INT64_MAX;
             fact.hlc = UINT64_MAX;
             return Facts{seal_fact(fact, nullptr)};
         },
         65,
         {"unproved"},
         3,
         1,
         0},
    };
    return all;
}

}  // namespace

TEST_CASE("F34: hudoor merge keeps apart what is forged, tells it, and counts what is true") {
    for (const Attack& attack : attacks()) {
        INFO(attack.name);
        const AttackedEvent event;
        event.send("evil.facts", attack.forge(event));
        const Finished merged = event.timed("merge --json evil.facts 2>/dev/null");
        INFO(merged.output);
        CHECK(merged.exit_code == attack.exit_code);
        const json all = json::parse(merged.output);
        CHECK(all["files"][0]["unproved"] == attack.unproved);
        CHECK(all["files"][0]["bad"] == attack.bad);
        CHECK(AttackedEvent::kinds_of(all["incidents"]) == attack.incidents);
        CHECK(event.total("Attended") == attack.attended);
    }
}

TEST_CASE(
    "I-20: an undone file leaves what was there before, and the same file comes back by --again") {
    for (std::size_t i = 0; i < attacks().size(); i += 4) {
        const Attack& attack = attacks()[i];
        INFO(attack.name);
        const AttackedEvent event;
        const auto state = [&] {
            return std::pair(event.total("Attended"), event.timed("incidents --json").output);
        };
        const auto before = state();
        event.send("evil.facts", attack.forge(event));
        CHECK(event.timed("merge evil.facts honest.facts").exit_code == attack.exit_code);
        const auto with_it = state();
        const Finished undone = event.timed("merge --undo evil.facts --why 'found on a bench'");
        INFO(undone.output);
        CHECK(undone.exit_code == 0);
        CHECK(state() == before);
        const Finished refused = event.timed("merge evil.facts");
        CHECK(refused.exit_code == 77);
        CHECK(refused.says("was taken out (found on a bench)"));
        CHECK(state() == before);
        CHECK(event.timed("merge --again evil.facts").exit_code == attack.exit_code);
        CHECK(state() == with_it);
    }
}

TEST_CASE("I-20: what merge prints accepts those facts and no others") {
    const AttackedEvent event;
    Start forged = follow(event, nullptr);
    forged.admit(event.people[3]);
    event.send("evil.facts", forged.facts());
    const Finished merged = event.timed("merge evil.facts");
    CHECK(merged.exit_code == 65);
    const auto accept = merged.output.find("merge --accept 1:");
    REQUIRE(accept != std::string::npos);
    const auto at = merged.output.rfind("--event", accept);
    REQUIRE(at != std::string::npos);
    const auto end = merged.output.find(" --why TEXT", at);
    const std::string line = merged.output.substr(at, end - at);
    CHECK(line.ends_with(":2:" + to_hex(forged.head().hash.bytes)));

    CHECK(run(event.scratch, "hudoor " + line).exit_code == 64);
    const Finished accepted = run(event.scratch, "hudoor " + line + " --why 'seen by Maryam'");
    INFO(accepted.output);
    CHECK(accepted.exit_code == 0);
    CHECK(event.total("Attended") == 4);
    CHECK(event.scratch.read("tables/check_in_log.csv").find(",Accepted,") != std::string::npos);
    CHECK(event.incidents().empty());
    CHECK(event.timed("merge evil.facts").exit_code == 0);
    CHECK(event.timed("verify").exit_code == 0);

    forged.admit(event.people[4]);  // later, by whoever has the stick
    event.send("more.facts", forged.facts());
    CHECK(event.timed("merge more.facts").exit_code == 65);
    CHECK(event.total("Attended") == 4);
    CHECK(event.scratch.read("tables/check_in_log.csv").find(",No,") != std::string::npos);
    CHECK(event.timed("verify").exit_code == 65);
}

TEST_CASE("merge refuses to accept or undo what it does not know, and says how to write it") {
    const AttackedEvent event;
    const std::string hash(64, 'a');
    const auto expect = [&](const std::string& arguments, int exit_code, const std::string& words) {
        const Finished finished = event.timed("merge " + arguments);
        INFO(arguments << '\n' << finished.output);
        CHECK(finished.exit_code == exit_code);
        CHECK(finished.says(words));
    };
    expect("", 64, "Name files to merge, or say --accept or --undo");
    expect("--accept 1:2:3 --why x", 64, "KIOSK:EPOCH:SEQ:HASH");
    expect("--accept 1:5eed:2:abc --why x", 64, "KIOSK:EPOCH:SEQ:HASH");
    expect("--accept 1:5eed:2:" + hash, 64, "--why must say why");
    expect("--accept 1:5eed:2:" + hash + " --why x", 66, "Nothing merged holds the fact");
    expect("--undo honest.facts", 64, "--why must say why");
    expect("--undo nowhere.facts --why x", 66, "No merged file");
    expect("--why x honest.facts", 64, "--why belongs to");
    std::filesystem::create_directory(event.scratch.path("again"));
    event.send("again/honest.facts", event.honest.facts());
    CHECK(event.timed("merge again/honest.facts").exit_code == 0);
    expect("--undo honest.facts --why x", 64, "say which by hash");
    const auto first = json::parse(event.timed("merge --json honest.facts").output);
    const std::string by_hash = first["files"][0]["hash"].get<std::string>().substr(0, 8);
    expect("--undo " + by_hash + " --why x", 0, "Taken out: honest.facts");
    CHECK(event.total("Attended") == 3);  // the other file still holds them
    expect("--undo honest.facts --why x", 0, "Taken out: honest.facts");
    CHECK(event.total("Attended") == 0);
}

TEST_CASE(
    "F34: facts that first come home after their kiosk was disabled are told, whatever time they claim") {
    const AttackedEvent event;
    Start forged(south_kiosk, &event.south_key);  // with the stolen key, at a time before
    forged.admit(event.people[3]);
    event.send("late.facts", forged.facts());
    auto store = event.open();
    const WallTime late = std::chrono::sys_days(std::chrono::year(2090) / 1 / 1);  // after today
    for (const char* name : {"north-1", "south-1"}) store.disable_kiosk(name, {late, "disable"});
    CHECK(event.incidents().empty());
    organiser::FactStore facts(event.scratch.path("event"));
    for (const char* name : {"honest.facts", "late.facts"})
        (void)event.merge(facts, name, {.at = late + std::chrono::hours(1)});
    const json told = json::parse(event.timed("incidents --json").output);
    REQUIRE(told.size() == 1);
    CHECK(told[0]["incident"] == "after_disabling");
    CHECK(told[0]["facts"][0]["kiosk"] == 2);
}

TEST_CASE("an unproved fact is no news of its kiosk: it is not heard by it, and its head stays") {
    const AttackedEvent event;
    Start south(south_kiosk, nullptr);
    south.admit(event.people[3]);
    Fact late = event.honest.facts()[1].fact;
    late.hlc = UINT64_MAX;
    event.send("evil.facts", south.facts() + Facts{seal_fact(late, nullptr)});
    const json merged = json::parse(event.timed("merge --json evil.facts 2>/dev/null").output);
    CHECK(merged["kiosks"][0]["head"]["hash"] == to_hex(event.honest.head().hash.bytes));
    CHECK(merged["kiosks"][1]["heard"] == false);
    CHECK(event.timed("status").says("1 heard"));
    CHECK(event.timed("purge").says("Not heard yet: south-1"));
}

TEST_CASE("I-14: a purge leaves no name of a file, nor why one was accepted or taken out") {
    const AttackedEvent event;
    Start forged = follow(event, nullptr);
    event.send("Quetzalina.facts", forged.facts());
    event.send("Zebra9.facts", continue_chain(event.honest.facts().back(), event, 1));
    const Finished merged = event.timed("merge Quetzalina.facts Zebra9.facts");
    const auto at = merged.output.find("--accept 1:");
    REQUIRE(at != std::string::npos);
    const auto line = merged.output.substr(at, merged.output.find(" --why", at) - at);
    REQUIRE(event.timed("merge " + line + " --why Marzipana").exit_code == 0);
    REQUIRE(event.timed("merge --undo Zebra9.facts --why Xylophone").exit_code == 0);
    REQUIRE(event.timed("purge --force <event-name").exit_code == 0);
    const std::string bytes = event.scratch.read("event/event.db");
    for (const char* word : {"Quetzalina", "Zebra9", "Marzipana", "Xylophone"})
        CHECK(bytes.find(word) == std::string::npos);
    CHECK(event.timed("verify").exit_code != 70);
}

namespace {

void sql(const AttackedEvent& event, const std::string& statement) {
    event.scratch.write("change.py",
                        "import sqlite3\ndb = sqlite3.connect('event/event.db')\ndb.execute(\"" +
                            statement + "\")\ndb.commit()\n");
    REQUIRE(run(event.scratch, "python3 change.py").exit_code == 0);
}

}  // namespace

TEST_CASE("F24: hudoor verify holds the columns of event.db against what each fact itself says") {
    const AttackedEvent event;
    REQUIRE(event.timed("verify").exit_code == 0);
    std::string words;
    SECTION("a fact put under another kiosk") {
        sql(event, "UPDATE fact SET kiosk = 2 WHERE seq = 4");
        words = "was merged and is not there any more";
    }
    SECTION("all facts put under a kiosk that the event does not have") {
        sql(event, "UPDATE fact SET kiosk = 999");
        sql(event, "UPDATE source_range SET kiosk = 999");
        words = "belongs to another kiosk";
    }
    SECTION("another number") {
        sql(event, "UPDATE fact SET seq = 5 WHERE seq = 4");
        sql(event, "UPDATE source_range SET to_seq = 5");
        words = "fact 5 of epoch";
    }
    SECTION("another epoch") {
        sql(event, "UPDATE fact SET epoch = 7");
        sql(event, "UPDATE source_range SET epoch = 7");
        words = "does not say its number";
    }
    SECTION("another hash") {
        sql(event, "UPDATE fact SET hash = zeroblob(32) WHERE seq = 4");
        sql(event, "UPDATE source_range SET last_hash = zeroblob(32)");
        words = "its hash does not hold";
    }
    SECTION("the last fact taken out") {
        sql(event, "DELETE FROM fact WHERE seq = 4");
        words = "was merged and is not there any more";
    }
    SECTION("a fact that no file brought") {
        sql(event,
            "INSERT INTO fact SELECT kiosk, epoch, 9, hash, encoding, signature FROM fact"
            " WHERE seq = 4");
        words = "no file brought it";
    }
    const Finished verified = event.timed("verify");
    INFO(verified.output);
    CHECK(verified.exit_code == 65);
    CHECK(verified.says(words));
}
