/// What all bundles have in common: files that travel on a stick between the organiser and the
/// kiosks. Framed, never a database:
///
///   magic 8 | version u8 | kind u8 | event u16 | sender 32 (Ed25519) | count of ranges u32
///   length of the key part u16 | secretstream header 24 | length of the sealed payload u64
///   facts: flags u8 (1: no fact says that they were exported)
///   key part | ranges, 22 bytes each | sealed payload
///   Ed25519 by the sender over BLAKE2b of all before (zero: unsigned) | BLAKE2b of all before
///
/// The key part says who can open it: a salt for a passphrase, or the payload's key in one sealed
/// box for each reader. The payload is a libsodium secretstream in pieces of 64 KiB whose first
/// piece binds everything before it.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include "storage/base/crypto.hpp"

namespace hudoor::storage {

inline constexpr std::uint64_t max_bundle_bytes = std::uint64_t{256} << 20;

enum class BundleKind : std::uint8_t { enrolment = 1, facts = 2, update = 3 };

/// Version 2 of enrolments and updates brought the roster, that of facts the flags; facts without
/// them are still read.
[[nodiscard]] std::uint8_t version_of(BundleKind kind);

/// Facts `first` to `last` of one epoch, without a gap.
struct FactRange {
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t first = 0;
    std::uint64_t last = 0;

    bool operator==(const FactRange&) const = default;
};

struct BundleHead {
    BundleKind kind{};
    EventNumber event{};
    VerifyKey sender{};
    Bytes key_part;
    std::vector<FactRange> ranges;
    bool without_act = false;  ///< of facts: none of them says that they were exported

    std::array<std::uint8_t, 24> stream{};  ///< these two are filled in by write_bundle
    std::uint64_t sealed_size = 0;
};

/// Writes the payload under `key`, signed by the sender (null: unsigned): durable on return, and
/// read back and found whole. Throws Fault: cannot_create, io, bad_data (too large, or what was
/// read back differs).
void write_bundle(BundleHead head, ByteView payload, const Secret<32>& key,
                  const SigningKey* sender, const std::filesystem::path& file);

/// A bundle read front to back, so that a hostile file costs no memory: first its frame, then, as
/// often as asked for, its payload.
class BundleReader {
public:
    /// Throws Fault: no_input, bad_data (damaged, a newer version, of another kind, or not signed
    /// by the sender it names).
    BundleReader(const std::filesystem::path& file, BundleKind kind);

    [[nodiscard]] const BundleHead& head() const { return head_; }
    [[nodiscard]] bool is_signed() const { return is_signed_; }

    /// The payload piece by piece until `visit` returns false. Throws Fault: not_allowed (another
    /// key), bad_data, io.
    void visit_payload(const Secret<32>& key, const std::function<bool(ByteView)>& visit);
    /// All of it, at once in memory.
    [[nodiscard]] SecretBytes payload(const Secret<32>& key);

    /// Throws Fault(bad_data) naming the file.
    [[noreturn]] void refuse(const std::string& why) const;

private:
    void read_head();
    void check_frame();
    [[nodiscard]] Bytes read(std::uint64_t size);

    std::filesystem::path file_;
    std::ifstream in_;
    std::uint64_t size_ = 0;
    BundleHead head_;
    Bytes head_bytes_;
    bool is_signed_ = false;
};

/// The payload's key for these readers, as a key part.
[[nodiscard]] Bytes seal_key_for(const Secret<32>& key, std::span<const SealKey> readers);
/// Nothing if this reader is none of them.
[[nodiscard]] std::optional<Secret<32>> open_key_part(ByteView key_part, const OpeningKey& reader);

}  // namespace hudoor::storage
