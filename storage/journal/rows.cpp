#include "storage/journal/rows.hpp"

#include "storage/facts/fact_row.hpp"

namespace hudoor::storage {

std::uint64_t copy_facts(const Database& from, std::uint64_t most, const Database& to) {
    Statement rows = from.prepare(std::string(select_fact_rows) + " LIMIT ?");
    rows.bind(most);
    Statement insert = to.prepare(insert_fact_row);
    std::uint64_t copied = 0;
    for (; rows.step(); ++copied) {
        const FactRow row = fact_row(rows);
        insert.run(row.epoch, row.seq, row.encoding, row.hash, row.signature);
    }
    return copied;
}

void copy_state(const Database& from, const Database& to) {
    Statement insert = to.prepare("INSERT OR REPLACE INTO state VALUES (?, ?)");
    until_damage([&] {
        Statement rows = from.prepare("SELECT name, value FROM state");
        while (rows.step()) insert.run(rows.text(0), rows.blob(1));
    });
}

}  // namespace hudoor::storage
