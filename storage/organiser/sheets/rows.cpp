#include "storage/organiser/sheets/rows.hpp"

#include <algorithm>
#include <cstring>

#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

namespace {

template <typename Number>
void append_number(std::string& to, Number number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <typename Number>
Number take_number(const std::string& from, std::size_t& at) {
    Number number{};
    std::memcpy(&number, from.data() + at, sizeof number);
    at += sizeof number;
    return number;
}

}  // namespace

Rows::Rows(std::initializer_list<ListRow> rows) {
    for (const ListRow& row : rows) add(row);
}

void Rows::add(const ListRow& row) {
    Packed packed{row.line, static_cast<std::uint32_t>(row.fields.size()), {}};
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
        const std::string& field = row.fields[column];
        if (field.empty()) continue;
        append_number(packed.cells, static_cast<std::uint16_t>(column));
        append_number(packed.cells, static_cast<std::uint32_t>(field.size()));
        packed.cells += field;
    }
    packed.cells.shrink_to_fit();
    bytes_ += sizeof packed + packed.cells.size();
    rows_.push_back(std::move(packed));
}

ListRow Rows::operator[](std::size_t at) const {
    const Packed& packed = rows_[at];
    ListRow row{packed.line, std::vector<std::string>(packed.width)};
    for (std::size_t from = 0; from < packed.cells.size();) {
        const auto column = take_number<std::uint16_t>(packed.cells, from);
        const auto size = take_number<std::uint32_t>(packed.cells, from);
        row.fields[column] = packed.cells.substr(from, size);
        from += size;
    }
    return row;
}

bool is_blank(const std::string& field) {
    const auto is_ascii_blank = [](char sign) { return sign >= 0 && sign <= ' '; };
    if (std::all_of(field.begin(), field.end(), is_ascii_blank)) return true;
    const bool plain =
        std::any_of(field.begin(), field.end(), [](char sign) { return sign > ' '; });
    if (plain || has_arabic(field)) return false;
    const auto clean = clean_text(field);
    return clean && clean->text.empty();
}

bool is_blank(const ListRow& row) {
    return std::all_of(row.fields.begin(), row.fields.end(),
                       [](const std::string& field) { return is_blank(field); });
}

}  // namespace hudoor::organiser
