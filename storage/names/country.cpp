#include "storage/names/country.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <utility>

#include "storage/names/folding.hpp"

namespace hudoor::storage {

namespace {

/// What no table of names has, in the words people use. Two countries of one name (Congo) are not
/// here.
constexpr std::pair<const char*, const char*> said[] = {
    {"UAE", "AE"},
    {"Emirates", "AE"},
    {"The Emirates", "AE"},
    {"الإمارات", "AE"},
    {"دولة الإمارات", "AE"},
    {"أ.ع.م", "AE"},
    {"Emirati", "AE"},
    {"Dubai", "AE"},
    {"Abu Dhabi", "AE"},
    {"دبي", "AE"},
    {"أبوظبي", "AE"},
    {"KSA", "SA"},
    {"Saudi", "SA"},
    {"Saudia", "SA"},
    {"السعودية", "SA"},
    {"العربية السعودية", "SA"},
    {"UK", "GB"},
    {"Great Britain", "GB"},
    {"Britain", "GB"},
    {"England", "GB"},
    {"Scotland", "GB"},
    {"Wales", "GB"},
    {"Northern Ireland", "GB"},
    {"England / UK", "GB"},
    {"بريطانيا", "GB"},
    {"بريطانيا العظمى", "GB"},
    {"إنجلترا", "GB"},
    {"انكلترا", "GB"},
    {"USA", "US"},
    {"America", "US"},
    {"United States of America", "US"},
    {"The United States", "US"},
    {"أمريكا", "US"},
    {"أميركا", "US"},
    {"الولايات المتحدة الأمريكية", "US"},
    {"الولايات المتحدة الأميركية", "US"},
    {"Korea", "KR"},
    {"South Korea", "KR"},
    {"ROK", "KR"},
    {"Korea, South", "KR"},
    {"Republic of Korea", "KR"},
    {"Korea, Republic of", "KR"},
    {"كوريا", "KR"},
    {"North Korea", "KP"},
    {"DPRK", "KP"},
    {"Democratic People's Republic of Korea", "KP"},
    {"Russia", "RU"},
    {"Russian Federation", "RU"},
    {"روسيا الاتحادية", "RU"},
    {"Iran", "IR"},
    {"Persia", "IR"},
    {"Syria", "SY"},
    {"Syrian Arab Republic", "SY"},
    {"سورية", "SY"},
    {"الجمهورية العربية السورية", "SY"},
    {"Palestine", "PS"},
    {"State of Palestine", "PS"},
    {"Palestinian Territories", "PS"},
    {"Palestinian Authority", "PS"},
    {"فلسطين", "PS"},
    {"دولة فلسطين", "PS"},
    {"السلطة الفلسطينية", "PS"},
    {"سلطنة عمان", "OM"},
    {"Sultanate of Oman", "OM"},
    {"Bahrein", "BH"},
    {"مملكة البحرين", "BH"},
    {"Turkey", "TR"},
    {"Turkiye", "TR"},
    {"Türkiye", "TR"},
    {"تركية", "TR"},
    {"جمهورية مصر العربية", "EG"},
    {"Arab Republic of Egypt", "EG"},
    {"المملكة الأردنية الهاشمية", "JO"},
    {"Hashemite Kingdom of Jordan", "JO"},
    {"الجمهورية اللبنانية", "LB"},
    {"الجمهورية التونسية", "TN"},
    {"المملكة المغربية", "MA"},
    {"الجمهورية الجزائرية", "DZ"},
    {"الجمهورية اليمنية", "YE"},
    {"الجمهورية العراقية", "IQ"},
    {"Holland", "NL"},
    {"The Netherlands", "NL"},
    {"هولندا", "NL"},
    {"هولاندا", "NL"},
    {"Ivory Coast", "CI"},
    {"Cote d'Ivoire", "CI"},
    {"ساحل العاج", "CI"},
    {"كوت ديفوار", "CI"},
    {"Czech Republic", "CZ"},
    {"Czech", "CZ"},
    {"التشيك", "CZ"},
    {"Slovak Republic", "SK"},
    {"Viet Nam", "VN"},
    {"Vietnam", "VN"},
    {"فيتنام", "VN"},
    {"Laos", "LA"},
    {"Lao PDR", "LA"},
    {"Burma", "MM"},
    {"بورما", "MM"},
    {"Macedonia", "MK"},
    {"FYROM", "MK"},
    {"Swaziland", "SZ"},
    {"Cape Verde", "CV"},
    {"East Timor", "TL"},
    {"DRC", "CD"},
    {"DR Congo", "CD"},
    {"D.R. Congo", "CD"},
    {"Zaire", "CD"},
    {"Democratic Republic of the Congo", "CD"},
    {"Democratic Republic of Congo", "CD"},
    {"Congo-Kinshasa", "CD"},
    {"Congo-Brazzaville", "CG"},
    {"Republic of the Congo", "CG"},
    {"Republic of Congo", "CG"},
    {"الكونغو الديمقراطية", "CD"},
    {"Hong Kong", "HK"},
    {"Hongkong", "HK"},
    {"Hong Kong SAR", "HK"},
    {"هونغ كونغ", "HK"},
    {"هونج كونج", "HK"},
    {"Macau", "MO"},
    {"Macao", "MO"},
    {"ماكاو", "MO"},
    {"Taiwan", "TW"},
    {"Taiwan, Province of China", "TW"},
    {"Chinese Taipei", "TW"},
    {"PRC", "CN"},
    {"P.R. China", "CN"},
    {"Mainland China", "CN"},
    {"الصين الشعبية", "CN"},
    {"People's Republic of China", "CN"},
    {"Bosnia", "BA"},
    {"Bosnia & Herzegovina", "BA"},
    {"البوسنة", "BA"},
    {"Brunei Darussalam", "BN"},
    {"Moldova, Republic of", "MD"},
    {"Tanzania", "TZ"},
    {"United Republic of Tanzania", "TZ"},
    {"Bolivia", "BO"},
    {"Venezuela", "VE"},
    {"Vatican", "VA"},
    {"Holy See", "VA"},
    {"الفاتيكان", "VA"},
    {"Kosovo", "XK"},
    {"كوسوفو", "XK"},
    {"Micronesia", "FM"},
    {"The Gambia", "GM"},
    {"Gambia", "GM"},
    {"The Bahamas", "BS"},
    {"The Philippines", "PH"},
    {"الفلبين", "PH"},
    {"الفليبين", "PH"},
    {"Deutschland", "DE"},
    {"ألمانيا الاتحادية", "DE"},
    {"Swiss", "CH"},
    {"Schweiz", "CH"},
    {"Republic of Ireland", "IE"},
    {"Eire", "IE"},
    {"South Sudan", "SS"},
    {"Somaliland", "SO"},
    {"Western Sahara", "EH"},
    {"St. Lucia", "LC"},
    {"Saint Kitts", "KN"},
    {"Antigua", "AG"},
    {"Trinidad", "TT"},
    {"Guinea Bissau", "GW"},
    {"ليبية", "LY"},
    {"سلطنة بروناي", "BN"},
};

/// Letters and digits alone, and "&" as it is read.
std::string key_of(std::string text) {
    const auto replace = [&text](std::string_view from, std::string_view to) {
        for (auto at = text.find(from); at != std::string::npos;
             at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    };
    replace("&", " and ");
    return fold_id(text);
}

/// The kind of state that some write before or behind the name.
std::string without_kind(const std::string& text) {
    static const char* const kinds[] = {"Islamic Republic of ",
                                        "Democratic Republic of ",
                                        "Federal Republic of ",
                                        "Republic of ",
                                        "Kingdom of ",
                                        "State of ",
                                        "Sultanate of ",
                                        "Commonwealth of ",
                                        "Principality of ",
                                        "Grand Duchy of ",
                                        "The ",
                                        "جمهورية ",
                                        "دولة ",
                                        "مملكة ",
                                        "سلطنة ",
                                        "إمارة "};
    for (const char* kind : kinds) {
        const auto letters = key_of(kind);
        const std::string key = key_of(text);
        if (key.starts_with(letters) && key.size() > letters.size() + 2)
            return key.substr(letters.size());
    }
    return {};
}

using Codes = std::map<std::string, std::string>;

const Codes& known_countries() {
    static const Codes all = [] {
        Codes codes;
        for (const auto& [words, code] : said) codes[key_of(words)] = code;
        for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
            const icu::Locale country("", *code);
            codes.emplace(key_of(*code), *code);
            codes.emplace(key_of(country.getISO3Country()), *code);
            for (const char* language : {"en", "ar", "de", "fr", "es", "it", "pt", "tr", "ru", "zh",
                                         "fa", "ur", "id", "nl"}) {
                icu::UnicodeString name;
                std::string utf8;
                country.getDisplayCountry(icu::Locale(language), name).toUTF8String(utf8);
                codes.emplace(key_of(utf8), *code);
            }
        }
        // Nothing, and what means two countries.
        for (const char* word : {"", "congo", "kongo", "الكونغو"}) codes.erase(key_of(word));
        return codes;
    }();
    return all;
}

icu::UnicodeString signs(const std::string& text) { return icu::UnicodeString::fromUTF8(text); }

/// Whether one letter added, left out, changed, or two exchanged make one the other.
bool one_slip(const icu::UnicodeString& a, const icu::UnicodeString& b) {
    if (a.length() > b.length()) return one_slip(b, a);
    if (b.length() - a.length() > 1) return false;
    int32_t same = 0;
    while (same < a.length() && a[same] == b[same]) ++same;
    if (a.length() < b.length()) return a.tempSubString(same) == b.tempSubString(same + 1);
    if (a.tempSubString(same + 1) == b.tempSubString(same + 1)) return true;
    return same + 1 < a.length() && a[same] == b[same + 1] && a[same + 1] == b[same] &&
           a.tempSubString(same + 2) == b.tempSubString(same + 2);
}

}  // namespace

Bilingual country_name(const std::string& iso_code) {
    if (iso_code.empty()) return {};
    if (iso_code.size() != 2) return {iso_code, iso_code};
    const icu::Locale country("", iso_code.c_str());
    icu::UnicodeString ar;
    icu::UnicodeString en;
    Bilingual name;
    country.getDisplayCountry(icu::Locale("ar"), ar).toUTF8String(name.ar);
    country.getDisplayCountry(icu::Locale::getEnglish(), en).toUTF8String(name.en);
    return name;
}

std::optional<std::string> find_country(const std::string& text) {
    const Codes& known = known_countries();
    if (const auto found = known.find(key_of(text)); found != known.end()) return found->second;
    if (const auto found = known.find(without_kind(text)); found != known.end())
        return found->second;
    return std::nullopt;
}

std::string suggest_country(const std::string& text) {
    constexpr int fewest_letters = 5;
    const icu::UnicodeString wanted = signs(key_of(text));
    if (wanted.length() < fewest_letters) return {};
    std::string meant;
    for (const auto& [name, code] : known_countries()) {
        const icu::UnicodeString known = signs(name);
        if (known.length() < fewest_letters || !one_slip(wanted, known) || code == meant) continue;
        if (!meant.empty()) return {};
        meant = code;
    }
    return meant.empty() ? std::string()
                         : "; did you mean " + country_name(meant).en + " (" + meant + ")?";
}

}  // namespace hudoor::storage
