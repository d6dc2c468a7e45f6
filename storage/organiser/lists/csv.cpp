#include "storage/organiser/lists/csv.hpp"

#include <csv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "config/fault.hpp"
#include "storage/base/files.hpp"

namespace hudoor::organiser {
namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{256} << 20;
constexpr std::size_t max_row_bytes = 1 << 20;
constexpr std::size_t max_fields = 1'000;
constexpr std::size_t max_rows = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Where the quoted field begins that is the last of `text` to begin; nothing where a field without
/// quotes stands in its stead.
std::optional<std::size_t> find_last_quote(std::string_view text, char delimiter) {
    std::optional<std::size_t> quote;
    bool within = false;
    bool at_start = true;  // of a field, or behind blanks at it
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char sign = text[i];
        if (within) {
            within = sign != '"';
        } else if (sign == '"') {
            if (!quote && !at_start) return std::nullopt;
            if (at_start) quote = i;  // else it is doubled, or the fault
            within = true;
        } else if (sign == delimiter || sign == '\n' || sign == '\r') {
            quote.reset();
        }
        at_start = !within && (sign == delimiter || sign == '\n' || sign == '\r' ||
                               (at_start && (sign == ' ' || sign == '\t')));
    }
    return quote;
}

/// libcsv fed one line at a time, so that every row knows where it begins.
class CsvReader {
public:
    CsvReader(std::string file, char delimiter) : file_(std::move(file)), delimiter_(delimiter) {
        ENSURE(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) == 0);
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    }
    ~CsvReader() { csv_free(&parser_); }
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    /// Lines of one text, one behind the other.
    void read_line(std::string_view line) {
        ++line_;
        const bool blank = line.find_first_not_of("\r\n") == std::string_view::npos;
        if (blank && !within_row_) return;
        if (!within_row_) begin_row();
        if (row_.line == line_) text_ = line.substr(0, 0);
        text_ = {text_.data(), static_cast<std::size_t>(line.data() + line.size() - text_.data())};
        if ((row_bytes_ += line.size()) > max_row_bytes)
            fail_row("this row is longer than 1 MiB; is a quote in it never closed?");
        const auto parsed =
            csv_parse(&parser_, line.data(), line.size(), take_field, take_row, this);
        if (parsed != line.size()) fail_parsing(line.substr(parsed));
        if (rows_.size() > max_rows) fail("more than 1,000,000 rows in one file");
        if (too_wide_) fail_row("this row has more than 1,000 fields");
    }

    std::vector<CsvRow> finish() {
        if (csv_fini(&parser_, take_field, take_row, this) != 0)
            fail_quote("the quote that begins here is never closed");
        if (too_wide_) fail_row("this row has more than 1,000 fields");
        return std::move(rows_);
    }

private:
    void begin_row() {
        row_ = {line_, {}};
        row_bytes_ = 0;
        within_row_ = true;
    }

    static void take_field(void* bytes, std::size_t size, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.too_wide_ = reader.too_wide_ || reader.row_.fields.size() >= max_fields;
        if (!reader.too_wide_)
            reader.row_.fields.emplace_back(static_cast<const char*>(bytes), size);
        reader.within_row_ = true;  // rows may be parted by a bare CR
    }
    static void take_row(int, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.rows_.push_back(std::move(reader.row_));
        reader.begin_row();
        reader.within_row_ = false;
    }

    [[noreturn]] void fail_parsing(std::string_view unread) {
        if (csv_error(&parser_) != CSV_EPARSE) fail(csv_strerror(csv_error(&parser_)));
        text_.remove_suffix(unread.size());
        if (row_.line < line_)
            fail_quote("the quote that begins here ends in the middle of a field at line " +
                       std::to_string(line_) + "; is one lost before it?");
        fail("a quote stands in the middle of a field; double it and quote the whole field");
    }
    /// Names the line and the column of the quote that began what is being read.
    [[noreturn]] void fail_quote(const std::string& why) {
        const auto quote = find_last_quote(text_, delimiter_);
        if (!quote) fail_row(why);
        const std::string_view before = text_.substr(0, *quote);
        line_ = row_.line + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
        const auto line_begin = before.rfind('\n') + 1;
        const auto column =
            std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_begin), before.end(),
                          [](char sign) { return (sign & 0xC0) != 0x80; });
        throw Fault(ExitCode::bad_data, file_ + ":" + std::to_string(line_) + ":" +
                                            std::to_string(column + 1) + ": " + why);
    }

    [[noreturn]] void fail_row(const std::string& why) {
        line_ = row_.line;
        fail(why);
    }
    [[noreturn]] void fail(const std::string& why) const {
        throw Fault(ExitCode::bad_data, file_ + ":" + std::to_string(line_) + ": " + why);
    }

    std::string file_;
    char delimiter_;
    std::string_view text_;  ///< of this row, as far as it was read
    csv_parser parser_{};
    CsvRow row_;
    std::vector<CsvRow> rows_;
    int line_ = 0;
    std::size_t row_bytes_ = 0;
    bool within_row_ = false;
    bool too_wide_ = false;
};

/// How many bytes the sign that begins here takes in UTF-8; 0 if none can.
std::size_t sign_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t length = byte(0) < 0x80                       ? 1U
                               : byte(0) >= 0xC2 && byte(0) <= 0xDF ? 2U
                               : byte(0) >= 0xE0 && byte(0) <= 0xEF ? 3U
                               : byte(0) >= 0xF0 && byte(0) <= 0xF4 ? 4U
                                                                    : 0U;
    if (length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    return length;
}

/// Also with some damage, which is refused where it stands: text in another encoding is hardly ever
/// UTF-8 by chance.
bool is_utf8(std::string_view text) {
    std::size_t signs = 0;
    std::size_t damage = 0;
    while (!text.empty()) {
        const std::size_t length = sign_length(text);
        signs += length > 1 ? 1U : 0U;
        damage += length == 0 ? 1U : 0U;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return signs >= damage;
}

std::string from_encoding(std::string_view bytes, const char* encoding) {
    const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding);
    std::string utf8;
    return text.toUTF8String(utf8);
}

/// Half of what is no mark is zero where Latin text stands in UTF-16.
bool looks_like_utf16(std::string_view text, std::size_t zero_at) {
    const std::size_t looked_at = std::min<std::size_t>(text.size(), 64) / 2 * 2;
    std::size_t zeros = 0;
    for (std::size_t i = zero_at; i < looked_at; i += 2) zeros += text[i] == '\0' ? 1U : 0U;
    return looked_at >= 8 && zeros * 4 >= looked_at;
}

/// The text as UTF-8 and what it was.
std::pair<std::string, std::string> decode(std::string_view bytes, const std::string& file) {
    for (const std::string_view begin : {"PK\3\4", "\xD0\xCF\x11\xE0", "%PDF", "\x1F\x8B"})
        if (bytes.starts_with(begin))
            throw Fault(
                ExitCode::bad_data,
                file +
                    ": this is a workbook, an archive or a document, not CSV; save the list as CSV");
    if (bytes.starts_with(byte_order_mark))
        return {std::string(bytes.substr(byte_order_mark.size())), "UTF-8"};
    if (bytes.starts_with("\xFF\xFE"))
        return {from_encoding(bytes.substr(2), "UTF-16LE"), "UTF-16LE"};
    if (bytes.starts_with("\xFE\xFF"))
        return {from_encoding(bytes.substr(2), "UTF-16BE"), "UTF-16BE"};
    if (looks_like_utf16(bytes, 1)) return {from_encoding(bytes, "UTF-16LE"), "UTF-16LE"};
    if (looks_like_utf16(bytes, 0)) return {from_encoding(bytes, "UTF-16BE"), "UTF-16BE"};
    if (is_utf8(bytes)) return {std::string(bytes), "UTF-8"};
    return {from_encoding(bytes, "windows-1256"), "windows-1256"};
}

/// Outside quotes of the header.
char find_delimiter(std::string_view text) {
    const std::string_view header = text.substr(0, text.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char delimiter : {',', ';', '\t'}) {
        bool quoted = false;
        std::ptrdiff_t count = 0;
        for (const char sign : header) {
            quoted = quoted != (sign == '"');
            count += !quoted && sign == delimiter ? 1 : 0;
        }
        if (count > most) best = delimiter;
        most = std::max(most, count);
    }
    return best;
}

}  // namespace

CsvFile open_csv(const std::filesystem::path& file) {
    const storage::Bytes bytes = storage::read_file(file, max_bytes);
    const auto [text, encoding] = decode(storage::as_text(bytes), file.string());
    CsvFile list{encoding, find_delimiter(text), {}};
    std::string_view rest = text;
    CsvReader reader(file.string(), list.delimiter);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        reader.read_line(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    list.rows = reader.finish();
    return list;
}

}  // namespace hudoor::organiser
