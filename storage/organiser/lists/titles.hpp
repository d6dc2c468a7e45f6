/// Titles before names: a badge's large word is the name, not the title.
#pragma once

#include <string>

namespace hudoor::organiser {

struct TitledName {
    std::string title;  ///< "H.E. Dr."; empty: none
    std::string name;   ///< never empty where the text was not
};

/// Splits off what stands before the name in either language. What may be a name as well (Eng
/// without its point, السيد) stays.
[[nodiscard]] TitledName split_title(const std::string& text);

}  // namespace hudoor::organiser
