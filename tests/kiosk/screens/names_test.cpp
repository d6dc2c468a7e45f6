#include <algorithm>

#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using hudoor::storage::Bilingual;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

/// Parts of names in several scripts, some longer than any screen; invented, not of anybody.
const std::vector<std::string> latin_parts{"His",
                                           "Excellency",
                                           "Professor",
                                           "Maximiliano",
                                           "Wolfeschlegelsteinhausen",
                                           "de",
                                           "la",
                                           "Bundaberg-Fitzwilliam",
                                           "Oluwaseun",
                                           "Vijayaraghavan",
                                           "O\u2019Shaughnessy",
                                           "III",
                                           "\u00C5ngstr\u00F6m",
                                           "Nguy\u1EC5n",
                                           "\u0141ukaszewicz",
                                           "Bin",
                                           "Al",
                                           "Katzenellenbogen"};
const std::vector<std::string> arabic_parts{
    "صاحب",     "السمو",  "الملكي", "الأمير", "عبدالرحمن", "بن",      "عبدالعزيز", "المستضيء",
    "القحطاني", "الشيخة", "لطيفة",  "آل",     "الدكتورة",  "إسماعيل", "مُحمَّد",      "العبدالله"};
const std::vector<std::string> other_parts{"Александр",    "Достоевский-Преображенский",
                                           "Анастасия",    "李",
                                           "伟明",         "欧阳",
                                           "さくら",       "김철수",
                                           "Παπαδόπουλος", "Ελευθερία",
                                           "ไทย"};

std::string make_name(const std::vector<std::string>& parts, unsigned seed, std::size_t words) {
    std::string name;
    for (std::size_t i = 0; i < words; ++i) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        name += (i > 0 ? " " : "") + parts[(seed >> 16U) % parts.size()];
    }
    return name;
}

/// The 200 longest of a thousand, in every mixture of scripts.
std::vector<Bilingual> longest_names() {
    std::vector<Bilingual> names;
    for (unsigned i = 0; i < 1'000; ++i) {
        const std::size_t words = 2 + i % 13;
        const auto& latin = i % 5 == 4 ? other_parts : latin_parts;
        Bilingual name{make_name(arabic_parts, i, words), make_name(latin, i + 7, words)};
        if (i % 7 == 0) name.ar.clear();
        if (i % 7 == 1) name.en.clear();
        if (i % 11 == 3) name.en = make_name(latin, i, 2) + " " + make_name(arabic_parts, i, 3);
        names.push_back(std::move(name));
    }
    const auto length = [](const Bilingual& name) {
        return std::max(name.ar.size(), name.en.size());
    };
    std::stable_sort(names.begin(), names.end(),
                     [&](const Bilingual& a, const Bilingual& b) { return length(a) > length(b); });
    names.resize(200);
    return names;
}

View with_name(const Bilingual& name, VerdictKind kind, const Appearance& appearance) {
    View view =
        samples::verdict(kind, kind == VerdictKind::admitted ? Reason::ok : Reason::already_in);
    std::get<VerdictScreen>(view.screen).answer.name = name;
    view.appearance = appearance;
    return view;
}

}  // namespace

TEST_CASE("the longest names are never clipped and run into nothing") {
    const bool portrait = GENERATE(false, true);
    const double text = GENERATE(1.0, 1.5);
    Stage stage({.width_px = portrait ? 268 : 476, .height_px = portrait ? 476 : 268});
    Appearance appearance;
    appearance.text = text;
    for (const Bilingual& name : longest_names()) {
        for (const auto kind : {VerdictKind::admitted, VerdictKind::already_in}) {
            std::vector<Drawn> texts;
            for (const Drawn& each : stage.lay_out(with_name(name, kind, appearance)))
                if (each.kind == Drawn::Kind::text) texts.push_back(each);
            for (std::size_t i = 0; i < texts.size(); ++i) {
                INFO(portrait << " " << text << " " << texts[i].what);
                CHECK((texts[i].box.x >= 4 && texts[i].box.right() <= stage.painter.width() - 4));
                CHECK((texts[i].box.y >= 4 && texts[i].box.bottom() <= stage.painter.height() - 3));
                for (std::size_t j = 0; j < i; ++j) {
                    INFO(texts[j].what);
                    CHECK_FALSE(overlap(texts[i], texts[j]));
                }
            }
        }
    }
}

TEST_CASE(
    "a name that has room is whole, shrinks before it wraps, and wraps before it ends in an ellipsis") {
    Stage stage({.width_px = 952, .height_px = 536});
    const auto show_en = [&](const std::string& name) {
        std::vector<Drawn> lines;
        for (const Drawn& each : stage.lay_out(with_name({"", name}, VerdictKind::admitted, {})))
            if (each.kind == Drawn::Kind::text && each.box.y > 98 && each.box.bottom() < 192)
                lines.push_back(each);
        return lines;
    };
    const auto whole = show_en("Dr Noura Al Marzouqi");
    REQUIRE(whole.size() == 1);
    CHECK(whole.front().cap_mm > 18);
    const auto shrunk = show_en("Professor Maximiliano Wolfeschlegel de la Torre");
    REQUIRE(shrunk.size() == 1);
    CHECK((shrunk.front().cap_mm < 18 && shrunk.front().cap_mm >= 12.2));
    const auto wrapped =
        show_en("Her Excellency Professor Maximiliano Wolfeschlegelsteinhausen de la Torre");
    REQUIRE(wrapped.size() == 2);
    CHECK_FALSE(wrapped.back().shortened);
    const auto ended = show_en(make_name(latin_parts, 3, 20));
    REQUIRE(ended.size() == 2);
    CHECK(ended.back().shortened);
    CHECK(ended.back().what.find("\u2026") != std::string::npos);
}

TEST_CASE("ten thousand different names do not fill the graphics memory") {
    Stage stage({.width_px = 476, .height_px = 268});
    std::size_t most = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto number = std::to_string(i);
        static_cast<void>(stage.lay_out(
            with_name({"نورة " + number, "Noura " + number}, VerdictKind::admitted, {})));
        most = std::max(most, stage.painter.texture_bytes());
    }
    CHECK(stage.painter.textures_made() >= 20'000);
    CHECK(most <= std::size_t{16} << 20U);
    CHECK(most > std::size_t{4} << 20U);  // it had filled before
}
