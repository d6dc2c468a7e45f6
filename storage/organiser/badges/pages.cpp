#include "storage/organiser/badges/pages.hpp"

#include <cairo-pdf.h>
#include <cairo.h>

#include <cmath>
#include <optional>
#include <vector>

#include "assets/text_layout.hpp"
#include "config/fault.hpp"
#include "storage/base/files.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr double png_px_per_mm = 300 / 25.4;
constexpr double cut_mark = 3;

struct FreeCairo {
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
    void operator()(cairo_t* it) const { cairo_destroy(it); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeCairo>;
using Cairo = std::unique_ptr<cairo_t, FreeCairo>;

/// Badges side by side, in the middle of the paper.
struct Sheet {
    PaperSize paper;
    BadgeSize size{};
    int columns = 1;
    int rows = 1;

    [[nodiscard]] PaperSize badge() const { return paper_of(size); }
    [[nodiscard]] double left() const { return (paper.width_mm - columns * badge().width_mm) / 2; }
    [[nodiscard]] double top() const { return (paper.height_mm - rows * badge().height_mm) / 2; }
    [[nodiscard]] std::size_t places() const { return static_cast<std::size_t>(columns * rows); }
    /// Turned over its upright side, the left column lies at the right.
    [[nodiscard]] double x(std::size_t place, bool back) const {
        const int column = static_cast<int>(place) % columns;
        return left() + (back ? columns - 1 - column : column) * badge().width_mm;
    }
    [[nodiscard]] double y(std::size_t place) const {
        const int row = static_cast<int>(place) / columns;
        return top() + row * badge().height_mm;
    }
};

Sheet sheet_of(BadgeLayout layout) {
    switch (layout) {
        case BadgeLayout::a6:
            return {paper_of(BadgeSize::a6), BadgeSize::a6, 1, 1};
        case BadgeLayout::a4_4xa6:
            return {{210, 297}, BadgeSize::a6, 2, 2};
        case BadgeLayout::a4_8xa7:
            return {{297, 210}, BadgeSize::a7, 4, 2};
    }
    return {};
}

/// What Cairo writes to. It forgets a fault of the last part, so we keep it.
struct Output {
    FileDraft draft;
    std::optional<Fault> fault{};

    static cairo_status_t write(void* output, const unsigned char* bytes, unsigned size) {
        auto& to = *static_cast<Output*>(output);
        try {
            if (!to.fault) to.draft.write({bytes, size});
        } catch (const Fault& fault) {
            to.fault = fault;
        }
        return to.fault ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
    }
    /// Of a surface that is finished.
    void publish() {
        if (fault) throw Fault(*fault);
        draft.publish();
    }
};

void check(cairo_status_t status, const fs::path& file) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw Fault(ExitCode::io,
                    "Cannot draw " + file.string() + ": " + cairo_status_to_string(status));
}

}  // namespace

class BadgePdf::Impl {
public:
    Impl(const fs::path& file, const Sheet& sheet)
        : file_(file),
          output_{FileDraft(file, private_mode)},
          sheet_(sheet),
          surface_(cairo_pdf_surface_create_for_stream(&Output::write, &output_,
                                                       sheet.paper.width_mm * points_per_mm,
                                                       sheet.paper.height_mm * points_per_mm)),
          cairo_(cairo_create(surface_.get())) {
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, "Badges");
        cairo_scale(cairo_.get(), points_per_mm, points_per_mm);
    }
    /// Drawn once, shown on both sides.
    void add(const BadgePage& page) {
        const PaperSize badge = sheet_.badge();
        const cairo_rectangle_t all{0, 0, badge.width_mm, badge.height_mm};
        Surface drawn(cairo_recording_surface_create(CAIRO_CONTENT_COLOR, &all));
        draw_badge(Cairo(cairo_create(drawn.get())).get(), page, sheet_.size, layout_);
        waiting_.push_back(std::move(drawn));
        if (waiting_.size() == sheet_.places()) print();
    }

    void finish() {
        if (!waiting_.empty()) print();
        cairo_surface_finish(surface_.get());
        output_.publish();
    }

    [[nodiscard]] int pages() const { return pages_; }

private:
    /// Both sides of the sheet.
    void print() {
        for (const bool back : {false, true}) {
            draw(back);
            cairo_show_page(cairo_.get());
            if (output_.fault) throw Fault(*output_.fault);
            check(cairo_status(cairo_.get()), file_);
            ++pages_;
        }
        waiting_.clear();
    }

    void draw(bool back) {
        for (std::size_t place = 0; place < waiting_.size(); ++place) {
            cairo_set_source_surface(cairo_.get(), waiting_[place].get(), sheet_.x(place, back),
                                     sheet_.y(place));
            cairo_paint(cairo_.get());
        }
        if (sheet_.places() > 1) draw_cut_marks();
    }

    /// Short lines at the edges of the paper, where the badges meet.
    void draw_cut_marks() {
        const PaperSize paper = sheet_.paper;
        cairo_set_source_rgb(cairo_.get(), 0.5, 0.5, 0.5);
        cairo_set_line_width(cairo_.get(), 0.1);
        for (int column = 0; column <= sheet_.columns; ++column) {
            const double x = sheet_.left() + column * sheet_.badge().width_mm;
            draw_line(x, 0, x, cut_mark);
            draw_line(x, paper.height_mm - cut_mark, x, paper.height_mm);
        }
        for (int row = 0; row <= sheet_.rows; ++row) {
            const double y = sheet_.top() + row * sheet_.badge().height_mm;
            draw_line(0, y, cut_mark, y);
            draw_line(paper.width_mm - cut_mark, y, paper.width_mm, y);
        }
    }

    void draw_line(double x, double y, double to_x, double to_y) {
        cairo_move_to(cairo_.get(), x, y);
        cairo_line_to(cairo_.get(), to_x, to_y);
        cairo_stroke(cairo_.get());
    }

    fs::path file_;
    Output output_;  // before the surface, which writes to it to its end
    Sheet sheet_;
    Surface surface_;
    Cairo cairo_;
    assets::TextLayout layout_;
    std::vector<Surface> waiting_;  ///< of the sheet that is not full yet
    int pages_ = 0;
};

BadgePdf::BadgePdf(const fs::path& file, BadgeLayout layout)
    : impl_(std::make_unique<Impl>(file, sheet_of(layout))) {}
BadgePdf::~BadgePdf() = default;
void BadgePdf::add(const BadgePage& page) { impl_->add(page); }
void BadgePdf::finish() { impl_->finish(); }
int BadgePdf::pages() const { return impl_->pages(); }

void write_badge_png(const BadgePage& page, BadgeLayout layout, const fs::path& file) {
    const BadgeSize size = sheet_of(layout).size;
    const auto px = [](double mm) { return static_cast<int>(std::lround(mm * png_px_per_mm)); };
    const Surface surface(cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, px(paper_of(size).width_mm), px(paper_of(size).height_mm)));
    const Cairo cairo(cairo_create(surface.get()));
    cairo_scale(cairo.get(), png_px_per_mm, png_px_per_mm);
    const assets::TextLayout texts;
    draw_badge(cairo.get(), page, size, texts);
    Output output{FileDraft(file, private_mode)};
    const auto status = cairo_surface_write_to_png_stream(surface.get(), &Output::write, &output);
    if (!output.fault) check(status, file);
    output.publish();
}

}  // namespace hudoor::organiser
