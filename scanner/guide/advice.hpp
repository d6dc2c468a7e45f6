/// Why the code in a frame could not be read: too far, too near, blurred, glaring, covered, bent,
/// two badges at once.
#pragma once

#include <optional>

#include "scanner/guide/hints.hpp"
#include "scanner/guide/patch.hpp"
#include "scanner/guide/surface.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Reuses its buffers from frame to frame; one thread.
class Adviser {
public:
    /// closer, farther, still, glare, covered, bent, one_badge or nothing. `search` has just
    /// searched `frame`. Where nothing is `moving`, print without finder marks and a covered code
    /// are a poster on the wall.
    [[nodiscard]] std::optional<Advice> advise(const GrayView& frame, FinderSearch& search,
                                               bool moving);

private:
    [[nodiscard]] std::optional<Advice> advise_on_surface(const GrayView& frame,
                                                          const FinderGroup& group);
    [[nodiscard]] std::optional<Advice> advise_on_bent(const GrayView& frame,
                                                       const std::vector<FinderGroup>& groups,
                                                       const Finder& a, const Finder& b);
    [[nodiscard]] std::optional<Advice> advise_on_print(const GrayView& frame,
                                                        FinderSearch& search);

    PatchSearch patches_;
    SurfaceCheck surface_;
};

}  // namespace hudoor::scanner
