#include "storage/organiser/commands/text_table.hpp"

#include <sstream>

#include "tests/support/catch.hpp"

using namespace hudoor::organiser;

TEST_CASE("columns stand under each other, whatever the script, and no line ends in spaces") {
    TextTable table({"ID", "NAME", "REMARK"});
    table.add({"1", "\u2068محمّد\u2069", "marks and isolates take no column"});
    table.add({"1000", "李小龍", "wide signs take two"});
    table.add({"2"});
    std::ostringstream out;
    out << table;
    CHECK(out.str() ==
          "ID    NAME    REMARK\n"
          "1     \u2068محمّد\u2069    marks and isolates take no column\n"
          "1000  李小龍  wide signs take two\n"
          "2\n");
}
