#include "storage/names/country.hpp"

#include <unicode/locid.h>

namespace hudoor::storage {

Bilingual country_name(const std::string& iso_code) {
    if (iso_code.empty()) return {};
    const icu::Locale country("", iso_code.c_str());
    icu::UnicodeString ar;
    icu::UnicodeString en;
    Bilingual name;
    country.getDisplayCountry(icu::Locale("ar"), ar).toUTF8String(name.ar);
    country.getDisplayCountry(icu::Locale::getEnglish(), en).toUTF8String(name.en);
    return name;
}

}  // namespace hudoor::storage
