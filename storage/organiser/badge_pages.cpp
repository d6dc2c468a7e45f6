#include "storage/organiser/badge_pages.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <unicode/locid.h>

#include <algorithm>
#include <cmath>

#include "assets/colours.hpp"
#include "assets/icons.hpp"
#include "assets/text_layout.hpp"
#include "config/fault.hpp"
#include "storage/organiser/qr_code.hpp"

namespace hudoor::organiser {

using assets::Language;
using assets::TextStyle;
using storage::Bilingual;
namespace colours = assets::colours;
namespace fs = std::filesystem;

namespace {

// Millimetres, from the top left of the page.
constexpr double width = 105;
constexpr double height = 148;
constexpr double margin = 6;
constexpr double middle = width / 2;
constexpr double right_edge = width - margin;
constexpr double text_width = width - 2 * margin;
constexpr double band_height = 30;
constexpr double frieze_height = 4.2;
constexpr double rule_y = 80;
constexpr double foot_height = 19;
constexpr double foot_y = height - foot_height;
constexpr double code_side = 31.8;  // its quiet zone makes it 42 with the white around
constexpr double code_x = 9.1;
constexpr double code_y = 87.6;
constexpr double small_print_y = code_y + code_side + 6.3;
constexpr double aside_width = 49;  // beside the code

constexpr double points_per_mm = 72 / 25.4;
constexpr double png_px_per_mm = 300 / 25.4;

struct FreeCairo {
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
    void operator()(cairo_t* it) const { cairo_destroy(it); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeCairo>;
using Cairo = std::unique_ptr<cairo_t, FreeCairo>;

enum class Align { left, centre, right };

/// Where a text stands, and how it may be made to fit.
struct Spot {
    double x = 0;
    double y = 0;  ///< the baseline of its first line, or the middle of all its lines
    Align align = Align::left;
    assets::TextRoom room;
};

/// From baseline to baseline within one text.
double line_pitch(const TextStyle& style) {
    return style.cap_mm * (style.language == Language::ar ? 1.85 : 1.65);
}

/// One side of one badge on a surface in millimetres.
class Side {
public:
    Side(cairo_t* cairo, const assets::TextLayout& layout) : cairo_(cairo), layout_(layout) {}

    void draw(const BadgePage& page) {
        fill_box(colours::white, 0, 0, width, height);
        draw_head(page.event_name);
        draw_frieze();
        draw_name(page.name);
        fill_box(colours::line, margin, rule_y, text_width, 0.4);
        draw_code(page);
        draw_aside(page);
        draw_foot(page);
    }

private:
    void draw_head(const Bilingual& event_name) {
        constexpr double y = 18;
        fill_box(colours::deep, 0, 0, width, band_height);
        fill_round_box(colours::white, middle - 7, 4, 14, 3);  // where the clip goes
        draw_star(11.5, y, 5.4, colours::white, colours::deep);
        colour(colours::white);
        write_middle(event_name.en, {Language::en, 3.1, true}, {20, y, Align::left, {32, 2.3, 2, 3}});
        write_middle(event_name.ar, {Language::ar, 3.1, true},
                     {right_edge, y, Align::right, {38, 2.3, 2, 3}});
    }

    void draw_frieze() {
        fill_box(colours::sandl, 0, band_height, width, frieze_height);
        constexpr int stars = 25;  // as many as the page is wide
        for (int i = 0; i < stars; ++i)
            draw_star((i + 0.5) * frieze_height, band_height + frieze_height / 2, 1.75, colours::sand,
                      std::nullopt);
    }

    /// Arabic over Latin, the given name larger than the rest; one language alone takes the middle.
    void draw_name(const Bilingual& name) {
        const auto space = name.en.find(' ');
        const std::string given = name.en.substr(0, space);
        const std::string family = space == std::string::npos ? "" : name.en.substr(space + 1);
        const double up = name.ar.empty() ? -9 : 0;
        const double down = name.en.empty() ? 11 : 0;
        colour(colours::ink);
        write_name(name.ar, {Language::ar, 9.2, true}, 45.2 + down, 6.5);
        write_name(given, {Language::en, 9.2, true}, 61.9 + up, 5);
        write_name(family, {Language::en, 6.2, false}, 72.7 + up, 4);
    }

    /// Centred on `y`. A name should stand there whole: one line, then two, then smaller than looks
    /// well.
    void write_name(const std::string& name, TextStyle style, double y, double floor_mm) {
        assets::TextRoom room{text_width, floor_mm, 1, 2};
        if (layout_.fit(name, style, room).shortened) {
            style.cap_mm = floor_mm;
            room = {text_width, floor_mm / 2, 2, 2};
        }
        write_middle(name, style, {middle, y, Align::centre, room});
    }

    void draw_code(const BadgePage& page) {
        const QrCode code = make_qr_code(page.code);
        const double module = code_side / code.modules;
        colour(colours::black);
        for (int y = 0; y < code.modules; ++y)
            for (int x = 0; x < code.modules; ++x)
                if (code.at(x, y))
                    cairo_rectangle(cairo_, code_x + x * module, code_y + y * module, module, module);
        cairo_fill(cairo_);
        colour(colours::ink2);
        write(page.typed_code, {Language::en, 2.3, false},
              {code_x + code_side / 2, small_print_y, Align::centre, {38, 1.8}});
    }

    /// Organisation and country, each in both languages, one under the other.
    void draw_aside(const BadgePage& page) {
        double y = 90.6;
        for (const Bilingual& words : {page.organisation, page.country}) {
            if (words.ar.empty() && words.en.empty()) continue;
            colour(colours::ink);
            y = write(words.ar, {Language::ar, 3.3, true},
                      {right_edge, y, Align::right, {aside_width, 2.6, 1, 2}});
            colour(colours::ink2);
            y = write(words.en, {Language::en, 2.6, false},
                      {right_edge, y, Align::right, {aside_width, 2.2, 1, 2}}) + 4.8;
        }
        colour(colours::ink2);
        write(page.attendee_id, {Language::en, 2.3, false},
              {right_edge, small_print_y, Align::right, {aside_width, 1.8}});
    }

    void draw_foot(const BadgePage& page) {
        constexpr double y = foot_y + foot_height / 2;
        const assets::TextRoom room{37, 4.3, 1, 2};
        TextStyle en{Language::en, 5.8, true};
        TextStyle ar{Language::ar, 5.8, true};
        // Both as large as the longer may be.
        en.cap_mm = ar.cap_mm = std::min(layout_.fit(page.category.en, en, room).style.cap_mm,
                                         layout_.fit(page.category.ar, ar, room).style.cap_mm);
        fill_box(page.category_rgb, 0, foot_y, width, foot_height);
        draw_star(middle, y, 4.4, colours::black, page.category_rgb);
        colour(colours::black);
        write_middle(page.category.en, en, {margin, y, Align::left, room});
        write_middle(page.category.ar, ar, {right_edge, y, Align::right, room});
    }

    /// From the spot's baseline down. Returns the baseline where a smaller text below would stand.
    double write(const std::string& text, const TextStyle& style, const Spot& spot) {
        const assets::FittedText fitted = layout_.fit(text, style, spot.room);
        double y = spot.y;
        for (const std::string& line : fitted.lines) {
            write_line(line, fitted.style, spot.x, y, spot.align);
            y += line_pitch(fitted.style);
        }
        return y;
    }

    /// With the middle of its capitals at the spot's height.
    void write_middle(const std::string& text, const TextStyle& style, const Spot& spot) {
        const assets::FittedText fitted = layout_.fit(text, style, spot.room);
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
};

std::string to_utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

[[noreturn]] void fail(ExitCode code, const fs::path& file, cairo_status_t status) {
    throw Fault(code, "Cannot write " + file.string() + ": " + cairo_status_to_string(status));
}

}  // namespace

Bilingual country_name(const std::string& iso_code) {
    if (iso_code.empty()) return {};
    const icu::Locale country("", iso_code.c_str());
    icu::UnicodeString ar;
    icu::UnicodeString en;
    return {to_utf8(country.getDisplayCountry(icu::Locale("ar"), ar)),
            to_utf8(country.getDisplayCountry(icu::Locale::getEnglish(), en))};
}

class BadgePdf::Impl {
public:
    explicit Impl(const fs::path& file)
        : file_(file), draft_(file.string() + ".tmp"),
          surface_(cairo_pdf_surface_create(draft_.c_str(), width * points_per_mm, height * points_per_mm)),
          cairo_(cairo_create(surface_.get())) {
        check(ExitCode::cannot_create);
        fs::permissions(draft_, fs::perms::owner_read | fs::perms::owner_write);
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, "Badges");
        cairo_scale(cairo_.get(), points_per_mm, points_per_mm);
    }
    ~Impl() {
        cairo_surface_finish(surface_.get());
        std::error_code ignored;
        fs::remove(draft_, ignored);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void add(const BadgePage& page) {
        Side(cairo_.get(), layout_).draw(page);
        cairo_copy_page(cairo_.get());
        cairo_show_page(cairo_.get());
        check(ExitCode::io);
    }

    void finish() {
        cairo_surface_finish(surface_.get());
        check(ExitCode::io);
        std::error_code error;
        fs::rename(draft_, file_, error);
        if (error) throw Fault(ExitCode::io, "Cannot write " + file_.string() + ": " + error.message());
    }

private:
    void check(ExitCode code) const {
        for (const cairo_status_t status : {cairo_surface_status(surface_.get()), cairo_status(cairo_.get())})
            if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
                fail(code, file_, status);
    }

    fs::path file_;
    fs::path draft_;
    Surface surface_;
    Cairo cairo_;
    assets::TextLayout layout_;
};

BadgePdf::BadgePdf(const fs::path& file) : impl_(std::make_unique<Impl>(file)) {}
BadgePdf::~BadgePdf() = default;
void BadgePdf::add(const BadgePage& page) { impl_->add(page); }
void BadgePdf::finish() { impl_->finish(); }

void draw_badge(cairo_t* cairo, const BadgePage& page) {
    const assets::TextLayout layout;
    Side(cairo, layout).draw(page);
}

void write_badge_png(const BadgePage& page, const fs::path& file) {
    const auto px = [](double mm) { return static_cast<int>(std::lround(mm * png_px_per_mm)); };
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, px(width), px(height)));
    const Cairo cairo(cairo_create(surface.get()));
    cairo_scale(cairo.get(), png_px_per_mm, png_px_per_mm);
    draw_badge(cairo.get(), page);
    const cairo_status_t status = cairo_surface_write_to_png(surface.get(), file.c_str());
    if (status != CAIRO_STATUS_SUCCESS) fail(ExitCode::cannot_create, file, status);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace hudoor::organiser
