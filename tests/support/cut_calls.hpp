/// Ends this process in the midst of its calls to the file system, as a kill or a crash does.
#pragma once

namespace hudoor::test {

inline constexpr int cut_exit_code = 99;

/// The nth call from now on that creates, writes, syncs, renames or removes a file is not made:
/// the process ends there. Until this is called nothing is counted.
void cut_at_call(int nth);

}  // namespace hudoor::test
