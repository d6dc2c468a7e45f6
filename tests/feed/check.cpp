#include "tests/feed/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "storage/badge/badge.hpp"

namespace hudoor::feed {

namespace {

constexpr std::string_view hint_prefix = "hint/";

struct Line {
    std::string outcome;  ///< "admitted/ok", "hint/one_badge"
    std::string badge;
    nlohmann::json json;

    [[nodiscard]] bool is_hint() const { return outcome.starts_with(hint_prefix); }
    /// Says how to hold what could not be read yet; the answer to it still follows.
    [[nodiscard]] bool is_advice() const {
        return is_hint() && outcome != "hint/one_badge" && outcome != "hint/other_code";
    }
};

Line parse_line(const std::string& text) {
    Line line;
    line.json = nlohmann::json::parse(text);
    if (line.json.contains("hint")) {
        line.outcome = "hint/" + line.json["hint"].get<std::string>();
    } else {
        line.outcome =
            line.json["verdict"].get<std::string>() + "/" + line.json["reason"].get<std::string>();
        line.badge = line.json["badge"].get<std::string>();
    }
    return line;
}

std::string badge_of(const std::string& text) {
    const auto badge = storage::parse_badge(text);
    return badge ? storage::typed_code(badge->token.number) : std::string();
}

bool answers(const Line& line, const Expected& expected) {
    if (line.outcome != expected.expect) return false;
    // What nobody signed names nobody.
    const bool is_proved = !expected.expect.ends_with("/bad_signature");
    return line.is_hint() || line.badge == (is_proved ? badge_of(expected.text) : std::string());
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
}

}  // namespace

bool is_answer(const std::string& line) { return !parse_line(line).is_advice(); }

CheckReport check_results(const std::vector<Expected>& truth,
                          const std::vector<std::string>& results) {
    CheckReport report;
    std::size_t next = 0;
    for (const std::string& text : results) {
        const Line line = parse_line(text);
        if (line.is_advice()) {
            ++report.advice[line.outcome.substr(hint_prefix.size())];
            continue;
        }
        if (!line.is_hint()) {
            report.frame_to_verdict.push_back(line.json["ms"]["frame_to_verdict"].get<double>());
            report.frame_to_screen.push_back(line.json["ms"]["frame_to_screen"].get<double>());
        }
        // The appearance this line answers: the next one, or a later one when some were missed.
        std::size_t at = next;
        while (at < truth.size() && !answers(line, truth[at])) ++at;
        if (at == truth.size()) {
            report.wrong.push_back("not expected: " + text);
            continue;
        }
        for (; next < at; ++next)
            report.wrong.push_back("appearance " + std::to_string(truth[next].index) + ": no " +
                                   truth[next].expect);
        ++report.right;
        next = at + 1;
    }
    for (; next < truth.size(); ++next)
        report.wrong.push_back("appearance " + std::to_string(truth[next].index) + ": no " +
                               truth[next].expect);
    return report;
}

std::string describe_result(const std::string& text) {
    const Line line = parse_line(text);
    const std::string at = line.json["at"].get<std::string>().substr(11, 8);
    const auto slash = line.outcome.find('/');
    std::string badge = line.badge;
    std::array<char, 160> out{};
    std::snprintf(out.data(), out.size(), "%s  %-11s %-17s %s", at.c_str(),
                  line.outcome.substr(0, slash).c_str(), line.outcome.substr(slash + 1).c_str(),
                  badge.c_str());
    return out.data();
}

std::string describe_report(const std::vector<Expected>& truth, const CheckReport& report) {
    std::map<std::string, int> kinds;
    for (const Expected& expected : truth) ++kinds[expected.expect];
    std::string text = std::to_string(report.right) + " of " + std::to_string(truth.size()) +
                       " appearances answered rightly and in order\n";
    for (const auto& [kind, count] : kinds)
        text += "  " + std::to_string(count) + "\t" + kind + "\n";
    for (const auto& [hint, count] : report.advice)
        text += "  " + std::to_string(count) + "\tadvice: " + hint + "\n";
    std::array<char, 160> out{};
    std::snprintf(
        out.data(), out.size(),
        "frame to verdict: p50 %.1f ms, p95 %.1f ms; frame to screen: p50 %.1f ms, p95 %.1f ms\n",
        percentile(report.frame_to_verdict, 0.5), percentile(report.frame_to_verdict, 0.95),
        percentile(report.frame_to_screen, 0.5), percentile(report.frame_to_screen, 0.95));
    text += out.data();
    for (const std::string& wrong : report.wrong) text += "WRONG " + wrong + "\n";
    return text;
}

}  // namespace hudoor::feed
