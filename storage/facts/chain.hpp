/// The chain of this start's epoch: numbers, stamps, hashes and signs facts one after another. Used
/// by the desk thread alone; keepers only store what comes out.
#pragma once

#include <optional>

#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// The last fact of an epoch, as known.
struct Head {
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t seq = 0;
    Hash hash;
    std::uint64_t hlc = 0;
    std::int64_t wall_ms = 0;
};

[[nodiscard]] Head head_of(const StoredFact& fact);

struct ChainOptions {
    KioskId kiosk{};
    PlaceId place{};
    const SigningKey* signing_key = nullptr;  ///< none: zero signatures (signature-only mode)
    std::string_view domain = fact_domain;
    /// Something that certainly lies behind us, e.g. when the guest list was made. A clock that
    /// says less is unset, even one that claims to be synchronised. The default is older than this
    /// program.
    WallTime not_before = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
};

class Chain {
public:
    /// Begins a new epoch after `parent` (none: a journal's first). The first fact appended must be
    /// hello. The signing key must outlive the chain.
    Chain(ChainOptions options, const Clock& clock, std::optional<Head> parent);

    /// Fills version, kiosk, epoch, seq, id, hlc, wall_ms, clock fields, place and prev of `fact`,
    /// then hashes and signs it. What the caller set in the other fields stays.
    [[nodiscard]] StoredFact append(Fact fact);

    /// What changed of kiosk's place and list while the epoch goes on; kiosk, key and domain stay.
    void follow(const ChainOptions& options);

    /// How far the wall clock is known to be off: what is added to it in later facts' order.
    void set_clock_offset(std::chrono::milliseconds offset) { clock_offset_ = offset; }

    [[nodiscard]] const Head& head() const { return head_; }
    /// Besides ChainOptions::not_before, a clock that nothing synchronises must not be behind the
    /// newest own fact; a synchronised one may (the fact was then stamped by a clock that ran
    /// ahead).
    [[nodiscard]] ClockQuality clock_quality() const;

private:
    ChainOptions options_;
    const Clock* clock_;
    Head head_;
    std::chrono::milliseconds clock_offset_{0};
    std::int64_t newest_ms_;  ///< of the newest own fact
};

}  // namespace hudoor::storage
