/// Which facts of one kiosk stand, and which of them are believed: worked out from all that was
/// brought home of it, so the same whatever came first.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/clock.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::organiser {

/// The signature of its kiosk proves a fact and, within its epoch, those it follows. A signed hello
/// proves the unsigned epoch that it says was its own program's. Nothing else proves anything.
enum class Belief : std::uint8_t {
    none,      ///< kept apart; counts nowhere
    accepted,  ///< the organiser takes it for true
    proved
};

/// A fact as far as belief goes.
struct FactLink {
    storage::Epoch epoch{};
    std::uint64_t seq = 0;
    storage::Hash hash;
    storage::Hash prev;
    storage::Signature signature{};
    /// Of a hello: the unsigned epoch before it that was its own program's; 0: none.
    std::uint32_t own_unsigned = 0;
};

/// Facts of one epoch that a source brought: the last one and those before it, each followed by the
/// next, back to the number `from_seq`.
struct FactRun {
    storage::KioskId kiosk{};
    storage::Epoch epoch{};
    std::uint64_t from_seq = 0;
    std::uint64_t to_seq = 0;
    storage::Hash last_hash;
    bool is_signed = false;
    WallTime brought{};
};

/// The organiser's word for a fact that nothing proves, and for those of its epoch that it follows.
struct Acceptance {
    storage::KioskId kiosk{};
    storage::Epoch epoch{};
    std::uint64_t last_seq = 0;
    storage::Hash last_hash;
    std::string why;
};

/// "1:d6cd4a8f:19:b446..."; as `merge --accept` takes it.
[[nodiscard]] std::string acceptance_text(storage::KioskId kiosk, storage::Epoch epoch,
                                          std::uint64_t last_seq, const storage::Hash& last_hash);
/// Nothing if it is not such a text.
[[nodiscard]] std::optional<Acceptance> parse_acceptance(std::string_view text);

struct Standing {
    bool stands = false;
    bool is_signed = false;  ///< some source that stands brought a signature
    Belief belief = Belief::none;
    WallTime brought = WallTime::max();  ///< first, by a source that stands
};

/// `facts`: one kiosk's, by epoch, number and hash; the answers are in their order. Verifies one
/// signature a run, unless signatures are bad. Without a key nothing is proved.
[[nodiscard]] std::vector<Standing> judge_facts(std::span<const FactLink> facts,
                                                std::vector<FactRun> runs,
                                                std::span<const Acceptance> acceptances,
                                                const std::optional<storage::VerifyKey>& key);

}  // namespace hudoor::organiser
