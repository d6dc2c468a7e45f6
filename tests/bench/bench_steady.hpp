/// What a kiosk's camera shows most of the day: a badge that is held up, and an empty hall.
#pragma once

namespace hudoor::bench {

/// Prints both as tables: a badge after its first read against A, an empty hall against reading the
/// frame once from memory.
void print_steady();

}  // namespace hudoor::bench
