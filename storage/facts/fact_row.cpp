#include "storage/facts/fact_row.hpp"

#include "storage/facts/chain_check.hpp"

namespace hudoor::storage {

namespace {

[[noreturn]] void refuse(const FactRow& row, const char* trouble) {
    throw Fault(ExitCode::bad_data,
                describe_fact(static_cast<Epoch>(row.epoch), static_cast<std::uint64_t>(row.seq)) +
                    " was altered, " + trouble);
}

template <std::size_t Size>
bool copy_exactly(ByteView from, std::array<std::uint8_t, Size>& to) {
    if (from.size() != Size) return false;
    std::copy(from.begin(), from.end(), to.begin());
    return true;
}

}  // namespace

FactRow fact_row(const Statement& row) {
    return {row.integer(0), row.integer(1), row.blob(2), row.blob(3), row.blob(4)};
}

StoredFact read_fact(const FactRow& row) {
    auto fact = decode_fact(row.encoding);
    if (!fact || static_cast<std::int64_t>(fact->epoch) != row.epoch ||
        static_cast<std::int64_t>(fact->seq) != row.seq)
        refuse(row, "it does not say its number");
    StoredFact stored{.fact = std::move(*fact),
                      .encoding = {row.encoding.begin(), row.encoding.end()},
                      .hash = {}};
    if (!copy_exactly(row.hash, stored.hash.bytes)) refuse(row, "its hash has the wrong size");
    if (!copy_exactly(row.signature, stored.signature))
        refuse(row, "its signature has the wrong size");
    return stored;
}

}  // namespace hudoor::storage
