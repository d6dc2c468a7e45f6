/// The frames of a plan, one by one.
#pragma once

#include "tests/feed/card.hpp"
#include "tests/feed/lens.hpp"
#include "tests/feed/plan.hpp"

namespace hudoor::feed {

class Film {
public:
    /// `plan` must outlive the film.
    explicit Film(const Plan& plan);

    /// The cards of one appearance, for picture(). Not thread-safe.
    [[nodiscard]] std::vector<Card> draw_cards(const Appearance& appearance) const;

    /// One frame that shows this appearance (its way in or out, or the empty hall around it).
    /// Thread-safe, and the same however often it is asked for.
    [[nodiscard]] Picture picture(int frame, const Appearance& appearance,
                                  const std::vector<Card>& cards) const;

private:
    void add_card(Picture& picture, int frame, const Appearance& appearance, std::size_t code,
                  const Card& card) const;

    const Plan& plan_;
    Picture hall_;
    Grain grain_;
};

}  // namespace hudoor::feed
