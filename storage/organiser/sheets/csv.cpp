#include "storage/organiser/sheets/csv.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "config/fault.hpp"
#include "storage/organiser/sheets/sheet_builder.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::size_t looked_at = std::size_t{64} << 10;  ///< for the delimiter

/// How often a delimiter stands outside of quotes in each of the first lines.
std::map<std::size_t, std::size_t> count_in_lines(std::string_view text, char delimiter) {
    constexpr int most_lines = 15;
    std::map<std::size_t, std::size_t> lines;  // how many have so many
    std::size_t count = 0;
    bool quoted = false;
    int line = 0;
    for (const char sign : text) {
        quoted = quoted != (sign == '"');
        count += !quoted && sign == delimiter ? 1U : 0U;
        if (quoted || (sign != '\n' && sign != '\r')) continue;
        if (count > 0) ++lines[std::exchange(count, 0)];
        if (++line == most_lines) return lines;
    }
    if (count > 0) ++lines[count];
    return lines;
}

/// What most lines have most of: a title above the header has few, an address has commas.
char find_delimiter(std::string_view text) {
    char best = ',';
    std::size_t most = 0;
    for (const char delimiter : {',', ';', '\t'}) {
        const auto lines = count_in_lines(text, delimiter);
        if (lines.empty()) continue;
        const std::size_t score = lines.rbegin()->first * lines.rbegin()->second;
        if (score > most) best = delimiter;
        most = std::max(most, score);
    }
    return best;
}

/// Excel's own first line "sep=;", and how long it is.
std::optional<std::pair<char, std::size_t>> find_separator_line(std::string_view text) {
    std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    const std::size_t length = line.size();
    if (line.starts_with('"') && line.ends_with('"') && line.size() > 1)
        line = line.substr(1, line.size() - 2);
    const bool told = line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP="));
    return told ? std::optional(std::pair(line[4], length)) : std::nullopt;
}

/// Fed sign by sign, so that no more than one row is ever held besides the rows.
class CsvReader {
public:
    CsvReader(SheetBuilder& to, char delimiter, int line)
        : to_(to), delimiter_(delimiter), line_(line) {}

    void read(std::string_view text) {
        for (const char sign : text) {
            read_sign(sign);
            last_ = sign;
        }
    }

    void finish() {
        if (state_ == State::quoted)
            to_.fail(quote_line_, "a quote that begins in this line is never closed");
        if (to_.within_row()) end_row();
    }

private:
    enum class State { plain, quoted, closed };  // closed: behind the quote that ends a field

    void read_sign(char sign) {
        if (sign == '\0')
            to_.fail(line_,
                     "a byte that is zero: the file is broken, as when it was not written to its "
                     "end; export it again");
        if (sign == '\n' && last_ == '\r') return add_within_quotes(sign);
        const bool ends = sign == '\n' || sign == '\r';
        if (!to_.within_row() && !ends) to_.begin_row(line_);
        if (state_ == State::quoted)
            read_quoted(sign);
        else if (ends)
            end_row();
        else
            read_plain(sign);
        if (ends) ++line_;
    }

    /// The second half of a line's end counts no line.
    void add_within_quotes(char sign) {
        if (state_ == State::quoted) add(sign);
    }

    void read_quoted(char sign) {
        if (sign == '"')
            state_ = State::closed;
        else
            add(sign);
    }

    void read_plain(char sign) {
        const bool blank = sign == ' ' || (sign == '\t' && delimiter_ != '\t');
        if (sign == delimiter_) return end_field();
        if (sign == '"') return read_quote();
        if (state_ == State::closed) {
            if (!blank) fail_quote();
            return;
        }
        add(sign);
    }

    void read_quote() {
        if (state_ == State::closed && last_ == '"') {
            add('"');
            state_ = State::quoted;
            return;
        }
        // ="00042" is how a spreadsheet is told to keep a text.
        const bool begins = state_ == State::plain &&
                            (field_ == "=" || field_.find_first_not_of(" \t") == std::string::npos);
        if (!begins) fail_quote();
        field_.clear();
        state_ = State::quoted;
        quote_line_ = line_;
    }

    void add(char sign) {
        field_ += sign;
        if (field_.size() > max_row_bytes)
            to_.fail(state_ == State::quoted ? quote_line_ : to_.line_of_row(),
                     "this row is longer than 1 MiB; is a quote in it never closed?");
    }

    void end_field() {
        to_.add_field(std::exchange(field_, {}));
        state_ = State::plain;
    }
    void end_row() {
        if (!to_.within_row()) return;
        end_field();
        to_.end_row();
    }

    [[noreturn]] void fail_quote() const {
        if (state_ == State::closed && quote_line_ != line_)
            to_.fail(quote_line_,
                     "a quote that begins in this line is closed in the middle of line " +
                         std::to_string(line_) + "; is one missing before?");
        to_.fail(line_,
                 "a quote stands in the middle of a field; double it and quote the whole field");
    }

    SheetBuilder& to_;
    char delimiter_;
    int line_;
    std::string field_;
    State state_ = State::plain;
    int quote_line_ = 0;
    char last_ = 0;
};

}  // namespace

CsvFile open_csv(const std::filesystem::path& file, const std::string& encoding) {
    CsvFile list{encoding.empty() ? find_encoding(file) : named_encoding(encoding), ',', {}};
    std::error_code unknown;
    const auto size = std::filesystem::file_size(file, unknown);
    SheetBuilder builder(file.string(), unknown ? looked_at : size);
    std::optional<CsvReader> reader;
    std::string begin;  // until the delimiter is known
    const auto start = [&] {
        std::string_view text = begin;
        const auto told = find_separator_line(text);
        list.delimiter = told ? told->first : find_delimiter(text);
        reader.emplace(builder, list.delimiter, 1);
        if (told) text.remove_prefix(told->second);
        reader->read(text);
        begin.clear();
    };
    read_text(file, list.encoding, [&](std::string_view piece) {
        if (reader) return reader->read(piece);
        begin += piece;
        if (begin.size() >= looked_at) start();
    });
    if (!reader) start();
    reader->finish();
    list.rows = builder.finish();
    return list;
}

}  // namespace hudoor::organiser
