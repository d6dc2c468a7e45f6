#include "storage/names/search.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "storage/names/country.hpp"
#include "storage/names/folding.hpp"
#include "storage/names/printed.hpp"

namespace hudoor::storage {
namespace {

// How near a word of a name is to a word typed.
constexpr float exact = 1, begins = 0.9F, same_consonants = 0.75F, consonants_begin = 0.6F,
                within = 0.6F, one_edit = 0.55F, consonant_edit = 0.35F;
constexpr float same_shape = 0.025F;     // for each of five signs
constexpr float other_word = 0.04F;      // every word of the name that was not typed
constexpr float elsewhere = 0.7F;        // in organisation, delegation or country, not the name
constexpr float code_of_letters = 0.5F;  // it may as well be a word
constexpr float missing_word = 0.3F;  // a word typed that the name has not; one of several at most
constexpr std::size_t least_for_edit = 4, least_consonants = 2, least_consonants_for_edit = 3;

constexpr std::size_t fewest_letters = 2, some_dozens = 48;

using Word = std::uint32_t;
using Who = Printed::Who;

/// Whether one letter put in, left out or changed, or two neighbours swapped, makes one the other;
/// bytes, so that a changed Arabic letter may be one or two.
bool is_one_edit(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 2) return false;
    std::size_t front = 0, back = 0;
    while (front < a.size() && a[front] == b[front]) ++front;
    while (back < a.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
    const std::string_view left = a.substr(front, a.size() - front - back),
                           right = b.substr(front, b.size() - front - back);
    const auto letters = [](std::string_view part) { return count_letters(part); };
    if (letters(left) <= 1 && letters(right) <= 1) return true;
    return left.size() == 2 && right.size() == 2 && left[0] == right[1] && left[1] == right[0];
}

std::size_t letters_of(std::string_view typed) { return count_letters(fold_id(typed)); }

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, [](char sign) { return sign >= '0' && sign <= '9'; });
}

}  // namespace

class NameSearch::Impl {
public:
    explicit Impl(std::span<const NamedPerson> people) {
        Known known;
        who_.reserve(people.size());
        for (const NamedPerson& person : people) add(person, known);
        printed_.sort();
    }

    [[nodiscard]] std::vector<NameMatch> find(std::string_view typed, std::size_t most) const {
        const std::vector<std::string> words = fold_words(typed);
        const std::string whole = fold_id(typed);
        if (words.empty() || who_.empty()) return {};
        Found found(who_.size());
        if (count_letters(whole) >= fewest_letters || has_digit(whole))
            for (const std::string& word : words) look(word, found);
        std::vector<Who>& people = found.people;
        const std::size_t least = words.size() > 1 ? words.size() - 1 : 1;
        const auto numbers = static_cast<std::size_t>(std::ranges::count_if(words, has_digit));
        std::erase_if(people, [&](Who who) {
            const bool is_out = found.matched[who] < least || found.numbers[who] < numbers;
            if (is_out) found.matched[who] = 0;
            return is_out;
        });
        for (const Who who : people)
            if (found.matched[who] < words.size()) found.total[who] -= missing_word;
        look_printed(whole, static_cast<float>(words.size()), found);
        if (!is_long_enough(typed) && people.size() > some_dozens) people = with_id(whole);
        return best(found, words.size(), most);
    }

private:
    struct Entry {
        std::string word;
        std::string consonants;
        bool arabic = false;
        unsigned shape = 0;
        std::vector<Who> people;  ///< whose name has it
        std::vector<Who> others;  ///< whose organisation, delegation or country has it
    };

    /// While the index is made.
    struct Known {
        std::unordered_map<std::string, Word> words;
        std::unordered_map<std::string, Bilingual> countries;
    };

    /// Whom a search has met so far, and what it knows of each; by Who.
    struct Found {
        explicit Found(std::size_t all) : total(all), matched(all), numbers(all), elsewhere(all) {}

        std::vector<Who> people;
        std::vector<float> total;
        std::vector<std::uint8_t> matched;    ///< of the words typed
        std::vector<std::uint8_t> numbers;    ///< of those that have a digit
        std::vector<std::uint8_t> elsewhere;  ///< of those that are not of the name
    };

    /// One word typed: how near each person has it, and whether not in the name.
    struct Near {
        explicit Near(std::size_t count) : by(count), elsewhere(count) {}

        void meet(const std::vector<Who>& met, float nearness) {
            for (const Who who : met) {
                if (by[who] == 0) people.push_back(who);
                by[who] = std::max(by[who], nearness);
            }
        }

        std::vector<Who> people;
        std::vector<float> by;
        std::vector<bool> elsewhere;
    };

    void add(const NamedPerson& person, Known& known) {
        const auto who = static_cast<Who>(who_.size());
        who_.push_back(person.id);
        std::uint8_t most = 0;
        for (const std::string* name : {&person.name.ar, &person.name.en}) {
            const auto words = fold_words(*name);
            most =
                std::max(most, static_cast<std::uint8_t>(std::min<std::size_t>(words.size(), 255)));
            for (const std::string& word : words) add(entry_of(known, word).people, who);
        }
        word_count_.push_back(most);
        const auto [country_at, is_new] = known.countries.try_emplace(person.country);
        if (is_new) country_at->second = country_name(person.country);
        const Bilingual& country = country_at->second;
        for (const std::string* other : {&person.organisation.ar, &person.organisation.en,
                                         &person.delegation, &country.ar, &country.en})
            for (const std::string& word : fold_words(*other))
                add(entry_of(known, word).others, who);
        printed_.add(person.external_id, person.badge, who);
    }

    Entry& entry_of(Known& known, const std::string& word) {
        const auto [at, is_new] = known.words.try_emplace(word, static_cast<Word>(words_.size()));
        if (is_new) words_.push_back({word, skeleton(word), is_arabic(word), shape(word), {}, {}});
        return words_[at->second];
    }

    static void add(std::vector<Who>& people, Who who) {
        if (people.empty() || people.back() != who) people.push_back(who);
    }

    /// How near each word is to the one typed, then the people who have it: each by the nearest.
    void look(const std::string& typed, Found& found) const {
        Near near(who_.size());
        const bool number = has_digit(typed);
        if (number)
            look_number(typed, near);
        else
            look_word(typed, near);
        for (const Who who : near.people) {
            if (found.matched[who]++ == 0) found.people.push_back(who);
            if (number) ++found.numbers[who];
            if (near.elsewhere[who]) ++found.elsewhere[who];
            found.total[who] += near.by[who];
        }
    }

    static void look_elsewhere(const Entry& entry, float nearness, Near& near) {
        near.meet(entry.others, nearness * elsewhere);
        for (const Who who : entry.others) near.elsewhere[who] = true;
    }

    /// Of words and ids alike: as it stands, or their beginning.
    void look_number(const std::string& typed, Near& near) const {
        for (const Entry& entry : words_) {
            if (!entry.word.starts_with(typed)) continue;
            const float nearness = entry.word.size() == typed.size() ? exact : begins;
            near.meet(entry.people, nearness);
            look_elsewhere(entry, nearness, near);
        }
        for (const auto& [who, whole] : printed_.find_id(typed))
            near.meet({who}, whole ? exact : begins);
    }

    [[nodiscard]] std::vector<Who> with_id(const std::string& typed) const {
        std::vector<Who> people;
        for (const auto& [who, whole] : printed_.find_id(typed))
            if (whole) people.push_back(who);
        return people;
    }

    /// The whole of what was typed as an id or the beginning of a code, whatever stands between its
    /// letters; as near as `words` words.
    void look_printed(const std::string& typed, float words, Found& found) const {
        const bool number = has_digit(typed);
        const auto meet = [&](Who who, float nearness) {
            if (found.matched[who]++ == 0) {
                found.people.push_back(who);
                found.total[who] = 0;
            }
            found.total[who] = std::max(found.total[who], nearness * words);
        };
        for (const auto& [who, whole] : printed_.find_id(typed))
            if (whole || number) meet(who, whole ? exact : begins);
        for (const Who who : printed_.find_code(typed))
            meet(who, number ? begins : code_of_letters);
    }

    void look_word(const std::string& typed, Near& all) const {
        const std::string consonants = skeleton(typed);
        const bool edits = count_letters(typed) >= least_for_edit, arabic = is_arabic(typed);
        const unsigned form = shape(typed);
        for (const Entry& entry : words_) {
            const float near =
                nearness(typed, consonants, edits, arabic != entry.arabic, form, entry);
            if (near > 0) all.meet(entry.people, near);
            if (near >= begins) look_elsewhere(entry, near, all);
        }
    }

    /// Across scripts the consonants are all there is, be they few.
    static float nearness(std::string_view typed, std::string_view consonants, bool edits,
                          bool across, unsigned shape, const Entry& entry) {
        const auto at = entry.word.find(typed);
        if (at == 0) return entry.word.size() == typed.size() ? exact : begins;
        if (count_letters(typed) <= fewest_letters && !is_arabic(typed)) return 0;
        float near = at != std::string::npos ? within : 0;
        if (across && consonants == entry.consonants)
            return same_consonants +
                   same_shape * static_cast<float>(5 - std::popcount(shape ^ entry.shape));
        if (consonants.size() >= least_consonants &&
            entry.consonants.compare(0, consonants.size(), consonants) == 0)
            near = std::max(near, entry.consonants.size() == consonants.size() ? same_consonants
                                                                               : consonants_begin);
        if (near == 0 && edits && is_one_edit(typed, entry.word)) near = one_edit;
        if (near == 0 && consonants.size() + (across ? 1 : 0) >= least_consonants_for_edit &&
            is_one_edit(consonants, entry.consonants))
            near = consonant_edit;
        return near;
    }

    [[nodiscard]] std::vector<NameMatch> best(const Found& found, std::size_t typed,
                                              std::size_t most) const {
        std::vector<std::pair<float, Who>> ranked;
        ranked.reserve(found.people.size());
        for (const Who who : found.people) {
            const auto others = word_count_[who] > typed ? word_count_[who] - typed : 0;
            ranked.emplace_back(found.total[who] / static_cast<float>(typed) -
                                    other_word * static_cast<float>(others),
                                who);
        }
        const auto nearer = [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        };
        const auto count = std::min(most, ranked.size());
        std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count),
                          ranked.end(), nearer);
        std::vector<NameMatch> matches;
        for (std::size_t i = 0; i < count; ++i)
            matches.push_back({who_[ranked[i].second], ranked[i].first,
                               found.elsewhere[ranked[i].second] == typed});
        return matches;
    }

    std::vector<RegistrationId> who_;
    std::vector<std::uint8_t> word_count_;
    std::vector<Entry> words_;
    Printed printed_;
};

NameSearch::NameSearch(std::span<const NamedPerson> people)
    : impl_(std::make_unique<Impl>(people)) {}
NameSearch::~NameSearch() = default;

std::vector<NameMatch> NameSearch::find(std::string_view typed, std::size_t most) const {
    return impl_->find(typed, most);
}

bool NameSearch::is_long_enough(std::string_view typed) {
    return letters_of(typed) >= (is_arabic(typed) ? 2U : 3U);
}

}  // namespace hudoor::storage
