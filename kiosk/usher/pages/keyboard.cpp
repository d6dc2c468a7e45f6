#include <array>

#include "kiosk/usher/field.hpp"
#include "kiosk/usher/pages/field.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;

constexpr double key_height = 21, gap = 3.2, above = 4.2, high = 109;

/// A key each; lam-alef is one key and one letter of Unicode's.
using Letters = std::u32string_view;
constexpr std::array<Letters, 3> arabic_rows{U"ضصثقفغعهخحجد", U"ذشسيبلاتنمكط", U"ئءؤر\ufefbىةوزظ"};
/// Beside the space: a real keyboard has them behind its shift key.
constexpr Letters arabic_alefs = U"آإأ";
constexpr std::array<Letters, 3> latin_rows{U"qwertyuiop", U"asdfghjkl", U"zxcvbnm'-"};
constexpr std::array<Letters, 3> digit_rows{U"1234567890", U"-/.,:;()@", U"&+_#?!'\"*"};

const std::array<Letters, 3>& rows_of(Keys keys) {
    switch (keys) {
        case Keys::latin:
            return latin_rows;
        case Keys::digits:
            return digit_rows;
        case Keys::arabic:
            break;
    }
    return arabic_rows;
}

/// x counts from the left in both languages.
class Keyboard {
public:
    Keyboard(Sheet& sheet, Keys keys)
        : sheet_(sheet),
          painter_(sheet.painter()),
          keys_(keys),
          language_(keys == Keys::arabic ? Language::ar : Language::en),
          columns_(keys == Keys::arabic ? 12 : 10),
          key_width_((right_ - 12 + gap) / columns_ - gap) {}

    void draw(const Button& last) {
        sheet_.block("keyboard", {0, top_ - above, sheet_.width(), sheet_.height() - top_ + above},
                     0, colours_.sunk);
        for (int row = 0; row < 3; ++row) draw_row(row);
        draw_backspace();
        draw_last_row(last);
    }

private:
    void draw_row(int row) {
        const Letters letters = rows_of(keys_)[static_cast<std::size_t>(row)];
        // Latin's second row is shorter and lies between the others.
        const double short_of = row == 1 ? columns_ - static_cast<double>(letters.size()) : 0;
        double x = 12 + short_of * (key_width_ + gap) / 2;
        for (const char32_t letter : letters) {
            letter_key(letter, x, row);
            x += key_width_ + gap;
        }
    }

    void letter_key(char32_t letter, double x, int row) {
        key({x, y_of(row), key_width_, key_height}, {PanelAct::letter, static_cast<int>(letter)},
            colours_.line);
        const assets::TextStyle style{
            language_, (language_ == Language::ar ? 8.8 : 8.2) * (key_width_ < 20 ? 0.8 : 1),
            false};
        const Spot middle{x + key_width_ / 2, y_of(row) + key_height / 2 + 3.6};
        painter_.label(utf8_of(letter), style, {middle.x, middle.y, Align::centre}, colours_.ink);
    }

    void draw_backspace() {
        const double keys = keys_ == Keys::arabic ? 2 : 1, width = keys * (key_width_ + gap) - gap;
        const Box box{right_ - width, y_of(2), width, key_height};
        key(box, {PanelAct::erase}, colours_.edge);
        const Spot c = box.centre();
        painter_.icon(IconName::backspace, {c.x - 5.6, c.y - 5.6, 11.2, 11.2}, colours_.ink,
                      colours_.surface, keys_ == Keys::arabic ? 180 : 0);
    }

    /// The other two scripts, space, and the page's key.
    void draw_last_row(const Button& last) {
        const bool narrow = sheet_.upright();
        const double first = narrow ? 40 : 64, second = narrow ? 34 : 50, end = narrow ? 62 : 80,
                     y = y_of(3);
        std::array others{keys_ == Keys::latin ? Keys::arabic : Keys::latin,
                          keys_ == Keys::digits ? Keys::arabic : Keys::digits};
        double x = 12;
        for (const Keys other : others) {
            const Box box{x, y, x > 12 ? second : first, key_height};
            key(box, {PanelAct::keys, static_cast<int>(other)}, colours_.edge);
            const assets::TextStyle style{other == Keys::arabic ? Language::ar : Language::en, 6.2,
                                          true};
            painter_.label(name_of(other), style,
                           {box.centre().x, box.centre().y + 3.1, Align::centre}, colours_.ink);
            x = box.right() + gap;
        }
        double space_end = right_ - end - gap;
        if (keys_ == Keys::arabic)
            for (auto alef = arabic_alefs.rbegin(); alef != arabic_alefs.rend(); ++alef) {
                letter_key(*alef, space_end - key_width_, 3);
                space_end -= key_width_ + gap;
            }
        const Box space{x, y, space_end - x, key_height};
        key(space, {PanelAct::letter, ' '}, colours_.line);
        const Said word = sheet_.say("kbd.space");
        painter_.label(word.text, {word.language, 5.4, false},
                       {space.centre().x, space.centre().y + 2.7, Align::centre}, colours_.ink2);
        sheet_.button(last, sheet_.mirrored(Box{right_ - end, y, end, key_height}));
    }

    static std::string name_of(Keys keys) {
        return keys == Keys::arabic ? "ا ب ت" : keys == Keys::latin ? "ABC" : "123";
    }

    void key(const Box& box, PanelTouch touch, Rgb edge) {
        painter_.block("key", box, 3.8, colours_.surface);
        painter_.frame(box, 3.8, colours_.control_line_mm, edge);
        const auto name = touch.act == PanelAct::letter ? std::to_string(touch.value)
                          : touch.act == PanelAct::keys ? "script " + std::to_string(touch.value)
                                                        : std::string("erase");
        if (painter_.touched("key " + name, box)) sheet_.keep(touch);
    }

    double y_of(int row) const { return top_ + row * (key_height + gap + 0.2); }

    Sheet& sheet_;
    Painter& painter_;
    Keys keys_;
    Language language_;
    int columns_;
    const double right_ = sheet_.width() - 12;
    double key_width_;
    const double top_ = keyboard_top(sheet_) + above;
    const assets::colours::Palette& colours_ = sheet_.colours();
};

}  // namespace

double keyboard_top(const Sheet& sheet) { return sheet.height() - high; }

void draw_keyboard(Sheet& sheet, Keys keys, const Button& last) {
    Keyboard(sheet, keys).draw(last);
}

}  // namespace hudoor::kiosk
