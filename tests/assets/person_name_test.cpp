#include "assets/person_name.hpp"

#include "tests/support/catch.hpp"

using hudoor::assets::name_forms;

namespace {

using Forms = std::vector<std::string>;

struct Row {
    const char* name;
    Forms forms;  ///< behind the name itself
};

const Row table[] = {
    {"Noura Al Marzouqi", {"N. Al Marzouqi", "Al Marzouqi"}},
    {"Abdulrahman bin Abdullah bin Saeed Al Marzouqi",
     {"Abdulrahman bin Abdullah Al Marzouqi", "Abdulrahman Al Marzouqi", "A. Al Marzouqi",
      "Al Marzouqi"}},
    {"Abdulrahman bin Abdullah bin Saeed", {"Abdulrahman Saeed", "A. Saeed", "Saeed"}},
    {"Mohammed bin Salman", {"M. bin Salman", "bin Salman"}},
    {"Abdul Rahman Abdul Aziz Al Hashimi",
     {"Abdul Rahman A. Al Hashimi", "Abdul Rahman Al Hashimi", "A. Al Hashimi", "Al Hashimi"}},
    {"Maria Fernanda Isabel de la Torre",
     {"Maria Fernanda I. de la Torre", "Maria F. I. de la Torre", "Maria de la Torre",
      "M. de la Torre", "de la Torre"}},
    {"Her Excellency Professor Maria-Fernanda Wolfeschlegelsteinhausen de la Torre",
     {"H.E. Prof. Maria-Fernanda Wolfeschlegelsteinhausen de la Torre",
      "H.E. Prof. Maria-Fernanda W. de la Torre", "H.E. Prof. Maria-Fernanda de la Torre",
      "Maria-Fernanda de la Torre", "M.-F. de la Torre", "de la Torre"}},
    {"Dr Martin Luther King Jr.",
     {"Dr Martin L. King Jr.", "Dr Martin King Jr.", "Martin King", "M. King", "King"}},
    {"José Ortega y Gasset", {"J. Ortega y Gasset", "Ortega y Gasset"}},
    {"Al Pacino", {"Pacino"}},
    {"Анастасия Ивановна Кузнецова",
     {"Анастасия И. Кузнецова", "Анастасия Кузнецова", "А. Кузнецова", "Кузнецова"}},
    {"李伟 (Li Wei)", {"李伟"}},
    {"さくら", {}},
    {"عبدالرحمن بن عبدالله بن سعيد المرزوقي",
     {"عبدالرحمن بن عبدالله المرزوقي", "عبدالرحمن المرزوقي", "المرزوقي"}},
    {"عبد الرحمن بن عبد الله بن سعيد", {"عبد الرحمن سعيد", "سعيد"}},
    {"صاحبة السمو الملكي الأميرة نورة بنت عبدالعزيز بن محمد آل سعود",
     {"سمو الأميرة نورة بنت عبدالعزيز بن محمد آل سعود", "سمو الأميرة نورة بنت عبدالعزيز آل سعود",
      "سمو الأميرة نورة آل سعود", "نورة آل سعود", "آل سعود"}},
    {"معالي الدكتور أحمد نور الدين محمود عبد الله القحطاني",
     {"معالي د. أحمد نور الدين محمود عبد الله القحطاني", "معالي د. أحمد نور الدين محمود القحطاني",
      "معالي د. أحمد نور الدين القحطاني", "معالي د. أحمد القحطاني", "أحمد القحطاني", "القحطاني"}},
};

}  // namespace

TEST_CASE("a name becomes shorter as a person would write it") {
    for (const Row& row : table) {
        INFO(row.name);
        Forms expected{row.name};
        expected.insert(expected.end(), row.forms.begin(), row.forms.end());
        CHECK(name_forms(row.name) == expected);
    }
}

TEST_CASE("every form of a name is shorter than the one before and ends in the family name") {
    for (const Row& row : table) {
        const Forms forms = name_forms(row.name);
        for (std::size_t i = 1; i < forms.size(); ++i) {
            INFO(forms[i]);
            CHECK(forms[i].size() < forms[i - 1].size());
            if (forms.size() > 2 && i + 2 < forms.size())
                CHECK(forms[i].find(forms.back()) != std::string::npos);
        }
    }
}

TEST_CASE("titles alone, spaces and nothing at all are names too") {
    CHECK(name_forms("").empty());
    CHECK(name_forms("   ").empty());
    CHECK(name_forms("Dr") == Forms{"Dr"});
    CHECK(name_forms("  Dr   Who ") == Forms{"Dr Who", "Who"});
    CHECK(name_forms("Al Al").front() == "Al Al");
    CHECK(name_forms("bin").front() == "bin");
    CHECK_FALSE(name_forms("\xC3").empty());  // half a letter
}
