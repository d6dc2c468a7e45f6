#include "storage/organiser/lists/words.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <regex>
#include <set>
#include <utility>

#include "storage/base/crypto.hpp"
#include "storage/names/folding.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

namespace {

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

/// How many signs must be added, dropped or changed to make one word the other.
std::size_t edits_between(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j)
            corner = std::exchange(
                row[j], std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])}));
    }
    return row.back();
}

std::size_t same_begin(const std::u32string& a, const std::u32string& b) {
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
    return same;
}

std::u32string signs_of(const std::string& text) {
    const icu::UnicodeString whole = unicode(text);
    std::u32string signs;
    for (int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1))
        signs += static_cast<char32_t>(whole.char32At(at));
    return signs;
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char sign) { return sign >= 0; });
}

/// Which byte of an encoding makes which sign, of those that are not ASCII.
using ByteOfSign = std::map<char32_t, char>;

ByteOfSign bytes_of(const char* encoding) {
    ByteOfSign bytes;
    for (int byte = 0x80; byte < 0x100; ++byte) {
        const char one = static_cast<char>(byte);
        const icu::UnicodeString sign(&one, 1, encoding);
        if (sign.length() == 1 && sign[0] != 0xFFFD) bytes[sign[0]] = one;
    }
    return bytes;
}

/// The text as it would be if its bytes had been read as UTF-8; empty if it was no such mistake.
std::string read_again(const std::u32string& text, const ByteOfSign& byte_of) {
    std::string bytes;
    int waiting = 0;  // bytes until the sign is whole
    for (const char32_t sign : text) {
        if (sign < 0x80) {
            if (waiting > 0) return {};
            bytes += static_cast<char>(sign);
            continue;
        }
        const auto found = byte_of.find(sign);
        if (found == byte_of.end()) return {};
        const auto byte = static_cast<unsigned char>(found->second);
        const bool begins = byte >= 0xC2 && byte <= 0xF4;
        if (waiting == 0 ? !begins : byte > 0xBF) return {};
        waiting = waiting > 0 ? waiting - 1 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
        bytes += found->second;
    }
    const auto clean = waiting == 0 ? clean_text(bytes) : std::nullopt;
    return clean ? clean->text : std::string();
}

/// Greek and Cyrillic letters that nobody tells from Latin ones.
UChar32 latin_twin(UChar32 sign) {
    // Theirs, then ours; small letters, as capitals look.
    static constexpr std::u32string_view twins =
        U"аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsαaβbεeηhιiκkμmνnοoρpτtυyχxζz";
    for (std::size_t at = 0; at < twins.size(); at += 2)
        if (twins[at] == static_cast<char32_t>(sign)) return static_cast<UChar32>(twins[at + 1]);
    return sign;
}

}  // namespace

std::string folded_header(std::string_view text) {
    std::string spaced(text);
    if (is_plain(text))
        for (char& sign : spaced)
            sign = sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign | 0x20) : sign;
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    std::replace(spaced.begin(), spaced.end(), '-', ' ');
    const auto clean = clean_text(spaced);
    if (!clean) return spaced;
    return is_plain(text) ? clean->text : lower_case(clean->text);
}

std::string folded_word(std::string_view text) {
    if (!is_plain(text)) return storage::fold_id(text);
    std::string word;
    for (const char sign : text) {
        if (sign >= 'A' && sign <= 'Z') word += static_cast<char>(sign | 0x20);
        if ((sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9')) word += sign;
    }
    return word;
}

std::string short_digest(std::string_view text, std::size_t bytes) {
    const auto hash = storage::hash("hudoor-list-id-1", storage::as_bytes(text));
    std::string digits;
    for (std::size_t i = 0; i < bytes; ++i)
        for (const unsigned shift : {4U, 0U})
            digits += "0123456789abcdef"[hash.bytes[i] >> shift & 15U];
    return digits;
}

std::string suggest(const std::string& word, const std::vector<std::string>& words) {
    const std::string* nearest = nullptr;
    const std::u32string wanted = signs_of(word);
    std::size_t least = 1 + wanted.size() / 5;  // of a short word one sign
    std::size_t longest = 0;
    for (const std::string& one : words) {
        const std::u32string known = signs_of(one);
        if (known.size() > wanted.size() + least || wanted.size() > known.size() + least) continue;
        const std::size_t edits = edits_between(wanted, known);
        const std::size_t begin = same_begin(wanted, known);
        if (edits > least || (nearest != nullptr && edits == least && begin <= longest)) continue;
        nearest = &one;
        least = edits;
        longest = begin;
    }
    return nearest == nullptr ? std::string() : "; did you mean " + *nearest + "?";
}

bool is_spreadsheet_error(std::string_view text) {
    static const std::set<std::string, std::less<>> errors{
        "#N/A",  "#REF!", "#NAME?",  "#VALUE!", "#DIV/0!", "#NULL!",
        "#NUM!", "#NV",   "#BEZUG!", "#WERT!",  "#SPILL!", "#####"};
    return text.starts_with('#') &&
           (errors.contains(text) || text.find_first_not_of('#') == std::string_view::npos);
}

std::string spreadsheet_damage(std::string_view id) {
    const auto odd = [](char sign) {
        return std::string_view("+#,. -").find(sign) != std::string_view::npos;
    };
    if (id.size() > 40 || !is_plain(id) || std::none_of(id.begin(), id.end(), odd)) return {};
    static const std::regex scientific(R"(\d([.,]\d+)?[eE][+-]?\d+)");
    static const std::regex marks(
        R"(\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+,\d+|\d{1,3}( \d{3})+)");
    static const std::regex date(
        R"((\d{1,2}-)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d{1,2})?)",
        std::regex::icase);
    const bool digit =
        std::any_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_spreadsheet_error(id)) return "is an error of a spreadsheet, not a value";
    if (!digit) return {};
    const std::string text(id);
    const std::string cure = "; format the column as text, and export the list again";
    if (std::regex_match(text, scientific))
        return "was cut by a spreadsheet, which took it for a number" + cure;
    if (std::regex_match(text, marks)) return "is a number with the marks of a spreadsheet" + cure;
    if (std::regex_match(text, date)) return "was made a date by a spreadsheet" + cure;
    return {};
}

std::string without_formula(const std::string& text) {
    const bool kept = text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"');
    return kept ? text.substr(2, text.size() - 3) : text;
}

std::string broken_text(const std::string& text) {
    if (text.find("\uFFFD") != std::string::npos)
        return "signs were lost (\uFFFD) before it came here; export the list again as UTF-8";
    const auto marks = std::count(text.begin(), text.end(), '?');
    if (marks >= 3 && text.find("???") != std::string::npos)
        return "letters were lost (?) before it came here; export the list again as UTF-8";
    if (is_plain(text)) return {};
    static const std::array<ByteOfSign, 3> encodings{
        bytes_of("windows-1252"), bytes_of("windows-1256"), bytes_of("ISO-8859-1")};
    const std::u32string signs = signs_of(text);
    for (const ByteOfSign& encoding : encodings)
        if (const std::string right = read_again(signs, encoding); !right.empty())
            return "was read in a wrong encoding before it came here, it should be " +
                   quote(right) + "; export the list again as UTF-8";
    return {};
}

bool is_placeholder(std::string_view name) {
    static const std::set<std::string, std::less<>> none{"na",
                                                         "nil",
                                                         "none",
                                                         "null",
                                                         "tbc",
                                                         "tba",
                                                         "tbd",
                                                         "tobeconfirmed",
                                                         "tobeannounced",
                                                         "tobedetermined",
                                                         "unknown",
                                                         "test",
                                                         "testtest",
                                                         "xxx",
                                                         "xx",
                                                         "x",
                                                         "inforequested",
                                                         "inforequestedinforequested",
                                                         "noname",
                                                         "guest",
                                                         "anonymous",
                                                         "unassigned",
                                                         "لايوجد",
                                                         "غيرمعروف",
                                                         "يحددلاحقا",
                                                         "سيحددلاحقا",
                                                         "بدون",
                                                         "مجهول",
                                                         "ضيف"};
    const std::string word = folded_word(name);
    const bool letters = std::any_of(word.begin(), word.end(), [](char sign) {
        return sign < 0 || (sign >= 'a' && sign <= 'z');
    });
    static const std::set<std::string> folded = [] {
        std::set<std::string> all;
        for (const std::string& one : none) all.insert(folded_word(one));
        return all;
    }();
    return !letters || folded.contains(word);
}

bool is_total(std::string_view text) {
    static const std::set<std::string> words = [] {
        std::set<std::string> all;
        for (const char* one : {"total", "totals", "grandtotal", "subtotal", "sum", "count",
                                "summe", "gesamt", "endofreport", "endoflist", "end", "المجموع",
                                "الإجمالي", "اجمالي", "العدد", "المجموع الكلي", "نهاية التقرير"})
            all.insert(folded_word(one));
        return all;
    }();
    return words.contains(folded_word(text));
}

bool sounds_deciding(std::string_view header) {
    static const std::vector<std::string> words{
        "paid",     "unpaid",        "payment status", "status",       "state",    "blocked",
        "banned",   "cancelled",     "canceled",       "cancellation", "void",     "voided",
        "refunded", "refund status", "approved",       "approval",     "rejected", "denied",
        "access",   "valid",         "validity",       "expires",      "expiry",   "expired",
        "revoked",  "waitlist",      "waiting list",   "confirmed",    "active",   "inactive",
        "bezahlt",  "storniert",     "gesperrt",       "gültig",       "payé",     "annulé",
        "bloqué",   "valable",       "estado",         "pagado",       "statut",   "الحالة",
        "حالة",     "مدفوع",         "الدفع",          "محظور",        "ملغي",     "ملغى",
        "مؤكد",     "صالح",          "الصلاحية",       "الموافقة",     "معتمد"};
    const std::string padded = " " + folded_header(header) + " ";
    for (const char* harmless :
         {" marital ", " visa ", " passport ", " check in ", " checked in ", " total ", " fee ",
          " fees ", " amount ", " price ", " payment method ", " payment id ", " payment date "})
        if (padded.find(harmless) != std::string::npos) return false;
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return padded.find(" " + lower_case(word) + " ") != std::string::npos;
    });
}

bool sounds_like_mail(std::string_view header) {
    const std::string folded = folded_header(header);
    return folded.find("mail") != std::string::npos || folded.find("بريد") != std::string::npos;
}

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
           text.find(' ') == std::string_view::npos;
}

std::string same_id(std::string_view id) {
    if (is_plain(id)) {
        std::string same;
        for (const char sign : id)
            if (sign != ' ')
                same += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign | 0x20) : sign;
        while (same.ends_with('.')) same.pop_back();
        return same;
    }
    const icu::UnicodeString text = unicode(lower_case(id));
    icu::UnicodeString folded;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 sign = text.char32At(at);
        const int digit = u_charDigitValue(sign);
        if (u_isUWhiteSpace(sign) != 0) continue;
        folded.append(digit >= 0 ? static_cast<UChar32>('0' + digit) : latin_twin(sign));
    }
    while (folded.endsWith(u".", 1)) folded.truncate(folded.length() - 1);
    return to_utf8(folded);
}

std::string alike_id(std::string_view id) {
    std::string alike;
    std::string whole = same_id(id);
    if (whole.ends_with(".0")) whole.resize(whole.size() - 2);
    for (char sign : whole) {
        if (sign == '-' || sign == '_' || sign == '/' || sign == '.') continue;
        if (sign == 'o') sign = '0';
        if (sign == 'l' || sign == 'i') sign = '1';
        const bool leads = alike.empty() || alike.back() < '0' || alike.back() > '9';
        if (sign == '0' && leads) continue;
        alike += sign;
    }
    return alike;
}

}  // namespace hudoor::organiser
