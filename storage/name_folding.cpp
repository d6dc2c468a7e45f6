#include "storage/name_folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

namespace hudoor::storage {
namespace {

/// Letters that are written one for another, as the one they become; 0 for what is left out.
UChar32 unify(UChar32 sign) {
    switch (sign) {
        case 0x0622: case 0x0623: case 0x0625: case 0x0671: return 0x0627;  // alefs
        case 0x0624: return 0x0648;                                         // waw with hamza
        case 0x0626: case 0x0649: case 0x06CC: return 0x064A;               // ya with hamza, maqsura, Persian
        case 0x0629: case 0x06C1: case 0x06D5: return 0x0647;               // ta marbuta
        case 0x06A9: return 0x0643;                                         // Persian kaf
        case 0x0621: case 0x0640: return 0;                                 // hamza alone, tatweel
        case 0x00DF: return 0x0073;                                         // sharp s, folded to one
        case 0x00F8: return 0x006F;
        case 0x0142: return 0x006C;
        case 0x0131: return 0x0069;
        case 0x0111: return 0x0064;
        default: return sign;
    }
}

bool is_left_out(UChar32 sign) {
    const auto type = u_charType(sign);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || sign == 0x2019 || sign == 0x27 || sign == 0x60;
}

/// Lower case, decomposed, without marks; words apart by single spaces.
icu::UnicodeString simplify(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    const auto raw = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    icu::UnicodeString all = U_SUCCESS(status) ? nfkd->normalize(raw, status) : raw;
    all.foldCase();
    icu::UnicodeString simple;
    for (int32_t at = 0; at < all.length(); at = all.moveIndex32(at, 1)) {
        const UChar32 sign = all.char32At(at);
        if (is_left_out(sign)) continue;
        const int32_t digit = u_charDigitValue(sign);
        if (digit >= 0) {
            simple.append(static_cast<UChar>('0' + digit));
        } else if (u_isalpha(sign)) {
            if (const UChar32 one = unify(sign); one != 0) simple.append(one);
        } else if (simple.length() > 0 && simple[simple.length() - 1] != u' ') {
            simple.append(u' ');
        }
    }
    return simple;
}

std::vector<icu::UnicodeString> split(const icu::UnicodeString& text) {
    std::vector<icu::UnicodeString> words;
    for (int32_t at = 0; at < text.length();) {
        int32_t end = text.indexOf(u' ', at);
        if (end < 0) end = text.length();
        if (end > at) words.push_back(icu::UnicodeString(text, at, end - at));
        at = end + 1;
    }
    return words;
}

bool is_article(const icu::UnicodeString& word) {
    return word == icu::UnicodeString(u"al") || word == icu::UnicodeString(u"el") || word == icu::UnicodeString(u"ال");
}

void drop_article(icu::UnicodeString& word) {
    if (word.length() > 4 && word.startsWith(icu::UnicodeString(u"ال"))) word.remove(0, 2);
}

bool is_servant(const icu::UnicodeString& word) {
    static const std::array words{icu::UnicodeString(u"abd"),   icu::UnicodeString(u"abdul"), icu::UnicodeString(u"abdel"),
                                  icu::UnicodeString(u"abdal"), icu::UnicodeString(u"abdol"), icu::UnicodeString(u"عبد"),
                                  icu::UnicodeString(u"عبدال")};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A Latin letter or pair as its class; `used` is how many letters that took.
char latin_class(std::string_view rest, std::size_t& used) {
    used = 1;
    const char sign = rest[0], next = rest.size() > 1 ? rest[1] : '\0';
    if (next == 'h') {
        used = 2;
        switch (sign) {
            case 's': case 'c': return 's';
            case 't': return 't';
            case 'k': return 'k';
            case 'g': return 'g';
            case 'd': return 'd';
            case 'p': return 'f';
            case 'z': return 'z';
            default: used = 1;
        }
    }
    switch (sign) {
        case 'b': case 'p': return 'b';
        case 'f': case 'v': return 'f';
        case 'g': case 'j': return 'g';
        case 'k': case 'q': return 'k';
        case 'c': return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
        case 'd': case 't': case 's': case 'z': case 'r': case 'l': case 'm': case 'n': return sign;
        case 'x': return 'k';
        default: return '\0';  // vowels and half vowels, h
    }
}

char arabic_class(UChar32 sign) {
    switch (sign) {
        case 0x0628: case 0x067E: return 'b';
        case 0x062A: case 0x062B: case 0x0637: return 't';
        case 0x062C: case 0x063A: case 0x06AF: return 'g';
        case 0x062E: case 0x0642: case 0x0643: return 'k';
        case 0x062F: case 0x0630: case 0x0636: return 'd';
        case 0x0631: return 'r';
        case 0x0632: case 0x0638: return 'z';
        case 0x0633: case 0x0634: case 0x0635: case 0x0686: return 's';
        case 0x0641: case 0x06A4: return 'f';
        case 0x0644: return 'l';
        case 0x0645: return 'm';
        case 0x0646: return 'n';
        default: return '\0';
    }
}

}  // namespace

std::vector<std::string> fold_words(std::string_view text) {
    std::vector<std::string> folded;
    icu::UnicodeString servant;
    for (icu::UnicodeString& word : split(simplify(text))) {
        if (is_article(word)) continue;
        drop_article(word);
        if (servant.isEmpty() && is_servant(word)) {
            servant = word;
            continue;
        }
        std::string utf8;
        (servant + word).toUTF8String(utf8);
        servant.remove();
        folded.push_back(std::move(utf8));
    }
    if (!servant.isEmpty()) servant.toUTF8String(folded.emplace_back());
    return folded;
}

std::string skeleton(std::string_view folded) {
    std::string consonants;
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(folded.data(), static_cast<int32_t>(folded.size())));
    UChar32 before = 0;
    for (int32_t at = 0; at < text.length();) {
        const UChar32 sign = text.char32At(at);
        const int32_t here = at;
        at = text.moveIndex32(at, 1);
        char letter = '\0';
        if (sign < 0x80) {
            std::array<char, 2> two{static_cast<char>(sign), here + 1 < text.length() && text[here + 1] < 0x80 ? static_cast<char>(text[here + 1]) : '\0'};
            std::size_t used = 1;
            letter = latin_class({two.data(), two[1] == '\0' ? 1U : 2U}, used);
            if (used == 2) at = here + 2;
        } else {
            letter = arabic_class(sign);
        }
        if (letter != '\0' && sign != before) consonants += letter;  // doubled letters are one
        before = sign;
    }
    if (consonants.rfind("bdl", 0) == 0 && consonants.size() > 3) consonants.erase(2, 1);  // the article in a servant's name
    return consonants;
}

bool is_arabic(std::string_view word) {
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())));
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        if (u_getIntPropertyValue(text.char32At(at), UCHAR_SCRIPT) == USCRIPT_ARABIC) return true;
    return false;
}

std::size_t count_letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace hudoor::storage
