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
        names.insert(delegate.name.en);
        countries.insert(delegate.country);
        organisations.insert(delegate.organisation.en);
        categories.insert(delegate.category);
        CHECK(is_arabic(delegate.name.ar));
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
