/// A fact as a row of a journal's table holds it, before anything in it is believed.
#pragma once

#include "storage/base/sqlite.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// Points into what it was read from.
struct FactRow {
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    ByteView encoding;
    ByteView hash;
    ByteView signature;
};

/// In the order they were written.
inline constexpr std::string_view select_fact_rows =
    "SELECT epoch, seq, encoding, hash, signature FROM fact ORDER BY number";
/// The same of a part of them, by the first number and how many, with the number behind.
inline constexpr std::string_view select_fact_slice =
    "SELECT epoch, seq, encoding, hash, signature, number FROM fact WHERE number >= ? ORDER BY number LIMIT ?";
inline constexpr int number_in_slice = 5;

[[nodiscard]] FactRow fact_row(const Statement& row);  ///< of select_fact_rows; gone at its step()

/// Throws Fault(bad_data) naming the fact unless the columns say what the encoding says. The hash
/// is not looked at yet.
[[nodiscard]] StoredFact read_fact(const FactRow& row);

}  // namespace hudoor::storage
