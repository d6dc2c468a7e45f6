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

    /// GLFW key codes typed by hand since the last call: of no code, not even a broken one, in
    /// order. Eight keys or more, less than 15 ms apart on the average, are a scanner's, and what
    /// follows within 150 ms. Whether a burst ends as a code is known 50 ms after its last key: so
    /// late is a key given.
    [[nodiscard]] std::vector<int> take_typed(MonotonicTime now);
    /// When take_typed will have some; nothing if none is waiting.
    [[nodiscard]] std::optional<MonotonicTime> typed_due() const;

private:
    void release_held();
    [[nodiscard]] bool is_by_hand() const;
    std::optional<std::string> finish();
    void clear();

    std::string keys_;
    std::vector<int> held_;  ///< since the last gap
    std::vector<int> typed_;
    MonotonicTime began_{};  ///< the keys since the last gap
    MonotonicTime last_{};
    bool was_code_ = false;       ///< of the keys since the last gap some were one
    bool after_scanner_ = false;  ///< the burst before was a scanner's
    bool spoiled_ = false;
};

}  // namespace hudoor::scanner
