/// Recognises a scanned text: a badge of ours, a code that an imported event's delegates already
/// carry, or something else, which is never opened and never stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/badge/badge.hpp"

namespace hudoor::storage {

/// The shape of the codes of one imported event: a text of this shape may be one of them.
struct CodeShape {
    std::uint16_t min_length = 0;
    std::uint16_t max_length = 0;
    std::string prefix;      ///< empty: any
    std::string alphabet;    ///< the characters seen, sorted; empty: any printable ASCII
    std::string json_key;    ///< Indico: the text is JSON with this key, whose value (of a list the
                             ///< last element) is the code
    char cut_at = 0;         ///< alf.io: what stands before this character is the code
    bool guessable = false;  ///< its codes admit nobody by themselves, see guessing.hpp

    bool operator==(const CodeShape&) const = default;
};

struct ImportedCode {
    CodeHash hash;
    bool guessable = false;  ///< as its shape
};
struct OtherCode {};
using Code = std::variant<SignedBadge, ImportedCode, OtherCode>;

/// The part of the text that identifies the delegate under this shape, or nothing if it does not
/// fit.
[[nodiscard]] std::optional<std::string> match_shape(std::string_view text, const CodeShape& shape);

/// BLAKE2b-128 keyed with the snapshot's 32-byte code key (any other length is a bug).
[[nodiscard]] CodeHash hash_code(std::string_view code, ByteView code_key);

/// Without what readers put around a text: AIM's "]Q1", an ECI's "\000026", white space at its
/// ends.
[[nodiscard]] std::string_view without_reader_marks(std::string_view text);

/// As the text stands, else without readers' marks. Never throws, whatever the text holds. With no
/// shapes only own badges are recognised; with an empty key (no guest list) an imported code is
/// recognised but its hash is zero.
[[nodiscard]] Code recognise(std::string_view text, const std::vector<CodeShape>& shapes,
                             ByteView code_key);

/// Whether recognise() would say anything but OtherCode; for the scan thread, which holds no key.
[[nodiscard]] bool may_be_ours(std::string_view text, const std::vector<CodeShape>& shapes);

}  // namespace hudoor::storage
