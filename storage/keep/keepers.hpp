/// All keepers of a kiosk together: the journal's and the mirror's. A fact counts as kept when
/// every healthy one has it; one that fails, or keeps the others waiting, is dropped until the next
/// start.
#pragma once

#include <future>
#include <optional>
#include <string>
#include <vector>

#include "storage/journal/start_count.hpp"
#include "storage/keep/keeper.hpp"

namespace hudoor::storage {

struct NamedKeeper {
    std::string device;  ///< "journal", "mirror"
    std::unique_ptr<Keeper> keeper;
};

/// Something that happened to a device and is to be a fault fact.
struct DeviceNews {
    std::string device;
    DeviceTrouble trouble{};
    std::string why;
};

/// Of a device whose end is missing; its fault fact says so in place of its name.
[[nodiscard]] DeviceNews tail_missing(const std::string& device, const std::string& why);

enum class StorageState {
    whole,    ///< every configured device takes facts
    reduced,  ///< one is lost, another takes them
    waiting,  ///< the last one does not answer for the moment: nothing can be acknowledged
    gone      ///< none is left until the next start
};

/// Used by one thread; waits for devices 250 ms a fact at most.
class Keepers {
public:
    /// `configured`: how many devices there should be; `news`: what happened when they were opened.
    Keepers(std::vector<NamedKeeper> keepers, std::size_t configured,
            std::vector<DeviceNews> news = {},
            std::chrono::milliseconds longest_wait = std::chrono::milliseconds(250));
    ~Keepers();
    Keepers(Keepers&&) = delete;

    /// Durable if at least one device has it and every other one that is still healthy, too. A
    /// device that is late while no other one has the fact stays: its answer is asked for later.
    [[nodiscard]] Kept keep(const StoredFact& fact);
    /// Looks at devices that failed by themselves and at late answers.
    void look();
    /// What the devices' heads carry; what is wrong with them is in the news after some look().
    void count_starts(StartCountPtr starts) { starts_ = std::move(starts); }
    /// Every device keeps a head from now on; one that is behind its own is in the news after some
    /// look().
    void watch_heads(const HeadKey& key);

    [[nodiscard]] StorageState state() const;
    /// Lost is the journal, not the mirror.
    [[nodiscard]] bool on_mirror() const;
    /// A device's files were removed or replaced under it. What it held has been copied out, and
    /// only a new start can take it from there.
    [[nodiscard]] bool wants_restart() const;
    /// Since the last call.
    [[nodiscard]] std::vector<DeviceNews> take_news();
    /// Facts that were not durable in time and are now.
    [[nodiscard]] std::vector<StoredFact> take_caught_up();
    /// Those that were there at the start, for reading only; they live as long as this does.
    [[nodiscard]] std::vector<Keeper*> readers() const;
    /// Some keeper's thread does not come back and is left to itself at the end, see
    /// Keeper::abandon.
    [[nodiscard]] bool any_hangs() const;

private:
    struct Late {
        StoredFact fact;
        std::future<Kept> kept;
    };
    struct Member {
        NamedKeeper named;
        std::vector<Late> late;                        ///< in the order they were submitted
        std::future<std::optional<std::string>> head;  ///< asked for and not answered yet
    };

    void drop(Member& member, DeviceTrouble trouble, const std::string& why);
    void look_at_late(Member& member);
    void look_at_head(Member& member);
    void look_at_starts();

    std::vector<Member> members_;
    std::vector<std::unique_ptr<Keeper>>
        dropped_;  ///< closing a broken device may take long: at the end
    std::size_t configured_;
    std::vector<DeviceNews> news_;
    std::vector<StoredFact> caught_up_;
    std::chrono::milliseconds longest_wait_;
    StartCountPtr starts_;
    bool any_abandoned_ = false;
};

}  // namespace hudoor::storage
