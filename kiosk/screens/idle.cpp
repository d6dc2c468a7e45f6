#include <algorithm>
#include <cmath>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::IconName;
using assets::Language;
using storage::Bilingual;

/// The words beside the tiles.
struct IdleWords {
    std::string_view word;
    std::string_view sub;   ///< may be empty
};

IdleWords words_of(const IdleScreen& idle) {
    if (!idle.hint) return {"idle.show", "idle.show_sub"};
    switch (*idle.hint) {
        case scanner::HintKind::one_badge: return {"hint.one", "hint.one_sub"};
        case scanner::HintKind::other_code: break;
    }
    return {"hint.other_code", ""};
}

/// How the badge of the pictogram lies: it rises, rests, fades and is away for a moment.
struct BadgePose {
    double lowered_mm = 0;
    double size = 1;
    double shown = 1;
};

BadgePose pose_at(const IdleScreen& idle) {
    constexpr double rise = 600, rest = 1400, fade = 300, away = 700;
    if (idle.at_rest) return {};
    const double at = std::fmod(static_cast<double>(idle.moving_for.count()), rise + rest + fade + away);
    if (at < rise) {
        const double left = std::pow(1 - at / rise, 3);
        return {12 * left, 1 - 0.08 * left, 1};
    }
    if (at < rise + rest) return {};
    return {0, 1, std::max(0.0, 1 - (at - rise - rest) / fade)};
}

class IdlePage {
public:
    IdlePage(Painter& painter, const View& view, const IdleScreen& idle)
        : painter_(painter), view_(view), idle_(idle), lifted_(view.band ? 12 : 0) {}

    Intent draw() {
        draw_event();
        draw_sign();
        draw_words();
        draw_mirror();
        draw_pictogram();
        const Intent intent = draw_foot();
        draw_band(painter_, view_, colours::warn);
        return intent;
    }

private:
    void draw_event() {
        constexpr double baseline = 23.5;
        painter_.icon(IconName::star, {12, 13.5, 12.8, 12.8}, colours::deep, colours::paper);
        const auto names = fit_pair(painter_, view_.event_name, 7, true, {124, 5.2, 1, 1});
        draw_outwards(painter_, names, {29, 464}, baseline, 0, colours::ink);
        const auto time = assets::time_of_day(view_.time_of_day);
        painter_.label(time, {Language::en, 10.2, true}, {spine, 25.1, Align::centre}, colours::ink);
        if (!view_.date.ok()) return;
        const auto days = fit_pair(painter_, painter_.day(view_.date), 5.5, false, {64, 5.2, 1, 1});
        draw_inwards(painter_, days, {spine - 22, spine + 22}, 22.7, colours::ink2);
    }

    void draw_sign() {
        const Box card{12, 36, 452, 40};
        painter_.block("door sign", card, 6, colours::surface);
        painter_.frame(card, 6, 0.5, colours::line);
        const Columns columns{22, 454};
        if (!idle_.sign) {
            const auto none = fit_pair(painter_, painter_.words("door.none"), 10, false, {200, 7.3});
            return draw_outwards(painter_, none, columns, 61, 0, colours::ink2);
        }
        draw_room(*idle_.sign);
        const auto title = fit_pair(painter_, idle_.sign->title, 12.2, true, {193, 8, 1, 1});
        draw_outwards(painter_, title, columns, 54, 0, colours::ink);
        const auto second = fit_pair(painter_, sign_second(*idle_.sign), 7.3, false, {193, 5.2});
        draw_outwards(painter_, second, columns, 68.7, 0, colours::ink2);
    }

    void draw_room(const SessionWords& session) {
        if (session.room_letter.empty()) return;
        const Box tile{spine - 15, 41, 30, 30};
        painter_.block("room", tile, 4, colours::deep);
        const auto letter = painter_.fit(session.room_letter, {Language::en, 14.9, true}, {26, 6, 1, 1});
        painter_.text(letter, {spine, tile.centre().y + letter.style.cap_mm / 2, Align::centre}, colours::white);
    }

    /// "Hall A, 09:30 – 10:30"; before the doors open, when the next session begins.
    Bilingual sign_second(const SessionWords& session) const {
        const auto from = assets::time_of_day(session.starts), to = assets::time_of_day(session.ends);
        if (idle_.upcoming) return painter_.words("door.next", {{"time", from}});
        const auto in = [&](Language language, const std::string& room) {
            return painter_.catalogue().text("sign.span", language, {{"room", room}, {"from", from}, {"to", to}});
        };
        return {in(Language::ar, session.room.ar), in(Language::en, session.room.en)};
    }

    /// Large words, one or a few to a line, and smaller ones under them; the block is centred.
    void draw_words() {
        constexpr double pitch = 34, to_sub = 22, sub_pitch = 12.8, middle_y = 157;
        const Columns columns{12, 464};
        const IdleWords ids = words_of(idle_);
        const auto words = fit_pair(painter_, painter_.words(ids.word), 16.8, true, {92, 12.2, 3, 3});
        FittedPair sub;
        double height = words.cap_mm() + pitch * static_cast<double>(words.lines() - 1);
        if (!ids.sub.empty()) {
            sub = fit_pair(painter_, painter_.words(ids.sub), 6.6, false, {104, 6.6, sub_lines(ids.sub), 2});
            height += to_sub + sub_pitch * static_cast<double>(sub.lines() - 1);
        }
        const double first = middle_y - 0.75 * lifted_ - height / 2 + words.cap_mm();
        draw_outwards(painter_, words, columns, first, pitch, colours::ink);
        const double last = first + pitch * static_cast<double>(words.lines() - 1);
        draw_outwards(painter_, sub, columns, last + to_sub, sub_pitch, colours::ink2);
    }

    /// Both languages in as many lines as the longer one needs.
    int sub_lines(std::string_view id) {
        const auto one = fit_pair(painter_, painter_.words(id), 6.6, false, {104, 6.6, 1, 2});
        return static_cast<int>(one.lines());
    }

    void draw_mirror() {
        const Box tile = hero(124);
        if (view_.preview && view_.preview->width_px > 0) {
            // Under a ring it ends inside it, or its edge would show.
            painter_.preview(*view_.preview, idle_.hint ? tile.inset(0.5) : tile, 6);
        } else {
            painter_.block("preview", tile, 6, colours::sunk);
            painter_.icon(IconName::camera, {tile.centre().x - 15, tile.centre().y - 15, 30, 30},
                          colours::ink2, colours::sunk);
        }
        if (idle_.hint) painter_.frame(tile, 6, 2, colours::warn);
        draw_aim_guide(painter_, tile, colours::white, colours::ink);
        draw_outline(tile);
    }

    void draw_outline(const Box& tile) {
        if (!idle_.outline || !view_.preview || view_.preview->width_px == 0) return;
        std::vector<Spot> corners;
        for (const auto& point : *idle_.outline) {
            auto spot = Painter::preview_spot(*view_.preview, tile, point);
            spot.x = std::clamp(spot.x, tile.x + 3, tile.right() - 3);
            spot.y = std::clamp(spot.y, tile.y + 3, tile.bottom() - 3);
            corners.push_back(spot);
        }
        painter_.line(corners, 3, colours::ink, true);
        painter_.line(corners, 1.6, colours::warn, true);
    }

    void draw_pictogram() {
        const Box tile = hero(242);
        const Rgb ground = idle_.hint ? colours::warn : colours::sandl;
        const Rgb ink = idle_.hint ? colours::black : colours::deep;
        painter_.block("pictogram", tile, 6, ground);
        draw_aim_guide(painter_, tile, ink, ink);
        if (!idle_.hint) {
            draw_rising_badge(tile);
            draw_distance(tile, ink, ground);
        } else if (*idle_.hint == scanner::HintKind::one_badge) {
            draw_one_badge(tile, ground);
        } else {
            draw_other_code(tile, ground);
        }
    }

    void draw_rising_badge(const Box& tile) {
        const BadgePose pose = pose_at(idle_);
        const double width = 47.5 * tile.h / 140 * pose.size;
        const Spot centre{tile.centre().x, tile.y + 0.48 * tile.h + pose.lowered_mm};
        const Rgb lanyard = mix(colours::sandl, colours::deep, pose.shown);
        draw_lanyard(painter_, {centre.x, centre.y - 0.69 * width}, width, tile.y, lanyard);
        draw_badge(painter_, centre, width, {colours::deep, colours::sandl, pose.shown});
    }

    /// How far from the camera: a picture line of its own, left to right in both languages.
    void draw_distance(const Box& tile, Rgb ink, Rgb ground) {
        const double y = tile.bottom() - 15;
        painter_.icon(IconName::camera, {255, y - 7, 14.2, 14.2}, ink, ground);
        painter_.line({{275, y}, {285.5, y}}, 1.6, ink);
        painter_.area({{272.2, y}, {276.5, y - 2.5}, {276.5, y + 2.5}}, ink);
        painter_.area({{288.1, y}, {283.8, y - 2.5}, {283.8, y + 2.5}}, ink);
        painter_.label("20–40", {Language::en, 8, true}, {307.2, y + 4.3, Align::centre}, ink);
        const auto unit = painter_.words("unit.cm");
        painter_.label(unit.ar, {Language::ar, 5.2, true}, {331.5, y - 1, Align::centre}, ink);
        painter_.label(unit.en, {Language::en, 5.6, true}, {331.5, y + 6.5, Align::centre}, ink);
    }

    void draw_one_badge(const Box& tile, Rgb ground) {
        const double x = tile.centre().x, up = lifted_ / 2;
        draw_badge(painter_, {x - 20.3, 134.1 - up}, 29.1, {colours::black, ground, 1});
        draw_badge(painter_, {x + 20.3, 134.1 - up}, 29.1, {colours::black, ground, 1});
        draw_right_and_wrong(tile, ground);
        painter_.label("1", {Language::en, 13, true}, {x - 0.8, tile.bottom() - 7.8, Align::centre}, colours::black);
    }

    /// The badge's code, not any other.
    void draw_other_code(const Box& tile, Rgb ground) {
        const double x = tile.centre().x, up = lifted_ / 2;
        draw_badge(painter_, {x - 20.3, 134.1 - up}, 29.1, {colours::black, ground, 1});
        const Box other{x + 20.3 - 15.5, 118.6 - up, 31, 31};
        painter_.block("other code", other, 2, colours::white);
        draw_code(painter_, {other.x + 4, other.y + 4}, 23, colours::black, colours::white);
        draw_right_and_wrong(tile, ground);
    }

    void draw_right_and_wrong(const Box& tile, Rgb ground) {
        const double x = tile.centre().x, y = 172.4 - lifted_ / 2;
        painter_.icon(IconName::ok, {x - 20.3 - 9.5, y - 9.5, 19, 19}, colours::black, ground);
        painter_.icon(IconName::cross, {x + 20.3 - 9.5, y - 9.5, 19, 19}, colours::black, ground);
    }

    Intent draw_foot() {
        Intent intent = Intent::none;
        const struct { std::string_view id; IconName icon; Intent intent; } buttons[] = {
            {"acc.volume", IconName::volume, Intent::change_volume},
            {"acc.contrast", IconName::contrast, Intent::change_contrast},
            {"acc.text", IconName::text_size, Intent::change_text_size},
            {"acc.lang", IconName::language, Intent::change_language}};
        double x = 98;
        for (const auto& button : buttons) {
            const Box box{x, foot_y(), 67, 24};
            draw_button(box, button.id, button.icon);
            if (painter_.touched(button.id, box)) intent = button.intent;
            x += 67 + 4;
        }
        if (!view_.band) draw_status();
        return draw_staff() ? Intent::staff : intent;
    }

    void draw_button(const Box& box, std::string_view id, IconName icon) {
        painter_.block("button", box, 5, colours::surface);
        painter_.frame(box, 5, 0.6, colours::edge);
        painter_.icon(icon, {box.right() - 17, box.y + 6, 12, 12}, colours::ink, colours::surface);
        draw_two_rows(id, {box.right() - 21, box.y, Align::right}, true, colours::ink);
    }

    /// Arabic over English, both on the same side, in a box that begins at `place.baseline`; bold on
    /// a button, plain beside one.
    void draw_two_rows(std::string_view id, const Place& place, bool bold, Rgb ar_colour) {
        const auto text = painter_.words(id);
        const assets::TextRoom room{bold ? 44.0 : 68.0, 5, 1, 1};
        const auto ar = painter_.fit(text.ar, {Language::ar, bold ? 5.5 : 5.2, bold}, room);
        const auto en = painter_.fit(text.en, {Language::en, bold ? 5.2 : 5, false}, room);
        painter_.text(ar, {place.x, place.baseline + 10, place.align}, ar_colour);
        painter_.text(en, {place.x, place.baseline + 19.3, place.align}, colours::ink2);
    }

    void draw_status() {
        if (!view_.offline) return;
        painter_.icon(IconName::offline, {12, foot_y() + 7, 10, 10}, colours::ink2, colours::paper);
        draw_two_rows("status.offline", {27, foot_y(), Align::left}, false, colours::ink2);
    }

    bool draw_staff() {
        painter_.icon(IconName::lock, {455, foot_y() + 7.5, 9.1, 9.1}, colours::ink2, colours::paper);
        draw_two_rows("status.staff", {451.5, foot_y(), Align::right}, false, colours::ink2);
        return painter_.held("staff", {screen_w - 24 - 4, foot_y(), 24, 24});
    }

    /// One of the two tiles; a band at the bottom takes its height from them.
    Box hero(double x) const { return {x, 84, 110, 140 - lifted_}; }
    double foot_y() const { return 232 - lifted_ - (view_.band ? 3 : 0); }

    Painter& painter_;
    const View& view_;
    const IdleScreen& idle_;
    double lifted_;
};

}  // namespace

Intent draw_idle(Painter& painter, const View& view, const IdleScreen& idle) {
    return IdlePage(painter, view, idle).draw();
}

}  // namespace hudoor::kiosk
