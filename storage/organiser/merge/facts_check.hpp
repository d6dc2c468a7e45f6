/// Whether a kiosk's facts are all there and unaltered, as far as the facts themselves, the kiosk's
/// public key and other copies of them can tell.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/facts/chain_check.hpp"
#include "storage/facts/fact_row.hpp"
#include "storage/organiser/merge/belief.hpp"

namespace hudoor::organiser {

/// One epoch as found.
struct EpochFound {
    std::uint64_t first_row = 0;  ///< where its hello stands
    storage::Hash parent;
    bool is_signed = false;
    std::uint32_t own_unsigned = 0;     ///< so many facts up to the parent are its own program's
    std::vector<storage::Hash> hashes;  ///< of its facts 1, 2, 3 ...
};

/// What one file holds, up to the first break.
struct FactsReport {
    std::optional<storage::KioskId> kiosk;  ///< none: no facts
    std::map<storage::Epoch, EpochFound> epochs;
    std::uint64_t facts = 0;
    WallTime first = WallTime::max();
    WallTime last = WallTime::min();
    std::optional<storage::Head> head;   ///< the newest fact
    std::optional<std::string> trouble;  ///< the first break: which fact, and what is wrong
};

/// The public key of a kiosk of this event.
using FindKioskKey = std::function<std::optional<storage::VerifyKey>(storage::KioskId)>;

/// Takes the rows of one file in their order.
class FactsCheck {
public:
    explicit FactsCheck(FindKioskKey find_key) : find_key_(std::move(find_key)) {}
    /// Rows that stand under the name of `kiosk`, and what the organiser accepted of them.
    FactsCheck(FindKioskKey find_key, storage::KioskId kiosk, std::vector<Acceptance> accepted)
        : find_key_(std::move(find_key)),
          chain_(std::in_place, kiosk, storage::fact_domain),
          accepted_(std::move(accepted)) {}

    /// False at the first break; the rest need not be given.
    bool take(const storage::FactRow& row);
    /// After the last row: whether every epoch follows a fact that is there, and every fact is
    /// proved or accepted. Anyone could have written an unsigned epoch that no hello names.
    [[nodiscard]] FactsReport finish();

private:
    [[nodiscard]] std::optional<std::string> trouble_with(const storage::StoredFact& fact);
    void accept(const storage::StoredFact& fact);
    void check_links();
    void check_proofs();
    bool stop(std::uint64_t row, const std::string& trouble);

    FindKioskKey find_key_;
    std::optional<storage::VerifyKey> key_;
    std::optional<storage::ChainCheck> chain_;
    std::vector<Acceptance> accepted_;
    FactsReport report_;
};

/// What `file` lacks or holds otherwise than `witness`, another copy that is whole in itself;
/// nothing if all of the witness' facts are in the file or it speaks of another kiosk.
[[nodiscard]] std::optional<std::string> find_difference(const FactsReport& file,
                                                         const FactsReport& witness);

/// Whether each last fact of the file, one that no epoch in it follows, is also in a witness: then
/// nothing the witnesses ever held was cut off.
[[nodiscard]] bool is_end_confirmed(const FactsReport& file,
                                    std::span<const FactsReport* const> witnesses);

}  // namespace hudoor::organiser
