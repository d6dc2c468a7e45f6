/// Base45 (RFC 9285): bytes as the 45 characters of QR alphanumeric mode, two bytes in three
/// characters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/bytes.hpp"

namespace hudoor::storage {

[[nodiscard]] std::string encode_base45(ByteView bytes);
/// Nothing if the text is not what encode_base45 makes of some bytes.
[[nodiscard]] std::optional<Bytes> decode_base45(std::string_view text);

}  // namespace hudoor::storage
