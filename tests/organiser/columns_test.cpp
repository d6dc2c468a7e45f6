// Every column of registrations, from a list to the door: what is tested comes from the description
// itself, so a new column is tested without a new line here.

#include "storage/guests/replica.hpp"
#include "storage/guests/rows.hpp"
#include "storage/organiser/event/guest_list.hpp"
#include "storage/organiser/lists/plan.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::storage;
using namespace hudoor::test;

namespace {

/// Something a list may say in a column of this type; not what an empty cell means.
std::string sample(const Column& column, const std::string&, const Identity&) {
    switch (column.text) {
        case Text::country:
            return "AE";
        case Text::code:
            return "X-1";
        case Text::identifier:
        case Text::free:
            break;
    }
    return "Marker " + std::string(column.name);
}
std::string sample(const Column&, bool, const Identity&) { return "yes"; }
std::string sample(const Column&, const ValidityLimit&, const Identity&) {
    return "2026-12-04T14:30";
}
std::string sample(const Column&, RegistrationStatus, const Identity&) { return "pending"; }
std::string sample(const Column&, CategoryId, const Identity& event) {
    return event.categories.back().code;
}
std::string sample(const Column&, const std::vector<SessionId>&, const Identity& event) {
    std::string all;
    for (const Session& session : event.agenda.sessions) all += session.code + ' ';
    return all;
}

/// A list of one person that says something in every column but `without`.
Rows list_of(const Identity& event, std::string_view without = {}) {
    ListRow header{1, {}};
    ListRow row{2, {}};
    const OrganiserRegistration none;
    visit_columns(
        [&](const Column& column, const auto& field) {
            if constexpr (requires { sample(column, field, event); })
                if (!column.listed.empty() && column.listed != without) {
                    header.fields.emplace_back(column.listed);
                    row.fields.push_back(sample(column, field, event));
                }
        },
        none);
    return {header, row};
}

/// Imports and stores the person of the list.
OrganiserRegistration take(const DemoEvent& event, const Rows& list) {
    EventStore store = event.open();
    ImportReport report = plan_import(list, "list.csv", store.event(), store.registrations(),
                                      {.keep = {}, .now = WallTime()});
    for (const CellNote& note : report.rows.front().refusals)
        UNSCOPED_INFO(note.column + " " + note.value + " " + note.reason);
    REQUIRE(report.count(RowResult::added) == 1);
    if (!report.to_hash.empty()) set_code_hashes(report, event.keys().code_key.view());
    store.save(report.to_save, {WallTime(), "test"});
    return report.to_save.front();
}

/// Names of the columns in which they differ.
template <typename Registrations>
std::vector<std::string> differences(const Registrations& a, const Registrations& b) {
    std::vector<std::string> names;
    visit_columns(
        [&](const Column& column, const auto& x, const auto& y) {
            if (x != y) names.emplace_back(column.name);
        },
        a, b);
    return names;
}

}  // namespace

TEST_CASE("every column survives the way from the list to the store, the guest list and the door") {
    const DemoEvent event;
    const Identity identity = event.open().event();
    // Who brings a code has no badge: the one or the other fills every column.
    const std::string without = GENERATE("", "badge_code");
    const OrganiserRegistration taken = take(event, list_of(identity, without));
    visit_columns(
        [&](const Column& column, const auto& field, const auto& empty) {
            CAPTURE(column.name);
            const bool other =
                column.name == std::string("badge_key") ||  // nothing was printed yet
                (without.empty()
                     ? column.name == std::string("badge") || column.name == std::string("issue")
                     : column.text == Text::code || column.name == std::string("code"));
            CHECK((field == empty) == other);
        },
        taken, std::as_const(*std::make_unique<OrganiserRegistration>()));

    const EventStore store = event.open();
    const auto stored = store.find(taken.door.external_id);
    REQUIRE(stored);
    CHECK(differences(taken, *stored).empty());

    const EventKeys keys = event.keys();
    const OpeningKey reader = OpeningKey::generate();
    const Kiosk kiosk{KioskId{1}, "north-1", PlaceId{1}, {}, reader.seal_key(), {}};
    const Bytes list = make_guest_list(store, keys, WallTime(), {{kiosk}});
    const auto replica =
        Replica::open_snapshot(list, identity.event, keys.signing.verify_key(), reader);
    const auto at_door = replica.find(taken.door.id);
    REQUIRE(at_door);
    CHECK(differences(taken.door, *at_door).empty());
}

TEST_CASE("a purge wipes every personal column and no other") {
    const DemoEvent event;
    const auto taken = take(event, list_of(event.open().event()));
    event.open().purge({WallTime(), "purge"});
    const auto left = event.open().registrations().front();
    visit_columns(
        [&](const Column& column, const auto& before, const auto& after, const auto& empty) {
            CAPTURE(column.name);
            if (column.personal)
                CHECK(after == empty);
            else
                CHECK((after == before) == (column.text != Text::identifier));
        },
        taken, left, std::as_const(*std::make_unique<OrganiserRegistration>()));
}

TEST_CASE("a table of an older program lacks a column: it is empty there") {
    const auto columns = columns_in_row<Registration>();
    for (const ColumnInRow& missing : columns) {
        CAPTURE(missing.column.name);
        auto fewer = columns;
        std::erase_if(fewer, [&](const ColumnInRow& one) {
            return one.column.name == std::string(missing.column.name);
        });
        Database database = Database::in_memory();
        database.prepare("CREATE TABLE registration (" + list_columns(fewer) + ")").run();
        database.execute("INSERT INTO registration DEFAULT VALUES");
        auto row =
            database.prepare("SELECT " + select_columns(columns, database) + " FROM registration");
        REQUIRE(row.step());
        CHECK(differences(read_row<Registration>(row, 0), Registration()).empty());
    }
}

TEST_CASE("README.md names every column of a list") {
    const Scratch scratch;
    const std::string readme = run(scratch, "cat '" HUDOOR_SOURCE_DIR "/README.md'").output;
    std::set<std::string> listed;
    const OrganiserRegistration none;
    visit_columns(
        [&](const Column& column, const auto&) {
            if (!column.listed.empty()) listed.emplace(column.listed);
        },
        none);
    CHECK(listed.size() > 10);
    for (const std::string& name : listed) {
        CAPTURE(name);
        CHECK(readme.find(name) != std::string::npos);
    }
}
