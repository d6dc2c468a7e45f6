/// The words of every screen and page in Arabic and English, by id ("idle.show"), from the compiled
/// gettext catalogues under ASSETS/words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hudoor::assets {

enum class Language : std::uint8_t { ar, en };
inline constexpr Language languages[] = {Language::ar, Language::en};

/// What stands for `{name}` in a text.
struct Field {
    std::string_view name;
    std::string_view value;
};

/// One id with its text, or with its plural forms in the order of the catalogue.
struct Word {
    std::string id;
    std::vector<std::string> forms;
};

/// Immutable; any thread.
class Catalogue {
public:
    /// Throws Fault(no_input) when a catalogue is missing, Fault(bad_data) when it is damaged.
    explicit Catalogue(const std::filesystem::path& assets_dir);
    ~Catalogue();

    /// The text with its fields filled in. An id that is not there comes back as itself.
    [[nodiscard]] std::string text(std::string_view id, Language language,
                                   std::initializer_list<Field> fields = {}) const;
    /// The plural form for `n`, with `{n}` filled in.
    [[nodiscard]] std::string count(std::string_view id, std::uint32_t n, Language language) const;
    /// Every word of the language, sorted by id.
    [[nodiscard]] const std::vector<Word>& words(Language language) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Puts the values in place of `{name}`, each inside first-strong isolates (U+2068, U+2069) so that
/// a code or a time cannot turn the words around it. An empty value leaves nothing, and the text is
/// trimmed: "since {time}" without a time is the label "since".
[[nodiscard]] std::string fill(std::string_view text, std::initializer_list<Field> fields);

/// A sentence in two lines: up to its first comma of either script, and the rest; the comma goes.
struct TwoLines {
    std::string first;
    std::string second;
};
[[nodiscard]] TwoLines split_at_comma(std::string_view text);

}  // namespace hudoor::assets
