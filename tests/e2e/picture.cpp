#include "tests/e2e/picture.hpp"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "storage/organiser/event/store.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::e2e {

namespace {

/// Ink from 0 (ground) to 1; rows top first.
struct Ink {
    int width = 0;
    int height = 0;
    std::vector<double> values;

    [[nodiscard]] double at(int x, int y) const {
        return values[static_cast<std::size_t>(y * width + x)];
    }
};

/// How far each pixel is from the colour of the top left one.
Ink read_ink(const std::filesystem::path& file) {
    GError* error = nullptr;
    GdkPixbuf* picture = gdk_pixbuf_new_from_file(file.c_str(), &error);
    if (!picture) throw std::runtime_error("cannot read " + file.string() + ": " + error->message);
    Ink ink{gdk_pixbuf_get_width(picture), gdk_pixbuf_get_height(picture), {}};
    const int stride = gdk_pixbuf_get_rowstride(picture);
    const int channels = gdk_pixbuf_get_n_channels(picture);
    const guchar* pixels = gdk_pixbuf_read_pixels(picture);
    for (int y = 0; y < ink.height; ++y)
        for (int x = 0; x < ink.width; ++x) {
            const guchar* pixel = pixels + y * stride + x * channels;
            double distance = 0;
            for (int c = 0; c < 3; ++c) distance += std::abs(pixel[c] - pixels[c]);
            ink.values.push_back(distance / 765.0);
        }
    g_object_unref(picture);
    const double most = *std::max_element(ink.values.begin(), ink.values.end());
    for (double& value : ink.values) value /= most;
    return ink;
}

bool row_has_ink(const Ink& ink, int y) {
    for (int x = 0; x < ink.width; ++x)
        if (ink.at(x, y) > 0.3) return true;
    return false;
}

/// The part from `top` to `bottom`, cut down to its ink.
Ink crop(const Ink& ink, int top, int bottom) {
    int left = ink.width;
    int right = 0;
    int first = bottom;
    int last = top;
    for (int y = top; y < bottom; ++y)
        for (int x = 0; x < ink.width; ++x)
            if (ink.at(x, y) > 0.3) {
                left = std::min(left, x);
                right = std::max(right, x + 1);
                first = std::min(first, y);
                last = std::max(last, y + 1);
            }
    Ink part{right - left, last - first, {}};
    for (int y = first; y < last; ++y)
        for (int x = left; x < right; ++x) part.values.push_back(ink.at(x, y));
    return part;
}

/// Area-averaged to a common size.
Ink scale(const Ink& ink, int width, int height) {
    Ink small{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int x0 = x * ink.width / width;
            const int y0 = y * ink.height / height;
            const int x1 = std::max(x0 + 1, (x + 1) * ink.width / width);
            const int y1 = std::max(y0 + 1, (y + 1) * ink.height / height);
            double sum = 0;
            for (int v = y0; v < y1; ++v)
                for (int u = x0; u < x1; ++u) sum += ink.at(u, v);
            small.values.push_back(sum / ((x1 - x0) * (y1 - y0)));
        }
    return small;
}

double correlation(const Ink& one, const Ink& other) {
    constexpr int width = 300;
    constexpr int height = 60;
    const Ink a = scale(one, width, height);
    const Ink b = scale(other, width, height);
    double mean_a = 0;
    double mean_b = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        mean_a += a.values[i] / static_cast<double>(a.values.size());
        mean_b += b.values[i] / static_cast<double>(b.values.size());
    }
    double both = 0;
    double own_a = 0;
    double own_b = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const double da = a.values[i] - mean_a;
        const double db = b.values[i] - mean_b;
        both += da * db;
        own_a += da * da;
        own_b += db * db;
    }
    return both / std::sqrt(own_a * own_b);
}

Ink pango_view(const std::string& text, const std::filesystem::path& file) {
    const Finished drawn =
        run({"pango-view", "--no-display", "-q", "--font=Noto Kufi Arabic Bold 72", "--margin=20",
             "--text=" + text, "--output=" + file.string()},
            {{"LC_ALL", "C.UTF-8"}});
    if (drawn.exit_code != 0) throw std::runtime_error("pango-view failed");
    const Ink ink = read_ink(file);
    return crop(ink, 0, ink.height);
}

/// The letters of UTF-8 text, one string each.
std::vector<std::string> letters(const std::string& text) {
    std::vector<std::string> all;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
            all.back() += c;
        else
            all.emplace_back(1, c);
    return all;
}

std::string reversed(const std::string& text) {
    std::string out;
    for (const std::string& letter : letters(text)) out.insert(0, letter);
    return out;
}

std::string unjoined(const std::string& text) {
    static const std::string zero_width_non_joiner = "\u200C";
    std::string out;
    for (const std::string& letter : letters(text)) out += letter + zero_width_non_joiner;
    return out;
}

bool is_arabic(const std::string& text) {
    const auto all = letters(text);
    return !all.empty() && std::all_of(all.begin(), all.end(), [](const std::string& letter) {
        return letter == " " ||
               (letter.size() == 2 && static_cast<unsigned char>(letter[0]) >= 0xD8 &&
                static_cast<unsigned char>(letter[0]) <= 0xDB);
    });
}

/// The rows of the Arabic name on the admitted screen: the first block of ink below the icon.
Ink name_on_screen(const std::filesystem::path& screenshot) {
    const Ink screen = read_ink(screenshot);
    const auto row = [&](double mm) { return static_cast<int>(mm * screen.height / 268); };
    int top = row(102);
    while (row_has_ink(screen, top)) ++top;
    while (!row_has_ink(screen, top)) ++top;
    int bottom = top;
    // Dots above and below the letters stand apart by less than 5 mm, the English name by more.
    for (int y = top; y < row(186) && y - bottom < row(5); ++y)
        if (row_has_ink(screen, y)) bottom = y;
    return crop(screen, top, bottom + 1);
}

}  // namespace

void check_admitted_name(const Event& event, const std::vector<std::string>& lines,
                         const std::filesystem::path& screenshots) {
    const organiser::EventStore store(event.folder / "event");
    std::map<std::string, std::string> names;
    for (const auto& registration : store.registrations())
        names[storage::to_hex(registration.door.id.bytes)] = registration.door.name.ar;

    int number = 0;
    for (const std::string& text : lines) {
        const auto line = nlohmann::json::parse(text);
        if (line.contains("hint")) continue;
        ++number;
        std::string id = line["registration"];
        std::erase(id, '-');
        const std::string name = names[id];
        if (line["verdict"] != "admitted" || !is_arabic(name)) continue;

        std::array<char, 64> file{};
        std::snprintf(file.data(), file.size(), "%03d-admitted-ok.png", number);
        const Ink shown = name_on_screen(screenshots / file.data());
        const auto drawn = event.folder / "pango-view.png";
        INFO("the name " << name << " in " << file.data());
        CHECK(correlation(shown, pango_view(name, drawn)) >= 0.9);
        CHECK(correlation(shown, pango_view(reversed(name), drawn)) < 0.9);
        CHECK(correlation(shown, pango_view(unjoined(name), drawn)) < 0.9);
        return;
    }
    FAIL("no admitted delegate with an Arabic name");
}

}  // namespace hudoor::e2e
