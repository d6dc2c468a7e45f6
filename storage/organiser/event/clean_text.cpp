#include "storage/organiser/event/clean_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <vector>

#include "config/fault.hpp"

namespace hudoor::organiser {

namespace {

constexpr UChar32 non_joiner = 0x200C;
constexpr UChar32 joiner = 0x200D;
constexpr int max_marks_in_a_row = 3;
constexpr int virama_class = 9;

using Signs = std::vector<UChar32>;

bool is_mark(UChar32 sign) { return (U_GET_GC_MASK(sign) & U_GC_M_MASK) != 0; }

bool is_joiner(UChar32 sign) { return sign == joiner || sign == non_joiner; }

/// Control, format (bidi, zero-width, tags), private use, surrogates, unassigned; and what is drawn
/// as nothing though it is a letter (Hangul fillers).
bool is_dropped(UChar32 sign) {
    return (U_GET_GC_MASK(sign) & U_GC_C_MASK) != 0 ||
           u_hasBinaryProperty(sign, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool joins(UChar32 sign) {
    const int type = u_getIntPropertyValue(sign, UCHAR_JOINING_TYPE);
    return type == U_JT_DUAL_JOINING || type == U_JT_RIGHT_JOINING || type == U_JT_TRANSPARENT ||
           type == U_JT_LEFT_JOINING;
}

/// Persian and Arabic letters before and after it, or an Indic virama before it.
bool needs_joiner(const Signs& before, UChar32 after) {
    if (before.empty()) return false;
    if (u_getCombiningClass(before.back()) == virama_class) return u_isalpha(after) != 0;
    return joins(before.back()) && joins(after) && !is_mark(after);
}

Signs signs_of(const icu::UnicodeString& text) {
    Signs signs;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        signs.push_back(text.char32At(at));
    return signs;
}

Signs keep_harmless(const Signs& all) {
    Signs kept;
    int marks = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const UChar32 sign = all[i];
        const bool white = u_isUWhiteSpace(sign) != 0;
        if (white && (kept.empty() || kept.back() == ' ')) continue;
        if (is_joiner(sign) && (i + 1 == all.size() || !needs_joiner(kept, all[i + 1]))) continue;
        if (!white && !is_joiner(sign) && is_dropped(sign)) continue;
        marks = is_mark(sign) ? marks + 1 : 0;
        if (marks > max_marks_in_a_row || (marks > 0 && kept.empty())) continue;
        kept.push_back(white ? ' ' : sign);
    }
    return kept;
}

icu::UnicodeString joined(const Signs& signs) {
    icu::UnicodeString text;
    for (const UChar32 sign : signs) text.append(sign);
    return text;
}

std::optional<icu::UnicodeString> parse_utf8(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<int32_t>(text.size()), &status);
    if (status == U_INVALID_CHAR_FOUND) return std::nullopt;
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

icu::UnicodeString compose(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    icu::UnicodeString composed = nfc->normalize(text, status);
    ENSURE(U_SUCCESS(status));
    return composed;
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

/// At most so many signs, not ending in a space.
void shorten(Signs& signs, std::size_t most) {
    if (signs.size() > most) signs.resize(most);
    while (!signs.empty() && signs.back() == ' ') signs.pop_back();
}

icu::UnicodeString fold(std::string_view text) {
    return compose(icu::UnicodeString::fromUTF8(
                       icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))))
        .foldCase();
}

/// Most of what lists hold: nothing in it is to be cleaned.
bool is_clean(std::string_view text) {
    if (text.size() > static_cast<std::size_t>(max_text_signs)) return false;
    char before = ' ';
    for (const char sign : text) {
        if (sign < ' ' || sign == 0x7F || (sign == ' ' && before == ' ')) return false;
        before = sign;
    }
    return text.empty() || before != ' ';
}

}  // namespace

std::optional<CleanText> clean_text(std::string_view text) {
    if (is_clean(text)) return CleanText{std::string(text), false};
    const auto parsed = parse_utf8(text);
    if (!parsed) return std::nullopt;
    Signs signs = keep_harmless(signs_of(compose(*parsed)));
    shorten(signs, signs.size());
    const bool shortened = signs.size() > static_cast<std::size_t>(max_text_signs);
    shorten(signs, max_text_signs);
    return CleanText{to_utf8(compose(joined(signs))), shortened};
}

bool has_arabic(std::string_view text) {
    // U+0600 to U+06FF in UTF-8; these bytes lead and never continue.
    return std::any_of(text.begin(), text.end(), [](char sign) {
        const auto byte = static_cast<unsigned char>(sign);
        return byte >= 0xD8 && byte <= 0xDB;
    });
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    std::string text = std::to_string(count) + " ";
    if (count == 1) return text.append(one);
    return many.empty() ? text.append(one).append("s") : text.append(many);
}

std::string quote(std::string_view text) {
    constexpr std::size_t most = 40;
    const std::string whole = to_utf8(icu::UnicodeString::fromUTF8(icu::StringPiece(
        text.data(), static_cast<int32_t>(std::min<std::size_t>(text.size(), 4096)))));
    Signs signs = signs_of(icu::UnicodeString::fromUTF8(clean_text(whole)->text));
    const bool longer = signs.size() > most;
    shorten(signs, most);
    return "\"" + to_utf8(joined(signs)) + (longer ? "…" : "") + "\"";
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    const auto is_ascii = [](char sign) { return sign >= 0; };
    if (!std::all_of(text.begin(), text.end(), is_ascii)) {
        lower.clear();
        return fold(text).toUTF8String(lower);
    }
    for (char& sign : lower)
        if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign | 0x20);
    return lower;
}

bool contains_folded(std::string_view text, std::string_view part) {
    return fold(text).indexOf(fold(part)) >= 0;
}

}  // namespace hudoor::organiser
