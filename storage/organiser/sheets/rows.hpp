/// The rows of a list as they were read, kept so small that empty fields cost nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hudoor::organiser {

/// Fields are UTF-8 as they stand in the file, not yet looked at.
struct ListRow {
    int line = 0;  ///< of the file, from 1, where the row begins
    std::vector<std::string> fields;
};

class Rows {
public:
    Rows() = default;
    Rows(std::initializer_list<ListRow> rows);

    void add(const ListRow& row);
    [[nodiscard]] ListRow operator[](std::size_t at) const;
    [[nodiscard]] ListRow front() const { return (*this)[0]; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// What their text takes in memory.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    struct Packed {
        int line = 0;
        std::uint32_t width = 0;  ///< how many fields, empty ones too
        std::string cells;        ///< of those not empty: column, length, bytes
    };
    std::vector<Packed> rows_;
    std::uint64_t bytes_ = 0;
};

/// Whether nothing in it can be seen.
[[nodiscard]] bool is_blank(const std::string& field);
[[nodiscard]] bool is_blank(const ListRow& row);

}  // namespace hudoor::organiser
