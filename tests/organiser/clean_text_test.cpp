#include "storage/organiser/event/clean_text.hpp"

#include "tests/support/catch.hpp"

using namespace hudoor::organiser;

namespace {

std::string cleaned(std::string_view text) {
    const auto clean = clean_text(text);
    REQUIRE(clean);
    return clean->text;
}

}  // namespace

TEST_CASE("a plain name in either script stays as it is") {
    for (const char* name :
         {"Noura Al Marzouqi", "نورة المرزوقي", "Zoë Ødegård", "李小龍", "O'Brien-Smith"})
        CHECK(cleaned(name) == name);
}

TEST_CASE("control, bidi, zero-width, tag and private-use characters are dropped") {
    CHECK(cleaned(std::string_view("No\0u\x1B[31mra", 11)) == "Nou[31mra");
    CHECK(cleaned("\u202ENoura\u202C\u2066\u2069\u200E\u200F\u061C") == "Noura");
    CHECK(cleaned("N\u200Bo\u2060u\uFEFFr\u00ADa") == "Noura");
    CHECK(cleaned("Noura\U000E0041\U000E007F\uE000\U000F0000") == "Noura");
    CHECK(cleaned("\u3164").empty());  // a letter that is drawn as nothing
}

TEST_CASE("joiners stay between letters that need them and go elsewhere") {
    CHECK(cleaned("می\u200Cخواهم") == "می\u200Cخواهم");    // Persian: parts the word
    CHECK(cleaned("क\u094D\u200Dष") == "क\u094D\u200Dष");  // Hindi: after a virama
    CHECK(cleaned("No\u200Cura\u200D") == "Noura");
    CHECK(cleaned("\u200Dنورة\u200C") == "نورة");
}

TEST_CASE("white space of any kind is one space, and none stands at the ends") {
    CHECK(cleaned(" \tNoura \u00A0\r\n  Al\u2003Marzouqi\u2028 ") == "Noura Al Marzouqi");
    CHECK(cleaned(" \t ").empty());
}

TEST_CASE("a text is composed, and a pile of marks is cut at three") {
    CHECK(cleaned("e\u0301") == "\u00E9");
    CHECK(cleaned("q\u0301\u0302\u0303\u0304\u0305\u0306") == "q\u0301\u0302\u0303");
    CHECK(cleaned("\u0301Noura") == "Noura");
}

TEST_CASE("a text of 10,000 signs is cut at 80 and says so") {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "ن";
    const auto clean = clean_text(text);
    REQUIRE(clean);
    CHECK(clean->shortened);
    CHECK(clean->text.size() == 2 * 80);
    CHECK_FALSE(clean_text("Noura")->shortened);
}

TEST_CASE("what is not UTF-8 is no text") {
    for (const char* text :
         {"Noura\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xE2\x82", "\xF5\x80\x80\x80"})
        CHECK_FALSE(clean_text(text));
}

TEST_CASE("a quoted value is short and harmless whatever it holds") {
    CHECK(quote("Noura") == "\"Noura\"");
    CHECK(quote("\x1B[2J\u202Ex") == "\"[2Jx\"");
    CHECK(quote(std::string(5000, 'x')).size() < 50);
    CHECK_FALSE(quote("\xFF\xFE").empty());
}

TEST_CASE("a part is found whatever its case and composition") {
    CHECK(contains_folded("Université de Montréal", "MONTRE\u0301AL"));
    CHECK(contains_folded("نورة المرزوقي", "المرزوقي"));
    CHECK_FALSE(contains_folded("Noura", "Nora"));
}
