#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

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

/// The 60 longest of a thousand, in every mixture of scripts.
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
    names.resize(60);
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
    "a name that has room is whole, shrinks before it wraps, and wraps before it is shortened") {
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
    const auto shortened = show_en(
        "Maximiliano Oluwaseun Vijayaraghavan Maximiliano Oluwaseun Vijayaraghavan "
        "Wolfeschlegelsteinhausen Maximiliano Oluwaseun O\u2019Shaughnessy");
    REQUIRE(shortened.size() == 2);
    CHECK_FALSE(shortened.back().shortened);
    CHECK(shortened.front().what.starts_with("Maximiliano Oluwaseun"));
    CHECK(shortened.back().what.ends_with("W. M. O. O\u2019Shaughnessy"));
}

TEST_CASE("in no variant does a result lose a family name") {
    const Bilingual names[] = {
        {"عبدالرحمن بن عبدالله بن سعيد المرزوقي", "Abdulrahman bin Abdullah bin Saeed Al Marzouqi"},
        {"صاحبة السمو الملكي الأميرة نورة بنت عبدالعزيز بن محمد المرزوقي",
         "Her Excellency Professor Maria-Fernanda Wolfeschlegelsteinhausen bint Saeed Marzouqi"},
        {"", "Abdulrahman bin Abdullah bin Saeed Al Marzouqi"},
        {"معالي الدكتور أحمد نور الدين محمود عبد الله عبدالرحمن المرزوقي", ""}};
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 268 : 476, .height_px = portrait ? 476 : 268});
    for (const auto& variant : samples::variants()) {
        if (variant.portrait != portrait) continue;
        for (const Bilingual& name : names)
            for (const auto kind : {VerdictKind::admitted, VerdictKind::already_in})
                for (const bool band : {false, true}) {
                    View view = with_name(name, kind, variant.appearance);
                    if (band) view.band = Band::on_mirror;
                    std::string said;
                    for (const Drawn& each : stage.lay_out(view)) {
                        if (each.kind != Drawn::Kind::text) continue;
                        said += each.what + " ";
                        INFO(variant.name << " " << each.what);
                        CHECK_FALSE(each.shortened);
                    }
                    INFO(variant.name << " " << said);
                    const auto only = variant.appearance.only;
                    if (!name.ar.empty() && only != hudoor::assets::Language::en)
                        CHECK(said.find("المرزوقي") != std::string::npos);
                    if (!name.en.empty() && only != hudoor::assets::Language::ar)
                        CHECK(said.find("Marzouqi") != std::string::npos);
                }
    }
}

namespace {

/// How large each word is, the largest first where it stands more than once.
std::map<std::string, std::vector<double>> sizes_of_words(const std::vector<Drawn>& drawn) {
    std::map<std::string, std::vector<double>> sizes;
    for (const Drawn& each : drawn) {
        if (each.kind != Drawn::Kind::text) continue;
        std::istringstream words(without_isolates(each.what));
        for (std::string word; words >> word;) sizes[word].push_back(each.cap_mm);
    }
    for (auto& [word, caps] : sizes) std::sort(caps.rbegin(), caps.rend());
    return sizes;
}

}  // namespace

TEST_CASE("at 150 % no word of a result is smaller than at 100 %, and none goes") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 536 : 952, .height_px = portrait ? 952 : 536});
    for (const auto only :
         {std::optional<hudoor::assets::Language>(), std::optional(hudoor::assets::Language::ar),
          std::optional(hudoor::assets::Language::en)})
        for (auto [name, view] : samples::all()) {
            if (!std::holds_alternative<VerdictScreen>(view.screen)) continue;
            view.band.reset();  // its words do not grow
            view.appearance.only = only;
            const auto usual = sizes_of_words(stage.lay_out(view));
            view.appearance.text = 1.5;
            const auto large = sizes_of_words(stage.lay_out(view));
            for (const auto& [word, caps] : usual) {
                INFO(name << ": " << word);
                const auto found = large.find(word);
                REQUIRE(found != large.end());
                REQUIRE(found->second.size() == caps.size());
                for (std::size_t i = 0; i < caps.size(); ++i)
                    CHECK(found->second[i] >= caps[i] - 1e-6);
            }
        }
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
    CHECK(most <= std::size_t{3} << 20U);
    CHECK(most > std::size_t{1} << 20U);  // it had filled before
}
