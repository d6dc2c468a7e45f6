/// Keyboard-wedge hand scanners: a burst of keys that ends with Enter is one code. Rebuilt from key
/// codes with a US table, because under an Arabic keyboard group the characters would be Arabic.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "config/clock.hpp"

namespace hudoor::scanner {

/// Feed it every key press; pure but for its own state, no thread.
class HandScanner {
public:
    /// `key` is a GLFW key code (GLFW_KEY_*: the US layout position), `shift` whether a shift key
    /// is down. Returns a text when a burst is complete. A burst: at least 8 keys, none more than
    /// 50 ms after the one before, ended by Enter. Control characters and overlong bursts (> 512)
    /// are discarded whole.
    [[nodiscard]] std::optional<std::string> press(int key, bool shift, MonotonicTime at);

    /// Whether the keys so far look like a burst (a text field must hold them back): three keys or
    /// more, none more than 50 ms after the one before.
    [[nodiscard]] bool in_burst() const;

private:
    std::optional<std::string> finish();
    void clear();

    std::string keys_;
    MonotonicTime last_{};
    bool spoiled_ = false;
};

}  // namespace hudoor::scanner
