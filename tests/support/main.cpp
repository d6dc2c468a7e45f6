/// main of every test program: libsodium is made ready, the machine's own TPM is left alone, then
/// Catch2 runs.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <cstdlib>

#include "storage/base/crypto.hpp"

int main(int argc, char** argv) {
    hudoor::storage::init_crypto();
    ::setenv("HUDOOR_TCTI", "", 1);
    return Catch::Session().run(argc, argv);
}
