#include "scanner/hand_scanner.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <vector>

#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

struct Key {
    int code;
    bool shift = false;
};

/// The keys a US keyboard needs for a text.
std::vector<Key> keys_for(std::string_view text) {
    std::vector<Key> keys;
    constexpr std::string_view plain = "`1234567890-=[]\\;',./ ";
    constexpr std::string_view shifted = "~!@#$%^&*()_+{}|:\"<>?";
    for (const char c : text) {
        if (c >= 'a' && c <= 'z')
            keys.push_back({c - 'a' + GLFW_KEY_A});
        else if (c >= 'A' && c <= 'Z')
            keys.push_back({c, true});
        else if (plain.find(c) != std::string_view::npos)
            keys.push_back({c});
        else
            keys.push_back({plain.at(shifted.find(c)), true});
    }
    return keys;
}

/// Presses keys one after another; collects what comes out.
class Typist {
public:
    void press(const std::vector<Key>& keys, std::chrono::milliseconds apart = 4ms) {
        for (const Key key : keys) {
            now_ += apart;
            if (key.shift) take(scanner_.press(GLFW_KEY_LEFT_SHIFT, true, now_));
            take(scanner_.press(key.code, key.shift, now_));
        }
    }
    void press(std::string_view text, std::chrono::milliseconds apart = 4ms) {
        press(keys_for(text), apart);
    }
    void enter(std::chrono::milliseconds after = 4ms) { press({{GLFW_KEY_ENTER}}, after); }
    void pause(std::chrono::milliseconds time) { now_ += time; }
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
    /// What was typed by hand, `after` the last key.
    std::vector<int> typed(std::chrono::milliseconds after) {
        return scanner_.take_typed(now_ + after);
    }
    [[nodiscard]] bool typed_due() const { return scanner_.typed_due().has_value(); }

private:
    void take(std::optional<std::string> text) {
        if (text) texts_.push_back(*text);
    }

    HandScanner scanner_;
    MonotonicTime now_{1h};
    std::vector<std::string> texts_;
};

using Texts = std::vector<std::string>;

TEST_CASE("a burst that ends with Enter is one text, every printable character right") {
    Typist typist;
    const std::string text = "HD1:abcxyz ABCXYZ 0123456789 `~!@#$%^&*()-_=+[]{}\\|;:'\",.<>/?";
    typist.press(text);
    typist.enter();
    CHECK(typist.texts() == Texts{text});
}

TEST_CASE("the keypad types digits too, and its Enter ends a burst") {
    Typist typist;
    typist.press({{GLFW_KEY_KP_0},
                  {GLFW_KEY_KP_9},
                  {GLFW_KEY_KP_5},
                  {GLFW_KEY_KP_DECIMAL},
                  {GLFW_KEY_KP_DIVIDE},
                  {GLFW_KEY_KP_MULTIPLY},
                  {GLFW_KEY_KP_SUBTRACT},
                  {GLFW_KEY_KP_ADD},
                  {GLFW_KEY_KP_ENTER}});
    CHECK(typist.texts() == Texts{"095./*-+"});
}

TEST_CASE("ten codes a second are ten texts") {
    Typist typist;
    Texts expected;
    for (int i = 0; i < 10; ++i) {
        expected.push_back("BADGE-000" + std::to_string(i));
        typist.press(expected.back(), 5ms);
        typist.enter();
        typist.pause(40ms);
    }
    CHECK(typist.texts() == expected);
}

TEST_CASE("half a code is discarded") {
    Typist typist;
    SECTION("no Enter, and the next code comes later") { typist.press("HD1:ABCDEFGH"); }
    SECTION("it breaks off and goes on too late") {
        typist.press("HD1:ABCDEFGH");
        typist.pause(60ms);
        typist.press("REST");
        typist.enter();
    }
    SECTION("Enter comes too late") {
        typist.press("HD1:ABCDEFGH");
        typist.enter(60ms);
    }
    SECTION("fewer than four keys") {
        typist.press("HD1");
        typist.enter();
    }
    typist.pause(200ms);
    typist.press("WHOLE-CODE");
    typist.enter();
    CHECK(typist.texts() == Texts{"WHOLE-CODE"});
}

TEST_CASE("a burst with control characters is discarded whole") {
    const int key =
        GENERATE(GLFW_KEY_ESCAPE, GLFW_KEY_TAB, GLFW_KEY_BACKSPACE, GLFW_KEY_F10,
                 GLFW_KEY_LEFT_CONTROL, GLFW_KEY_LEFT_ALT, GLFW_KEY_UNKNOWN, 100'000, -7);
    CAPTURE(key);
    Typist typist;
    typist.press("HD1:ABCDEFGH");
    typist.press({{key}});
    typist.press("IJKLMNOPQRST");
    typist.enter();
    CHECK(typist.texts().empty());
    typist.press("WHOLE-CODE");
    typist.enter();
    CHECK(typist.texts() == Texts{"WHOLE-CODE"});
}

TEST_CASE("an overlong burst is discarded whole, the longest allowed is kept") {
    Typist typist;
    typist.press(std::string(513, 'X'));
    typist.enter();
    CHECK(typist.texts().empty());
    typist.press(std::string(512, 'Y'));
    typist.enter();
    CHECK(typist.texts() == Texts{std::string(512, 'Y')});
}

TEST_CASE("slow typing is not a burst") {
    Typist typist;
    typist.press("SOMEBODY TYPES A NAME", 51ms);
    typist.enter(51ms);
    CHECK(typist.texts().empty());
}

TEST_CASE("keys typed by hand are told once no other followed within 50 ms") {
    Typist typist;
    typist.press("12", 51ms);
    CHECK(typist.typed(50ms) == std::vector<int>{GLFW_KEY_1});
    CHECK(typist.typed_due());
    CHECK(typist.typed(51ms) == std::vector<int>{GLFW_KEY_2});
    CHECK_FALSE(typist.typed_due());
    typist.enter(51ms);
    CHECK(typist.typed(51ms) == std::vector<int>{GLFW_KEY_ENTER});
}

TEST_CASE("two quick fingers are no burst, a burst is nothing typed by hand, whole or broken off") {
    Typist typist;
    typist.press("12", 20ms);
    typist.pause(60ms);
    SECTION("a whole one") {
        typist.press("HD1:ABCDEFGH");
        typist.enter();
    }
    SECTION("half of one") { typist.press("HD1:ABCDEFGH"); }
    SECTION("half of one, and its rest too late") {
        typist.press("HD1:ABCDEFGH");
        typist.pause(60ms);
        typist.press("REST");
        typist.enter();
        typist.pause(100ms);
    }
    SECTION("one with two ends of line") {
        typist.press("HD1:ABCDEFGH");
        typist.enter();
        typist.enter();
    }
    typist.pause(60ms);
    typist.press("3");
    CHECK(typist.typed(51ms) == std::vector<int>{GLFW_KEY_1, GLFW_KEY_2, GLFW_KEY_3});
}

TEST_CASE("keys of a hand that came together are given back in order") {
    Typist typist;
    std::vector<int> expected;
    SECTION("three late ones at once") {
        typist.press("abc", 0ms);
        expected = {GLFW_KEY_A, GLFW_KEY_B, GLFW_KEY_C};
    }
    SECTION("a fast hand") {
        typist.press("abcdefghij", 30ms);
        for (int key = GLFW_KEY_A; key <= GLFW_KEY_J; ++key) expected.push_back(key);
    }
    SECTION("five fast Backspaces") {
        typist.press(std::vector<Key>(5, {GLFW_KEY_BACKSPACE}), 30ms);
        expected = std::vector<int>(5, GLFW_KEY_BACKSPACE);
    }
    CHECK(typist.typed(51ms) == expected);
    CHECK(typist.texts().empty());
}

TEST_CASE("Enter alone, again and again, is nothing") {
    Typist typist;
    for (int i = 0; i < 20; ++i) typist.enter();
    CHECK(typist.texts().empty());
}

}  // namespace
}  // namespace hudoor::scanner
