#include "storage/organiser/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <string_view>

#include "config/fault.hpp"
#include "storage/files.hpp"

namespace hudoor::organiser {
namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{256} << 20;
constexpr std::size_t max_line_bytes = 1 << 20;
constexpr std::size_t max_rows = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// libcsv fed one line at a time, so that every row knows where it begins.
class CsvReader {
public:
    explicit CsvReader(std::string file) : file_(std::move(file)) {
        ENSURE(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) == 0);
    }
    ~CsvReader() { csv_free(&parser_); }
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    void read_line(std::string_view line) {
        ++line_;
        const bool blank = line.find_first_not_of("\r\n") == std::string_view::npos;
        if (blank && !within_row_) return;
        if (!within_row_) begin_row();
        if (line.size() > max_line_bytes) fail("this line is longer than 1 MiB");
        if (csv_parse(&parser_, line.data(), line.size(), take_field, take_row, this) != line.size())
            fail(parse_error());
    }

    std::vector<CsvRow> finish() {
        if (csv_fini(&parser_, take_field, take_row, this) != 0) {
            line_ = row_.line;
            fail("a quote that begins in this row is never closed");
        }
        return std::move(rows_);
    }

private:
    void begin_row() {
        row_ = {line_, {}};
        within_row_ = true;
    }

    static void take_field(void* bytes, std::size_t size, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.row_.fields.emplace_back(static_cast<const char*>(bytes), size);
        reader.within_row_ = true;  // rows may be parted by a bare CR
    }
    static void take_row(int, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.rows_.push_back(std::move(reader.row_));
        reader.begin_row();
        reader.within_row_ = false;
    }

    std::string parse_error() {
        if (csv_error(&parser_) == CSV_EPARSE)
            return "a quote stands in the middle of a field; double it and quote the whole field";
        return csv_strerror(csv_error(&parser_));
    }

    [[noreturn]] void fail(const std::string& why) const {
        throw Fault(ExitCode::bad_data, file_ + ":" + std::to_string(line_) + ": " + why);
    }

    std::string file_;
    csv_parser parser_{};
    CsvRow row_;
    std::vector<CsvRow> rows_;
    int line_ = 0;
    bool within_row_ = false;
};

}  // namespace

std::vector<CsvRow> read_csv(const std::filesystem::path& file) {
    const storage::Bytes bytes = storage::read_file(file, max_bytes);
    std::string_view rest = storage::as_text(bytes);
    if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
    CsvReader reader(file.string());
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        reader.read_line(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    auto rows = reader.finish();
    if (rows.size() > max_rows)
        throw Fault(ExitCode::bad_data, file.string() + ": more than 1,000,000 rows in one file");
    return rows;
}

}  // namespace hudoor::organiser
