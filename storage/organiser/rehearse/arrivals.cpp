#include "storage/organiser/rehearse/arrivals.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include "config/fault.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/sheets/csv.hpp"

namespace hudoor::organiser {

namespace {

constexpr double most_minutes = 24 * 60;
constexpr double most_people = 1'000'000;

[[noreturn]] void refuse(const std::filesystem::path& file, int line, const std::string& why) {
    throw Fault(ExitCode::bad_data, file.string() + ":" + std::to_string(line) + ": " + why);
}

double read_number(const std::filesystem::path& file, const ListRow& row, std::size_t column,
                   const char* name, double least, double most) {
    const auto clean = clean_text(column < row.fields.size() ? row.fields[column] : "");
    const std::string text = clean ? clean->text : std::string();
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value) || value < least ||
        value > most)
        refuse(file, row.line,
               std::string(name) + " " + quote(text) + " must be a number from " +
                   std::to_string(std::llround(least)) + " to " +
                   std::to_string(std::llround(most)));
    return value;
}

std::size_t find_column(const std::filesystem::path& file, const ListRow& header,
                        const std::string& name) {
    for (std::size_t i = 0; i < header.fields.size(); ++i)
        if (const auto clean = clean_text(header.fields[i]);
            clean && lower_case(clean->text) == name)
            return i;
    refuse(file, header.line, "there is no column " + name + "; the first line is minute,people");
}

}  // namespace

ArrivalCurve::ArrivalCurve(std::vector<Part> parts) : parts_(std::move(parts)) {
    for (const Part& part : parts_) sum_ += part.people;
    people_ = static_cast<std::size_t>(std::llround(sum_));
}

double ArrivalCurve::draw(Lots& lots) const {
    double left = lots.draw_share() * sum_;
    for (const Part& part : parts_) {
        if (left < part.people)
            return 60 * (part.from + (part.to - part.from) * left / part.people);
        left -= part.people;
    }
    return 60 * parts_.back().to;
}

ArrivalCurve read_arrivals(const std::filesystem::path& file) {
    const auto rows = open_csv(file).rows;
    if (rows.empty())
        throw Fault(ExitCode::bad_data, file.string() + " is empty; write minute,people and rows");
    const std::size_t minute = find_column(file, rows.front(), "minute");
    const std::size_t people = find_column(file, rows.front(), "people");
    std::vector<ArrivalCurve::Part> parts;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const ListRow row = rows[i];
        const double from = read_number(file, row, minute, "minute", -most_minutes, most_minutes);
        if (!parts.empty() && from <= parts.back().from)
            refuse(file, row.line, "minutes must rise from row to row");
        if (!parts.empty()) parts.back().to = from;
        const double width =
            parts.empty() ? 1 : parts.back().to - parts.back().from;  // until the next row says
        parts.push_back(
            {from, from + width, read_number(file, row, people, "people", 0, most_people)});
    }
    const ArrivalCurve curve(std::move(parts));
    if (curve.people() == 0) throw Fault(ExitCode::bad_data, file.string() + ": nobody comes");
    if (static_cast<double>(curve.people()) > most_people)
        throw Fault(ExitCode::bad_data, file.string() + ": more than 1,000,000 people");
    return curve;
}

ArrivalCurve usual_arrivals(std::size_t people, std::chrono::minutes doors) {
    // Shares of those who come, over the time that doors are open: 1 is the start.
    struct Share {
        double from, to, of_a_hundred;
    };
    constexpr Share shares[] = {{-0.25, 0, 8},   {0, 0.25, 14}, {0.25, 0.5, 20},
                                {0.5, 0.75, 26}, {0.75, 1, 22}, {1, 1.5, 10}};
    const double open = std::max(1.0, static_cast<double>(doors.count()));
    std::vector<ArrivalCurve::Part> parts;
    for (const Share& share : shares)
        parts.push_back({share.from * open, share.to * open,
                         static_cast<double>(people) * share.of_a_hundred / 100});
    return ArrivalCurve(std::move(parts));
}

}  // namespace hudoor::organiser
