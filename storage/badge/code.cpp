#include "storage/badge/code.hpp"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

/// Longer texts are no delegate's code in any of the systems we import from, and are not parsed.
constexpr std::size_t longest_code_text = 512;

bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Indico writes {"i":[version,"host","secret"]}: of a list, the last text is the code.
std::optional<std::string> value_in_json(std::string_view text, const std::string& key) {
    if (text.empty() || text.front() != '{') return std::nullopt;
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || !json.contains(key)) return std::nullopt;
    const auto& value = json[key];
    const auto& code = value.is_array() && !value.empty() ? value.back() : value;
    if (!code.is_string()) return std::nullopt;
    return code.get<std::string>();
}

bool fits(std::string_view code, const CodeShape& shape) {
    return !code.empty() && code.size() >= shape.min_length && code.size() <= shape.max_length &&
           is_printable_ascii(code) && code.starts_with(shape.prefix) &&
           (shape.alphabet.empty() ||
            code.find_first_not_of(shape.alphabet) == std::string_view::npos);
}

struct Match {
    std::string code;
    const CodeShape& shape;
};

std::optional<Match> match_as_it_stands(std::string_view text,
                                        const std::vector<CodeShape>& shapes) {
    for (const CodeShape& shape : shapes)
        if (auto code = match_shape(text, shape)) return Match{std::move(*code), shape};
    return std::nullopt;
}

std::optional<Match> match_any(std::string_view text, const std::vector<CodeShape>& shapes) {
    auto match = match_as_it_stands(text, shapes);
    return match ? std::move(match) : match_as_it_stands(without_reader_marks(text), shapes);
}

std::optional<SignedBadge> read_badge(std::string_view text) {
    const auto badge = parse_badge(text);
    return badge ? badge : parse_badge(without_reader_marks(text));
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

/// How much of the beginning is such a mark; 0: none.
std::size_t reader_mark(std::string_view text) {
    constexpr std::size_t aim = 3, eci = 7;
    if (text.empty()) return 0;
    if (is_blank(text.front())) return 1;
    if (text.front() == ']' && text.size() > aim &&
        std::all_of(text.begin() + 1, text.begin() + aim, is_letter_or_digit))
        return aim;
    const bool is_eci = text.front() == '\\' && text.size() > eci &&
                        std::all_of(text.begin() + 1, text.begin() + eci,
                                    [](char c) { return c >= '0' && c <= '9'; });
    return is_eci ? eci : 0;
}

}  // namespace

std::string_view without_reader_marks(std::string_view text) {
    while (const std::size_t mark = reader_mark(text)) text.remove_prefix(mark);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<std::string> match_shape(std::string_view text, const CodeShape& shape) {
    if (text.size() > longest_code_text) return std::nullopt;
    std::string code(text);
    if (!shape.json_key.empty()) {
        auto value = value_in_json(text, shape.json_key);
        if (!value) return std::nullopt;
        code = std::move(*value);
    }
    if (shape.cut_at != 0) code.resize(std::min(code.size(), code.find(shape.cut_at)));
    if (!fits(code, shape)) return std::nullopt;
    return code;
}

CodeHash hash_code(std::string_view code, ByteView code_key) {
    ENSURE(code_key.size() == crypto_generichash_KEYBYTES);
    CodeHash hash;
    const ByteView message = as_bytes(code);
    crypto_generichash(hash.bytes.data(), hash.bytes.size(), message.data(), message.size(),
                       code_key.data(), code_key.size());
    return hash;
}

Code recognise(std::string_view text, const std::vector<CodeShape>& shapes, ByteView code_key) {
    if (auto badge = read_badge(text)) return *badge;
    const auto match = match_any(text, shapes);
    if (!match) return OtherCode{};
    // Without the key (no guest list) no hash: an unkeyed one could be guessed back.
    return ImportedCode{code_key.empty() ? CodeHash{} : hash_code(match->code, code_key),
                        match->shape.guessable};
}

bool may_be_ours(std::string_view text, const std::vector<CodeShape>& shapes) {
    return read_badge(text).has_value() || match_any(text, shapes).has_value();
}

}  // namespace hudoor::storage
