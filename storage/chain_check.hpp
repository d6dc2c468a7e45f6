/// Whether facts follow one another as Chain makes them: every hash, numbers without gap, every
/// epoch begun by a hello that links to a head known before, and the signature of the last fact of
/// each epoch, which proves those before it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "storage/chain.hpp"

namespace hudoor::storage {

/// Takes one kiosk's facts in the order they were written.
class ChainCheck {
public:
    ChainCheck(KioskId kiosk, std::string_view domain) : kiosk_(kiosk), domain_(domain) {}

    /// Why this fact cannot come next, naming it; nothing if it can.
    [[nodiscard]] std::optional<std::string> trouble_with(const StoredFact& fact) const;
    /// Takes a fact without trouble.
    void accept(const StoredFact& fact);

    /// Why an epoch is not this kiosk's; nothing if all are. Epochs without identity are unsigned.
    [[nodiscard]] std::optional<std::string> trouble_with_signatures(const VerifyKey& key) const;
    /// Of the fact accepted last.
    [[nodiscard]] const std::optional<Head>& head() const { return head_; }

private:
    struct EpochEnd {
        std::uint64_t seq = 0;
        Hash hash;
        Signature signature{};
    };

    [[nodiscard]] const char* trouble_with_hello(const StoredFact& fact) const;
    [[nodiscard]] const char* trouble_with_place(const StoredFact& fact) const;
    [[nodiscard]] bool is_head(const Hash& hash) const;

    KioskId kiosk_;
    std::string_view domain_;
    std::unordered_map<Epoch, EpochEnd> ends_;
    std::optional<Head> head_;
};

/// "fact 7 of epoch 1a2b3c4d"
[[nodiscard]] std::string describe_fact(Epoch epoch, std::uint64_t seq);

}  // namespace hudoor::storage
