// Workbooks as programs write them, and as somebody writes them who means no good.
#include <zip.h>

#include <chrono>

#include "storage/organiser/sheets/list_file.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;
using Fields = std::vector<std::string>;

std::filesystem::path write_zip(const Scratch& scratch, const std::string& name, const Parts& parts,
                                const char* password = nullptr) {
    const auto file = scratch.path(name);
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    REQUIRE(archive != nullptr);
    for (const auto& [part, text] : parts) {
        zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
        const auto at = zip_file_add(archive, part.c_str(), source, 0);
        REQUIRE(at >= 0);
        if (password != nullptr)
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(at), ZIP_EM_AES_256,
                                    password);
    }
    REQUIRE(zip_close(archive) == 0);
    return file;
}

Parts xlsx(const std::string& rows, const std::string& shared = {}, const std::string& styles = {},
           const std::string& workbook_properties = {}) {
    Parts parts{
        {"xl/workbook.xml",
         "<workbook xmlns='m' xmlns:r='r'>" + workbook_properties +
             "<sheets><sheet name='Guests' sheetId='1' r:id='rId1'/>"
             "<sheet name='قائمة' sheetId='2' r:id='rId2'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
         "<Relationship Id='rId2' Target='/xl/worksheets/sheet2.xml'/></Relationships>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet xmlns='m'><sheetData>" + rows + "</sheetData></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         "<worksheet xmlns='m'><sheetData><row><c t='inlineStr'><is><t>other</t></is></c></row>"
         "</sheetData></worksheet>"}};
    if (!shared.empty())
        parts.emplace_back("xl/sharedStrings.xml", "<sst xmlns='m'>" + shared + "</sst>");
    if (!styles.empty())
        parts.emplace_back("xl/styles.xml", "<styleSheet xmlns='m'>" + styles + "</styleSheet>");
    return parts;
}

Parts ods(const std::string& rows) {
    return {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml",
         "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'>"
         "<office:body><office:spreadsheet><table:table table:name='Guests'>" +
             rows +
             "</table:table><table:table table:name='Second'><table:table-row><table:table-cell "
             "office:value-type='string'><text:p>other</text:p></table:table-cell>"
             "</table:table-row></table:table></office:spreadsheet></office:body>"
             "</office:document-content>"}};
}

/// What it says, and that it does so at once.
std::string refusal_of(const std::filesystem::path& file) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string sentence = sentence_of([&] { (void)open_list(file); });
    CHECK(fault_of([&] { (void)open_list(file); }) == ExitCode::bad_data);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
    return sentence;
}

}  // namespace

TEST_CASE("an XLSX sheet gives what a person sees in it, however its program wrote it") {
    const Scratch scratch;
    const auto file = write_zip(
        scratch, "list.xlsx",
        xlsx(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><r><t>in </t></r>"
            "<r><t>place</t></r></is></c></row>"
            "<row r='3'><c r='A3'><v>42</v></c><c r='B3' s='1'><v>46000.5</v></c>"
            "<c r='C3' s='2'><v>46000</v></c><c r='D3' s='3'><v>42</v></c></row>"
            "<row r='4'><c t='b'><v>1</v></c><c t='str'><f>A1</f><v>made</v></c><c t='e'><v>#N/A</v></c>"
            "<c><v>1.234567890123456E15</v></c><c><v>0.1</v></c><c><v>1.23456789012345E+17</v></c></row>",
            "<si><t>na</t><r><t>me</t></r><rPh><t>read so</t></rPh></si>",
            "<numFmts><numFmt numFmtId='170' formatCode='dd\\-mm\\-yyyy'/>"
            "<numFmt numFmtId='171' formatCode='00000'/></numFmts>"
            "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
            "<cellXfs><xf numFmtId='0'/><xf numFmtId='22'/><xf numFmtId='170'/><xf numFmtId='171'/></cellXfs>"));
    const ListFile list = open_list(file);
    CHECK(list.sheet == "Guests");
    CHECK(list.others == Fields{"قائمة"});
    REQUIRE(list.rows.size() == 3);
    CHECK(list.rows[0].fields == Fields{"name", "", "in place"});
    CHECK(list.rows[1].line == 3);
    CHECK(list.rows[1].fields == Fields{"42", "2025-12-09 12:00", "2025-12-09", "00042"});
    CHECK(list.rows[2].fields ==
          Fields{"TRUE", "made", "#N/A", "1234567890123456", "0.1", "1.23456789012345E+17"});
    CHECK(open_list(file, {.sheet = "قائمة", .encoding = {}}).rows[0].fields == Fields{"other"});
    CHECK(fault_of([&] { (void)open_list(file, {.sheet = "Third", .encoding = {}}); }) ==
          ExitCode::usage);
    CHECK(sentence_of([&] {
              (void)open_list(file, {.sheet = "Third", .encoding = {}});
          }).find("\"Guests\", \"قائمة\"") != std::string::npos);
}

TEST_CASE(
    "days are counted from 1904 where the workbook says so, and from the day there never was") {
    const Scratch scratch;
    const auto first = [&](const std::string& value, const std::string& properties) {
        return open_list(write_zip(scratch, "l.xlsx",
                                   xlsx("<row><c s='1'><v>" + value + "</v></c></row>", "",
                                        "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>",
                                        properties)))
            .rows[0]
            .fields[0];
    };
    CHECK(first("46000", "") == "2025-12-09");
    CHECK(first("44538", "<workbookPr date1904='1'/>") == "2025-12-09");
    CHECK(first("59", "") == "1900-02-28");
    CHECK(first("61", "") == "1900-03-01");
    CHECK(first("0.25", "") == "06:00");
}

TEST_CASE("an ODS sheet gives what a person sees in it, remarks apart") {
    const Scratch scratch;
    const std::string cell = "<table:table-cell office:value-type='";
    const auto file = write_zip(
        scratch, "list.ods",
        ods("<table:table-row>" + cell +
            "string'><office:annotation><text:p>remark</text:p>"
            "</office:annotation><text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='2'/>" +
            cell +
            "float' office:value='42'><text:p>00042</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
            "<table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>"
            "<table:table-row table:number-rows-repeated='2'>" +
            cell +
            "date' office:date-value='2026-12-09T14:00:00'><text:p>9 Dec</text:p></table:table-cell>" +
            cell +
            "boolean' office:boolean-value='true'><text:p>WAHR</text:p></table:table-cell>"
            "<table:table-cell office:value-type='float' office:value='7' table:number-columns-repeated='2'/>"
            "</table:table-row><table:table-row table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>"));
    const ListFile list = open_list(file);
    REQUIRE(list.rows.size() == 3);
    CHECK(list.rows[0].fields == Fields{"a  b\nc", "", "", "00042"});
    CHECK(list.rows[1].line == 5);
    CHECK(list.rows[1].fields == Fields{"2026-12-09 14:00", "TRUE", "7", "7"});
    CHECK(list.rows[2].line == 6);
    CHECK(list.others == Fields{"Second"});
    CHECK(open_list(file, {.sheet = "second", .encoding = {}}).rows[0].fields == Fields{"other"});
}

TEST_CASE("workbooks that mean no good are refused before they cost anything") {
    const Scratch scratch;
    const auto refused = [&](const Parts& parts) {
        return refusal_of(write_zip(scratch, "list.xlsx", parts));
    };
    // Packed spaces, within a cell and between rows.
    CHECK(refused(xlsx(std::string(std::size_t{40} << 20, ' '))).find("made to fill the memory") !=
          std::string::npos);
    CHECK(refused(xlsx("<row/>", "<si><t>" + std::string(std::size_t{40} << 20, 'x') + "</t></si>"))
              .find("made to fill the memory") != std::string::npos);
    // Rows, ten millions of them told or written.
    CHECK(refused(xlsx("<row r='10000000'><c><v>1</v></c></row>")).find("more rows") !=
          std::string::npos);
    std::string rows;
    for (int i = 0; i < 1'100'000; ++i) rows += "<row/>";
    CHECK(refused(xlsx(rows)).find("more rows") != std::string::npos);
    // One text named many times.
    std::string many;
    for (int i = 0; i < 20'000; ++i) many += "<row><c t='s'><v>0</v></c></row>";
    CHECK(refused(xlsx(many, "<si><t>" + std::string(30'000, 'x') + "</t></si>"))
              .find("made to fill the memory") != std::string::npos);
    CHECK(refused(xlsx("<row><c r='ZZZ1'><v>1</v></c></row>")).find("1,000 fields") !=
          std::string::npos);
    // Entities.
    Parts entities = xlsx("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>");
    entities[2].second =
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + entities[2].second;
    CHECK(refused(entities).find("document type") != std::string::npos);
    // Broken, cut off, locked.
    CHECK(refused({{"xl/workbook.xml", "<workbook"}}).find("save it again") != std::string::npos);
    CHECK(refused({{"xl/workbook.xml", "<workbook xmlns='m'/>"}}).find("no sheet") !=
          std::string::npos);
    CHECK(refused({{"word/document.xml", "<w/>"}}).find("save the list as") != std::string::npos);
    const auto whole = write_zip(scratch, "whole.xlsx", xlsx("<row><c><v>1</v></c></row>"));
    const std::string bytes = scratch.read("whole.xlsx");
    for (const std::size_t size : {bytes.size() / 2, bytes.size() - 30})
        CHECK(refusal_of(scratch.write("cut.xlsx", bytes.substr(0, size))).find("cut off") !=
              std::string::npos);
    CHECK(
        refusal_of(write_zip(scratch, "locked.xlsx", xlsx("<row/>"), "secret")).find("password") !=
        std::string::npos);
    CHECK(refusal_of(scratch.write("locked.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
              .find("password") != std::string::npos);
    Parts sealed = ods("");
    sealed.emplace_back("META-INF/manifest.xml",
                        "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>");
    CHECK(refused(sealed).find("password") != std::string::npos);
    CHECK(refused(ods("<table:table-row table:number-rows-repeated='10000000'><table:table-cell/>"
                      "</table:table-row>"))
              .find("more rows") != std::string::npos);
    CHECK(refused(ods("<table:table-row><table:table-cell office:value-type='string' "
                      "table:number-columns-repeated='9999'><text:p>x</text:p></table:table-cell>"
                      "</table:table-row>"))
              .find("1,000 fields") != std::string::npos);
}

TEST_CASE("a list of commas, and a workbook of nothing, cost no more memory than 64 MiB") {
    const DemoEvent event;
    // One row of 60 MB; rows of 900 empty fields with a mark at their end; a bomb.
    event.scratch.write("wide.csv", std::string(std::size_t{60} << 20, ','));
    std::string rows = "attendee_id,name_en";
    for (int i = 2; i < 900; ++i) rows += ",c" + std::to_string(i);
    const std::string row = "\n" + std::string(899, ',');
    while (rows.size() < (std::size_t{60} << 20)) rows += row;
    event.scratch.write("many.csv", rows);
    write_zip(event.scratch, "bomb.xlsx", xlsx(std::string(std::size_t{40} << 20, ' ')));
    event.scratch.write("small.csv", "attendee_id,name_en\nD1,Noura\n");
    const auto kilobytes = [&](const std::string& file, int exit_code) {
        const Finished finished = run(
            event.scratch,
            "python3 -c 'import resource,subprocess,sys\n"
            "r=subprocess.run(sys.argv[1:],capture_output=True)\n"
            "print(r.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' '" HUDOOR_PROGRAM
            "' --event event import " +
                file);
        INFO(file + ": " + finished.output);
        CHECK(finished.output.starts_with(std::to_string(exit_code) + " "));
        return std::stol(finished.output.substr(finished.output.find(' ')));
    };
    const long small = kilobytes("small.csv", 0);
    for (const char* file : {"wide.csv", "many.csv", "bomb.xlsx"})
        CHECK(kilobytes(file, std::string(file) == "many.csv" ? 0 : 65) - small < 64 * 1024);
}
