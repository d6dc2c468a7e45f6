#include "tests/feed/card.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <numbers>

namespace hudoor::feed {
namespace {

struct CairoFree {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct ObjectFree {
    void operator()(gpointer object) const { g_object_unref(object); }
};
using Surface = std::unique_ptr<cairo_surface_t, CairoFree>;
using Cairo = std::unique_ptr<cairo_t, CairoFree>;
using Layout = std::unique_ptr<PangoLayout, ObjectFree>;
using FontMap = std::unique_ptr<PangoFontMap, ObjectFree>;
using TextContext = std::unique_ptr<PangoContext, ObjectFree>;

/// What draws shapes and what sets text.
struct Pen {
    cairo_t* cairo;
    PangoContext* text;
};

constexpr std::uint32_t navy = 0x1E355E;
constexpr std::uint32_t ink = 0x172238;
constexpr std::uint32_t skin = 0xC99A76;
constexpr std::uint32_t sleeve = 0x3A3F47;
/// The hand and the arm reach beyond the card.
constexpr double left_margin_mm = 4;
constexpr double top_margin_mm = 4;
constexpr double right_margin_mm = 22;
constexpr double arm_mm = 170;

void set_colour(cairo_t* cairo, std::uint32_t rgb) {
    cairo_set_source_rgb(cairo, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                         (rgb & 255) / 255.0);
}

void fill_box(cairo_t* cairo, std::uint32_t rgb, double x, double y, double width, double height) {
    set_colour(cairo, rgb);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

void fill_round_box(cairo_t* cairo, std::uint32_t rgb, Point at, Point size, double radius) {
    const double quarter = std::numbers::pi / 2;
    set_colour(cairo, rgb);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, at.x + size.x - radius, at.y + radius, radius, -quarter, 0);
    cairo_arc(cairo, at.x + size.x - radius, at.y + size.y - radius, radius, 0, quarter);
    cairo_arc(cairo, at.x + radius, at.y + size.y - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo, at.x + radius, at.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_fill(cairo);
}

void fill_limb(cairo_t* cairo, std::uint32_t rgb, Point from, Point to, double width) {
    set_colour(cairo, rgb);
    cairo_set_line_width(cairo, width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cairo, from.x, from.y);
    cairo_line_to(cairo, to.x, to.y);
    cairo_stroke(cairo);
}

struct Line {
    std::string text;
    const char* font;
    double height_mm;  ///< of the font
    Point at;          ///< top; left, middle or right by `align`
    double width_mm;   ///< the text is narrowed to it
    double align;      ///< 0 left, 0.5 middle, 1 right
    std::uint32_t rgb;
};

void write_line(const Pen& pen, const Line& line) {
    cairo_t* cairo = pen.cairo;
    const Layout layout(pango_layout_new(pen.text));
    PangoFontDescription* font = pango_font_description_from_string(line.font);
    pango_font_description_set_absolute_size(font, line.height_mm * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_text(layout.get(), line.text.c_str(), -1);
    PangoRectangle extent;
    pango_layout_get_extents(layout.get(), nullptr, &extent);
    const double width = static_cast<double>(extent.width) / PANGO_SCALE;
    const double squeeze = std::min(1.0, line.width_mm / std::max(width, 0.1));
    cairo_save(cairo);
    cairo_translate(cairo, line.at.x - width * squeeze * line.align, line.at.y);
    cairo_scale(cairo, squeeze, squeeze);
    set_colour(cairo, line.rgb);
    pango_cairo_show_layout(cairo, layout.get());
    cairo_restore(cairo);
}

void draw_code(cairo_t* cairo, const Qr& qr, const CardShape& shape, std::uint32_t dark,
               std::uint32_t light) {
    const double module = shape.code_side_mm / qr.modules;
    const double quiet = 4 * module;
    fill_box(cairo, light, shape.code_mm.x - quiet, shape.code_mm.y - quiet,
             shape.code_side_mm + 2 * quiet, shape.code_side_mm + 2 * quiet);
    set_colour(cairo, dark);
    for (int y = 0; y < qr.modules; ++y)
        for (int x = 0; x < qr.modules; ++x)
            if (qr.at(x, y))
                cairo_rectangle(cairo, shape.code_mm.x + x * module, shape.code_mm.y + y * module,
                                module, module);
    cairo_fill(cairo);
}

/// The last part of a Latin name after the given name.
std::pair<std::string, std::string> parts_of(const std::string& name) {
    const std::size_t space = name.find(' ');
    if (space == std::string::npos) return {name, ""};
    return {name.substr(0, space), name.substr(space + 1)};
}

void draw_frieze(cairo_t* cairo, double width) {
    fill_box(cairo, 0xF1E8D8, 0, 30, width, 4.2);
    for (double x = 2.1; x < width; x += 4.2) {
        fill_box(cairo, 0xC8A56A, x - 1.2, 30.9, 2.4, 2.4);
        cairo_save(cairo);
        cairo_translate(cairo, x, 32.1);
        cairo_rotate(cairo, std::numbers::pi / 4);
        fill_box(cairo, 0xC8A56A, -1.2, -1.2, 2.4, 2.4);
        cairo_restore(cairo);
    }
}

void draw_badge(const Pen& pen, const ShownCode& code, const storage::Bilingual& event_name) {
    cairo_t* cairo = pen.cairo;
    const CardShape shape = card_shape(false);
    const double width = shape.card_mm.width;
    const double height = shape.card_mm.height;
    const CastMember& bearer = code.bearer;
    const auto [given, family] = parts_of(bearer.name.en);
    fill_round_box(cairo, 0xFBFBF8, {0, 0}, {width, height}, 2);
    fill_box(cairo, navy, 0, 0, width, 30);
    draw_frieze(cairo, width);
    const auto write = [&](const Line& line) { write_line(pen, line); };
    write({event_name.en, "Noto Sans Bold", 5.4, {6, 12}, 44, 0, 0xFFFFFF});
    write({event_name.ar, "Noto Kufi Arabic Bold", 5.4, {99, 10}, 44, 1, 0xFFFFFF});
    write({bearer.name.ar, "Noto Kufi Arabic Bold", 13, {width / 2, 34}, 95, 0.5, ink});
    write({given, "Noto Sans Bold", 12.5, {width / 2, 53}, 95, 0.5, ink});
    write({family, "Noto Sans", 8.6, {width / 2, 67}, 95, 0.5, ink});
    draw_code(cairo, code.qr, shape, 0x000000, 0xFBFBF8);
    write({bearer.organisation.ar, "Noto Sans Arabic Bold", 5, {99, 87}, 46, 1, ink});
    write({bearer.organisation.en, "Noto Sans", 3.8, {99, 96}, 46, 1, ink});
    write({bearer.attendee_id, "Noto Sans", 3.8, {99, 117}, 46, 1, ink});
    fill_box(cairo, bearer.colour_rgb, 0, height - 19, width, 19);
    write({bearer.category.en, "Noto Sans Bold", 7, {8, height - 15}, 40, 0, 0x000000});
    write({bearer.category.ar, "Noto Kufi Arabic Bold", 7, {97, height - 16.5}, 40, 1, 0x000000});
}

void draw_phone(const Pen& pen, const ShownCode& code, const storage::Bilingual& event_name,
                bool inverted) {
    cairo_t* cairo = pen.cairo;
    const CardShape shape = card_shape(true);
    const double width = shape.card_mm.width;
    const double height = shape.card_mm.height;
    const std::uint32_t page = inverted ? 0x0B0D10 : 0xFAFAFA;
    const std::uint32_t text = inverted ? 0xE8E8E8 : ink;
    fill_round_box(cairo, 0x15171A, {0, 0}, {width, height}, 8);
    fill_round_box(cairo, page, {3, 4}, {width - 6, height - 8}, 6);
    fill_box(cairo, inverted ? 0x24303F : navy, 3, 12, width - 6, 11);
    write_line(pen, {event_name.en, "Noto Sans Bold", 4.6, {width / 2, 14}, 60, 0.5, 0xFFFFFF});
    write_line(pen,
               {code.bearer.name.ar, "Noto Sans Arabic Bold", 7, {width / 2, 27}, 60, 0.5, text});
    write_line(pen, {code.bearer.name.en, "Noto Sans", 5, {width / 2, 39}, 60, 0.5, text});
    draw_code(cairo, code.qr, shape, inverted ? 0xF2F2F2 : 0x101010, page);
    write_line(pen, {code.bearer.attendee_id, "Noto Sans", 5, {width / 2, 122}, 60, 0.5, text});
}

/// Behind the card: the arm and the fingers that bear it.
void draw_hand(cairo_t* cairo, Size card) {
    const double x = card.width - 18.0;
    const double y = card.height;
    fill_limb(cairo, sleeve, {x + 2, y + 62}, {x + 12, y + arm_mm + 20}, 50);
    fill_limb(cairo, skin, {x, y + 8}, {x + 3, y + 50}, 34);
    for (int finger = 0; finger < 4; ++finger)
        fill_limb(cairo, skin, {x + 10, y - 4 - 14.0 * finger}, {x + 26, y + 2 - 14.0 * finger},
                  12);
}

/// Before it: the thumb, which leaves the code free.
void draw_thumb(cairo_t* cairo, Size card) {
    const double x = card.width;
    const double y = card.height;
    fill_limb(cairo, skin, {x - 14, y - 10}, {x - 2, y + 14}, 14);
    fill_limb(cairo, 0xDDB79A, {x - 14.5, y - 12}, {x - 13, y - 8}, 7);
}

int even(double value) { return static_cast<int>(value / 2) * 2 + 2; }

}  // namespace

Card draw_card(const Appearance& appearance, std::size_t code,
               const storage::Bilingual& event_name) {
    const ShownCode& shown = appearance.codes[code];
    const CardShape shape = card_shape(appearance.phone);
    // A little finer than the frame: cairo has smoothed the edges, the lens looks up one point a
    // pixel.
    const double texels_per_mm =
        1.25 * appearance.module_px * shown.qr.modules / shape.code_side_mm;
    const Size size{even((shape.card_mm.width + left_margin_mm + right_margin_mm) * texels_per_mm),
                    even((shape.card_mm.height + top_margin_mm + arm_mm) * texels_per_mm)};
    // A font map of its own: the default one would live on after everything.
    const FontMap fonts(pango_cairo_font_map_new());
    const TextContext text(pango_font_map_create_context(fonts.get()));
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height));
    const Cairo cairo(cairo_create(surface.get()));
    cairo_scale(cairo.get(), texels_per_mm, texels_per_mm);
    cairo_translate(cairo.get(), left_margin_mm, top_margin_mm);
    const Pen pen{cairo.get(), text.get()};
    draw_hand(cairo.get(), shape.card_mm);
    if (appearance.phone)
        draw_phone(pen, shown, event_name, appearance.inverted);
    else
        draw_badge(pen, shown, event_name);
    draw_thumb(cairo.get(), shape.card_mm);
    cairo_surface_flush(surface.get());
    return {make_textures(cairo_image_surface_get_data(surface.get()), size,
                          cairo_image_surface_get_stride(surface.get())),
            Projection::shift({-left_margin_mm, -top_margin_mm})
                .after(Projection::scale(1 / texels_per_mm)),
            size, appearance.phone};
}

}  // namespace hudoor::feed
