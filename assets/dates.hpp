/// Dates and times of day as the screens say them, with Western digits in both languages.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "assets/catalogue.hpp"

namespace hudoor::assets {

/// One thread at a time.
class Dates {
public:
    Dates();
    ~Dates();

    /// "Fri 4 Dec", "الجمعة 4 ديسمبر".
    [[nodiscard]] std::string day(std::chrono::year_month_day date, Language language) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// "4 December 2026", "4 ديسمبر 2026".
[[nodiscard]] std::string full_date(std::chrono::year_month_day date, Language language);
/// "4 December", "4 ديسمبر".
[[nodiscard]] std::string day_of_month(std::chrono::year_month_day date, Language language);

/// "09:14"; `since_midnight` may run past 24 hours and wraps.
[[nodiscard]] std::string time_of_day(std::chrono::minutes since_midnight);
/// "09:02:14"
[[nodiscard]] std::string time_with_seconds(std::chrono::seconds since_midnight);
/// "0:42", of a time that is counted down.
[[nodiscard]] std::string minutes_and_seconds(std::chrono::seconds left);

}  // namespace hudoor::assets
