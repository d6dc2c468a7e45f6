#include "assets/dates.hpp"

#include <unicode/smpdtfmt.h>

#include <cstdio>

#include "config/fault.hpp"

namespace hudoor::assets {
namespace {

icu::SimpleDateFormat make_format(const char* pattern, const char* locale) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString::fromUTF8(pattern), icu::Locale(locale), status);
    if (U_FAILURE(status) != 0) {
        throw Fault(ExitCode::unavailable, std::string("ICU has no dates for ") + locale +
                                               ": is its data package installed?");
    }
    format.adoptTimeZone(icu::TimeZone::getGMT()->clone());
    return format;
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
    using namespace std::chrono;
    const auto noon = sys_days(date).time_since_epoch() + hours(12);
    const auto at = static_cast<UDate>(duration_cast<milliseconds>(noon).count());
    icu::UnicodeString words;
    (language == Language::ar ? impl_->ar : impl_->en).format(at, words);
    std::string utf8;
    return words.toUTF8String(utf8);
}

std::string time_of_day(std::chrono::minutes since_midnight) {
    const auto minutes = static_cast<int>(((since_midnight.count() % 1440) + 1440) % 1440);
    char text[8];
    std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    return text;
}

}  // namespace hudoor::assets
