/// Reads a code of which the finder marks are known: lays a grid over it, as it leans, takes the
/// level of every module, undoes some of the blur, mends what is damaged, and hands the modules on
/// as a code drawn upright.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scanner/modules/decoder.hpp"
#include "scanner/modules/equaliser.hpp"
#include "scanner/modules/grid_layer.hpp"
#include "scanner/modules/mender.hpp"

namespace hudoor::scanner {

/// One thread; reuses its buffers from code to code.
class GridReader {
public:
    explicit GridReader(DecodeUpright decode) : decode_(std::move(decode)) {}

    enum class Paper { flat, bent };
    /// `group` of the picture, in its pixels. Tries what fits best, as far as `effort` goes.
    [[nodiscard]] std::optional<FoundCode> read(const GrayView& picture, const FinderGroup& group,
                                                Effort& effort, Paper paper = Paper::flat);

private:
    /// How much of its neighbours' ink a module has in it.
    struct Blur {
        float across = 0;
        float down = 0;
    };
    struct KnownModule {
        float level = 0, beside = 0, above = 0;  ///< its own; of both neighbours across, and down
        bool dark = false;
    };

    [[nodiscard]] std::optional<FoundCode> decode(const GridLayer& layer, const Grid& grid);
    [[nodiscard]] std::optional<FoundCode> decode_ink(const Grid& grid, std::span<const float> ink);
    [[nodiscard]] std::optional<FoundCode> read_flat(const GridLayer& layer);
    [[nodiscard]] std::optional<FoundCode> read_bent(const GridLayer& layer);
    void take_levels(const GridLayer& layer, int modules);
    void sharpen(int modules, Blur blur);
    void take_known(int version);
    [[nodiscard]] float contrast(Blur blur) const;
    [[nodiscard]] std::optional<Blur> find_blur() const;
    void take_ink(int modules, int reach);

    DecodeUpright decode_;
    CodeMender mender_;
    Equaliser equaliser_;
    Effort* effort_ = nullptr;
    bool inverted_ = false;
    float module_px_ = 1;
    std::vector<Point> places_;
    std::vector<float> levels_;
    std::vector<KnownModule> known_;
    std::vector<float> sharp_;
    std::vector<float> sums_;
    std::vector<float> ink_;
};

}  // namespace hudoor::scanner
