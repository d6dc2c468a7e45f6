#include "tests/feed/delegates.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/catch.hpp"

using namespace hudoor::feed;

namespace {

std::vector<Delegate> invent(std::uint64_t seed) {
    DelegateOptions options;
    options.seed = seed;
    return invent_delegates(load_name_lists(HUDOOR_DEMO_LISTS), options);
}

std::string as_csv(const std::vector<Delegate>& delegates) {
    std::ostringstream out;
    write_delegates(delegates, out);
    return out.str();
}

bool is_arabic(const std::string& text) {
    return !text.empty() && static_cast<unsigned char>(text.front()) >= 0xD8 &&
           static_cast<unsigned char>(text.front()) <= 0xD9;
}

}  // namespace

TEST_CASE("the same seed invents the same delegates, another seed others") {
    CHECK(as_csv(invent(1)) == as_csv(invent(1)));
    CHECK(as_csv(invent(1)) != as_csv(invent(2)));
}

TEST_CASE(
    "2,000 delegates come from forty countries and 310 organisations, nearly all with names of "
    "their own") {
    std::set<std::string> ids, names, countries, organisations, categories;
    for (const Delegate& delegate : invent(1)) {
        ids.insert(delegate.attendee_id);
        names.insert(delegate.name.en + delegate.name.ar);
        countries.insert(delegate.country);
        organisations.insert(delegate.organisation.en);
        categories.insert(delegate.category);
        CHECK((delegate.name.ar.empty() || is_arabic(delegate.name.ar)));
        CHECK_FALSE((delegate.name.ar.empty() && delegate.name.en.empty()));
        CHECK(is_arabic(delegate.organisation.ar));
    }
    CHECK(ids.size() == 2000);
    CHECK(*ids.begin() == "D0001");
    CHECK(names.size() > 1900);
    CHECK(countries.size() == 40);
    CHECK(organisations.size() > 300);
    CHECK(organisations.size() <= 310);
    CHECK(categories == std::set<std::string>{"delegate", "media", "speaker", "vip"});
}

TEST_CASE(
    "names are as diverse as life: long ones, Cyrillic and Chinese ones, some in one script") {
    int long_names = 0, cyrillic = 0, chinese = 0, arabic_only = 0, latin_only = 0;
    for (const Delegate& delegate : invent(1)) {
        const std::string& name = delegate.name.en;
        long_names +=
            name.find(" bin ") != std::string::npos || name.find(" bint ") != std::string::npos;
        const auto first = name.empty() ? 0 : static_cast<unsigned char>(name.front());
        cyrillic += first == 0xD0;
        chinese += first >= 0xE4 && first <= 0xE9;
        arabic_only += name.empty();
        latin_only += delegate.name.ar.empty();
    }
    CHECK(long_names > 50);
    CHECK(cyrillic > 10);
    CHECK(chinese > 10);
    CHECK(arabic_only > 20);
    CHECK(latin_only > 10);
}

TEST_CASE("a woman's family name has its woman's form, and women's given names are known") {
    const auto women = womens_names(load_name_lists(HUDOOR_DEMO_LISTS));
    CHECK(women.contains("Noura"));
    CHECK(women.contains("نورة"));
    CHECK(women.contains("Айгуль"));
    CHECK_FALSE(women.contains("Khalid"));
    int nazarova = 0;
    for (const Delegate& delegate : invent(1)) {
        const std::string given = delegate.name.en.substr(0, delegate.name.en.find(' '));
        nazarova += delegate.name.en.ends_with("ova");
        if (delegate.name.en.ends_with("ova")) CHECK(women.contains(given));
        if (delegate.name.en.ends_with("ov")) CHECK_FALSE(women.contains(given));
    }
    CHECK(nazarova > 5);
}

TEST_CASE("three in four are registered for the main session, the others for the parallel one") {
    std::map<std::string, int> registered;
    for (const Delegate& delegate : invent(1))
        ++registered[delegate.sessions.substr(0, delegate.sessions.find(' '))];
    REQUIRE(registered.size() == 2);
    CHECK(registered["opening"] > 1400);
    CHECK(registered["workshop"] > 400);
}

TEST_CASE("every row of the list has the columns of the heading") {
    std::istringstream csv(as_csv(invent(3)));
    std::string line;
    int rows = 0;
    for (; std::getline(csv, line); ++rows) CHECK(std::count(line.begin(), line.end(), ',') == 17);
    CHECK(rows == 2001);
}
