/// Finds what looks like a code from afar: a square full of fine print with paper around it. For
/// pictures in which no finder mark was found, because the code is small or blurred.
#pragma once

#include <optional>
#include <vector>

#include "scanner/guide/hints.hpp"
#include "scanner/marks/ink_map.hpp"

namespace hudoor::scanner {

/// Reuses its buffers from picture to picture; one thread.
class PatchSearch {
public:
    /// The largest patch, in pixels of the picture that `ink` is of; `ink` has counted its changes.
    [[nodiscard]] std::optional<Outline> find(const InkMap& ink);

    /// The first patch whose modules are hardly a pixel each. `ink` is of the frame itself.
    [[nodiscard]] std::optional<Outline> find_tiny(const InkMap& ink);

private:
    struct Patch {
        int left = 0, top = 0, right = 0,
            bottom = 0;  ///< blocks, the right and bottom ones included
        int blocks = 0;
    };
    [[nodiscard]] static Outline outline_of(const Patch& patch);
    [[nodiscard]] bool is_fine(const InkMap& ink, int column, int row) const;
    [[nodiscard]] Patch spread(const InkMap& ink, int column, int row);
    [[nodiscard]] bool looks_like_code(const InkMap& ink, const Patch& patch) const;

    int fineness_ = 0;
    std::vector<std::uint8_t> smooth_;
    std::vector<char> visited_;
    std::vector<std::pair<int, int>> waiting_;
};

/// Whether there is print all over the picture, as of a code held too near; `ink` has counted its
/// changes.
[[nodiscard]] bool fills_frame(const InkMap& ink);

}  // namespace hudoor::scanner
