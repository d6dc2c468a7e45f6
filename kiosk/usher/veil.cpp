#include "kiosk/usher/veil.hpp"

#include <string>
#include <string_view>

namespace hudoor::kiosk {
namespace {

std::size_t letter_bytes(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

std::string initial(std::string_view word) {
    constexpr std::string_view article = "ال";
    if (word.starts_with(article) && word.size() > article.size() + 2)
        word.remove_prefix(article.size());
    if (word.empty()) return {};
    return std::string(word.substr(0, letter_bytes(static_cast<unsigned char>(word.front())))) +
           '.';
}

std::string initials(std::string_view name) {
    const std::size_t first = name.find(' '), last = name.rfind(' ');
    if (first == std::string_view::npos) return initial(name);
    return initial(name.substr(0, first)) + ' ' + initial(name.substr(last + 1));
}

}  // namespace

storage::Bilingual initials(const storage::Bilingual& name) {
    return {initials(name.ar), initials(name.en)};
}

}  // namespace hudoor::kiosk
