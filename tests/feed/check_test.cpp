#include "tests/feed/check.hpp"

#include "tests/support/catch.hpp"

using namespace hudoor::feed;

namespace {

std::string hint(const std::string& kind) {
    return R"({"at":"2026-12-04T05:31:00.000Z","hint":")" + kind + R"("})";
}

const std::vector<Expected> two_hints{{0, "", "hint/one_badge"}, {1, "", "hint/other_code"}};

}  // namespace

TEST_CASE("answers in their order are right; a missed and an unexpected one are wrong") {
    CHECK(check_results(two_hints, {hint("one_badge"), hint("other_code")}).right == 2);
    CHECK(check_results(two_hints, {hint("one_badge"), hint("other_code")}).wrong.empty());
    CHECK(check_results(two_hints, {hint("other_code")}).wrong.size() == 1);
    CHECK(check_results(two_hints, {hint("one_badge"), hint("one_badge"), hint("other_code")})
              .wrong.size() == 1);
}

TEST_CASE("advice on how to hold a badge is counted and is no answer") {
    CHECK(!is_answer(hint("turn")));
    CHECK(is_answer(hint("one_badge")));
    const auto report = check_results(
        two_hints, {hint("turn"), hint("one_badge"), hint("turn"), hint("other_code")});
    CHECK(report.right == 2);
    CHECK(report.wrong.empty());
    CHECK(report.advice == std::map<std::string, int>{{"turn", 2}});
    CHECK(describe_report(two_hints, report).find("2\tadvice: turn") != std::string::npos);
}
