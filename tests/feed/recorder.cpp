#include "tests/feed/recorder.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "tests/feed/avi.hpp"
#include "tests/feed/film.hpp"
#include "tests/feed/jpeg.hpp"

namespace hudoor::feed {
namespace {

constexpr std::size_t threads = 2;
/// Frames in memory at once, a few on each thread.
constexpr int batch = 16;

using Jpegs = std::array<std::vector<std::uint8_t>, batch>;

/// The first frame that belongs to this appearance: the gap before it is its own.
int begin_of(const Plan& plan, std::size_t index) {
    if (index == 0) return 0;
    return index < plan.appearances.size() ? plan.appearances[index - 1].gone : plan.frames;
}

/// Frames from `begin`, as many as there are before `end`.
void encode_batch(const Film& film, const Appearance& appearance, const std::vector<Card>& cards,
                  int begin, int end, int quality, Jpegs& jpegs) {
    const auto every_other = [&](int start) {
        JpegEncoder encoder;
        for (int frame = begin + start; frame < std::min(begin + batch, end);
             frame += static_cast<int>(threads))
            jpegs[static_cast<std::size_t>(frame - begin)] =
                encoder.encode(film.picture(frame, appearance, cards), quality);
    };
    std::vector<std::jthread> workers;
    for (std::size_t worker = 0; worker < threads; ++worker)
        workers.emplace_back(every_other, static_cast<int>(worker));
}

}  // namespace

std::vector<Truth> record(const Plan& plan, const Recording& recording,
                          const std::function<void(double)>& on_progress) {
    Film film(plan);
    AviWriter writer(recording.file, plan.options.size, plan.options.fps);
    const std::size_t last = std::min(recording.last, plan.appearances.size() - 1);
    const int file_begins = begin_of(plan, recording.first);
    const int file_ends = begin_of(plan, last + 1);
    std::vector<Truth> truth;
    Jpegs jpegs;
    for (std::size_t index = recording.first; index <= last; ++index) {
        const Appearance& appearance = plan.appearances[index];
        const std::vector<Card> cards = film.draw_cards(appearance);
        const int end = begin_of(plan, index + 1);
        film.call_walkers(begin_of(plan, index), end);
        for (int frame = begin_of(plan, index); frame < end; frame += batch) {
            encode_batch(film, appearance, cards, frame, end, recording.jpeg_quality, jpegs);
            for (int i = 0; i < std::min(batch, end - frame); ++i)
                writer.add_frame(jpegs[static_cast<std::size_t>(i)]);
            on_progress(static_cast<double>(frame - file_begins) / (file_ends - file_begins));
        }
        truth.push_back(measure(plan, index, file_begins));
    }
    writer.finish();
    return truth;
}

}  // namespace hudoor::feed
