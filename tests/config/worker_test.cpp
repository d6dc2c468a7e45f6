#include "config/worker.hpp"

#include <future>
#include <limits>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace std::chrono_literals;

namespace {

using Message = std::variant<int, std::string>;

/// A worker whose first message holds it until go().
struct Held {
    std::vector<Message> handled;
    std::promise<void> begun, released;
    std::unique_ptr<Worker<Message>> worker;

    explicit Held(bool finishes = true, std::size_t most_waiting = 100) {
        worker = std::make_unique<Worker<Message>>(
            WorkerParts<Message>{.handle =
                                     [this](Message message) {
                                         handled.push_back(std::move(message));
                                         if (handled.size() > 1) return;
                                         begun.set_value();
                                         released.get_future().get();
                                     },
                                 .most_waiting = most_waiting,
                                 .finishes = finishes});
        CHECK(worker->put(0));
        begun.get_future().get();
    }
    void go() { released.set_value(); }
};

}  // namespace

TEST_CASE("a worker handles messages in their order, and drain waits for all of them") {
    Held held;
    for (int i = 1; i <= 50; ++i) CHECK(held.worker->put(i));
    held.go();
    held.worker->drain();
    REQUIRE(held.handled.size() == 51);
    for (int i = 0; i <= 50; ++i) CHECK(held.handled[static_cast<std::size_t>(i)] == Message(i));
}

TEST_CASE("the newest of a kind takes the place of the one that waits") {
    Held held;
    CHECK(held.worker->put_newest(1));
    CHECK(held.worker->put_newest(std::string("a")));
    CHECK(held.worker->put_newest(2));
    CHECK(held.worker->put_newest(std::string("b")));
    held.go();
    held.worker->drain();
    CHECK(held.handled == std::vector<Message>{0, 2, std::string("b")});
}

TEST_CASE("one message too many is refused to whoever brings it; none that waits is lost") {
    Held held(true, 3);
    for (int i = 1; i <= 3; ++i) CHECK(held.worker->put(i));
    CHECK_FALSE(held.worker->put(4));
    held.go();
    held.worker->drain();
    CHECK(held.handled == std::vector<Message>{0, 1, 2, 3});
    CHECK(held.worker->put(5));
}

TEST_CASE("at its end a worker finishes what waits, or drops it, and takes nothing more") {
    const bool finishes = GENERATE(true, false);
    Held held(finishes, std::numeric_limits<std::size_t>::max());
    CHECK(held.worker->put(1));
    auto ended = std::async(std::launch::async, [&] { held.worker->stop(); });
    while (held.worker->put(2)) std::this_thread::yield();  // until the end has begun
    held.go();
    ended.get();
    const auto handled = held.handled.size();
    if (finishes)
        CHECK(handled > 1);
    else
        CHECK(handled == 1);
    CHECK_FALSE(held.worker->put(3));
    held.worker->drain();  // nothing to wait for
}

TEST_CASE("a worker looks around at the beginning and when nothing comes") {
    std::promise<void> thrice;
    int idle = 0;
    Worker<int> worker({.handle = [](int) {},
                        .idle =
                            [&] {
                                if (++idle == 3) thrice.set_value();
                            },
                        .every = 1ms});
    thrice.get_future().get();
    worker.stop();
    CHECK(idle >= 3);
}
