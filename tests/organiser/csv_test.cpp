#include "storage/organiser/lists/csv.hpp"

#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using organiser::CsvRow;
using organiser::open_csv;

namespace {

std::vector<CsvRow> rows_of(std::string_view content) {
    const Scratch scratch;
    return open_csv(scratch.write("list.csv", content)).rows;
}

using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("rows and fields come as RFC 4180 says, with or without a byte order mark") {
    const std::string content = "a,b\r\n1,\"x, \"\"y\"\"\"\r\n";
    for (const std::string& start : {std::string(), std::string("\xEF\xBB\xBF")}) {
        const auto rows = rows_of(start + content);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].fields == Fields{"a", "b"});
        CHECK(rows[1].fields == Fields{"1", "x, \"y\""});
    }
}

TEST_CASE("a row knows its line after blank lines and line breaks within quotes") {
    const auto rows = rows_of("a,b\n\n\"1\n2\",x\n\r\n3,y");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 3);
    CHECK(rows[1].fields == Fields{"1\n2", "x"});
    CHECK(rows[2].line == 6);
    CHECK(rows[2].fields == Fields{"3", "y"});
}

TEST_CASE("bare carriage returns part rows, too") {
    const auto rows = rows_of("a,b\r1,\"2\n3\"\r4,5");
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].fields == Fields{"1", "2\n3"});
    CHECK(rows[2].fields == Fields{"4", "5"});
}

TEST_CASE("a NUL in a field is kept for the next step to drop") {
    const auto rows = rows_of(std::string_view("a\nN\0x\n", 6));
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].fields == Fields{std::string("N\0x", 3)});
}

TEST_CASE("stray and unclosed quotes and endless lines are named with their line") {
    const Scratch scratch;
    const auto sentence = [&](const std::string& content) {
        const auto file = scratch.write("list.csv", content);
        CHECK(fault_of([&] { (void)open_csv(file); }) == ExitCode::bad_data);
        return sentence_of([&] { (void)open_csv(file); });
    };
    CHECK(sentence("a\nx\ny\"z\n").find("list.csv:3: ") != std::string::npos);
    CHECK(sentence("a\n\"x\ny\nz\n").find("list.csv:2:1: ") != std::string::npos);
    CHECK(sentence("a\n" + std::string(2 << 20, 'x') + "\n").find("list.csv:2: ") !=
          std::string::npos);
    std::string endless = "a\n\"";
    for (int i = 0; i < (1 << 20); ++i) endless += "x\n";
    CHECK(sentence(endless).find("list.csv:2: this row is longer than 1 MiB") != std::string::npos);
    CHECK(sentence("a\n" + std::string(1'001, ',') + "\n").find("more than 1,000 fields") !=
          std::string::npos);
}

TEST_CASE("a lost quote is reported where it began, however far on that shows") {
    const Scratch scratch;
    const auto place = [&](const std::string& content) {
        const auto file = scratch.write("list.csv", content);
        const std::string said = sentence_of([&] { (void)open_csv(file); });
        INFO(said);
        const auto at = said.find("list.csv:") + 9;
        return said.substr(at, said.find(": ", at) - at);
    };
    const std::string head = "id,name,seat\n";
    // Never closed; closed by the quote that opens another field, lines later, in any column.
    CHECK(place(head + "D1,\"Noura,A\nD2,Kenji,B\nD3,Priya,C\n") == "2:4");
    CHECK(place(head + "D1,\"Noura,A\nD2,Kenji,B\nD3,\"Priya\",C\n") == "2:4");
    CHECK(place(head + "D1,Noura,A\nD2,نورة,\"B\r\n\"D3\",Priya,C\r\n") == "3:9");
    CHECK(place(head + "\"D1\",\"a \"\"b\"\"\", \"c\nD2,\"x\",y\n") == "2:17");
    // A field of several lines that is whole is none.
    CHECK(place(head + "D1,\"two\nlines\",\"A\nD2,Kenji,B\nD3,\"Priya\",C\n") == "3:8");
    // A stray quote is where it stands.
    CHECK(place(head + "D1,5\" screen,A\n").substr(0, 1) == "2");
}

TEST_CASE("a file that is not there is no input") {
    CHECK(fault_of([] { (void)open_csv("/nonexistent/list.csv"); }) == ExitCode::no_input);
}

TEST_CASE("a workbook, an archive or a document that is called .csv is named as what it is") {
    const Scratch scratch;
    for (const char* begin : {"PK\3\4", "\xD0\xCF\x11\xE0", "%PDF-1.7", "\x1F\x8B\x08"}) {
        const auto file = scratch.write("list.csv", std::string(begin) + std::string(100, '\1'));
        CHECK(fault_of([&] { (void)organiser::open_csv(file); }) == ExitCode::bad_data);
        CHECK(sentence_of([&] { (void)organiser::open_csv(file); }).find("save the list as CSV") !=
              std::string::npos);
    }
}
