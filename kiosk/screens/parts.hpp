/// The screens one by one, each drawing itself whole but for its ground, and the parts they are
/// made of.
#pragma once

#include "kiosk/display/painter.hpp"
#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk {

[[nodiscard]] Intent draw_idle(Painter& painter, const View& view, const IdleScreen& idle);
[[nodiscard]] Intent draw_verdict(Painter& painter, const View& view, const VerdictScreen& verdict);
/// Welcomed a moment ago: neither a success nor a refusal, on the ground of idle.
[[nodiscard]] Intent draw_seen_again(Painter& painter, const View& view,
                                     const VerdictScreen& verdict);
[[nodiscard]] Intent draw_out_of_service(Painter& painter, const OutOfServiceScreen& screen);
[[nodiscard]] Intent draw_passphrase(Painter& painter, const View& view,
                                     const PassphraseScreen& screen);

/// A band of words over the foot; `colour` amber, or a darker one where the field is amber itself.
void draw_band(Painter& painter, const View& view, Rgb colour);
inline constexpr double band_height = 24;
/// Where bands lie; screens that carry one end above it.
[[nodiscard]] inline double band_top(const Painter& painter) {
    return painter.height() - band_height;
}

/// Staff's, at the lower end of the idle screen, whatever else lies there.
inline constexpr double staff_corner = 24;
/// Fills around an icon that a finger rests on, `part` of the way.
void draw_hold(Painter& painter, Spot centre, double radius, double part, Rgb ink);

/// From here on words take the pictogram's place, and second lines their own.
inline constexpr double large_text = 1.25;
[[nodiscard]] inline bool is_large(const Painter& painter) {
    return painter.text_scale() >= large_text;
}

/// The session at this door, `lowered` by what stands over it. In large letters its second line is
/// a row of its own, under the card.
void draw_sign(Painter& painter, const IdleScreen& idle, double lowered);
/// Where the sign ends.
[[nodiscard]] double sign_bottom(const Painter& painter, double lowered);

/// What the camera sees, as a mirror, with the aim, and a flat tile over every code in it.
void draw_mirror(Painter& painter, const View& view, const IdleScreen& idle, const Box& tile);
/// A badge on its way up, or what the hint asks for, and how far away.
void draw_pictogram(Painter& painter, const IdleScreen& idle, const Box& tile);
inline constexpr double distance_height = 24;
/// How far away, in a tile of its own where there is no pictogram.
void draw_distance_tile(Painter& painter, const IdleScreen& idle, const Box& tile);
/// The two buttons of a door that people enter and leave by.
[[nodiscard]] Intent draw_door(Painter& painter, storage::Direction now, const Box& entering,
                               const Box& leaving);

/// The buttons for everybody, and the status.
[[nodiscard]] Intent draw_foot(Painter& painter, const View& view);
/// Staff's corner, which stays where it is also with a band; drawn after that.
[[nodiscard]] Intent draw_staff(Painter& painter, const View& view);

/// A card, a button or a panel, with the line its theme asks for.
void draw_card(Painter& painter, std::string_view name, const Box& box, double radius);
void draw_control(Painter& painter, const Box& box, bool chosen = false);

[[nodiscard]] Rgb verdict_field(const VerdictScreen& verdict, const Appearance& appearance);

}  // namespace hudoor::kiosk
