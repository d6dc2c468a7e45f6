/// The icons as drawing data (visual.md section 5): shapes in a square box, drawn one over the
/// other.
#pragma once

#include <variant>
#include <vector>

namespace hudoor::assets {

struct IconPoint {
    double x = 0;
    double y = 0;
};

struct Disc {
    IconPoint centre;
    double radius = 0;
};

/// Butt caps and mitre joins.
struct Stroke {
    std::vector<IconPoint> points;
    double width = 0;
    bool closed = false;
};

/// Convex.
struct Area {
    std::vector<IconPoint> points;
};

/// `cut` shapes are knocked out: they take the colour the icon lies on.
struct IconShape {
    std::variant<Disc, Stroke, Area> shape;
    bool cut = false;
};

struct Icon {
    double box = 48;  ///< the side of the square its points lie in
    std::vector<IconShape> shapes;
};

enum class IconName {
    ok,
    already_in,
    early,
    no,
    warn,
    arrow,
    star,
    text_size,
    contrast,
    volume,
    language,
    lock,
    offline,
    camera,
    barred,
    clock,
    person,
    cross,
    swap,
    search,
    undo,
    health,
    backspace,
    back,
    chevron,
    tick,
    info,
    code,
    touch,
    sync,
    network,
    save,
    disk,
    records,
    thermometer,
    parcel,
    microphone,
    badge,
    printer,
    wrench,
    pen,
    grid,
    vip,
    door,
    volume_off,
    training,
};

[[nodiscard]] const Icon& find_icon(IconName name);

}  // namespace hudoor::assets
