#include "assets/person_name.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <span>

namespace hudoor::assets {
namespace {

using Words = std::vector<std::string>;

struct Title {
    std::string_view words;  ///< in small letters and without dots at the end
    std::string_view shorter;
};

// The longest first: "his royal highness" is not "his highness".
constexpr Title titles[] = {{"his royal highness", "H.R.H."},
                            {"her royal highness", "H.R.H."},
                            {"his excellency", "H.E."},
                            {"her excellency", "H.E."},
                            {"his highness", "H.H."},
                            {"her highness", "H.H."},
                            {"his majesty", "H.M."},
                            {"her majesty", "H.M."},
                            {"professor", "Prof."},
                            {"ambassador", "Amb."},
                            {"engineer", "Eng."},
                            {"doctor", "Dr"},
                            {"h.r.h", {}},
                            {"h.e", {}},
                            {"h.h", {}},
                            {"h.m", {}},
                            {"hrh", {}},
                            {"prof", {}},
                            {"amb", {}},
                            {"eng", {}},
                            {"dr", {}},
                            {"mrs", {}},
                            {"mr", {}},
                            {"ms", {}},
                            {"sir", {}},
                            {"dame", {}},
                            {"sheikha", {}},
                            {"sheikh", {}},
                            {"shaikha", {}},
                            {"shaikh", {}},
                            {"prince", {}},
                            {"princess", {}},
                            {"صاحب السمو الملكي", "سمو"},
                            {"صاحبة السمو الملكي", "سمو"},
                            {"صاحب السمو", "سمو"},
                            {"صاحبة السمو", "سمو"},
                            {"صاحب المعالي", "معالي"},
                            {"صاحبة المعالي", "معالي"},
                            {"صاحب السعادة", "سعادة"},
                            {"صاحبة السعادة", "سعادة"},
                            {"الأستاذ الدكتور", "أ.د."},
                            {"الأستاذة الدكتورة", "أ.د."},
                            {"البروفيسورة", "أ.د."},
                            {"البروفيسور", "أ.د."},
                            {"الدكتورة", "د."},
                            {"الدكتور", "د."},
                            {"المهندسة", "م."},
                            {"المهندس", "م."},
                            {"الأستاذة", "أ."},
                            {"الأستاذ", "أ."},
                            {"السفيرة", {}},
                            {"السفير", {}},
                            {"الشيخة", {}},
                            {"الشيخ", {}},
                            {"الأميرة", {}},
                            {"الأمير", {}},
                            {"السيدة", {}},
                            {"السيد", {}},
                            {"معالي", {}},
                            {"سعادة", {}},
                            {"فخامة", {}},
                            {"سمو", {}},
                            {"أ.د", {}},
                            {"د", {}},
                            {"م", {}},
                            {"أ", {}}};

/// "Son of", "daughter of".
constexpr std::string_view descents[]{"bin",   "ibn", "ben", "bint", "binti",
                                      "binte", "b",   "بن",  "بنت",  "ابن"};
/// Part of one name with what follows, also in the first place: "Abdul Rahman", "Abu Bakr".
constexpr std::string_view beginnings[]{"abd", "abdul", "abdel", "abdal", "abdol",
                                        "abu", "abou",  "umm",   "عبد",   "أبو",
                                        "ابو", "أبي",   "أم",    "ذو",    "آل"};
/// Part of the name that follows, but a name of its own in the first place: "Al Pacino".
constexpr std::string_view particles[]{
    "al",  "el",  "aal", "ul", "de",  "del", "della", "delle", "di",    "da",  "do",  "dos", "das",
    "du",  "des", "la",  "le", "las", "los", "van",   "von",   "vom",   "zu",  "zur", "den", "der",
    "ten", "ter", "te",  "af", "av",  "st",  "saint", "san",   "santa", "ولد", "ال"};
/// Part of the name before: "نور الدين".
constexpr std::string_view endings[]{"الدين", "الله", "الإسلام", "الاسلام", "الحق", "الزمان"};
constexpr std::string_view conjunctions[]{"y", "e", "i", "und"};
constexpr std::string_view suffixes[]{"ii", "iii", "iv", "jr", "sr", "phd", "md", "esq"};

bool is_one_of(std::span<const std::string_view> list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

Words split(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::string join(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words)
        if (!word.empty()) text += (text.empty() ? "" : " ") + word;
    return text;
}

/// As the lists above have it.
std::string plain(std::string_view word) {
    std::string text(word);
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    while (!text.empty() && (text.back() == '.' || text.back() == ',')) text.pop_back();
    return text;
}

/// The first letter with a dot, of both halves of "Maria-Fernanda"; empty in a script without
/// capitals.
std::string initial_of(std::string_view word) {
    std::string initials;
    for (std::size_t at = 0; at <= word.size();) {
        const std::size_t end = std::min(word.find('-', at), word.size());
        const std::string_view half = word.substr(at, end - at);
        const auto letters = icu::UnicodeString::fromUTF8(
            icu::StringPiece(half.data(), static_cast<int>(half.size())));
        const auto first = letters.tempSubString(0, letters.moveIndex32(0, 1));
        std::string letter;
        if (!first.isEmpty() && u_isupper(first.char32At(0)) != 0)
            initials += (initials.empty() ? "" : "-") + first.toUTF8String(letter) + ".";
        at = end + 1;
    }
    return initials;
}

/// One name with its particles.
struct Part {
    Words words;
    bool descent = false;  ///< begins with "bin"

    [[nodiscard]] std::string text() const { return join(words); }
    /// A descent's alone says nothing of whose son it is.
    [[nodiscard]] std::string without_descent() const {
        return descent ? join(std::span(words).subspan(1)) : text();
    }
    /// What it becomes between two others.
    [[nodiscard]] std::string shorter() const {
        if (descent) return {};
        const bool compound = is_one_of(beginnings, plain(words.front()));
        return initial_of(compound ? words.front() : words.back());
    }
};

/// A name taken apart.
struct Name {
    std::vector<std::pair<std::string, std::string>> titles;  ///< as it is, and short
    std::vector<Part> parts;
    Words suffixes;
};

/// How many words of the list's title stand at `at`; 0: none.
std::size_t find_title(const Words& words, std::size_t at, Title& found) {
    for (const Title& title : titles) {
        const Words wanted = split(title.words);
        if (at + wanted.size() >= words.size()) continue;
        const auto same = [](const std::string& word, const std::string& of_title) {
            return plain(word) == of_title;
        };
        if (!std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<long>(at),
                        [&](const auto& a, const auto& b) { return same(b, a); }))
            continue;
        found = title;
        return wanted.size();
    }
    return 0;
}

bool leads(const std::string& word, bool first) {
    const std::string it = plain(word);
    if (is_one_of(beginnings, it)) return true;
    return !first && (is_one_of(particles, it) || is_one_of(descents, it));
}

/// The part that begins at `at`, which goes behind it.
Part take_part(const Words& words, std::size_t& at, bool first) {
    Part part;
    part.descent = !first && is_one_of(descents, plain(words[at]));
    while (at + 1 < words.size() && leads(words[at], first && part.words.empty()))
        part.words.push_back(words[at++]);
    part.words.push_back(words[at++]);
    while (at < words.size() && is_one_of(endings, words[at])) part.words.push_back(words[at++]);
    // "Ortega y Gasset" is one name.
    if (at + 1 < words.size() && is_one_of(conjunctions, words[at])) {
        part.words.push_back(words[at++]);
        part.words.push_back(words[at++]);
    }
    return part;
}

Name take_apart(Words words) {
    Name name;
    while (words.size() > 2 && is_one_of(suffixes, plain(words.back()))) {
        name.suffixes.insert(name.suffixes.begin(), words.back());
        words.pop_back();
    }
    std::size_t at = 0;
    Title title;
    while (const std::size_t count = find_title(words, at, title)) {
        const std::string whole = join(std::span(words).subspan(at, count));
        name.titles.emplace_back(whole, title.shorter.empty() ? whole : std::string(title.shorter));
        at += count;
    }
    while (at < words.size()) name.parts.push_back(take_part(words, at, name.parts.empty()));
    return name;
}

/// Collects the forms.
class Forms {
public:
    explicit Forms(Name name) : name_(std::move(name)) {
        for (const Part& part : name_.parts) shown_.push_back(part.text());
        for (const auto& [whole, shorter] : name_.titles) titles_.push_back(whole);
        suffix_ = join(name_.suffixes);
    }

    std::vector<std::string> make() {
        add();
        shorten_titles();
        shorten_middle();
        drop_middle();
        titles_.clear();
        suffix_.clear();
        add();
        shorten_first();
        return std::move(forms_);
    }

private:
    void add() {
        Words words = titles_;
        words.insert(words.end(), shown_.begin(), shown_.end());
        words.push_back(suffix_);
        const std::string form = join(words);
        if (forms_.empty() || forms_.back().size() > form.size()) forms_.push_back(form);
    }

    void shorten_titles() {
        for (std::size_t i = 0; i < titles_.size(); ++i) titles_[i] = name_.titles[i].second;
        add();
    }

    void shorten_middle() {
        for (std::size_t i = shown_.size(); i-- > 2;) {
            shown_[i - 1] = name_.parts[i - 1].shorter();
            keep_descent_true();
            add();
        }
    }

    void drop_middle() {
        for (std::size_t i = 1; i + 1 < shown_.size(); ++i) shown_[i].clear();
        add();
    }

    /// "Saeed bin Ali bin Omar" without Ali is no son of Omar.
    void keep_descent_true() {
        if (shown_.size() > 2 && shown_[shown_.size() - 2].empty())
            shown_.back() = name_.parts.back().without_descent();
    }

    void shorten_first() {
        if (shown_.size() < 2) return;
        shown_.front() = name_.parts.front().shorter();
        if (!shown_.front().empty()) add();
        shown_.front().clear();
        add();
    }

    Name name_;
    Words titles_, shown_;
    std::string suffix_;
    std::vector<std::string> forms_;
};

}  // namespace

std::vector<std::string> name_forms(std::string_view name) {
    std::vector<std::string> forms;
    const std::string whole = join(split(name));
    if (whole.empty()) return forms;
    std::string bare = whole;
    // What stands in brackets is the same name in other letters.
    if (const auto bracket = whole.find(" ("); bracket != std::string::npos) {
        forms.push_back(whole);
        bare.resize(bracket);
    }
    for (std::string& form : Forms(take_apart(split(bare))).make())
        forms.push_back(std::move(form));
    return forms;
}

}  // namespace hudoor::assets
