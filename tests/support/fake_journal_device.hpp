/// A journal device in memory that remembers what it was given and fails when told to.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "config/fault.hpp"
#include "storage/journal/device.hpp"

namespace hudoor::test {

/// What a test sees of the device, from any thread.
struct FakeJournalState {
    std::vector<storage::StoredFact> facts() {
        const std::lock_guard lock(mutex);
        return kept;
    }

    [[nodiscard]] std::size_t count() {
        const std::lock_guard lock(mutex);
        return kept.size();
    }
    /// There is one.
    storage::StoredFact newest() {
        const std::lock_guard lock(mutex);
        return kept.back();
    }

    std::mutex mutex;
    std::vector<storage::StoredFact> kept;
    std::atomic<bool> failing = false;
    std::optional<std::shared_future<void>> hangs_until;  ///< set before the first append
};

class FakeJournalDevice final : public storage::JournalDevice {
public:
    explicit FakeJournalDevice(std::shared_ptr<FakeJournalState> state)
        : state_(std::move(state)) {}

    void append(std::span<const storage::StoredFact> facts) override {
        if (state_->failing) throw Fault(ExitCode::io, "the fake disk is broken");
        if (state_->hangs_until && !state_->facts().empty()) state_->hangs_until->wait();
        const std::lock_guard lock(state_->mutex);
        state_->kept.insert(state_->kept.end(), facts.begin(), facts.end());
    }
    void idle() override {}
    [[nodiscard]] storage::FactSlice read(std::uint64_t from, std::size_t most) const override {
        if (state_->failing) throw Fault(ExitCode::io, "the fake disk is broken");
        const auto facts = state_->facts();
        storage::FactSlice slice{{}, from};
        for (; slice.next < facts.size() && slice.facts.size() < most; ++slice.next)
            slice.facts.push_back(facts[slice.next]);
        return slice;
    }

private:
    std::shared_ptr<FakeJournalState> state_;
};

}  // namespace hudoor::test
