#include "assets/dates.hpp"

#include <unicode/smpdtfmt.h>

#include <cstdio>

#include "config/fault.hpp"

namespace hudoor::assets {
namespace {

icu::SimpleDateFormat make_format(const char* pattern, const char* locale) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString::fromUTF8(pattern), icu::Locale(locale),
                                 status);
    if (U_FAILURE(status) != 0) {
        throw Fault(ExitCode::unavailable, std::string("ICU has no dates for ") + locale +
                                               ": is its data package installed?");
    }
    format.adoptTimeZone(icu::TimeZone::getGMT()->clone());
    return format;
}

std::string format_date(const icu::SimpleDateFormat& format, std::chrono::year_month_day date) {
    using namespace std::chrono;
    const auto noon = sys_days(date).time_since_epoch() + hours(12);
    icu::UnicodeString words;
    format.format(static_cast<UDate>(duration_cast<milliseconds>(noon).count()), words);
    std::string utf8;
    return words.toUTF8String(utf8);
}

const char* locale_of(Language language) {
    return language == Language::ar ? "ar_AE@numbers=latn" : "en_GB";
}

}  // namespace

class Dates::Impl {
public:
    icu::SimpleDateFormat ar = make_format("EEEE d MMMM", "ar_AE@numbers=latn");
    icu::SimpleDateFormat en = make_format("EEE d MMM", "en_GB");
};

Dates::Dates() : impl_(std::make_unique<Impl>()) {}
Dates::~Dates() = default;

std::string Dates::day(std::chrono::year_month_day date, Language language) const {
    return format_date(language == Language::ar ? impl_->ar : impl_->en, date);
}

std::string full_date(std::chrono::year_month_day date, Language language) {
    return format_date(make_format("d MMMM y", locale_of(language)), date);
}

std::string day_of_month(std::chrono::year_month_day date, Language language) {
    return format_date(make_format("d MMMM", locale_of(language)), date);
}

std::string time_of_day(std::chrono::minutes since_midnight) {
    const auto minutes = static_cast<int>(((since_midnight.count() % 1440) + 1440) % 1440);
    char text[8];
    std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    return text;
}

std::string time_with_seconds(std::chrono::seconds since_midnight) {
    char seconds[8];
    std::snprintf(seconds, sizeof seconds, ":%02d", static_cast<int>(since_midnight.count() % 60));
    return time_of_day(std::chrono::floor<std::chrono::minutes>(since_midnight)) + seconds;
}

std::string minutes_and_seconds(std::chrono::seconds left) {
    char text[16];
    std::snprintf(text, sizeof text, "%d:%02d", static_cast<int>(left.count() / 60),
                  static_cast<int>(left.count() % 60));
    return text;
}

}  // namespace hudoor::assets
