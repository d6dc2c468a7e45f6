/// NAME.facts: facts on their way home, sealed to the organisers. They prove themselves by their
/// own signatures; the bundle's tells a whole file from a damaged one at once.
#pragma once

#include "storage/bundle/frame.hpp"
#include "storage/facts/missing.hpp"

namespace hudoor::storage {

inline constexpr std::size_t max_bundle_facts = 1'000'000;

/// Collects facts, each once, in the order of their chains. Holds them in memory as they are sent.
class FactsBundleWriter {
public:
    /// Throws Fault(bad_data) past max_bundle_facts.
    void add(const StoredFact& fact);
    [[nodiscard]] std::size_t facts() const { return facts_; }
    [[nodiscard]] std::size_t payload_bytes() const { return payload_.bytes().size(); }
    /// None of them says that they are exported.
    void say_without_act() { without_act_ = true; }
    /// Throws what write_bundle throws. `sender_key` is the kiosk's public key; without `signing`
    /// (signature-only mode) the bundle itself is unsigned.
    void write(const std::filesystem::path& file, EventNumber event, const VerifyKey& sender_key,
               const SigningKey* signing, std::span<const SealKey> readers) const;

private:
    std::size_t facts_ = 0;
    bool without_act_ = false;
    std::vector<FactRange> ranges_;
    ByteWriter payload_;
};

/// Where facts are read from as a stream.
class FactsBundleReader {
public:
    /// Throws what BundleReader throws.
    explicit FactsBundleReader(const std::filesystem::path& file)
        : reader_(file, BundleKind::facts) {}

    [[nodiscard]] const BundleHead& head() const { return reader_.head(); }
    [[nodiscard]] bool is_signed() const { return reader_.is_signed(); }
    /// Every fact in its order until `visit` returns false; hashes are made anew, signatures are
    /// not looked at. Throws Fault: not_allowed (sealed to others), bad_data (not facts, too many),
    /// io.
    void visit(const OpeningKey& reader, const std::function<bool(StoredFact&&)>& visit);

private:
    BundleReader reader_;
};

}  // namespace hudoor::storage
