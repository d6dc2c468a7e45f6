/// What the benchmarks share: quantiles, CPU time of a thread, Markdown tables.
#pragma once

#include <ctime>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace hudoor::bench {

/// Nearest rank; 0 for no values. `share` 0.5 is the median, 1 the largest.
[[nodiscard]] inline double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto index = std::min(values.size(), std::max<std::size_t>(rank, 1)) - 1;
    const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(values.begin(), wanted, values.end());
    return *wanted;
}

[[nodiscard]] inline double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// CPU time the calling thread has used.
[[nodiscard]] inline std::chrono::nanoseconds thread_cpu_time() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

[[nodiscard]] inline std::string format(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// Prints as a Markdown table.
class Table {
public:
    explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    void print() const {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            for (const auto& cell : rows_[i]) std::printf("| %s ", cell.c_str());
            std::puts("|");
            if (i > 0) continue;
            for (std::size_t column = 0; column < rows_[0].size(); ++column) std::printf("|---");
            std::puts("|");
        }
        std::puts("");
    }

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace hudoor::bench
