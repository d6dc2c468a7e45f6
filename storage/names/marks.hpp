/// Which letters of a found name are the typed ones, so that the screen can mark them.
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

/// In order, none touching another. Letters are compared as the search folds them, but within one
/// script: a name that was found by sound or across scripts has nothing marked. The typed words are
/// looked for together first ("al mar" in "Al Marzouqi"), then each alone, at the beginning of
/// words before inside them.
[[nodiscard]] std::vector<ByteRange> matched_parts(std::string_view name, std::string_view typed);

}  // namespace hudoor::storage
