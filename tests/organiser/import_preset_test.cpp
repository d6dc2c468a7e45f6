// Lists of other systems, in the encodings, languages and forms in which they come.

#include "storage/organiser/lists/preset.hpp"

#include <nlohmann/json.hpp>

#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;
using nlohmann::json;

namespace {

/// Imports the text as list.csv and gives what became of it.
json import(const DemoEvent& event, std::string_view csv, const std::string& options = "",
            int exit_code = 0) {
    event.scratch.write("list.csv", csv);
    const Finished finished =
        event.hudoor("import list.csv --json --apply " + options + " 2>messages");
    INFO(finished.output);
    INFO(event.scratch.read("messages"));
    CHECK(finished.exit_code == exit_code);
    return finished.output.empty() ? json() : json::parse(finished.output);
}

std::optional<OrganiserRegistration> with_code(const EventStore& store, const std::string& code) {
    for (OrganiserRegistration& one : store.registrations())
        if (one.imported_code == code) return std::move(one);
    return std::nullopt;
}

std::string utf16le(std::u16string_view text) {
    std::string bytes = "\xFF\xFE";
    for (const char16_t unit : text) {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    return bytes;
}

}  // namespace

TEST_CASE("a check-in list of pretix in any of its languages is known by its header") {
    const DemoEvent event;
    const std::string header = GENERATE(
        std::string(
            "Order code,Attendee name,Product,Price,Checked in,Secret,E-mail,Company,Company,Requires special attention,Blocked,Country"),
        std::string(
            "Bestellnummer,Name des Teilnehmers,Produkt,Preis,Eingecheckt,Geheimnis,E-Mail,Firma,Firma,Benötigt besondere Aufmerksamkeit,Gesperrt,Land"));
    const json report = import(
        event,
        header +
            "\n"
            "ABC12,Noura,Delegate,0.00,,kfndgffgyw4tdgcacx6bb3bgemq69cxj,a@b.c,Ministry,Other,Yes,,Germany\n"
            "ABC12,عمر,speaker,0.00,,kfndgffgyw4tdgcacx6bb3bgemq69cxk,a@b.c,,,,Yes,AE\n");
    CHECK(report["added"] == 2);
    CHECK(report["dropped_columns"].size() == 4);
    const auto store = event.open();
    const auto noura = with_code(store, "kfndgffgyw4tdgcacx6bb3bgemq69cxj");
    REQUIRE(noura);
    CHECK(noura->door.name == storage::Bilingual{"", "Noura"});
    CHECK(noura->door.organisation.en == "Ministry");
    CHECK(noura->door.country == "DE");
    CHECK(noura->door.attention);
    CHECK(noura->imported_code == "kfndgffgyw4tdgcacx6bb3bgemq69cxj");
    const auto omar = with_code(store, "kfndgffgyw4tdgcacx6bb3bgemq69cxk");
    REQUIRE(omar);
    CHECK(omar->door.name == storage::Bilingual{"عمر", ""});
    CHECK(omar->door.status == storage::RegistrationStatus::blocked);
    CHECK(
        event.hudoor("why kfndgffgyw4tdgcacx6bb3bgemq69cxj --session opening --at 2026-12-04T09:31")
            .exit_code == 0);
}

TEST_CASE("a list of alf.io brings codes that stand before the slash of its QR") {
    const DemoEvent event;
    const std::string id = "0b6ad0a1-2c5e-4a1b-9b6e-5a6c2f9d1e34";
    const json report = import(
        event,
        "ID,Category,Event,Status,Full Name,First Name,Last Name,E-Mail,Locked,Language\n" + id +
            ",Delegate,Summit,ACQUIRED,Noura Ali,Noura,Ali,a@b.c,false,en\n" +
            "0b6ad0a1-2c5e-4a1b-9b6e-5a6c2f9d1e35,Delegate,Summit,CANCELLED,Omar Ali,Omar,Ali,a@b.c,false,en\n");
    CHECK(report["added"] == 2);
    const storage::Identity identity = event.open().event();
    REQUIRE(identity.code_shapes.size() == 1);
    CHECK(storage::match_shape(id + "/6f1ed002ab5595859014ebf0951522d9", identity.code_shapes[0]) ==
          id);
    CHECK(event.open().find("0b6ad0a1-2c5e-4a1b-9b6e-5a6c2f9d1e35")->door.status ==
          storage::RegistrationStatus::cancelled);
}

TEST_CASE("a list of Eventbrite joins first and last name; one of Indico knows its states") {
    const DemoEvent event;
    (void)import(
        event,
        "Order #;Order Date;First Name;Last Name;Email;Quantity;Ticket Type;Attendee #;Attendee Status;Company;Home Country\n"
        "1;2026-01-01;Noura;Al Ali;a@b.c;1;speaker;777;Attending;Ministry;United Arab Emirates\n");
    const auto noura = event.open().find("777");
    REQUIRE(noura);
    CHECK(noura->door.name.en == "Noura Al Ali");
    CHECK(noura->door.category == storage::CategoryId{2});
    CHECK(noura->door.country == "AE");
    (void)import(
        event,
        "ID\tName\tAffiliation\tRegistration date\tRegistration state\tPrice\n"
        "42\tOmar\tUniversity\t2026-01-01\tPending\t0\n43\tSara\tUniversity\t2026-01-01\tWithdrawn\t0\n");
    CHECK(event.open().find("42")->door.status == storage::RegistrationStatus::pending);
    CHECK(event.open().find("43")->door.status == storage::RegistrationStatus::cancelled);
}

TEST_CASE(
    "a map of one's own names columns and words; what is wrong in it is told with its place") {
    const DemoEvent event;
    event.scratch.write(
        "map.toml",
        "[columns]\nattendee_id = \"Nr\"\nname_en = [\"Given\", \"Family\"]\ncategory = \"Kind\"\n"
        "[values.category]\n\"Gold\" = \"vip\"\n");
    (void)import(event, "Nr,Given,Family,Kind\n7,Noura,Ali,GOLD\n", "--map map.toml");
    CHECK(event.open().find("7")->door.name.en == "Noura Ali");
    CHECK(event.open().find("7")->door.category == storage::CategoryId{4});
    event.scratch.write("map.toml", "[columns]\nattendee_id = 7\n");
    (void)import(event, "Nr\n7\n", "--map map.toml", 65);
    CHECK(event.scratch.read("messages").find("map.toml:2:") != std::string::npos);
    (void)import(event, "Nr\n7\n", "--map nowhere.toml", 66);
}

TEST_CASE("UTF-16, Windows-1256 and byte order marks are found out") {
    const DemoEvent event;
    std::string list;
    SECTION("UTF-16 with its mark") { list = utf16le(u"attendee_id;name_ar\r\nD1;نورة\r\n"); }
    SECTION("UTF-16 without") { list = utf16le(u"attendee_id;name_ar\r\nD1;نورة\r\n").substr(2); }
    SECTION("UTF-8 with a mark") {
        list =
            "\xEF\xBB\xBF"
            "attendee_id;name_ar\r\nD1;نورة\r\n";
    }
    SECTION("Windows-1256") { list = "attendee_id,name_ar\r\nD1,\xE4\xE6\xD1\xC9\r\n"; }
    (void)import(event, list);
    REQUIRE(event.open().find("D1"));
    CHECK(event.open().find("D1")->door.name.ar == "نورة");
}

TEST_CASE("a workbook that is broken is no list, and changes nothing") {
    const DemoEvent event;
    (void)import(event, std::string_view("PK\3\4\0\0\0\0", 8), "", 65);
    CHECK(event.scratch.read("messages").find("broken or was cut off") != std::string::npos);
    (void)import(event, "attendee_id,name_en\nD1,Noura\n", "--preset nobody", 64);
    CHECK(event.open().registrations().empty());
}

TEST_CASE("a preset that is asked for and the wrong one say which column is missing") {
    const DemoEvent event;
    (void)import(event, "attendee_id,name_en\nD1,Noura\n", "--preset eventbrite", 0);
    (void)import(event, "Nobody,knows\n1,2\n", "--preset pretix", 65);
    CHECK(event.scratch.read("messages").find("attendee_id") != std::string::npos);
}

TEST_CASE("the same list of another system again changes nothing") {
    const DemoEvent event;
    const std::string list =
        "Order code,Attendee name,Product,Secret\nA,Noura,Delegate,kfndgffg1\nA,Omar,Delegate,kfndgffg2\n"
        "B,Sara,Delegate,kfndgffg3\n";
    CHECK(import(event, list)["added"] == 3);
    const json again = import(event, list);
    CHECK(again["unchanged"] == 3);
    CHECK(again["changed"] == 0);
}
