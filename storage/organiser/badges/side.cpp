#include "storage/organiser/badges/side.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "assets/colours.hpp"
#include "assets/icons.hpp"
#include "assets/text_layout.hpp"
#include "storage/organiser/badges/qr_code.hpp"

namespace hudoor::organiser {

using assets::Language;
using assets::TextStyle;
using storage::Bilingual;
namespace colours = assets::colours;

namespace {

/// Where things stand, in millimetres from the top left; "cap" is the height of capitals.
struct Measures {
    double width, height, margin;
    double band_height, band_cap, clip_y, clip_width,
        clip_height;  ///< the event's name and the slot
    double band_star_x, band_y, band_star, band_en_x, band_en_width, band_ar_width;
    double frieze_height, frieze_star;
    double name_cap, ar_floor, given_floor, family_cap, family_floor;  ///< the person
    double ar_y, given_y, family_y, up_alone, down_alone;  ///< moved where one script is missing
    double rule_y, code_x, code_y, small_print_y, small_cap;
    double aside_y, aside_width, aside_cap, aside_floor, aside_gap;   ///< organisation and country
    double foot_height, foot_cap, foot_floor, foot_star, foot_width;  ///< the category

    [[nodiscard]] double middle() const { return width / 2; }
    [[nodiscard]] double right_edge() const { return width - margin; }
    [[nodiscard]] double text_width() const { return width - 2 * margin; }
    [[nodiscard]] double foot_y() const { return height - foot_height; }
};

constexpr double code_side =
    31.8;  // at any size: its quiet zone makes it 38.7, and phones read it as well

constexpr Measures a6{.width = 105,
                      .height = 148,
                      .margin = 6,
                      .band_height = 30,
                      .band_cap = 3.1,
                      .clip_y = 4,
                      .clip_width = 14,
                      .clip_height = 3,
                      .band_star_x = 11.5,
                      .band_y = 18,
                      .band_star = 5.4,
                      .band_en_x = 20,
                      .band_en_width = 32,
                      .band_ar_width = 38,
                      .frieze_height = 4.2,
                      .frieze_star = 1.75,
                      .name_cap = 9.2,
                      .ar_floor = 6.5,
                      .given_floor = 5,
                      .family_cap = 6.2,
                      .family_floor = 4,
                      .ar_y = 45.2,
                      .given_y = 61.9,
                      .family_y = 72.7,
                      .up_alone = -9,
                      .down_alone = 11,
                      .rule_y = 80,
                      .code_x = 9.1,
                      .code_y = 87.6,
                      .small_print_y = 125.7,
                      .small_cap = 2.3,
                      .aside_y = 90.6,
                      .aside_width = 49,
                      .aside_cap = 3.3,
                      .aside_floor = 2.6,
                      .aside_gap = 4.8,
                      .foot_height = 19,
                      .foot_cap = 5.8,
                      .foot_floor = 4.3,
                      .foot_star = 4.4,
                      .foot_width = 37};

constexpr Measures a7{.width = 74,
                      .height = 105,
                      .margin = 4,
                      .band_height = 16.5,
                      .band_cap = 2.2,
                      .clip_y = 2.4,
                      .clip_width = 12,
                      .clip_height = 2.6,
                      .band_star_x = 7.6,
                      .band_y = 10.6,
                      .band_star = 3.5,
                      .band_en_x = 13.5,
                      .band_en_width = 23,
                      .band_ar_width = 26,
                      .frieze_height = 2.96,
                      .frieze_star = 1.2,
                      .name_cap = 6,
                      .ar_floor = 4.4,
                      .given_floor = 3.4,
                      .family_cap = 4.2,
                      .family_floor = 2.8,
                      .ar_y = 26.2,
                      .given_y = 37.4,
                      .family_y = 45.2,
                      .up_alone = -6,
                      .down_alone = 7.4,
                      .rule_y = 50.6,
                      .code_x = 5.4,
                      .code_y = 54.6,
                      .small_print_y = 92.1,
                      .small_cap = 1.8,
                      .aside_y = 57,
                      .aside_width = 28.5,
                      .aside_cap = 2.5,
                      .aside_floor = 2,
                      .aside_gap = 3.6,
                      .foot_height = 11.6,
                      .foot_cap = 4,
                      .foot_floor = 2.9,
                      .foot_star = 3,
                      .foot_width = 27};

const Measures& measures_of(BadgeSize size) { return size == BadgeSize::a6 ? a6 : a7; }

enum class Align { left, centre, right };

/// Where a text stands, and how it may be made to fit.
struct Spot {
    double x = 0;
    double y = 0;  ///< the baseline of its first line, or the middle of all its lines
    Align align = Align::left;
    assets::TextSpace space;
};

/// From baseline to baseline within one text.
double line_pitch(const TextStyle& style) {
    return style.cap_mm * (style.language == Language::ar ? 1.85 : 1.65);
}

/// One side of one badge on a surface in millimetres.
class Side {
public:
    Side(cairo_t* cairo, const assets::TextLayout& layout, const Measures& measures)
        : cairo_(cairo), layout_(layout), at_(measures) {}

    void draw(const BadgePage& page) {
        fill_box(colours::white, 0, 0, at_.width, at_.height);
        draw_head(page.event_name);
        draw_frieze(page.mark);
        draw_name(page.name);
        fill_box(colours::line, at_.margin, at_.rule_y, at_.text_width(), 0.4);
        draw_code(page);
        draw_aside(page);
        draw_foot(page);
    }

private:
    void draw_head(const Bilingual& event_name) {
        const double floor = at_.band_cap * 0.75;
        fill_box(colours::deep, 0, 0, at_.width, at_.band_height);
        // where the clip goes
        fill_round_box(colours::white, at_.middle() - at_.clip_width / 2, at_.clip_y,
                       at_.clip_width, at_.clip_height);
        draw_star(at_.band_star_x, at_.band_y, at_.band_star, colours::white, colours::deep);
        colour(colours::white);
        write_middle(event_name.en, {Language::en, at_.band_cap, true},
                     {at_.band_en_x, at_.band_y, Align::left, {at_.band_en_width, floor, 2, 3}});
        write_middle(
            event_name.ar, {Language::ar, at_.band_cap, true},
            {at_.right_edge(), at_.band_y, Align::right, {at_.band_ar_width, floor, 2, 3}});
    }

    void draw_frieze(const Bilingual& mark) {
        fill_box(colours::sandl, 0, at_.band_height, at_.width, at_.frieze_height);
        if (mark != Bilingual{}) return draw_mark(mark);
        constexpr int stars = 25;  // as many as the page is wide
        for (int i = 0; i < stars; ++i)
            draw_star((i + 0.5) * at_.frieze_height, at_.band_height + at_.frieze_height / 2,
                      at_.frieze_star, colours::sand, std::nullopt);
    }

    void draw_mark(const Bilingual& mark) {
        const double y = at_.band_height + at_.frieze_height / 2;
        const assets::TextSpace space{at_.middle() - at_.margin, at_.small_cap * 0.75, 1, 1};
        colour(colours::ink);
        write_middle(mark.en, {Language::en, at_.small_cap, true},
                     {at_.margin, y, Align::left, space});
        write_middle(mark.ar, {Language::ar, at_.small_cap, true},
                     {at_.right_edge(), y, Align::right, space});
    }

    /// Arabic over Latin, the given name larger than the rest; one language alone takes the middle.
    void draw_name(const Bilingual& name) {
        const auto space = name.en.find(' ');
        const std::string given = name.en.substr(0, space);
        const std::string family = space == std::string::npos ? "" : name.en.substr(space + 1);
        const double up = name.ar.empty() ? at_.up_alone : 0;
        const double down = name.en.empty() ? at_.down_alone : 0;
        colour(colours::ink);
        write_name(name.ar, {Language::ar, at_.name_cap, true}, at_.ar_y + down, at_.ar_floor);
        write_name(given, {Language::en, at_.name_cap, true}, at_.given_y + up, at_.given_floor);
        write_name(family, {Language::en, at_.family_cap, false}, at_.family_y + up,
                   at_.family_floor);
    }

    /// Centred on `y`. A name should stand there whole: one line, then two, then smaller than looks
    /// well.
    void write_name(const std::string& name, TextStyle style, double y, double floor_mm) {
        assets::TextSpace space{at_.text_width(), floor_mm, 1, 2};
        if (layout_.fit(name, style, space).shortened) {
            style.cap_mm = floor_mm;
            space = {at_.text_width(), floor_mm / 2, 2, 2};
        }
        write_middle(name, style, {at_.middle(), y, Align::centre, space});
    }

    void draw_code(const BadgePage& page) {
        const QrCode code = make_qr_code(page.code);
        const double module = code_side / code.modules;
        colour(colours::black);
        for (int y = 0; y < code.modules; ++y)
            for (int x = 0; x < code.modules;) {
                const int from = x;
                while (x < code.modules && code.at(x, y)) ++x;
                if (x > from)
                    cairo_rectangle(cairo_, at_.code_x + from * module, at_.code_y + y * module,
                                    (x - from) * module, module);
                else
                    ++x;
            }
        cairo_fill(cairo_);
        colour(colours::ink2);
        write(page.typed_code, {Language::en, at_.small_cap, false},
              {at_.code_x + code_side / 2,
               at_.small_print_y,
               Align::centre,
               {38, at_.small_cap * 0.78}});
    }

    /// Organisation and country, each in both languages, one under the other.
    void draw_aside(const BadgePage& page) {
        double y = at_.aside_y;
        const double small = at_.aside_cap * 0.79;
        for (const Bilingual& words : {page.organisation, page.country}) {
            if (words.ar.empty() && words.en.empty()) continue;
            colour(colours::ink);
            y = write(
                words.ar, {Language::ar, at_.aside_cap, true},
                {at_.right_edge(), y, Align::right, {at_.aside_width, at_.aside_floor, 1, 2}});
            colour(colours::ink2);
            y = write(words.en, {Language::en, small, false},
                      {at_.right_edge(),
                       y,
                       Align::right,
                       {at_.aside_width, at_.aside_floor * 0.85, 1, 2}}) +
                at_.aside_gap;
        }
        colour(colours::ink2);
        write(page.attendee_id, {Language::en, at_.small_cap, false},
              {at_.right_edge(),
               at_.small_print_y,
               Align::right,
               {at_.aside_width, at_.small_cap * 0.78}});
    }

    void draw_foot(const BadgePage& page) {
        const double y = at_.foot_y() + at_.foot_height / 2;
        const assets::TextSpace space{at_.foot_width, at_.foot_floor, 1, 2};
        TextStyle en{Language::en, at_.foot_cap, true};
        TextStyle ar{Language::ar, at_.foot_cap, true};
        // Both as large as the longer may be.
        en.cap_mm = ar.cap_mm = std::min(layout_.fit(page.category.en, en, space).style.cap_mm,
                                         layout_.fit(page.category.ar, ar, space).style.cap_mm);
        fill_box(page.category_rgb, 0, at_.foot_y(), at_.width, at_.foot_height);
        draw_star(at_.middle(), y, at_.foot_star, colours::black, page.category_rgb);
        colour(colours::black);
        write_middle(page.category.en, en, {at_.margin, y, Align::left, space});
        write_middle(page.category.ar, ar, {at_.right_edge(), y, Align::right, space});
    }

    /// From the spot's baseline down. Returns the baseline where a smaller text below would stand.
    double write(const std::string& text, const TextStyle& style, const Spot& spot) {
        const assets::FittedText fitted = layout_.fit(text, style, spot.space);
        double y = spot.y;
        for (const std::string& line : fitted.lines) {
            write_line(line, fitted.style, spot.x, y, spot.align);
            y += line_pitch(fitted.style);
        }
        return y;
    }

    /// With the middle of its capitals at the spot's height.
    void write_middle(const std::string& text, const TextStyle& style, const Spot& spot) {
        const assets::FittedText fitted = layout_.fit(text, style, spot.space);
        const double pitch = line_pitch(fitted.style);
        double y = spot.y + fitted.style.cap_mm / 2 -
                   (static_cast<double>(fitted.lines.size()) - 1) * pitch / 2;
        for (const std::string& line : fitted.lines) {
            write_line(line, fitted.style, spot.x, y, spot.align);
            y += pitch;
        }
    }

    void write_line(const std::string& line, const TextStyle& style, double x, double baseline,
                    Align align) {
        const assets::LineSize size = layout_.measure(line, style);
        double left = x - size.left;
        if (align == Align::centre) left = x - (size.left + size.right) / 2;
        if (align == Align::right) left = x - size.right;
        layout_.show(cairo_, left, baseline, line, style);
    }

    /// The brand star by its circumradius; its tick in the colour it lies on, or none.
    void draw_star(double x, double y, double radius, colours::Rgb rgb,
                   std::optional<colours::Rgb> ground) {
        const assets::Icon& star = assets::find_icon(assets::IconName::star);
        cairo_save(cairo_);
        cairo_translate(cairo_, x, y);
        cairo_scale(cairo_, radius / 23.5, radius / 23.5);
        cairo_translate(cairo_, -star.box / 2, -star.box / 2);
        for (const assets::IconShape& shape : star.shapes) {
            if (shape.cut && !ground) continue;
            colour(shape.cut ? *ground : rgb);
            std::visit([this](const auto& it) { draw_shape(it); }, shape.shape);
        }
        cairo_restore(cairo_);
    }

    void draw_shape(const assets::Disc& disc) {
        cairo_arc(cairo_, disc.centre.x, disc.centre.y, disc.radius, 0, 2 * M_PI);
        cairo_fill(cairo_);
    }
    void draw_shape(const assets::Area& area) {
        trace(area.points, true);
        cairo_fill(cairo_);
    }
    void draw_shape(const assets::Stroke& stroke) {
        trace(stroke.points, stroke.closed);
        cairo_set_line_width(cairo_, stroke.width);
        cairo_stroke(cairo_);
    }
    void trace(const std::vector<assets::IconPoint>& points, bool closed) {
        for (const assets::IconPoint& point : points) cairo_line_to(cairo_, point.x, point.y);
        if (closed) cairo_close_path(cairo_);
    }

    void fill_box(colours::Rgb rgb, double x, double y, double w, double h) {
        colour(rgb);
        cairo_rectangle(cairo_, x, y, w, h);
        cairo_fill(cairo_);
    }

    void fill_round_box(colours::Rgb rgb, double x, double y, double w, double h) {
        colour(rgb);
        const double radius = h / 2;
        cairo_arc(cairo_, x + radius, y + radius, radius, M_PI / 2, 3 * M_PI / 2);
        cairo_arc(cairo_, x + w - radius, y + radius, radius, -M_PI / 2, M_PI / 2);
        cairo_close_path(cairo_);
        cairo_fill(cairo_);
    }

    void colour(colours::Rgb rgb) {
        const auto part = [rgb](int shift) { return (rgb >> shift & 0xFF) / 255.0; };
        cairo_set_source_rgb(cairo_, part(16), part(8), part(0));
    }

    cairo_t* cairo_;
    const assets::TextLayout& layout_;
    const Measures& at_;
};

}  // namespace

PaperSize paper_of(BadgeSize size) { return {measures_of(size).width, measures_of(size).height}; }

void draw_badge(cairo_t* cairo, const BadgePage& page) {
    const assets::TextLayout layout;
    draw_badge(cairo, page, BadgeSize::a6, layout);
}

void draw_badge(cairo_t* cairo, const BadgePage& page, BadgeSize size,
                const assets::TextLayout& layout) {
    Side(cairo, layout, measures_of(size)).draw(page);
}

}  // namespace hudoor::organiser
