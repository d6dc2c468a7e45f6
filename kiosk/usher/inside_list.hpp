/// Everybody inside, as the evacuation list shows them: in the order of a language, or those whom a
/// text finds.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "assets/catalogue.hpp"
#include "kiosk/desk/orders.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

class InsideList {
public:
    InsideList() = default;
    explicit InsideList(std::vector<FoundPerson> people);

    [[nodiscard]] const std::vector<FoundPerson>& people() const { return people_; }
    /// By their names in this language, whom only unproved facts name last; once enough is typed,
    /// the nearest first. They live as long as the list.
    [[nodiscard]] std::vector<const FoundPerson*> list(assets::Language language,
                                                       std::string_view typed) const;

private:
    std::vector<FoundPerson> people_;
    std::array<std::vector<std::size_t>, 2> order_;  ///< by language
    std::unique_ptr<storage::NameSearch> names_;     ///< none: nobody
};

}  // namespace hudoor::kiosk
