#include "storage/organiser/sheets/list_file.hpp"

#include <array>
#include <fstream>

#include "config/fault.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/sheets/archive.hpp"
#include "storage/organiser/sheets/csv.hpp"
#include "storage/organiser/sheets/workbook.hpp"

namespace hudoor::organiser {

namespace {

std::string begin_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw Fault(ExitCode::no_input, "Cannot read " + file.string());
    std::string begin(512, '\0');
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(in.gcount()));
    return begin;
}

/// What it is instead of a list; empty: nothing that is known.
std::string other_kind(std::string_view begin) {
    if (begin.starts_with("\xD0\xCF\x11\xE0"))
        return "a workbook of the old kind (.xls), or one locked by a password";
    for (const std::string_view document :
         {"PK\5\6", "PK\7\x08", "%PDF", "\x1F\x8B", "{\\rtf", "Rar!", "7z\xBC\xAF"})
        if (begin.starts_with(document)) return "a document or an archive";
    const auto text = begin.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (text == std::string_view::npos || begin[text] != '<') return {};
    return "a page or another document of markup";
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& kind) {
    throw Fault(ExitCode::bad_data, file.string() + ": this is " + kind +
                                        ", not a list; save the list as CSV, XLSX or ODS");
}

ListFile open_workbook(const std::filesystem::path& file, const std::string& sheet) {
    const Archive archive(file);
    const bool xlsx = archive.has("xl/workbook.xml");
    if (!xlsx && !archive.has("content.xml")) refuse(file, "an archive or a document");
    Workbook workbook =
        xlsx ? read_xlsx(archive, file.string(), sheet) : read_ods(archive, file.string(), sheet);
    ListFile list{"UTF-8", false, workbook.sheet, {}, std::move(workbook.rows)};
    for (std::string& name : workbook.sheets)
        if (name != list.sheet) list.others.push_back(std::move(name));
    return list;
}

}  // namespace

std::size_t find_sheet(const std::vector<std::string>& names, const std::string& wanted,
                       const std::string& file) {
    if (wanted.empty()) return 0;
    std::string all;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (lower_case(names[i]) == lower_case(wanted)) return i;
        all += (all.empty() ? "" : ", ") + quote(names[i]);
    }
    throw Fault(ExitCode::usage, file + " has no sheet " + quote(wanted) + "; it has: " + all);
}

ListFile open_list(const std::filesystem::path& file, const ListFileOptions& options) {
    const std::string begin = begin_of(file);
    if (begin.starts_with("PK\3\4")) return open_workbook(file, options.sheet);
    if (const std::string kind = other_kind(begin); !kind.empty()) refuse(file, kind);
    if (!options.sheet.empty())
        throw Fault(ExitCode::usage,
                    file.string() + " is CSV and has no sheets; leave --sheet out");
    CsvFile csv = open_csv(file, options.encoding);
    return {csv.encoding.name, csv.encoding.guessed, {}, {}, std::move(csv.rows)};
}

}  // namespace hudoor::organiser
