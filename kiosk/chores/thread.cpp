#include "kiosk/chores/thread.hpp"

#include <fstream>
#include <mutex>
#include <thread>

#include "config/mailbox.hpp"
#include "kiosk/chores/selftest.hpp"

namespace hudoor::kiosk {

namespace {

constexpr std::size_t most_jobs = 8;

/// Thousandths of a degree, as Linux has it (thermal sysfs).
std::optional<int> read_temperature() {
    std::ifstream file("/sys/class/thermal/thermal_zone0/temp");
    int thousandths = 0;
    if (!(file >> thousandths)) return std::nullopt;
    return thousandths / 1'000;
}

MachineState look_at(const std::filesystem::path& state) {
    MachineState machine;
    std::error_code error;
    const auto space = std::filesystem::space(state, error);
    if (!error) machine.free_bytes = space.available;
    machine.celsius = read_temperature();
    return machine;
}

}  // namespace

class FilesThread::Impl {
public:
    Impl(StickOptions options, std::function<void(FilesNews)> on_news)
        : options_(std::move(options)),
          on_news_(std::move(on_news)),
          thread_([this](const std::stop_token& stop) {
              while (auto job = jobs_.take(stop))
                  std::visit([this](const auto& it) { work(it); }, *job);
          }) {}

    void use(const storage::KioskSecrets& secrets) {
        const std::lock_guard lock(mutex_);
        signing_ = std::make_shared<storage::SigningKey>(
            storage::Secret<32>(secrets.signing.seed().view()));
        opening_ = std::make_shared<storage::OpeningKey>(
            storage::Secret<32>(secrets.opening.secret().view()));
    }

    void begin(FilesJob job) { jobs_.put(std::move(job)); }

private:
    void work(const CopyRecords& job) {
        const auto tell = [this](double part) {
            StickPage page;
            page.state = StickPage::State::working;
            page.part = part;
            on_news_(StickResult{page, {}});
        };
        on_news_(StickResult{copy_records(options_, held(signing_).get(), job.facts, tell), {}});
    }

    void work(const TakeList& job) {
        if (const auto opening = held(opening_))
            return on_news_(take_list(options_, *opening, job.edition));
        StickPage page;
        page.of = StickPage::Of::update;
        page.state = StickPage::State::failed;
        on_news_(StickResult{page, {}});
    }

    void work(const SaveLog& job) { on_news_(LogSaved{save_log(options_, job.lines)}); }
    void work(const SelfTest&) { on_news_(SelfTested{reads_test_code()}); }
    void work(const LookAtMachine&) { on_news_(look_at(options_.state)); }

    template <typename Key>
    std::shared_ptr<Key> held(const std::shared_ptr<Key>& key) {
        const std::lock_guard lock(mutex_);
        return key;
    }

    StickOptions options_;
    std::function<void(FilesNews)> on_news_;
    Mailbox<FilesJob> jobs_{most_jobs};
    std::mutex mutex_;  ///< of the keys
    std::shared_ptr<storage::SigningKey> signing_;
    std::shared_ptr<storage::OpeningKey> opening_;
    std::jthread thread_;  // last: the first to go
};

FilesThread::FilesThread(StickOptions options, std::function<void(FilesNews)> on_news)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(on_news))) {}
FilesThread::~FilesThread() = default;
void FilesThread::use(const storage::KioskSecrets& secrets) { impl_->use(secrets); }
void FilesThread::begin(FilesJob job) { impl_->begin(std::move(job)); }

}  // namespace hudoor::kiosk
