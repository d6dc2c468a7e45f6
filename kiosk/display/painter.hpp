/// Draws text, icons, boxes, the camera's picture and what can be touched, in millimetres of the
/// reference panel (476 x 268; 268 x 476 in a window higher than wide), scaled to the window. Lists
/// what it drew and where, so that tests can check a layout without looking at pixels.
#pragma once

#include <array>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assets/catalogue.hpp"
#include "assets/colours.hpp"
#include "assets/dates.hpp"
#include "assets/icons.hpp"
#include "assets/text_layout.hpp"
#include "kiosk/display/appearance.hpp"
#include "kiosk/display/window.hpp"
#include "scanner/camera/frame.hpp"
#include "scanner/codes/reader.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::kiosk {

using assets::colours::Rgb;

/// Millimetres.
struct Spot {
    double x = 0;
    double y = 0;
};

struct Box {
    double x = 0;
    double y = 0;
    double w = 0;
    double h = 0;

    [[nodiscard]] double right() const { return x + w; }
    [[nodiscard]] double bottom() const { return y + h; }
    [[nodiscard]] Spot centre() const { return {x + w / 2, y + h / 2}; }
    [[nodiscard]] Box inset(double by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

enum class Align { left, centre, right };

/// Where a text hangs: its first baseline, which side of `x` it lies on, and how far down the next
/// line is.
struct Anchor {
    double x = 0;
    double baseline = 0;
    Align align = Align::left;
    double pitch = 0;
};

/// One thing that was drawn; mm, of a text its ink.
struct Drawn {
    enum class Kind { text, block, icon, picture, touch };
    Kind kind{};
    std::string what;  ///< the words of one line, or the name of the thing
    Box box;
    double baseline = 0;     ///< of a text
    double cap_mm = 0;       ///< of a text
    bool shortened = false;  ///< of a text: it had to lose words
};

/// Lives inside the window's life; UI thread.
class Painter {
public:
    /// `more_fonts`: see TextLayout. Throws Fault when the catalogues cannot be read.
    Painter(const std::filesystem::path& assets_dir, const Window& window,
            const std::vector<std::string>& more_fonts = {});
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    /// Around everything drawn into one frame, inside the window's begin_frame and end_frame. With
    /// an `opacity` below 1 everything is drawn as thin as that.
    void begin(const Appearance& appearance = {}, double opacity = 1);
    void end();
    /// Of everything, what can be touched included, from the next begin() on.
    void shift(PixelShift by);

    [[nodiscard]] const Appearance& appearance() const;
    [[nodiscard]] const assets::colours::Palette& colours() const;
    /// What words are larger than designed, 1 to 2: chosen, or by up to a half because the panel is
    /// so small that they would not be read.
    [[nodiscard]] double text_scale() const;

    [[nodiscard]] bool portrait() const;
    [[nodiscard]] double width() const { return portrait() ? panel_short : panel_long; }
    [[nodiscard]] double height() const { return portrait() ? panel_long : panel_short; }
    [[nodiscard]] double spine() const { return width() / 2; }

    [[nodiscard]] const assets::Catalogue& catalogue() const;
    /// See TextLayout::fonts_missing.
    [[nodiscard]] std::vector<std::string> fonts_missing() const;
    /// A word or a day in both languages.
    [[nodiscard]] storage::Bilingual words(std::string_view id,
                                           std::initializer_list<assets::Field> fields = {}) const;
    /// The plural form for `n` in both languages.
    [[nodiscard]] storage::Bilingual count(std::string_view id, std::uint32_t n) const;
    [[nodiscard]] storage::Bilingual day(std::chrono::year_month_day date) const;

    /// The window in the same millimetres; larger than the screen where its shape is another.
    [[nodiscard]] Box whole_window() const;

    [[nodiscard]] assets::FittedText fit(std::string_view text, const assets::TextStyle& style,
                                         const assets::TextSpace& space);
    [[nodiscard]] assets::LineSize measure(std::string_view line, const assets::TextStyle& style);
    [[nodiscard]] double advance(std::string_view line, const assets::TextStyle& style) {
        return measure(line, style).advance;
    }
    void text(const assets::FittedText& text, const Anchor& anchor, Rgb colour);
    /// One line that fits; for words whose length is known.
    void label(std::string_view line, const assets::TextStyle& style, const Anchor& anchor,
               Rgb colour);

    /// Of one line; see TextLayout.
    [[nodiscard]] double caret_x(std::string_view line, const assets::TextStyle& style,
                                 std::size_t at) const;
    [[nodiscard]] std::size_t caret_at(std::string_view line, const assets::TextStyle& style,
                                       double x) const;
    [[nodiscard]] std::size_t caret_beside(std::string_view line, const assets::TextStyle& style,
                                           std::size_t at, int by) const;
    [[nodiscard]] std::vector<assets::Span> spans(std::string_view line,
                                                  const assets::TextStyle& style, std::size_t begin,
                                                  std::size_t end) const;

    /// Until unclip(), nothing is drawn outside of the box.
    void clip(const Box& box);
    void unclip();

    void block(std::string_view name, const Box& box, double radius, Rgb colour);
    void frame(const Box& box, double radius, double width, Rgb colour);
    void line(const std::vector<Spot>& points, double width, Rgb colour, bool closed = false);
    void area(const std::vector<Spot>& convex, Rgb colour);
    void disc(Spot centre, double radius, Rgb colour);
    /// `turned` degrees clockwise; `ground` is what knocked-out parts show.
    void icon(assets::IconName name, const Box& box, Rgb colour, Rgb ground, double turned = 0);

    /// Fills the box with the middle of the picture, mirrored.
    void preview(const scanner::Preview& preview, const Box& box, double radius);
    /// Where that puts a point of the picture.
    /// No picture of the camera is kept from then on, in no memory of the screen's either.
    void forget_preview();
    [[nodiscard]] static Spot preview_spot(const scanner::Preview& preview, const Box& box,
                                           const scanner::Point& point);

    /// Whether the box was touched since the last frame; whether a finger has rested on it for 3 s.
    [[nodiscard]] bool touched(std::string_view name, const Box& box);
    [[nodiscard]] bool held(std::string_view name, const Box& box);
    /// How much of that time a finger has rested on what held() was last asked about, 0 to 1.
    [[nodiscard]] double held_part() const;
    /// Where in the box it was touched; its middle where a key did it.
    [[nodiscard]] std::optional<Spot> touched_at(std::string_view name, const Box& box);
    /// For people who use a keyboard: from the next frame on, a ring around what can be touched and
    /// has this number in the order of drawing; none ends it. activate() touches it once, in the
    /// next frame.
    void focus(std::optional<int> number);
    void activate();
    /// How many things could be touched in the last frame.
    [[nodiscard]] int touchables() const;
    /// Whether the last touch in this frame was a key's.
    [[nodiscard]] bool by_key() const;

    /// Whether a finger rested on the screen in the last frame: held() needs more frames.
    [[nodiscard]] static bool finger_down();

    /// Of the last frame, in the order of drawing.
    [[nodiscard]] const std::vector<Drawn>& drawn() const;
    /// The pixels around everything drawn under one of these names; nothing if nothing was.
    [[nodiscard]] std::optional<Region> region_of(
        std::initializer_list<std::string_view> names) const;
    /// The text that was drawn so far stays at hand, until the window changes its size: it will be
    /// wanted in a hurry.
    void keep_textures();
    /// Text textures ever made, and the bytes that those take now which were not kept.
    [[nodiscard]] std::uint64_t textures_made() const;
    [[nodiscard]] std::size_t texture_bytes() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
