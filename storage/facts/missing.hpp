/// Which facts of another holder one lacks, told fact by fact in the order of each epoch.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "storage/facts/chain_check.hpp"

namespace hudoor::storage {

/// The last fact of each epoch.
using EpochEnds = std::unordered_map<Epoch, EpochEnd>;

/// Of facts in the order of each epoch, the last ones.
inline void note(EpochEnds& ends, const StoredFact& fact) {
    ends[fact.fact.epoch] = {fact.fact.seq, fact.hash, fact.signature};
}

class Missing {
public:
    /// `ends`: what is there already.
    explicit Missing(EpochEnds ends) : ends_(std::move(ends)) {}

    [[nodiscard]] bool is_missing(const StoredFact& fact) {
        const auto end = ends_.find(fact.fact.epoch);
        if (end == ends_.end()) return true;
        // Two epochs of one number: both stay as they are, for the organisers to see.
        if (fact.fact.seq == end->second.seq && fact.hash != end->second.hash)
            forked_.insert(fact.fact.epoch);
        return fact.fact.seq > end->second.seq && !forked_.contains(fact.fact.epoch);
    }

private:
    EpochEnds ends_;
    std::unordered_set<Epoch> forked_;
};

}  // namespace hudoor::storage
