/// A window and a painter without a display, and how to find what was drawn.
#pragma once

#include <string>
#include <vector>

#include "kiosk/display/painter.hpp"
#include "kiosk/display/window.hpp"
#include "kiosk/screen/view.hpp"
#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// One at a time: ImGui has one current context.
struct Stage {
    explicit Stage(const WindowOptions& options = {});

    std::unique_ptr<Window> window;
    Painter painter;

    Intent show(const View& view);
    /// The same without a picture: what stands where, at a fraction of the cost.
    const std::vector<Drawn>& lay_out(const View& view);
    PanelTouch show(const PanelView& view);
    const std::vector<Drawn>& lay_out(const PanelView& view);
    /// The touch alone, as cheaply.
    PanelTouch answer(const PanelView& view);
};

[[nodiscard]] std::string without_isolates(std::string text);
/// By the words or the name; of several the first.
[[nodiscard]] const Drawn* find(const std::vector<Drawn>& drawn, const std::string& what);
/// The same; it must be there.
[[nodiscard]] Drawn get(const std::vector<Drawn>& drawn, const std::string& what);

/// Within 2 mm.
[[nodiscard]] bool near(double a, double b);
[[nodiscard]] bool near(const Box& a, const Box& b);

/// Whether two lines of text run into each other. Descenders may reach between the letters of the
/// next line, not through them.
[[nodiscard]] bool overlap(const Drawn& a, const Drawn& b);

}  // namespace hudoor::kiosk
