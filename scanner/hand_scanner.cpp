#include "scanner/hand_scanner.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>  // for the key numbers; nothing of it is linked

#include <string_view>
#include <utility>

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_gap = 50ms;
constexpr auto rest_within = 150ms;  // of a burst that broke off; another code takes longer
constexpr std::size_t fewest_keys = 4;
constexpr std::size_t most_keys = 512;
constexpr std::size_t burst_begins = 3;  // two keys within 50 ms happen to fast typists
// A hand that is fast, or keys that come late and together on a loaded machine: no scanner's code
// is so short, no hand as fast for longer.
constexpr std::size_t most_of_a_hand = 8;
constexpr auto fastest_hand = 15ms;  // a key, on the average

bool is_enter(int key) { return key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER; }

/// Keys that go with others and say nothing alone.
bool is_silent(int key) {
    return key == GLFW_KEY_LEFT_SHIFT || key == GLFW_KEY_RIGHT_SHIFT || key == GLFW_KEY_CAPS_LOCK ||
           key == GLFW_KEY_NUM_LOCK;
}

std::optional<char> find_shifted(char plain) {
    constexpr std::string_view from = "`1234567890-=[]\\;',./ ";
    constexpr std::string_view to = "~!@#$%^&*()_+{}|:\"<>? ";
    const auto index = from.find(plain);
    if (index == std::string_view::npos) return std::nullopt;
    return to[index];
}

std::optional<char> find_keypad(int key) {
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) {
        return static_cast<char>('0' + key - GLFW_KEY_KP_0);
    }
    constexpr std::string_view signs = "./*-+";
    if (key >= GLFW_KEY_KP_DECIMAL && key <= GLFW_KEY_KP_ADD) {
        return signs[static_cast<std::size_t>(key - GLFW_KEY_KP_DECIMAL)];
    }
    return std::nullopt;
}

/// What the key types on a US keyboard; nothing for keys that type no printable character.
std::optional<char> find_character(int key, bool shift) {
    if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) {
        return static_cast<char>((shift ? 'A' : 'a') + key - GLFW_KEY_A);
    }
    if (key > 0x7f) return find_keypad(key);
    const char plain = static_cast<char>(key);  // GLFW numbers printable keys by their US character
    const auto shifted = find_shifted(plain);
    if (!shifted) return std::nullopt;
    return shift ? *shifted : plain;
}

}  // namespace

std::optional<std::string> HandScanner::press(int key, bool shift, MonotonicTime at) {
    if (is_silent(key)) return std::nullopt;
    if (at - last_ > longest_gap) {
        const bool broke_off = spoiled_ || keys_.size() >= burst_begins;
        const bool is_rest = broke_off && at - last_ <= rest_within;
        clear();
        release_held();
        after_scanner_ = after_scanner_ && at - last_ <= rest_within;
        spoiled_ = is_rest;
        began_ = at;
    }
    last_ = at;
    if (held_.size() < most_keys) held_.push_back(key);
    if (is_enter(key)) return finish();
    const auto character = find_character(key, shift);
    if (!character || keys_.size() == most_keys) {
        spoiled_ = true;
    } else {
        keys_ += *character;
    }
    return std::nullopt;
}

std::vector<int> HandScanner::take_typed(MonotonicTime now) {
    if (now - last_ > longest_gap) release_held();
    return std::exchange(typed_, {});
}

std::optional<MonotonicTime> HandScanner::typed_due() const {
    if (!typed_.empty()) return last_;
    if (held_.empty()) return std::nullopt;
    return last_ + longest_gap + 1ms;
}

void HandScanner::release_held() {
    if (held_.empty()) return;
    if (!std::exchange(was_code_, false) && is_by_hand()) {
        typed_.insert(typed_.end(), held_.begin(), held_.end());
        after_scanner_ = false;
    } else {
        after_scanner_ = true;
    }
    held_.clear();
}

/// The rest of a code that broke off is no hand's, be it short.
bool HandScanner::is_by_hand() const {
    if (held_.size() < burst_begins) return true;
    const bool slow = last_ - began_ >= fastest_hand * static_cast<int>(held_.size() - 1);
    return slow || (held_.size() < most_of_a_hand && !after_scanner_);
}

std::optional<std::string> HandScanner::finish() {
    const bool complete = !spoiled_ && keys_.size() >= fewest_keys;
    auto text = std::move(keys_);
    clear();
    if (!complete) return std::nullopt;
    was_code_ = true;
    return text;
}

void HandScanner::clear() {
    keys_.clear();
    spoiled_ = false;
}

}  // namespace hudoor::scanner
