#include "storage/names/search.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "storage/names/country.hpp"
#include "storage/names/folding.hpp"

namespace hudoor::storage {
namespace {

// How near a word of a name is to a word typed.
constexpr float exact = 1, begins = 0.9F, same_consonants = 0.75F, consonants_begin = 0.6F,
                within = 0.6F, one_edit = 0.55F, consonant_edit = 0.35F;
constexpr float same_shape = 0.025F;  // for each of five signs
constexpr float other_word = 0.04F;   // every word of the name that was not typed
constexpr float elsewhere = 0.7F;     // in the organisation or the country, not the name
constexpr float missing_word = 0.3F;  // a word typed that the name has not; one of several at most
constexpr std::size_t least_for_edit = 4, least_consonants = 2, least_consonants_for_edit = 3;

constexpr std::size_t fewest_letters = 2, some_dozens = 48;

using Word = std::uint32_t;
using Who = std::uint32_t;

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

std::size_t letters_of(std::string_view typed) {
    std::size_t letters = 0;
    for (const FoldedLetter& letter : fold_letters(typed)) letters += count_letters(letter.text);
    return letters;
}

}  // namespace

class NameSearch::Impl {
public:
    explicit Impl(std::span<const NamedPerson> people) {
        std::unordered_map<std::string, Word> known;
        std::unordered_map<std::string, Bilingual> countries;
        who_.reserve(people.size());
        for (const NamedPerson& person : people) {
            const auto who = static_cast<Who>(who_.size());
            who_.push_back(person.id);
            std::uint8_t most = 0;
            for (const std::string* name : {&person.name.ar, &person.name.en}) {
                const auto words = fold_words(*name);
                most = std::max(
                    most, static_cast<std::uint8_t>(std::min<std::size_t>(words.size(), 255)));
                for (const std::string& word : words) add(entry_of(known, word).people, who);
            }
            const auto [country_at, is_new] = countries.try_emplace(person.country);
            if (is_new) country_at->second = country_name(person.country);
            const Bilingual& country = country_at->second;
            for (const std::string* other :
                 {&person.organisation.ar, &person.organisation.en, &country.ar, &country.en})
                for (const std::string& word : fold_words(*other))
                    add(entry_of(known, word).others, who);
            word_count_.push_back(most);
        }
    }

    [[nodiscard]] std::vector<NameMatch> find(std::string_view typed, std::size_t most) const {
        const std::vector<std::string> words = fold_words(typed);
        const bool is_short = !is_long_enough(typed);
        if (words.empty() || words_.empty() || letters_of(typed) < fewest_letters) return {};
        std::vector<float> total(who_.size(), 0);
        std::vector<std::uint8_t> matched(who_.size(), 0);
        std::vector<Who> candidates;
        for (const std::string& word : words) {
            std::vector<float> nearest(who_.size(), 0);
            for (const Who who : look(word, nearest)) {
                if (matched[who]++ == 0) candidates.push_back(who);
                total[who] += nearest[who];
            }
        }
        const std::size_t least = words.size() > 1 ? words.size() - 1 : 1;
        std::erase_if(candidates, [&](Who who) { return matched[who] < least; });
        if (is_short && candidates.size() > some_dozens) return {};
        for (const Who who : candidates)
            if (matched[who] < words.size()) total[who] -= missing_word;
        return best(candidates, total, words.size(), most);
    }

private:
    struct Entry {
        std::string word;
        std::string consonants;
        bool arabic = false;
        unsigned shape = 0;
        std::vector<Who> people;  ///< whose name has it
        std::vector<Who> others;  ///< whose organisation or country has it
    };

    Entry& entry_of(std::unordered_map<std::string, Word>& known, const std::string& word) {
        const auto [at, is_new] = known.try_emplace(word, static_cast<Word>(words_.size()));
        if (is_new) words_.push_back({word, skeleton(word), is_arabic(word), shape(word), {}, {}});
        return words_[at->second];
    }

    static void add(std::vector<Who>& people, Who who) {
        if (people.empty() || people.back() != who) people.push_back(who);
    }

    /// How near each word is to the one typed, then the people who have it: each by the nearest.
    std::vector<Who> look(const std::string& typed, std::vector<float>& nearest) const {
        const std::string consonants = skeleton(typed);
        const bool edits = count_letters(typed) >= least_for_edit, arabic = is_arabic(typed);
        const unsigned form = shape(typed);
        std::vector<Who> found;
        for (const Entry& entry : words_) {
            const float near =
                nearness(typed, consonants, edits, arabic != entry.arabic, form, entry);
            const auto meet = [&](const std::vector<Who>& people, float by) {
                for (const Who who : people) {
                    if (nearest[who] == 0) found.push_back(who);
                    nearest[who] = std::max(nearest[who], by);
                }
            };
            if (near > 0) meet(entry.people, near);
            if (near >= begins) meet(entry.others, near * elsewhere);
        }
        return found;
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

    std::vector<NameMatch> best(const std::vector<Who>& people, const std::vector<float>& total,
                                std::size_t typed, std::size_t most) const {
        std::vector<std::pair<float, Who>> ranked;
        ranked.reserve(people.size());
        for (const Who who : people) {
            const auto others = word_count_[who] > typed ? word_count_[who] - typed : 0;
            ranked.emplace_back(
                total[who] / static_cast<float>(typed) - other_word * static_cast<float>(others),
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
            matches.push_back({who_[ranked[i].second], ranked[i].first});
        return matches;
    }

    std::vector<RegistrationId> who_;
    std::vector<std::uint8_t> word_count_;
    std::vector<Entry> words_;
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
