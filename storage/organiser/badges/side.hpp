/// One side of a badge as it is printed (visual.md, row 15): Arabic and Latin shaped, the code as
/// vectors with its typed form under it. Both sides are alike, so that a turned badge still shows
/// its code.
#pragma once

#include <string>

#include "storage/guests/agenda.hpp"

using cairo_t = struct _cairo;  // NOLINT(bugprone-reserved-identifier): cairo.h's own name

namespace hudoor::assets {
class TextLayout;
}

namespace hudoor::organiser {

struct BadgePage {
    storage::Bilingual event_name;
    storage::Bilingual name;
    storage::Bilingual organisation;
    storage::Bilingual country;
    storage::Bilingual category;
    std::uint32_t category_rgb = 0;
    std::string attendee_id;
    std::string code;  ///< what the QR says
    std::string typed_code;
    storage::Bilingual mark{};  ///< that it is no good for guests, of a demo; empty: it is
};

/// A7 has half the room and a code of the same size.
enum class BadgeSize { a6, a7 };

struct PaperSize {
    double width_mm = 0;
    double height_mm = 0;
};
[[nodiscard]] PaperSize paper_of(BadgeSize size);

/// One side from the top left of what `cairo` draws on; its unit is the millimetre.
void draw_badge(cairo_t* cairo, const BadgePage& page, BadgeSize size,
                const assets::TextLayout& layout);
/// The same in A6, with fonts of its own.
void draw_badge(cairo_t* cairo, const BadgePage& page);

}  // namespace hudoor::organiser
