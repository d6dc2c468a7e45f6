#include "storage/organiser/sheets/encoding.hpp"

#include <uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "config/fault.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{256} << 20;
constexpr std::size_t piece_bytes = std::size_t{64} << 10;
constexpr std::size_t sample_bytes = std::size_t{64} << 10;

void read_pieces(const std::filesystem::path& file,
                 const std::function<void(std::string_view)>& take) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw Fault(ExitCode::no_input, "Cannot read " + file.string());
    std::string piece(piece_bytes, '\0');
    std::uint64_t all = 0;
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
        all += static_cast<std::uint64_t>(in.gcount());
        if (all > max_bytes)
            throw Fault(ExitCode::bad_data, file.string() + " is larger than 256 MiB");
        take(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
    }
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
    return U_SUCCESS(status) ? std::move(converter) : Converter(nullptr, &ucnv_close);
}

/// Signs that are cut by the end of a piece wait in the converter for the next.
icu::UnicodeString convert(UConverter& converter, std::string_view bytes, bool last) {
    icu::UnicodeString text;
    std::array<UChar, 4096> units{};
    const char* from = bytes.data();
    const char* const end = from + bytes.size();
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        UChar* to = units.data();
        ucnv_toUnicode(&converter, &to, units.data() + units.size(), &from, end, nullptr,
                       static_cast<UBool>(last), &status);
        text.append(units.data(), static_cast<int32_t>(to - units.data()));
    }
    return text;
}

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

/// Half of what is no mark is zero where Latin text stands in UTF-16.
bool looks_like_utf16(std::string_view text, std::size_t zero_at) {
    const std::size_t looked_at = std::min<std::size_t>(text.size(), 64) / 2 * 2;
    std::size_t zeros = 0;
    for (std::size_t i = zero_at; i < looked_at; i += 2) zeros += text[i] == '\0' ? 1U : 0U;
    return looked_at >= 8 && zeros * 4 >= looked_at;
}

std::string by_mark_or_zeros(std::string_view begin) {
    if (begin.starts_with("\xEF\xBB\xBF")) return "UTF-8";
    if (begin.starts_with("\xFF\xFE")) return "UTF-16LE";
    if (begin.starts_with("\xFE\xFF")) return "UTF-16BE";
    if (looks_like_utf16(begin, 1)) return "UTF-16LE";
    if (looks_like_utf16(begin, 0)) return "UTF-16BE";
    return {};
}

/// What is counted in one reading of the file.
class Survey {
public:
    void take(std::string_view piece) {
        if (begin_.size() < 64) begin_ += piece.substr(0, 64 - begin_.size());
        uchardet_handle_data(detector_.get(), piece.data(), piece.size());
        text_.append(piece);
        // The last signs and the last line may go on in the next piece.
        count_signs(text_.size() < 4 ? 0 : text_.size() - 4);
        if (text_.size() > 2 * piece_bytes) keep_lines();
    }

    Encoding finish() {
        count_signs(text_.size());
        keep_lines();
        uchardet_data_end(detector_.get());
        if (std::string told = by_mark_or_zeros(begin_); !told.empty()) return {told, false};
        // Text in another encoding is hardly ever UTF-8 by chance, damaged or not.
        if (signs_ >= damage_) return {"UTF-8", false};
        return {most_plausible(), true};
    }

private:
    void count_signs(std::size_t until) {
        while (counted_ < until) {
            const std::size_t length = sign_length(std::string_view(text_).substr(counted_));
            signs_ += length > 1 ? 1U : 0U;
            damage_ += length == 0 ? 1U : 0U;
            counted_ += std::max<std::size_t>(length, 1);
        }
    }

    /// Of the lines read so far those that are not ASCII, as a sample.
    void keep_lines() {
        const std::size_t end = std::min(counted_, text_.size());
        std::string_view rest = std::string_view(text_).substr(0, end);
        while (!rest.empty() && sample_.size() < sample_bytes) {
            const std::size_t line = std::min(rest.find('\n'), rest.size() - 1) + 1;
            const auto is_other = [](char sign) {
                return static_cast<unsigned char>(sign) >= 0x80;
            };
            if (std::any_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(line),
                            is_other))
                sample_ += rest.substr(0, std::min(line, sample_bytes));
            rest.remove_prefix(line);
        }
        text_.erase(0, end);
        counted_ = 0;
    }

    [[nodiscard]] std::string most_plausible() const;

    std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector_{uchardet_new(),
                                                                    &uchardet_delete};
    std::string begin_;
    std::string text_;  ///< not yet counted or sampled
    std::size_t counted_ = 0;
    std::size_t signs_ = 0;
    std::size_t damage_ = 0;
    std::string sample_;
};

/// A word, and what in it no language writes.
struct Word {
    int arabic = 0, ascii = 0, accented = 0, other = 0;
    int shouts = 0;  ///< a capital with an accent behind a small letter

    [[nodiscard]] int cost() const {
        int cost = shouts;
        if (arabic > 0 && ascii + accented > 0) cost += 2;
        if (other > 0 && ascii + accented + arabic > 0) cost += 2;
        if (accented >= 2 && accented > ascii) cost += 2;
        return cost;
    }
};

bool is_letter(UChar32 sign) { return (U_GET_GC_MASK(sign) & (U_GC_L_MASK | U_GC_M_MASK)) != 0; }

void add_letter(Word& word, UChar32 sign, UChar32 before) {
    const UBlockCode block = ublock_getCode(sign);
    if (sign < 0x80)
        ++word.ascii;
    else if (block == UBLOCK_ARABIC)
        ++word.arabic;
    else if (sign < 0x250)
        ++word.accented;
    else
        ++word.other;
    if (sign >= 0x80 && sign < 0x250 && u_isupper(sign) != 0 && u_islower(before) != 0)
        ++word.shouts;
}

/// How much in this text nobody would write: scripts mixed within a word, words of accents alone,
/// signs within words, controls.
int count_implausible(const icu::UnicodeString& text) {
    int cost = 0;
    Word word;
    UChar32 before = ' ';
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 sign = text.char32At(at);
        if (is_letter(sign)) {
            add_letter(word, sign, before);
        } else {
            cost += std::exchange(word, Word()).cost();
            const bool control = sign == 0xFFFD || (sign >= 0x7F && sign < 0xA0);
            const bool odd = sign >= 0xA1 && (is_letter(before) || control) && sign != 0x2019 &&
                             sign != 0xBB && u_ispunct(sign) == 0;
            cost += control ? 3 : odd ? 2 : 0;
            // An odd sign before a letter: "£ukasz".
            if (sign >= 0xA1 && u_ispunct(sign) == 0 && at + 1 < text.length() &&
                is_letter(text.char32At(at + 1)))
                ++cost;
        }
        before = sign;
    }
    return cost + word.cost();
}

/// The first of the likeliest that costs least; what the library says counts behind the two that
/// organisers here have, where both read as well.
std::string Survey::most_plausible() const {
    std::vector<std::string> names{"windows-1252", "windows-1256"};
    const std::string guess = uchardet_get_charset(detector_.get());
    if (!guess.empty()) names.push_back(guess);
    for (const char* more : {"windows-1250", "windows-1254", "windows-1251", "macintosh", "IBM850"})
        names.emplace_back(more);
    std::string best = "windows-1252";
    int least = -1;
    for (const std::string& name : names) {
        const Converter converter = open_converter(name);
        if (!converter) continue;
        const int cost = count_implausible(convert(*converter, sample_, true));
        if (least >= 0 && cost >= least) continue;
        least = cost;
        best = name;
    }
    return best;
}

}  // namespace

Encoding find_encoding(const std::filesystem::path& file) {
    Survey survey;
    read_pieces(file, [&](std::string_view piece) { survey.take(piece); });
    return survey.finish();
}

Encoding named_encoding(const std::string& name) {
    if (!open_converter(name))
        throw Fault(ExitCode::usage,
                    "There is no encoding " + name + "; write it like windows-1256");
    return {name, false};
}

void read_text(const std::filesystem::path& file, const Encoding& encoding,
               const std::function<void(std::string_view)>& take) {
    const bool plain = encoding.name == "UTF-8";
    const Converter converter =
        plain ? Converter(nullptr, &ucnv_close) : open_converter(encoding.name);
    ENSURE(plain || converter);
    bool begins = true;
    const auto pass_on = [&](std::string_view text) {
        while (begins && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        begins = begins && text.empty();
        if (!text.empty()) take(text);
    };
    const auto take_bytes = [&](std::string_view bytes, bool last) {
        if (plain) return pass_on(bytes);
        std::string utf8;
        convert(*converter, bytes, last).toUTF8String(utf8);
        pass_on(utf8);
    };
    read_pieces(file, [&](std::string_view piece) { take_bytes(piece, false); });
    if (!plain) take_bytes({}, true);
}

}  // namespace hudoor::organiser
