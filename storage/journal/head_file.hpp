/// `head`, beside a journal: how far it had come at its last checkpoint, under a MAC that only the
/// kiosk can make. A journal behind it lost its end; one ahead of it is as it should be.
#pragma once

#include <filesystem>
#include <memory>
#include <variant>

#include "storage/facts/chain.hpp"

namespace hudoor::storage {

using HeadKey = std::shared_ptr<const Secret<32>>;

/// From the secret that signs the kiosk's facts and that only the kiosk key opens.
[[nodiscard]] HeadKey make_head_key(const SigningKey& signing);

/// All zeros for a journal without facts.
struct JournalHead {
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t seq = 0;
    Hash hash;
    std::uint64_t facts = 0;   ///< in all
    std::uint64_t starts = 0;  ///< and ends, see StartCount; 0: nothing counts them

    bool operator==(const JournalHead&) const = default;
};

struct NoHead {};
struct ForgedHead {};  ///< a file that the kiosk did not make so
using FoundHead = std::variant<NoHead, ForgedHead, JournalHead>;

/// On return it is on stable storage. Throws Fault: cannot_create, io.
void write_head(const std::filesystem::path& directory, const JournalHead& head,
                const Secret<32>& key);
/// Throws Fault(io).
[[nodiscard]] FoundHead read_head(const std::filesystem::path& directory, const Secret<32>& key);

}  // namespace hudoor::storage
