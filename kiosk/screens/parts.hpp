/// The screens one by one; each draws itself whole, without its ground.
#pragma once

#include "kiosk/painter.hpp"
#include "kiosk/view.hpp"

namespace hudoor::kiosk {

[[nodiscard]] Intent draw_idle(Painter& painter, const View& view, const IdleScreen& idle);
[[nodiscard]] Intent draw_verdict(Painter& painter, const View& view, const VerdictScreen& verdict);
[[nodiscard]] Intent draw_out_of_service(Painter& painter, const OutOfServiceScreen& screen);
[[nodiscard]] Intent draw_passphrase(Painter& painter, const View& view, const PassphraseScreen& screen);

/// A band of words over the foot; `colour` amber, or a darker one where the field is amber itself.
void draw_band(Painter& painter, const View& view, Rgb colour);
/// Where bands lie; screens that carry one end above it.
inline constexpr double band_top = 244;

[[nodiscard]] Rgb verdict_field(const VerdictScreen& verdict);

}  // namespace hudoor::kiosk
