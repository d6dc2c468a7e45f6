/// A monkey at the kiosk: random taps, keys, badges, camera losses and times over desk, panel and
/// screen state, without a window. What must never be, whoever touches what, is looked for after
/// each of them.
#pragma once

#include <random>
#include <string>

#include "kiosk/screen/state.hpp"
#include "tests/kiosk/desk/panel_fixture.hpp"

namespace hudoor::test {

class Monkey {
public:
    explicit Monkey(std::uint32_t seed);

    /// One deed, and a look at everything. What is wrong, in words, or nothing.
    std::string play();
    [[nodiscard]] std::size_t acts() const { return acts_; }
    [[nodiscard]] std::size_t pages_seen() const { return pages_seen_.size(); }

private:
    /// Something that a finger could come down on, as words, and since when it is there.
    struct Read {
        std::string words;
        MonotonicTime since;
    };

    int any(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    void deed();
    [[nodiscard]] bool is_covered() const;
    void touch();
    void type_pin();
    void badge();
    void camera();
    void wait();
    void look();
    void read(const PanelView& view);
    [[nodiscard]] std::string words_under(const PanelView& view, PanelTouch touch) const;
    void check_names(const PanelView& view);
    void check_marks(const View& view);
    void check_picture(const View& view);
    void check_next();
    void wrong(const std::string& what) {
        if (wrong_.empty()) wrong_ = what;
    }

    std::mt19937 random_;
    PanelFixture kiosk_;
    ScreenState state_;
    std::map<int, Read> read_;  ///< by act and place
    std::set<std::size_t> pages_seen_;
    std::vector<std::string> names_;
    scanner::CameraState camera_ = scanner::CameraState::live;
    std::optional<MonotonicTime> finger_;
    std::size_t acts_ = 0;
    std::uint64_t frame_ = 0;
    std::string last_;  ///< touch
    std::string wrong_;
};

}  // namespace hudoor::test
