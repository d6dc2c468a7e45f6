/// When the kiosk speaks, and what: a result once, and for one person's ears (headphones) every
/// change of the screen and a tone that rises as the badge comes right. Pure: fed with the views.
#pragma once

#include <optional>

#include "kiosk/screen/spoken.hpp"
#include "kiosk/screen/view.hpp"
#include "kiosk/sound/sound.hpp"

namespace hudoor::kiosk {

/// UI thread only.
class Speaker {
public:
    /// `in_private`: only one person hears, so everything is said.
    explicit Speaker(bool in_private) : private_(in_private) {}

    /// For an answer that is on the screen for the first time.
    [[nodiscard]] Call answer(const Answer& answer, Cue cue, const View& view);
    /// What this picture says that was not said yet, if anything.
    [[nodiscard]] std::optional<Call> look(const View& view, MonotonicTime now);
    /// All that the screen says now, once more; nothing if it says nothing aloud.
    [[nodiscard]] std::optional<Call> again() const;

private:
    struct Said {
        bool out_of_service = false;
        std::optional<scanner::HintKind> hint;
        bool waits = false;
        bool operator==(const Said&) const = default;
    };
    [[nodiscard]] std::optional<Call> look_at_idle(const IdleScreen& idle, MonotonicTime now);
    [[nodiscard]] std::optional<Call> aim(const View& view, MonotonicTime now);
    [[nodiscard]] Call say(SpokenPieces pieces, const View& view);

    bool private_;
    Said said_;
    SpokenPieces last_;       ///< whole, also where only a part was said
    bool of_answer_ = false;  ///< last_ is
    std::optional<assets::Language> only_;
    std::optional<MonotonicTime> invited_;
    std::optional<MonotonicTime> aimed_;
};

/// How right the code lies before the camera, 0 to 1: large enough, and in the middle.
[[nodiscard]] double rightness(const scanner::Preview& preview);

}  // namespace hudoor::kiosk
