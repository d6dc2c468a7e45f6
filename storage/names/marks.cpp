#include "storage/names/marks.hpp"

#include <algorithm>
#include <optional>

#include "storage/names/folding.hpp"

namespace hudoor::storage {
namespace {

constexpr std::string_view article = "ال";

std::string join(const std::vector<FoldedLetter>& letters) {
    std::string text;
    for (const FoldedLetter& letter : letters) text += letter.text;
    return text;
}

/// The words of what was typed, folded.
std::vector<std::string> words_of(const std::vector<FoldedLetter>& letters) {
    std::vector<std::string> words;
    for (const FoldedLetter& letter : letters) {
        if (letter.begins_word || words.empty()) words.emplace_back();
        words.back() += letter.text;
    }
    return words;
}

/// Where the letters of `wanted` stand one after the other; spaces between words do not count.
std::optional<ByteRange> find_letters(const std::vector<FoldedLetter>& name,
                                      std::string_view wanted, bool at_beginning) {
    for (std::size_t from = 0; from < name.size(); ++from) {
        if (at_beginning && !name[from].begins_word) continue;
        std::size_t matched = 0, to = from;
        while (to < name.size() && matched < wanted.size() &&
               wanted.substr(matched).starts_with(name[to].text))
            matched += name[to++].text.size();
        if (matched == wanted.size() && to > from)
            return ByteRange{name[from].begin, name[to - 1].end};
    }
    return std::nullopt;
}

/// Inside a word only what is long enough to be searched for.
std::optional<ByteRange> find_word(const std::vector<FoldedLetter>& name, std::string_view word) {
    if (const auto found = find_letters(name, word, true)) return found;
    if (count_letters(word) < (is_arabic(word) ? 2U : 3U)) return std::nullopt;
    if (const auto found = find_letters(name, word, false)) return found;
    if (!word.starts_with(article) || count_letters(word) < 4) return std::nullopt;
    return find_letters(name, word.substr(article.size()), true);
}

std::vector<ByteRange> joined(std::vector<ByteRange> ranges) {
    std::sort(ranges.begin(), ranges.end(),
              [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
    std::vector<ByteRange> apart;
    for (const ByteRange& range : ranges) {
        if (!apart.empty() && range.begin <= apart.back().end)
            apart.back().end = std::max(apart.back().end, range.end);
        else
            apart.push_back(range);
    }
    return apart;
}

}  // namespace

std::vector<ByteRange> matched_parts(std::string_view name, std::string_view typed) {
    const auto letters = fold_letters(name), wanted = fold_letters(typed);
    if (wanted.empty()) return {};
    if (const auto all = find_letters(letters, join(wanted), true)) return {*all};
    std::vector<ByteRange> ranges;
    for (const std::string& word : words_of(wanted))
        if (const auto found = find_word(letters, word)) ranges.push_back(*found);
    return joined(std::move(ranges));
}

}  // namespace hudoor::storage
