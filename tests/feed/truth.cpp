#include "tests/feed/truth.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iomanip>

#include "config/fault.hpp"
#include "tests/feed/path.hpp"

namespace hudoor::feed {
namespace {

const char* name_of(Difficulty difficulty) {
    switch (difficulty) {
        case Difficulty::none:
            return "none";
        case Difficulty::small:
            return "small";
        case Difficulty::tilted:
            return "tilted";
        case Difficulty::moving:
            return "moving";
        case Difficulty::noisy:
            return "noisy";
        case Difficulty::inverted_phone:
            return "inverted_phone";
        case Difficulty::glare:
            return "glare";
        case Difficulty::back_side:
            return "back_side";
        case Difficulty::too_far:
            return "too_far";
    }
    return "";
}

/// Every code, and none of them turned away or too far.
bool wholly_in_view(const Appearance& appearance, int frame, const PlanOptions& options) {
    if (frame < appearance.righted) return false;
    for (std::size_t code = 0; code < appearance.codes.size(); ++code)
        if (!lies_within(code_quad(appearance, code, frame, options, true), options.size))
            return false;
    return true;
}

double module_at(const Appearance& appearance, int frame, const PlanOptions& options) {
    return std::sqrt(area(code_quad(appearance, 0, frame, options, false))) /
           appearance.codes[0].qr.modules;
}

/// First frame at rest, rightly held.
int rests_from(const Appearance& appearance) {
    return std::max(appearance.held, appearance.righted);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// While held: the median module and the longest smear in modules.
std::pair<double, double> measure_held(const Appearance& appearance, const PlanOptions& options) {
    std::vector<double> modules;
    double motion = 0;
    for (int frame = rests_from(appearance) + 1; frame < appearance.leaves; ++frame) {
        const Point moved = smear_at(appearance, frame, options);
        modules.push_back(module_at(appearance, frame, options));
        motion = std::max(motion, std::hypot(moved.x, moved.y) / modules.back());
    }
    return {median(std::move(modules)), motion};
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char letter : cell)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + '"';
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    bool within = false;
    for (const char letter : line)
        if (letter == '"')
            within = !within;
        else if (letter == ',' && !within)
            cells.emplace_back();
        else
            cells.back() += letter;
    return cells;
}

constexpr std::size_t columns = 22;
constexpr const char* heading =
    "index,expect,difficulty,text,second_text,attendee_id,name_ar,name_en,first_frame,last_frame,"
    "held_frame,module_px,tilt_deg,motion_modules,noise_sigma,light,phone,inverted,glare,width_px,"
    "height_px,fps";

Truth parse_row(const std::vector<std::string>& cells) {
    const auto whole = [&](std::size_t column) { return std::stoi(cells[column]); };
    const auto real = [&](std::size_t column) { return std::stod(cells[column]); };
    const auto yes = [&](std::size_t column) { return cells[column] == "yes"; };
    return {whole(0), cells[1], cells[2],  cells[3],  cells[4],  cells[5], cells[6], cells[7],
            whole(8), whole(9), whole(10), real(11),  real(12),  real(13), real(14), real(15),
            yes(16),  yes(17),  yes(18),   whole(19), whole(20), whole(21)};
}

}  // namespace

Truth measure(const Plan& plan, std::size_t index, int file_begins) {
    const Appearance& appearance = plan.appearances[index];
    const PlanOptions& options = plan.options;
    Truth truth;
    truth.index = static_cast<int>(index);
    truth.expect = expectation(appearance.showing);
    truth.difficulty = name_of(appearance.difficulty);
    truth.text = appearance.codes[0].text;
    if (appearance.codes.size() > 1) truth.second_text = appearance.codes[1].text;
    truth.attendee_id = appearance.codes[0].bearer.attendee_id;
    truth.name_ar = appearance.codes[0].bearer.name.ar;
    truth.name_en = appearance.codes[0].bearer.name.en;
    int first = rests_from(appearance);
    while (wholly_in_view(appearance, first - 1, options)) --first;
    int last = appearance.leaves;
    while (wholly_in_view(appearance, last + 1, options)) ++last;
    truth.first_frame = first - file_begins;
    truth.last_frame = last - file_begins;
    truth.held_frame = rests_from(appearance) - file_begins;
    std::tie(truth.module_px, truth.motion_modules) = measure_held(appearance, options);
    truth.tilt_deg = appearance.tilt_deg;
    truth.noise_sigma = appearance.noise_sigma;
    truth.light = appearance.light;
    truth.phone = appearance.phone;
    truth.inverted = appearance.inverted;
    truth.glare = appearance.glare_corner.has_value();
    truth.width_px = options.size.width;
    truth.height_px = options.size.height;
    truth.fps = options.fps;
    return truth;
}

bool is_hard(const Truth& truth) {
    return truth.module_px <= 2.6 || truth.tilt_deg >= 40 || truth.motion_modules >= 1.5 ||
           truth.noise_sigma >= 10 || (truth.phone && truth.inverted) || truth.glare;
}

void write_truth(const std::vector<Truth>& truth, const std::filesystem::path& file) {
    std::ofstream out(file);
    const auto yes = [](bool value) { return value ? "yes" : "no"; };
    out << heading << '\n' << std::fixed << std::setprecision(2);
    for (const Truth& row : truth)
        out << row.index << ',' << row.expect << ',' << row.difficulty << ',' << quoted(row.text)
            << ',' << quoted(row.second_text) << ',' << row.attendee_id << ','
            << quoted(row.name_ar) << ',' << quoted(row.name_en) << ',' << row.first_frame << ','
            << row.last_frame << ',' << row.held_frame << ',' << row.module_px << ','
            << row.tilt_deg << ',' << row.motion_modules << ',' << row.noise_sigma << ','
            << row.light << ',' << yes(row.phone) << ',' << yes(row.inverted) << ','
            << yes(row.glare) << ',' << row.width_px << ',' << row.height_px << ',' << row.fps
            << '\n';
    out.close();
    if (!out) throw Fault(ExitCode::cannot_create, "cannot write the truth file " + file.string());
}

std::vector<Truth> read_truth(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line))
        throw Fault(ExitCode::no_input, "cannot read the truth file " + file.string());
    if (line != heading)
        throw Fault(ExitCode::bad_data, file.string() + ":1: not the heading of a truth file");
    std::vector<Truth> truth;
    while (std::getline(in, line)) {
        const auto cells = split(line);
        if (cells.size() != columns)
            throw Fault(ExitCode::bad_data,
                        file.string() + ": a row has the wrong number of columns");
        truth.push_back(parse_row(cells));
    }
    return truth;
}

}  // namespace hudoor::feed
