#include "storage/badge/base45.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The number that up to three characters stand for, lowest first.
std::optional<std::uint32_t> group_value(std::string_view group) {
    std::uint32_t value = 0;
    for (std::size_t i = group.size(); i-- > 0;) {
        const std::size_t digit = alphabet.find(group[i]);
        if (digit == std::string_view::npos) return std::nullopt;
        value = value * 45 + static_cast<std::uint32_t>(digit);
    }
    return value;
}

void append_group(std::string& text, std::uint32_t value, int size) {
    for (; size > 0; --size, value /= 45) text += alphabet[value % 45];
}

}  // namespace

std::string encode_base45(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() / 2 * 3 + 2);
    for (; bytes.size() >= 2; bytes = bytes.subspan(2))
        append_group(text, static_cast<std::uint32_t>(bytes[0] << 8 | bytes[1]), 3);
    if (!bytes.empty()) append_group(text, bytes[0], 2);
    return text;
}

std::optional<Bytes> decode_base45(std::string_view text) {
    if (text.size() % 3 == 1) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 3 * 2 + 1);
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(3, text.size()))) {
        const std::string_view group = text.substr(0, 3);
        const auto value = group_value(group);
        const bool two_bytes = group.size() == 3;
        if (!value || *value > (two_bytes ? 0xffffU : 0xffU)) return std::nullopt;
        if (two_bytes) bytes.push_back(static_cast<std::uint8_t>(*value >> 8));
        bytes.push_back(static_cast<std::uint8_t>(*value));
    }
    return bytes;
}

}  // namespace hudoor::storage
