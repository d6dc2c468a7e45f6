#include <spdlog/logger.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "kiosk/sound/sound.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

using namespace std::chrono_literals;
using hudoor::assets::Language;
using hudoor::config::SoundSettings;
using hudoor::kiosk::Cue;
using hudoor::kiosk::make_cue;
using hudoor::kiosk::samples_per_second;
using hudoor::kiosk::Sound;
using hudoor::test::within;

namespace {

using Samples = std::vector<std::int16_t>;

constexpr std::array all_cues{Cue::admitted, Cue::already_in, Cue::see_usher,
                              Cue::refused,  Cue::tap,        Cue::aim};

class TestFolder {
public:
    TestFolder()
        : path_(std::filesystem::temp_directory_path() /
                ("hudoor-sound-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path_);
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

SoundSettings into(const std::filesystem::path& file, int volume_percent = 100) {
    return {
        volume_percent, "wavenc ! filesink buffer-mode=unbuffered location=" + file.string(), {}};
}

/// A 16-bit mono WAV file.
void write_wav(const std::filesystem::path& file, const Samples& samples) {
    const auto bytes = static_cast<std::uint32_t>(samples.size() * 2);
    std::ofstream out(file, std::ios::binary);
    const auto number = [&](std::uint32_t value, int size) {
        out.write(reinterpret_cast<const char*>(&value), size);
    };
    out << "RIFF";
    number(36 + bytes, 4);
    out << "WAVEfmt ";
    for (const auto& [value, size] :
         {std::pair{16U, 4}, {1U, 2}, {1U, 2}, {48'000U, 4}, {96'000U, 4}, {2U, 2}, {16U, 2}})
        number(value, size);
    out << "data";
    number(bytes, 4);
    out.write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(bytes));
}

/// The samples of a 16-bit mono WAV file with the usual 44 bytes before them.
Samples read_wav(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    REQUIRE(bytes.size() > 44);
    REQUIRE(bytes.substr(0, 4) == "RIFF");
    Samples samples((bytes.size() - 44) / 2);
    std::memcpy(samples.data(), bytes.data() + 44, samples.size() * 2);
    return samples;
}

/// Without the silence before and after.
Samples trimmed(const Samples& samples) {
    const auto loud = [](std::int16_t sample) { return sample != 0; };
    const auto first = std::find_if(samples.begin(), samples.end(), loud);
    const auto last = std::find_if(samples.rbegin(), samples.rend(), loud).base();
    return first < last ? Samples(first, last) : Samples();
}

double energy(const Samples& samples) {
    return std::transform_reduce(samples.begin(), samples.end(), 0.0, std::plus<>(),
                                 [](std::int16_t sample) { return double{1} * sample * sample; });
}

int peak(const Samples& samples) {
    int highest = 0;
    for (const std::int16_t sample : samples) highest = std::max(highest, std::abs(int{sample}));
    return highest;
}

Samples play_into_file(Cue cue, int volume_percent) {
    const TestFolder folder;
    {
        Sound sound(into(folder / "cue.wav", volume_percent));
        sound.play(cue);
    }
    return read_wav(folder / "cue.wav");
}

/// What the program logs while this lives, instead of on stderr.
class CaughtLog {
public:
    CaughtLog() { spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", lines_)); }
    ~CaughtLog() { spdlog::set_default_logger(usual_); }
    CaughtLog(const CaughtLog&) = delete;
    CaughtLog& operator=(const CaughtLog&) = delete;

    /// Waits for the first line, 10 s at most.
    [[nodiscard]] std::vector<std::string> wait_for_lines() const {
        const auto deadline = within(10s);
        while (lines().empty() && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return lines();
    }
    [[nodiscard]] std::vector<std::string> lines() const { return lines_->last_formatted(); }

private:
    std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> lines_ =
        std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(16);
    std::shared_ptr<spdlog::logger> usual_ = spdlog::default_logger();
};

/// Until `sound` works, or 10 s have passed.
bool comes_to_work(const Sound& sound) {
    const auto deadline = within(10s);
    while (!sound.works() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return sound.works();
}

}  // namespace

TEST_CASE("every cue is short, loud enough to hear, never clipped, and ends in silence") {
    for (const Cue cue : all_cues) {
        const Samples samples = make_cue(cue);
        CAPTURE(static_cast<int>(cue));
        CHECK(samples.size() < std::size_t{samples_per_second} * 45 / 100);
        CHECK(peak(samples) > INT16_MAX / 5);
        CHECK(peak(samples) <= INT16_MAX / 2);
        CHECK(std::abs(int{samples.front()}) < 200);
        CHECK(std::abs(int{samples.back()}) < 200);
    }
}

TEST_CASE("no two cues sound alike") {
    for (std::size_t one = 0; one < all_cues.size(); ++one) {
        for (std::size_t other = one + 1; other < all_cues.size(); ++other) {
            Samples first = make_cue(all_cues[one]);
            Samples second = make_cue(all_cues[other]);
            const std::size_t length = std::max(first.size(), second.size());
            first.resize(length);
            second.resize(length);
            const double common =
                std::inner_product(first.begin(), first.end(), second.begin(), 0.0);
            CAPTURE(one, other);
            CHECK(std::abs(common) < 0.75 * std::sqrt(energy(first) * energy(second)));
        }
    }
}

TEST_CASE("a played cue comes out whole, sample for sample at full volume") {
    for (const Cue cue : all_cues) {
        const Samples heard = play_into_file(cue, 100);
        CHECK(heard.size() >= make_cue(cue).size());
        CHECK(heard.size() < make_cue(cue).size() + samples_per_second / 20);
        CHECK(trimmed(heard) == trimmed(make_cue(cue)));
    }
}

TEST_CASE("half the volume is a quarter of the energy, no volume is silence") {
    const double full = energy(make_cue(Cue::admitted));
    CHECK(energy(play_into_file(Cue::admitted, 50)) / full > 0.24);
    CHECK(energy(play_into_file(Cue::admitted, 50)) / full < 0.26);
    CHECK(trimmed(play_into_file(Cue::admitted, 0)).empty());
}

TEST_CASE("recorded words follow their cue in both languages or in the one asked for") {
    const TestFolder folder;
    write_wav(folder / "admitted.ar.wav", Samples(samples_per_second / 4, 4'000));
    write_wav(folder / "admitted.en.wav", Samples(samples_per_second / 4, 2'000));
    write_wav(folder / "refused.en.wav", {});  // no sound: said, and left out
    const auto heard = [&](Cue cue, std::optional<Language> only,
                           const std::string& word = "see.word") {
        SoundSettings settings = into(folder / "words.wav");
        settings.voice = folder.path();
        {
            Sound sound(settings);
            REQUIRE(comes_to_work(sound));
            sound.play({.cue = cue, .only = only, .words = {word}});
            const std::size_t words =
                cue == Cue::refused ? 0 : (only ? 1 : 2) * samples_per_second / 4;
            const auto whole = 2 * (make_cue(cue).size() + words);
            const auto deadline = within(10s);
            while (std::filesystem::file_size(folder / "words.wav") < whole &&
                   std::chrono::steady_clock::now() < deadline)
                std::this_thread::yield();
        }
        return read_wav(folder / "words.wav");
    };
    const auto count = [](const Samples& samples, int value) {
        return std::count(samples.begin(), samples.end(), value);
    };
    const auto begin = [](const Samples& samples, std::int16_t value) {
        return std::search_n(samples.begin(), samples.end(), 100, value);
    };
    const Samples both = heard(Cue::admitted, {});
    CHECK(count(both, 4'000) >= samples_per_second / 4);
    CHECK(count(both, 2'000) >= samples_per_second / 4);
    CHECK(begin(both, 4'000) < begin(both, 2'000));
    const Samples english = heard(Cue::admitted, Language::en);
    CHECK(count(english, 2'000) >= samples_per_second / 4);
    CHECK(count(english, 4'000) < 100);
    // Goodbye is no welcome, whatever is recorded for who comes in.
    CHECK(count(heard(Cue::refused, Language::en, "exit.word"), 2'000) < 100);
    CHECK(heard(Cue::refused, {}).size() < make_cue(Cue::refused).size() + samples_per_second / 20);
}

TEST_CASE("the volume holds from the next cue on") {
    const TestFolder folder;
    {
        Sound sound(into(folder / "quiet.wav"));
        REQUIRE(comes_to_work(sound));
        sound.set_volume(0);
        sound.play(Cue::refused);
    }
    CHECK(trimmed(read_wav(folder / "quiet.wav")).empty());
}

TEST_CASE("cues sound one after another") {
    const TestFolder folder;
    {
        Sound sound(into(folder / "two.wav"));
        REQUIRE(comes_to_work(sound));
        sound.play(Cue::tap);
        sound.play(Cue::refused);
    }
    const double both = energy(make_cue(Cue::tap)) + energy(make_cue(Cue::refused));
    CHECK(energy(read_wav(folder / "two.wav")) == both);
}

TEST_CASE("without a card the kiosk is silent and goes on, and sounds once the card is there") {
    const TestFolder folder;
    const CaughtLog log;
    Sound sound(into(folder / "card" / "later.wav"), 0s);
    CHECK(log.wait_for_lines().size() == 1);
    CHECK_FALSE(sound.works());

    std::filesystem::create_directories(folder / "card");
    sound.play(Cue::tap);
    CHECK(comes_to_work(sound));
}

TEST_CASE("a sink that does not exist or is nonsense is silence and one log line, not an end") {
    for (const std::string sink : {"nosuchsink", "!!", "fakesink nosuchproperty=1"}) {
        const CaughtLog log;
        {
            Sound sound({70, sink}, 0s);
            sound.play(Cue::tap);
            sound.play(Cue::tap);
            CHECK(log.wait_for_lines().size() == 1);
            CHECK_FALSE(sound.works());
        }
        REQUIRE(log.lines().size() == 1);
        CHECK(log.lines()[0].find(sink) != std::string::npos);
    }
}

TEST_CASE("a card that is lost while playing is noticed") {
    const CaughtLog log;
    Sound sound({70, "identity error-after=3 ! fakesink"});
    REQUIRE(comes_to_work(sound));
    sound.play(Cue::tap);
    sound.play(Cue::tap);
    CHECK(log.wait_for_lines().size() == 1);
    CHECK_FALSE(sound.works());
}
