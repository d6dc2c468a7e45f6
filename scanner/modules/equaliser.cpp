#include "scanner/modules/equaliser.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/modules/function_modules.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t pairs = 12;            // of modules that lie opposite each other
constexpr std::size_t unknowns = 4 + pairs;  // light, light across, light down, the module itself
constexpr float stiffness = 0.02F,
                own_stiffness = 0.01F;    // of the known modules, against wild blurs
constexpr float least_explained = 0.75F;  // of the known modules' variance
constexpr float least_blur = 1;  // a module's neighbours against itself; of less others take care
constexpr int sweeps = 20;
// What they cost in looks, for each module.
constexpr std::int64_t learning = 6, settling = 100;
constexpr float stride = 1.6F;  // a little too far at a time is there sooner (over-relaxation)

/// Blur is the same to both sides: the opposite module has as much in it.
constexpr std::array<std::array<int, 2>, pairs> ways{{{1, 0},
                                                      {0, 1},
                                                      {1, 1},
                                                      {-1, 1},
                                                      {2, 0},
                                                      {0, 2},
                                                      {2, 1},
                                                      {-2, 1},
                                                      {1, 2},
                                                      {-1, 2},
                                                      {2, 2},
                                                      {-2, 2}}};

using Row = std::array<double, unknowns>;

/// Least squares, as sums over all that was seen.
struct Equations {
    std::array<Row, unknowns> products{};
    Row right{};
    double squares = 0, sum = 0;
    int count = 0;

    void add(const Row& row, double level) {
        for (std::size_t i = 0; i < unknowns; ++i) {
            for (std::size_t k = 0; k <= i; ++k) products[i][k] += row[i] * row[k];
            right[i] += row[i] * level;
        }
        squares += level * level;
        sum += level;
        ++count;
    }

    /// By Cholesky's factors, in place. False where the sums do not tell.
    [[nodiscard]] bool solve(Row& solution) {
        for (std::size_t i = 0; i < unknowns; ++i)
            for (std::size_t k = 0; k <= i; ++k) {
                double value = products[i][k];
                for (std::size_t j = 0; j < k; ++j) value -= products[i][j] * products[k][j];
                if (i == k && value <= 0) return false;
                products[i][k] = i == k ? std::sqrt(value) : value / products[k][k];
            }
        for (std::size_t i = 0; i < unknowns; ++i) {
            solution[i] = right[i];
            for (std::size_t j = 0; j < i; ++j) solution[i] -= products[i][j] * solution[j];
            solution[i] /= products[i][i];
        }
        for (std::size_t i = unknowns; i-- > 0;) {
            for (std::size_t j = i + 1; j < unknowns; ++j)
                solution[i] -= products[j][i] * solution[j];
            solution[i] /= products[i][i];
        }
        return true;
    }
};

/// -0.5 to 0.5 across the code.
float way_of(int module, int modules) {
    return static_cast<float>(module) / static_cast<float>(modules) - 0.5F;
}

}  // namespace

std::span<const float> Equaliser::equalise(std::span<const float> levels, int version,
                                           Effort& effort) {
    modules_ = modules_of(version);
    const auto all = std::int64_t{modules_} * modules_;
    if (!effort.take(learning * all) || !learn_blur(levels, version)) return {};
    if (!effort.take(settling * all)) return {};
    take_away_light(levels);
    settle();
    return result_;
}

bool Equaliser::learn_blur(std::span<const float> levels, int version) {
    const auto width = static_cast<std::size_t>(modules_ + 2 * reach);
    known_.assign(width * width, -1);
    for (int y = 0; y < modules_; ++y)
        for (int x = 0; x < modules_; ++x) known_[place(x, y)] = 0;
    for (const auto& module : function_modules(version))
        known_[place(module.x, module.y)] = module.dark ? 1 : -1;

    Equations equations;
    for (int y = 0; y < modules_; ++y)
        for (int x = 0; x < modules_; ++x) {
            Row row{1, way_of(x, modules_), way_of(y, modules_), known_[place(x, y)]};
            bool is_known = row[3] != 0;
            for (std::size_t i = 0; i < pairs && is_known; ++i) {
                const float one = known_[place(x + ways[i][0], y + ways[i][1])],
                            other = known_[place(x - ways[i][0], y - ways[i][1])];
                is_known = one != 0 && other != 0;
                row[4 + i] = one + other;
            }
            if (is_known) equations.add(row, levels[static_cast<std::size_t>(y * modules_ + x)]);
        }
    const double variance = equations.squares - equations.sum * equations.sum / equations.count;
    if (equations.count < static_cast<int>(2 * unknowns) || variance < equations.count)
        return false;
    for (std::size_t i = 1; i < unknowns; ++i)
        equations.products[i][i] +=
            (i == 3 ? own_stiffness : stiffness) * static_cast<float>(equations.count);
    const Row right = equations.right;
    Row solution{};
    if (!equations.solve(solution)) return false;
    // What it explains of the variance; the stiffness takes a little of it.
    double explained = -equations.sum * equations.sum / equations.count;
    for (std::size_t i = 0; i < unknowns; ++i) explained += solution[i] * right[i];
    if (explained < least_explained * variance) return false;

    for (std::size_t i = 0; i < light_.size(); ++i) light_[i] = static_cast<float>(solution[i]);
    const auto set = [&](int x, int y, double value) {
        blur_[static_cast<std::size_t>((y + reach) * side + x + reach)] = static_cast<float>(value);
    };
    set(0, 0, solution[3]);
    for (std::size_t i = 0; i < pairs; ++i) {
        set(ways[i][0], ways[i][1], solution[4 + i]);
        set(-ways[i][0], -ways[i][1], solution[4 + i]);
    }
    energy_ = 0;
    float around = 0;
    for (const float weight : blur_) energy_ += weight * weight, around += std::abs(weight);
    const float own = std::abs(blur_[blur_.size() / 2]);
    return around - own >= least_blur * own;
}

/// What is left of the levels when light, known modules and the paper around have had their share.
void Equaliser::take_away_light(std::span<const float> levels) {
    ink_ = known_;
    rest_.assign(known_.size(), 0);
    auto level = levels.begin();
    for (int y = 0; y < modules_; ++y)
        for (int x = 0; x < modules_; ++x)
            rest_[place(x, y)] = *level++ - light_[0] - light_[1] * way_of(x, modules_) -
                                 light_[2] * way_of(y, modules_) - blurred(ink_, x, y);
}

/// Of the values around a module as much as there is of each in it. (Blur is the same both ways.)
float Equaliser::blurred(const std::vector<float>& values, int x, int y) const {
    const float* row = &values[place(x - reach, y - reach)];
    float sum = 0;
    for (std::size_t j = 0; j < side; ++j, row += modules_ + 2 * reach)
        for (std::size_t i = 0; i < side; ++i) sum += blur_[j * side + i] * row[i];
    return sum;
}

/// Its ink is `more`: so much less is left around it, as far as the code goes.
void Equaliser::explain(int x, int y, float more) {
    const int top = std::max(-reach, -y), bottom = std::min(reach, modules_ - 1 - y);
    const int left = std::max(-reach, -x), right = std::min(reach, modules_ - 1 - x);
    for (int j = top; j <= bottom; ++j) {
        float* rest = &rest_[place(x, y + j)];
        const float* blur = &blur_[static_cast<std::size_t>((j + reach) * side + reach)];
        for (int i = left; i <= right; ++i) rest[i] -= more * blur[i];
    }
}

/// Each module in turn to what explains the levels around it best: least squares within bounds, by
/// coordinate descent.
void Equaliser::settle() {
    for (int sweep = 0; sweep < sweeps; ++sweep)
        for (int y = 0; y < modules_; ++y)
            for (int x = 0; x < modules_; ++x) {
                if (known_[place(x, y)] != 0) continue;
                float& ink = ink_[place(x, y)];
                const float wanted = ink + stride / energy_ * blurred(rest_, x, y);
                const float more = std::clamp(wanted, -1.0F, 1.0F) - ink;
                if (more == 0) continue;
                ink += more;
                explain(x, y, more);
            }
    result_.resize(static_cast<std::size_t>(modules_ * modules_));
    auto to = result_.begin();
    for (int y = 0; y < modules_; ++y)
        for (int x = 0; x < modules_; ++x)
            *to++ = ink_[place(x, y)] + blurred(rest_, x, y) / energy_;
}

}  // namespace hudoor::scanner
