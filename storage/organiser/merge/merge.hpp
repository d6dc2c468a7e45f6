/// Brings facts home: takes what kiosks recorded, from bundles and from copies of journals, into
/// event.db. A fact is taken if it proves itself, whatever else its file holds, so the order of the
/// files, their number and what they have in common do not matter.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "config/fault.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/organiser/merge/fact_store.hpp"
#include "storage/organiser/merge/facts_check.hpp"

namespace hudoor::organiser {

struct MergeReport {
    std::uint64_t fresh = 0;  ///< not known before
    std::uint64_t known = 0;
    std::uint64_t forked = 0;  ///< of the fresh: with the number of another fact; both stay
    std::uint64_t unsigned_facts =
        0;                  ///< by a kiosk without its identity: taken, but proved by nothing here
    std::uint64_t bad = 0;  ///< left out: altered, or not this event's
    std::optional<std::string> trouble;  ///< the first bad one, or what is wrong with the file
    std::set<storage::KioskId> kiosks;
};

/// Lets those facts through that prove themselves.
class FactProof {
public:
    using Taken = std::function<void(const storage::StoredFact&)>;

    /// With `trusts_chain` one signature proves up to a thousand facts before it that follow each
    /// other: for a file that its kiosk signed as a whole. Else each fact's own is looked at.
    FactProof(FindKioskKey find_key, bool trusts_chain, Taken taken);

    void take(storage::StoredFact&& fact);
    /// Something that should have been a fact.
    void refuse(const std::string& trouble);
    /// After the last; `taken` has seen every good fact then.
    void finish() { flush(); }

    [[nodiscard]] std::uint64_t bad() const { return bad_; }
    [[nodiscard]] const std::optional<std::string>& trouble() const { return trouble_; }

private:
    [[nodiscard]] bool continues_run(const storage::StoredFact& fact) const;
    [[nodiscard]] std::optional<std::string> trouble_with(const storage::StoredFact& fact);
    [[nodiscard]] const std::optional<storage::VerifyKey>& key_of(storage::KioskId kiosk);
    void flush();

    FindKioskKey find_key_;
    std::size_t longest_run_;
    Taken taken_;
    std::vector<storage::StoredFact> run_;
    std::map<storage::KioskId, std::optional<storage::VerifyKey>> keys_;
    std::uint64_t bad_ = 0;
    std::optional<std::string> trouble_;
};

/// A bundle, whole or not at all. Throws Fault: what FactsBundleReader throws, bad_data (of another
/// event, or sent by a kiosk this event does not have), not_allowed (sealed to others).
[[nodiscard]] MergeReport merge_bundle(FactStore& facts, const std::filesystem::path& file,
                                       storage::EventNumber event, const FindKioskKey& find_key,
                                       const std::set<storage::VerifyKey>& senders,
                                       const storage::OpeningKey& reader);

/// A journal or a copy of one. What can be read of a damaged one is taken, and its damage told as
/// trouble. Throws Fault: no_input, try_again (a running kiosk holds it), bad_data (no journal),
/// io.
[[nodiscard]] MergeReport merge_journal(FactStore& facts, const std::filesystem::path& file,
                                        const FindKioskKey& find_key);

/// By the first bytes of the file. Throws Fault(no_input) if it cannot be read.
[[nodiscard]] bool is_bundle(const std::filesystem::path& file);

}  // namespace hudoor::organiser
