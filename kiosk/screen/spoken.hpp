/// What a screen says aloud, as names of recordings: ids of words, and the pieces of which times
/// and seats are put together. Never a name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assets/catalogue.hpp"
#include "kiosk/desk/answer.hpp"
#include "kiosk/screen/view.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::kiosk {

using SpokenPieces = std::vector<std::string>;

/// The verdict alone: what everybody around may hear.
[[nodiscard]] SpokenPieces spoken_verdict(const Answer& answer);
/// The verdict, why, and what to do next: for one person's ears.
[[nodiscard]] SpokenPieces spoken_answer(const Answer& answer);
/// The invitation, or what holds the badge up.
[[nodiscard]] SpokenPieces spoken_idle(const IdleScreen& idle);
[[nodiscard]] SpokenPieces spoken_out_of_service(const OutOfServiceScreen& screen);

/// "A-14": its letters, and numbers as a whole up to 59, digit by digit beyond.
[[nodiscard]] SpokenPieces spell(std::string_view code);

/// What is to be recorded under one name.
struct Recording {
    std::string name;
    storage::Bilingual text;
};
/// Everything a screen may say.
[[nodiscard]] std::vector<Recording> recordings(const assets::Catalogue& catalogue);

}  // namespace hudoor::kiosk
