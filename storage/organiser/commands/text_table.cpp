#include "storage/organiser/commands/text_table.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <ostream>

namespace hudoor::organiser {

int terminal_width(std::string_view text) {
    const auto signs =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    int width = 0;
    for (int at = 0; at < signs.length(); at = signs.moveIndex32(at, 1)) {
        const UChar32 sign = signs.char32At(at);
        constexpr auto unseen = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK;
        if ((U_GET_GC_MASK(sign) & unseen) != 0) continue;
        const int wide = u_getIntPropertyValue(sign, UCHAR_EAST_ASIAN_WIDTH);
        width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

TextTable::TextTable(std::vector<std::string> header) : widths_(header.size(), 0) {
    add(std::move(header));
}

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(widths_.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
        widths_[i] = std::max(widths_[i], terminal_width(cells[i]));
    rows_.push_back(std::move(cells));
}

std::ostream& operator<<(std::ostream& out, const TextTable& table) {
    constexpr std::string_view gap = "  ";
    for (const auto& row : table.rows_) {
        std::size_t told = row.size();
        while (told > 0 && row[told - 1].empty()) --told;
        for (std::size_t i = 0; i < told; ++i) {
            out << row[i];
            if (i + 1 < told)
                out << std::string(
                           static_cast<std::size_t>(table.widths_[i] - terminal_width(row[i])), ' ')
                    << gap;
        }
        out << '\n';
    }
    return out;
}

}  // namespace hudoor::organiser
