/// Catch2 2.13 (Debian 12) and 3.7 (Debian 13) behind one name. Tests include this, never Catch2's
/// own headers.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
