/// Badges as they are printed (visual.md, row 15): A6, Arabic and Latin shaped, the code as vectors
/// with its typed form under it. Both sides are alike, so that a turned badge still shows its code.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "storage/agenda.hpp"

typedef struct _cairo cairo_t;

namespace hudoor::organiser {

struct BadgePage {
    storage::Bilingual event_name;
    storage::Bilingual name;
    storage::Bilingual organisation;
    storage::Bilingual country;
    storage::Bilingual category;
    std::uint32_t category_rgb = 0;
    std::string attendee_id;
    std::string code;        ///< what the QR says
    std::string typed_code;
};

/// The country's name in both languages; empty for an empty code.
[[nodiscard]] storage::Bilingual country_name(const std::string& iso_code);

/// A PDF that grows badge by badge, two pages each. Readable by its owner only: it holds names.
class BadgePdf {
public:
    /// Throws Fault(cannot_create).
    explicit BadgePdf(const std::filesystem::path& file);
    ~BadgePdf();  ///< nothing remains unless finish() was called
    void add(const BadgePage& page);
    /// Gives the file its name. Throws Fault(io).
    void finish();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// One side, 105 by 148 millimetres from the top left of what `cairo` draws on; its unit is the
/// millimetre.
void draw_badge(cairo_t* cairo, const BadgePage& page);

/// One side at 300 dots an inch. Throws Fault(cannot_create).
void write_badge_png(const BadgePage& page, const std::filesystem::path& file);

}  // namespace hudoor::organiser
