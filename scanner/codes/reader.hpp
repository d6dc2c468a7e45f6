/// Finds and reads the QR codes in the frames of one camera: by finder marks of our own search, and
/// with ZXing-cpp (1.4 and 2.x) behind it, which also reads what has no marks to be found.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/marks/finders.hpp"
#include "scanner/modules/decoder.hpp"

namespace hudoor::scanner {

struct ReaderOptions {
    /// Off: every frame gets every step, whatever it costs. On: what is dear takes turns from frame
    /// to frame, so that nothing is left out over a few frames, and no frame costs much.
    bool takes_turns = true;
    /// Instead of ZXing, for tests; nothing: ZXing.
    DecodeUpright decode_upright{};
    DecodeCodes decode_codes{};
};

/// What the last frame took, counted and not timed.
struct FrameWork {
    std::size_t marks = 0;        ///< found
    std::size_t checks = 0;       ///< places that were looked at closely for a mark
    std::size_t tries = 0;        ///< groups of marks that were read as a code
    std::int64_t looks = 0;       ///< all that came after the search for marks; see Effort
    std::int64_t reduced_by = 1;  ///< how many times smaller the frame was made along each side
};

/// One per thread. Remembers where the codes of the last frames were, and reuses its buffers.
class Reader {
public:
    explicit Reader(ReaderOptions options = {});
    ~Reader();

    /// Every code found, larger first; none twice. Never throws for picture content.
    [[nodiscard]] std::vector<FoundCode> read(const GrayView& frame);
    /// Of the last frame, if nothing was read in it and all of it was searched; else nothing. A
    /// frame of more than two megapixels was searched smaller: see last_picture().
    [[nodiscard]] FinderSearch* last_search();
    /// What was searched last: the frame, or what it was made smaller to.
    [[nodiscard]] GrayView last_picture() const;
    [[nodiscard]] FrameWork last_work() const;
    /// Forgets the last frames: what comes next has nothing to do with them.
    void reset();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
