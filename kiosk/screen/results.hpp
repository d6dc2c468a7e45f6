/// Result lines: one JSON object a verdict or hint, for tests, demos and programs beside the kiosk.
/// Format in commands.md "A result line".
#pragma once

#include <cstdio>
#include <string>

#include "kiosk/desk/answer.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// `on_screen`: when the buffer swap that showed the answer returned.
[[nodiscard]] std::string result_line(const Answer& answer, MonotonicTime on_screen);
[[nodiscard]] std::string hint_line(scanner::HintKind hint, WallTime at);

/// Writes lines to a stream it does not own, each flushed at once: whoever reads one may rely on
/// its fact being stored.
class ResultWriter {
public:
    explicit ResultWriter(std::FILE* stream) : stream_(stream) {}
    void write(const std::string& line);

private:
    std::FILE* stream_;
};

}  // namespace hudoor::kiosk
