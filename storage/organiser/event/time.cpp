#include "storage/organiser/event/time.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "storage/guests/agenda.hpp"

namespace hudoor::organiser {

using namespace std::chrono;

namespace {

std::unique_ptr<icu::TimeZone> zone_named(const std::string& name) {
    return std::unique_ptr<icu::TimeZone>(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}

/// All of `text` as a number of exactly this many digits.
std::optional<unsigned> number_in(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    unsigned value = 0;
    const char* const end = text.data() + at + digits;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

std::optional<seconds> parse_time_of_day(std::string_view text) {
    const auto hour = number_in(text, 0, 2);
    const auto minute = number_in(text, 3, 2);
    const bool with_second = text.size() == 8;
    const auto second = with_second ? number_in(text, 6, 2) : std::optional<unsigned>(0);
    if ((text.size() != 5 && !with_second) || text[2] != ':' || (with_second && text[5] != ':') ||
        !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return hours(*hour) + minutes(*minute) + seconds(*second);
}

}  // namespace

bool is_timezone(const std::string& name) {
    return !name.empty() && *zone_named(name) != icu::TimeZone::getUnknown();
}

WallTime from_local(year_month_day date, seconds of_day, const std::string& timezone) {
    const milliseconds local = sys_days(date).time_since_epoch() + of_day;
    int32_t raw_ms = 0;
    int32_t saving_ms = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_named(timezone)->getOffset(static_cast<UDate>(local.count()), true, raw_ms, saving_ms,
                                    status);
    return WallTime(local - milliseconds(raw_ms) - milliseconds(saving_ms));
}

std::optional<sys_days> parse_day(std::string_view text) {
    const auto of_year = number_in(text, 0, 4);
    const auto of_month = number_in(text, 5, 2);
    const auto of_day = number_in(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !of_year || !of_month || !of_day)
        return std::nullopt;
    const year_month_day date(year(static_cast<int>(*of_year)), month(*of_month), day(*of_day));
    if (!date.ok()) return std::nullopt;
    return sys_days(date);
}

std::optional<WallTime> parse_time(std::string_view text, const std::string& timezone) {
    const bool utc = text.ends_with('Z');
    if (utc) text.remove_suffix(1);
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto date = parse_day(text.substr(0, 10));
    const auto of_day = parse_time_of_day(text.substr(11));
    if (!date || !of_day) return std::nullopt;
    if (utc) return WallTime(*date + *of_day);
    return from_local(year_month_day(*date), *of_day, timezone);
}

std::string show_time(WallTime time, const std::string& timezone) {
    const storage::LocalTime local = storage::to_local(time, timezone);
    std::array<char, 32> text{};
    std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02u %02d:%02d", static_cast<int>(local.date.year()),
        static_cast<unsigned>(local.date.month()), static_cast<unsigned>(local.date.day()),
        static_cast<int>(local.of_day.count() / 60), static_cast<int>(local.of_day.count() % 60));
    return text.data();
}

}  // namespace hudoor::organiser
