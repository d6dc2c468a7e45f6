/// The zip files that workbooks are, and the XML in them, as streams with bounds: neither a bomb,
/// nor an entity, nor a broken file costs much.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct zip;

namespace hudoor::organiser {

/// Attributes by their local names.
using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

/// Empty if there is none of this name.
[[nodiscard]] std::string_view attribute(const Attributes& all, std::string_view name);

/// What is done with a document; names are local, without their namespace.
struct XmlReader {
    std::function<void(std::string_view name, const Attributes& attributes)> start;
    std::function<void(std::string_view name)> end;
    std::function<void(std::string_view text)> text;
};

class Archive {
public:
    /// Throws Fault(bad_data) if it is broken, cut off, locked by a password, or of very many
    /// parts.
    explicit Archive(const std::filesystem::path& file);

    [[nodiscard]] bool has(const std::string& part) const;
    /// How large the file is that holds it all.
    [[nodiscard]] std::uint64_t file_bytes() const { return file_bytes_; }
    /// Throws Fault(bad_data): not there, broken, locked, far larger than its file, not XML, or a
    /// document type is declared in it (entities come with those).
    void read_xml(const std::string& part, const XmlReader& reader) const;
    [[noreturn]] void fail(const std::string& why) const;

private:
    void read(const std::string& part, const std::function<bool(std::string_view)>& take) const;

    std::string name_;
    std::uint64_t file_bytes_ = 0;
    std::unique_ptr<zip, void (*)(zip*)> zip_;
};

}  // namespace hudoor::organiser
