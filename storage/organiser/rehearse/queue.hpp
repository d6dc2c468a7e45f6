/// One line of people before several kiosks: first come, first served, by whichever kiosk is free
/// first. Times in seconds from when the doors open.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace hudoor::organiser {

/// One person's turn.
struct Turn {
    double arrives = 0;
    double begins = 0;        ///< stands before a kiosk
    std::uint32_t kiosk = 0;  ///< which of them

    /// Before the doors open nobody waits for a kiosk.
    [[nodiscard]] double wait(double opens) const {
        return begins - (arrives > opens ? arrives : opens);
    }
};

/// `arrivals` rise. `take` is how long the person of this number takes. At least one kiosk; from
/// `opens` on they serve.
[[nodiscard]] std::vector<Turn> serve(const std::vector<double>& arrivals, std::uint32_t kiosks,
                                      double opens, const std::function<double(std::size_t)>& take);

/// How many stand in line, those before a kiosk left out, at the worst moment.
struct LongestLine {
    std::uint32_t people = 0;
    double at = 0;
};
[[nodiscard]] LongestLine longest_line(const std::vector<Turn>& turns);

}  // namespace hudoor::organiser
