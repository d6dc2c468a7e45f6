/// What the usher's pages are drawn on: x counts from the side where reading begins, so that a page
/// is laid out once and lies the other way round in Arabic; words are in the panel's language; the
/// first touch of a frame is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/display/painter.hpp"
#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// Words and the language they are in.
struct Said {
    std::string text;
    assets::Language language{};
};

/// Which end of a text lies at its place: where reading begins, its middle, where reading ends.
enum class Side { start, middle, end };

/// How words look.
struct Type {
    double cap_mm = 0;
    bool bold = false;
    Rgb colour = 0;
};

/// The space words have, mm. Letters under 5.2 mm cannot be read at arm's length.
struct Space {
    double width = 0;
    int lines = 1;
    double pitch = 0;  ///< 0: by the size
    double floor_mm = 5.2;
    int lines_at_floor = 1;  ///< if that is more
    bool name = false;       ///< a person's: it becomes shorter, and the family name stays
};

/// A line of words; letters that were typed stand on sand.
struct Line {
    Said said;
    Type type;
    Space space;
    std::string_view typed{};
};

/// A button: solid is what one does next, danger what ends something.
struct Button {
    enum class Look { plain, solid, danger, off };

    Button(std::string_view button_name, Said button_words, PanelTouch what,
           std::optional<assets::IconName> before = {}, Look how = Look::plain, double cap = 6.4)
        : name(button_name),
          words(std::move(button_words)),
          touch(what),
          icon(before),
          look(how),
          cap_mm(cap) {}

    std::string name;  ///< of the touch, one of its kind on the page
    Said words;
    PanelTouch touch;
    std::optional<assets::IconName> icon;
    Look look;
    double cap_mm;
};

class Sheet {
public:
    /// Both outlive the sheet.
    Sheet(Painter& painter, const PanelView& view);

    [[nodiscard]] const PanelView& view() const { return view_; }
    [[nodiscard]] const assets::colours::Palette& colours() const { return painter_.colours(); }
    [[nodiscard]] bool arabic() const { return language_ == assets::Language::ar; }
    [[nodiscard]] bool upright() const { return painter_.portrait(); }
    [[nodiscard]] double width() const { return painter_.width(); }
    [[nodiscard]] double height() const { return painter_.height(); }
    /// For what is the same in both directions of reading: there x counts from the left.
    [[nodiscard]] Painter& painter() { return painter_; }
    [[nodiscard]] Box mirrored(const Box& box) const;
    [[nodiscard]] Spot mirrored(Spot spot) const;

    [[nodiscard]] Said say(std::string_view id,
                           std::initializer_list<assets::Field> fields = {}) const;
    [[nodiscard]] Said count(std::string_view id, std::uint32_t n) const;
    /// The panel's language, or the other where there is nothing in it.
    [[nodiscard]] Said of(const storage::Bilingual& text) const;
    /// Both parts with a comma between them, or the one that is there.
    [[nodiscard]] Said list(const Said& first, const Said& second) const;
    /// `said`, then a time or a number that keeps its own direction.
    [[nodiscard]] static Said with(Said said, const std::string& behind);
    /// Times, numbers and codes.
    [[nodiscard]] static Said plain(std::string text) {
        return {std::move(text), assets::Language::en};
    }
    [[nodiscard]] static Said time(std::chrono::minutes of_day) {
        return plain(assets::time_of_day(of_day));
    }

    [[nodiscard]] double advance(const Said& said, const Type& type);
    [[nodiscard]] assets::FittedText fit(const Said& said, const Type& type, const Space& space);
    /// What it takes in width.
    double write(const Said& said, const Type& type, Spot at, Side side, const Space& space);
    /// One under the other, the first at `at`; further apart to both sides than `pitch` where what
    /// hangs from the one would meet what stands on the other, as Arabic marks do.
    void write_lines(const Line& above, const Line& below, Spot at, double pitch, Side side);
    /// Over the whole window where the box reaches both edges of the screen.
    void block(std::string_view name, const Box& box, double radius, Rgb colour);
    void frame(const Box& box, double radius, double width, Rgb colour);
    void card(std::string_view name, const Box& box);
    /// `turns`: the icon points where reading goes, and turns with it.
    void icon(assets::IconName name, const Box& box, Rgb colour, Rgb ground, bool turns = false,
              double turned = 0);
    void rule(Spot from, double length);
    /// `side` wide; amber ones on a tile. Who is early has a clock.
    void verdict_icon(storage::VerdictKind kind, Spot centre, double side,
                      storage::Reason reason = storage::Reason::none);

    void touch(std::string_view name, const Box& box, PanelTouch touch);
    void button(const Button& button, const Box& box);
    /// Side by side over the whole box, each as wide as its words ask for, or all `alike`; upright
    /// two in a row.
    void buttons(const std::vector<Button>& all, const Box& box, bool alike = false);
    /// Nothing where there is one page only.
    void pager(const Pager& pager, Spot top_end);
    void pager_beside(const Pager& pager, const Box& column);
    /// A touch found in another way; the first of a frame stays.
    void keep(PanelTouch touch) {
        if (touched_.act == PanelAct::none) touched_ = touch;
    }
    [[nodiscard]] PanelTouch touched() const { return touched_; }

private:
    void write_line(const Line& line, Spot at, Side side);
    void buttons_in_pairs(const std::vector<Button>& all, const Box& box);
    void pager_key(int to, const Pager& pager, const Box& box, double turned);

    Painter& painter_;
    const PanelView& view_;
    assets::Language language_;
    PanelTouch touched_;
};

/// The `number`-th of boxes `height` high in rows of `columns`, which together are as wide as
/// `area` and begin at its top.
[[nodiscard]] Box grid_cell(const Box& area, int columns, double gap, double height, int number);

/// What stands at the top of a page.
struct Bar {
    Said title;
    Said second{};
    bool back = true;  ///< a button to go back; else the star of the home page
};
/// A page that says one thing: its card, already drawn, and where a button or two go under it.
struct Notice {
    Box card;
    double middle = 0;    ///< of the card, across
    double icon_top = 0;  ///< of what stands over the words
    Box foot;
    Box first_half;  ///< of the foot, in the order of reading
    Box second_half;
};
[[nodiscard]] Notice draw_notice(Sheet& sheet);

inline constexpr double bar_height = 32;
/// The bar, with a result that came in meanwhile in the place of its words, or in place of it all
/// the warning that the screen locks.
void draw_bar(Sheet& sheet, const Bar& bar);

}  // namespace hudoor::kiosk
