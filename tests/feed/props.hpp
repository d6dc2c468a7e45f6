/// The badges and codes people bring: each of the cast once, but for those who come again.
#pragma once

#include <vector>

#include "tests/feed/plan.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::feed {

class Props {
public:
    /// `key` is the event's and must outlive this.
    Props(const Cast& cast, const storage::SigningKey& key, Random& random);

    /// `gone`: the frame in which it leaves the view; kept for already_in. Throws Fault(bad_data)
    /// if nobody is left for the showing.
    [[nodiscard]] ShownCode make_code(Showing showing, int gone);
    /// Whether somebody admitted has been away for so many frames.
    [[nodiscard]] bool anyone_again(int enters, int pause) const;

private:
    struct Inside {
        CastMember member;
        int gone;
    };

    [[nodiscard]] CastMember take(Showing showing);
    [[nodiscard]] CastMember take_again();
    [[nodiscard]] ShownCode make_other_code();

    Cast cast_;
    const storage::SigningKey& key_;
    storage::SigningKey forger_;
    std::vector<Inside> inside_;  ///< admitted once, the longest first
    int other_codes_ = 0;
    std::uint8_t strangers_ = 0;
};

}  // namespace hudoor::feed
