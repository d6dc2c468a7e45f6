#include <cairo.h>

#include <memory>
#include <string>

#include "config/fault.hpp"
#include "kiosk/display/window.hpp"

namespace hudoor::kiosk {

namespace {

struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

Fault cannot_write(const std::filesystem::path& file, cairo_status_t why) {
    return {ExitCode::cannot_create,
            "Cannot write the picture " + file.string() + ": " + cairo_status_to_string(why)};
}

std::uint32_t pixel_at(const std::uint8_t* rgb) {
    return (std::uint32_t{rgb[0]} << 16U) | (std::uint32_t{rgb[1]} << 8U) | rgb[2];
}

Surface surface_of(const Picture& picture) {
    Surface surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width_px, picture.height_px));
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return surface;
    const int stride = cairo_image_surface_get_stride(surface.get());
    unsigned char* rows = cairo_image_surface_get_data(surface.get());
    const std::uint8_t* rgb = picture.rgb.data();
    for (int y = 0; y < picture.height_px; ++y) {
        auto* row =
            reinterpret_cast<std::uint32_t*>(rows + static_cast<std::ptrdiff_t>(y) * stride);
        for (int x = 0; x < picture.width_px; ++x, rgb += 3) row[x] = pixel_at(rgb);
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

}  // namespace

void write_png(const Picture& picture, const std::filesystem::path& file) {
    ENSURE(picture.rgb.size() == static_cast<std::size_t>(picture.width_px) * 3U *
                                     static_cast<std::size_t>(picture.height_px));
    const Surface surface = surface_of(picture);
    const cairo_status_t status = cairo_surface_write_to_png(surface.get(), file.c_str());
    if (status != CAIRO_STATUS_SUCCESS) throw cannot_write(file, status);
}

}  // namespace hudoor::kiosk
