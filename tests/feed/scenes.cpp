#include "tests/feed/scenes.hpp"

#include <algorithm>
#include <cmath>

#include "config/fault.hpp"
#include "tests/feed/props.hpp"

namespace hudoor::feed {
namespace {

constexpr double coming_s = 0.45;
constexpr double leaving_s = 0.4;
/// Where people stand, from the camera: before it, behind whom is there, and at the door.
constexpr double front_mm = 900;
constexpr double second_mm = 1850;
constexpr double third_mm = 2700;
constexpr double door_mm = 4600;

/// One person or more of the demo, as it is written down.
struct Scene {
    Showing showing{};
    Difficulty difficulty = Difficulty::none;
    bool phone = false;
    double after_s = 0;  ///< how long the hall is empty before, beyond the pace
};

/// Fixed, so that everything occurs and results have their time; the seed chooses people and hands.
const std::vector<Scene>& demo_scenes() {
    using enum Showing;
    using enum Difficulty;
    static const std::vector<Scene> scenes{
        {valid},
        {valid},
        {valid, none, true},
        {already_in},
        {wrong_session},
        {valid, moving},
        {valid, too_far},
        {other_code},
        {valid},
        {revoked},
        {valid, small, false, 5},
        {two_at_once},
        {valid},
        {noted},
        {valid, glare},
        {valid},
        {replaced},
        {valid, tilted},
        {valid, back_side},
        {not_on_list},
        {valid, inverted_phone},
        {cancelled},
        {valid, noisy, false, 6},
        {other_code},
        {valid},
        {expired},
        {valid},
        {wrong_event},
        {valid, none, true},
        {forged},
        {valid},
        {already_in},
    };
    return scenes;
}

/// How long its answer is read before the next badge comes.
double pace_s(Showing showing) {
    switch (showing) {
        case Showing::valid:
        case Showing::leaving:
            return 1.6;
        case Showing::already_in:
        case Showing::other_code:
        case Showing::two_at_once:
            return 2.4;
        default:
            return 3.4;
    }
}

class Director {
public:
    Director(const Cast& cast, const storage::SigningKey& key, const PlanOptions& options)
        : random_(options.seed), props_(cast, key, random_) {
        plan_.options = options;
        plan_.event_name = cast.event_name;
    }

    /// `held_s`: at rest, rightly held.
    void add(const Scene& scene, double enters_s, double held_s) {
        Appearance appearance;
        appearance.showing = scene.showing;
        appearance.difficulty = scene.difficulty;
        appearance.phone = scene.phone || scene.difficulty == Difficulty::inverted_phone;
        appearance.inverted = scene.difficulty == Difficulty::inverted_phone;
        set_view(appearance);
        set_times(appearance, enters_s, held_s);
        set_codes(appearance);
        plan_.appearances.push_back(std::move(appearance));
    }

    /// When the last one has left the view.
    [[nodiscard]] double gone_s() const {
        return plan_.appearances.empty() ? 0 : seconds(plan_.appearances.back().gone);
    }

    void set_light(double at_s, double light) { plan_.light.push_back({frames(at_s), light}); }

    /// Writes down who walks where. Whoever comes less than `queue_s` behind another stands behind.
    Plan finish(double queue_s, double after_s) {
        for (std::size_t index = 0; index < plan_.appearances.size(); ++index)
            plan_.walkers.push_back(make_walker(index, queue_s));
        plan_.frames = plan_.appearances.back().gone + frames(after_s);
        return std::move(plan_);
    }

private:
    [[nodiscard]] int frames(double seconds) const {
        return static_cast<int>(std::lround(seconds * plan_.options.fps));
    }
    [[nodiscard]] double seconds(int frames) const {
        return static_cast<double>(frames) / plan_.options.fps;
    }
    /// Distances are planned for a picture 720 pixels high.
    [[nodiscard]] double scale() const { return plan_.options.size.height / 720.0; }

    void set_view(Appearance& appearance) {
        appearance.module_px = scale() * random_.between(3.0, 3.7);
        appearance.tilt_deg = random_.between(2, 16);
        appearance.tilt_towards_deg = random_.between(0, 360);
        appearance.turn_deg = random_.between(-9, 7);
        appearance.wobble_phase = random_.between(0, 6);
        appearance.noise_sigma = random_.between(2, 3.5);
        appearance.defocus_px = scale() * random_.between(0.4, 0.7);
        appearance.shutter = random_.between(0.15, 0.3);
        appearance.comes_from = {random_.between(0, 0.1) * plan_.options.size.width,
                                 1.0 * plan_.options.size.height};
        appearance.goes_to = {0, 1.0 * plan_.options.size.height};
        set_difficulty(appearance);
    }

    void set_difficulty(Appearance& appearance) {
        switch (appearance.difficulty) {
            case Difficulty::small:
                appearance.module_px = random_.between(2.4, 2.55);
                appearance.defocus_px = random_.between(0.3, 0.45);
                break;
            case Difficulty::tilted:
                appearance.tilt_deg = random_.between(41, 45);
                appearance.module_px = scale() * random_.between(4.2, 4.6);
                break;
            case Difficulty::moving:
                appearance.module_px = scale() * random_.between(3.4, 3.8);
                appearance.shutter = random_.between(0.4, 0.5);
                appearance.shake_px = appearance.module_px * random_.between(7, 8.5);
                break;
            case Difficulty::noisy:
                appearance.noise_sigma = random_.between(10.5, 12);
                appearance.light = random_.between(0.65, 0.75);
                appearance.module_px = scale() * random_.between(3.8, 4.2);
                break;
            case Difficulty::glare:
                appearance.glare_corner = static_cast<int>(random_.below(3));
                break;
            case Difficulty::none:
            case Difficulty::inverted_phone:
            case Difficulty::back_side:
            case Difficulty::too_far:
                break;
        }
    }

    /// Those who are to be told how, hold it wrongly for a while first: so long that they are told.
    void set_times(Appearance& appearance, double enters_s, double held_s) {
        double wrongly_s = 0;
        if (appearance.difficulty == Difficulty::back_side) wrongly_s = 3.2;
        if (appearance.difficulty == Difficulty::too_far) wrongly_s = 2.4;
        appearance.abrupt = appearance.showing == Showing::two_at_once;
        appearance.enters = frames(enters_s);
        appearance.held = appearance.enters + frames(appearance.abrupt ? 0.2 : coming_s);
        if (wrongly_s > 0) appearance.righted = appearance.held + frames(wrongly_s);
        appearance.leaves = appearance.held + frames(wrongly_s + held_s);
        appearance.gone = appearance.leaves + frames(appearance.abrupt ? 0.23 : leaving_s);
    }

    void set_codes(Appearance& appearance) {
        const Size size = plan_.options.size;
        const auto add_code = [&](double x, double y) {
            ShownCode code = props_.make_code(appearance.showing, appearance.gone);
            code.hold = {size.width * x, size.height * y};
            appearance.codes.push_back(std::move(code));
        };
        if (appearance.showing == Showing::two_at_once) {
            appearance.module_px = scale() * 3.4;
            appearance.tilt_deg = appearance.turn_deg = 1;
            appearance.comes_from = appearance.goes_to = {0, 0.9 * size.height};
            add_code(0.25, 0.52);
            add_code(0.62, 0.52);
        } else {
            add_code(random_.between(0.46, 0.52), random_.between(0.54, 0.6));
        }
        const CastMember& bearer = appearance.codes[0].bearer;
        appearance.look = choose_look(bearer.country, bearer.woman, random_);
        if (appearance.showing == Showing::already_in) appearance.look = look_before(bearer);
    }

    /// Who comes again wears the same.
    [[nodiscard]] Look look_before(const CastMember& bearer) const {
        const auto before = std::find_if(
            plan_.appearances.begin(), plan_.appearances.end(), [&](const Appearance& earlier) {
                return earlier.codes[0].bearer.attendee_id == bearer.attendee_id;
            });
        ENSURE(before != plan_.appearances.end());
        return before->look;
    }

    /// To the front just before the badge is raised, and off to the left once it is lowered. The
    /// face stays free beside the badge.
    Walker make_walker(std::size_t index, double queue_s) {
        const auto& all = plan_.appearances;
        const Appearance& own = all[index];
        const auto gap_s = [&](std::size_t behind) {
            return index < behind ? 1e9 : seconds(own.enters - all[index - behind].gone);
        };
        const double aside = random_.between(-40, 40);
        const bool from_left = random_.chance(0.3);
        const int arrives = own.enters - frames(0.05);
        const int turns = own.gone + frames(0.35);
        Walker walker{own.look, {}, random_.between(0, 6)};
        int first = arrives - frames(2.6);
        if (gap_s(1) < queue_s) {
            // Steps forward as the one before walks off.
            const int second = all[index - 1].enters + frames(0.4);
            const int steps_up = std::max(arrives - frames(1.0), all[index - 1].gone - frames(0.1));
            const bool third = gap_s(2) < queue_s + 2;
            if (third) walker.steps.push_back({second - frames(1.1), 620 + aside, third_mm});
            walker.steps.push_back({second, 400 + aside, second_mm});
            walker.steps.push_back({steps_up, 400 + aside, second_mm});
            first = walker.steps.front().frame - frames(third ? 1.3 : 1.8);
        }
        walker.steps.insert(walker.steps.begin(),
                            {first, from_left ? -2700.0 : 700 + 4 * aside, door_mm});
        walker.steps.push_back({arrives, -205 + aside, front_mm});
        walker.steps.push_back({turns, -205 + aside, front_mm});
        walker.steps.push_back({turns + frames(1.3), -1750, 1300});
        return walker;
    }

    Random random_;
    Props props_;
    Plan plan_;
};

}  // namespace

Plan make_demo_plan(const Cast& cast, const storage::SigningKey& key, const PlanOptions& options) {
    Director director(cast, key, options);
    double enters_s = 4.5;
    for (const Scene& scene : demo_scenes()) {
        if (scene.after_s > 0) {
            // Somebody dims the lamps of the empty hall, and turns them up again.
            director.set_light(enters_s, 1);
            director.set_light(enters_s + 0.5, 0.72);
            director.set_light(enters_s + scene.after_s - 3, 0.72);
            director.set_light(enters_s + scene.after_s - 2, 1);
        }
        director.add(scene, enters_s + scene.after_s, 1.9);
        enters_s = director.gone_s() + pace_s(scene.showing);
    }
    return director.finish(3, 4.5);
}

Plan make_leaving_plan(const Cast& cast, const storage::SigningKey& key,
                       const PlanOptions& options) {
    Director director(cast, key, options);
    for (int guest = 0; guest < 3; ++guest)
        director.add({Showing::leaving}, guest == 0 ? 3.5 : director.gone_s() + 1.6, 1.4);
    return director.finish(3, 3.5);
}

Plan make_rush_plan(const Cast& cast, const storage::SigningKey& key, const PlanOptions& options,
                    double every_s) {
    if (options.appearances < 1 || every_s < 2)
        throw Fault(ExitCode::usage, "badges come one each 2 s at most");
    Director director(cast, key, options);
    for (int index = 0; index < options.appearances; ++index) {
        const bool elsewhere = index % 8 == 7;
        director.add({elsewhere ? Showing::wrong_session : Showing::valid}, 3 + index * every_s,
                     every_s - coming_s - leaving_s - 0.7);
    }
    return director.finish(every_s, 4);
}

}  // namespace hudoor::feed
