#include "storage/names/search.hpp"

#include <map>

#include "storage/badge/badge.hpp"
#include "storage/names/folding.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::storage;

namespace {

using Words = std::vector<std::string>;

RegistrationId id(std::uint8_t number) {
    RegistrationId result;
    result.bytes[15] = number;
    return result;
}

/// Whom a search finds, by their places in `names`, nearest first.
std::vector<int> found(const std::vector<Bilingual>& names, std::string_view typed) {
    std::vector<NamedPerson> people;
    for (std::size_t i = 0; i < names.size(); ++i)
        people.push_back({id(static_cast<std::uint8_t>(i)), names[i]});
    std::vector<int> places;
    for (const NameMatch& match : NameSearch(people).find(typed, 8))
        places.push_back(match.id.bytes[15]);
    return places;
}

}  // namespace

TEST_CASE("marks, tatweel, cases, digits and the many alefs make no difference") {
    CHECK(fold_words("مُحَمَّد") == Words{"محمد"});
    CHECK(fold_words("محـــمد") == Words{"محمد"});
    CHECK(fold_words("أحمد إبراهيم آدم") == fold_words("احمد ابراهيم ادم"));
    CHECK(fold_words("فاطمة هدى") == fold_words("فاطمه هدي"));
    CHECK(fold_words("José MÜLLER") == Words{"jose", "muller"});
    CHECK(fold_words("Łukasz Øystein") == Words{"lukasz", "oystein"});
    CHECK(fold_words("رقم ١٢") == Words{"رقم", "12"});
    CHECK(fold_words("Ｎｏｕｒａ") == Words{"noura"});
    CHECK(fold_words("\u2068Noura\u2069") == Words{"noura"});
    CHECK(fold_words("O'Shaughnessy") == Words{"oshaughnessy"});
    CHECK(fold_words("  -- \xff ").empty());
}

TEST_CASE("articles fall away, and a servant's name is one word") {
    CHECK(fold_words("Noura Al Marzouqi") == Words{"noura", "marzouqi"});
    CHECK(fold_words("El-Sayed") == Words{"sayed"});
    CHECK(fold_words("المرزوقي") == Words{"مرزوقي"});
    CHECK(fold_words("Abdul Rahman") == fold_words("Abdulrahman"));
    CHECK(fold_words("عبد الرحمن") == Words{"عبدرحمن"});
    CHECK(fold_words("Abdul") == Words{"abdul"});
}

TEST_CASE("the consonants are the same in every spelling and script") {
    for (const std::string spelling :
         {"محمد", "mohammed", "muhammad", "mohamed", "mohammad", "mehmed", "mehmet"})
        CHECK(skeleton(spelling) == "mmt");
    for (const std::string spelling : {"يوسف", "yousef", "youssef", "yusuf"})
        CHECK(skeleton(spelling) == "sf");
    for (const std::string spelling : {"خالد", "khaled", "khalid"})
        CHECK(skeleton(spelling) == "klt");
    for (const std::string spelling : {"شريف", "sharif", "cherif", "sherif"})
        CHECK(skeleton(spelling) == "srf");
    for (const std::string spelling :
         {"عبدرحمن", "عبدالرحمن", "abdulrahman", "abdrahman", "abdelrahman"})
        CHECK(skeleton(spelling) == "btrmn");
    CHECK(skeleton("aia").empty());
}

TEST_CASE("a name is found in either script and any spelling") {
    const std::vector<Bilingual> names{{"", "Mohammed Al Hashimi"},
                                       {"", "Muhammad Hassan"},
                                       {"محمّد الكعبي", ""},
                                       {"نورة المرزوقي", "Noura Al Marzouqi"}};
    auto all = found(names, "محمد");
    std::sort(all.begin(), all.end());
    CHECK(all == std::vector{0, 1, 2});
    CHECK(found(names, "mohamed").size() == 3);
    CHECK(found(names, "marzuki") == std::vector{3});
    CHECK(found(names, "نوره") == std::vector{3});
    CHECK(found(names, "zouq") == std::vector{3});            // within a word
    CHECK(found(names, "Marzouqi Noura") == std::vector{3});  // any order
    CHECK(found(names, "Mohammed Hassan Marzouqi") ==
          std::vector{1});  // one word may be missing, not two
    CHECK(found(names, "علي Marzouqi") == std::vector{3});
    CHECK(found(names, "Nuora").front() == 3);  // two letters swapped
}

TEST_CASE("what was typed exactly comes before what only sounds alike") {
    const std::vector<Bilingual> names{{"", "Mohamed Hasan"},
                                       {"", "Muhammad Hassan"},
                                       {"", "Mohammed Hassan"},
                                       {"", "Mohammed Hassan Al Balushi"}};
    CHECK(found(names, "Mohammed Hassan") == std::vector{2, 3, 1, 0});
}

TEST_CASE("too little finds nobody rather than everybody") {
    const std::vector<Bilingual> names{{"محمد", "Mohammed"}};
    CHECK_FALSE(NameSearch::is_long_enough("م"));
    CHECK(NameSearch::is_long_enough("مح"));
    CHECK_FALSE(NameSearch::is_long_enough("mo"));
    CHECK(NameSearch::is_long_enough("al ha"));  // all letters count
    CHECK(NameSearch::is_long_enough("moh"));
    CHECK_FALSE(NameSearch::is_long_enough(" .. "));
    CHECK(found(names, "m").empty());
    CHECK(found(names, "").empty());
    CHECK(found({}, "mohammed").empty());
    CHECK(found(names, "مح") == std::vector{0});
}

TEST_CASE("two Latin letters find whom they begin a word of, unless those are many") {
    CHECK(found({{"", "Mohammed Omar"}, {"", "Salmo Omar"}}, "mo") == std::vector{0});
    CHECK(found(std::vector<Bilingual>(48, {"", "Mohammed"}), "mo").size() == 8);
    CHECK(found(std::vector<Bilingual>(49, {"", "Mohammed"}), "mo").empty());
    CHECK(found(std::vector<Bilingual>(49, {"", "Mohammed"}), "moh").size() == 8);
}

TEST_CASE("organisation and country find people, in both languages, after those of that name") {
    const std::vector<NamedPerson> people{
        {id(0), {"عمر", "Omar"}, {"جامعة حلب", "University of Aleppo"}, "SY"},
        {id(1), {"ليلى", "Layla"}, {"موانئ دبي", "Dubai Ports"}, "AE"},
        {id(2), {"", "Syria Haddad"}, {}, "LB"}};
    const NameSearch search(people);
    const auto who = [&](std::string_view typed) {
        std::vector<int> places;
        for (const NameMatch& match : search.find(typed, 8)) places.push_back(match.id.bytes[15]);
        return places;
    };
    CHECK(who("syria") == std::vector{2, 0});
    CHECK(who("سوريا") == std::vector{2, 0});
    CHECK(who("aleppo").front() == 0);
    CHECK(who("موانئ").front() == 1);
    CHECK(who("omar aleppo").front() == 0);
    CHECK(who("united arab emirates").front() == 1);
}

TEST_CASE(
    "an attendee id is found as it stands on the badge, and no name that only looks like it") {
    const std::vector<NamedPerson> people{
        {.id = id(0), .name = {"نورة عوض", "Noura Awad"}, .country = {}, .external_id = "D1099"},
        {.id = id(1), .name = {"عوض سالم", "Awad Salem"}, .country = {}, .external_id = "D1098"},
        {.id = id(2), .name = {"", "Omar"}, .country = {}, .external_id = "VIP-0012"},
        {.id = id(3), .name = {"", "Layla"}, .country = {}, .external_id = "ض-٧"},
        {.id = id(4), .name = {"", "Sara"}, .country = {}, .external_id = "AL-1"}};
    const NameSearch search(people);
    const auto who = [&](std::string_view typed) {
        std::vector<int> places;
        for (const NameMatch& match : search.find(typed, 8)) places.push_back(match.id.bytes[15]);
        return places;
    };
    for (const char* typed : {"D1099", "d1099", "D 1099", "1099", "١٠٩٩", "۱۰۹۹", "D-10-99"}) {
        CAPTURE(typed);
        CHECK(who(typed) == std::vector{0});
    }
    CHECK(who("D109") == std::vector{0, 1});
    CHECK(who("D1097").empty());
    CHECK(who("awad 1098") == std::vector{1});
    CHECK(who("awad 1097").empty());
    CHECK(who("vip0012") == std::vector{2});
    CHECK(who("0012") == std::vector{2});
    CHECK(who("VIP").empty());  // the beginning of an id has its number
    CHECK(who("ض٧") == std::vector{3});
    CHECK(who("AL-1").front() == 4);
}

TEST_CASE("an id as short as two signs is found among many that begin like it") {
    std::vector<NamedPerson> people;
    for (std::uint8_t i = 1; i < 200; ++i)
        people.push_back({.id = id(i),
                          .name = {"", "Omar"},
                          .country = {},
                          .external_id = "D" + std::to_string(i)});
    const auto found = NameSearch(people).find("D1", 300);
    REQUIRE(found.size() == 1);
    CHECK(found.front().id == id(1));
    CHECK(NameSearch(people).find("D19", 300).size() == 11);
}

TEST_CASE("the code under the QR is found by its beginning, with digits of any script") {
    std::vector<NamedPerson> people{{.id = id(0), .name = {"", "Omar Zero"}, .country = {}},
                                    {.id = id(1), .name = {"", "Sara One"}, .country = {}},
                                    {.id = id(2), .name = {"", "Layla Two"}, .country = {}}};
    people[0].badge = {{0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf1}};
    people[1].badge = {{0x12, 0x34, 0x56, 0x78, 0xff, 0xff, 0xff, 0xff}};
    const NameSearch search(people);
    const std::string code = hudoor::storage::typed_code(people[0].badge);  // 14D2-PF2DB-...
    REQUIRE(code.starts_with("14D2-P"));
    const auto who = [&](std::string_view typed) {
        std::vector<int> places;
        for (const NameMatch& match : search.find(typed, 8)) places.push_back(match.id.bytes[15]);
        return places;
    };
    CHECK(who("14D").empty());
    CHECK(who("14D2") == std::vector{0, 1});
    CHECK(who("l4d2-p") == std::vector{0, 1});
    CHECK(who("١٤D٢") == std::vector{0, 1});
    CHECK(who(code.substr(0, 9)) == std::vector{0});
    CHECK(who(code) == std::vector{0});
    CHECK(who("14D3").empty());
}

TEST_CASE("a delegation is found by its name, and who is of it is told from who is called so") {
    const std::vector<NamedPerson> people{
        {.id = id(0), .name = {"", "Omar"}, .country = "SY", .delegation = "Red Crescent"},
        {.id = id(1), .name = {"", "Layla"}, .country = "AE", .delegation = "Red Crescent"},
        {.id = id(2), .name = {"", "Crescent Haddad"}, .country = "LB", .delegation = "Press"}};
    const NameSearch search(people);
    std::map<int, bool> groups;
    for (const NameMatch& match : search.find("crescent", 8))
        groups[match.id.bytes[15]] = match.group;
    CHECK(groups == std::map<int, bool>{{0, true}, {1, true}, {2, false}});
    groups.clear();
    for (const NameMatch& match : search.find("red crescent", 8))
        groups[match.id.bytes[15]] = match.group;
    CHECK(groups.at(1));
    // Of that name and of that group is of the group all the same.
    const std::vector<NamedPerson> both{{.id = id(0),
                                         .name = {"", "Omar Haddad"},
                                         .organisation = {"", "Haddad Brothers"},
                                         .country = {}}};
    CHECK(NameSearch(both).find("haddad", 8).at(0).group);
}
