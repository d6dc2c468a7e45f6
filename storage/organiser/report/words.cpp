#include "storage/organiser/report/words.hpp"

#include <array>
#include <cstdio>

#include "assets/dates.hpp"

namespace hudoor::organiser {

using namespace storage;

std::string ReportWords::pick(const Bilingual& name) const {
    const std::string& first = is_arabic() ? name.ar : name.en;
    return first.empty() ? (is_arabic() ? name.en : name.ar) : first;
}

std::string ReportWords::reason(Override reason) const {
    static constexpr std::array ids{
        "",          "over.speaker", "over.vip",   "over.forgot", "over.reprint",
        "over.late", "over.changed", "over.fault", "over.other"};
    const auto index = static_cast<std::size_t>(reason);
    return index == 0 || index >= ids.size() ? std::string() : text(ids[index]);
}

std::string ReportWords::incident(IncidentKind kind) const {
    return text("inc." + std::string(name_of(kind)));
}

std::string ReportWords::status(RegistrationStatus status) const {
    static constexpr std::array ids{"rep.confirmed", "rep.pending", "rep.cancelled", "rep.blocked"};
    return text(ids.at(static_cast<std::size_t>(status)));
}

std::string ReportWords::named(const NamedCount& count) const {
    return count.name == Bilingual() ? text("rep.not_stated") : pick(count.name);
}

std::string ReportWords::date(std::chrono::year_month_day date) const {
    return assets::full_date(date, language_);
}

std::string ReportWords::day(WallTime time) const {
    return assets::day_of_month(date_of(time), language_);
}

std::string ReportWords::time(WallTime time) const {
    return assets::time_of_day(to_local(time, timezone_).of_day);
}

std::chrono::year_month_day ReportWords::date_of(WallTime time) const {
    return to_local(time, timezone_).date;
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "0%";
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    char text[16];
    std::snprintf(text, sizeof text, share > 0 && share < 1 ? "%.1f%%" : "%.0f%%", share);
    return text;
}

std::string seconds(std::uint32_t ms) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", ms / 1'000.0);
    return text;
}

}  // namespace hudoor::organiser
