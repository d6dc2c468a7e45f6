#include "scanner/codes/reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/codes/box_reader.hpp"
#include "scanner/codes/box_turns.hpp"
#include "scanner/codes/busy_boxes.hpp"
#include "scanner/codes/third_mark.hpp"
#include "scanner/marks/tried_groups.hpp"
#include "scanner/modules/grid.hpp"

namespace hudoor::scanner {
namespace {

constexpr int smallest_side_px = 21;  // version 1 at a pixel a module
constexpr int largest_side_px = 16'384;
constexpr std::int64_t most_px = 2'100'000;  // 1920 by 1080; what is larger is made smaller first
constexpr std::size_t whole_every = 6;  // frames, while a badge is held: another may come beside it
constexpr int wary_after_two = 30;      // frames: the second of two badges is not read in each
constexpr std::size_t most_first_tries = 2, most_tries = 8;  // groups of marks
constexpr std::size_t most_bent_tries = 1;
constexpr float most_bent_doubt = 0.3F;
constexpr std::size_t most_pairs = 3;
constexpr int fewest_rows_of_pair = 4;  // each of both marks was seen in
constexpr int most_shares = 4;          // of the frame, where nothing takes turns
constexpr float large_code = 70;        // modules along a side
constexpr float hardly_doubtful = 0.12F;
constexpr float clearly_doubtful = 0.15F;         // more than another
constexpr float many_px = 10, very_many_px = 20;  // a module; the half and the quarter show enough
constexpr int box_share = 22;      // per cent of the frame that are sharpened or enlarged at a time
constexpr int tile_side_px = 720;  // ZXing gets no more than this at once
constexpr std::size_t tile_every = 8;  // frames
// ZXing tries every three marks: where a picture has many, it would be at it for minutes.
constexpr std::size_t most_marks_of_tile = 16, most_suspects = 250;
// In looks, for each hundred pixels: what a frame may cost besides the search for marks.
constexpr std::int64_t looks_per_100_px = 110;
constexpr std::int64_t fewest_looks = 800'000;  // as for 1280 by 720
constexpr std::int64_t bent_share = 60;         // per cent of them, which nothing before may take
constexpr std::int64_t looks_per_tile_px = 2;
constexpr std::int64_t unlimited_looks = std::int64_t{1} << 40;

/// How many times smaller each side must be made.
int reduction_of(const GrayView& frame) {
    int by = 1;
    while (std::int64_t{frame.width_px / by} * (frame.height_px / by) > most_px) ++by;
    return by;
}

bool can_hold_code(const GrayView& frame) {
    const auto [shorter, longer] = std::minmax(frame.width_px, frame.height_px);
    return frame.pixels != nullptr && shorter >= smallest_side_px && longer <= largest_side_px &&
           frame.stride_bytes >= frame.width_px;
}

/// Around a code, with half of it to each side for the hand to move.
Box box_around(const FoundCode& code, const GrayView& frame) {
    const auto [left, right] = std::ranges::minmax(code.corners, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(code.corners, {}, &Point::y);
    const float slack = 0.35F * std::max(right.x - left.x, bottom.y - top.y) + 8;
    return {std::clamp(static_cast<int>(left.x - slack), 0, frame.width_px),
            std::clamp(static_cast<int>(top.y - slack), 0, frame.height_px),
            std::clamp(static_cast<int>(right.x + slack), 0, frame.width_px),
            std::clamp(static_cast<int>(bottom.y + slack), 0, frame.height_px)};
}

FinderGroup scaled(FinderGroup group, float by) {
    for (auto& mark : group.marks) {
        mark.centre = by * mark.centre;
        mark.module_px *= by;
    }
    for (auto& corner : group.corners) corner = by * corner;
    group.module_px *= by;
    return group;
}

}  // namespace

float area_px(const FoundCode& code) {
    float doubled = 0;
    for (std::size_t i = 0; i < code.corners.size(); ++i)
        doubled += cross(code.corners[i], code.corners[(i + 1) % code.corners.size()]);
    return std::abs(doubled) / 2;
}

class Reader::Impl {
public:
    explicit Impl(ReaderOptions options)
        : takes_turns_(options.takes_turns),
          decode_codes_(options.decode_codes ? std::move(options.decode_codes) : decode_codes),
          grid_(options.decode_upright ? std::move(options.decode_upright) : decode_upright) {}

    std::vector<FoundCode> read(const GrayView& frame) {
        found_.clear();
        searched_ = false;
        if (!can_hold_code(frame)) return {};
        by_ = reduction_of(frame);
        picture_ = by_ == 1 ? frame : reduce(frame, by_, reduced_);
        read_picture();
        for (auto& code : found_)
            for (auto& corner : code.corners) corner = static_cast<float>(by_) * corner;
        ++frames_;
        wary_frames_ = found_.size() > 1 ? wary_after_two : std::max(0, wary_frames_ - 1);
        std::ranges::sort(found_, std::ranges::greater{}, area_px);
        return std::move(found_);
    }

    void read_picture() {
        const std::int64_t all_px = std::int64_t{picture_.width_px} * picture_.height_px;
        granted_ = takes_turns_ ? std::max(fewest_looks, looks_per_100_px * all_px / 100)
                                : unlimited_looks;
        effort_ = Effort(granted_);
        tries_ = 0;
        if (!follow(picture_)) read_whole(picture_);
        known_.clear();
        for (const auto& code : found_) known_.push_back(box_around(code, picture_));
        for (const Box& box : known_) turns_.note_read(box);
    }

    [[nodiscard]] GrayView last_picture() const { return picture_; }

    [[nodiscard]] FrameWork last_work() const {
        const bool whole = searched_;
        return {whole ? search_.findings().finders.size() : 0, whole ? search_.checks() : 0, tries_,
                granted_ - effort_.left(), static_cast<std::int64_t>(by_)};
    }

    FinderSearch* last_search() { return searched_ && known_.empty() ? &search_ : nullptr; }

    void reset() {
        known_.clear();
        frames_ = 0;
        wary_frames_ = 0;
        tried_.clear();
        bent_tried_.clear();
        turns_.forget();
        tile_turn_ = 0;
    }

private:
    /// Looks where the codes of the last frame were; true if they are all there and that is enough.
    bool follow(const GrayView& frame) {
        if (!takes_turns_ || known_.empty() || frames_ % whole_every == 0 || wary_frames_ > 0)
            return false;
        for (const Box& box : known_) {
            auto code = boxes_.read(frame, box, BoxStep::plain, grid_, effort_);
            if (!code || !add(std::move(*code))) return false;
        }
        return true;
    }

    void read_whole(const GrayView& frame) {
        const auto& findings = search_.search_half(frame);
        const std::int64_t for_bent = kept_for_bent(findings);
        effort_.spend(for_bent);
        read_groups(frame, findings, most_first_tries);
        if (is_all_read(findings) && takes_turns_) return;
        search_.search_rest();
        searched_ = true;
        read_groups(frame, findings, most_tries);
        if (is_all_read(findings) && takes_turns_) return;
        if (found_.empty()) read_pairs(frame, findings);
        effort_.spend(-for_bent);
        if (found_.empty()) read_bent(frame, findings);
        read_boxes(frame);
        if (!is_all_read(findings) || !takes_turns_) read_tiles(frame);
    }

    /// A large code needs all there is to be read flat.
    [[nodiscard]] std::int64_t kept_for_bent(const Findings& findings) const {
        const bool is_large = !findings.groups.empty() && findings.groups[0].modules > large_code;
        return is_large ? 0 : granted_ * bent_share / 100;
    }

    /// Something was read, and no two marks are left that may be of another code.
    [[nodiscard]] bool is_all_read(const Findings& findings) const {
        const auto lies_in_found = [&](const Finder& mark) {
            return std::ranges::any_of(
                found_, [&](const FoundCode& code) { return lies_in(mark.centre, code); });
        };
        const auto is_explained = [&](const FinderGroup& group) {
            return group.doubt >= hardly_doubtful || holds_found(group);
        };
        return !found_.empty() && std::ranges::all_of(findings.groups, is_explained) &&
               std::ranges::all_of(findings.pairs, [&](const auto& pair) {
                   return lies_in_found(findings.finders[pair.first]) ||
                          lies_in_found(findings.finders[pair.second]);
               });
    }

    void read_groups(const GrayView& frame, const Findings& findings, std::size_t most) {
        std::size_t tries = 0;
        for (const auto& group : findings.groups) {
            if (tries == most || effort_.left() <= 0) return;
            if (holds_found(group) || is_tried_better(findings, group)) continue;
            tries += try_group(frame, group, GridReader::Paper::flat, tried_) ? 1 : 0;
        }
    }

    /// Whether its three marks make a likelier code with another of them in the corner.
    static bool is_tried_better(const Findings& findings, const FinderGroup& group) {
        for (const auto& other : findings.groups) {
            if (other.doubt + clearly_doubtful > group.doubt) return false;
            if (std::ranges::all_of(
                    group.marks, [&](const Finder& mark) { return has_mark(other, mark.centre); }))
                return true;
        }
        return false;
    }

    static bool has_mark(const FinderGroup& group, Point centre) {
        return std::ranges::any_of(group.marks, [&](const Finder& mark) {
            return mark.centre.x == centre.x && mark.centre.y == centre.y;
        });
    }

    /// The likeliest once more, as paper that is not flat.
    void read_bent(const GrayView& frame, const Findings& findings) {
        std::size_t tries = 0;
        for (const auto& group : findings.groups) {
            if (tries >= most_bent_tries || group.doubt > most_bent_doubt || !found_.empty())
                return;
            tries += try_group(frame, group, GridReader::Paper::bent, bent_tried_) ? 1 : 0;
        }
    }

    /// Two marks of a code whose third is hidden.
    void read_pairs(const GrayView& frame, const Findings& findings) {
        std::size_t tries = 0;
        for (const auto& [a, b] : findings.pairs) {
            const Finder& first = findings.finders[a];
            const Finder& second = findings.finders[b];
            if (first.rows < fewest_rows_of_pair || second.rows < fewest_rows_of_pair) continue;
            const bool has_third =
                std::ranges::any_of(findings.groups, [&](const FinderGroup& group) {
                    return group.doubt < clearly_doubtful && has_mark(group, first.centre) &&
                           has_mark(group, second.centre);
                });
            if (has_third) continue;
            if (++tries > most_pairs || !found_.empty()) return;
            const auto group = find_third_mark(frame, first, second, effort_);
            if (group) try_group(frame, *group, GridReader::Paper::flat, tried_);
        }
    }

    static std::array<Point, 3> places_of(const FinderGroup& group) {
        return {group.marks[0].centre, group.marks[1].centre, group.marks[2].centre};
    }

    /// False where it was not due.
    bool try_group(const GrayView& frame, const FinderGroup& group, GridReader::Paper paper,
                   TriedGroups& tried) {
        if (takes_turns_ && !tried.is_due(places_of(group), frames_)) return false;
        ++tries_;
        if (auto code = read_group(frame, group, paper))
            add(std::move(*code));
        else if (!effort_.ran_out())
            tried.note_failed(places_of(group), frames_);
        return true;
    }

    /// Of a large code the smaller pictures show enough, and cost less to look at.
    std::optional<FoundCode> read_group(const GrayView& frame, const FinderGroup& group,
                                        GridReader::Paper paper) {
        const std::size_t level = group.module_px >= very_many_px ? 2
                                  : group.module_px >= many_px    ? 1
                                                                  : 0;
        const GrayView& smaller = search_.level(level);
        if (level == 0 || smaller.pixels == nullptr)
            return grid_.read(frame, group, effort_, paper);
        const auto by = static_cast<float>(1 << level);
        auto code = grid_.read(smaller, scaled(group, 1 / by), effort_, paper);
        if (!code) return std::nullopt;
        for (auto& corner : code->corners) corner = by * corner;
        return code;
    }

    /// Whether a mark of the group belongs to a code that was read. (There are codes within codes.)
    [[nodiscard]] bool holds_found(const FinderGroup& group) const {
        const float area = std::abs(
            cross(group.corners[1] - group.corners[0], group.corners[3] - group.corners[0]));
        return std::ranges::any_of(found_, [&](const FoundCode& code) {
            if (group.doubt < hardly_doubtful && 6 * area < area_px(code)) return false;
            return std::ranges::any_of(
                group.marks, [&](const Finder& mark) { return lies_in(mark.centre, code); });
        });
    }

    static bool lies_in(Point at, const FoundCode& code) {
        bool left = false, right = false;
        for (std::size_t i = 0; i < code.corners.size(); ++i) {
            const Point side = code.corners[(i + 1) % code.corners.size()] - code.corners[i];
            (cross(side, at - code.corners[i]) < 0 ? left : right) = true;
        }
        return !(left && right);
    }

    void read_boxes(const GrayView& frame) {
        collect_boxes();
        const std::int64_t all_px = std::int64_t{frame.width_px} * frame.height_px;
        const std::int64_t most_px = takes_turns_ ? all_px * box_share / 100 : most_shares * all_px;
        std::int64_t spent_px = 0;
        for (const auto& turn : turns_.order(boxes_of_frame_)) {
            const Box& box = boxes_of_frame_[turn.box];
            const std::int64_t cost_px = std::int64_t{box.area()} * cost_of(turn.step);
            const bool is_dear = spent_px + cost_px > 2 * most_px;
            if (is_dear || holds_found(box)) continue;
            if (spent_px >= most_px || !effort_.take(cost_px)) break;
            if (auto code = boxes_.read(frame, box, turn.step, grid_, effort_))
                add(std::move(*code));
            else
                turns_.note_tried(turn);
            spent_px += cost_px;
        }
    }

    void collect_boxes() {
        boxes_of_frame_.clear();
        for (const Box& box : busy_.find(search_.ink(1)))
            boxes_of_frame_.push_back({box.left * 2, box.top * 2, box.right * 2, box.bottom * 2});
    }

    [[nodiscard]] bool holds_found(const Box& box) const {
        return std::ranges::any_of(found_, [&](const FoundCode& code) {
            const Point middle = 0.5F * (code.corners[0] + code.corners[2]);
            return middle.x >= static_cast<float>(box.left) &&
                   middle.x < static_cast<float>(box.right) &&
                   middle.y >= static_cast<float>(box.top) &&
                   middle.y < static_cast<float>(box.bottom);
        });
    }

    /// ZXing itself, for a part of the frame at a time; all of a small picture.
    void read_tiles(const GrayView& frame) {
        const int columns = (frame.width_px + tile_side_px - 1) / tile_side_px;
        const int rows = (frame.height_px + tile_side_px - 1) / tile_side_px;
        const auto tiles = static_cast<std::size_t>(columns * rows);
        const bool small = std::int64_t{frame.width_px} * frame.height_px <= 500'000;
        if (takes_turns_ && !small && frames_ % tile_every != tile_every - 1) return;
        if (search_.suspects() > most_suspects ||
            search_.findings().finders.size() > most_marks_of_tile)
            return;
        for (std::size_t i = 0; i < tiles; ++i) {
            const auto tile = static_cast<int>((tile_turn_ + i) % tiles);
            read_tile(frame, tile % columns, tile / columns, columns, rows);
            if (takes_turns_ && tiles > 1) break;
        }
        ++tile_turn_;
    }

    void read_tile(const GrayView& frame, int column, int row, int columns, int rows) {
        // They overlap by a third, or a code between two would be in none.
        const int width = std::min(frame.width_px, tile_side_px * 4 / 3);
        const int height = std::min(frame.height_px, tile_side_px * 4 / 3);
        const int left = columns == 1 ? 0 : (frame.width_px - width) * column / (columns - 1);
        const int top = rows == 1 ? 0 : (frame.height_px - height) * row / (rows - 1);
        const GrayView tile{frame.pixels + std::ptrdiff_t{top} * frame.stride_bytes + left, width,
                            height, frame.stride_bytes};
        const Point corner{static_cast<float>(left), static_cast<float>(top)};
        if (!effort_.take(looks_per_tile_px * width * height)) return;
        for (auto& code : decode_codes_(tile)) {
            for (auto& point : code.corners) point = point + corner;
            add(std::move(code));
        }
    }

    /// False if the same text was found before.
    bool add(FoundCode code) {
        if (std::ranges::find(found_, code.text, &FoundCode::text) != found_.end()) return false;
        found_.push_back(std::move(code));
        return true;
    }

    bool takes_turns_;
    Effort effort_{0};
    std::int64_t granted_ = 0;
    DecodeCodes decode_codes_;
    FinderSearch search_;
    GridReader grid_;
    BusyBoxes busy_;
    BoxReader boxes_;
    BoxTurns turns_;
    GrayView picture_;  ///< the frame, or what it was reduced to
    int by_ = 1;
    std::vector<std::uint8_t> reduced_;
    TriedGroups tried_, bent_tried_;
    std::size_t tries_ = 0;
    std::vector<FoundCode> found_;
    std::vector<Box> boxes_of_frame_;
    std::vector<Box> known_;  ///< where the codes of the last frame were
    bool searched_ = false;
    std::size_t frames_ = 0;
    int wary_frames_ = 0;  ///< to go, in which all of the frame is searched
    std::size_t tile_turn_ = 0;
};

Reader::Reader(ReaderOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Reader::~Reader() = default;

std::vector<FoundCode> Reader::read(const GrayView& frame) { return impl_->read(frame); }
GrayView Reader::last_picture() const { return impl_->last_picture(); }
FrameWork Reader::last_work() const { return impl_->last_work(); }
FinderSearch* Reader::last_search() { return impl_->last_search(); }
void Reader::reset() { impl_->reset(); }

}  // namespace hudoor::scanner
