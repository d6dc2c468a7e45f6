/// Marks a function whose loops over pixels are compiled for several generations of processors; the
/// program takes the best at its start. Elsewhere, and under sanitizers (which do not know
/// functions that are chosen before main), it marks nothing.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__clang__)
#define HUDOOR_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define HUDOOR_VECTORISED
#endif
