#include "storage/base/sqlite.hpp"

#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

Database make_table() {
    Database database = Database::in_memory();
    database.execute("CREATE TABLE thing (a ANY, b ANY, c ANY) STRICT");
    return database;
}

template <typename Work>
ExitCode exit_code_of(const Work& work) {
    try {
        work();
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
    return ExitCode::done;
}

}  // namespace

TEST_CASE("values come back from a database as they went in") {
    const Database database = make_table();
    const BadgeNumber number{{1, 2, 3, 4, 5, 6, 7, 8}};
    Statement insert = database.prepare("INSERT INTO thing VALUES (?, ?, ?)");
    insert.run(std::uint64_t{0xffffffffffffffff}, "it's", number);
    insert.run(RoomId{7}, std::string_view(), Bytes{});
    insert.run(std::optional<std::int64_t>(), std::optional<std::string>("x"), nullptr);

    Statement rows = database.prepare("SELECT a, b, c FROM thing");
    REQUIRE(rows.step());
    CHECK(rows.as<std::uint64_t>(0) == 0xffffffffffffffff);
    CHECK(rows.text(1) == "it's");
    CHECK(rows.id<BadgeNumber>(2) == number);
    REQUIRE(rows.step());
    CHECK(rows.as<RoomId>(0) == RoomId{7});
    CHECK_FALSE(rows.is_null(1));
    CHECK_FALSE(rows.is_null(2));
    CHECK(rows.blob(2).empty());
    REQUIRE(rows.step());
    CHECK(rows.is_null(0));
    CHECK(rows.text(1) == "x");
    CHECK(rows.id<BadgeNumber>(2).is_zero());
    CHECK_FALSE(rows.step());
}

TEST_CASE("an id of the wrong size is bad data") {
    const Database database = make_table();
    database.prepare("INSERT INTO thing (a, b) VALUES (?, ?)").run(Bytes(7), Bytes(9));
    Statement row = database.prepare("SELECT a, b FROM thing");
    REQUIRE(row.step());
    CHECK(exit_code_of([&] { (void)row.id<BadgeNumber>(0); }) == ExitCode::bad_data);
    CHECK(exit_code_of([&] { (void)row.id<BadgeNumber>(1); }) == ExitCode::bad_data);
}

TEST_CASE("a transaction that is not committed leaves nothing") {
    Database database = make_table();
    {
        const Transaction dropped(database);
        database.execute("INSERT INTO thing (a) VALUES (1)");
    }
    CHECK(database.value("SELECT count(*) FROM thing") == "0");
    Transaction kept(database);
    database.execute("INSERT INTO thing (a) VALUES (1)");
    kept.commit();
    CHECK(database.value("SELECT count(*) FROM thing") == "1");
}

TEST_CASE("a database goes through an image and can be written after") {
    Database database = make_table();
    database.execute("INSERT INTO thing (a) VALUES (42)");
    Database copy = Database::from_image(database.serialize());
    CHECK(copy.value("SELECT a FROM thing") == "42");
    copy.execute("INSERT INTO thing SELECT randomblob(100000), 0, 0");
    CHECK(copy.value("SELECT count(*) FROM thing") == "2");
}

TEST_CASE("errors of SQLite are faults with the fitting exit code") {
    CHECK(exit_code_of([] { Database("/nowhere/at/all.db"); }) == ExitCode::io);
    Database database = make_table();
    CHECK(exit_code_of([&] { database.execute("SELECT * FROM nothing"); }) == ExitCode::bad_data);
    DatabaseImage noise(8'192);
    std::fill_n(noise.data(), noise.size(), std::uint8_t{0x5a});
    CHECK(exit_code_of([&] {
              (void)Database::from_image(std::move(noise)).value("SELECT count(*) FROM thing");
          }) == ExitCode::bad_data);
}

}  // namespace hudoor::storage
