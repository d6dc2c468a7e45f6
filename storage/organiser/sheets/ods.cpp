#include <algorithm>
#include <charconv>
#include <utility>

#include "storage/organiser/sheets/sheet_builder.hpp"
#include "storage/organiser/sheets/workbook.hpp"

namespace hudoor::organiser {

namespace {

constexpr int max_sheet_rows = 1'048'576;

int repeated(const Attributes& all, std::string_view name) {
    const std::string_view text = attribute(all, name);
    int times = 1;
    std::from_chars(text.data(), text.data() + text.size(), times);
    return times < 1 ? 1 : times;
}

/// Of the names alone, or of one sheet's rows.
class ContentReader {
public:
    ContentReader(const Archive& archive, const std::string& file)
        : builder_(file, archive.file_bytes()) {
        builder_.pad_rows();
    }

    std::vector<std::string> sheets;
    std::size_t wanted = 0;

    void start(std::string_view name, const Attributes& all) {
        if (name == "table") {
            reads_ = sheets.size() == wanted;
            if (sheets.size() < 1'000) sheets.emplace_back(attribute(all, "name"));
        }
        if (!reads_) return;
        if (name == "table-row") {
            times_ = repeated(all, "number-rows-repeated");
            cells_.clear();
            empty_ = 0;
        } else if (name == "table-cell" || name == "covered-table-cell") {
            start_cell(all);
        } else if (name == "annotation") {
            ++remarks_;
        } else if (name == "p" && in_cell_ && remarks_ == 0) {
            if (++paragraphs_ > 1) text_ += '\n';
            in_text_ = true;
        } else if (in_text_ && remarks_ == 0) {
            if (name == "s")
                text_.append(static_cast<std::size_t>(std::min(repeated(all, "c"), 1'000)), ' ');
            if (name == "tab") text_ += '\t';
            if (name == "line-break") text_ += '\n';
        }
    }

    void end(std::string_view name) {
        if (!reads_) return;
        if (name == "annotation") --remarks_;
        if (name == "p" && remarks_ == 0) in_text_ = false;
        if (name == "table-cell" || name == "covered-table-cell") end_cell();
        if (name == "table-row") end_row();
        if (name == "table") reads_ = false;
    }

    void text(std::string_view text) {
        if (!reads_ || !in_text_ || remarks_ > 0) return;
        text_ += text;
        if (text_.size() > max_row_bytes) builder_.fail(row_ + 1, "this row is longer than 1 MiB");
    }

    Rows finish() { return builder_.finish(); }

private:
    void start_cell(const Attributes& all) {
        in_cell_ = true;
        cell_times_ = repeated(all, "number-columns-repeated");
        paragraphs_ = 0;
        text_.clear();
        const std::string_view type = attribute(all, "value-type");
        value_.clear();
        if (type == "float" || type == "percentage" || type == "currency")
            value_ = attribute(all, "value");
        if (type == "date") value_ = date(attribute(all, "date-value"));
        if (type == "boolean")
            value_ = attribute(all, "boolean-value") == "true" ? "TRUE" : "FALSE";
    }

    /// "2026-12-09T14:00:00" as "2026-12-09 14:00", midnight as the day alone.
    static std::string date(std::string_view value) {
        std::string text(value.substr(0, 16));
        if (text.size() < 16) return std::string(value);
        if (text.ends_with("T00:00")) return text.substr(0, 10);
        text[10] = ' ';
        return text;
    }

    /// What the sheet shows, where it only adds zeros; else the number itself.
    [[nodiscard]] std::string shown() const {
        if (value_.empty()) return text_;
        const bool digits = text_.find_first_not_of("0123456789") == std::string::npos;
        return digits && text_.starts_with('0') && text_.size() > value_.size() ? text_ : value_;
    }

    void end_cell() {
        in_cell_ = false;
        const std::string cell = shown();
        if (cell.empty()) {
            empty_ += static_cast<std::size_t>(cell_times_);
            return;
        }
        const std::size_t times = static_cast<std::size_t>(cell_times_);
        if (cells_.size() + empty_ + times > max_fields || times * cell.size() > max_row_bytes)
            builder_.fail(row_ + 1, "this row has more than 1,000 fields, or is longer than 1 MiB");
        cells_.insert(cells_.end(), std::exchange(empty_, 0), std::string());
        cells_.insert(cells_.end(), times, cell);
    }

    void end_row() {
        if (times_ > max_sheet_rows - row_)
            builder_.fail(row_ + 1, "more rows than a sheet can have");
        for (int i = 0; i < times_ && !cells_.empty(); ++i) {
            builder_.begin_row(row_ + i + 1);
            for (const std::string& cell : cells_) builder_.add_field(cell);
            builder_.end_row();
        }
        row_ += times_;
    }

    SheetBuilder builder_;
    bool reads_ = false;
    bool in_cell_ = false;
    bool in_text_ = false;
    int remarks_ = 0;
    int paragraphs_ = 0;
    int row_ = 0;
    int times_ = 1;
    int cell_times_ = 1;
    std::vector<std::string> cells_;
    std::size_t empty_ = 0;  ///< cells since the last that is not
    std::string text_;
    std::string value_;
};

void read_content(const Archive& archive, ContentReader& reader) {
    archive.read_xml(
        "content.xml",
        {.start = [&](std::string_view name, const Attributes& all) { reader.start(name, all); },
         .end = [&](std::string_view name) { reader.end(name); },
         .text = [&](std::string_view text) { reader.text(text); }});
}

void refuse_locked(const Archive& archive) {
    if (!archive.has("META-INF/manifest.xml")) return;
    archive.read_xml(
        "META-INF/manifest.xml",
        {.start =
             [&](std::string_view name, const Attributes&) {
                 if (name == "encryption-data")
                     archive.fail("this workbook is locked by a password; save it without");
             },
         .end = [](std::string_view) {},
         .text = [](std::string_view) {}});
}

}  // namespace

Workbook read_ods(const Archive& archive, const std::string& file, const std::string& sheet) {
    refuse_locked(archive);
    Workbook workbook;
    std::size_t wanted = 0;
    if (!sheet.empty()) {  // its place must be known before its rows are read
        ContentReader names(archive, file);
        names.wanted = static_cast<std::size_t>(-1);
        read_content(archive, names);
        wanted = find_sheet(names.sheets, sheet, file);
    }
    ContentReader reader(archive, file);
    reader.wanted = wanted;
    read_content(archive, reader);
    if (reader.sheets.empty()) archive.fail("this is not a workbook with sheets");
    workbook.sheets = reader.sheets;
    workbook.sheet = reader.sheets.at(wanted);
    workbook.rows = reader.finish();
    return workbook;
}

}  // namespace hudoor::organiser
