#include "storage/names/marks.hpp"

#include <string>

#include "tests/support/catch.hpp"

using hudoor::storage::matched_parts;

namespace {

/// The marked letters, parts with a bar between them.
std::string marked(const std::string& name, const std::string& typed) {
    std::string parts;
    for (const auto& range : matched_parts(name, typed))
        parts += (parts.empty() ? "" : "|") + name.substr(range.begin, range.end - range.begin);
    return parts;
}

}  // namespace

TEST_CASE("the typed beginning of a name is marked, article and all") {
    CHECK(marked("د. نورة المرزوقي", "المرز") == "المرز");
    CHECK(marked("Dr Noura Al Marzouqi", "al mar") == "Al Mar");
    CHECK(marked("Dr Noura Al-Marzouqi", "ALMAR") == "Al-Mar");
    CHECK(marked("سلطان المرزوقي", "مرزو") == "مرزو");
    CHECK(marked("مرزوق العلي", "المرزو") == "مرزو");
}

TEST_CASE(
    "words in another order are marked each for itself, the beginning of a word before its inside") {
    CHECK(marked("Noura Al Marzouqi", "marz nou") == "Nou|Marz");
    CHECK(marked("Amara Mar", "mar") == "Mar");
    CHECK(marked("Guimaraes", "mar") == "mar");
    CHECK(marked("Noura Al Marzouqi", "zou xyz") == "zou");
    CHECK(marked("Anna Ann", "ann anna") == "Anna");
}

TEST_CASE("marks and variants of letters count for the eye as for the search") {
    CHECK(marked("مُحمَّد العبدالله", "محمد") == "مُحمَّد");
    CHECK(marked("إنغريد سولبرغ", "انغ") == "إنغ");
    CHECK(marked("Łukasz Ångström", "angs") == "Ångs");
    CHECK(marked("فاطمة", "فاطمه") == "فاطمة");
}

TEST_CASE(
    "who was found across scripts or by sound has nothing marked, and neither has one letter inside a word") {
    CHECK(marked("محمد", "mohammed").empty());
    CHECK(marked("Muhammad", "mohammed").empty());
    CHECK(marked("Noura", "u").empty());
    CHECK(marked("Noura", "n") == "N");
    CHECK(marked("", "n").empty());
    CHECK(marked("Noura", "").empty());
    CHECK(marked("Noura", " - ").empty());
}

TEST_CASE("ranges are whole characters in order whatever the bytes") {
    const std::string broken = std::string("No\xff") + "ura \xd9";
    for (const auto* typed : {"nou", "ura", "\xd9", "\xff"})
        for (const auto& range : matched_parts(broken, typed)) {
            CHECK(range.begin < range.end);
            CHECK(range.end <= broken.size());
        }
}
