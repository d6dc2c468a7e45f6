/// Finds and reads the QR codes in the frames of one camera: by finder marks of our own search, and
/// with ZXing-cpp (1.4 and 2.x) behind it, which also reads what has no marks to be found.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/codes/found_code.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

struct ReaderOptions {
    /// Off: every frame gets every step, whatever it costs. On: what is dear takes turns from frame
    /// to frame, so that nothing is left out over a few frames, and no frame costs much.
    bool takes_turns = true;
    /// In the places of ZXing, for tests; nothing: ZXing.
    std::function<std::optional<FoundCode>(const GrayView&)> decode_upright{};
    std::function<std::vector<FoundCode>(const GrayView&)> decode_codes{};
};

/// Not thread-safe: one per thread. Remembers the last frames between calls; reset() forgets. Keeps
/// its memory from frame to frame.
class Reader {
public:
    explicit Reader(ReaderOptions options = {});
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Every code found, larger first; none twice. Never throws for picture content.
    [[nodiscard]] std::vector<FoundCode> read(const GrayView& frame);
    /// Of the last frame, if nothing was read in it and all of it was searched; else nothing.
    [[nodiscard]] FinderSearch* last_search();
    void reset();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
