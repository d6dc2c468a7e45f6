/// Which facts their kiosk certainly wrote. A fact is proved by its signature, by that of a later
/// fact of its epoch which follows it hash by hash, or, written before the kiosk had its key, by
/// the signed hello with which the same program went on (hello.hpp). A later epoch's signature over
/// `prev` proves nothing before it: its signer need not have seen made what it found.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "storage/facts/chain.hpp"

namespace hudoor::storage {

/// Takes facts of any kiosks, those of each epoch in their order, and tells of each whether it is
/// proved: once, not always at once, and not in the order they came. Looks at one signature of a
/// run, not at each. Holds at most `most_held` facts that nothing proves yet; more are unproved.
class Proof {
public:
    using FindKey = std::function<std::optional<VerifyKey>(KioskId)>;  ///< none: not of this event
    using Told = std::function<void(StoredFact&&)>;
    struct Parts {
        FindKey find_key;
        Told proved;
        Told unproved;
        std::string_view domain = fact_domain;
        std::size_t most_held = 65'536;
    };

    explicit Proof(Parts parts) : parts_(std::move(parts)) {}

    void take(StoredFact&& fact);
    /// After the last one, once: what nothing has proved is unproved.
    void finish();
    /// The proved fact with the newest hybrid clock, after which an epoch goes on: what somebody
    /// else left there would set its clock.
    [[nodiscard]] const std::optional<Head>& newest() const { return newest_; }

private:
    /// Facts that follow one another.
    struct Run {
        KioskId kiosk{};
        Epoch epoch{};
        std::uint64_t last_seq = 0;
        Hash last;
        std::vector<StoredFact> facts;  ///< those nobody has been told of
    };

    [[nodiscard]] static bool continues(const Run& run, const StoredFact& fact);
    [[nodiscard]] Run take_up(const StoredFact& fact);
    [[nodiscard]] bool is_good(const StoredFact& fact);
    /// Wrong signatures of its epoch are few so far.
    [[nodiscard]] bool is_tried(const Run& run) const;
    [[nodiscard]] std::size_t count_proved(const Run& run);
    [[nodiscard]] const std::optional<VerifyKey>& key_of(KioskId kiosk);
    void settle(Run&& run);
    void hold(Run&& run);
    void tell(std::vector<StoredFact>& facts, std::size_t proved);
    void listen_to(const StoredFact& proved);
    [[nodiscard]] std::size_t count_named(const Run& run) const;

    Parts parts_;
    Run current_;
    std::map<Hash, Run> held_;  ///< by the hash of their last
    std::size_t facts_held_ = 0;
    std::map<std::pair<KioskId, Hash>, std::uint32_t> named_;  ///< by signed hellos: heads, counts
    std::map<std::pair<KioskId, Epoch>, int> wrong_signatures_;
    std::map<KioskId, std::optional<VerifyKey>> keys_;
    std::optional<Head> newest_;
};

}  // namespace hudoor::storage
