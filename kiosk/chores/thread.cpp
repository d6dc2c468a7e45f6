#include "kiosk/chores/thread.hpp"

#include <fstream>

#include "config/worker.hpp"
#include "kiosk/chores/backlight.hpp"
#include "kiosk/chores/selftest.hpp"
#include "kiosk/chores/unsigned_copies.hpp"
#include "storage/journal/aside.hpp"

namespace hudoor::kiosk {

namespace {

constexpr std::size_t most_jobs = 16;
constexpr std::chrono::milliseconds looks_for_sticks_every{2'000};

/// Thousandths of a degree, as Linux has it (thermal sysfs).
std::optional<int> read_temperature() {
    std::ifstream file("/sys/class/thermal/thermal_zone0/temp");
    int thousandths = 0;
    if (!(file >> thousandths)) return std::nullopt;
    return thousandths / 1'000;
}

MachineState look_at(const StickOptions& options) {
    MachineState machine;
    std::error_code error;
    const auto space = std::filesystem::space(options.state, error);
    if (!error) machine.free_bytes = space.available;
    machine.celsius = read_temperature();
    machine.brightness_percent = Backlight().percent();
    for (const auto& beside : {options.mirror, options.state})
        if (const auto folders = storage::folders_aside(beside); !folders.empty())
            machine.aside = folders.back().filename().string();
    return machine;
}

}  // namespace

class ChoresThread::Impl {
public:
    using Message = std::variant<Publication, Chore>;

    Impl(StickOptions options, Publication now, Tell tell)
        : options_(std::move(options)),
          tell_(std::move(tell)),
          worker_({.handle = [this](Message message) { handle(std::move(message)); },
                   .idle = [this] { copy_unsigned(); },
                   .every = looks_for_sticks_every,
                   .most_waiting = most_jobs,
                   .finishes = false}) {
        put(std::move(now));
    }

    void put(Publication now) {
        now.names.reset();
        worker_.put_newest(std::move(now));
    }
    void begin(Chore chore) {
        if (!worker_.put(chore)) std::visit([this](const auto& it) { refuse(it); }, chore);
    }

private:
    void handle(Message message) {
        if (auto* now = std::get_if<Publication>(&message)) {
            now_ = std::move(*now);
            return copy_unsigned();
        }
        std::visit([this](const auto& it) { work(it); }, std::get<Chore>(message));
    }

    void copy_unsigned() {
        if (!options_.clock || !now_.in_force || now_.secrets || now_.in_force->training) return;
        if (!copies_.is_due(find_sticks(options_.sticks), options_.clock->monotonic())) return;
        const StickPage page = copy_records(options_, now_, 0, [](double) {});
        for (const StickPage::Line& line : page.sticks)
            if (line.state == StickPage::State::safe) return tell_.news(UnsignedCopied{});
    }

    void work(const CopyRecords& job) {
        const auto tell = [this](double part) {
            StickPage page;
            page.state = StickPage::State::working;
            page.part = part;
            tell_.news(page);
        };
        end(job.intent, copy_records(options_, now_, job.facts, tell));
    }

    void work(const TakeList& job) {
        StickResult result = take_list(options_, now_, job.newest);
        if (result.update) tell_.update(std::move(*result.update));
        end(job.intent, result.page);
    }

    void work(const SaveLog& job) {
        tell_.news(LogSaved{save_log(options_, now_.in_force->identity, job.lines)});
    }
    void work(const SelfTest& job) {
        const bool reads = reads_test_code();
        if (job.intent) tell_.ended(*job.intent, reads ? ExitCode::done : ExitCode::unavailable);
        tell_.news(SelfTested{reads});
    }
    void work(const LookAtMachine&) { tell_.news(look_at(options_)); }
    void work(const ChangeBrightness&) {
        const Backlight light;
        if (const auto now = light.percent()) light.set(next_brightness(*now));
        tell_.news(look_at(options_));
    }

    /// The act's end first: whoever sees the page may lock the panel at once.
    void end(const storage::FactId& intent, const StickPage& page) {
        tell_.ended(intent, outcome_of(page));
        tell_.news(page);
    }

    void refuse(const CopyRecords& job) { fail(job.intent, StickPage::Of::copy); }
    void refuse(const TakeList& job) { fail(job.intent, StickPage::Of::update); }
    void refuse(const SaveLog&) { tell_.news(LogSaved{false}); }
    void refuse(const SelfTest& job) {
        if (job.intent) tell_.ended(*job.intent, ExitCode::try_again);
        tell_.news(SelfTested{false});
    }
    void refuse(const LookAtMachine&) {}
    void refuse(const ChangeBrightness&) {}
    void fail(const storage::FactId& intent, StickPage::Of of) {
        StickPage page;
        page.of = of;
        page.state = StickPage::State::failed;
        end(intent, page);
    }

    StickOptions options_;
    Publication now_;
    Tell tell_;
    UnsignedCopies copies_;
    Worker<Message> worker_;  // last: the first to go
};

ChoresThread::ChoresThread(StickOptions options, Publication now, Tell tell)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(now), std::move(tell))) {}
ChoresThread::~ChoresThread() = default;
void ChoresThread::put(Publication now) { impl_->put(std::move(now)); }
void ChoresThread::begin(Chore chore) { impl_->begin(std::move(chore)); }

}  // namespace hudoor::kiosk
