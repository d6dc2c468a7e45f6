// Called once by libFuzzer before the first input.
#include "storage/base/crypto.hpp"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    hudoor::storage::init_crypto();
    return 0;
}
