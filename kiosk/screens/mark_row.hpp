/// What is in force at the door, drawn: a row under the head of the idle screen, small over any
/// other, and each mark's words and icon for whoever draws it elsewhere.
#pragma once

#include <vector>

#include "kiosk/display/painter.hpp"
#include "kiosk/screen/marks.hpp"

namespace hudoor::kiosk {

/// Told apart without any colour, by words and icon alike.
struct MarkLook {
    assets::IconName icon{};
    double turned = 0;   ///< of the icon, degrees clockwise
    bool grave = false;  ///< on amber; else it is what somebody wanted
};
[[nodiscard]] MarkLook mark_look(MarkKind kind);
/// `in_short`: without the session and the time of day.
[[nodiscard]] storage::Bilingual mark_words(const Painter& painter, const Mark& mark,
                                            bool in_short = false);

struct MarkColours {
    Rgb ground = 0;
    Rgb ink = 0;
};
[[nodiscard]] MarkColours mark_colours(const Painter& painter, bool grave);

/// Under the head of the idle screen: side by side, or one under the other where it is narrow.
void draw_marks(Painter& painter, const std::vector<Mark>& marks);
/// By how much they move what lies under them.
[[nodiscard]] double marks_height(const Painter& painter, const std::vector<Mark>& marks);

/// Over the head of a screen that begins with an icon: a line, or in both corners beside it where
/// it is narrow.
void draw_small_marks(Painter& painter, const std::vector<Mark>& marks, double top = 4.4);
/// The same in lines across.
void draw_marks_in_lines(Painter& painter, const std::vector<Mark>& marks);

}  // namespace hudoor::kiosk
