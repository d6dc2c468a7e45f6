#include "assets/catalogue.hpp"

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstring>
#include <fstream>
#include <iterator>
#include <locale>
#include <optional>

#include "config/fault.hpp"

namespace hudoor::assets {
namespace {

constexpr std::string_view open_isolate = "\u2068";
constexpr std::string_view close_isolate = "\u2069";

std::vector<char> read_catalogue(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        throw Fault(ExitCode::no_input, "cannot read the words in " + file.string() +
                                            ": is HUDOOR_ASSETS set to a wrong folder?");
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A .mo file's tables (the format is the GNU gettext manual's); Boost.Locale looks single words up
/// but cannot list them.
class MoTables {
public:
    explicit MoTables(const std::vector<char>& bytes) : bytes_(bytes) {}

    std::optional<std::vector<Word>> words() const {
        constexpr std::uint32_t magic = 0x950412de;
        if (number(0) != magic) return std::nullopt;
        const auto count = number(8), ids = number(12), texts = number(16);
        if (!count || !ids || !texts) return std::nullopt;
        std::vector<Word> words;
        for (std::uint32_t i = 0; i < *count; ++i) {
            const auto id = string(*ids + 8 * i);
            const auto text = string(*texts + 8 * i);
            if (!id || !text) return std::nullopt;
            if (!id->empty())
                words.push_back({std::string(id->substr(0, id->find('\0'))), forms(*text)});
        }
        return words;
    }

private:
    std::optional<std::uint32_t> number(std::size_t at) const {
        std::uint32_t value = 0;
        if (at + sizeof value > bytes_.size()) return std::nullopt;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    std::optional<std::string_view> string(std::size_t at) const {
        const auto size = number(at), start = number(at + 4);
        if (!size || !start || std::size_t{*start} + *size > bytes_.size()) return std::nullopt;
        return std::string_view(bytes_.data() + *start, *size);
    }

    static std::vector<std::string> forms(std::string_view text) {
        std::vector<std::string> result;
        for (;;) {
            const auto end = text.find('\0');
            result.emplace_back(text.substr(0, end));
            if (end == std::string_view::npos) return result;
            text.remove_prefix(end + 1);
        }
    }

    const std::vector<char>& bytes_;
};

struct Book {
    std::locale locale;
    std::vector<Word> words;
};

Book open_book(const std::filesystem::path& assets_dir, const std::string& language) {
    const auto file = assets_dir / "words" / language / "LC_MESSAGES" / "hudoor.mo";
    auto bytes = read_catalogue(file);
    auto words = MoTables(bytes).words();
    if (!words) throw Fault(ExitCode::bad_data, "the words in " + file.string() + " are damaged");

    boost::locale::gnu_gettext::messages_info info;
    info.language = language;
    info.encoding = "UTF-8";
    info.domains.emplace_back("hudoor");
    info.paths.emplace_back(".");  // any: the call-back gives the bytes, no file is read
    info.callback = [&bytes](const std::string&, const std::string&) { return bytes; };
    auto* facet = boost::locale::gnu_gettext::create_messages_facet<char>(info);
    return {std::locale(std::locale::classic(), facet), std::move(*words)};
}

std::string trim(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

}  // namespace

class Catalogue::Impl {
public:
    explicit Impl(const std::filesystem::path& assets_dir)
        : ar_(open_book(assets_dir, "ar")), en_(open_book(assets_dir, "en")) {}

    const Book& book(Language language) const { return language == Language::ar ? ar_ : en_; }

private:
    Book ar_;
    Book en_;
};

Catalogue::Catalogue(const std::filesystem::path& assets_dir)
    : impl_(std::make_unique<Impl>(assets_dir)) {}
Catalogue::~Catalogue() = default;

std::string Catalogue::text(std::string_view id, Language language,
                            std::initializer_list<Field> fields) const {
    return fill(boost::locale::gettext(std::string(id).c_str(), impl_->book(language).locale),
                fields);
}

std::string Catalogue::count(std::string_view id, std::uint32_t n, Language language) const {
    const std::string key(id);
    // Boost takes an int; forms go by the last two digits, so that is all that may be lost.
    const int number = static_cast<int>(n > 999'999 ? 1'000'000 + n % 100 : n);
    const auto& locale = impl_->book(language).locale;
    return fill(boost::locale::ngettext(key.c_str(), key.c_str(), number, locale),
                {{"n", std::to_string(n)}});
}

const std::vector<Word>& Catalogue::words(Language language) const {
    return impl_->book(language).words;
}

std::string fill(std::string_view text, std::initializer_list<Field> fields) {
    std::string result;
    for (;;) {
        const auto open = text.find('{');
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) return trim(result.append(text));
        result.append(text.substr(0, open));
        const auto name = text.substr(open + 1, close - open - 1);
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const Field& each) { return each.name == name; });
        if (field != fields.end() && !field->value.empty())
            result.append(open_isolate).append(field->value).append(close_isolate);
        text.remove_prefix(close + 1);
    }
}

TwoLines split_at_comma(std::string_view text) {
    for (const std::string_view comma : {std::string_view(","), std::string_view("،")}) {
        if (const auto at = text.find(comma); at != std::string_view::npos) {
            return {std::string(text.substr(0, at)), trim(text.substr(at + comma.size()))};
        }
    }
    return {std::string(text), {}};
}

}  // namespace hudoor::assets
