#include "kiosk/app.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <mutex>

#include "config/fault.hpp"
#include "config/mailbox.hpp"
#include "kiosk/desk_thread.hpp"
#include "kiosk/enrolment.hpp"
#include "kiosk/painter.hpp"
#include "kiosk/results.hpp"
#include "kiosk/screen_state.hpp"
#include "kiosk/screens/pad.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/sound.hpp"
#include "kiosk/stop_signals.hpp"
#include "kiosk/unlocker.hpp"
#include "kiosk/watchdog.hpp"
#include "kiosk/window.hpp"
#include "scanner/camera.hpp"
#include "scanner/hand_scanner.hpp"
#include "scanner/scan.hpp"
#include "storage/files.hpp"
#include "storage/journal_pair.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;

namespace {

constexpr auto shortest_frame = 16ms;  // under Xvfb the swap does not throttle
constexpr auto finger_step = 100ms;    // how often a resting finger is looked at
constexpr auto by_hand_before_restart = 10s;

void check_demo_options(const AppOptions& options, const storage::Identity& identity) {
    if (identity.demo) return;
    if (options.fake_time)
        throw Fault(ExitCode::not_allowed, "--fake-time works only for an event marked demo = true");
    if (options.screenshots)
        throw Fault(ExitCode::not_allowed, "--screenshots works only for an event marked demo = true");
}

std::unique_ptr<Clock> make_clock(const AppOptions& options) {
    if (options.fake_time) return std::make_unique<ShiftedClock>(*options.fake_time);
    return std::make_unique<SystemClock>();
}

storage::AdmissionPolicy policy_of(const config::AdmissionSettings& settings) {
    return {.admit_by_signature = settings.signature_only == config::SignatureOnly::admit,
            .list_stale_after = settings.list_stale_after,
            .list_expires_after = settings.list_expires_after};
}

/// The storage side of a running kiosk: journal, ledger, desk.
struct Back {
    std::unique_ptr<storage::TemporaryFolder> training;  ///< in place of the state, gone at the end
    std::unique_ptr<storage::Keepers> keepers;
    std::unique_ptr<Desk> desk;
    std::optional<WallTime> list_created;
};

Back open_back(const AppOptions& options, const Enrolment& enrolment, const Clock& clock) {
    Back back;
    const storage::Identity& identity = enrolment.identity;
    DeskKnowledge knowledge{.identity = identity,
                            .revocations = enrolment.revocations,
                            .replica = open_guest_list(enrolment, enrolment.secrets ? &enrolment.secrets->opening : nullptr),
                            .policy = policy_of(options.settings.admission)};
    // What is kept in training belongs to no kiosk, hashes otherwise and has no signature: nobody could take
    // it for a record.
    const storage::KioskId kiosk = options.training ? storage::KioskId{} : identity.kiosk;
    const std::string_view domain = options.training ? storage::training_domain : storage::fact_domain;
    if (options.training) back.training = std::make_unique<storage::TemporaryFolder>(std::filesystem::temp_directory_path());
    storage::JournalPair pair = storage::open_journal_pair(
        {.journal = {.directory = options.training ? back.training->path() : options.state, .kiosk = kiosk,
                     .kiosk_key = identity.kiosk_key, .with_reserve = !options.training, .domain = domain},
         .mirror = options.training ? std::filesystem::path() : options.settings.storage.mirror},
        [&](const storage::StoredFact& stored) { knowledge.learn(stored); });
    back.keepers = std::move(pair.keepers);
    if (knowledge.replica) back.list_created = knowledge.replica->header().created;
    storage::ChainOptions chain{.kiosk = kiosk, .place = identity.place, .domain = domain};
    if (enrolment.secrets && !options.training) chain.signing_key = &enrolment.secrets->signing;
    if (back.list_created) chain.not_before = *back.list_created;
    back.desk = std::make_unique<Desk>(std::move(knowledge), clock, storage::Chain(chain, clock, pair.head), *back.keepers);
    back.desk->open();
    return back;
}

std::optional<Cue> cue_of(const Answer& answer) {
    switch (answer.verdict.kind) {
        case storage::VerdictKind::admitted: return Cue::admitted;
        case storage::VerdictKind::already_in: return Cue::already_in;
        case storage::VerdictKind::see_usher: return Cue::see_usher;
        case storage::VerdictKind::refused: return Cue::refused;
        case storage::VerdictKind::none: return std::nullopt;
    }
    return std::nullopt;
}

/// What became of digits that were tried.
struct UnlockNews {
    bool opened = false;
    std::optional<WallTime> list_created{};
};

/// What the other threads have for the UI.
struct Inbox {
    explicit Inbox(const std::function<void()>& wake)
        : answers(1'024, wake), hints(8, wake), previews(1, wake), camera(16, wake), storage(16, wake), unlocks(4, wake) {}

    Mailbox<Answer> answers;
    Mailbox<scanner::Hint> hints;
    Mailbox<scanner::Preview> previews;
    Mailbox<scanner::CameraState> camera;
    Mailbox<StorageStatus> storage;
    Mailbox<UnlockNews> unlocks;
};

/// A wish to stop that may come before there is a window to wake.
class StopRequest {
public:
    void make() {
        made_ = true;
        const std::lock_guard lock(mutex_);
        if (then_) then_();
    }
    void when_made(std::function<void()> then) {
        const std::lock_guard lock(mutex_);
        then_ = std::move(then);
    }
    [[nodiscard]] bool made() const { return made_; }

private:
    std::atomic<bool> made_ = false;
    std::mutex mutex_;
    std::function<void()> then_;
};

/// Badges go to the desk, hints to the screen.
struct ToDeskOrScreen {
    DeskThread& desk;
    Inbox& inbox;

    void operator()(scanner::ScanEvent event) const {
        if (auto* scan = std::get_if<scanner::ScannedCode>(&event))
            desk.put(std::move(*scan));
        else
            inbox.hints.put(std::get<scanner::Hint>(event));
    }
};

/// What was opened goes to the desk, and the word that it is there, or was not opened, to the screen.
struct ToDeskThenScreen {
    DeskThread& desk;
    Inbox& inbox;

    void operator()(std::optional<Opened> opened) const {
        if (!opened) return inbox.unlocks.put({});
        UnlockNews news{.opened = true};
        if (opened->replica) news.list_created = opened->replica->header().created;
        desk.unlock(std::move(*opened), [to = &inbox, news] { to->unlocks.put(news); });
    }
};

WindowOptions window_options(const AppOptions& options) {
    const config::WindowSettings& window = options.settings.window;
    return {.width_px = window.width_px, .height_px = window.height_px, .px_per_mm = window.px_per_mm};
}

void check_fonts(const Painter& painter) {
    const auto missing = painter.fonts_missing();
    if (missing.empty()) return;
    for (const std::string& sentence : missing) spdlog::error("{}", sentence);
    throw Fault(ExitCode::unavailable, "fonts are missing; install the packages fonts-noto-core and fonts-noto-ui-core");
}

/// The UI loop: wait, take the mail, update the state, draw.
class Front {
public:
    Front(const AppOptions& options, const Clock& clock, Window& window, Painter& painter, ScreenState& state, Sound& sound)
        : options_(options), clock_(clock), window_(window), painter_(painter), state_(state), sound_(sound) {}

    /// Takes what has come and draws if anything changed.
    void turn(Inbox& inbox) {
        take(inbox);
        state_.tick(clock_.monotonic(), clock_.wall());
        touched_ = window_.take_redraw();
        const bool rests = Painter::finger_down() && clock_.monotonic() >= last_drawn_ + finger_step;
        const Change change = touched_ || rests ? Change::everything : state_.change();
        if (change != Change::nothing) draw(change);
    }

    void wait() {
        const MonotonicTime now = clock_.monotonic();
        MonotonicTime next = std::min(state_.next_change(now, clock_.wall()), now + Watchdog::look_every);
        if (const auto typed = hand_scanner_.typed_due()) next = std::min(next, *typed);
        if (Painter::finger_down()) next = std::min(next, last_drawn_ + finger_step);
        if (touched_ || state_.change() != Change::nothing) next = now;
        window_.wait(std::max(next, last_drawn_ + shortest_frame));
    }

    /// Texts of a hand scanner among the keys since the last call; what was typed by hand is for the screen.
    template <typename Give>
    void take_keys(Give give) {
        for (const KeyPress& press : window_.take_keys())
            if (auto text = hand_scanner_.press(press.key, (press.mods & shift) != 0, press.at))
                give(std::move(*text), press.at);
        const MonotonicTime now = clock_.monotonic();
        for (const int key : hand_scanner_.take_typed(now)) state_.on_intent(pad_intent(key), now);
    }

    [[nodiscard]] bool camera_ended() const { return camera_ended_; }
    /// A disk that comes back after its first failure is found by a new start only.
    [[nodiscard]] std::optional<Ailment> find_ailment() const {
        if (!storage_gone_ || clock_.monotonic() - *storage_gone_ < by_hand_before_restart) return std::nullopt;
        return Ailment{ExitCode::io, "no device is left to keep records on"};
    }

private:
    static constexpr int shift = 1;  // GLFW_MOD_SHIFT

    void take(Inbox& inbox) {
        const MonotonicTime now = clock_.monotonic();
        while (auto state = inbox.camera.try_take()) {
            camera_ended_ = *state == scanner::CameraState::ended;
            state_.on_camera(*state);
        }
        if (auto preview = inbox.previews.try_take()) state_.on_preview(std::move(*preview), now);
        while (auto hint = inbox.hints.try_take()) {
            state_.on_hint(*hint, now);
            if (options_.results && !hint->goes_on) results_.write(hint_line(hint->kind, clock_.wall()));
        }
        // A verdict whose fact is not stored is never shown; the state of the storage says why.
        while (auto answer = inbox.answers.try_take())
            if (answer->stored) state_.on_answer(std::move(*answer), now);
        while (const auto unlock = inbox.unlocks.try_take()) {
            if (unlock->opened)
                state_.on_unlocked(unlock->list_created);
            else
                state_.on_wrong_passphrase(now);
        }
        while (auto status = inbox.storage.try_take()) {
            state_.on_storage(*status);
            // One that only hangs is waited for: a new start would find it held by what hangs.
            if (status->state == storage::StorageState::gone && !storage_gone_) storage_gone_ = now;
        }
    }

    void draw(Change change) {
        const View view = state_.view(clock_.monotonic(), clock_.wall());
        const auto first_shown = state_.take_first_shown();
        if (first_shown)
            if (const auto cue = cue_of(*first_shown)) play(*cue, view);
        window_.begin_frame(ground_colour(view));
        const Intent intent = kiosk::draw(painter_, view);
        window_.end_frame(change == Change::tiles ? painter_.region_of({"preview", "pictogram"}) : std::nullopt);
        last_drawn_ = clock_.monotonic();
        if (intent != Intent::none) take_intent(intent);
        if (!first_shown) return;
        if (options_.results) results_.write(result_line(*first_shown, last_drawn_));
        if (options_.screenshots) take_screenshot(*first_shown);
    }

    void take_intent(Intent intent) {
        state_.on_intent(intent, last_drawn_);
        sound_.set_volume(loudness(state_.volume()));
        sound_.play(Cue::tap);
    }

    void play(Cue cue, const View& view) {
        sound_.set_volume(loudness(view.volume));
        sound_.play(cue, view.appearance.only);
    }

    /// 0 to 100.
    [[nodiscard]] int loudness(Volume volume) const {
        return volume == Volume::silent ? 0 : volume == Volume::loud ? 100 : options_.settings.sound.volume_percent;
    }

    void take_screenshot(const Answer& answer) {
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "%03d", ++pictures_);
        const std::string name = std::string(number.data()) + "-" + std::string(name_of(answer.verdict.kind)) + "-" +
                                 std::string(name_of(answer.verdict.reason)) + ".png";
        write_png(window_.read_picture(), *options_.screenshots / name);
    }

    const AppOptions& options_;
    const Clock& clock_;
    Window& window_;
    Painter& painter_;
    ScreenState& state_;
    Sound& sound_;
    scanner::HandScanner hand_scanner_;
    ResultWriter results_{stdout};
    MonotonicTime last_drawn_{};
    int pictures_ = 0;
    bool camera_ended_ = false;
    bool touched_ = false;  ///< the frame after the next may show more of it
    std::optional<MonotonicTime> storage_gone_;
};

std::unique_ptr<Window> open_surface(const AppOptions& options) {
    return options.headless ? open_headless(window_options(options)) : open_window(window_options(options));
}

/// A kiosk that cannot keep records from the start says so to the people before it, for a while; the
/// next start may find the disk again.
void show_by_hand(const AppOptions& options, const storage::Identity& identity, StopRequest& stop) {
    const SystemClock clock;
    const auto window = open_surface(options);
    stop.when_made([&window] { window->wake(); });
    Painter painter(options.assets, *window, options.settings.screen.more_fonts);
    ScreenState state({.identity = identity, .dwell = {}, .screen = options.settings.screen, .training = false,
                       .signature_only = false, .list_created = {}});
    state.on_storage({storage::StorageState::gone, false});
    const MonotonicTime until = clock.monotonic() + by_hand_before_restart;
    while (!stop.made() && clock.monotonic() < until) {
        const View view = state.view(clock.monotonic(), clock.wall());
        window->begin_frame(ground_colour(view));
        (void)kiosk::draw(painter, view);
        window->end_frame({});
        window->wait(until);
    }
    stop.when_made({});
}

/// From the first frame to the end.
void serve(const AppOptions& options, const Enrolment& enrolment, const Clock& clock, Back& back, StopRequest& stop,
           MonotonicTime began) {
    const auto window = open_surface(options);
    Painter painter(options.assets, *window, options.settings.screen.more_fonts);
    check_fonts(painter);
    warm_up(*window, painter);
    Sound sound(options.settings.sound);
    ScreenState state({.identity = enrolment.identity,
                       .dwell = options.settings.dwell,
                       .screen = options.settings.screen,
                       .training = options.training,
                       .signature_only = !back.desk->has_replica(),
                       .list_created = back.list_created});
    Inbox inbox([&window] { window->wake(); });
    stop.when_made([&window] { window->wake(); });

    DeskThread desk(std::move(back.desk), {.answer = [&inbox](Answer answer) { inbox.answers.put(std::move(answer)); },
                                           .storage = [&inbox](StorageStatus status) { inbox.storage.put(status); }});
    scanner::Scan scan(
        {.is_badge = [&enrolment](std::string_view text) { return storage::may_be_ours(text, enrolment.identity.code_shapes); }},
        clock, ToDeskOrScreen{desk, inbox}, [&inbox](scanner::Preview preview) { inbox.previews.put(std::move(preview)); });
    Unlocker unlocker(enrolment, ToDeskThenScreen{desk, inbox});
    if (enrolment.digit_lock) state.ask_passphrase(clock.monotonic());
    const scanner::Camera camera(
        {.source = options.settings.camera.source, .end_is_final = options.until_end},
        [&scan](scanner::FramePtr frame) { scan.put_frame(std::move(frame)); },
        [&inbox](scanner::CameraState camera_state, const std::string& why) {
            if (!why.empty()) spdlog::info("camera: {}", why);
            inbox.camera.put(camera_state);
        });

    Front front(options, clock, *window, painter, state, sound);
    front.turn(inbox);
    spdlog::info("ready after {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::steady_clock::now() - began).count());
    Watchdog watchdog({{"scan", &scan.pulse()}, {"desk", &desk.pulse()}, {"camera", &camera.pulse()}, {"unlocker", &unlocker.pulse()}});
    watchdog.say_ready();
    bool at_end = false;
    while (!stop.made() && !window->close_wanted() && !(at_end && !state.showing_result())) {
        front.wait();
        front.take_keys([&scan](std::string text, MonotonicTime at) { scan.put_text(std::move(text), at); });
        if (front.camera_ended() && options.until_end && !at_end) {
            scan.drain();
            desk.drain();
            at_end = true;
        }
        front.turn(inbox);
        if (auto digits = state.take_try()) unlocker.begin(std::move(*digits));
        if (const auto direction = state.take_direction()) desk.choose(*direction);
        auto ailment = watchdog.look(clock.monotonic());
        if (!ailment) ailment = front.find_ailment();
        if (ailment) end_now(*ailment);
    }
    stop.when_made({});
}

}  // namespace

void run_kiosk(const AppOptions& options) {
    const MonotonicTime began = std::chrono::steady_clock::now();
    StopRequest stop;
    const StopSignals signals([&stop] { stop.make(); });

    const Enrolment enrolment = load_enrolment(options.state);
    check_demo_options(options, enrolment.identity);
    const auto clock = make_clock(options);
    Back back;
    try {
        back = open_back(options, enrolment, *clock);
    } catch (const Fault& fault) {
        // Held by another program: that one has the screen.
        if (!options.headless && fault.exit_code() != ExitCode::unavailable) show_by_hand(options, enrolment.identity, stop);
        throw;
    }
    serve(options, enrolment, *clock, back, stop, began);
    if (back.keepers->any_hangs()) end_now({ExitCode::done, "a device hangs"});
}

}  // namespace hudoor::kiosk
