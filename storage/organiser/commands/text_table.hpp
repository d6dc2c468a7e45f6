/// A table for a terminal: columns as wide as their widest cell, in the signs a terminal shows.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace hudoor::organiser {

class TextTable {
public:
    explicit TextTable(std::vector<std::string> header);

    /// One cell a column; the last may be of any length, and is not padded.
    void add(std::vector<std::string> cells);

    friend std::ostream& operator<<(std::ostream& out, const TextTable& table);

private:
    std::vector<std::vector<std::string>> rows_;  ///< the header first
    std::vector<int> widths_;
};

/// Columns of a terminal that UTF-8 text takes: marks and format characters none, East Asian wide
/// signs two.
[[nodiscard]] int terminal_width(std::string_view text);

}  // namespace hudoor::organiser
