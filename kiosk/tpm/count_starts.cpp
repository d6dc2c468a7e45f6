#include "kiosk/tpm/count_starts.hpp"

#include <spdlog/spdlog.h>

#include "config/fault.hpp"
#include "config/worker.hpp"
#include "kiosk/tpm/tpm.hpp"

namespace hudoor::kiosk {

using storage::StartCount;

namespace {

struct Raise {};

/// For the keepers' threads, which the facts wait for.
std::function<void()> raise_aside(const std::string& tcti) {
    const auto worker = std::make_shared<Worker<Raise>>(WorkerParts<Raise>{.handle = [tcti](Raise) {
        try {
            (void)Tpm(tcti).raise_counter();
        } catch (const Fault& fault) {
            spdlog::warn("this start or end is not counted: {}", fault.what());
        }
    }});
    return [worker] { worker->put({}); };
}

StartCount::Counter open_counter(const std::string& tcti) {
    Tpm tpm(tcti);
    const auto before = tpm.counter();
    return {.before = before,
            .now = before ? *before : tpm.raise_counter(),
            .raise = raise_aside(tcti)};
}

}  // namespace

storage::StartCountPtr count_starts(const std::optional<std::string>& tcti) {
    StartCount::Counter counter;
    try {
        if (tcti) counter = open_counter(*tcti);
    } catch (const Fault& fault) {
        spdlog::warn("starts are not counted: {}", fault.what());
    }
    return std::make_shared<StartCount>(std::move(counter));
}

}  // namespace hudoor::kiosk
