/// The ids of places, people, kiosks, badges and facts, each a type of its own. Numbers are
/// assigned once by the organiser and never reused.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>

namespace hudoor::storage {

enum class EventNumber : std::uint16_t {};
enum class KioskId : std::uint16_t {};  ///< 0 is the training kiosk
enum class PlaceId : std::uint16_t {};  ///< an entrance; from 1, 0 is "none" (likewise below)
enum class RoomId : std::uint16_t {};
enum class SessionId : std::uint16_t {};
enum class CategoryId : std::uint16_t {};
/// What an usher types; two or three digits, 0 is "none".
enum class UsherNumber : std::uint16_t {};
enum class Epoch : std::uint32_t {};  ///< random, drawn at every start of a kiosk

/// A fixed number of bytes that compare and hash as a value; the tag keeps kinds apart.
template <std::size_t Size, typename Tag>
struct ByteId {
    std::array<std::uint8_t, Size> bytes{};

    auto operator<=>(const ByteId&) const = default;
    [[nodiscard]] bool is_zero() const { return bytes == std::array<std::uint8_t, Size>{}; }
};

using RegistrationId =
    ByteId<16, struct RegistrationTag>;          ///< UUIDv7 (RFC 9562) given at first import
using FactId = ByteId<16, struct FactTag>;       ///< UUIDv7
using BadgeNumber = ByteId<8, struct BadgeTag>;  ///< random; stands in the QR
using CodeHash = ByteId<16, struct CodeTag>;     ///< keyed BLAKE2b-128 of an imported code
using Hash = ByteId<32, struct HashTag>;         ///< BLAKE2b-256

/// A new UUIDv7 of this wall time with random bits from libsodium.
[[nodiscard]] std::array<std::uint8_t, 16> make_uuid_v7(std::int64_t wall_ms);

}  // namespace hudoor::storage

template <std::size_t Size, typename Tag>
struct std::hash<hudoor::storage::ByteId<Size, Tag>> {
    std::size_t operator()(const hudoor::storage::ByteId<Size, Tag>& id) const noexcept {
        // The bytes are random or a hash already, so the last eight are spread evenly enough.
        static_assert(Size >= sizeof(std::size_t));
        std::size_t value = 0;
        std::memcpy(&value, id.bytes.data() + Size - sizeof value, sizeof value);
        return value;
    }
};
