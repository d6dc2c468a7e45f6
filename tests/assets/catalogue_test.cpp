#include "assets/catalogue.hpp"

#include <regex>
#include <set>

#include "assets/assets_dir.hpp"
#include "assets/dates.hpp"
#include "config/fault.hpp"
#include "tests/assets/sample_catalogue.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::assets;

namespace {

const Catalogue& catalogue() {
    static const Catalogue words(find_assets_dir());
    return words;
}

ExitCode code_of_opening(const std::filesystem::path& dir) {
    try {
        const Catalogue opened(dir);
        return ExitCode::done;
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
}

/// The names of the `{name}` fields in a text, each once.
std::set<std::string> field_names(const std::string& text) {
    static const std::regex field(R"(\{([^}]*)\})");
    return {std::sregex_token_iterator(text.begin(), text.end(), field, 1), {}};
}

}  // namespace

TEST_CASE("every word is there in both languages, with the same fields") {
    const auto& ar = catalogue().words(Language::ar);
    const auto& en = catalogue().words(Language::en);
    REQUIRE(ar.size() > 200);
    REQUIRE(ar.size() == en.size());
    for (std::size_t i = 0; i < ar.size(); ++i) {
        INFO(en[i].id);
        REQUIRE(ar[i].id == en[i].id);
        CHECK(ar[i].forms.size() == (en[i].forms.size() == 1 ? 1 : 6));
        // Arabic says one and two without a numeral, so of counts only the last forms are compared.
        CHECK(field_names(ar[i].forms.back()) == field_names(en[i].forms.back()));
        for (const auto& form : ar[i].forms) CHECK_FALSE(form.empty());
        for (const auto& form : en[i].forms) CHECK_FALSE(form.empty());
    }
}

TEST_CASE("counts of 3 to 10 and of 11 and more carry their numeral in Arabic") {
    for (const Word& word : catalogue().words(Language::ar)) {
        if (word.forms.size() != 6) continue;
        INFO(word.id);
        const auto last = field_names(word.forms[5]);
        CHECK(field_names(word.forms[3]) == last);
        CHECK(field_names(word.forms[4]) == last);
    }
}

TEST_CASE("Arabic counts take one of six forms, by the last two digits from 3 on") {
    const auto registered = [](std::uint32_t n) {
        std::string text = catalogue().count("n.registered", n, Language::ar);
        for (const std::string isolate : {"\u2068", "\u2069"}) {
            if (const auto at = text.find(isolate); at != std::string::npos)
                text.erase(at, isolate.size());
        }
        return text;
    };
    CHECK(registered(0) == "لا مسجَّلين");
    CHECK(registered(1) == "مسجَّل واحد");
    CHECK(registered(2) == "مسجَّلان");
    CHECK(registered(3) == "3 مسجَّلين");
    CHECK(registered(10) == "10 مسجَّلين");
    CHECK(registered(11) == "11 مسجَّلًا");
    CHECK(registered(99) == "99 مسجَّلًا");
    CHECK(registered(100) == "100 مسجَّل");
    CHECK(registered(102) == "102 مسجَّل");
    CHECK(registered(103) == "103 مسجَّلين");
    CHECK(registered(200) == "200 مسجَّل");
    CHECK(registered(612) == "612 مسجَّلًا");
    CHECK(registered(4'000'000'005) == "4000000005 مسجَّلين");
}

TEST_CASE("English counts take two forms") {
    CHECK(catalogue().count("n.people", 1, Language::en) ==
          "\u2068"
          "1"
          "\u2069 person");
    CHECK(catalogue().count("n.people", 0, Language::en) ==
          "\u2068"
          "0"
          "\u2069 people");
    CHECK(catalogue().count("n.people_unit", 7, Language::en) == "people");
}

TEST_CASE("a value stands inside isolates") {
    CHECK(catalogue().text("next.seat", Language::ar, {{"code", "C-14"}}) ==
          "المقعد \u2068C-14\u2069");
    CHECK(catalogue().text("rep.page", Language::en, {{"a", "2"}, {"b", "9"}}) ==
          "Page \u2068"
          "2"
          "\u2069 of \u2068"
          "9"
          "\u2069");
}

TEST_CASE("a text without its value is a label") {
    CHECK(catalogue().text("again.since", Language::en) == "since");
    CHECK(catalogue().text("again.since", Language::ar, {{"time", ""}}) == "الساعة");
}

TEST_CASE("a value is not searched for fields, and a lone brace is text") {
    CHECK(fill("a {x}", {{"x", "{x}"}}) == "a \u2068{x}\u2069");
    CHECK(fill("a {x", {{"x", "1"}}) == "a {x");
    CHECK(fill("a } b", {}) == "a } b");
}

TEST_CASE("an unknown id comes back as itself") {
    CHECK(catalogue().text("no.such.word", Language::ar) == "no.such.word");
}

TEST_CASE("a sentence parts at its first comma, of either script") {
    const auto en = split_at_comma("To enter again, please see an usher");
    CHECK(en.first == "To enter again");
    CHECK(en.second == "please see an usher");
    const auto ar = split_at_comma("للدخول مرة أخرى، يُرجى مراجعة أحد المنظمين");
    CHECK(ar.first == "للدخول مرة أخرى");
    CHECK(ar.second == "يُرجى مراجعة أحد المنظمين");
    CHECK(split_at_comma("Help desk").second.empty());
}

TEST_CASE("missing and damaged catalogues are faults with their own exit codes") {
    const std::string good = make_mo({{"a", "x"}});
    CHECK(code_of_opening("/nowhere") == ExitCode::no_input);
    CHECK(code_of_opening(SampleCatalogue(good, good).dir()) == ExitCode::done);
    CHECK(code_of_opening(SampleCatalogue("", good).dir()) == ExitCode::bad_data);
    CHECK(code_of_opening(SampleCatalogue(good, "not a catalogue at all").dir()) ==
          ExitCode::bad_data);
    // Cut anywhere it never reads past its end.
    for (std::size_t size = 0; size + 1 < good.size(); ++size) {
        CHECK(code_of_opening(SampleCatalogue(good.substr(0, size), good).dir()) ==
              ExitCode::bad_data);
    }
}

TEST_CASE("days and times are written with Western digits in both languages") {
    using namespace std::chrono;
    const Dates dates;
    CHECK(dates.day(2026y / 12 / 4, Language::en) == "Fri 4 Dec");
    CHECK(dates.day(2026y / 12 / 4, Language::ar) == "الجمعة 4 ديسمبر");
    CHECK(time_of_day(minutes(9 * 60 + 5)) == "09:05");
    CHECK(time_of_day(minutes(24 * 60)) == "00:00");
    CHECK(time_of_day(minutes(-1)) == "23:59");
}
