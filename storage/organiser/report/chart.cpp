#include "storage/organiser/report/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace hudoor::organiser {

namespace {

struct LineStyle {
    const char* colour;
    const char* dash;
    enum class Marker { disc, square, triangle, diamond } marker;
};
using Marker = LineStyle::Marker;

/// From the colours of visual.md; after the last they begin anew with the next marker.
constexpr std::array styles{LineStyle{"#1d3461", "none", Marker::disc},
                            LineStyle{"#00796b", "9 5", Marker::square},
                            LineStyle{"#8a5a00", "2 4", Marker::triangle},
                            LineStyle{"#8e1b16", "12 4 2 4", Marker::diamond},
                            LineStyle{"#465066", "5 3", Marker::disc},
                            LineStyle{"#6b2f78", "1 3", Marker::square}};

const LineStyle& style_of(std::size_t index) { return styles[index % styles.size()]; }

constexpr double left = 46;
constexpr double right = 974;
constexpr double top = 12;
constexpr double bottom = 216;

std::string number(double value) {
    char text[24];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string marker(const LineStyle& style, double x, double y) {
    const auto points = [&](std::initializer_list<std::pair<double, double>> offsets) {
        std::string all;
        for (const auto& [dx, dy] : offsets) all += number(x + dx) + "," + number(y + dy) + " ";
        return "<polygon points=\"" + all + "\" fill=\"" + style.colour + "\"/>";
    };
    switch (style.marker) {
        case Marker::disc:
            return "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"4.2\" fill=\"" +
                   style.colour + "\"/>";
        case Marker::square:
            return points({{-4, -4}, {4, -4}, {4, 4}, {-4, 4}});
        case Marker::triangle:
            return points({{0, -5}, {5, 4}, {-5, 4}});
        case Marker::diamond:
            return points({{0, -5}, {5, 0}, {0, 5}, {-5, 0}});
    }
    return {};
}

std::string stroke(const LineStyle& style) {
    return std::string("fill=\"none\" stroke=\"") + style.colour +
           "\" stroke-width=\"2.6\" stroke-linejoin=\"round\"" + " stroke-dasharray=\"" +
           style.dash + "\"";
}

std::string label(double x, double y, const char* anchor, const std::string& text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
           escape_html(text) + "</text>";
}

/// A round number above `most` that four lines divide.
std::uint32_t round_up(std::uint32_t most) {
    for (std::uint32_t unit = 1;; unit *= 10)
        for (const std::uint32_t factor : {4U, 8U, 10U, 12U, 20U})
            if (factor * unit >= most && factor * unit % 4 == 0) return factor * unit;
}

/// From one label of the axis to the next, so that about nine stand on it.
std::chrono::minutes label_every(std::size_t steps, std::chrono::minutes step) {
    for (const int width : {10, 20, 30, 60, 120, 180, 360})
        if (width >= step.count() &&
            steps * static_cast<std::size_t>(step.count()) <= 9U * static_cast<unsigned>(width))
            return std::chrono::minutes(width);
    return std::chrono::minutes(720);
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char sign : text) switch (sign) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped += sign;
        }
    return escaped;
}

std::string draw_sample(std::size_t index) {
    const LineStyle& style = style_of(index);
    return "<svg width=\"36\" height=\"14\" viewBox=\"0 0 36 14\" direction=\"ltr\" aria-hidden=\"true\"><path d=\"M1 7H35\" " +
           stroke(style) + "/>" + marker(style, 18, 7) + "</svg>";
}

std::string draw_arrivals(const ArrivalDay& day, std::chrono::minutes step,
                          const std::vector<ChartMark>& marks, const ReportWords& words) {
    std::size_t steps = 1;
    std::uint32_t most = 1;
    for (const auto& [place, counts] : day.by_place) {
        steps = std::max(steps, counts.size());
        for (const Arrivals& count : counts) most = std::max(most, count.people);
    }
    const std::uint32_t high = round_up(most);
    const auto x_of = [&](double at) {
        return steps < 2 ? (left + right) / 2
                         : left + (right - left) * at / static_cast<double>(steps - 1);
    };
    const auto y_of = [&](double count) { return bottom - (bottom - top) * count / high; };

    std::string svg =
        "<svg viewBox=\"0 0 1000 250\" role=\"img\" direction=\"ltr\" class=\"curve\">";
    for (std::uint32_t line = 0; line <= 4; ++line) {
        const double y = y_of(high / 4.0 * line);
        svg += "<path d=\"M" + number(left) + " " + number(y) + "H" + number(right) +
               "\" class=\"grid\"/>" + label(left - 10, y + 5, "end", grouped(high / 4 * line));
    }
    const auto every = label_every(steps, step);
    const auto past = storage::to_local(day.from, words.timezone()).of_day % every;
    for (auto at = past.count() == 0 ? past : every - past;
         at <= step * static_cast<int>(steps - 1); at += every)
        svg += label(x_of(static_cast<double>(at.count()) / static_cast<double>(step.count())),
                     bottom + 24, "middle", words.time(day.from + at));
    for (const ChartMark& mark : marks) {
        const double at = static_cast<double>((mark.at - day.from).count()) /
                          static_cast<double>(std::chrono::milliseconds(step).count());
        if (at < 0 || at > static_cast<double>(steps - 1)) continue;
        const bool late = x_of(at) > right - 200;
        svg += "<path d=\"M" + number(x_of(at)) + " " + number(top) + "V" + number(bottom) +
               "\" class=\"mark\"/>" +
               label(x_of(at) + (late ? -6 : 6), top + 12, late ? "end" : "start", mark.words);
    }
    std::size_t index = 0;
    for (const auto& [place, counts] : day.by_place) {
        const LineStyle& style = style_of(index++);
        std::string path;
        std::string markers;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double x = x_of(static_cast<double>(i));
            path += (i == 0 ? "M" : "L") + number(x) + " " + number(y_of(counts[i].people));
            if (steps <= 60) markers += marker(style, x, y_of(counts[i].people));
        }
        svg += "<path d=\"" + path + "\" " + stroke(style) + "/>" + markers;
    }
    return svg + "</svg>";
}

}  // namespace hudoor::organiser
