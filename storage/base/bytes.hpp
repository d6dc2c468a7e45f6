/// Bytes in and out of the project's own formats: big-endian, fixed order, bounds checked.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/secret.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] std::string to_hex(ByteView bytes);
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Appends numbers and blocks to a byte string.
template <typename Container>
class BasicByteWriter {
public:
    void u8(std::uint8_t value) { put(value, 1); }
    void u16(std::uint16_t value) { put(value, 2); }
    void u32(std::uint32_t value) { put(value, 4); }
    void u64(std::uint64_t value) { put(value, 8); }
    void i64(std::int64_t value) { put(static_cast<std::uint64_t>(value), 8); }
    void raw(ByteView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    /// A 32-bit length and the bytes.
    void block(ByteView bytes) {
        u32(static_cast<std::uint32_t>(bytes.size()));
        raw(bytes);
    }
    void text(std::string_view text) { block(as_bytes(text)); }

    [[nodiscard]] const Container& bytes() const { return bytes_; }
    [[nodiscard]] Container take() { return std::move(bytes_); }

private:
    void put(std::uint64_t value, int size) {
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    Container bytes_;
};

using ByteWriter = BasicByteWriter<Bytes>;
using SecretWriter = BasicByteWriter<SecretBytes>;  ///< for what nobody else may read

/// Reads what ByteWriter wrote. After the first read past the end every value is zero or empty and
/// failed() stays true, so a parser checks once at its end.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : rest_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(get(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(get(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(get(4)); }
    std::uint64_t u64() { return get(8); }
    std::int64_t i64() { return static_cast<std::int64_t>(get(8)); }
    /// A view into the given bytes; empty if they end before.
    ByteView raw(std::size_t size) {
        if (size > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        const ByteView part = rest_.first(size);
        rest_ = rest_.subspan(size);
        return part;
    }
    ByteView block() { return raw(u32()); }
    std::string text() { return std::string(as_text(block())); }
    template <typename Id>
    Id id() {
        Id value;
        const ByteView part = raw(value.bytes.size());
        std::copy(part.begin(), part.end(), value.bytes.begin());
        return value;
    }

    [[nodiscard]] ByteView rest() const { return rest_; }
    [[nodiscard]] bool failed() const { return failed_; }
    /// Everything was read and nothing is left.
    [[nodiscard]] bool finished() const { return !failed_ && rest_.empty(); }

private:
    std::uint64_t get(std::size_t size) {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : raw(size)) value = value << 8 | byte;
        return value;
    }
    ByteView rest_;
    bool failed_ = false;
};

}  // namespace hudoor::storage
