/// Takes the rows of any kind of file, and its bounds: they hold while a file is read.
#pragma once

#include <cstdint>
#include <string>

#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

inline constexpr std::size_t max_row_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_fields = 1'000;
inline constexpr std::size_t max_rows = 1'000'000;

class SheetBuilder {
public:
    /// `file_bytes`: how large the file is; a list that is many times larger was made to fill the
    /// memory.
    SheetBuilder(std::string file, std::uint64_t file_bytes)
        : file_(std::move(file)), file_bytes_(file_bytes) {}

    void begin_row(int line);
    /// Throws Fault(bad_data) as file:line for a row that is too long or too wide.
    void add_field(std::string field);
    /// Empty fields up to this column, counted from 0: the next field is its.
    void move_to(std::size_t column);
    /// From now on a row is as wide as the widest before it: sheets leave out empty cells.
    void pad_rows() { pads_ = true; }
    /// Blank rows are dropped. Throws Fault(bad_data) for too many rows.
    void end_row();
    [[nodiscard]] bool within_row() const { return within_row_; }
    [[nodiscard]] int line_of_row() const { return row_.line; }
    [[nodiscard]] std::size_t fields() const { return row_.fields.size(); }

    [[nodiscard]] Rows finish() { return std::move(rows_); }
    [[noreturn]] void fail(int line, const std::string& why) const;

private:
    std::string file_;
    std::uint64_t file_bytes_;
    ListRow row_;
    std::size_t row_bytes_ = 0;
    bool within_row_ = false;
    bool pads_ = false;
    std::size_t widest_ = 0;
    Rows rows_;
};

}  // namespace hudoor::organiser
