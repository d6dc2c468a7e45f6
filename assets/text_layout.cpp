#include "assets/text_layout.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>

namespace hudoor::assets {
namespace {

// visual.md section 3: sizes relative to the Latin font that has the same capital height.
constexpr double latin_cap_height = 0.714;
constexpr double kufi_from_cap_mm =
    10.5;  // a panel's second line, 10, is body text in the pictures
constexpr double kufi_size = 1.04;
constexpr double sans_arabic_size = 1.11;
constexpr double latin_in_kufi = 0.96;
constexpr double latin_in_sans_arabic = 0.88;

constexpr const char* latin_family = "Noto Sans";
constexpr const char* kufi_family = "Noto Kufi Arabic";
constexpr const char* sans_arabic_family = "Noto Sans Arabic";

// Metrics are taken at this capital height and scaled: outlines are not hinted, and a font of every
// size that a fit tries would cost a millisecond each.
constexpr double measured_cap_px = 64;

/// What a Pango layout at the measured size says in Pango units, as millimetres of a style.
double to_mm(int units, const TextStyle& style) {
    return units * style.cap_mm / (PANGO_SCALE * measured_cap_px);
}

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
struct FreeDescription {
    void operator()(PangoFontDescription* it) const { pango_font_description_free(it); }
};
struct FreeCairo {
    void operator()(cairo_t* it) const { cairo_destroy(it); }
    void operator()(cairo_path_t* it) const { cairo_path_destroy(it); }
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
    void operator()(cairo_font_options_t* it) const { cairo_font_options_destroy(it); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

Description describe(const char* family, bool bold, double size_px) {
    Description description(pango_font_description_new());
    pango_font_description_set_family(description.get(), family);
    pango_font_description_set_weight(description.get(),
                                      bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description.get(), size_px * PANGO_SCALE);
    return description;
}

enum class Script { neutral, arabic, other };

Script script_of(gunichar sign) {
    const bool arabic = (sign >= 0x0600 && sign <= 0x06ff) || (sign >= 0x0750 && sign <= 0x077f) ||
                        (sign >= 0x08a0 && sign <= 0x08ff) || (sign >= 0xfb50 && sign <= 0xfdff) ||
                        (sign >= 0xfe70 && sign <= 0xfefc);
    if (arabic) return Script::arabic;
    return g_unichar_isalnum(sign) ? Script::other : Script::neutral;
}

/// Bytes that are not UTF-8 become U+FFFD; everything below walks characters.
std::string valid_utf8(std::string_view text) {
    std::unique_ptr<char, decltype(&g_free)> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), &g_free);
    return valid.get();
}

struct Run {
    guint begin;
    guint end;
};

/// The parts of `text` in the script its language does not use: from a letter or digit to the last
/// one before the own script goes on, with what stands between.
std::vector<Run> foreign_runs(const std::string& text, Language language) {
    const Script own = language == Language::ar ? Script::arabic : Script::other;
    std::vector<Run> runs;
    bool within = false;
    for (const char* at = text.c_str(); *at != '\0';) {
        const char* next = g_utf8_next_char(at);
        const Script script = script_of(g_utf8_get_char(at));
        const auto begin = static_cast<guint>(at - text.c_str());
        const auto end = static_cast<guint>(next - text.c_str());
        if (script == own)
            within = false;
        else if (script != Script::neutral && within)
            runs.back().end = end;
        else if (script != Script::neutral) {
            runs.push_back({begin, end});
            within = true;
        }
        at = next;
    }
    return runs;
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::string join(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
    std::string line;
    for (auto i = from; i < to; ++i) line += (i == from ? "" : " ") + words[i];
    return line;
}

/// Where to break `words` into lines so that the longest is as short as it can be.
class Wrap {
public:
    Wrap(const std::vector<std::string>& words, std::function<double(const std::string&)> width)
        : words_(words), width_(std::move(width)) {}

    std::vector<std::string> lines(std::size_t count) {
        std::vector<std::string> result;
        std::size_t from = 0;
        for (; count > 1; --count) {
            const auto to = best(from, count).break_at;
            result.push_back(join(words_, from, to));
            from = to;
        }
        result.push_back(join(words_, from, words_.size()));
        return result;
    }

    double widest(std::size_t count) { return best(0, count).widest; }

private:
    struct Best {
        double widest = std::numeric_limits<double>::infinity();
        std::size_t break_at = 0;
    };

    Best best(std::size_t from, std::size_t count) {
        if (count == 1) return {width(from, words_.size()), words_.size()};
        if (const auto known = best_.find({from, count}); known != best_.end())
            return known->second;
        Best found;
        for (auto to = from + 1; to + count - 1 <= words_.size(); ++to) {
            const double widest = std::max(width(from, to), best(to, count - 1).widest);
            if (widest < found.widest) found = {widest, to};
        }
        return best_[{from, count}] = found;
    }

    double width(std::size_t from, std::size_t to) {
        const auto known = widths_.find({from, to});
        if (known != widths_.end()) return known->second;
        return widths_[{from, to}] = width_(join(words_, from, to));
    }

    const std::vector<std::string>& words_;
    std::function<double(const std::string&)> width_;
    std::map<std::pair<std::size_t, std::size_t>, double> widths_;
    std::map<std::pair<std::size_t, std::size_t>, Best> best_;
};

/// Without its last word, or of a single word without its last letter; with an ellipsis.
std::string shorten(const std::string& text) {
    constexpr std::string_view ellipsis = "…";
    std::string rest = text;
    if (rest.ends_with(ellipsis)) rest.resize(rest.size() - ellipsis.size());
    if (const auto space = rest.rfind(' '); space != std::string::npos) {
        rest.resize(space);
    } else {
        const char* end = g_utf8_find_prev_char(rest.c_str(), rest.c_str() + rest.size());
        rest.resize(end == nullptr ? 0 : static_cast<std::size_t>(end - rest.c_str()));
    }
    return rest.empty() ? rest : rest + std::string(ellipsis);
}

}  // namespace

class TextLayout::Impl {
public:
    explicit Impl(const std::vector<std::string>& more_fonts)
        : map_(pango_cairo_font_map_new()),
          context_(pango_font_map_create_context(map_.get())),
          latin_(latin_family) {
        for (const std::string& family : more_fonts) latin_ += "," + family;
        std::unique_ptr<cairo_font_options_t, FreeCairo> options(cairo_font_options_create());
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context_.get(), options.get());
        pango_context_set_round_glyph_positions(context_.get(), FALSE);
    }

    Layout lay_out(std::string_view line, const TextStyle& style, double cap_px) const {
        const bool arabic = style.language == Language::ar;
        pango_context_set_base_dir(context_.get(),
                                   arabic ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        Layout layout(pango_layout_new(context_.get()));
        pango_layout_set_auto_dir(layout.get(), FALSE);
        pango_layout_set_single_paragraph_mode(layout.get(), TRUE);

        const std::string text = valid_utf8(line);
        const bool kufi = style.cap_mm >= kufi_from_cap_mm;
        const double latin_px = cap_px / latin_cap_height;
        const double arabic_px = latin_px * (kufi ? kufi_size : sans_arabic_size);
        const double within = arabic_px * (kufi ? latin_in_kufi : latin_in_sans_arabic);
        const auto letters =
            describe(kufi ? kufi_family : sans_arabic_family, style.bold, arabic_px);
        const auto latin = describe(latin_.c_str(), style.bold, arabic ? within : latin_px);
        pango_layout_set_font_description(layout.get(), arabic ? letters.get() : latin.get());
        set_foreign(layout.get(), foreign_runs(text, style.language),
                    arabic ? latin.get() : letters.get());
        pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
        return layout;
    }

    PangoContext* context() const { return context_.get(); }
    PangoFontMap* map() const { return map_.get(); }

private:
    static void set_foreign(PangoLayout* layout, const std::vector<Run>& runs,
                            const PangoFontDescription* description) {
        PangoAttrList* attributes = pango_attr_list_new();
        for (const Run& run : runs) {
            PangoAttribute* font = pango_attr_font_desc_new(description);
            font->start_index = run.begin;
            font->end_index = run.end;
            pango_attr_list_insert(attributes, font);
        }
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }

    std::unique_ptr<PangoFontMap, Unref> map_;
    std::unique_ptr<PangoContext, Unref> context_;
    std::string latin_;  ///< families in the order they are tried
};

TextLayout::TextLayout(const std::vector<std::string>& more_fonts)
    : impl_(std::make_unique<Impl>(more_fonts)) {}
TextLayout::~TextLayout() = default;

LineSize TextLayout::measure(std::string_view line, const TextStyle& style) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    PangoRectangle ink, logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), 0), &ink, &logical);
    const auto mm = [&](int units) { return to_mm(units, style); };
    return {mm(logical.width), mm(ink.x), mm(ink.y), mm(ink.x + ink.width), mm(ink.y + ink.height)};
}

/// Cairo keeps an image of every letter in every size it ever had, and a name takes the size that
/// just fits: large letters are drawn by their outline, which is the same in all sizes.
constexpr double by_outline_from_px = 40;

LineBitmap TextLayout::draw(std::string_view line, const TextStyle& style, double px_per_mm) const {
    const double cap_px = style.cap_mm * px_per_mm;
    const bool by_outline = cap_px >= by_outline_from_px;
    const double laid_px = by_outline ? measured_cap_px : cap_px;
    const double scale = cap_px / laid_px;
    const auto layout = impl_->lay_out(line, style, laid_px);
    PangoLayoutLine* only = pango_layout_get_line_readonly(layout.get(), 0);
    PangoRectangle ink;
    pango_layout_line_get_extents(only, &ink, nullptr);
    if (ink.width <= 0 || ink.height <= 0) return {};
    for (int* side : {&ink.x, &ink.y, &ink.width, &ink.height})
        *side = static_cast<int>(std::lround(*side * scale));
    pango_extents_to_pixels(&ink, nullptr);

    constexpr int margin = 2;  // cairo puts each glyph on whole pixels, and its edge is smoothed
    LineBitmap bitmap{
        ink.width + 2 * margin, ink.height + 2 * margin, ink.x - margin, ink.y - margin, {}};
    std::unique_ptr<cairo_surface_t, FreeCairo> surface(
        cairo_image_surface_create(CAIRO_FORMAT_A8, bitmap.width_px, bitmap.height_px));
    std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
    if (!by_outline) {
        cairo_move_to(cairo.get(), -bitmap.left_px, -bitmap.top_px);
        pango_cairo_show_layout_line(cairo.get(), only);
    } else {
        cairo_move_to(cairo.get(), 0, 0);
        pango_cairo_layout_line_path(cairo.get(), only);
        const std::unique_ptr<cairo_path_t, FreeCairo> outline(cairo_copy_path(cairo.get()));
        cairo_new_path(cairo.get());
        cairo_translate(cairo.get(), -bitmap.left_px, -bitmap.top_px);
        cairo_scale(cairo.get(), scale, scale);
        cairo_append_path(cairo.get(), outline.get());
        cairo_fill(cairo.get());
    }
    cairo_surface_flush(surface.get());

    const auto* rows = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < bitmap.height_px; ++y) {
        bitmap.alpha.insert(bitmap.alpha.end(), rows + y * stride,
                            rows + y * stride + bitmap.width_px);
    }
    return bitmap;
}

void TextLayout::show(cairo_t* cairo, double x, double y, std::string_view line,
                      const TextStyle& style) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    const double mm_per_px = style.cap_mm / measured_cap_px;
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, mm_per_px, mm_per_px);
    cairo_move_to(cairo, 0, 0);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout.get(), 0));
    cairo_restore(cairo);
}

namespace {

/// What just fits, whatever was asked for: who asks for more never gets less. The other Arabic
/// font, which is narrower, is tried from its largest size on.
double smaller(const TextStyle& at, double widest_mm, const TextSpace& space) {
    constexpr double rounded = 0.9999, just_under = 0.999;
    const double fits = at.cap_mm * space.width_mm / widest_mm * rounded;
    const bool other_font =
        at.language == Language::ar && at.cap_mm >= kufi_from_cap_mm && fits < kufi_from_cap_mm;
    return other_font ? kufi_from_cap_mm * just_under : fits;
}

}  // namespace

FittedText TextLayout::fit(std::string_view text, const TextStyle& style,
                           const TextSpace& space) const {
    std::string rest = valid_utf8(text);
    auto words = split_words(rest);
    if (words.empty()) return {style, {}, false};
    TextStyle at = style;
    const auto width = [&](const std::string& line) { return measure(line, at).width(); };
    double widest = 0;
    const auto lines_of = [&](int wanted) -> std::optional<std::vector<std::string>> {
        const auto count = std::min(words.size(), static_cast<std::size_t>(std::max(wanted, 1)));
        Wrap wrap(words, width);
        widest = wrap.widest(count);
        if (widest > space.width_mm) return std::nullopt;
        return wrap.lines(count);
    };
    const double floor = std::min(style.cap_mm, space.floor_mm > 0 ? space.floor_mm : style.cap_mm);
    for (at.cap_mm = style.cap_mm;; at.cap_mm = std::max(floor, smaller(at, widest, space))) {
        if (auto lines = lines_of(space.lines)) return {at, std::move(*lines), false};
        if (at.cap_mm <= floor) break;
    }
    for (int count = space.lines + 1; count <= space.lines_at_floor; ++count) {
        if (auto lines = lines_of(count)) return {at, std::move(*lines), false};
    }
    if (space.whole) return {at, {}, true};
    for (;;) {
        rest = shorten(rest);
        words = split_words(rest);
        if (words.empty()) return {at, {}, true};
        if (auto lines = lines_of(std::max(space.lines, space.lines_at_floor))) {
            return {at, std::move(*lines), true};
        }
    }
}

namespace {

/// Behind the letters of a cluster that `trailing` counts.
std::size_t byte_behind(const std::string& text, int index, int trailing) {
    const char* at = text.c_str() + std::clamp(index, 0, static_cast<int>(text.size()));
    for (; trailing > 0 && *at != '\0'; --trailing) at = g_utf8_next_char(at);
    return static_cast<std::size_t>(at - text.c_str());
}

}  // namespace

double TextLayout::caret_x(std::string_view line, const TextStyle& style, std::size_t at) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    PangoRectangle caret;
    pango_layout_get_cursor_pos(layout.get(), static_cast<int>(std::min(at, line.size())), &caret,
                                nullptr);
    return to_mm(caret.x, style);
}

std::size_t TextLayout::caret_at(std::string_view line, const TextStyle& style, double x) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    const auto units = static_cast<int>(x / style.cap_mm * measured_cap_px * PANGO_SCALE);
    int index = 0, trailing = 0;
    pango_layout_line_x_to_index(pango_layout_get_line_readonly(layout.get(), 0), units, &index,
                                 &trailing);
    return byte_behind(std::string(line), index, trailing);
}

std::size_t TextLayout::caret_beside(std::string_view line, const TextStyle& style, std::size_t at,
                                     int by) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    int index = 0, trailing = 0;
    pango_layout_move_cursor_visually(
        layout.get(), TRUE, static_cast<int>(std::min(at, line.size())), 0, by, &index, &trailing);
    if (index < 0 || index > static_cast<int>(line.size())) return at;
    return byte_behind(std::string(line), index, trailing);
}

std::vector<Span> TextLayout::spans(std::string_view line, const TextStyle& style,
                                    std::size_t begin, std::size_t end) const {
    const auto layout = impl_->lay_out(line, style, measured_cap_px);
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(pango_layout_get_line_readonly(layout.get(), 0),
                                   static_cast<int>(begin), static_cast<int>(end), &ranges, &count);
    const std::unique_ptr<int, decltype(&g_free)> owner(ranges, &g_free);
    std::vector<Span> parts;
    for (int i = 0; i < count; ++i) {
        const Span part{to_mm(ranges[2 * i], style), to_mm(ranges[2 * i + 1], style)};
        // Runs of one direction come one by one.
        if (!parts.empty() && std::abs(parts.back().right - part.left) < 1e-3)
            parts.back().right = part.right;
        else if (part.right > part.left)
            parts.push_back(part);
    }
    return parts;
}

std::vector<std::string> TextLayout::fonts_missing(const Catalogue& catalogue) const {
    std::vector<std::string> missing;
    for (const char* family : {latin_family, kufi_family, sans_arabic_family}) {
        for (const bool bold : {false, true}) {
            const auto wanted = describe(family, bold, 20);
            std::unique_ptr<PangoFont, Unref> font(
                pango_font_map_load_font(impl_->map(), impl_->context(), wanted.get()));
            const Description found(font ? pango_font_describe(font.get())
                                         : pango_font_description_new());
            const char* name = pango_font_description_get_family(found.get());
            const bool heavy =
                pango_font_description_get_weight(found.get()) >= PANGO_WEIGHT_SEMIBOLD;
            if (name != nullptr && std::string_view(name) == family && heavy == bold) continue;
            missing.push_back(std::string("the font ") + family + (bold ? " Bold" : "") +
                              " is not installed");
        }
    }
    const auto unknown = [&](std::string_view text, const TextStyle& style) {
        const auto layout = impl_->lay_out(text, style, measured_cap_px);
        return pango_layout_get_unknown_glyphs_count(layout.get()) > 0;
    };
    for (const Language language : languages) {
        for (const double cap_mm : {6.0, 12.0}) {
            const TextStyle style{language, cap_mm, true};
            std::string all;
            for (const Word& word : catalogue.words(language)) {
                for (const auto& form : word.forms) all += form + " ";
            }
            if (!unknown(all, style)) continue;
            for (const Word& word : catalogue.words(language)) {
                const bool bad =
                    std::any_of(word.forms.begin(), word.forms.end(),
                                [&](const auto& form) { return unknown(form, style); });
                if (bad) missing.push_back("no font has every sign of the word " + word.id);
            }
        }
    }
    return missing;
}

int count_words(std::string_view text) { return static_cast<int>(split_words(text).size()); }

}  // namespace hudoor::assets
