/// In which encoding a text from outside is written, and the same text in UTF-8.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hudoor::organiser {

struct Encoding {
    std::string name;      ///< as ICU knows it
    bool guessed = false;  ///< nothing in the file says so; a person should look at the names
};

/// By its byte order mark, by its zeros (UTF-16), as UTF-8 if it is that but for some damage; else
/// guessed by libuchardet and by which reading makes the fewest words that no language has. Reads
/// the whole file. Throws Fault(no_input).
[[nodiscard]] Encoding find_encoding(const std::filesystem::path& file);

/// Throws Fault(usage) if there is none of this name.
[[nodiscard]] Encoding named_encoding(const std::string& name);

/// The file as UTF-8 without its byte order mark, piece by piece; damage in UTF-8 comes as it is.
/// Throws Fault: no_input, bad_data (over 256 MiB).
void read_text(const std::filesystem::path& file, const Encoding& encoding,
               const std::function<void(std::string_view)>& take);

}  // namespace hudoor::organiser
