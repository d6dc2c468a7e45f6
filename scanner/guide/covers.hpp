/// Where codes are that the guests' mirror must not show: read or not, and half a second longer
/// than they were seen.
#pragma once

#include <chrono>
#include <vector>

#include "config/clock.hpp"
#include "scanner/camera/frame.hpp"
#include "scanner/guide/hints.hpp"

namespace hudoor::scanner {

/// One thread.
class Covers {
public:
    static constexpr std::chrono::milliseconds lasts{500};
    static constexpr std::size_t most = 16;  ///< the newest

    /// A code was seen there at `at`, frame pixels. One that has moved a little is the same.
    void note(const Outline& code, MonotonicTime at);
    /// Those seen within `lasts`, each grown by half.
    [[nodiscard]] std::vector<PictureBox> at(MonotonicTime now);

private:
    struct Seen {
        PictureBox box;
        MonotonicTime at;
    };
    std::vector<Seen> seen_;
};

}  // namespace hudoor::scanner
