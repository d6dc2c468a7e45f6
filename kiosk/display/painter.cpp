#include "kiosk/display/painter.hpp"

#include <GL/gl.h>
#include <GL/glext.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "kiosk/display/frame_cache.hpp"
#include "kiosk/display/imgui_shim.hpp"

namespace hudoor::kiosk {
namespace {

// Names come and go: what they fill in the first minutes is all they ever take.
constexpr std::size_t texture_budget_bytes = 2 * 1024 * 1024;
constexpr std::size_t fit_budget = 512;
constexpr float hold_seconds = 3;

constexpr double largest_text = 2, largest_by_itself = 1.5;

struct TextTexture {
    GLuint name = 0;
    int width_px = 0;
    int height_px = 0;
    int left_px = 0;
    int top_px = 0;
    assets::LineSize size;
};

/// A one-channel texture, seen as white with that channel as alpha, or as gray.
enum class Channel { alpha, gray };

GLuint make_texture(Channel channel) {
    GLuint name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    const GLint filter = GL_LINEAR;
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    const GLint alpha[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    const GLint gray[] = {GL_RED, GL_RED, GL_RED, GL_ONE};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA,
                     channel == Channel::alpha ? alpha : gray);
    return name;
}

void upload(GLuint texture, int width_px, int height_px, const std::uint8_t* pixels) {
    glBindTexture(GL_TEXTURE_2D, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width_px, height_px, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

/// The part of the picture a box shows, in its pixels: as wide and high as the box's shape allows.
Box shown_part(const scanner::Preview& preview, const Box& box) {
    const double scale = std::min(preview.width_px / box.w, preview.height_px / box.h);
    const double w = box.w * scale;
    const double h = box.h * scale;
    return {(preview.width_px - w) / 2, (preview.height_px - h) / 2, w, h};
}

using LineKey = std::pair<std::string, assets::TextStyle>;
using FitKey = std::pair<LineKey, assets::TextSpace>;

}  // namespace

class Painter::Impl {
public:
    Impl(const std::filesystem::path& assets_dir, const Window& window,
         const std::vector<std::string>& more_fonts)
        : layout(more_fonts), window_(window), catalogue_(assets_dir) {}

    ~Impl() {
        textures_.for_each([](const TextTexture& texture) { glDeleteTextures(1, &texture.name); });
        glDeleteTextures(1, &preview_);
    }

    void begin(const Appearance& wanted, double opacity) {
        appearance = wanted;
        alpha_ = static_cast<int>(std::lround(255 * std::clamp(opacity, 0.0, 1.0)));
        const double w = window_.width_px(), h = window_.height_px();
        portrait = h > w;
        const double across = portrait ? panel_short : panel_long,
                     down = portrait ? panel_long : panel_short;
        const double scale = std::min(w / across, h / down);
        if (scale != scale_) forget_textures();
        scale_ = scale;
        left_px_ = (w - across * scale) / 2 + shift.x;
        top_px_ = (h - down * scale) / 2 + shift.y;
        drawn.clear();
        touchables = 0;
        by_key = false;
        focused_.reset();
        textures_.begin_frame();
        fits_.begin_frame();
        begin_touch_window();
        list_ = ImGui::GetBackgroundDrawList();
    }

    std::optional<Region> region_of(std::initializer_list<std::string_view> names) const {
        std::optional<Box> all;
        for (const Drawn& one : drawn) {
            if (std::find(names.begin(), names.end(), one.what) == names.end()) continue;
            if (!all) all = one.box;
            const double left = std::min(all->x, one.box.x), top = std::min(all->y, one.box.y);
            all = Box{left, top, std::max(all->right(), one.box.right()) - left,
                      std::max(all->bottom(), one.box.bottom()) - top};
        }
        if (!all) return std::nullopt;
        // One pixel more on every side: edges are smoothed.
        const int left = static_cast<int>(std::floor(left_px_ + all->x * scale_)) - 1;
        const int top = static_cast<int>(std::floor(top_px_ + all->y * scale_)) - 1;
        const int right = static_cast<int>(std::ceil(left_px_ + all->right() * scale_)) + 1;
        const int bottom = static_cast<int>(std::ceil(top_px_ + all->bottom() * scale_)) + 1;
        return Region{std::max(left, 0), std::max(top, 0), right - std::max(left, 0),
                      bottom - std::max(top, 0)};
    }

    void end() {
        activated = false;
        ImGui::End();
        ImGui::PopStyleVar(2);
        textures_.end_frame([](const TextTexture& texture) { glDeleteTextures(1, &texture.name); });
        fits_.end_frame([](const assets::FittedText&) {});
    }

    const assets::FittedText& fit(std::string_view text, const assets::TextStyle& style,
                                  const assets::TextSpace& space) {
        return fits_.get({{std::string(text), style}, space}, [&] {
            return std::pair{layout.fit(text, style, space), std::size_t{1}};
        });
    }

    const TextTexture& texture(const std::string& line, const assets::TextStyle& style) {
        return textures_.get({line, style}, [&] {
            const auto bitmap = layout.draw(line, style, scale_);
            TextTexture made{make_texture(Channel::alpha),
                             bitmap.width_px,
                             bitmap.height_px,
                             bitmap.left_px,
                             bitmap.top_px,
                             layout.measure(line, style)};
            if (!bitmap.alpha.empty()) {
                upload(made.name, bitmap.width_px, bitmap.height_px, bitmap.alpha.data());
            }
            return std::pair{made, bitmap.alpha.size() + sizeof made};
        });
    }

    void draw_line(const std::string& line, const assets::TextStyle& style, Spot origin, Rgb colour,
                   bool shortened) {
        const auto& ink = texture(line, style);
        if (ink.width_px == 0) return;
        // Whole pixels: between two of them the edges would blur.
        const float x = std::round(at(origin).x) + static_cast<float>(ink.left_px);
        const float y = std::round(at(origin).y) + static_cast<float>(ink.top_px);
        list_->AddImage(
            imgui::texture_id(ink.name), {x, y},
            {x + static_cast<float>(ink.width_px), y + static_cast<float>(ink.height_px)}, {0, 0},
            {1, 1}, colour_of(colour));
        const auto& size = ink.size;
        Box box{origin.x + size.left, origin.y + size.top, size.width(), size.bottom - size.top};
        if (clip_) {
            const double right = std::min(box.right(), clip_->right());
            box.x = std::max(box.x, clip_->x);
            box.w = std::max(0.0, right - box.x);
        }
        drawn.push_back({Drawn::Kind::text, line, box, origin.y, style.cap_mm, shortened});
    }

    void clip(const Box& box) {
        clip_ = box;
        list_->PushClipRect(at({box.x, box.y}), at({box.right(), box.bottom()}), true);
    }
    void unclip() {
        list_->PopClipRect();
        clip_.reset();
    }

    void forget_preview() {
        glDeleteTextures(1, &preview_);
        preview_ = 0;
        preview_pixels_.reset();
    }

    void draw_preview(const scanner::Preview& preview, const Box& box, double radius) {
        if (preview_ == 0) preview_ = make_texture(Channel::gray);
        if (preview.pixels != preview_pixels_) {
            upload(preview_, preview.width_px, preview.height_px, preview.pixels.get());
            preview_pixels_ = preview.pixels;
        }
        const Box part = shown_part(preview, box);
        const auto u = [&](double x) { return static_cast<float>(x / preview.width_px); };
        const auto v = [&](double y) { return static_cast<float>(y / preview.height_px); };
        list_->AddImageRounded(imgui::texture_id(preview_), at({box.x, box.y}),
                               at({box.right(), box.bottom()}), {u(part.right()), v(part.y)},
                               {u(part.x), v(part.bottom())}, colour_of(assets::colours::white),
                               px(radius));
        drawn.push_back({Drawn::Kind::picture, "preview", box});
    }

    bool button(std::string_view name, const Box& box) {
        drawn.push_back({Drawn::Kind::touch, std::string(name), box});
        ImGui::SetCursorScreenPos(at({box.x, box.y}));
        const bool by_finger =
            ImGui::InvisibleButton(drawn.back().what.c_str(), {px(box.w), px(box.h)});
        const bool focused = focus == touchables++;
        if (focused) focused_ = box;
        by_key = focused && activated;
        return by_finger || by_key;
    }

    /// Over everything, 1 mm outside; within it the ground's colour, so that it is seen on any.
    void draw_focus(const assets::colours::Palette& colours) {
        constexpr double away = 1, width = 1.2, radius = 7;
        const auto ring = [&](const Box& box, double line, Rgb colour) {
            const Box middle = box.inset(line / 2);
            list_->AddRect(at({middle.x, middle.y}), at({middle.right(), middle.bottom()}),
                           colour_of(colour), px(radius), 0, px(line));
        };
        if (!focused_) return;
        ring(focused_->inset(-away), away, colours.paper);
        ring(focused_->inset(-away - width), width, colours.ink);
        drawn.push_back({Drawn::Kind::block, "focus", focused_->inset(-away - width)});
    }

    /// Where the finger is, which has just touched the box.
    Spot finger(const Box& box) const {
        const ImVec2 px = ImGui::GetIO().MousePos;
        const Spot spot{(px.x - left_px_) / scale_, (px.y - top_px_) / scale_};
        const bool within =
            spot.x >= box.x && spot.x <= box.right() && spot.y >= box.y && spot.y <= box.bottom();
        return within ? spot : box.centre();
    }

    ImU32 colour_of(Rgb rgb) const {
        return IM_COL32((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, alpha_);
    }
    double text_scale() const {
        const double small_panel = std::max(1.0, window_.px_per_mm() / scale_);
        const double by_itself = std::min(appearance.text * small_panel, largest_by_itself);
        return std::clamp(std::max(appearance.text, by_itself), 1.0, largest_text);
    }
    float px(double mm) const { return static_cast<float>(mm * scale_); }
    ImVec2 at(Spot spot) const {
        return {static_cast<float>(left_px_) + px(spot.x),
                static_cast<float>(top_px_) + px(spot.y)};
    }
    Box window_box() const {
        return {-left_px_ / scale_, -top_px_ / scale_, window_.width_px() / scale_,
                window_.height_px() / scale_};
    }
    std::vector<ImVec2> at(const std::vector<Spot>& spots) const {
        std::vector<ImVec2> points;
        points.reserve(spots.size());
        for (const Spot spot : spots) points.push_back(at(spot));
        return points;
    }

    ImDrawList& list() { return *list_; }
    const assets::Catalogue& catalogue() const { return catalogue_; }
    void keep_textures() { textures_.keep_all(); }
    std::uint64_t textures_made() const { return textures_.made(); }
    std::size_t texture_bytes() const { return textures_.weight(); }

    assets::TextLayout layout;
    assets::Dates dates;
    std::vector<Drawn> drawn;
    Appearance appearance;
    bool portrait = false;
    std::optional<int> focus;
    bool activated = false;
    bool by_key = false;
    int touchables = 0;
    double held_part = 0;
    PixelShift shift;

private:
    /// A clear window over everything, for what can be touched; drawing goes to the list behind it.
    void begin_touch_window() {
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(
            {static_cast<float>(window_.width_px()), static_cast<float>(window_.height_px())});
        ImGui::Begin("screen", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                         ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoNav);
    }

    /// The window changed its size: nothing drawn at the old one is of use.
    void forget_textures() {
        textures_.for_each([](const TextTexture& texture) { glDeleteTextures(1, &texture.name); });
        textures_ = TextureCache(texture_budget_bytes);
    }

    using TextureCache = FrameCache<LineKey, TextTexture>;

    const Window& window_;
    assets::Catalogue catalogue_;
    TextureCache textures_{texture_budget_bytes};
    FrameCache<FitKey, assets::FittedText> fits_{fit_budget};
    GLuint preview_ = 0;
    std::shared_ptr<const std::uint8_t[]> preview_pixels_;
    ImDrawList* list_ = nullptr;
    std::optional<Box> clip_;
    std::optional<Box> focused_;
    int alpha_ = 255;
    double scale_ = 1;
    double left_px_ = 0;
    double top_px_ = 0;
};

Painter::Painter(const std::filesystem::path& assets_dir, const Window& window,
                 const std::vector<std::string>& more_fonts)
    : impl_(std::make_unique<Impl>(assets_dir, window, more_fonts)) {}
Painter::~Painter() = default;

void Painter::begin(const Appearance& appearance, double opacity) {
    impl_->begin(appearance, opacity);
}
void Painter::shift(PixelShift by) { impl_->shift = by; }
const Appearance& Painter::appearance() const { return impl_->appearance; }
const assets::colours::Palette& Painter::colours() const {
    return appearance().theme == Theme::light ? assets::colours::light
                                              : assets::colours::high_contrast;
}
double Painter::text_scale() const { return impl_->text_scale(); }
bool Painter::portrait() const { return impl_->portrait; }
void Painter::end() {
    impl_->draw_focus(colours());
    impl_->end();
}

const assets::Catalogue& Painter::catalogue() const { return impl_->catalogue(); }

std::vector<std::string> Painter::fonts_missing() const {
    return impl_->layout.fonts_missing(impl_->catalogue());
}

storage::Bilingual Painter::words(std::string_view id,
                                  std::initializer_list<assets::Field> fields) const {
    return {catalogue().text(id, assets::Language::ar, fields),
            catalogue().text(id, assets::Language::en, fields)};
}

storage::Bilingual Painter::count(std::string_view id, std::uint32_t n) const {
    return {catalogue().count(id, n, assets::Language::ar),
            catalogue().count(id, n, assets::Language::en)};
}

storage::Bilingual Painter::day(std::chrono::year_month_day date) const {
    return {impl_->dates.day(date, assets::Language::ar),
            impl_->dates.day(date, assets::Language::en)};
}

Box Painter::whole_window() const { return impl_->window_box(); }

assets::FittedText Painter::fit(std::string_view text, const assets::TextStyle& style,
                                const assets::TextSpace& space) {
    return impl_->fit(text, style, space);
}

assets::LineSize Painter::measure(std::string_view line, const assets::TextStyle& style) {
    return impl_->texture(std::string(line), style).size;
}

void Painter::text(const assets::FittedText& text, const Anchor& anchor, Rgb colour) {
    double baseline = anchor.baseline;
    for (const std::string& line : text.lines) {
        const double advance = impl_->texture(line, text.style).size.advance;
        const double back = anchor.align == Align::left    ? 0
                            : anchor.align == Align::right ? advance
                                                           : advance / 2;
        impl_->draw_line(line, text.style, {anchor.x - back, baseline}, colour, text.shortened);
        baseline += anchor.pitch;
    }
}

void Painter::label(std::string_view line, const assets::TextStyle& style, const Anchor& anchor,
                    Rgb colour) {
    text({style, {std::string(line)}, false}, anchor, colour);
}

double Painter::caret_x(std::string_view line, const assets::TextStyle& style,
                        std::size_t at) const {
    return impl_->layout.caret_x(line, style, at);
}
std::size_t Painter::caret_at(std::string_view line, const assets::TextStyle& style,
                              double x) const {
    return impl_->layout.caret_at(line, style, x);
}
std::size_t Painter::caret_beside(std::string_view line, const assets::TextStyle& style,
                                  std::size_t at, int by) const {
    return impl_->layout.caret_beside(line, style, at, by);
}
std::vector<assets::Span> Painter::spans(std::string_view line, const assets::TextStyle& style,
                                         std::size_t begin, std::size_t end) const {
    return impl_->layout.spans(line, style, begin, end);
}

void Painter::clip(const Box& box) { impl_->clip(box); }
void Painter::unclip() { impl_->unclip(); }

void Painter::block(std::string_view name, const Box& box, double radius, Rgb colour) {
    impl_->list().AddRectFilled(impl_->at({box.x, box.y}), impl_->at({box.right(), box.bottom()}),
                                impl_->colour_of(colour), impl_->px(radius));
    impl_->drawn.push_back({Drawn::Kind::block, std::string(name), box});
}

void Painter::frame(const Box& box, double radius, double width, Rgb colour) {
    // The line lies inside the box, as a border does.
    const Box middle = box.inset(width / 2);
    impl_->list().AddRect(impl_->at({middle.x, middle.y}),
                          impl_->at({middle.right(), middle.bottom()}), impl_->colour_of(colour),
                          impl_->px(std::max(0.0, radius - width / 2)), 0, impl_->px(width));
}

void Painter::line(const std::vector<Spot>& points, double width, Rgb colour, bool closed) {
    const auto px = impl_->at(points);
    impl_->list().AddPolyline(px.data(), static_cast<int>(px.size()), impl_->colour_of(colour),
                              closed ? ImDrawFlags_Closed : ImDrawFlags_None, impl_->px(width));
}

void Painter::area(const std::vector<Spot>& convex, Rgb colour) {
    auto px = impl_->at(convex);
    // ImGui smooths the edge outwards only when the points go round clockwise.
    double turn = 0;
    for (std::size_t i = 0; i < px.size(); ++i) {
        const ImVec2 a = px[i], b = px[(i + 1) % px.size()];
        turn += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    if (turn < 0) std::reverse(px.begin(), px.end());
    impl_->list().AddConvexPolyFilled(px.data(), static_cast<int>(px.size()),
                                      impl_->colour_of(colour));
}

void Painter::disc(Spot centre, double radius, Rgb colour) {
    impl_->list().AddCircleFilled(impl_->at(centre), impl_->px(radius), impl_->colour_of(colour));
}

namespace {

/// Puts an icon's points where they go on the screen.
struct IconPen {
    Painter& painter;
    Spot centre;
    double scale;
    double half;
    double cosine;
    double sine;
    Rgb colour;

    Spot spot(const assets::IconPoint& point) const {
        const double x = (point.x - half) * scale, y = (point.y - half) * scale;
        return {centre.x + x * cosine - y * sine, centre.y + x * sine + y * cosine};
    }
    std::vector<Spot> spots(const std::vector<assets::IconPoint>& points) const {
        std::vector<Spot> result;
        result.reserve(points.size());
        for (const auto& point : points) result.push_back(spot(point));
        return result;
    }
    void operator()(const assets::Disc& it) const {
        painter.disc(spot(it.centre), it.radius * scale, colour);
    }
    void operator()(const assets::Stroke& it) const {
        painter.line(spots(it.points), it.width * scale, colour, it.closed);
    }
    void operator()(const assets::Area& it) const { painter.area(spots(it.points), colour); }
};

}  // namespace

void Painter::icon(assets::IconName name, const Box& box, Rgb colour, Rgb ground, double turned) {
    const assets::Icon& icon = assets::find_icon(name);
    const double angle = turned * std::numbers::pi / 180;
    for (const auto& [shape, cut] : icon.shapes) {
        std::visit(IconPen{*this, box.centre(), box.w / icon.box, icon.box / 2, std::cos(angle),
                           std::sin(angle), cut ? ground : colour},
                   shape);
    }
    impl_->drawn.push_back({Drawn::Kind::icon, std::to_string(static_cast<int>(name)), box});
}

void Painter::preview(const scanner::Preview& preview, const Box& box, double radius) {
    impl_->draw_preview(preview, box, radius);
}

void Painter::forget_preview() { impl_->forget_preview(); }

Spot Painter::preview_spot(const scanner::Preview& preview, const Box& box,
                           const scanner::Point& point) {
    const Box part = shown_part(preview, box);
    return {box.right() - (point.x - part.x) / part.w * box.w,
            box.y + (point.y - part.y) / part.h * box.h};
}

bool Painter::touched(std::string_view name, const Box& box) { return impl_->button(name, box); }

std::optional<Spot> Painter::touched_at(std::string_view name, const Box& box) {
    return impl_->button(name, box) ? std::optional(impl_->finger(box)) : std::nullopt;
}

bool Painter::held(std::string_view name, const Box& box) {
    impl_->button(name, box);
    const double part =
        ImGui::IsItemActive() ? ImGui::GetIO().MouseDownDuration[0] / hold_seconds : 0;
    impl_->held_part = std::clamp(part, 0.0, 1.0);
    return part >= 1;
}

double Painter::held_part() const { return impl_->held_part; }

void Painter::focus(std::optional<int> number) { impl_->focus = number; }
void Painter::activate() { impl_->activated = true; }
int Painter::touchables() const { return impl_->touchables; }
bool Painter::by_key() const { return impl_->by_key; }

bool Painter::finger_down() { return ImGui::IsMouseDown(ImGuiMouseButton_Left); }

const std::vector<Drawn>& Painter::drawn() const { return impl_->drawn; }
std::optional<Region> Painter::region_of(std::initializer_list<std::string_view> names) const {
    return impl_->region_of(names);
}
void Painter::keep_textures() { impl_->keep_textures(); }
std::uint64_t Painter::textures_made() const { return impl_->textures_made(); }
std::size_t Painter::texture_bytes() const { return impl_->texture_bytes(); }

}  // namespace hudoor::kiosk
