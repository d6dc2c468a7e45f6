#include "tests/bench/bench_pictures.hpp"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

namespace hudoor::bench {
namespace {

namespace fs = std::filesystem;

struct Unref {
    void operator()(GdkPixbuf* pixbuf) const { g_object_unref(pixbuf); }
};

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> split_row(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    return cells;
}

std::vector<Sample> read_csv(const fs::path& csv) {
    std::ifstream in(csv);
    std::string line;
    std::getline(in, line);
    const auto header = split_row(line);
    std::vector<Sample> samples;
    while (std::getline(in, line)) {
        const auto cells = split_row(line);
        if (cells.size() != header.size()) throw std::runtime_error("bad row in " + csv.string());
        std::map<std::string, std::string> row;
        for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
        samples.push_back({csv.parent_path() / row["file"], row["set"], row["text"], false,
                           row["set"].find("seq") != std::string::npos});
    }
    return samples;
}

std::string name_before_dash(const fs::path& file) {
    const auto name = file.stem().string();
    return name.substr(0, name.rfind('-'));
}

bool is_picture(const fs::path& file) {
    const auto extension = file.extension();
    return extension == ".png" || extension == ".jpg" || extension == ".webp" ||
           extension == ".pgm";
}

/// Some codes end with a line end and some truths do; editors came between.
std::string without_line_ends(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

/// Its text stands beside it, or beside the first part of its name.
Sample with_truth(const fs::path& file) {
    const auto whole = file.parent_path() / (file.stem().string() + ".txt");
    const auto shared = file.parent_path() / (name_before_dash(file) + ".txt");
    const bool part = !fs::exists(whole);
    return {file, file.parent_path().filename().string(), read_text(part ? shared : whole), part,
            false};
}

}  // namespace

bool is_true(const std::string& text, const Sample& sample) {
    if (sample.truth.empty()) return false;
    const auto trimmed = without_line_ends(text);
    if (sample.part) return sample.truth.find(trimmed) != std::string::npos;
    return trimmed == without_line_ends(sample.truth);
}

std::vector<Sample> list_pictures(const fs::path& folder) {
    std::vector<Sample> samples;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (is_picture(entry.path())) samples.push_back(with_truth(entry.path()));
    std::ranges::sort(samples, {}, &Sample::file);
    return samples;
}

std::vector<Sample> list_samples(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Sample> framed;
    std::vector<Sample> single;
    for (const auto& file : files) {
        if (file.extension() == ".csv" && file.filename().string().starts_with("frames")) {
            std::ranges::copy(read_csv(file), std::back_inserter(framed));
        }
        if (!is_picture(file)) continue;
        auto sample = with_truth(file);
        if (!sample.truth.empty()) single.push_back(std::move(sample));
    }
    return framed.empty() ? single : framed;
}

namespace {

/// Gray levels as they are; nothing if it is another kind of picture.
std::optional<GrayPicture> load_gray(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string kind;
    int width = 0, height = 0, most = 0;
    if (!(in >> kind >> width >> height >> most) || kind != "P5" || most != 255)
        return std::nullopt;
    in.get();
    GrayPicture picture{width, height, {}};
    picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    in.read(reinterpret_cast<char*>(picture.pixels.data()), std::ssize(picture.pixels));
    return in ? std::optional(std::move(picture)) : std::nullopt;
}

}  // namespace

GrayPicture load_picture(const fs::path& file) {
    if (auto gray = load_gray(file)) return std::move(*gray);
    GError* error = nullptr;
    std::unique_ptr<GdkPixbuf, Unref> pixbuf(gdk_pixbuf_new_from_file(file.c_str(), &error));
    if (!pixbuf) throw std::runtime_error(file.string() + ": " + error->message);
    GrayPicture picture{
        gdk_pixbuf_get_width(pixbuf.get()), gdk_pixbuf_get_height(pixbuf.get()), {}};
    if (gdk_pixbuf_get_has_alpha(pixbuf.get()) != 0) {
        pixbuf.reset(gdk_pixbuf_composite_color_simple(pixbuf.get(), picture.width_px,
                                                       picture.height_px, GDK_INTERP_NEAREST, 255,
                                                       16, 0xffffff, 0xffffff));
    }
    const int channels = gdk_pixbuf_get_n_channels(pixbuf.get());
    for (int y = 0; y < picture.height_px; ++y) {
        const auto* rgb = gdk_pixbuf_read_pixels(pixbuf.get()) +
                          std::ptrdiff_t{y} * gdk_pixbuf_get_rowstride(pixbuf.get());
        for (int x = 0; x < picture.width_px; ++x, rgb += channels) {
            // The weights of ITU-R BT.601, as ZXing takes them.
            const int gray = (306 * rgb[0] + 601 * rgb[1] + 117 * rgb[2] + 512) >> 10;
            picture.pixels.push_back(static_cast<std::uint8_t>(gray));
        }
    }
    return picture;
}

}  // namespace hudoor::bench
