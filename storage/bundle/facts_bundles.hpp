/// A kiosk's facts in as many bundles as they need: NAME.facts, NAME-2.facts and so on, each whole
/// in itself and written as soon as it is full.
#pragma once

#include "storage/bundle/facts_bundle.hpp"

namespace hudoor::storage {

struct FactsBundlesOptions {
    std::filesystem::path file;  ///< of the first
    EventNumber event{};
    VerifyKey sender{};
    const SigningKey* signing = nullptr;  ///< null: unsigned; must outlive the bundles
    SealKey reader{};
    std::size_t most_facts = max_bundle_facts;  ///< in one; tests lower it
};

/// Add every fact in the order of its chain, then finish.
class FactsBundles {
public:
    explicit FactsBundles(FactsBundlesOptions options) : options_(std::move(options)) {}

    /// Throws what write_bundle throws, and not_allowed where a file of this name is another
    /// kiosk's: it is left as it is. One that cannot be read is put aside as NAME.facts.damaged.
    void add(const StoredFact& fact);
    /// See FactsBundleWriter; of those that are not written yet.
    void say_without_act() { without_act_ = true; }
    /// The files, all on stable storage and read back: one at least. Throws what add
    /// throws.
    [[nodiscard]] std::vector<std::filesystem::path> finish();
    [[nodiscard]] std::size_t facts() const { return facts_; }
    /// Where the epochs end that were added.
    [[nodiscard]] const EpochEnds& ends() const { return ends_; }

private:
    void write();
    void make_way(const std::filesystem::path& file) const;

    FactsBundlesOptions options_;
    FactsBundleWriter bundle_;  ///< the one that is being filled
    std::vector<std::filesystem::path> files_;
    std::size_t facts_ = 0;
    bool without_act_ = false;
    EpochEnds ends_;
};

}  // namespace hudoor::storage
