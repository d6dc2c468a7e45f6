#include "storage/guests/rows.hpp"

namespace hudoor::storage {

using Sessions = std::vector<SessionId>;

Bytes InRow<Sessions>::bound(const Sessions& sessions) {
    ByteWriter out;
    for (const SessionId session : sessions) out.u16(static_cast<std::uint16_t>(session));
    return out.take();
}

void InRow<Sessions>::read(const Statement& row, int at, Sessions& sessions) {
    const ByteView packed = row.blob(at);
    ByteReader in(packed);
    sessions.resize(packed.size() / 2);
    for (SessionId& session : sessions) session = SessionId{in.u16()};
}

std::string list_columns(const std::vector<ColumnInRow>& columns,
                         const std::function<std::string(const ColumnInRow&)>& say) {
    std::string all;
    for (const ColumnInRow& one : columns) all += (all.empty() ? "" : ", ") + say(one);
    return all;
}

std::string list_columns(const std::vector<ColumnInRow>& columns) {
    return list_columns(columns, [](const ColumnInRow& one) { return one.column.name; });
}

std::string select_columns(const std::vector<ColumnInRow>& columns, const Database& database) {
    const auto there = columns_there(database);
    return list_columns(columns, [&](const ColumnInRow& one) {
        return there.contains(one.column.name) ? one.column.name : "NULL";
    });
}

std::set<std::string> columns_there(const Database& database) {
    std::set<std::string> there;
    Statement rows = database.prepare("SELECT name FROM pragma_table_info('registration')");
    while (rows.step()) there.insert(rows.text(0));
    return there;
}

}  // namespace hudoor::storage
