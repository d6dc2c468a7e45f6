/// Which letters of a name are those that were typed, for the eye: found people are shown with them
/// marked.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace hudoor::storage {

/// Bytes from `begin` to before `end`.
struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const ByteRange&) const = default;
};

/// In order, none touching another. Letters are compared as the search folds them, but in one
/// script: who was found by sound or across scripts has nothing marked. All words together where
/// they stand so
/// ("al mar" in "Al Marzouqi"), else each for itself, at the beginning of a word before inside of
/// one.
[[nodiscard]] std::vector<ByteRange> matched_parts(std::string_view name, std::string_view typed);

}  // namespace hudoor::storage
