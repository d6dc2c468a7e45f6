#include "storage/facts/chain.hpp"

#include <algorithm>
#include <limits>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

constexpr int counter_bits = 16;
constexpr std::int64_t most_ms = (std::int64_t{1} << 48) - 1;  // the other bits

Epoch draw_epoch(const std::optional<Head>& parent) {
    for (;;) {
        const auto epoch = static_cast<Epoch>(ByteReader(random_bytes(4)).u32());
        if (epoch != Epoch{} && (!parent || epoch != parent->epoch)) return epoch;
    }
}

/// Later than `last` and never behind the wall clock.
std::uint64_t next_hlc(std::uint64_t last, std::int64_t wall_ms) {
    const auto ms = static_cast<std::uint64_t>(std::clamp<std::int64_t>(wall_ms, 0, most_ms));
    const bool has_next = last != std::numeric_limits<std::uint64_t>::max();
    return std::max(has_next ? last + 1 : last, ms << counter_bits);
}

std::int64_t to_ms(WallTime time) { return time.time_since_epoch().count(); }

}  // namespace

Head head_of(const StoredFact& fact) {
    return {.kiosk = fact.fact.kiosk,
            .epoch = fact.fact.epoch,
            .seq = fact.fact.seq,
            .hash = fact.hash,
            .hlc = fact.fact.hlc,
            .wall_ms = fact.fact.wall_ms};
}

Chain::Chain(ChainOptions options, const Clock& clock, std::optional<Head> parent)
    : options_(options),
      clock_(&clock),
      newest_ms_(parent ? parent->wall_ms : std::numeric_limits<std::int64_t>::min()) {
    if (parent) head_ = *parent;  // its hash and hlc are what the first fact follows
    head_.kiosk = options_.kiosk;
    head_.epoch = draw_epoch(parent);
    head_.seq = 0;
}

StoredFact Chain::append(Fact fact) {
    ENSURE((fact.kind == FactKind::hello) == (head_.seq == 0));
    fact.version = 1;
    fact.kiosk = head_.kiosk;
    fact.epoch = head_.epoch;
    fact.seq = head_.seq + 1;
    fact.wall_ms = to_ms(clock_->wall());
    fact.clock_quality = clock_quality();
    fact.clock_offset_ms = clock_offset_.count();
    fact.id.bytes = make_uuid_v7(fact.wall_ms);
    fact.hlc = next_hlc(head_.hlc, fact.wall_ms);
    fact.place = options_.place;
    fact.prev = head_.hash;

    StoredFact stored{.fact = std::move(fact), .encoding = {}, .hash = {}};
    stored.encoding = encode_fact(stored.fact);
    stored.hash = hash_fact(stored.encoding, options_.domain);
    if (options_.signing_key != nullptr)
        stored.signature = options_.signing_key->sign(stored.hash.bytes);

    head_.seq = stored.fact.seq;
    head_.hash = stored.hash;
    head_.hlc = stored.fact.hlc;
    head_.wall_ms = stored.fact.wall_ms;
    newest_ms_ = std::max(newest_ms_, head_.wall_ms);
    return stored;
}

void Chain::follow(const ChainOptions& options) {
    ENSURE(options.kiosk == options_.kiosk && options.domain == options_.domain);
    options_ = options;
}

ClockQuality Chain::clock_quality() const {
    const WallTime now = clock_->wall();
    if (now < options_.not_before) return ClockQuality::unset;
    if (clock_->synchronised()) return ClockQuality::synced;
    return to_ms(now) < newest_ms_ ? ClockQuality::unset : ClockQuality::free;
}

}  // namespace hudoor::storage
