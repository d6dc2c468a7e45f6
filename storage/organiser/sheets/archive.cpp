#include "storage/organiser/sheets/archive.hpp"

#include <expat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <exception>
#include <fstream>

#include "config/fault.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{256} << 20;
constexpr std::uint64_t max_part_bytes = std::uint64_t{1} << 30;
constexpr std::uint64_t max_parts = 4'096;
constexpr std::uint64_t small_part = std::uint64_t{16} << 20;
constexpr std::uint64_t most_packed = 200;  ///< times; lists of people are packed 5 to 60 times

/// How many parts the end of the file says it has; libzip would take memory for all of them.
std::uint64_t count_parts(const std::filesystem::path& file, std::uint64_t size) {
    const std::uint64_t looked_at = std::min<std::uint64_t>(size, 22 + 0xFFFF);
    std::string end(looked_at, '\0');
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(size - looked_at));
    in.read(end.data(), static_cast<std::streamsize>(end.size()));
    const std::size_t at = end.rfind("PK\5\6");
    if (at == std::string::npos || at + 22 > end.size()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(end[at + i]); };
    return static_cast<std::uint64_t>(byte(10)) | static_cast<std::uint64_t>(byte(11)) << 8U;
}

std::string_view local(const char* name) {
    const std::string_view whole(name);
    const auto bar = whole.rfind('|');
    return bar == std::string_view::npos ? whole : whole.substr(bar + 1);
}

/// What expat calls; a fault may not fly through it, so it waits here.
struct Parsing {
    const XmlReader& reader;
    XML_Parser parser;
    Attributes attributes{};
    bool declared = false;
    std::exception_ptr fault{};

    template <typename Act>
    void guarded(const Act& act) {
        if (fault) return;
        try {
            act();
        } catch (...) {
            fault = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

void start_element(void* self, const char* name, const char** attributes) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.attributes.clear();
    for (; *attributes != nullptr; attributes += 2)
        parsing.attributes.emplace_back(local(attributes[0]), attributes[1]);
    parsing.guarded([&] { parsing.reader.start(local(name), parsing.attributes); });
}

void end_element(void* self, const char* name) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.guarded([&] { parsing.reader.end(local(name)); });
}

void take_text(void* self, const char* text, int size) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.guarded(
        [&] { parsing.reader.text(std::string_view(text, static_cast<std::size_t>(size))); });
}

void refuse_document_type(void* self, const char*, const char*, const char*, int) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.declared = true;
    XML_StopParser(parsing.parser, XML_FALSE);
}

}  // namespace

std::string_view attribute(const Attributes& all, std::string_view name) {
    for (const auto& [key, value] : all)
        if (key == name) return value;
    return {};
}

void Archive::fail(const std::string& why) const {
    throw Fault(ExitCode::bad_data, name_ + ": " + why);
}

Archive::Archive(const std::filesystem::path& file)
    : name_(file.string()), zip_(nullptr, [](zip* archive) { zip_discard(archive); }) {
    std::error_code unknown;
    file_bytes_ = std::filesystem::file_size(file, unknown);
    if (unknown) throw Fault(ExitCode::no_input, "Cannot read " + name_);
    if (file_bytes_ > max_bytes) fail("is larger than 256 MiB");
    if (count_parts(file, file_bytes_) > max_parts)
        fail("this archive has far more parts than a workbook");
    int error = 0;
    zip_.reset(zip_open(file.c_str(), ZIP_RDONLY, &error));
    if (!zip_) fail("this workbook is broken or was cut off; save it again");
}

bool Archive::has(const std::string& part) const {
    return zip_name_locate(zip_.get(), part.c_str(), 0) >= 0;
}

void Archive::read(const std::string& part,
                   const std::function<bool(std::string_view)>& take) const {
    zip_stat_t stat{};
    if (zip_stat(zip_.get(), part.c_str(), 0, &stat) != 0)
        fail("this workbook has no part " + part + "; save it again");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        fail("this workbook is locked by a password; save it without");
    const auto check = [&](std::uint64_t bytes) {
        if (bytes > max_part_bytes ||
            (bytes > small_part &&
             bytes / most_packed > std::max<std::uint64_t>(stat.comp_size, 1)))
            fail("this workbook is far larger than its file: it was made to fill the memory");
    };
    check(stat.size);
    const std::unique_ptr<zip_file_t, void (*)(zip_file_t*)> open(
        zip_fopen_index(zip_.get(), stat.index, 0), [](zip_file_t* one) {
            if (one != nullptr) zip_fclose(one);
        });
    if (!open) fail("the part " + part + " of this workbook cannot be read; save it again");
    std::array<char, 1 << 16> piece{};
    std::uint64_t all = 0;
    while (true) {
        const zip_int64_t size = zip_fread(open.get(), piece.data(), piece.size());
        if (size < 0) fail("the part " + part + " of this workbook is broken; save it again");
        check(all += static_cast<std::uint64_t>(size));
        if (!take(std::string_view(piece.data(), static_cast<std::size_t>(size))) || size == 0)
            return;
    }
}

void Archive::read_xml(const std::string& part, const XmlReader& reader) const {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
        XML_ParserCreateNS(nullptr, '|'), &XML_ParserFree);
    ENSURE(parser != nullptr);
    Parsing parsing{reader, parser.get()};
    XML_SetUserData(parser.get(), &parsing);
    XML_SetElementHandler(parser.get(), start_element, end_element);
    XML_SetCharacterDataHandler(parser.get(), take_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), refuse_document_type);
    read(part, [&](std::string_view piece) {
        const auto status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()),
                                      piece.empty() ? XML_TRUE : XML_FALSE);
        if (parsing.fault) std::rethrow_exception(parsing.fault);
        if (parsing.declared)
            fail("the part " + part + " declares a document type, which no workbook needs");
        if (status != XML_STATUS_OK)
            fail("the part " + part + " of this workbook is broken (" +
                 XML_ErrorString(XML_GetErrorCode(parser.get())) + "); save it again");
        return true;
    });
}

}  // namespace hudoor::organiser
