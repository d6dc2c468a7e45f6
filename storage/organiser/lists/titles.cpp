#include "storage/organiser/lists/titles.hpp"

#include <algorithm>
#include <set>

#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

namespace {

/// Lower case, with the point where only that makes it a title.
const std::set<std::string>& titles() {
    static const std::set<std::string> all{"h.e.",
                                           "h.e",
                                           "h.h.",
                                           "h.h",
                                           "h.r.h.",
                                           "hrh",
                                           "h.m.",
                                           "his excellency",
                                           "her excellency",
                                           "excellency",
                                           "dr.",
                                           "dr",
                                           "prof.",
                                           "prof",
                                           "professor",
                                           "doctor",
                                           "eng.",
                                           "engr.",
                                           "engr",
                                           "ing.",
                                           "mr.",
                                           "mr",
                                           "mrs.",
                                           "mrs",
                                           "ms.",
                                           "ms",
                                           "miss",
                                           "sir",
                                           "dame",
                                           "sheikh",
                                           "shaikh",
                                           "sheikha",
                                           "shaikha",
                                           "hon.",
                                           "honourable",
                                           "honorable",
                                           "the hon.",
                                           "amb.",
                                           "ambassador",
                                           "minister",
                                           "rev.",
                                           "capt.",
                                           "captain",
                                           "col.",
                                           "colonel",
                                           "gen.",
                                           "lt.",
                                           "maj.",
                                           "adm.",
                                           "brig.",
                                           "arch.",
                                           "adv.",
                                           "assoc.",
                                           "asst.",
                                           "mme",
                                           "mme.",
                                           "herr",
                                           "frau",
                                           "معالي",
                                           "سعادة",
                                           "سمو",
                                           "صاحب السمو",
                                           "صاحبة السمو",
                                           "فخامة",
                                           "الدكتور",
                                           "الدكتورة",
                                           "دكتور",
                                           "دكتورة",
                                           "د.",
                                           "د",
                                           "م.",
                                           "أ.",
                                           "أ.د.",
                                           "أ.د",
                                           "أ.م.",
                                           "المهندس",
                                           "المهندسة",
                                           "مهندس",
                                           "الأستاذ",
                                           "الأستاذة",
                                           "أستاذ",
                                           "أستاذة",
                                           "البروفيسور",
                                           "بروفيسور",
                                           "الشيخ",
                                           "الشيخة",
                                           "السفير",
                                           "السفيرة",
                                           "الوزير",
                                           "الوزيرة",
                                           "اللواء",
                                           "العميد",
                                           "العقيد",
                                           "المقدم",
                                           "الرائد",
                                           "النقيب",
                                           "السيدة",
                                           "الآنسة"};
    return all;
}

/// "HE Noura": a title only in capitals before a name that is not.
bool is_excellency(const std::string& word, const std::string& rest) {
    return word == "HE" && std::any_of(rest.begin(), rest.end(),
                                       [](char sign) { return sign >= 'a' && sign <= 'z'; });
}

/// How many bytes of the text its first title takes; 0: it has none.
std::size_t title_length(const std::string& text) {
    std::size_t end = text.find(' ');
    std::size_t found = 0;
    for (int words = 0; end != std::string::npos && words < 2; ++words) {
        const std::string begin = text.substr(0, end);
        if (titles().contains(lower_case(begin)) || is_excellency(begin, text.substr(end)))
            found = end;
        end = text.find(' ', end + 1);
    }
    if (found > 0) return found;
    // "Dr.Noura" and "د.نورة", without the space.
    const std::size_t point = text.find('.');
    if (point == std::string::npos || point + 1 >= text.size() || text[point + 1] == '.') return 0;
    const std::string begin = text.substr(0, point + 1);
    const bool initials = text.find('.', point + 1) != std::string::npos;
    return !initials && begin.size() > 2 && titles().contains(lower_case(begin)) ? point + 1 : 0;
}

}  // namespace

TitledName split_title(const std::string& text) {
    TitledName split{{}, text};
    while (const std::size_t length = title_length(split.name)) {
        std::string rest = split.name.substr(length);
        rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
        if (rest.empty()) break;
        split.title += (split.title.empty() ? "" : " ") + split.name.substr(0, length);
        split.name = std::move(rest);
    }
    return split;
}

}  // namespace hudoor::organiser
