#include "tests/feed/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "config/fault.hpp"
#include "tests/feed/props.hpp"

namespace hudoor::feed {
namespace {

constexpr double before_first_s = 1.0;
constexpr double between_s = 0.8;
constexpr double after_last_s = 1.5;
constexpr double coming_s = 0.2;
constexpr double leaving_s = 0.23;
/// The repeat gate takes a badge again 5 s after it passed.
constexpr double again_after_s = 6.0;

struct Share {
    Showing showing;
    int in_forty;
};
/// The rest are valid.
constexpr std::array<Share, 9> shares{{{Showing::already_in, 4},
                                       {Showing::wrong_session, 4},
                                       {Showing::revoked, 2},
                                       {Showing::replaced, 2},
                                       {Showing::expired, 2},
                                       {Showing::forged, 2},
                                       {Showing::wrong_event, 2},
                                       {Showing::other_code, 3},
                                       {Showing::two_at_once, 2}}};
constexpr int each_difficulty_in_forty = 3;

int scaled(int in_forty, int appearances) {
    return std::max(1, static_cast<int>(std::lround(in_forty * appearances / 40.0)));
}

/// Difficulties in random order; the easy rest follows them into the shuffle.
std::vector<Difficulty> deal_difficulties(int appearances, Random& random) {
    std::vector<Difficulty> dealt;
    for (const Difficulty difficulty :
         {Difficulty::small, Difficulty::tilted, Difficulty::moving, Difficulty::noisy,
          Difficulty::inverted_phone, Difficulty::glare})
        dealt.insert(dealt.end(),
                     static_cast<std::size_t>(scaled(each_difficulty_in_forty, appearances)),
                     difficulty);
    // Two at once are always easy, so they take none of these.
    const int single = appearances - scaled(2, appearances);
    dealt.resize(static_cast<std::size_t>(single), Difficulty::none);
    random.shuffle(dealt);
    return dealt;
}

class Planner {
public:
    Planner(const Cast& cast, const storage::SigningKey& key, const PlanOptions& options)
        : random_(options.seed), props_(cast, key, random_) {
        plan_.options = options;
        plan_.event_name = cast.event_name;
    }

    Plan make() {
        const int count = plan_.options.appearances;
        std::vector<Showing> left = deal_showings(count);
        std::vector<Difficulty> difficulties = deal_difficulties(count, random_);
        int frame = frames(before_first_s);
        for (int index = 0; index < count; ++index) {
            Appearance appearance;
            appearance.showing = draw_showing(left, index, frame);
            if (appearance.showing != Showing::two_at_once) {
                appearance.difficulty = difficulties.back();
                difficulties.pop_back();
            }
            set_view(appearance);
            set_times(appearance, frame);
            set_codes(appearance);
            frame = appearance.gone + frames(between_s);
            plan_.appearances.push_back(std::move(appearance));
        }
        plan_.frames = plan_.appearances.back().gone + frames(after_last_s);
        return std::move(plan_);
    }

private:
    [[nodiscard]] int frames(double seconds) const {
        return static_cast<int>(std::lround(seconds * plan_.options.fps));
    }
    /// Distances are planned for a picture 720 pixels high.
    [[nodiscard]] double scale() const { return plan_.options.size.height / 720.0; }

    static std::vector<Showing> deal_showings(int count) {
        std::vector<Showing> dealt;
        for (const Share& share : shares)
            dealt.insert(dealt.end(), static_cast<std::size_t>(scaled(share.in_forty, count)),
                         share.showing);
        dealt.resize(static_cast<std::size_t>(count), Showing::valid);
        return dealt;
    }

    /// Any of those left that can be shown now; the first two are valid, so that somebody can come
    /// again.
    Showing draw_showing(std::vector<Showing>& left, int index, int frame) {
        const auto possible = [&](Showing showing) {
            if (index < 2) return showing == Showing::valid;
            return showing != Showing::already_in ||
                   props_.anyone_again(frame, frames(again_after_s));
        };
        random_.shuffle(left);
        const auto chosen = std::find_if(left.begin(), left.end(), possible);
        ENSURE(chosen != left.end());
        const Showing showing = *chosen;
        left.erase(chosen);
        return showing;
    }

    void set_view(Appearance& appearance) {
        set_easy_view(appearance);
        switch (appearance.difficulty) {
            case Difficulty::none:
            case Difficulty::back_side:
            case Difficulty::too_far:
                break;
            case Difficulty::small:
                set_small(appearance);
                break;
            case Difficulty::tilted:
                set_tilted(appearance);
                break;
            case Difficulty::moving:
                set_moving(appearance);
                break;
            case Difficulty::noisy:
                appearance.noise_sigma = random_.between(10.5, 14);
                appearance.light = random_.between(0.65, 0.85);
                appearance.module_px = scale() * random_.between(3.8, 4.8);
                break;
            case Difficulty::inverted_phone:
                appearance.phone = appearance.inverted = true;
                appearance.module_px = scale() * random_.between(3.4, 4.6);
                break;
            case Difficulty::glare:
                appearance.glare_corner = static_cast<int>(random_.below(3));
                appearance.module_px = scale() * random_.between(3.6, 4.6);
                break;
        }
    }

    void set_easy_view(Appearance& appearance) {
        appearance.phone = random_.chance(0.3);
        appearance.module_px = scale() * random_.between(3.2, 5.2);
        appearance.tilt_deg = random_.between(2, 22);
        appearance.tilt_towards_deg = random_.between(0, 360);
        appearance.turn_deg = random_.between(-12, 12);
        appearance.wobble_phase = random_.between(0, 6);
        appearance.noise_sigma = random_.between(2, 4.5);
        appearance.light = random_.between(0.75, 1.05);
        appearance.defocus_px = scale() * random_.between(0.4, 0.8);
        appearance.shutter = random_.between(0.15, 0.3);
        const Size size = plan_.options.size;
        appearance.comes_from = random_.chance(0.7) ? Point{0, 0.9 * size.height}
                                                    : Point{0.75 * size.width, 0.3 * size.height};
        appearance.goes_to = random_.chance(0.7) ? Point{0, 0.9 * size.height}
                                                 : Point{-0.75 * size.width, 0.3 * size.height};
    }

    /// Held far away. The sharpness of a small code does not grow with the picture.
    void set_small(Appearance& appearance) {
        appearance.module_px = random_.between(2.3, 2.55);
        appearance.tilt_deg = random_.between(0, 12);
        appearance.defocus_px = random_.between(0.3, 0.45);
        appearance.noise_sigma = random_.between(2, 3.5);
        appearance.light = random_.between(0.85, 1.05);
    }

    void set_tilted(Appearance& appearance) {
        appearance.tilt_deg = random_.between(42, 47);
        appearance.module_px = scale() * random_.between(4.4, 5.2);
        appearance.noise_sigma = random_.between(2, 3.5);
    }

    /// The hand still shakes on arrival: the smear is the way of shake_px's steepest frame.
    void set_moving(Appearance& appearance) {
        appearance.module_px = scale() * random_.between(3.6, 4.6);
        appearance.shutter = random_.between(0.4, 0.5);
        appearance.shake_px = appearance.module_px * random_.between(7, 8.5);
    }

    void set_times(Appearance& appearance, int frame) {
        const bool slow = appearance.difficulty == Difficulty::moving ||
                          appearance.difficulty == Difficulty::glare;
        appearance.abrupt = appearance.showing == Showing::two_at_once;
        appearance.enters = frame;
        appearance.held = frame + frames(coming_s);
        appearance.leaves =
            appearance.held + frames(slow ? random_.between(1.3, 1.6) : random_.between(0.9, 1.5));
        appearance.gone = appearance.leaves + frames(leaving_s);
    }

    void set_codes(Appearance& appearance) {
        const Size size = plan_.options.size;
        if (appearance.showing == Showing::two_at_once) return set_two_codes(appearance);
        appearance.codes.push_back(props_.make_code(appearance.showing, appearance.gone));
        appearance.codes.back().hold = {size.width * random_.between(0.4, 0.6),
                                        size.height * random_.between(0.44, 0.56)};
    }

    /// Held side by side by one person, both easy: a reader that sees one of them sees the other.
    void set_two_codes(Appearance& appearance) {
        const Size size = plan_.options.size;
        appearance.phone = false;
        appearance.module_px = scale() * random_.between(3.4, 3.8);
        appearance.tilt_deg = random_.between(0, 6);
        appearance.turn_deg = random_.between(-4, 4);
        appearance.noise_sigma = 2;
        appearance.defocus_px = scale() * 0.4;
        appearance.light = 1;
        appearance.comes_from = appearance.goes_to = {0, 0.9 * size.height};
        for (const double x : {0.25, 0.62}) {
            appearance.codes.push_back(props_.make_code(appearance.showing, appearance.gone));
            appearance.codes.back().hold = {size.width * x, size.height * 0.5};
        }
    }

    Random random_;
    Props props_;
    Plan plan_;
};

}  // namespace

Plan make_plan(const Cast& cast, const storage::SigningKey& key, const PlanOptions& options) {
    if (options.appearances < 12)
        throw Fault(ExitCode::usage,
                    "a feed has at least 12 appearances, so that each kind occurs");
    return Planner(cast, key, options).make();
}

}  // namespace hudoor::feed
