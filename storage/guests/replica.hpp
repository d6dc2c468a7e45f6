/// The replica: all registrations in an in-memory SQLite database that exists on disk only as a
/// sealed snapshot. Made by the organiser, replaced whole, never edited.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/clock.hpp"
#include "storage/base/crypto.hpp"
#include "storage/base/ids.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::storage {

/// What the header of a snapshot says in clear (signed).
struct SnapshotHeader {
    EventNumber event{};
    std::uint64_t revision = 0;
    WallTime created;
    std::uint32_t registrations = 0;
    Hash plaintext;  ///< BLAKE2b-256 of the SQLite image
};

/// What goes into a snapshot.
struct SnapshotContent {
    EventNumber event{};
    std::uint64_t revision = 0;
    WallTime created;
    std::vector<Registration> registrations;
    std::vector<Usher> ushers;
    Secret<32> code_key;  ///< keys the hashes of imported codes
};

/// Format in data.md: header | Ed25519 by the organiser | one sealed box of the content key per
/// reader | secretstream of the SQLite image. Only `readers` can open it.
[[nodiscard]] Bytes make_snapshot(const SnapshotContent& content, const SigningKey& organiser,
                                  std::span<const SealKey> readers);

/// The header, if it is signed by the organiser; nothing else is looked at.
[[nodiscard]] std::optional<SnapshotHeader> read_snapshot_header(ByteView snapshot,
                                                                 const VerifyKey& organiser);

/// Used by the desk thread alone. Lookups read memory only.
class Replica {
public:
    /// Throws Fault(bad_data) if the signature, the seal, the hash or the database does not hold,
    /// or it is for another event.
    [[nodiscard]] static Replica open_snapshot(ByteView snapshot, EventNumber event,
                                               const VerifyKey& organiser,
                                               const OpeningKey& reader);
    ~Replica();
    Replica(Replica&&) noexcept;
    Replica& operator=(Replica&&) noexcept;

    [[nodiscard]] const SnapshotHeader& header() const;
    [[nodiscard]] std::uint64_t revision() const { return header().revision; }
    [[nodiscard]] ByteView code_key() const;

    [[nodiscard]] std::optional<Registration> find(BadgeNumber badge) const;
    [[nodiscard]] std::optional<Registration> find(CodeHash code) const;
    [[nodiscard]] std::optional<Registration> find(RegistrationId id) const;
    [[nodiscard]] std::optional<Usher> find_usher_badge(BadgeNumber badge) const;
    [[nodiscard]] std::optional<Usher> find_usher(UsherNumber number) const;
    /// Every registration once, in no order.
    void visit(const std::function<void(const Registration&)>& each) const;

private:
    class Impl;
    explicit Replica(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
