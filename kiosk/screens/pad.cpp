#include "kiosk/screens/pad.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>  // for the key numbers; nothing of it is linked

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

using assets::Language;

// From the top of the card.
constexpr double key_side = 24, key_gap = 4, keys_top = 44, digits_y = 23, skip_top = 164;
constexpr double keys_width = 3 * key_side + 2 * key_gap;

constexpr std::array keys_in_order{Intent::digit_1, Intent::digit_2, Intent::digit_3,
                                   Intent::digit_4, Intent::digit_5, Intent::digit_6,
                                   Intent::digit_7, Intent::digit_8, Intent::digit_9,
                                   Intent::erase,   Intent::digit_0, Intent::enter};

Intent digit(int value) { return static_cast<Intent>(static_cast<int>(Intent::digit_0) + value); }

constexpr std::size_t few_digits = 6;

/// Discs for what was typed and rings for what is missing.
void draw_digits(Painter& painter, const Pad& pad, const Box& card) {
    const auto& colours = painter.colours();
    const double radius = pad.digits > few_digits ? 2.8 : 4.5;
    const auto spots = digit_spots(pad.digits, card);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        painter.disc(spots[i], radius, colours.ink);
        if (i >= pad.filled) painter.disc(spots[i], radius - 0.8, colours.surface);
    }
}

void draw_pause(Painter& painter, std::chrono::seconds left_over, const Box& card) {
    const auto& colours = painter.colours();
    const double x = card.centre().x, y = card.y + digits_y;
    painter.icon(assets::IconName::lock, {x - 29, y - 8, 16, 16}, colours.wrong, colours.surface);
    painter.label(assets::minutes_and_seconds(left_over), {Language::en, 12.4, true},
                  {x + 11.5, y + 6.2, Align::centre}, colours.wrong);
}

/// A pentagon that points to where the digits were, with a cross in it.
void draw_erase(Painter& painter, Spot c, Rgb colour) {
    painter.line({{c.x - 6.2, c.y},
                  {c.x - 2.6, c.y - 4.2},
                  {c.x + 6.2, c.y - 4.2},
                  {c.x + 6.2, c.y + 4.2},
                  {c.x - 2.6, c.y + 4.2}},
                 1, colour, true);
    painter.line({{c.x - 0.2, c.y - 1.9}, {c.x + 3.6, c.y + 1.9}}, 1, colour);
    painter.line({{c.x + 3.6, c.y - 1.9}, {c.x - 0.2, c.y + 1.9}}, 1, colour);
}

void draw_tick(Painter& painter, Spot c, Rgb colour) {
    painter.line({{c.x - 4.8, c.y + 0.2}, {c.x - 1.2, c.y + 3.8}, {c.x + 4.8, c.y - 3.2}}, 1.6,
                 colour);
}

void draw_key(Painter& painter, const PadKey& key, bool off) {
    const auto& colours = painter.colours();
    const bool main = key.intent == Intent::enter && !off;
    const Rgb ink = main  ? colours.on_deep
                    : off ? mix(colours.sunk, colours.ink, 0.4)
                          : colours.ink;
    painter.block("key", key.box, 4, main ? colours.deep : colours.sunk);
    if (!off && !main) painter.frame(key.box, 4, colours.control_line_mm, colours.edge);
    const Spot c = key.box.centre();
    if (key.intent == Intent::erase) return draw_erase(painter, c, ink);
    if (key.intent == Intent::enter) return draw_tick(painter, c, ink);
    const auto text =
        std::to_string(static_cast<int>(key.intent) - static_cast<int>(Intent::digit_0));
    painter.label(text, {Language::en, 11.8, true}, {c.x, c.y + 5.9, Align::centre}, ink);
}

void draw_skip(Painter& painter, const Box& box) {
    constexpr double gap = 8, baseline = 14;
    const auto& colours = painter.colours();
    painter.block("skip", box, 5, colours.surface);
    painter.frame(box, 5, colours.control_line_mm, colours.edge);
    const auto words = fit_pair(painter, painter.words("btn.cancel"), 6.6, true, {34, 5.2, 1, 1});
    const double middle = box.centre().x;
    if (words.en.lines.empty() || words.ar.lines.empty())
        return draw_centred(painter, words, {middle, middle}, box.y + baseline, 0, colours.ink);
    const double en = painter.advance(words.en.lines.front(), words.en.style);
    const double ar = painter.advance(words.ar.lines.front(), words.ar.style);
    const double from = middle - (en + gap + ar) / 2;
    painter.text(words.en, {from, box.y + baseline}, colours.ink);
    painter.text(words.ar, {from + en + gap, box.y + baseline}, colours.ink);
}

}  // namespace

Box pad_card(const Painter& painter) {
    return {painter.spine() - pad_width / 2, painter.portrait() ? 214.0 : 32.0, pad_width,
            pad_height};
}

std::array<PadKey, 13> pad_keys(const Box& card) {
    const double left = card.centre().x - keys_width / 2;
    std::array<PadKey, 13> keys;
    for (std::size_t i = 0; i < keys_in_order.size(); ++i) {
        const std::size_t rows_above = i / 3;
        const auto column = static_cast<double>(i % 3), row = static_cast<double>(rows_above);
        keys[i] = {keys_in_order[i],
                   {left + column * (key_side + key_gap),
                    card.y + keys_top + row * (key_side + key_gap), key_side, key_side}};
    }
    keys.back() = {Intent::skip, {left, card.y + skip_top, keys_width, 22}};
    return keys;
}

std::vector<Spot> digit_spots(std::size_t count, const Box& card) {
    const bool few = count <= few_digits;
    // Many are easier to count in groups.
    constexpr std::size_t group = 4;
    const double pitch = few ? 14.2 : 7.2, between = few ? 0 : 3;
    std::vector<Spot> spots;
    double x = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) x += pitch + (i % group == 0 ? between : 0);
        spots.push_back({x, card.y + digits_y});
    }
    for (Spot& spot : spots) spot.x += card.centre().x - x / 2;
    return spots;
}

Intent draw_pad(Painter& painter, const Pad& pad) {
    const Box card = pad_card(painter);
    draw_card(painter, "pad", card, 8);
    if (pad.paused_for)
        draw_pause(painter, *pad.paused_for, card);
    else
        draw_digits(painter, pad, card);
    Intent touched = Intent::none;
    for (const PadKey& key : pad_keys(card)) {
        const bool is_skip = key.intent == Intent::skip;
        const bool off = pad.keys_off && !is_skip;
        if (is_skip)
            draw_skip(painter, key.box);
        else
            draw_key(painter, key, off);
        if (painter.touched("pad " + std::to_string(static_cast<int>(key.intent)), key.box) && !off)
            touched = key.intent;
    }
    return touched;
}

Intent pad_intent(int key) {
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) return digit(key - GLFW_KEY_0);
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) return digit(key - GLFW_KEY_KP_0);
    switch (key) {
        case GLFW_KEY_BACKSPACE:
            return Intent::erase;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return Intent::enter;
        case GLFW_KEY_ESCAPE:
            return Intent::skip;
        default:
            return Intent::none;
    }
}

}  // namespace hudoor::kiosk
