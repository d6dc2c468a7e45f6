#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>

#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::assets::Language;

namespace {

using Look = std::function<void(const std::string&, const PanelView&, const std::vector<Drawn>&,
                                const Painter&)>;

/// Calls `look(name, view, drawn, painter)` for every page in every variant of one shape.
void for_each_panel(bool portrait, const Look& look) {
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    const auto panels = samples::panels(portrait);
    for (const auto& variant : samples::panel_variants()) {
        if (variant.portrait != portrait) continue;
        for (auto [name, view] : panels) {
            INFO(variant.name << " " << name);
            view.appearance = variant.appearance;
            look(name, view, stage.lay_out(view), stage.painter);
        }
    }
}

std::vector<Drawn> texts_of(const std::vector<Drawn>& drawn) {
    std::vector<Drawn> texts;
    for (const Drawn& each : drawn)
        if (each.kind == Drawn::Kind::text) texts.push_back(each);
    return texts;
}

/// The pairs of texts that run into each other.
std::string overlaps_in(const std::vector<Drawn>& texts) {
    std::string pairs;
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (overlap(texts[i], texts[j])) pairs += texts[j].what + " / " + texts[i].what + "\n";
    return pairs;
}

bool holds(const Box& outer, const Spot& spot) {
    return spot.x > outer.x && spot.x < outer.right() && spot.y > outer.y &&
           spot.y < outer.bottom();
}

PanelView panel(const std::string& name, Language language, bool portrait = false) {
    for (auto& [each, view] : samples::panels(portrait)) {
        if (each != name) continue;
        view.appearance.only = language;
        return view;
    }
    REQUIRE(name.empty());
    return {};
}

}  // namespace

TEST_CASE(
    "on no page of the panel does a text leave the screen, lose words, get too small or touch another") {
    const bool portrait = GENERATE(false, true);
    for_each_panel(portrait, [](const std::string& name, const PanelView&,
                                const std::vector<Drawn>& drawn, const Painter& painter) {
        const auto texts = texts_of(drawn);
        CHECK_FALSE(texts.empty());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const Drawn& text = texts[i];
            INFO(text.what);
            // Its name is too long for any screen.
            CHECK((!text.shortened || name == "done_undone" || name == "done_restore"));
            CHECK(text.cap_mm >= 5);
            CHECK((text.box.x >= 8 && text.box.right() <= painter.width() - 8));
            CHECK((text.box.y >= 2 && text.box.bottom() <= painter.height() - 8));
        }
        CHECK(overlaps_in(texts).empty());
    });
}

TEST_CASE("in lists of people the tail of an Arabic name keeps off the line below") {
    const bool portrait = GENERATE(false, true);
    const auto language = GENERATE(Language::ar, Language::en);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    const std::string name = "محمد الغامدي", below = "Institute of Medical Ethics";
    for (const std::string page : {"search_arabic", "search_hidden", "evacuation"}) {
        CAPTURE(page, portrait);
        PanelView view = panel(page, language, portrait);
        const auto change = [&](auto& of) {
            for (PersonRow& row : of.rows) {
                row.name = {name, ""};
                row.organisation = {"", below};
            }
        };
        if (auto* search = std::get_if<SearchPage>(&view.page)) change(*search);
        if (auto* inside = std::get_if<EvacuationPage>(&view.page)) change(*inside);
        const Drawn* above = nullptr;
        int pairs = 0;
        for (const Drawn& each : stage.lay_out(view)) {
            if (each.kind != Drawn::Kind::text) continue;
            if (above && each.what.find(below) != std::string::npos) {
                CHECK(above->box.bottom() <= each.box.y + 0.1 * above->cap_mm);
                ++pairs;
            }
            above = each.what == name ? &each : nullptr;
        }
        CHECK(pairs >= 3);
    }
}

TEST_CASE("a result that comes in takes no button's place") {
    const bool portrait = GENERATE(false, true);
    for_each_panel(portrait, [](const std::string& name, const PanelView& view,
                                const std::vector<Drawn>& drawn, const Painter&) {
        if (!view.strip || std::holds_alternative<PinPage>(view.page)) return;
        INFO(name);
        const Drawn& strip = get(drawn, "strip");
        CHECK(find(drawn, "lock") != nullptr);
        for (const Drawn& each : drawn)
            if (each.kind == Drawn::Kind::touch && each.what != "strip")
                CHECK(!overlap(strip, each));
    });
}

TEST_CASE("no text of the panel runs over the edge of the card, button or key it begins on") {
    const bool portrait = GENERATE(false, true);
    for_each_panel(portrait, [](const std::string&, const PanelView&,
                                const std::vector<Drawn>& drawn, const Painter&) {
        const std::set<std::string> holding{
            "list", "inside", "arrivals", "button", "tile", "session",      "fact", "field",
            "card", "person", "key",      "strip",  "bar",  "lock warning", "pad",  "now"};
        const auto texts = texts_of(drawn);
        for (const Drawn& card : drawn) {
            if (card.kind != Drawn::Kind::block || !holding.contains(card.what)) continue;
            for (const Drawn& text : texts) {
                if (!holds(card.box, text.box.centre())) continue;
                INFO(card.what << ": " << text.what);
                CHECK((text.box.x >= card.box.x && text.box.right() <= card.box.right()));
                CHECK((text.box.y >= card.box.y - 0.5 &&
                       text.box.bottom() <= card.box.bottom() + 0.5));
            }
        }
    });
}

TEST_CASE(
    "every button of the panel is 20 mm and every key of the keyboard 15 mm, and none lies on another") {
    const bool portrait = GENERATE(false, true);
    for_each_panel(portrait, [](const std::string&, const PanelView&,
                                const std::vector<Drawn>& drawn, const Painter&) {
        std::vector<Drawn> touches;
        std::copy_if(drawn.begin(), drawn.end(), std::back_inserter(touches),
                     [](const Drawn& each) { return each.kind == Drawn::Kind::touch; });
        CHECK_FALSE(touches.empty());
        for (std::size_t i = 0; i < touches.size(); ++i) {
            const Drawn& touch = touches[i];
            const bool letter = touch.what.starts_with("key ");
            INFO(touch.what);
            CHECK((touch.box.w >= (letter ? 15 : 20) && touch.box.h >= 20));
            const auto meets = [&](const Drawn& other) {
                const Box &a = touch.box, &b = other.box;
                const bool apart = a.right() <= b.x + 0.01 || b.right() <= a.x + 0.01 ||
                                   a.bottom() <= b.y + 0.01 || b.bottom() <= a.y + 0.01;
                return touch.what == other.what || !apart;
            };
            CHECK(std::none_of(touches.begin(), touches.begin() + static_cast<std::ptrdiff_t>(i),
                               meets));
        }
    });
}

TEST_CASE("the panel's pages lie in their boxes") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto lay_out = [&](const std::string& name) {
        return stage.lay_out(panel(name, Language::en));
    };
    const auto home = lay_out("home");
    CHECK(near(get(home, "bar").box, {0, 0, 476, 32}));
    CHECK(near(get(home, "lock").box, {416, 6, 48, 20}));
    CHECK(near(get(home, "list").box, {12, 64, 306, 158}));
    CHECK(near(get(home, "inside").box, {326, 40, 138, 92}));
    CHECK(near(get(home, "arrivals").box, {326, 140, 138, 82}));
    CHECK(near(get(home, "next page").box, {294, 40, 24, 20}));
    CHECK(near(get(home, "search").box.y, 230));
    CHECK(near(get(home, "service").box.right(), 464));
    CHECK(near(get(lay_out("home_strip_refused"), "strip").box, {40, 2, 344, 28}));
    const auto search = lay_out("search_latin");
    CHECK(near(get(search, "field").box, {12, 40, 452, 24}));
    CHECK(near(get(search, "list").box, {12, 69, 420, 85}));
    CHECK(near(get(search, "keyboard").box, {0, 159, 476, 109}));
    CHECK(near(get(search, "next page").box, {440, 128, 24, 26}));
    CHECK(near(get(search, "key 113").box, {12, 163, 42.3, 21.4}));
    CHECK(near(get(stage.lay_out(panel("search_arabic", Language::ar)), "key 1590").box,
               {12, 163, 34.7, 21.4}));
    const auto reasons = lay_out("reasons");
    CHECK(near(get(reasons, "person").box, {12, 40, 452, 36}));
    CHECK(near(get(reasons, "reason 1").box, {12, 84, 107, 70}));
    CHECK(near(get(reasons, "reason 8").box, {357, 162, 107, 70}));
    const auto done = lay_out("done");
    CHECK(near(get(done, "field").box, {12, 40, 452, 92}));
    CHECK(near(get(done, "fact").box, {12, 140, 107, 44}));
    CHECK(near(get(done, "undo").box, {12, 196, 222, 56}));
    CHECK(near(get(done, "done").box, {242, 196, 222, 56}));
    const auto sessions = lay_out("sessions");
    CHECK(near(get(sessions, "session 0").box, {12, 64, 220, 27.2}));
    CHECK(near(get(sessions, "session 104").box, {244, 192.4, 220, 27.2}));  // under two headings
    CHECK(near(get(sessions, "follow").box, {12, 226, 220, 30}));
    const auto health = lay_out("health");
    CHECK(near(get(health, "tile").box, {12, 42, 107, 54}));
    CHECK(near(get(health, "service").box, {357, 230, 107, 26}));
    CHECK(near(get(lay_out("pin"), "pad").box, {182, 32, 112, 204}));
}

TEST_CASE(
    "Arabic pages are the English ones mirrored, but for keyboards, which lie as their script has them") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (const std::string name :
         {"home_locks", "search_hidden", "reasons", "done", "sessions", "health", "more", "stick_1",
          "evacuation", "ask_service", "ask_undo", "shift"}) {
        const auto english = stage.lay_out(panel(name, Language::en, portrait));
        const auto arabic = stage.lay_out(panel(name, Language::ar, portrait));
        int touches = 0;
        for (const Drawn& each : english) {
            if (each.kind != Drawn::Kind::touch || each.what == "field")
                continue;  // as wide as what is beside it leaves
            INFO(name << " " << each.what);
            const Box other = get(arabic, each.what).box;
            const double wide = stage.painter.width();
            // Buttons as wide as their words change their widths with the language; their order
            // turns.
            CHECK(near(other.y, each.box.y));
            CHECK(
                (near(other.x, wide - each.box.right()) || (each.box.y > 200 && each.box.y < 380)));
            ++touches;
        }
        CHECK(touches > 0);
    }
    const auto latin = stage.lay_out(panel("search_latin", Language::ar, portrait));
    CHECK(get(latin, "key 113").box.x < get(latin, "key 112").box.x);  // q is left of p
    const auto digits = stage.lay_out(panel("search_code", Language::ar, portrait));
    CHECK(get(digits, "key 49").box.x < get(digits, "key 50").box.x);
}

TEST_CASE("the keyboards have every letter, each once, and reach one another") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto letters_of = [&](const std::string& page) {
        std::set<int> letters;
        for (const Drawn& each : stage.lay_out(panel(page, Language::ar)))
            if (each.kind == Drawn::Kind::touch && each.what.starts_with("key ") &&
                std::isdigit(each.what[4]))
                letters.insert(std::stoi(each.what.substr(4)));
        return letters;
    };
    const auto arabic = letters_of("search_arabic"), latin = letters_of("search_latin"),
               digits = letters_of("search_code");
    for (char letter = 'a'; letter <= 'z'; ++letter) CHECK(latin.contains(letter));
    for (char digit = '0'; digit <= '9'; ++digit) CHECK(digits.contains(digit));
    for (int letter = 0x0627; letter <= 0x063a; ++letter) CHECK(arabic.contains(letter));
    for (int letter = 0x0641; letter <= 0x064a; ++letter) CHECK(arabic.contains(letter));
    for (const int letter : {0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0xfefb})
        CHECK(arabic.contains(letter));
    CHECK(arabic.size() == 38);  // and space
    CHECK(latin.size() == 29);
    for (const auto& letters : {arabic, latin, digits}) CHECK(letters.contains(' '));
}

TEST_CASE("the letters that were typed are marked in the names that were found, and only there") {
    Stage stage({.width_px = 952, .height_px = 536});
    for (const std::string page : {"search_arabic", "search_latin"}) {
        const auto drawn =
            stage.lay_out(panel(page, page == "search_latin" ? Language::en : Language::ar));
        int marks = 0;
        for (const Drawn& each : drawn) {
            if (each.what != "match") continue;
            ++marks;
            const auto name = std::find_if(drawn.begin(), drawn.end(), [&](const Drawn& text) {
                return text.kind == Drawn::Kind::text && text.cap_mm > 7 &&
                       holds(text.box, each.box.centre());
            });
            REQUIRE(name != drawn.end());
            CHECK((each.box.x >= name->box.x - 1 && each.box.right() <= name->box.right() + 1));
            CHECK(each.box.w < name->box.w);
        }
        CHECK(marks == 3);
    }
    // Typed in the other script, the name stands in the script it was found in.
    const auto drawn = stage.lay_out(panel("search_latin", Language::ar));
    CHECK(find(drawn, "Dr Noura Al Marzouqi") != nullptr);
}

TEST_CASE("what is too long for its field moves so that the caret is seen") {
    Stage stage({.width_px = 952, .height_px = 536});
    for (const auto language : {Language::ar, Language::en}) {
        PanelView view = panel("note", language);
        auto& field = std::get<NotePage>(view.page).field;
        const std::string all = field.text;
        for (const bool latin : {false, true}) {
            field.text = latin ? std::string(120, 'n') : all;
            for (const std::size_t caret :
                 {std::size_t{0}, field.text.size() / 4 * 2, field.text.size()}) {
                field.caret = caret;
                const auto drawn = stage.lay_out(view);
                const Box box = get(drawn, "field").box, seen = get(drawn, "caret").box;
                INFO(box.x << " " << seen.x);
                CHECK((seen.x > box.x + 6 && seen.right() < box.right() - 6));
            }
        }
    }
}

TEST_CASE("the longest names are shortened, not clipped, and run into nothing") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    const hudoor::storage::Bilingual name{
        "صاحبة السمو الملكي الأميرة عبدالرحمن بنت عبدالعزيز بن محمد القحطاني",
        "Her Excellency Professor Maria-Fernanda Wolfeschlegelsteinhausen de la Torre"};
    for (const auto language : {Language::ar, Language::en})
        for (const std::string page : {"home", "search_latin", "reasons", "done", "sessions",
                                       "evacuation", "home_strip_admitted"}) {
            PanelView view = panel(page, language, portrait);
            if (auto* home = std::get_if<HomePage>(&view.page)) {
                home->session->title = name;
                for (ScanRow& row : home->rows) row.name = name;
            }
            if (auto* search = std::get_if<SearchPage>(&view.page))
                for (PersonRow& row : search->rows) row.name = row.organisation = name;
            if (auto* evacuation = std::get_if<EvacuationPage>(&view.page))
                for (PersonRow& row : evacuation->rows)
                    row.name = row.organisation = row.category = name;
            if (auto* reasons = std::get_if<ReasonPage>(&view.page))
                reasons->person.name = reasons->registered_for->title = name;
            if (auto* done = std::get_if<DonePage>(&view.page)) done->name = name;
            if (auto* sessions = std::get_if<SessionsPage>(&view.page)) {
                sessions->chosen = name;
                sessions->days[0].lines[0].words.title = name;
            }
            if (view.strip) view.strip->answer.name = name;
            const auto texts = texts_of(stage.lay_out(view));
            INFO(page);
            for (const Drawn& text : texts) {
                INFO(text.what);
                CHECK((text.box.x >= 8 && text.box.right() <= stage.painter.width() - 8));
            }
            CHECK(overlaps_in(texts).empty());
        }
}

TEST_CASE("a row, a strip and a person to admit keep their family name") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    const hudoor::storage::Bilingual name{
        "عبدالرحمن بن عبدالله بن سعيد بن محمد بن أحمد المرزوقي",
        "Abdulrahman bin Abdullah bin Saeed bin Mohammed bin Ahmed Al Marzouqi"};
    for (const auto language : {Language::ar, Language::en})
        for (const std::string page : {"home_long_names", "reasons", "done"}) {
            PanelView view = panel(page, language, portrait);
            if (auto* reasons = std::get_if<ReasonPage>(&view.page)) reasons->person.name = name;
            if (auto* done = std::get_if<DonePage>(&view.page)) done->name = name;
            int shown = 0;
            std::string all;
            for (const Drawn& text : texts_of(stage.lay_out(view))) {
                all += text.what + " ";
                INFO(page << ": " << text.what);
                if (text.what.find("عبدالرحمن") == 0) {
                    ++shown;
                    CHECK((text.what.find("المرزوقي") != std::string::npos ||
                           page == "done"));  // in two lines there
                }
                if (text.what.find("Abdulrahman") == 0 || text.what.find("A. Al") == 0) {
                    ++shown;
                    CHECK((text.what.find("Al Marzouqi") != std::string::npos ||
                           page == "done"));  // in two lines there
                }
            }
            CHECK(shown >= (page == "home_long_names" ? 5 : 1));
            CHECK(all.find(language == Language::ar ? "المرزوقي" : "Marzouqi") !=
                  std::string::npos);
        }
}

TEST_CASE("what a supervisor approved says so, and names both") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    const auto says = [&](const char* page, Language language, const char* words) {
        const auto texts = texts_of(stage.lay_out(panel(page, language, portrait)));
        return std::any_of(texts.begin(), texts.end(),
                           [&](const Drawn& text) { return without_isolates(text.what) == words; });
    };
    CHECK(says("reasons_approved", Language::en, "Supervisor's approval for this one"));
    CHECK(says("reasons_approved", Language::ar, "موافقة المشرف على هذه الحالة فقط"));
    CHECK_FALSE(says("reasons", Language::en, "Supervisor's approval for this one"));
    CHECK(says("done_approved", Language::en, "Usher 07"));
    CHECK(says("done_approved", Language::en, "Supervisor 12"));
    CHECK(says("done_approved", Language::ar, "المنظم 07"));
    CHECK(says("done_approved", Language::ar, "المشرف 12"));
    CHECK_FALSE(says("done", Language::en, "Supervisor 12"));
}

TEST_CASE("with keys alone every place to touch can be reached, is ringed, and answers once") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (auto [name, view] : samples::panels(portrait)) {
        view.appearance.only = Language::ar;
        static_cast<void>(stage.lay_out(view));
        const int count = stage.painter.touchables();
        CHECK(count > 0);
        std::set<std::pair<int, int>> touches;
        for (int number = 0; number < count; ++number) {
            stage.painter.focus(number);
            stage.painter.activate();
            const PanelTouch touch = stage.answer(view);
            CHECK(find(stage.painter.drawn(), "focus") != nullptr);
            CHECK(stage.answer(view) == PanelTouch{});
            const auto* pin = std::get_if<PinPage>(&view.page);
            if (pin != nullptr && (pin->checking || pin->locked_for)) continue;  // its keys are off
            INFO(name << " " << number);
            CHECK(touch.act != PanelAct::none);
            CHECK(touches.emplace(static_cast<int>(touch.act), touch.value).second);
        }
        stage.painter.focus(count);
        stage.painter.activate();
        CHECK(stage.answer(view) == PanelTouch{});
        CHECK(find(stage.painter.drawn(), "focus") == nullptr);
        stage.painter.focus(std::nullopt);
    }
}

TEST_CASE("the focus is seen on the dark bar and on paper") {
    Stage stage({.width_px = 1904, .height_px = 1072});
    const PanelView view = panel("reasons", Language::en);
    for (const int number : {0, 1, 2}) {
        stage.painter.focus(number);
        static_cast<void>(stage.show(view));
        const Box ring = get(stage.painter.drawn(), "focus").box;
        const Picture picture = stage.window->read_picture();
        const auto pixel = [&](double x, double y) {
            const auto at =
                3 * (static_cast<std::size_t>(y * 4) * static_cast<std::size_t>(picture.width_px) +
                     static_cast<std::size_t>(x * 4));
            return static_cast<Rgb>(picture.rgb[at] << 16 | picture.rgb[at + 1] << 8 |
                                    picture.rgb[at + 2]);
        };
        const double y = ring.centre().y;
        CHECK(pixel(ring.x + 0.6, y) == hudoor::assets::colours::ink);
        CHECK(pixel(ring.x + 1.7, y) == hudoor::assets::colours::paper);
    }
    stage.painter.focus(std::nullopt);
}

TEST_CASE("what was undone keeps no tick, and a count of one kiosk says that it is this one's") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto has_good = [&](bool undone) {
        PanelView view = panel("home_full", Language::en);
        auto& page = std::get<HomePage>(view.page);
        page.rows.resize(1);
        page.rows[0].verdict = hudoor::storage::VerdictKind::admitted;
        page.rows[0].undone = undone;
        static_cast<void>(stage.show(view));
        const Picture picture = stage.window->read_picture();
        std::set<std::array<std::uint8_t, 3>> seen;
        for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3)
            seen.insert({picture.rgb[i], picture.rgb[i + 1], picture.rgb[i + 2]});
        const Rgb good = stage.painter.colours().good;
        return seen.contains({static_cast<std::uint8_t>(good >> 16),
                              static_cast<std::uint8_t>(good >> 8),
                              static_cast<std::uint8_t>(good)});
    };
    CHECK(has_good(false));
    CHECK_FALSE(has_good(true));

    PanelView view = panel("evacuation", Language::en);
    const auto says = [&](const std::string& words) {
        const auto texts = texts_of(stage.lay_out(view));
        return std::ranges::any_of(
            texts, [&](const Drawn& text) { return text.what.find(words) != std::string::npos; });
    };
    std::get<EvacuationPage>(view.page).kiosks_heard = 1;
    CHECK(says("This kiosk alone"));
    std::get<EvacuationPage>(view.page).kiosks_heard = 3;
    CHECK_FALSE(says("This kiosk alone"));
}
