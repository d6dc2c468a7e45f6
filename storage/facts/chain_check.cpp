#include "storage/facts/chain_check.hpp"

#include <algorithm>

namespace hudoor::storage {

namespace {

const char* trouble_with_hello(const StoredFact& fact) {
    if (fact.fact.seq != 1) return "comes without those before it";
    if (fact.fact.kind != FactKind::hello) return "begins an epoch without being its hello";
    return nullptr;
}

}  // namespace

std::string describe_fact(Epoch epoch, std::uint64_t seq) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(epoch));
    return "fact " + std::to_string(seq) + " of epoch " + to_hex(out.bytes());
}

std::optional<std::string> ChainCheck::trouble_with(const StoredFact& fact) const {
    const char* trouble = nullptr;
    if (hash_fact(fact.encoding, domain_) != fact.hash)
        trouble = "was altered, its hash does not hold";
    else if (fact.fact.kiosk != kiosk_)
        trouble = "belongs to another kiosk";
    else
        trouble =
            ends_.contains(fact.fact.epoch) ? trouble_with_place(fact) : trouble_with_hello(fact);
    if (trouble == nullptr) return std::nullopt;
    return describe_fact(fact.fact.epoch, fact.fact.seq) + " " + trouble;
}

const char* ChainCheck::trouble_with_place(const StoredFact& fact) const {
    const EpochEnd& end = ends_.at(fact.fact.epoch);
    if (fact.fact.seq != end.seq + 1) return "does not come next, one is missing or out of place";
    if (fact.fact.prev != end.hash) return "does not follow the fact before it";
    if (fact.fact.kind == FactKind::hello) return "is a hello amid its epoch";
    if (is_signed(fact.signature) != is_signed(end.signature))
        return "lost or gained its signature";
    return nullptr;
}

bool ChainCheck::is_end(const Hash& hash) const {
    return other_ends_.contains(hash) || (current_ && ends_.at(*current_).hash == hash);
}

/// As many starts as there are facts, if somebody likes: none of them is looked at for another.
void ChainCheck::go_to(Epoch epoch) {
    if (current_ == epoch) return;
    if (current_) other_ends_.insert(ends_.at(*current_).hash);
    if (const auto end = ends_.find(epoch); end != ends_.end()) other_ends_.erase(end->second.hash);
    current_ = epoch;
}

void ChainCheck::accept(const StoredFact& fact) {
    const Hash& parent = fact.fact.prev;
    if (fact.fact.seq == 1 && !parent.is_zero() && !is_end(parent))
        open_.emplace(parent, fact.fact.epoch);
    open_.erase(fact.hash);
    go_to(fact.fact.epoch);
    ends_[fact.fact.epoch] = {fact.fact.seq, fact.hash, fact.signature};
    if (head_ && head_->hlc > fact.fact.hlc) return;
    head_ = head_of(fact);
}

std::vector<Hash> ChainCheck::open_parents() const {
    std::vector<Hash> parents;
    for (const auto& [parent, epoch] : open_) parents.push_back(parent);
    return parents;
}

std::optional<std::string> ChainCheck::trouble_with_links() const {
    if (open_.empty()) return std::nullopt;
    return describe_fact(open_.begin()->second, 1) + " begins an epoch that follows no known fact";
}

std::optional<std::string> ChainCheck::trouble_with_signatures(const VerifyKey& key) const {
    for (const auto& [epoch, end] : ends_)
        if (is_signed(end.signature) && !verify(end.signature, end.hash.bytes, key))
            return describe_fact(epoch, end.seq) + " is not signed by this kiosk";
    return std::nullopt;
}

}  // namespace hudoor::storage
