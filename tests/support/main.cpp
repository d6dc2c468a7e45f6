/// main of every test program: libsodium is made ready, then Catch2 runs.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include "storage/base/crypto.hpp"

int main(int argc, char** argv) {
    hudoor::storage::init_crypto();
    return Catch::Session().run(argc, argv);
}
