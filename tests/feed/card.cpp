#include "tests/feed/card.hpp"

#include <cairo.h>

#include <pango/pangocairo.h>

#include <algorithm>

#include "assets/colours.hpp"
#include "storage/names/country.hpp"
#include "storage/organiser/badges/pages.hpp"
#include "tests/feed/brush.hpp"
#include "tests/feed/lens.hpp"

namespace hudoor::feed {
namespace {

namespace colours = assets::colours;

struct ObjectFree {
    void operator()(gpointer object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, ObjectFree>;
using FontMap = std::unique_ptr<PangoFontMap, ObjectFree>;
using TextContext = std::unique_ptr<PangoContext, ObjectFree>;

/// What draws shapes and what sets text.
struct Pen {
    cairo_t* cairo;
    PangoContext* text;
};

/// The hand and the arm reach beyond the card.
constexpr double left_margin_mm = 4;
constexpr double top_margin_mm = 4;
constexpr double right_margin_mm = 60;
constexpr double arm_mm = 300;
/// Texels on a pixel of the frame: cairo has smoothed the edges, the lens looks up one point a
/// pixel.
constexpr double finer = 1.25;

struct Line {
    std::string text;
    const char* font;
    double height_mm;  ///< of the font
    Point at;          ///< top; left, middle or right by `align`
    double width_mm;   ///< the text is narrowed to it
    double align;      ///< 0 left, 0.5 middle, 1 right
    Rgb rgb;
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

void draw_code(cairo_t* cairo, const organiser::QrCode& qr, const CardShape& shape, Rgb dark,
               Rgb light) {
    const double module = shape.code_side_mm / qr.modules;
    const double quiet = 4 * module;
    const double side = shape.code_side_mm + 2 * quiet;
    fill_box(cairo, light, shape.code_mm - Point{quiet, quiet}, {side, side});
    set_colour(cairo, dark);
    for (int y = 0; y < qr.modules; ++y)
        for (int x = 0; x < qr.modules; ++x)
            if (qr.at(x, y))
                cairo_rectangle(cairo, shape.code_mm.x + x * module, shape.code_mm.y + y * module,
                                module, module);
    cairo_fill(cairo);
}

/// As the organisers print it.
void draw_printed_badge(cairo_t* cairo, const ShownCode& code,
                        const storage::Bilingual& event_name) {
    const CastMember& bearer = code.bearer;
    const bool ours = !bearer.attendee_id.empty();
    organiser::draw_badge(
        cairo, {event_name, bearer.name, bearer.organisation, storage::country_name(bearer.country),
                bearer.category, bearer.colour_rgb, bearer.attendee_id, code.text,
                ours ? storage::typed_code(bearer.token.number) : ""});
}

/// The back of a pass from somewhere else: it bears no code.
void draw_back(const Pen& pen, const storage::Bilingual& event_name) {
    const CardShape shape = card_shape(false);
    const double width = shape.card_mm.width;
    const double height = shape.card_mm.height;
    fill_round_box(pen.cairo, colours::deep, {0, 0}, {width, height}, 3);
    fill_round_box(pen.cairo, colours::sandl, {width / 2 - 7, 4}, {14, 3}, 1.5);
    for (int row = 0; row < 5; ++row)
        fill_box(pen.cairo, row % 2 == 0 ? colours::sand : 0x2C4678, {0, 24 + 22.0 * row},
                 {width, 2});
    write_line(pen,
               {event_name.ar, "Noto Kufi Arabic Bold", 8, {width / 2, 49}, 90, 0.5, 0xFFFFFF});
    write_line(pen, {event_name.en, "Noto Sans Bold", 7, {width / 2, 74}, 90, 0.5, 0xFFFFFF});
}

void draw_phone(const Pen& pen, const ShownCode& code, const storage::Bilingual& event_name,
                bool inverted) {
    cairo_t* cairo = pen.cairo;
    const CardShape shape = card_shape(true);
    const double width = shape.card_mm.width;
    const double height = shape.card_mm.height;
    const Rgb page = inverted ? 0x0B0D10 : 0xFAFAFA;
    const Rgb text = inverted ? 0xE8E8E8 : colours::ink;
    fill_round_box(cairo, 0x15171A, {0, 0}, {width, height}, 8);
    fill_round_box(cairo, page, {3, 4}, {width - 6, height - 8}, 6);
    fill_box(cairo, inverted ? 0x24303F : colours::deep, {3, 12}, {width - 6, 11});
    write_line(pen, {event_name.en, "Noto Sans Bold", 4.6, {width / 2, 14}, 60, 0.5, 0xFFFFFF});
    write_line(pen,
               {code.bearer.name.ar, "Noto Sans Arabic Bold", 7, {width / 2, 27}, 60, 0.5, text});
    write_line(pen, {code.bearer.name.en, "Noto Sans", 5, {width / 2, 39}, 60, 0.5, text});
    draw_code(cairo, code.qr, shape, inverted ? 0xF2F2F2 : 0x101010, page);
    write_line(pen, {code.bearer.attendee_id, "Noto Sans", 5, {width / 2, 122}, 60, 0.5, text});
}

/// Where thumb and fingers take hold of the lower edge.
double grip_x(Size card) { return card.width * 0.68; }

/// Behind the card: the hand and the arm that bear it. The fingers are hidden.
void draw_hand(cairo_t* cairo, Size card, const Look& look) {
    const double x = grip_x(card);
    const double y = card.height;
    trace_smooth(cairo, {{x - 34, y + 96},
                         {x + 32, y + 92},
                         {x + 62, y + 200},
                         {x + 78, y + 330},
                         {x - 30, y + 330},
                         {x - 36, y + 200}});
    fill_rounded(cairo, sleeve_of(look), x - 40, x + 76, 0.7);
    trace_smooth(cairo, {{x - 33, y + 90}, {x + 31, y + 86}, {x + 34, y + 99}, {x - 35, y + 103}});
    fill_rounded(cairo, look.dress == Dress::suit ? 0xF4F3EF : shaded(sleeve_of(look), 1.2), x - 36,
                 x + 36, 0.8);
    trace_smooth(cairo, {{x - 32, y - 14},
                         {x - 35, y + 16},
                         {x - 31, y + 50},
                         {x - 25, y + 94},
                         {x + 24, y + 92},
                         {x + 29, y + 60},
                         {x + 33, y + 30},
                         {x + 28, y - 14}});
    fill_rounded(cairo, look.skin, x - 37, x + 36, 0.66);
    for (const double knuckle : {-18.0, -4.0})  // between the fingers that vanish behind it
        draw_limb(cairo, shaded(look.skin, 0.7), {x + knuckle, y - 4}, {x + knuckle - 1, y + 13},
                  1.6);
}

/// Before it: the thumb, which leaves the code free, and its shadow.
void draw_thumb(cairo_t* cairo, Size card, const Look& look) {
    const double x = grip_x(card);
    const double y = card.height;
    const auto trace = [&](double aside) {
        trace_smooth(cairo, {{x + aside, y - 13},
                             {x + 6.5 + aside, y - 19.5},
                             {x + 13 + aside, y - 13},
                             {x + 17 + aside, y + 4},
                             {x + 30, y + 30},
                             {x + 25, y + 50},
                             {x + 8, y + 32},
                             {x + 1 + aside, y + 4}});
    };
    trace(-1.8);
    set_colour(cairo, 0x000000, 0.18);
    cairo_fill(cairo);
    trace(0);
    fill_rounded(cairo, look.skin, x - 4, x + 30, 0.74);
    fill_ellipse(cairo, shaded(look.skin, 1.25), {x + 6.4, y - 13}, {7.5, 9}, 0.75);
    draw_limb(cairo, shaded(look.skin, 0.74), {x + 4, y - 2}, {x + 13, y - 3}, 0.9);
}

int even(double value) { return static_cast<int>(value / 2) * 2 + 2; }

}  // namespace

Card draw_card(const Appearance& appearance, std::size_t code, Face face,
               const storage::Bilingual& event_name) {
    const ShownCode& shown = appearance.codes[code];
    const CardShape shape = card_shape(appearance.phone);
    const double texels_per_mm =
        finer * appearance.module_px * shown.qr.modules / shape.code_side_mm;
    const Drawing drawing(
        {even((shape.card_mm.width + left_margin_mm + right_margin_mm) * texels_per_mm),
         even((shape.card_mm.height + top_margin_mm + arm_mm) * texels_per_mm)});
    // A font map of its own: the default one would live on after everything.
    const FontMap fonts(pango_cairo_font_map_new());
    const TextContext text(pango_font_map_create_context(fonts.get()));
    cairo_t* cairo = drawing.cairo.get();
    cairo_scale(cairo, texels_per_mm, texels_per_mm);
    cairo_translate(cairo, left_margin_mm, top_margin_mm);
    const Pen pen{cairo, text.get()};
    draw_hand(cairo, shape.card_mm, appearance.look);
    if (face == Face::back)
        draw_back(pen, event_name);
    else if (appearance.phone)
        draw_phone(pen, shown, event_name, appearance.inverted);
    else
        draw_printed_badge(cairo, shown, event_name);
    draw_thumb(cairo, shape.card_mm, appearance.look);
    // Out of focus once for all frames. The colour is coarser than that.
    TexturePair textures = drawing.textures();
    soften(textures.luma, appearance.defocus_px * finer);
    return {std::move(textures),
            Projection::shift({-left_margin_mm, -top_margin_mm})
                .after(Projection::scale(1 / texels_per_mm)),
            drawing.size, appearance.phone};
}

}  // namespace hudoor::feed
