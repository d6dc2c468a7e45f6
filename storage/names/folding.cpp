#include "storage/names/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace hudoor::storage {
namespace {

/// Letters that are written one for another, as the one they become; 0 for what is left out.
UChar32 unify(UChar32 sign) {
    switch (sign) {
        case 0x0622:
        case 0x0623:
        case 0x0625:
        case 0x0671:
            return 0x0627;  // alefs
        case 0x0624:
            return 0x0648;  // waw with hamza
        case 0x0626:
        case 0x0649:
        case 0x06CC:
            return 0x064A;  // ya with hamza, maqsura, Persian
        case 0x0629:
        case 0x06C1:
        case 0x06D5:
            return 0x0647;  // ta marbuta
        case 0x06A9:
            return 0x0643;  // Persian kaf
        case 0x0621:
        case 0x0640:
            return 0;  // hamza alone, tatweel
        case 0x00DF:
            return 0x0073;  // sharp s, folded to one
        case 0x00F8:
            return 0x006F;
        case 0x0142:
            return 0x006C;
        case 0x0131:
            return 0x0069;
        case 0x0111:
            return 0x0064;
        default:
            return sign;
    }
}

bool is_left_out(UChar32 sign) {
    const auto type = u_charType(sign);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
           sign == 0x2019 || sign == 0x27 || sign == 0x60;
}

/// Lower case, decomposed, without marks; words apart by single spaces.
icu::UnicodeString simplify(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    const auto raw = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
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
    return word == icu::UnicodeString(u"al") || word == icu::UnicodeString(u"el") ||
           word == icu::UnicodeString(u"ال");
}

void drop_article(icu::UnicodeString& word) {
    if (word.length() > 4 && word.startsWith(icu::UnicodeString(u"ال"))) word.remove(0, 2);
}

bool is_servant(const icu::UnicodeString& word) {
    static const std::array words{icu::UnicodeString(u"abd"),   icu::UnicodeString(u"abdul"),
                                  icu::UnicodeString(u"abdel"), icu::UnicodeString(u"abdal"),
                                  icu::UnicodeString(u"abdol"), icu::UnicodeString(u"عبد"),
                                  icu::UnicodeString(u"عبدال")};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The class of a Latin letter, or of it and the h behind it; none for vowels, half vowels and h.
struct Latin {
    char letter = '\0';
    int used = 1;
};

char class_with_h(char sign) {
    switch (sign) {
        case 's':
        case 'c':
        case 'z':
            return 's';
        case 't':
        case 'd':
            return 't';
        case 'k':
            return 'k';
        case 'g':
            return 'g';
        case 'p':
            return 'f';
        default:
            return '\0';
    }
}

char class_alone(char sign, char next) {
    switch (sign) {
        case 'b':
        case 'p':
            return 'b';
        case 'f':
        case 'v':
            return 'f';
        case 'g':
        case 'j':
            return 'g';
        case 'k':
        case 'q':
            return 'k';
        case 'c':
            return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
        case 'd':
        case 't':
            return 't';  // Mehmed, Mehmet
        case 's':
        case 'z':
            return 's';
        case 'r':
        case 'l':
        case 'm':
        case 'n':
            return sign;
        default:
            return '\0';
    }
}

Latin latin_class(char sign, char next) {
    if (const char both = next == 'h' ? class_with_h(sign) : '\0'; both != '\0') return {both, 2};
    return {class_alone(sign, next), 1};
}

char arabic_class(UChar32 sign) {
    switch (sign) {
        case 0x0628:
        case 0x067E:
            return 'b';
        case 0x062A:
        case 0x062B:
        case 0x0637:
        case 0x062F:
        case 0x0630:
        case 0x0636:
        case 0x0638:
            return 't';
        case 0x062C:
        case 0x063A:
        case 0x06AF:
            return 'g';
        case 0x062E:
        case 0x0642:
        case 0x0643:
            return 'k';
        case 0x0631:
            return 'r';
        case 0x0632:
        case 0x0633:
        case 0x0634:
        case 0x0635:
        case 0x0686:
            return 's';
        case 0x0641:
        case 0x06A4:
            return 'f';
        case 0x0644:
            return 'l';
        case 0x0645:
            return 'm';
        case 0x0646:
            return 'n';
        default:
            return '\0';
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

std::vector<FoldedLetter> fold_letters(std::string_view text) {
    std::vector<FoldedLetter> letters;
    bool begins_word = true;
    const auto goes_on = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
    };
    for (std::size_t from = 0, to = 0; from < text.size(); from = to) {
        to = from + 1;
        while (goes_on(to)) ++to;
        std::string folded;
        // Behind a letter a space stays where words part, and a mark leaves nothing.
        simplify("x" + std::string(text.substr(from, to - from)))
            .tempSubString(1)
            .toUTF8String(folded);
        if (folded == " ")
            begins_word = true;
        else if (!folded.empty())
            letters.push_back({std::move(folded), from, to, std::exchange(begins_word, false)});
        else if (!letters.empty() && !begins_word)
            letters.back().end = to;
    }
    return letters;
}

std::string fold_id(std::string_view text) {
    std::string id;
    simplify(text).findAndReplace(icu::UnicodeString(u" "), icu::UnicodeString()).toUTF8String(id);
    return id;
}

std::string skeleton(std::string_view folded) {
    std::string word(folded);
    // What several letters write together, as one that sounds alike.
    for (const auto& [together, one] :
         {std::pair{"sch", "s"}, {"tch", "s"}, {"x", "ks"}, {"تش", "ش"}})
        for (auto at = word.find(together); at != std::string::npos;
             at = word.find(together, at + std::strlen(one)))
            word.replace(at, std::strlen(together), one);
    std::string consonants;
    const auto text = icu::UnicodeString::fromUTF8(word);
    UChar32 before = 0;
    for (int32_t at = 0; at < text.length();) {
        const UChar32 sign = text.char32At(at);
        const int32_t here = at;
        at = text.moveIndex32(at, 1);
        char letter = '\0';
        if (sign < 0x80) {
            const char next =
                at < text.length() && text[at] < 0x80 ? static_cast<char>(text[at]) : '\0';
            const Latin latin = latin_class(static_cast<char>(sign), next);
            letter = latin.letter;
            at = here + latin.used;
        } else {
            letter = arabic_class(sign);
        }
        if (letter != '\0' && sign != before) consonants += letter;  // doubled letters are one
        before = sign;
    }
    if (consonants.rfind("btl", 0) == 0 && consonants.size() > 3)
        consonants.erase(2, 1);  // the article in a servant's name
    return consonants;
}

unsigned shape(std::string_view folded) {
    const auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(folded.data(), static_cast<int32_t>(folded.size())));
    const auto is_any = [](UChar32 sign, const char16_t* set) {
        return icu::UnicodeString(set).indexOf(sign) >= 0;
    };
    if (text.isEmpty()) return 0;
    const UChar32 first = text.char32At(0), last = text.char32At(text.length() - 1);
    unsigned bits = 0;
    if (is_any(first, u"aeiouاع")) bits |= 1U;
    if (is_any(last, u"aeiouyاهويع")) bits |= 2U;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 sign = text.char32At(at);
        const bool inside = at > 0 || is_any(sign, u"wyويهحh");
        if (is_any(sign, u"hحه") && at + 1 < text.length()) bits |= 4U;
        if (inside && is_any(sign, u"wouو")) bits |= 8U;
        if (inside && is_any(sign, u"yiي")) bits |= 16U;
    }
    return bits;
}

bool is_arabic(std::string_view word) {
    const auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(word.data(), static_cast<int32_t>(word.size())));
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        if (u_getIntPropertyValue(text.char32At(at), UCHAR_SCRIPT) == USCRIPT_ARABIC) return true;
    return false;
}

std::size_t count_letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace hudoor::storage
