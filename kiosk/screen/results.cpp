#include "kiosk/screen/results.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace hudoor::kiosk {

namespace {

/// Milliseconds with one digit after the point.
double ms(std::chrono::nanoseconds span) {
    return std::round(std::chrono::duration<double, std::milli>(span).count() * 10) / 10;
}

}  // namespace

std::string result_line(const Answer& answer, MonotonicTime on_screen) {
    const AnswerTiming& timing = answer.timing;
    nlohmann::ordered_json line;
    line["at"] = iso_time(answer.at);
    line["verdict"] = storage::name_of(answer.verdict.kind);
    line["reason"] = storage::name_of(answer.verdict.reason);
    line["registration"] = answer.registration;
    line["badge"] = answer.badge;
    line["session"] = answer.session ? answer.session->code : "";
    line["place"] = answer.place;
    line["method"] = storage::name_of(answer.method);
    if (answer.usher != storage::UsherNumber{}) line["usher"] = static_cast<int>(answer.usher);
    if (answer.override_reason != storage::Override::none)
        line["override"] = storage::name_of(answer.override_reason);
    if (answer.flood != 0) line["flood"] = answer.flood;
    if (answer.late) line["late"] = true;
    line["epoch"] = answer.epoch;
    line["seq"] = answer.seq;
    line["frame"] = answer.frame;
    line["ms"] = {{"frame_to_verdict", ms(timing.durable - timing.entered)},
                  {"decide", std::round(ms(timing.decide * 1'000)) / 1'000},
                  {"commit", ms(timing.commit)},
                  {"frame_to_screen", ms(on_screen - timing.entered)}};
    return line.dump();
}

std::string hint_line(scanner::HintKind hint, WallTime at) {
    nlohmann::ordered_json line;
    line["at"] = iso_time(at);
    line["hint"] = scanner::name_of(hint);
    return line.dump();
}

void ResultWriter::write(const std::string& line) {
    std::fprintf(stream_, "%s\n", line.c_str());
    std::fflush(stream_);
}

}  // namespace hudoor::kiosk
