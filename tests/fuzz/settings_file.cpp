// kiosk.toml from anybody.
#include "config/settings.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const hudoor::fuzz::MemoryFile file({data, size});
    hudoor::fuzz::expect_fault_at_most([&] { (void)hudoor::config::load_settings({file.path()}); });
    return 0;
}
