#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/report/tables.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr double widest_column = 48;
constexpr std::size_t longest_sheet_name = 31;

lxw_datetime to_datetime(WallTime time, const std::string& timezone) {
    const LocalTime local = to_local(time, timezone);
    lxw_datetime value{};
    value.year = static_cast<int>(local.date.year());
    value.month = static_cast<int>(static_cast<unsigned>(local.date.month()));
    value.day = static_cast<int>(static_cast<unsigned>(local.date.day()));
    value.hour = static_cast<int>(local.of_day.count() / 60);
    value.min = static_cast<int>(local.of_day.count() % 60);
    return value;
}

/// Excel allows 31 signs and none of these.
std::string sheet_name(const std::string& title) {
    std::string name;
    for (const char sign : title)
        name += std::string_view("[]:*?/\\").find(sign) == std::string_view::npos ? sign : ' ';
    std::size_t signs = 0;
    std::size_t end = 0;
    for (; end < name.size(); ++end)
        if ((name[end] & 0xC0) != 0x80 && ++signs > longest_sheet_name) break;
    return name.substr(0, end);
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
        decimal_ = workbook_add_format(workbook_);
        format_set_num_format(decimal_, "0.00");
    }
    ~Workbook() {
        if (workbook_ != nullptr) workbook_close(workbook_);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    void add(const Table& table, const ReportWords& words) {
        lxw_worksheet* sheet = workbook_add_worksheet(workbook_, sheet_name(table.title).c_str());
        if (sheet == nullptr)
            throw Fault(ExitCode::cannot_create, "Cannot make the sheet " + table.title);
        if (words.is_arabic()) worksheet_right_to_left(sheet);
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(table.columns.size() - 1), 18,
                             nullptr);
        worksheet_set_column(sheet, 0, 0, std::min(widest_column, 28.0), nullptr);
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(column),
                                   table.columns[column].c_str(), header_);
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t column = 0; column < table.rows[row].size(); ++column)
                write(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(column),
                      table.rows[row][column], words.timezone());
    }

    void close() {
        const lxw_error error = workbook_close(std::exchange(workbook_, nullptr));
        if (error != LXW_NO_ERROR)
            throw Fault(ExitCode::io,
                        "Cannot write " + file_.string() + ": " + lxw_strerror(error));
    }

private:
    /// Text as text: never read as a formula.
    void write(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const TableCell& cell,
               const std::string& timezone) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            worksheet_write_string(sheet, row, column, text->c_str(), nullptr);
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            worksheet_write_number(sheet, row, column, static_cast<double>(*number), nullptr);
        } else if (const auto* decimal = std::get_if<double>(&cell)) {
            worksheet_write_number(sheet, row, column, *decimal, decimal_);
        } else {
            lxw_datetime moment = to_datetime(std::get<WallTime>(cell), timezone);
            worksheet_write_datetime(sheet, row, column, &moment, moment_);
        }
    }

    std::filesystem::path file_;
    std::string folder_;
    lxw_workbook* workbook_ = nullptr;
    lxw_format* header_ = nullptr;
    lxw_format* moment_ = nullptr;
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
