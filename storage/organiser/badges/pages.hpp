/// Badges on paper: a PDF of single badges, or of A4 sheets that are printed on both sides and cut.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/organiser/badges/side.hpp"

namespace hudoor::organiser {

enum class BadgeLayout {
    a6,       ///< one a page
    a4_4xa6,  ///< two by two on A4
    a4_8xa7,  ///< four by two on A4, lying
};

/// A PDF that grows badge by badge; each sheet is two pages, the second turned over its long side
/// (or, of a single badge, any side). Readable by its owner only: it holds names.
class BadgePdf {
public:
    /// Throws Fault(cannot_create).
    explicit BadgePdf(const std::filesystem::path& file, BadgeLayout layout = BadgeLayout::a6);
    ~BadgePdf();  ///< nothing remains unless finish() was called
    /// Throws Fault(io).
    void add(const BadgePage& page);
    /// Gives the file its name. Throws Fault(io).
    void finish();
    [[nodiscard]] int pages() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// One side at 300 dots an inch, in the layout's size. Throws Fault: cannot_create, io.
void write_badge_png(const BadgePage& page, BadgeLayout layout, const std::filesystem::path& file);

}  // namespace hudoor::organiser
