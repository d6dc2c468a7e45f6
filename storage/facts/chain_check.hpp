/// Whether facts follow one another as Chain makes them: every hash, numbers without gap, every
/// epoch begun by a hello that links to a known fact, and the signature of the last fact of each
/// epoch, which proves those before it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "storage/facts/chain.hpp"

namespace hudoor::storage {

/// Where an epoch ends, as far as it is known.
struct EpochEnd {
    std::uint64_t seq = 0;
    Hash hash;
    Signature signature{};
};

/// Takes one kiosk's facts in the order a file holds them. Files that were levelled with a mirror
/// hold epochs that go on after others began, and forks: two epochs with one parent, which may be
/// any fact. An epoch without a parent begins anew, as one must after a loss. Remembers no single
/// facts, only where each epoch ends.
class ChainCheck {
public:
    ChainCheck(KioskId kiosk, std::string_view domain) : kiosk_(kiosk), domain_(domain) {}

    /// Why this fact cannot come next, naming it; nothing if it can. A hello may come before its
    /// parent.
    [[nodiscard]] std::optional<std::string> trouble_with(const StoredFact& fact) const;
    /// Takes a fact without trouble.
    void accept(const StoredFact& fact);

    /// The parents of hellos that were no epoch's end when their hello came, nor came since. Few:
    /// the owner looks in the file, and tells which are there.
    [[nodiscard]] std::vector<Hash> open_parents() const;
    /// There is such a fact: in the file, or with somebody who is believed.
    void know(const Hash& parent) { open_.erase(parent); }

    /// After all facts: which epoch follows a fact that nobody knows; nothing if none does.
    [[nodiscard]] std::optional<std::string> trouble_with_links() const;
    /// Why an epoch is not this kiosk's; nothing if all are. Epochs without identity are unsigned.
    [[nodiscard]] std::optional<std::string> trouble_with_signatures(const VerifyKey& key) const;
    [[nodiscard]] const std::unordered_map<Epoch, EpochEnd>& ends() const { return ends_; }
    /// The newest fact by the hybrid clock, which rises along every chain.
    [[nodiscard]] const std::optional<Head>& head() const { return head_; }

private:
    [[nodiscard]] const char* trouble_with_place(const StoredFact& fact) const;
    [[nodiscard]] bool is_end(const Hash& hash) const;
    void go_to(Epoch epoch);

    KioskId kiosk_;
    std::string_view domain_;
    std::unordered_map<Epoch, EpochEnd> ends_;
    std::optional<Epoch> current_;  ///< of the last fact
    std::unordered_set<Hash> other_ends_;
    std::unordered_map<Hash, Epoch> open_;  ///< parents not met yet, and one epoch that needs each
    std::optional<Head> head_;
};

/// "fact 7 of epoch 1a2b3c4d"
[[nodiscard]] std::string describe_fact(Epoch epoch, std::uint64_t seq);

}  // namespace hudoor::storage
