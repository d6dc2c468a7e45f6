#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::Language;

/// A band of slanting bars over the whole width.
void draw_hatch(Painter& painter, double y) {
    constexpr double width = screen_w / 26, height = 12;
    const Box whole = painter.whole_window();
    painter.block("hatch", {whole.x, y, whole.w, height}, 0, colours::out_of_service);
    for (double x = whole.x - 2 * width; x < whole.right() + 2 * width; x += 2 * width) {
        painter.area({{x, y}, {x + width, y}, {x, y + height}, {x - width, y + height}}, colours::ink);
    }
}

void draw_words(Painter& painter, std::string_view id) {
    constexpr double cap = 19;
    const auto pair = fit_pair(painter, painter.words(id), cap, true, {161, 12.2, 2, 2});
    draw_centred(painter, pair, {105.2, 371}, 62.5, 35, colours::ink);
    painter.icon(assets::IconName::barred, {spine - 40, 30, 80, 80}, colours::ink, colours::out_of_service);
}

void draw_panel(Painter& painter, std::string_view id, assets::IconName icon) {
    const Box panel{20, 124, 436, 64};
    painter.block("panel", panel, 8, colours::surface);
    painter.frame(panel, 8, 0.5, colours::line);
    painter.disc(panel.centre(), 24, colours::ink);
    // Where the next entrance is, this screen does not know: no arrow that could send people astray.
    painter.icon(icon, Box{spine - 24, 132, 48, 48}.inset(8), colours::surface,
                 colours::ink);
    const auto pair = fit_pair(painter, painter.words(id), 12.4, true, {172, 9, 2, 2});
    draw_outwards(painter, pair, {34, 442}, 151, 22.1, colours::ink);
}

/// "Code CAM-01 رمز العطل", the words on either side of the value; ends at `x` or begins there.
void draw_fact(Painter& painter, const storage::Bilingual& name, const std::string& value, double x,
               Align align) {
    constexpr double value_base = 226.4, name_base = 224.8, en_gap = 4.6, ar_gap = 5.6;
    const assets::TextStyle plain_en{Language::en, 6.2, false}, plain_ar{Language::ar, 6.2, false};
    const auto fitted = painter.fit(value, {Language::en, 9.1, true}, {90, 5.2, 1, 1});
    const std::string shown = fitted.lines.empty() ? std::string() : fitted.lines.front();
    const double en = painter.advance(name.en, plain_en), middle = painter.advance(shown, fitted.style);
    const double total = en + en_gap + middle + ar_gap + painter.advance(name.ar, plain_ar);
    const double left = align == Align::right ? x - total : x;
    painter.label(name.en, plain_en, {left, name_base}, colours::ink2);
    painter.text(fitted, {left + en + en_gap, value_base}, colours::ink);
    painter.label(name.ar, plain_ar, {left + en + en_gap + middle + ar_gap, name_base}, colours::ink2);
}

}  // namespace

Intent draw_out_of_service(Painter& painter, const OutOfServiceScreen& screen) {
    const Box whole = painter.whole_window();
    draw_hatch(painter, whole.y);
    draw_hatch(painter, whole.bottom() - 12);
    draw_words(painter, screen.by_hand ? "hand.word" : "ooo.word");
    if (screen.by_hand)
        draw_panel(painter, "hand.next", assets::IconName::person);
    else
        draw_panel(painter, "ooo.next", assets::IconName::swap);
    draw_fact(painter, painter.words("ooo.code"), screen.code, spine - 14.4, Align::right);
    draw_fact(painter, painter.words("ooo.device"), screen.device, spine + 14.4, Align::left);
    painter.block("rule", {spine - 0.25, 212.7, 0.5, 18}, 0, colours::ink);
    painter.icon(assets::IconName::lock, {443.6, 237.4, 9.1, 9.1}, colours::ink2, colours::out_of_service);
    return painter.held("staff", {436, 230, 24, 24}) ? Intent::staff : Intent::none;
}

}  // namespace hudoor::kiosk
