/// Reads a code of which the finder marks are known: lays a grid over it, as it leans, takes the
/// level of every module, undoes some of the blur, and hands the modules on as a code drawn
/// upright.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "scanner/codes/decoder.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// One thread; reuses its buffers from code to code.
class GridReader {
public:
    explicit GridReader(DecodeUpright decode) : decode_(std::move(decode)) {}

    /// `group` of the picture, in its pixels. Tries the versions and corners that fit best.
    [[nodiscard]] std::optional<FoundCode> read(const GrayView& picture, const FinderGroup& group);

private:
    /// A grid laid over the code: where the middles of the marks (and the fourth corner's) are.
    struct Grid {
        std::array<Point, 4> quad{};
        int version = 0;
        float fit = 0;  ///< how far apart its known dark and light modules are, in grey levels
    };

    /// How much of its neighbours' ink a module has in it.
    struct Blur {
        float across = 0;
        float down = 0;
    };
    struct KnownModule {
        float level = 0, beside = 0, above = 0;  ///< its own; of both neighbours across, and down
        bool dark = false;
    };

    [[nodiscard]] static std::array<Point, 4> flat_quad(const FinderGroup& group);
    [[nodiscard]] Grid lay_grid(const FinderGroup& group, int version) const;
    void find_fourth_corner(Grid& grid) const;
    void refine(Grid& grid) const;
    [[nodiscard]] float alignment_of(const Grid& grid) const;
    [[nodiscard]] float fit_of(const Grid& grid) const;
    [[nodiscard]] float level_at(Point at) const;
    void take_levels(const Grid& grid);
    [[nodiscard]] std::optional<FoundCode> decode(const Grid& grid);
    void sharpen(int modules, Blur blur);
    void take_known(int version);
    [[nodiscard]] float contrast(Blur blur) const;
    void draw(int version, int reach);

    DecodeUpright decode_;
    GrayView picture_;
    float sign_ = 1;  ///< -1 for light on dark
    float module_px_ = 1;
    std::vector<float> levels_;
    std::vector<KnownModule> known_;
    std::vector<float> sharp_;
    std::vector<float> sums_;
    std::vector<std::uint8_t> upright_;
};

}  // namespace hudoor::scanner
