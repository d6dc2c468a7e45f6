/// How many of every kind of frame that the project draws itself are read, beside plain ZXing.
#pragma once

namespace hudoor::bench {

/// Of seeds 1 to `seeds`. With a folder, the first frame of each that is not read is written there.
void print_kinds(int seeds, const char* folder);

}  // namespace hudoor::bench
