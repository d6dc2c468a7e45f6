#include <cmath>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

using assets::Language;

/// A band of slanting bars over the whole width.
void draw_hatch(Painter& painter, double y) {
    constexpr double width = panel_long / 26, height = 12;
    const Box whole = painter.whole_window();
    painter.block("hatch", {whole.x, y, whole.w, height}, 0, painter.colours().hatch);
    const int bars = static_cast<int>(std::ceil(whole.w / (2 * width))) + 2;
    for (int i = 0; i < bars; ++i) {
        const double x = whole.x + 2 * width * (i - 1);
        painter.area({{x, y}, {x + width, y}, {x, y + height}, {x - width, y + height}},
                     painter.colours().ink);
    }
}

void draw_words(Painter& painter, std::string_view id, assets::IconName icon) {
    const auto& colours = painter.colours();
    const double x = painter.spine(), y = painter.portrait() ? 36 : 30;
    painter.icon(icon, {x - 40, y, 80, 80}, colours.ink, colours.hatch);
    if (painter.portrait())
        return draw_stack(painter, painter.words(id),
                          {19, 19, 12.2, {16, 122, painter.width() - 32, 92}, 1.8}, colours.ink);
    const auto pair = fit_pair(painter, painter.words(id), 19, true, {161, 12.2, 2, 2});
    draw_centred(painter, pair, {105.2, 371}, 62.5, 35, colours.ink);
}

void draw_panel(Painter& painter, std::string_view id, assets::IconName icon) {
    const auto& colours = painter.colours();
    const bool portrait = painter.portrait();
    const Box panel = portrait ? Box{16, 224, painter.width() - 32, 128} : Box{20, 124, 436, 64};
    draw_card(painter, "panel", panel, 8);
    const Spot sign{painter.spine(), portrait ? panel.y + 34 : panel.centre().y};
    painter.disc(sign, 24, colours.ink);
    // Where the next entrance is, this screen does not know: no arrow that could send people
    // astray.
    painter.icon(icon, Box{sign.x - 24, sign.y - 24, 48, 48}.inset(8), colours.surface,
                 colours.ink);
    const auto pair = fit_pair(painter, painter.words(id), 12.4, true,
                               {portrait ? 100.0 : 172.0, 7.6, 2, portrait ? 3 : 2});
    const double pitch = portrait ? 17 : 22.1, first = portrait ? panel.y + 80 : 151;
    draw_outwards(painter, pair, {panel.x + 14, panel.right() - 14}, first, pitch, colours.ink);
}

/// "Code CAM-01 رمز العطل", the words on either side of the value; lies at `anchor` with the
/// value's baseline.
void draw_fact(Painter& painter, const storage::Bilingual& name, const std::string& value,
               const Anchor& anchor) {
    constexpr double names_up = 1.6, en_gap = 4.6, ar_gap = 5.6;
    const auto& colours = painter.colours();
    const assets::TextStyle plain_en{Language::en, 6.2, false}, plain_ar{Language::ar, 6.2, false};
    const auto fitted = painter.fit(value, {Language::en, 9.1, true}, {90, 5.2, 1, 1});
    const std::string shown = fitted.lines.empty() ? std::string() : fitted.lines.front();
    const double en = painter.advance(name.en, plain_en),
                 middle = painter.advance(shown, fitted.style);
    const double total = en + en_gap + middle + ar_gap + painter.advance(name.ar, plain_ar);
    const double left = anchor.align == Align::right    ? anchor.x - total
                        : anchor.align == Align::centre ? anchor.x - total / 2
                                                        : anchor.x;
    painter.label(name.en, plain_en, {left, anchor.baseline - names_up}, colours.ink2);
    painter.text(fitted, {left + en + en_gap, anchor.baseline}, colours.ink);
    painter.label(name.ar, plain_ar,
                  {left + en + en_gap + middle + ar_gap, anchor.baseline - names_up}, colours.ink2);
}

/// Code and device on one line, or under each other with the first at `y`.
void draw_facts(Painter& painter, const OutOfServiceScreen& screen, double y) {
    const double x = painter.spine();
    if (painter.portrait()) {
        draw_fact(painter, painter.words("ooo.code"), screen.code, {x, y, Align::centre});
        return draw_fact(painter, painter.words("ooo.device"), screen.device,
                         {x, y + 24, Align::centre});
    }
    draw_fact(painter, painter.words("ooo.code"), screen.code, {x - 14.4, y, Align::right});
    draw_fact(painter, painter.words("ooo.device"), screen.device, {x + 14.4, y, Align::left});
    painter.block("rule", {x - 0.25, y - 13.7, 0.5, 18}, 0, painter.colours().ink);
}

/// What ushers do meanwhile, in small letters: the large ones are the guests'.
void draw_staff_line(Painter& painter) {
    constexpr double cap = 5.6, pitch = 9.6;
    const auto& colours = painter.colours();
    const auto words = painter.words("hand.staff");
    if (painter.portrait())
        return draw_stack(painter, words,
                          {.ar_cap_mm = cap,
                           .en_cap_mm = cap,
                           .floor_mm = 5.2,
                           .box = {16, 354, painter.width() - 32, 44},
                           .least_between_mm = 12,
                           .lines = 2},
                          colours.ink2);
    const bool alone = painter.appearance().only.has_value();
    const auto pair = fit_pair(painter, words, cap, false, {alone ? 420.0 : 206.0, 5.2, 2, 2});
    draw_outwards(painter, pair, {24, painter.width() - 24}, 200, pitch, colours.ink2);
}

}  // namespace

Intent draw_out_of_service(Painter& painter, const OutOfServiceScreen& screen) {
    const Box whole = painter.whole_window();
    const auto& colours = painter.colours();
    draw_hatch(painter, whole.y);
    draw_hatch(painter, whole.bottom() - 12);
    const bool for_guests = screen.by_hand && !screen.for_staff;
    if (for_guests) {
        draw_words(painter, "cam.wait", assets::IconName::early);
        draw_panel(painter, "see.word", assets::IconName::person);
        draw_staff_line(painter);
    } else if (screen.by_hand) {
        draw_words(painter, "hand.word", assets::IconName::barred);
        draw_panel(painter, "hand.next", assets::IconName::person);
    } else {
        draw_words(painter, "ooo.word", assets::IconName::barred);
        draw_panel(painter, "ooo.next", assets::IconName::swap);
    }
    draw_facts(painter, screen, !painter.portrait() ? 226.4 : for_guests ? 412 : 386);
    const double right = painter.width() - 32, bottom = painter.height() - 30.6;
    painter.icon(assets::IconName::lock, {right - 0.4, bottom, 9.1, 9.1}, colours.ink2,
                 colours.hatch);
    const bool held = painter.held("staff", {right - 8, bottom - 7.4, 24, 24});
    draw_hold(painter, {right + 4.15, bottom + 4.55}, 8, painter.held_part(), colours.ink);
    return held ? Intent::staff : Intent::none;
}

}  // namespace hudoor::kiosk
