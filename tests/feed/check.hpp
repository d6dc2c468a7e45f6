/// Holds the result lines of a kiosk against the truth of the feed it was shown: every appearance
/// answered rightly, in order, none twice, none missed.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace hudoor::feed {

/// What the truth says of one appearance, as far as the check needs it.
struct Expected {
    int index = 0;
    std::string text;    ///< what the code says; of two badges: any
    std::string expect;  ///< "admitted/ok", "hint/other_code", ...
};

struct CheckReport {
    int right = 0;
    std::vector<std::string> wrong;        ///< one sentence each
    std::vector<double> frame_to_verdict;  ///< ms
    std::vector<double> frame_to_screen;   ///< ms
    std::map<std::string, int> advice;     ///< hints on how to hold a badge ("closer"): never wrong
};

/// Whether a result line answers an appearance; advice on how to hold a badge does not.
[[nodiscard]] bool is_answer(const std::string& line);

/// `results`: the lines hudoor-kiosk --results printed.
[[nodiscard]] CheckReport check_results(const std::vector<Expected>& truth,
                                        const std::vector<std::string>& results);

/// One result line as a person reads it: "09:31:12  admitted        ok".
[[nodiscard]] std::string describe_result(const std::string& line);

/// The report as text for a terminal.
[[nodiscard]] std::string describe_report(const std::vector<Expected>& truth,
                                          const CheckReport& report);

}  // namespace hudoor::feed
