/// Short plays before the kiosk's camera, one for every hint and for none, to see which hint the
/// scan thread gives.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hudoor::test {

/// The names of the plays: those of the hints, of some of them several ("bent: on a cup"), and some
/// in which none is right.
[[nodiscard]] std::vector<std::string> hint_plays();

/// Plays it for less than a second (turn: two and a half) and gives the name of the first hint;
/// "read" if a badge was read first, "nothing" if neither.
[[nodiscard]] std::string play_hint(std::string_view play, std::uint64_t seed);

/// Whether `came` is right for the play: the hint of that name, or none where none is right.
[[nodiscard]] bool is_right_hint(std::string_view play, std::string_view came);

/// play -> what came -> how often.
using Confusion = std::map<std::string, std::map<std::string, int>>;
[[nodiscard]] Confusion play_hints(std::uint64_t first_seed, int seeds);

}  // namespace hudoor::test
