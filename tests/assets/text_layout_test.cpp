#include "assets/text_layout.hpp"

#include <fontconfig/fontconfig.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "assets/assets_dir.hpp"
#include "tests/assets/sample_catalogue.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::assets;

namespace {

const TextLayout& layout() {
    static const TextLayout shared;
    return shared;
}

TextStyle en(double cap_mm, bool bold = true) { return {Language::en, cap_mm, bold}; }
TextStyle ar(double cap_mm, bool bold = true) { return {Language::ar, cap_mm, bold}; }

double height(const LineSize& size) { return size.bottom - size.top; }

}  // namespace

TEST_CASE("a style's size is the height of its capitals") {
    for (const double cap : {5.2, 12.2, 20.0}) {
        CHECK(std::abs(height(layout().measure("H", en(cap))) - cap) < 0.02 * cap);
    }
}

TEST_CASE("digits and codes inside Arabic are as high as in the English column") {
    for (const double cap : {6.0, 20.0}) {
        const double english = height(layout().measure("09:30", en(cap)));
        const double arabic = height(layout().measure("09:30", ar(cap)));
        CHECK(std::abs(arabic - english) < 0.03 * cap);
    }
}

TEST_CASE("Arabic letters join") {
    const auto joined = layout().measure("محمد", ar(20)).width();
    const auto apart = layout().measure("م\u200cح\u200cم\u200cد", ar(20)).width();
    CHECK(apart > 1.05 * joined);
}

TEST_CASE("isolates draw nothing and keep a code in its own order") {
    CHECK(layout().measure("\u2068C-14\u2069", en(12)).width() ==
          layout().measure("C-14", en(12)).width());
    // A number with a sign in front of it would be turned round by the Arabic beside it.
    const auto bare = layout().draw("الهاتف +971 50", ar(12), 4);
    const auto isolated = layout().draw("الهاتف \u2068+971 50\u2069", ar(12), 4);
    CHECK(bare.alpha != isolated.alpha);
}

TEST_CASE("a code after an Arabic word stands left of it, unturned") {
    const auto code = layout().draw("C-14", ar(12), 8);
    const auto line = layout().draw("المقعد \u2068C-14\u2069", ar(12), 8);
    REQUIRE(line.width_px > code.width_px);
    const int down = code.top_px - line.top_px;
    REQUIRE(down >= 0);
    double differs = 0, ink = 0;
    for (int y = 0; y < code.height_px; ++y) {
        for (int x = 0; x < code.width_px - 1; ++x) {
            const double a = code.alpha[static_cast<std::size_t>(y * code.width_px + x)];
            const double b = line.alpha[static_cast<std::size_t>((y + down) * line.width_px + x)];
            differs += std::abs(a - b);
            ink += a;
        }
    }
    CHECK(differs < 0.1 * ink);
}

TEST_CASE("a line's picture has ink where its measure says") {
    for (const auto* text : {"Welcome", "Already", "jÅ"}) {
        const auto size = layout().measure(text, en(20));
        const auto bitmap = layout().draw(text, en(20), 4);
        CHECK(std::abs(bitmap.left_px - size.left * 4) <= 3.5);
        CHECK(std::abs(bitmap.top_px - size.top * 4) <= 3.5);
        CHECK(std::abs(bitmap.width_px - size.width() * 4) <= 5.5);
        CHECK(*std::max_element(bitmap.alpha.begin(), bitmap.alpha.end()) == 255);
    }
}

TEST_CASE("no ink is cut off at the edge of a picture") {
    for (const TextStyle& style : {en(20), ar(20), en(5.2, false), ar(6, false)}) {
        for (const auto* text : {"Åg|jQ", "أهلًا وسهلًا", "إلى القاعة 3"}) {
            const auto bitmap = layout().draw(text, style, 4.03);
            const auto at = [&](int x, int y) {
                return bitmap.alpha[static_cast<std::size_t>(y * bitmap.width_px + x)];
            };
            int on_edge = 0;
            for (int x = 0; x < bitmap.width_px; ++x)
                on_edge += at(x, 0) + at(x, bitmap.height_px - 1);
            for (int y = 0; y < bitmap.height_px; ++y)
                on_edge += at(0, y) + at(bitmap.width_px - 1, y);
            CHECK(on_edge == 0);
        }
    }
}

TEST_CASE("a text that fits keeps its size") {
    const auto fitted = layout().fit("Welcome", en(20), {176, 16, 1, 2});
    CHECK(fitted.style.cap_mm == 20);
    CHECK(fitted.lines == std::vector<std::string>{"Welcome"});
    CHECK_FALSE(fitted.shortened);
}

TEST_CASE("a text too wide shrinks no further than it must, and the same from any larger size") {
    for (const auto language : languages) {
        const char* text =
            language == Language::en ? "Dr Noura Al Marzouqi" : "عبدالله بن خالد الهاشمي";
        const double wide = layout().measure(text, {language, 20, true}).width();
        double before = 0;
        for (double wanted = 7; wanted < 40; wanted += 0.5) {
            const auto fitted =
                layout().fit(text, {language, wanted, true}, {wide * 0.52, 5.2, 1, 2});
            CAPTURE(text, wanted, fitted.style.cap_mm);
            CHECK(fitted.lines.size() == 1);
            CHECK(fitted.style.cap_mm >= before - 1e-6);  // found by halving
            // From 10.5 mm on Arabic has a wider font, which would not fit at all.
            const bool other_font = language == Language::ar && fitted.style.cap_mm > 10.4 &&
                                    fitted.style.cap_mm < 10.5;
            CHECK((fitted.style.cap_mm == wanted || other_font ||
                   layout().measure(text, fitted.style).width() > wide * 0.52 * 0.97));
            before = fitted.style.cap_mm;
        }
    }
}

TEST_CASE("at the floor a text takes two lines, cut where the longer one is shortest") {
    const auto fitted = layout().fit("Maria Fernanda de la Torre", en(20), {140, 12.2, 1, 2});
    CHECK(fitted.style.cap_mm == 12.2);
    CHECK(fitted.lines == std::vector<std::string>{"Maria Fernanda", "de la Torre"});
}

TEST_CASE("what still does not fit ends at a word with an ellipsis") {
    const auto fitted =
        layout().fit("one two three four five six seven eight nine ten", en(20), {60, 12.2, 1, 2});
    CHECK(fitted.shortened);
    REQUIRE(fitted.lines.size() == 2);
    CHECK(fitted.lines[1].ends_with("…"));
    const std::string whole = fitted.lines[0] + " " + fitted.lines[1];
    CHECK(std::string("one two three four five six seven")
              .starts_with(whole.substr(0, whole.size() - 3)));
}

TEST_CASE("whatever the text, nothing is wider than its room") {
    std::vector<std::string> texts{"",
                                   " ",
                                   "W",
                                   std::string(400, 'W'),
                                   "علي",
                                   "م م م م م م م م",
                                   "\xff\xfe broken",
                                   "\u2068\u2069",
                                   "李小龍 王"};
    std::string ar_long;
    for (int i = 0; i < 60; ++i) ar_long += i % 7 == 6 ? " " : "ك";
    texts.push_back(ar_long);
    for (const auto& text : texts) {
        for (const Language language : languages) {
            const auto fitted = layout().fit(text, {language, 20, true}, {100, 12.2, 1, 2});
            for (const auto& line : fitted.lines) {
                CHECK(layout().measure(line, fitted.style).width() <= 100);
            }
            CHECK(fitted.lines.size() <= 2);
            CHECK(fitted.style.cap_mm >= 12.2);
        }
    }
}

TEST_CASE("words are broken into as many lines as asked, if there are as many") {
    CHECK(layout().fit("One badge at a time", en(15), {200, 12, 3, 3}).lines ==
          std::vector<std::string>{"One", "badge at", "a time"});
    CHECK(layout().fit("Goodbye", en(15), {200, 12, 3, 3}).lines.size() == 1);
    CHECK(
        layout().fit("Please use the\u00a0next\u00a0entrance", en(12), {200, 12, 2, 2}).lines[0] ==
        "Please use");
}

TEST_CASE("the installed fonts have every sign of every word") {
    CHECK(layout().fonts_missing(Catalogue(find_assets_dir())).empty());
}

TEST_CASE("a sign that no font has is named by its word") {
    const std::string odd = make_mo({{"odd.word", "a \U000F1234"}});
    const SampleCatalogue words(make_mo({{"odd.word", "كلمة"}}), odd);
    const auto missing = layout().fonts_missing(Catalogue(words.dir()));
    REQUIRE_FALSE(missing.empty());
    CHECK(missing.front().find("odd.word") != std::string::npos);
}

TEST_CASE("without our fonts each one is named") {
    const Catalogue words(find_assets_dir());
    const auto config =
        std::filesystem::temp_directory_path() / ("hudoor-fonts-" + std::to_string(getpid()));
    std::ofstream(config) << "<?xml version=\"1.0\"?><fontconfig><dir>/nowhere</dir></fontconfig>";
    // Fontconfig is one for the whole process: only a child may lose its fonts.
    const pid_t child = fork();
    if (child == 0) {
        setenv("FONTCONFIG_FILE", config.c_str(), 1);
        FcInitReinitialize();
        const auto missing = TextLayout().fonts_missing(words);
        const auto named = [&](const char* font) {
            return std::any_of(missing.begin(), missing.end(), [&](const auto& each) {
                return each.find(font) != std::string::npos;
            });
        };
        _exit(named("Noto Sans") && named("Noto Kufi Arabic") && named("Noto Sans Arabic") ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    std::filesystem::remove(config);
    CHECK(status == 0);
}

TEST_CASE(
    "a caret stands before the first letter, behind the last, and between the two it is put between") {
    const std::string latin = "al mar", arabic = "المرز";
    CHECK(layout().caret_x(latin, en(9), 0) == 0);
    CHECK(std::abs(layout().caret_x(latin, en(9), latin.size()) -
                   layout().measure(latin, en(9)).advance) < 0.05);
    // Arabic begins on the right.
    CHECK(std::abs(layout().caret_x(arabic, ar(9), 0) - layout().measure(arabic, ar(9)).advance) <
          0.05);
    CHECK(std::abs(layout().caret_x(arabic, ar(9), arabic.size())) < 0.05);
    for (std::size_t at = 0; at <= latin.size(); ++at)
        CHECK(layout().caret_at(latin, en(9), layout().caret_x(latin, en(9), at) + 0.01) == at);
    for (std::size_t at = 0; at <= arabic.size(); at += 2)
        CHECK(layout().caret_at(arabic, ar(9), layout().caret_x(arabic, ar(9), at) - 0.01) == at);
    CHECK(layout().caret_at(latin, en(9), -50) == 0);
    CHECK(layout().caret_at(latin, en(9), 500) == latin.size());
}

TEST_CASE(
    "a caret goes left and right as it is seen, in Arabic and in mixed text, and stays at the ends") {
    const std::string latin = "abc", arabic = "نورة";
    CHECK(layout().caret_beside(latin, en(9), 0, 1) == 1);
    CHECK(layout().caret_beside(latin, en(9), 3, 1) == 3);
    CHECK(layout().caret_beside(latin, en(9), 0, -1) == 0);
    CHECK(layout().caret_beside(arabic, ar(9), 0, -1) == 2);
    CHECK(layout().caret_beside(arabic, ar(9), 2, 1) == 0);
    CHECK(layout().caret_beside(arabic, ar(9), 0, 1) == 0);
    CHECK(layout().caret_beside(arabic, ar(9), arabic.size(), -1) == arabic.size());
    for (const std::string mixed : {"نورة Noura 42", "Noura نورة"}) {
        INFO(mixed);
        // From either end to the other every step goes on, and every letter is passed.
        for (const int by : {1, -1}) {
            std::size_t at = (mixed[0] == 'N') == (by == 1) ? 0 : mixed.size();
            const TextStyle style = mixed[0] == 'N' ? en(9) : ar(9);
            int steps = 0;
            for (std::size_t next = layout().caret_beside(mixed, style, at, by);
                 next != at && steps < 50; ++steps) {
                CHECK((layout().caret_x(mixed, style, next) - layout().caret_x(mixed, style, at)) *
                          by >=
                      -0.01);
                at = next;
                next = layout().caret_beside(mixed, style, at, by);
            }
            CHECK(steps >= 9);
            CHECK(steps <= 14);
        }
    }
}

TEST_CASE("the part of a name that is marked lies where its letters are") {
    const std::string name = "Dr Noura Al Marzouqi";
    const auto latin = layout().spans(name, en(7.3), 9, 15);
    REQUIRE(latin.size() == 1);
    CHECK(std::abs(latin.front().left - layout().measure("Dr Noura ", en(7.3)).advance) < 0.3);
    CHECK(std::abs(latin.front().right - layout().measure("Dr Noura Al Mar", en(7.3)).advance) <
          0.3);
    const std::string arabic = "د. نورة المرزوقي";
    const auto begin = arabic.find("المرز");
    const auto marked = layout().spans(arabic, ar(7.3), begin, begin + std::string("المرز").size());
    REQUIRE(marked.size() == 1);
    CHECK(marked.front().left > 0);
    CHECK(marked.front().right < layout().measure(arabic, ar(7.3)).advance);
    CHECK(layout().spans(name, en(7.3), 4, 4).empty());
    CHECK(layout().spans("نورة Noura", ar(7.3), 4, 12).size() == 2);
}
