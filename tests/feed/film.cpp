#include "tests/feed/film.hpp"

#include <algorithm>
#include <cmath>

#include "tests/feed/hall.hpp"

namespace hudoor::feed {
namespace {

constexpr double calm_noise = 2;
constexpr int settling_frames = 10;

/// How much of the appearance's own light and noise there is: the camera's gain follows the hall
/// slowly before and after.
double presence(const Appearance& appearance, int frame) {
    const double before = appearance.enters - frame;
    const double after = frame - appearance.gone;
    return std::clamp(1 - std::max(before, after) / settling_frames, 0.0, 1.0);
}

double mixed(double calm, double own, double share) { return calm + (own - calm) * share; }

}  // namespace

Film::Film(const Plan& plan)
    : plan_(plan), hall_(draw_hall(plan.options.size, plan.options.seed)) {}

std::vector<Card> Film::draw_cards(const Appearance& appearance) const {
    std::vector<Card> cards;
    for (std::size_t code = 0; code < appearance.codes.size(); ++code)
        cards.push_back(draw_card(appearance, code, Face::front, plan_.event_name));
    if (appearance.difficulty == Difficulty::back_side)
        cards.push_back(draw_card(appearance, 0, Face::back, plan_.event_name));
    return cards;
}

Picture Film::picture(int frame, const Appearance& appearance,
                      const std::vector<Card>& cards) const {
    Picture picture = hall_;
    const double share = presence(appearance, frame);
    const double light = light_at(frame) * mixed(1, appearance.light, share);
    if (std::abs(light - 1) > 0.01) dim(picture, light);
    add_walkers(picture, frame, light);
    if (appearance.enters <= frame && frame < appearance.gone && !cards.empty())
        for (std::size_t code = 0; code < appearance.codes.size(); ++code)
            add_card(picture, frame, appearance, code,
                     shows_back(appearance, frame, plan_.options.fps) ? cards.back() : cards[code]);
    grain_.add(picture.luma, mixed(calm_noise, appearance.noise_sigma, share),
               plan_.options.seed * 1'000'003u + static_cast<std::uint64_t>(frame));
    return picture;
}

double Film::light_at(int frame) const {
    LightStep before;
    for (const LightStep& step : plan_.light) {
        if (frame < step.frame)
            return std::lerp(
                before.light, step.light,
                static_cast<double>(frame - before.frame) / (step.frame - before.frame));
        before = step;
    }
    return before.light;
}

void Film::call_walkers(int begin, int end) {
    for (std::size_t index = 0; index < plan_.walkers.size(); ++index) {
        const Walker& walker = plan_.walkers[index];
        const bool comes = walker.steps.front().frame < end && begin <= walker.steps.back().frame;
        if (!comes)
            figures_.erase(index);
        else if (!figures_.contains(index))
            figures_.emplace(index, draw_figure(walker.look));
    }
}

/// The farthest first.
void Film::add_walkers(Picture& picture, int frame, double light) const {
    std::vector<std::pair<Stand, const Figure*>> seen;
    for (const auto& [index, figure] : figures_)
        if (const auto stand =
                stand_at(plan_.walkers[index], frame, plan_.options.size, plan_.options.fps))
            seen.emplace_back(*stand, &figure);
    std::sort(seen.begin(), seen.end(),
              [](const auto& a, const auto& b) { return a.first.px_per_mm < b.first.px_per_mm; });
    for (const auto& [stand, figure] : seen)
        paint_figure(*figure, stand.top, stand.px_per_mm, light, picture);
}

void Film::add_card(Picture& picture, int frame, const Appearance& appearance, std::size_t code,
                    const Card& card) const {
    const Projection texture_to_frame =
        card_to_frame(appearance, code, frame, plan_.options).after(card.texture_to_card);
    const Point moved = smear_at(appearance, frame, plan_.options);
    const Quad quad =
        project(texture_to_frame, {0, 0},
                {static_cast<double>(card.texels.width), static_cast<double>(card.texels.height)});
    // Half the smear reaches beyond the card.
    const double margin = std::hypot(moved.x, moved.y) / 2 + 2;
    const Size half{plan_.options.size.width / 2, plan_.options.size.height / 2};
    const Box box = bounds(quad, margin, {half.width * 2, half.height * 2});
    if (box.empty()) return;
    const Box half_box{box.left / 2, box.top / 2, std::min(half.width, (box.right + 1) / 2),
                       std::min(half.height, (box.bottom + 1) / 2)};

    Layer luma = warp(card.textures.luma, texture_to_frame.inverse(), box);
    if (const auto glare = glare_at(appearance, frame, plan_.options)) {
        const double side = appearance.module_px * appearance.codes[code].qr.modules;
        add_glare(luma, {*glare, 0.13 * side, 1.4});
    }
    smear(luma, moved);
    lay(luma, 0, card.glows ? 0.95 : appearance.light, picture.luma);

    const Projection half_texture_to_half_frame =
        Projection::scale(0.5).after(texture_to_frame).after(Projection::scale(2));
    Layer colour = warp(card.textures.colour, half_texture_to_half_frame.inverse(), half_box);
    smear(colour, moved * 0.5);
    lay(colour, 0, appearance.light, picture.blue);
    lay(colour, 1, appearance.light, picture.red);
}

}  // namespace hudoor::feed
