/// Everything behind a screen at its busiest, on a slow disk: facts being kept, records being
/// copied to a stick, names being searched. For measuring that none of it slows the screen.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

namespace hudoor::bench {

struct BusyOptions {
    std::filesystem::path folder;          ///< for the stick; emptied first
    std::chrono::milliseconds disk_takes;  ///< for every append and read
    std::size_t people = 100'000;
    std::size_t facts = 5'000;  ///< on the disk, to be copied
};

/// What was done meanwhile, so that a table can say that it was.
struct BusyDone {
    std::size_t kept = 0;    ///< facts
    std::size_t copied = 0;  ///< times all of the records
    std::size_t searched = 0;
};

class BusyKiosk {
public:
    explicit BusyKiosk(const BusyOptions& options);
    ~BusyKiosk();

    /// As a finger on a key of the search page does.
    void search_on();
    [[nodiscard]] BusyDone done() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::bench
