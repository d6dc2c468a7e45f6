#include "storage/organiser/sheets/csv.hpp"

#include "storage/organiser/sheets/list_file.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using organiser::open_csv;
using organiser::Rows;

namespace {

Rows rows_of(std::string_view content) {
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

TEST_CASE("a zero byte, in a field or behind the last row, is a broken file") {
    const Scratch scratch;
    for (const std::string_view broken :
         {std::string_view("a\nN\0x\n", 6), std::string_view("a\nx\n\0\0", 6)}) {
        const auto file = scratch.write("list.csv", broken);
        CHECK(fault_of([&] { (void)open_csv(file); }) == ExitCode::bad_data);
        CHECK(sentence_of([&] { (void)open_csv(file); }).find("a byte that is zero") !=
              std::string::npos);
    }
}

TEST_CASE("spaces around quotes are no part of a field, and =\"...\" is a text") {
    const auto rows = rows_of("a, b ,c\n1, \"x, y\" ,=\"007\"\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].fields == Fields{"1", "x, y", "007"});
}

TEST_CASE("the delimiter is the one most lines have most of, or what a line says") {
    const Scratch scratch;
    const auto delimiter = [&](const std::string& text) {
        return open_csv(scratch.write("list.csv", text)).delimiter;
    };
    CHECK(delimiter("a\n1\n") == ',');
    CHECK(delimiter("Guests, final\na;b;c\n1;x, y;2\n") == ';');
    CHECK(delimiter("a\tb\n\"x;y;z\"\t1\n") == '\t');
    CHECK(delimiter("sep=;\r\na,b;c\r\n1,2;3\r\n") == ';');
    CHECK(rows_of("\xEF\xBB\xBFsep=|\na|b\n1|2\n")[1].fields == Fields{"1", "2"});
}

TEST_CASE("rows of nothing are blank, whatever nothing is made of") {
    CHECK(rows_of("a,b\n,\n ,\t\n\u00A0,\u200B\n\"\",\n1,\n").size() == 2);
}

TEST_CASE("stray and unclosed quotes and endless lines are named with their line") {
    const Scratch scratch;
    const auto sentence = [&](const std::string& content) {
        const auto file = scratch.write("list.csv", content);
        CHECK(fault_of([&] { (void)open_csv(file); }) == ExitCode::bad_data);
        return sentence_of([&] { (void)open_csv(file); });
    };
    CHECK(sentence("a\nx\ny\"z\n").find("list.csv:3: ") != std::string::npos);
    CHECK(sentence("a\n\"x\ny\nz\n").find("list.csv:2: ") != std::string::npos);
    CHECK(sentence("a,b\n1,\"x\n2,y\n3,\"z\",u\n").find("list.csv:2: a quote that begins") !=
          std::string::npos);
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
    CHECK(place(head + "D1,\"Noura,A\nD2,Kenji,B\nD3,Priya,C\n") == "2");
    CHECK(place(head + "D1,\"Noura,A\nD2,Kenji,B\nD3,\"Priya\",C\n") == "2");
    CHECK(place(head + "D1,Noura,A\nD2,نورة,\"B\r\n\"D3\",Priya,C\r\n") == "3");
    CHECK(place(head + "\"D1\",\"a \"\"b\"\"\", \"c\nD2,\"x\",y\n") == "2");
    // A field of several lines that is whole is none.
    CHECK(place(head + "D1,\"two\nlines\",\"A\nD2,Kenji,B\nD3,\"Priya\",C\n") == "3");
    // A stray quote is where it stands.
    CHECK(place(head + "D1,5\" screen,A\n").substr(0, 1) == "2");
}

TEST_CASE("a file that is not there is no input") {
    CHECK(fault_of([] { (void)open_csv("/nonexistent/list.csv"); }) == ExitCode::no_input);
}

TEST_CASE("a workbook, an archive or a document that is called .csv is named as what it is") {
    const Scratch scratch;
    for (const char* begin : {"{\\rtf1", "\xD0\xCF\x11\xE0", "%PDF-1.7", "\x1F\x8B\x08"}) {
        const auto file = scratch.write("list.csv", std::string(begin) + std::string(100, '\1'));
        CHECK(fault_of([&] { (void)organiser::open_list(file); }) == ExitCode::bad_data);
        CHECK(sentence_of([&] { (void)organiser::open_list(file); }).find("save the list as CSV") !=
              std::string::npos);
    }
}
