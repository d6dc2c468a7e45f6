#include "storage/organiser/sheets/sheet_builder.hpp"

#include <algorithm>

#include "config/fault.hpp"

namespace hudoor::organiser {

namespace {

/// No list of people says so much in so small a file.
constexpr std::uint64_t much = std::uint64_t{24} << 20;
constexpr std::uint64_t times_the_file = 64;

}  // namespace

void SheetBuilder::fail(int line, const std::string& why) const {
    throw Fault(ExitCode::bad_data, file_ + ":" + std::to_string(line) + ": " + why);
}

void SheetBuilder::begin_row(int line) {
    row_.line = line;
    row_.fields.clear();
    row_bytes_ = 0;
    within_row_ = true;
}

void SheetBuilder::add_field(std::string field) {
    if (row_.fields.size() >= max_fields) fail(row_.line, "this row has more than 1,000 fields");
    row_bytes_ += field.size();
    if (row_bytes_ > max_row_bytes)
        fail(row_.line, "this row is longer than 1 MiB; is a quote in it never closed?");
    row_.fields.push_back(std::move(field));
}

void SheetBuilder::move_to(std::size_t column) {
    if (column >= max_fields) fail(row_.line, "this row has more than 1,000 fields");
    if (row_.fields.size() < column) row_.fields.resize(column);
}

void SheetBuilder::end_row() {
    within_row_ = false;
    if (is_blank(row_)) return;
    widest_ = std::max(widest_, row_.fields.size());
    if (pads_) row_.fields.resize(widest_);
    if (rows_.size() >= max_rows) fail(row_.line, "more than 1,000,000 rows in one file");
    rows_.add(row_);
    if (rows_.bytes() > much && rows_.bytes() / times_the_file > file_bytes_)
        fail(row_.line, "this list is far larger than its file: it was made to fill the memory");
}

}  // namespace hudoor::organiser
