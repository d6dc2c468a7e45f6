/// Keyboard-wedge hand scanners: a burst of keys that ends with Enter is one code. Rebuilt from key
/// codes with a US table, because under an Arabic keyboard group the characters would be Arabic.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::scanner {

/// Feed it every key press; one thread.
class HandScanner {
public:
    /// `key` is a GLFW key code (GLFW_KEY_*: the US layout position), `shift` whether a shift key
    /// is down. Returns a text when a burst is complete. A burst: at least 4 keys, none more than
    /// 50 ms after the one before, ended by Enter; the rest of one that broke off is none. Control
    /// characters and overlong bursts (> 512) are discarded whole.
    [[nodiscard]] std::optional<std::string> press(int key, bool shift, MonotonicTime at);

    /// GLFW key codes typed by hand since the last call: of no burst, not even a broken one. Three
    /// keys or more, none more than 50 ms after the one before, are a burst; so a key is given 50
    /// ms late.
    [[nodiscard]] std::vector<int> take_typed(MonotonicTime now);
    /// When take_typed will have some; nothing if none is waiting.
    [[nodiscard]] std::optional<MonotonicTime> typed_due() const;

private:
    void release_held();
    std::optional<std::string> finish();
    void clear();

    std::string keys_;
    std::vector<int> held_;  ///< since the last gap, three at most
    std::vector<int> typed_;
    MonotonicTime last_{};
    bool spoiled_ = false;
};

}  // namespace hudoor::scanner
