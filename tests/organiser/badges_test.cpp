#include "storage/names/country.hpp"
#include "storage/organiser/badges/pages.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "storage/organiser/badges/qr_code.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;

namespace {

constexpr const char* people =
    "attendee_id,name_ar,name_en,organisation_en,country,category,badge_code\n"
    "D1,نورة المرزوقي,Noura Al Marzouqi,Ministry of Future Skills,AE,speaker,\n"
    "D2,,Zoë Ødegård,Université de Montréal,CA,delegate,\n"
    "D3,ليلى,,,,media,\n"
    "../D4,,Omar,,,vip,\n"
    "D5,,Carries A Code,,,,X-4QW7N2KD\n";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// What zbarimg reads in the pages of badges.pdf, page by page. It overlooks one in some hundreds
/// of codes, at another one in another resolution.
std::vector<std::string> codes_in_pages(const Scratch& scratch, std::size_t expected) {
    std::set<std::string> lines;  // page and code
    for (const char* dots_an_inch : {"200", "300", "150"}) {
        const Finished read = run(
            scratch,
            std::string("rm -f page-*.png; pdftoppm -r ") + dots_an_inch +
                " -gray -png badges.pdf page && "
                "for page in page-*.png; do zbarimg -q --raw -Sdisable -Sqrcode.enable $page 2>/dev/null | "
                "sed \"s/^/$page /\"; done");
        INFO(read.output);
        REQUIRE(read.exit_code == 0);
        for (const std::string& line : lines_of(read.output)) lines.insert(line);
        if (lines.size() == expected) break;
    }
    std::vector<std::string> codes;
    codes.reserve(lines.size());
    for (const std::string& line : lines) codes.push_back(line.substr(line.find(' ') + 1));
    return codes;
}

struct EventWithPeople : DemoEvent {
    EventWithPeople() { import(people); }
};

}  // namespace

TEST_CASE("the code on every page of a badge is the database's, read by tools that are not ours") {
    const EventWithPeople event;
    const Finished made = event.hudoor("badges badges.pdf");
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    CHECK(made.says("1 person carries an imported code"));
    const auto codes = codes_in_pages(event.scratch, 8);
    REQUIRE(codes.size() == 8);  // both sides of four

    const storage::Identity identity = event.open().event();
    const auto registrations = event.open().registrations();
    for (std::size_t i = 0; i < 4; ++i) {
        const storage::Registration& door = registrations[i].door;
        CHECK(codes[2 * i] == codes[2 * i + 1]);
        const auto badge = storage::parse_badge(codes[2 * i]);
        REQUIRE(badge);
        CHECK(storage::check_badge(*badge, identity.badge_keys) == storage::BadgeCheck::ok);
        CHECK(badge->token.number == door.badge);
        CHECK(badge->token.issue == door.issue);
        CHECK(badge->token.event == identity.event);
        CHECK(badge->token.valid_until == identity.badges_valid_until());
    }
}

TEST_CASE("a page is A6 and holds the typed code, both scripts and whole fonts") {
    const EventWithPeople event;
    REQUIRE(event.hudoor("badges badges.pdf --only D1").exit_code == 0);
    const auto tool = [&](const std::string& command) {
        return run(event.scratch, command).output;
    };
    const std::string info = tool("pdfinfo badges.pdf");
    CHECK(info.find("Pages:           2") != std::string::npos);
    CHECK(info.find("297.638 x 419.528 pts") != std::string::npos);
    const std::string text = tool("pdftotext badges.pdf -");
    const auto noura = event.open().find("D1")->door;
    CHECK(text.find(storage::typed_code(noura.badge)) != std::string::npos);
    CHECK(text.find("Al Marzouqi") != std::string::npos);
    CHECK(text.find("United Arab Emirates") != std::string::npos);
    const std::string fonts = tool("pdffonts badges.pdf");
    CHECK(fonts.find("NotoSans-Bold") != std::string::npos);
    CHECK(fonts.find("Arabic") != std::string::npos);
}

TEST_CASE("every code of a sheet is read on both sides, whatever names stand beside it") {
    const DemoEvent event;
    std::string longest = "Maximiliana-Alexandrina";
    while (longest.size() < 70) longest += " von Hohenlohe";
    event.import(
        "attendee_id,name_ar,name_en,organisation_ar,organisation_en,country,category\n"
        "D1,نورة المرزوقي,Noura Al Marzouqi,وزارة المهارات,Ministry of Future Skills,AE,speaker\n"
        "D2,," +
        longest + ",," + longest +
        ",DE,delegate\n"
        "D3,عبد الرحمن بن عبد العزيز بن محمد بن عبد الله بن إبراهيم آل الشيخ الهاشمي,,,,,vip\n"
        "D4,,Nguyễn,,,VN,media\nD5,,ZØE,,,,media\nD6,ليلى,Layla,,,,vip\nD7,,a,,,,\nD8,ش,,,,,\nD9,,Last One,,,,\n");
    const auto [layout, pages, size] =
        GENERATE(table<std::string, int, std::string>({{"a6", 18, "297.638 x 419.528 pts"},
                                                       {"a4-4xa6", 6, "595.276 x 841.89"},
                                                       {"a4-8xa7", 4, "841.89 x 595.276"}}));
    INFO(layout);
    const Finished made = event.hudoor("badges badges.pdf --layout " + layout);
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    CHECK(made.says("9 badges, " + std::to_string(pages) + " pages"));
    const std::string info = run(event.scratch, "pdfinfo badges.pdf").output;
    INFO(info);
    CHECK(info.find("Pages:           " + std::to_string(pages) + "\n") != std::string::npos);
    CHECK(info.find(size) != std::string::npos);
    std::map<storage::BadgeNumber, int> seen;
    for (const std::string& code : codes_in_pages(event.scratch, 18)) {
        const auto badge = storage::parse_badge(code);
        REQUIRE(badge);
        ++seen[badge->token.number];
    }
    CHECK(seen.size() == 9);
    for (const auto& one : event.open().registrations()) CHECK(seen[one.door.badge] == 2);
}

TEST_CASE("the back of a sheet has each badge behind its front") {
    const EventWithPeople event;
    REQUIRE(event.hudoor("badges badges.pdf --layout a4-4xa6 --only D1").exit_code == 0);
    // The one badge is at the left of the front, so at the right of the back.
    const auto half_has_code = [&](int page, int x) {
        const Finished read =
            run(event.scratch, "pdftoppm -r 200 -gray -png -f " + std::to_string(page) + " -l " +
                                   std::to_string(page) + " -x " + std::to_string(x) +
                                   " -y 0 -W 827 -H 2339 badges.pdf half && "
                                   "zbarimg -q --raw -Sdisable -Sqrcode.enable half-" +
                                   std::to_string(page) + ".png");
        return read.exit_code == 0;
    };
    CHECK(half_has_code(1, 0));
    CHECK_FALSE(half_has_code(1, 827));
    CHECK_FALSE(half_has_code(2, 0));
    CHECK(half_has_code(2, 827));
}

TEST_CASE(
    "a staff badge carries its usher's number, name and role, and the guest list knows whose it is") {
    const DemoEvent event;
    event.scratch.write("pin", "271828\n");
    REQUIRE(
        event.hudoor("usher add 12 Maryam --role supervisor --pin-file pin --badge").exit_code ==
        0);
    REQUIRE(event.hudoor("usher add 13 'نورة' --role usher --pin-file pin --badge").exit_code == 0);
    REQUIRE(event.hudoor("usher add 14 Omar --role usher --pin-file pin").exit_code == 0);
    const Finished made = event.hudoor("badges badges.pdf --ushers");
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    CHECK(made.says("2 badges"));
    CHECK(made.says("1 usher has no staff badge"));
    const auto ushers = event.open().ushers();
    const auto codes = codes_in_pages(event.scratch, 4);
    REQUIRE(codes.size() == 4);
    const auto token = storage::parse_badge(codes[0])->token;
    CHECK(token.number == ushers[0].badge);
    CHECK(storage::check_badge(*storage::parse_badge(codes[2]), event.open().event().badge_keys) ==
          storage::BadgeCheck::ok);
    const std::string text = run(event.scratch, "pdftotext badges.pdf -").output;
    CHECK(text.find("Maryam") != std::string::npos);
    CHECK(text.find("Supervisor") != std::string::npos);
    CHECK(text.find(storage::typed_code(ushers[0].badge)) != std::string::npos);

    REQUIRE(event.hudoor("usher renew 12").exit_code == 0);
    CHECK(event.open().ushers()[0].badge != token.number);
    CHECK(event.hudoor("usher renew 99").exit_code == 66);
    CHECK(event.hudoor("badges badges.pdf --ushers --only 14").exit_code == 66);
    CHECK(event.hudoor("badges badges.pdf --ushers --only maryam").exit_code == 0);
}

TEST_CASE("pictures are named by attendee_id and stay in their folder") {
    const EventWithPeople event;
    REQUIRE(event.hudoor("badges badges.pdf --png pictures").exit_code == 0);
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(event.scratch.path("pictures")))
        names.insert(entry.path().filename().string());
    CHECK(names == std::set<std::string>{"D1.png", "D2.png", "D3.png", "_._D4.png"});
    const Finished read = event.hudoor("scan pictures/D2.png");
    INFO(read.output);
    CHECK(read.says("\"K1:"));
}

TEST_CASE("a query picks by id, name in either script, organisation or category") {
    const EventWithPeople event;
    const auto picked = [&](const std::string& query) {
        const Finished finished = event.hudoor("badges badges.pdf --only '" + query + "'");
        return finished.exit_code == 0 ? std::stoi(finished.output) : -finished.exit_code;
    };
    CHECK(picked("D2") == 1);
    CHECK(picked("المرزوقي") == 1);
    CHECK(picked("MONTRÉAL") == 1);
    CHECK(picked("vip") == 1);
    CHECK(picked("o") == 3);
    CHECK(picked("nobody") == -66);
    CHECK(picked("D5") == -66);  // has no badge of ours
    CHECK(event.hudoor("badges badges.pdf --layout a5").exit_code == 64);
}

TEST_CASE("a failed run leaves no PDF behind") {
    const EventWithPeople event;
    event.scratch.write("wrong", "not this\n");
    const Finished refused =
        run(event.scratch, "hudoor --event event --passphrase-file wrong badges badges.pdf");
    CHECK(refused.exit_code == 77);
    CHECK(event.hudoor("badges nowhere/badges.pdf").exit_code == 73);
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("badges.pdf")));
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("badges.pdf.tmp")));
}

TEST_CASE("a badge's code is a QR of version 5") {
    const storage::BadgeToken token{1, storage::draw_badge_number(), storage::EventNumber{7}, 1,
                                    std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)};
    const auto text = storage::make_badge_text(token, storage::SigningKey::generate());
    CHECK(organiser::make_qr_code(text).modules == 37);
}

TEST_CASE("a country has its name in both languages") {
    CHECK(storage::country_name("AE") ==
          storage::Bilingual{"الإمارات العربية المتحدة", "United Arab Emirates"});
    CHECK(storage::country_name("") == storage::Bilingual{});
}
