/// The frames of a plan, one by one.
#pragma once

#include <map>

#include "tests/feed/card.hpp"
#include "tests/feed/figure.hpp"
#include "tests/feed/lens.hpp"
#include "tests/feed/plan.hpp"

namespace hudoor::feed {

class Film {
public:
    /// `plan` must outlive the film.
    explicit Film(const Plan& plan);

    /// The cards of one appearance, for picture(): one a code, and the back of one that is turned.
    /// Not thread-safe.
    [[nodiscard]] std::vector<Card> draw_cards(const Appearance& appearance) const;
    /// Draws everybody who is in these frames, and forgets the others. Not thread-safe.
    void call_walkers(int begin, int end);

    /// One frame that shows this appearance (its way in or out, or the empty hall around it).
    /// Thread-safe, and the same however often it is asked for. Walkers must have been called.
    [[nodiscard]] Picture picture(int frame, const Appearance& appearance,
                                  const std::vector<Card>& cards) const;

private:
    [[nodiscard]] double light_at(int frame) const;
    void add_walkers(Picture& picture, int frame, double light) const;
    void add_card(Picture& picture, int frame, const Appearance& appearance, std::size_t code,
                  const Card& card) const;

    const Plan& plan_;
    Picture hall_;
    Grain grain_;
    std::map<std::size_t, Figure> figures_;  ///< of the plan's walkers
};

}  // namespace hudoor::feed
