#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/names/folding.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/report/tables.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr double narrowest_column = 8;
constexpr double widest_column = 60;
constexpr double moment_width = 17;  // "2026-12-04 09:31", and Excel shows ##### where it is less
constexpr double filter_button_width = 3;
constexpr std::size_t most_rows = 1'048'575;  // of a sheet, below the header
constexpr std::size_t longest_sheet_name = 31;

lxw_datetime to_datetime(WallTime time, const std::string& timezone) {
    const LocalTime local = to_local(time, timezone);
    lxw_datetime value{};
    value.year = static_cast<int>(local.date.year());
    value.month = static_cast<int>(static_cast<unsigned>(local.date.month()));
    value.day = static_cast<int>(static_cast<unsigned>(local.date.day()));
    value.hour = static_cast<int>(local.of_day.count() / 60);
    value.min = static_cast<int>(local.of_day.count() % 60);
    value.sec = second_of(time);
    return value;
}

/// In signs.
double width_of(const TableCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell))
        return static_cast<double>(count_letters(*text));
    if (const auto* number = std::get_if<std::int64_t>(&cell))
        return static_cast<double>(std::to_string(*number).size());
    return std::holds_alternative<WallTime>(cell) ? moment_width : 10;
}

double width_of(const Table& table, std::size_t column) {
    double width = static_cast<double>(count_letters(table.columns[column])) + filter_button_width;
    for (const auto& row : table.rows) width = std::max(width, width_of(row[column]));
    return std::clamp(width + 1, narrowest_column, widest_column);
}

/// Excel allows 31 signs and none of these. A second sheet of one table has its number.
std::string sheet_name(const std::string& title, std::size_t part) {
    const std::string suffix = part == 0 ? std::string() : " " + std::to_string(part + 1);
    std::string name;
    for (const char sign : title)
        name += std::string_view("[]:*?/\\").find(sign) == std::string_view::npos ? sign : ' ';
    std::size_t signs = 0;
    std::size_t end = 0;
    for (; end < name.size(); ++end)
        if ((name[end] & 0xC0) != 0x80 && ++signs > longest_sheet_name - suffix.size()) break;
    return name.substr(0, end) + suffix;
}

/// At most as many bytes as the library's own files take: every cell once as it is written, and a
/// sheet's once more when the workbook is closed. Signs that XML writes longer take seven.
std::uint64_t room_for(const std::vector<Table>& tables) {
    constexpr std::uint64_t head = 10'000;
    constexpr std::uint64_t cell_without_text = 100;
    std::uint64_t bytes = 0;
    for (const Table& table : tables) {
        bytes += head + (table.rows.size() + 1) * table.columns.size() * cell_without_text;
        for (const auto& row : table.rows)
            for (const TableCell& cell : row)
                if (const auto* text = std::get_if<std::string>(&cell))
                    for (const char sign : *text)
                        bytes += sign >= '?' || sign == ' ' || (sign >= '0' && sign <= '9') ? 1 : 7;
    }
    return 2 * bytes;
}

/// The library does not look whether its own files could be written, and leaves out what could not:
/// the room is asked for before.
void require_room(const std::filesystem::path& folder, std::uint64_t bytes) {
    const auto file = folder / "room";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const int refused =
        descriptor < 0 ? errno : ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes));
    if (descriptor >= 0) ::close(descriptor);
    std::filesystem::remove(file);
    if (refused != 0)
        throw Fault(ExitCode::io, "There is no room for " + std::to_string(bytes) +
                                      " bytes, which a workbook needs while it is written: " +
                                      std::strerror(refused));
}

/// A workbook that is closed, or else leaves nothing.
class Workbook {
public:
    /// The library's own files lie beside it.
    explicit Workbook(const std::filesystem::path& file)
        : file_(file), folder_(file.parent_path().string()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        workbook_ = workbook_new_opt(file.c_str(), &options);
        if (workbook_ == nullptr)
            throw Fault(ExitCode::cannot_create, "Cannot create " + file.string());
        header_ = workbook_add_format(workbook_);
        format_set_bold(header_);
        format_set_bottom(header_, LXW_BORDER_THIN);
        moment_ = workbook_add_format(workbook_);
        format_set_num_format(moment_, "yyyy-mm-dd hh:mm");
        day_ = workbook_add_format(workbook_);
        format_set_num_format(day_, "yyyy-mm-dd");
        time_ = workbook_add_format(workbook_);
        format_set_num_format(time_, "hh:mm:ss");
        decimal_ = workbook_add_format(workbook_);
        format_set_num_format(decimal_, "0.00");
    }
    ~Workbook() {
        if (workbook_ != nullptr) workbook_close(workbook_);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    void add(const Table& table, const ReportWords& words) {
        for (std::size_t first = 0; first == 0 || first < table.rows.size(); first += most_rows)
            add(table, first, words);
    }

    void close() {
        const lxw_error error = workbook_close(std::exchange(workbook_, nullptr));
        if (error != LXW_NO_ERROR)
            throw Fault(ExitCode::io,
                        "Cannot write " + file_.string() + ": " + lxw_strerror(error));
    }

private:
    /// The rows from `first` on that one sheet can have.
    void add(const Table& table, std::size_t first, const ReportWords& words) {
        const std::string name = sheet_name(table.title, first / most_rows);
        lxw_worksheet* sheet = workbook_add_worksheet(workbook_, name.c_str());
        if (sheet == nullptr) throw Fault(ExitCode::cannot_create, "Cannot make the sheet " + name);
        const std::size_t rows = std::min(most_rows, table.rows.size() - first);
        if (words.is_arabic()) worksheet_right_to_left(sheet);
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(rows),
                             static_cast<lxw_col_t>(table.columns.size() - 1));
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet, column, column, width_of(table, i), nullptr);
            worksheet_write_string(sheet, 0, column, table.columns[i].c_str(), header_);
        }
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t column = 0; column < table.columns.size(); ++column)
                write(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(column),
                      table.rows[first + row][column], words.timezone());
    }

    /// Text as text: never read as a formula.
    void write(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const TableCell& cell,
               const std::string& timezone) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            if (!text->empty()) worksheet_write_string(sheet, row, column, text->c_str(), nullptr);
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            worksheet_write_number(sheet, row, column, static_cast<double>(*number), nullptr);
        } else if (const auto* decimal = std::get_if<double>(&cell)) {
            worksheet_write_number(sheet, row, column, *decimal, decimal_);
        } else if (const auto* at = std::get_if<WallTime>(&cell)) {
            write_moment(sheet, row, column, to_datetime(*at, timezone), moment_);
        } else if (const auto* day = std::get_if<DayOf>(&cell)) {
            lxw_datetime date = to_datetime(day->at, timezone);
            date.hour = date.min = 0;
            date.sec = 0;
            write_moment(sheet, row, column, date, day_);
        } else {
            lxw_datetime time = to_datetime(std::get<TimeOf>(cell).at, timezone);
            time.year = time.month = time.day = 0;  // a time alone
            write_moment(sheet, row, column, time, time_);
        }
    }
    static void write_moment(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                             lxw_datetime value, lxw_format* format) {
        worksheet_write_datetime(sheet, row, column, &value, format);
    }

    std::filesystem::path file_;
    std::string folder_;
    lxw_workbook* workbook_ = nullptr;
    lxw_format* header_ = nullptr;
    lxw_format* moment_ = nullptr;
    lxw_format* day_ = nullptr;
    lxw_format* time_ = nullptr;
    lxw_format* decimal_ = nullptr;
};

}  // namespace

void write_workbook(const std::vector<Table>& tables, const std::filesystem::path& file,
                    const ReportWords& words) {
    const TemporaryFolder folder(file.has_parent_path() ? file.parent_path()
                                                        : std::filesystem::path("."));
    require_room(folder.path(), room_for(tables));
    const std::filesystem::path draft = folder.path() / "book.xlsx";
    Workbook workbook(draft);
    for (const Table& table : tables) workbook.add(table, words);
    workbook.close();
    write_file(file, read_file(draft, std::uint64_t{1} << 31), private_mode);
}

}  // namespace hudoor::organiser
