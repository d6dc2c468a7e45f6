#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>

#include "config/fault.hpp"
#include "storage/organiser/sheets/sheet_builder.hpp"
#include "storage/organiser/sheets/workbook.hpp"

namespace hudoor::organiser {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t max_shared_bytes = std::size_t{64} << 20;
constexpr std::size_t max_shared = 4'000'000;
constexpr int max_sheet_rows = 1'048'576;
constexpr std::size_t max_styles = 65'536;

/// The texts that cells name by number, in one piece of memory.
class SharedTexts {
public:
    void read(const Archive& archive) {
        bool in_text = false;
        int phonetic = 0;  // how a name is read, beside it
        archive.read_xml(
            "xl/sharedStrings.xml",
            {.start =
                 [&](std::string_view name, const Attributes&) {
                     if (name == "rPh") ++phonetic;
                     in_text = name == "t" && phonetic == 0;
                 },
             .end =
                 [&](std::string_view name) {
                     in_text = false;
                     if (name == "rPh") --phonetic;
                     if (name == "si") ends_.push_back(texts_.size());
                     if (ends_.size() > max_shared)
                         archive.fail("this workbook has more than 4,000,000 texts");
                 },
             .text =
                 [&](std::string_view text) {
                     if (!in_text) return;
                     texts_ += text;
                     if (texts_.size() > max_shared_bytes)
                         archive.fail("the texts of this workbook take more than 64 MiB");
                 }});
    }
    [[nodiscard]] std::optional<std::string_view> find(std::size_t number) const {
        if (number >= ends_.size()) return std::nullopt;
        const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
        return std::string_view(texts_).substr(begin, ends_[number] - begin);
    }

private:
    std::string texts_;
    std::vector<std::size_t> ends_;
};

/// How a number is shown, as far as it changes what it says.
struct Format {
    bool date = false;
    std::size_t digits = 0;  ///< "00000": so many at least
};

/// By the letters outside of quotes and brackets.
Format format_of(std::string_view code) {
    Format format;
    bool zeros = !code.empty();
    char quoted = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char sign = code[i];
        zeros = zeros && sign == '0';
        if (quoted != 0) {
            if (sign == quoted) quoted = 0;
        } else if (sign == '"') {
            quoted = '"';
        } else if (sign == '[') {
            quoted = ']';
        } else if (sign == '\\' || sign == '_' || sign == '*') {
            ++i;
        } else if (sign == ';') {
            break;
        } else if (std::string_view("ymdhsYMDHS").find(sign) != std::string_view::npos) {
            format.date = true;
        }
    }
    if (zeros) format.digits = code.size();
    return format;
}

bool is_builtin_date(int id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

int number_in(std::string_view text, int otherwise = 0) {
    int number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::vector<Format> read_styles(const Archive& archive) {
    std::vector<Format> styles;
    if (!archive.has("xl/styles.xml")) return styles;
    std::map<int, Format> own;
    bool cells = false;
    archive.read_xml("xl/styles.xml",
                     {.start =
                          [&](std::string_view name, const Attributes& all) {
                              if (name == "cellXfs") cells = true;
                              const int id = number_in(attribute(all, "numFmtId"));
                              if (name == "numFmt" && own.size() < max_styles)
                                  own[id] = format_of(attribute(all, "formatCode"));
                              if (name != "xf" || !cells || styles.size() >= max_styles) return;
                              const auto found = own.find(id);
                              styles.push_back(found != own.end() ? found->second
                                                                  : Format{is_builtin_date(id), 0});
                          },
                      .end =
                          [&](std::string_view name) {
                              if (name == "cellXfs") cells = false;
                          },
                      .text = [](std::string_view) {}});
    return styles;
}

struct SheetPart {
    std::string name;
    std::string id;
};

struct Contents {
    std::vector<SheetPart> sheets;
    bool from_1904 = false;
};

Contents read_contents(const Archive& archive) {
    Contents contents;
    archive.read_xml("xl/workbook.xml",
                     {.start =
                          [&](std::string_view name, const Attributes& all) {
                              const std::string_view yes = attribute(all, "date1904");
                              if (name == "workbookPr")
                                  contents.from_1904 = yes == "1" || yes == "true";
                              if (name == "sheet" && contents.sheets.size() < 1'000)
                                  contents.sheets.push_back({std::string(attribute(all, "name")),
                                                             std::string(attribute(all, "id"))});
                          },
                      .end = [](std::string_view) {},
                      .text = [](std::string_view) {}});
    if (contents.sheets.empty()) archive.fail("this workbook has no sheet");
    return contents;
}

/// Where the sheet with this id lies in the archive.
std::string find_part(const Archive& archive, const std::string& id) {
    std::string part;
    archive.read_xml("xl/_rels/workbook.xml.rels",
                     {.start =
                          [&](std::string_view, const Attributes& all) {
                              if (attribute(all, "Id") == id) part = attribute(all, "Target");
                          },
                      .end = [](std::string_view) {},
                      .text = [](std::string_view) {}});
    if (part.empty()) archive.fail("this workbook does not say where its sheet is; save it again");
    return part.starts_with('/') ? part.substr(1) : "xl/" + part;
}

/// "BC12" is column 54; nothing if it says none.
std::optional<std::size_t> column_in(std::string_view cell) {
    std::size_t column = 0;
    for (const char sign : cell) {
        if (sign < 'A' || sign > 'Z' || column > max_fields * 26) break;
        column = column * 26 + static_cast<std::size_t>(sign - 'A' + 1);
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

std::string written(double number) {
    std::array<char, 64> text{};
    // What a double cannot hold to its last digit is told as what it is.
    const bool whole = std::floor(number) == number && std::abs(number) < 9e15;
    std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.15G", number);
    return text.data();
}

/// Days since the end of 1899 (with the 29 February 1900 that there was not) or since 1904.
std::string date_of(double serial, bool from_1904) {
    const auto whole = std::floor(serial);
    if (whole < 0 || whole > 2'958'465) return written(serial);
    const auto count = days(static_cast<int>(whole) + (!from_1904 && whole < 60 ? 1 : 0));
    const sys_days zero = from_1904 ? sys_days(std::chrono::year(1904) / 1 / 1)
                                    : sys_days(std::chrono::year(1899) / 12 / 30);
    const std::chrono::year_month_day date(zero + count);
    const int minutes = static_cast<int>(std::lround((serial - whole) * 24 * 60));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    std::string told = whole == 0 && !from_1904 ? std::string() : std::string(text.data());
    if (minutes == 0 && !told.empty()) return told;
    std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60 % 24, minutes % 60);
    return told.empty() ? text.data() : told + " " + text.data();
}

class SheetReader {
public:
    SheetReader(const Archive& archive, const std::string& file, bool from_1904)
        : archive_(archive),
          builder_(file, archive.file_bytes()),
          styles_(read_styles(archive)),
          from_1904_(from_1904) {
        builder_.pad_rows();
        if (archive.has("xl/sharedStrings.xml")) texts_.read(archive);
    }

    Rows read(const std::string& part) {
        archive_.read_xml(
            part, {.start = [&](std::string_view name, const Attributes& all) { start(name, all); },
                   .end = [&](std::string_view name) { end(name); },
                   .text =
                       [&](std::string_view text) {
                           if (!takes_text_) return;
                           value_ += text;
                           if (value_.size() > max_row_bytes)
                               builder_.fail(row_, "this row is longer than 1 MiB");
                       }});
        return builder_.finish();
    }

private:
    void start(std::string_view name, const Attributes& all) {
        if (name == "row") {
            row_ = number_in(attribute(all, "r"), row_ + 1);
            if (row_ > max_sheet_rows || ++rows_ > max_sheet_rows)
                builder_.fail(row_, "more rows than a sheet can have");
            builder_.begin_row(row_);
            return;
        }
        if (name == "c") {
            column_ = column_in(attribute(all, "r")).value_or(column_ + 1);
            type_ = attribute(all, "t");
            style_ = static_cast<std::size_t>(number_in(attribute(all, "s")));
            value_.clear();
        }
        if (name == "rPh") ++phonetic_;
        takes_text_ = name == "v" || (name == "t" && phonetic_ == 0);
    }

    void end(std::string_view name) {
        takes_text_ = false;
        if (name == "rPh") --phonetic_;
        if (name == "c" && builder_.within_row()) end_cell();
        if (name != "row") return;
        column_ = none;
        builder_.end_row();
    }

    void end_cell() {
        std::string text = shown();
        if (text.empty()) return;
        builder_.move_to(column_);
        if (builder_.fields() > column_) builder_.fail(row_, "two cells stand in one place");
        builder_.add_field(std::move(text));
    }

    [[nodiscard]] std::string shown() const {
        if (type_ == "s") {
            const auto text = texts_.find(static_cast<std::size_t>(number_in(value_, -1)));
            return std::string(text.value_or(std::string_view()));
        }
        if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
        if (!type_.empty() && type_ != "n") return value_;
        return shown_number();
    }

    [[nodiscard]] std::string shown_number() const {
        double number = 0;
        const auto [end, error] =
            std::from_chars(value_.data(), value_.data() + value_.size(), number);
        if (error != std::errc() || end != value_.data() + value_.size()) return value_;
        const Format format = style_ < styles_.size() ? styles_[style_] : Format{};
        if (format.date) return date_of(number, from_1904_);
        std::string text = written(number);
        if (text.size() < format.digits && text.front() != '-')
            text.insert(0, format.digits - text.size(), '0');
        return text;
    }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    const Archive& archive_;
    SheetBuilder builder_;
    std::vector<Format> styles_;
    SharedTexts texts_;
    bool from_1904_;
    int row_ = 0;
    int rows_ = 0;
    std::size_t column_ = none;  ///< the next is one more: 0
    std::string type_;
    std::size_t style_ = 0;
    std::string value_;
    int phonetic_ = 0;
    bool takes_text_ = false;
};

}  // namespace

Workbook read_xlsx(const Archive& archive, const std::string& file, const std::string& sheet) {
    const Contents contents = read_contents(archive);
    Workbook workbook;
    for (const SheetPart& one : contents.sheets) workbook.sheets.push_back(one.name);
    const SheetPart& wanted = contents.sheets[find_sheet(workbook.sheets, sheet, file)];
    workbook.sheet = wanted.name;
    SheetReader reader(archive, file, contents.from_1904);
    workbook.rows = reader.read(find_part(archive, wanted.id));
    return workbook;
}

}  // namespace hudoor::organiser
