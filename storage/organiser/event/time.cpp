#include "storage/organiser/event/time.hpp"

#include <unicode/timezone.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "storage/guests/agenda.hpp"

namespace hudoor::organiser {

using namespace std::chrono;
using namespace std::chrono_literals;

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

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// What a text says, wherever clocks show it.
struct Said {
    sys_days date;
    seconds of_day{};
    std::optional<minutes> offset{};  ///< from UTC, if it says that
};

/// Takes "Z" or "+04:00" off the end; false for what begins like one and is none.
bool take_offset(std::string_view& text, std::optional<minutes>& offset) {
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
        offset = minutes(0);
        return true;
    }
    if (text.size() < 22 || (text[text.size() - 6] != '+' && text[text.size() - 6] != '-'))
        return true;
    const std::string_view end = text.substr(text.size() - 6);
    const auto of_day = parse_time_of_day(end.substr(1));
    if (!of_day || *of_day > hours(18)) return false;
    offset = floor<minutes>(end.front() == '-' ? -*of_day : *of_day);
    text.remove_suffix(6);
    return true;
}

std::optional<Said> read(std::string_view text) {
    std::optional<minutes> offset;
    if (!take_offset(text, offset)) return std::nullopt;
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto date = parse_day(text.substr(0, 10));
    const auto of_day = parse_time_of_day(text.substr(11));
    if (!date || !of_day) return std::nullopt;
    return Said{*date, *of_day, offset};
}

}  // namespace

bool is_timezone(const std::string& name) {
    return !name.empty() && *zone_named(name) != icu::TimeZone::getUnknown();
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
    const auto said = read(text);
    if (!said) return std::nullopt;
    if (said->offset) return WallTime(said->date + said->of_day) - *said->offset;
    const auto moments = storage::moments_at(said->date, said->of_day, timezone);
    return moments.size() == 1 ? std::optional(moments.front()) : std::nullopt;
}

std::string why_no_time(std::string_view text, const std::string& timezone) {
    const auto said = read(text);
    if (!said) return "write it as 2026-12-04T09:31, in the event's time zone, or with a Z in UTC";
    const auto moments = storage::moments_at(said->date, said->of_day, timezone);
    if (moments.empty())
        return "clocks in " + timezone + " skip this time; write the one before or after";
    return "this time comes twice in " + timezone + "; write " +
           write_time(moments.front(), timezone) + " or " + write_time(moments.back(), timezone);
}

std::string write_time(WallTime time, const std::string& timezone) {
    const storage::LocalTime local = storage::to_local(time, timezone);
    const auto second = floor<seconds>(time) - floor<minutes>(time);
    std::string text = write_day(sys_days(local.date)) + 'T' + two_digits(local.of_day / 1h) + ':' +
                       two_digits(local.of_day % 1h / 1min);
    const sys_days date(local.date);
    const bool twice = storage::moments_at(date, local.of_day + second, timezone).size() > 1;
    if (twice || second.count() != 0) text += ':' + two_digits(second / 1s);
    if (!twice) return text;
    const auto offset = floor<minutes>(date + local.of_day + second - floor<seconds>(time));
    const auto from_utc = abs(offset);
    return text + (offset.count() < 0 ? '-' : '+') + two_digits(from_utc / 1h) + ':' +
           two_digits(from_utc % 1h / 1min);
}

std::optional<storage::ValidityLimit> parse_limit(std::string_view text,
                                                  const storage::Agenda& agenda) {
    if (text.empty()) return storage::ValidityLimit();
    if (const auto day = parse_day(text)) return storage::ValidityLimit(*day);
    const auto time = parse_time(text, agenda.timezone);
    if (!time) return std::nullopt;
    return storage::ValidityLimit(*time, agenda);
}

std::string why_no_limit(std::string_view text, const storage::Agenda& agenda) {
    if (!read(text)) return "must be a date such as 2026-12-04, or with a time: 2026-12-04T14:00";
    return why_no_time(text, agenda.timezone);
}

std::string write_limit(const storage::ValidityLimit& limit, const storage::Agenda& agenda) {
    if (limit.time) return write_time(*limit.time, agenda.timezone);
    return limit.day ? write_day(*limit.day) : std::string();
}

std::string write_day(sys_days day) { return show_time(day, "UTC").substr(0, 10); }

std::string show_time(WallTime time, const std::string& timezone) {
    const storage::LocalTime local = storage::to_local(time, timezone);
    std::array<char, 32> text{};
    std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02u %02d:%02d", static_cast<int>(local.date.year()),
        static_cast<unsigned>(local.date.month()), static_cast<unsigned>(local.date.day()),
        static_cast<int>(local.of_day.count() / 60), static_cast<int>(local.of_day.count() % 60));
    return text.data();
}

std::string show_seconds(WallTime time, const std::string& timezone) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), ":%02d", second_of(time));
    return show_time(time, timezone) + text.data();
}

int second_of(WallTime time) {
    const auto whole = floor<seconds>(time.time_since_epoch());
    return static_cast<int>((whole - floor<minutes>(whole)).count());
}

}  // namespace hudoor::organiser
