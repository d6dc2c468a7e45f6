/// How the report says numbers, times and names in one of its two languages.
#pragma once

#include <algorithm>
#include <string>

#include "assets/catalogue.hpp"
#include "storage/organiser/report/report.hpp"

namespace hudoor::organiser {

/// The catalogue must outlive it.
class ReportWords {
public:
    ReportWords(const assets::Catalogue& catalogue, assets::Language language, std::string timezone)
        : catalogue_(catalogue), language_(language), timezone_(std::move(timezone)) {}

    [[nodiscard]] bool is_arabic() const { return language_ == assets::Language::ar; }
    /// The same report, the other language.
    [[nodiscard]] ReportWords other() const {
        return {catalogue_, is_arabic() ? assets::Language::en : assets::Language::ar, timezone_};
    }

    [[nodiscard]] std::string text(std::string_view id,
                                   std::initializer_list<assets::Field> fields = {}) const {
        return catalogue_.text(id, language_, fields);
    }
    [[nodiscard]] std::string count(std::string_view id, std::uint32_t n) const {
        return catalogue_.count(id, n, language_);
    }
    /// The name in this language, else the other one.
    [[nodiscard]] std::string pick(const storage::Bilingual& name) const;
    [[nodiscard]] std::string reason(storage::Override reason) const;
    [[nodiscard]] std::string incident(IncidentKind kind) const;
    [[nodiscard]] std::string status(storage::RegistrationStatus status) const;
    /// Its name, else that it is not stated.
    [[nodiscard]] std::string named(const NamedCount& count) const;
    /// What `name` says of the facts of an incident, each once, in their order.
    template <typename Name>
    [[nodiscard]] std::string each(const Incident& incident, const Name& name) const {
        std::vector<std::string> all;
        for (const Moment& fact : incident.facts)
            if (std::string one = name(fact);
                !one.empty() && std::find(all.begin(), all.end(), one) == all.end())
                all.push_back(std::move(one));
        std::string text;
        for (const std::string& one : all)
            text += (text.empty() ? "" : is_arabic() ? "، " : ", ") + one;
        return text;
    }

    [[nodiscard]] std::string date(std::chrono::year_month_day date) const;  ///< "4 December 2026"
    [[nodiscard]] std::string day(WallTime time) const;                      ///< "4 December" there
    [[nodiscard]] std::string time(WallTime time) const;                     ///< "09:34" there
    [[nodiscard]] std::chrono::year_month_day date_of(WallTime time) const;  ///< there
    [[nodiscard]] const std::string& timezone() const { return timezone_; }

private:
    const assets::Catalogue& catalogue_;
    assets::Language language_;
    std::string timezone_;
};

/// "1,240"
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "88%", "0.5%" below one; nothing of nothing is "0%".
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);
/// "0.27"
[[nodiscard]] std::string seconds(std::uint32_t ms);

}  // namespace hudoor::organiser
