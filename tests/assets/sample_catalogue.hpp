/// Writes compiled catalogues of a test's own words.
#pragma once

#include <unistd.h>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace hudoor::assets {

using Entries = std::vector<std::pair<std::string, std::string>>;  // sorted by id

/// The bytes of a .mo file: magic, version, count, two tables of (length, offset), the strings.
inline std::string make_mo(const Entries& words) {
    Entries entries{{"", "Content-Type: text/plain; charset=UTF-8\n"}};
    entries.insert(entries.end(), words.begin(), words.end());
    const auto count = static_cast<std::uint32_t>(entries.size());
    std::vector<std::uint32_t> numbers{0x950412de, 0, count, 28, 28 + 8 * count, 0, 0};
    std::string strings;
    for (const bool texts : {false, true}) {
        for (const auto& [id, text] : entries) {
            const std::string& each = texts ? text : id;
            numbers.push_back(static_cast<std::uint32_t>(each.size()));
            numbers.push_back(28 + 16 * count + static_cast<std::uint32_t>(strings.size()));
            strings += each + '\0';
        }
    }
    return std::string(reinterpret_cast<const char*>(numbers.data()), numbers.size() * 4) + strings;
}

/// An assets folder with these words, gone with the object.
class SampleCatalogue {
public:
    SampleCatalogue(const std::string& ar_mo, const std::string& en_mo) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "hudoor-words-XXXXXX").string();
        dir_ = ::mkdtemp(pattern.data());
        write("ar", ar_mo);
        write("en", en_mo);
    }
    ~SampleCatalogue() { std::filesystem::remove_all(dir_); }
    SampleCatalogue(const SampleCatalogue&) = delete;
    SampleCatalogue& operator=(const SampleCatalogue&) = delete;

    [[nodiscard]] const std::filesystem::path& dir() const { return dir_; }

private:
    void write(const std::string& language, const std::string& bytes) {
        const auto folder = dir_ / "words" / language / "LC_MESSAGES";
        std::filesystem::create_directories(folder);
        std::ofstream(folder / "hudoor.mo", std::ios::binary) << bytes;
    }

    std::filesystem::path dir_;
};

}  // namespace hudoor::assets
