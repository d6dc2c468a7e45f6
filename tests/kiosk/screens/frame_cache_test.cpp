#include "kiosk/display/frame_cache.hpp"

#include <string>

#include "tests/support/catch.hpp"

using hudoor::kiosk::FrameCache;

namespace {

/// A cache of numbers that weigh one each and count their own end.
struct Shelf {
    FrameCache<std::string, int> cache{100};
    int dropped = 0;
    int made = 0;

    void use(const std::string& key) {
        static_cast<void>(cache.get(key, [&] { return std::pair{++made, std::size_t{1}}; }));
    }
    void end() {
        cache.end_frame([&](int) { ++dropped; });
    }
};

}  // namespace

TEST_CASE("what two frames use is made once") {
    Shelf shelf;
    for (int frame = 0; frame < 3; ++frame) {
        shelf.cache.begin_frame();
        for (const auto* key : {"a", "b", "a"}) shelf.use(key);
        shelf.end();
    }
    CHECK(shelf.made == 2);
    CHECK(shelf.dropped == 0);
}

TEST_CASE("10,000 different names stay within the budget and one frame's worth") {
    Shelf shelf;
    for (int frame = 0; frame < 10'000; ++frame) {
        shelf.cache.begin_frame();
        shelf.use("always");
        for (int i = 0; i < 3; ++i) shelf.use(std::to_string(frame) + "/" + std::to_string(i));
        shelf.end();
        REQUIRE(shelf.cache.weight() <= 100);
        REQUIRE(static_cast<int>(shelf.cache.weight()) == shelf.made - shelf.dropped);
    }
    CHECK(shelf.made == 30'001);
}

TEST_CASE("a frame larger than the budget keeps all it has drawn") {
    Shelf shelf;
    for (int frame = 0; frame < 2; ++frame) {
        shelf.cache.begin_frame();
        for (int i = 0; i < 150; ++i) shelf.use(std::to_string(i));
        shelf.end();
    }
    CHECK(shelf.made == 150);
    CHECK(shelf.dropped == 0);
}

TEST_CASE("what was made to stay stays, and leaves the whole budget to the rest") {
    Shelf shelf;
    shelf.cache.begin_frame();
    for (int i = 0; i < 150; ++i) shelf.use("word " + std::to_string(i));
    shelf.cache.keep_all();
    shelf.end();
    CHECK(shelf.cache.weight() == 0);
    for (int frame = 0; frame < 1'000; ++frame) {
        shelf.cache.begin_frame();
        shelf.use(std::to_string(frame));
        shelf.end();
        REQUIRE(shelf.cache.weight() <= 100);
    }
    const int made = shelf.made;
    shelf.cache.begin_frame();
    for (int i = 0; i < 150; ++i) shelf.use("word " + std::to_string(i));
    CHECK(shelf.made == made);
}
