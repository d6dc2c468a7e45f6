/// How many people come to the doors in which minute of a morning.
#pragma once

#include <filesystem>
#include <vector>

#include "storage/organiser/rehearse/lots.hpp"

namespace hudoor::organiser {

/// Minutes count from when the doors open; before it they are negative.
class ArrivalCurve {
public:
    /// So many people, spread evenly from one minute to another.
    struct Part {
        double from = 0;
        double to = 0;
        double people = 0;
    };

    explicit ArrivalCurve(std::vector<Part> parts);

    [[nodiscard]] std::size_t people() const { return people_; }
    /// When one of them comes, in seconds.
    [[nodiscard]] double draw(Lots& lots) const;

private:
    std::vector<Part> parts_;
    double sum_ = 0;
    std::size_t people_ = 0;
};

/// A CSV file with the columns minute and people, minutes rising: a row's people come from its
/// minute on until the next row's, those of the last row for as long as those of the one before.
/// Throws Fault: no_input; bad_data as file:line.
[[nodiscard]] ArrivalCurve read_arrivals(const std::filesystem::path& file);

/// As at a ceremony whose doors open so many minutes before it: some are there before the doors,
/// most come in the last half of the time, a few are late.
[[nodiscard]] ArrivalCurve usual_arrivals(std::size_t people, std::chrono::minutes doors);

}  // namespace hudoor::organiser
