#include "kiosk/app.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>  // for the key numbers; nothing of it is linked
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <mutex>

#include "config/fault.hpp"
#include "kiosk/desk/thread.hpp"
#include "kiosk/enrol/hash_job.hpp"
#include "kiosk/enrol/kept_key.hpp"
#include "kiosk/enrol/publication.hpp"
#include "kiosk/open_desk.hpp"
#include "kiosk/process/stop_signals.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/ui.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;

namespace {

void check_demo_options(const AppOptions& options, const storage::Identity& identity) {
    if (identity.demo) return;
    if (options.fake_time)
        throw Fault(ExitCode::not_allowed,
                    "--fake-time works only for an event marked demo = true");
    if (options.screenshots)
        throw Fault(ExitCode::not_allowed,
                    "--screenshots works only for an event marked demo = true");
}

std::unique_ptr<Clock> make_clock(const AppOptions& options) {
    if (options.fake_time) return std::make_unique<ShiftedClock>(*options.fake_time);
    return std::make_unique<SystemClock>();
}

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

/// What the log said last, oldest first.
std::vector<std::string> recent_log() {
    for (const auto& sink : spdlog::default_logger()->sinks())
        if (const auto ring = std::dynamic_pointer_cast<spdlog::sinks::ringbuffer_sink_mt>(sink))
            return ring->last_formatted();
    return {};
}

WindowOptions window_options(const AppOptions& options) {
    const config::WindowSettings& window = options.settings.window;
    return {
        .width_px = window.width_px, .height_px = window.height_px, .px_per_mm = window.px_per_mm};
}

void check_fonts(const Painter& painter) {
    const auto missing = painter.fonts_missing();
    if (missing.empty()) return;
    for (const std::string& sentence : missing) spdlog::error("{}", sentence);
    throw Fault(ExitCode::unavailable,
                "fonts are missing; install the packages fonts-noto-core and fonts-noto-ui-core");
}

std::unique_ptr<Window> open_surface(const AppOptions& options) {
    return options.headless ? open_headless(window_options(options))
                            : open_window(window_options(options));
}

constexpr std::chrono::milliseconds finger_step{100};  // how often a resting finger is looked at

/// A kiosk that cannot keep records from the start says so to the people before it, for a while;
/// the next start may find the disk again.
void show_by_hand(const AppOptions& options, const storage::InForcePtr& in_force,
                  StopRequest& stop) {
    const SystemClock clock;
    const auto window = open_surface(options);
    stop.when_made([&window] { window->wake(); });
    Painter painter(options.assets, *window, options.settings.screen.more_fonts);
    ScreenState state({.in_force = in_force, .dwell = {}, .screen = options.settings.screen});
    state.on_storage({storage::StorageState::gone, false});
    const MonotonicTime until = clock.monotonic() + by_hand_before_restart;
    while (!stop.made() && clock.monotonic() < until) {
        const MonotonicTime now = clock.monotonic();
        state.tick(now, clock.wall());
        for (const KeyPress& press : window->take_keys())
            if (press.key == GLFW_KEY_F10) state.on_intent(Intent::staff, now);
        const View view = state.view(now, clock.wall());
        window->begin_frame(ground_colour(view));
        state.on_intent(kiosk::draw(painter, view), now);
        window->end_frame({});
        MonotonicTime next = std::min(until, state.next_change(now, clock.wall()));
        if (Painter::finger_down()) next = std::min(next, now + finger_step);
        window->wait(window->take_redraw() ? now : next);
    }
    stop.when_made({});
}

std::function<bool(std::string_view)> is_badge_of(const Publication& now) {
    return [in_force = now.in_force](std::string_view text) {
        return storage::may_be_ours(text, in_force->identity.code_shapes);
    };
}

std::optional<Opened> open_or_log(const Enrolment& enrolment, std::string_view digits) {
    try {
        return open_with_digits(enrolment, digits);
    } catch (const Fault& fault) {
        spdlog::error("the passphrase cannot be tried: {}", fault.what());
        return std::nullopt;
    }
}

/// A key that digits made before the program was begun anew is used if it still is this kiosk's.
void use_kept_key(KeptKey& kept, Enrolment& enrolment) {
    const auto key = kept.find();
    if (!enrolment.digit_lock || !key || !open_with_key(enrolment, *key)) kept.drop();
}

/// What a running kiosk works with; all of it must outlive it.
struct KioskParts {
    const AppOptions& options;
    const Enrolment& enrolment;
    KeptKey& kept;
    const Clock& clock;
    Publisher& publisher;
    StopRequest& stop;
};

/// A kiosk with its window open and its threads at work; the UI loop runs on the thread that made
/// it.
class RunningKiosk {
public:
    RunningKiosk(const KioskParts& parts, const Publication& first, OpenDesk& open);
    ~RunningKiosk() { parts_.stop.when_made({}); }
    RunningKiosk(const RunningKiosk&) = delete;
    RunningKiosk& operator=(const RunningKiosk&) = delete;

    /// The first frame, and the word to systemd that it is there.
    void begin(MonotonicTime began);
    /// Until the end; true if a supervisor turned training on or off.
    bool run();
    /// False if it hangs.
    [[nodiscard]] bool close_camera() { return camera_.close(); }

private:
    void turn();
    void drain_at_end();
    void put(const Publication& now);
    void hear(scanner::ScanEvent event);
    void hear(const scanner::CameraNews& news);
    void read_again(scanner::ScannedCode scan);
    void try_digits(Digits digits);
    void do_job(PanelJob job);
    void do_act(const ActBegun& act);

    const KioskParts parts_;
    std::unique_ptr<Window> window_;
    Painter painter_;
    Sound sound_;
    ScreenState state_;
    UsherPanel panel_;
    Inbox inbox_;
    DeskThread desk_;
    SearchThread search_;
    scanner::Sightings sightings_;
    scanner::Scan scan_;
    ChoresThread chores_;
    HashJob unlock_;
    scanner::Camera camera_;
    Ui ui_;
    Watchdog watchdog_;
    bool at_end_ = false;
    bool to_training_ = false;
};

/// 10 ms make no bands under lamps on 50 Hz mains, 8 ms none on 60 Hz: either way a code is read
/// through those of the other.
scanner::TuningOptions tuning_of(const config::CameraSettings& settings) {
    constexpr std::chrono::milliseconds first{10}, where_blurred{8};
    using Wanted = config::CameraFocus;
    const auto focus = settings.focus == Wanted::free    ? scanner::FocusKind::free
                       : settings.focus == Wanted::fixed ? scanner::FocusKind::fixed
                                                         : scanner::FocusKind::held;
    if (settings.exposure) return {*settings.exposure, {}, focus, settings.focus_at};
    return {first, where_blurred, focus, settings.focus_at};
}

RunningKiosk::RunningKiosk(const KioskParts& parts, const Publication& first, OpenDesk& open)
    : parts_(parts),
      window_(open_surface(parts.options)),
      painter_(parts.options.assets, *window_, parts.options.settings.screen.more_fonts),
      sound_(parts.options.settings.sound),
      state_({.in_force = first.in_force,
              .dwell = parts.options.settings.dwell,
              .screen = parts.options.settings.screen}),
      panel_({.in_force = first.in_force}),
      inbox_([this] { window_->wake(); }),
      desk_(std::move(open.desk),
            {.answer = [this](Answer answer) { inbox_.answers.put(std::move(answer)); },
             .storage = [this](StorageStatus status) { inbox_.storage.put(status); },
             .news = [this](DeskNews news) { inbox_.news.put(std::move(news)); },
             .again = [this](scanner::ScannedCode scan) { inbox_.again.put(std::move(scan)); },
             .in_force = [this](storage::InForcePtr now) { inbox_.in_force.put(std::move(now)); }}),
      search_(first, [this](SearchResult found) { inbox_.found.put(std::move(found)); }),
      scan_(
          {.is_badge = is_badge_of(first)}, parts.clock,
          [this](scanner::ScanEvent event) { hear(std::move(event)); },
          [this](scanner::Preview preview) { inbox_.previews.put(std::move(preview)); }),
      chores_(
          {.sticks = {.folder = parts.options.settings.storage.stick},
           .state = parts.options.state,
           .keepers = open.keepers->readers(),
           .mirror = parts.options.settings.storage.mirror,
           .clock = &parts.clock},
          first,
          {.news = [this](ChoreNews news) { inbox_.chores.put(std::move(news)); },
           .update =
               [this](storage::TakenUpdate update) { parts_.publisher.publish(std::move(update)); },
           .ended =
               [this](storage::FactId intent, ExitCode outcome) {
                   desk_.obey({{}, EndAct{intent, outcome}});
               }}),
      camera_(
          {.source = parts.options.settings.camera.source,
           .name = parts.options.settings.camera.name,
           .tuning = tuning_of(parts.options.settings.camera),
           .sightings = &sightings_,
           .end_is_final = parts.options.until_end},
          [this](scanner::FramePtr frame) { scan_.put_frame(std::move(frame)); },
          [this](const scanner::CameraNews& news) { hear(news); }),
      ui_({parts.options, parts.clock, *window_, painter_, state_, panel_, sound_,
           [this](MonotonicTime free_at) { desk_.shown(free_at); }}),
      watchdog_({{"scan", &scan_.pulse()},
                 {"desk", &desk_.pulse()},
                 {"camera", &camera_.pulse()},
                 {"unlock", &unlock_.pulse()},
                 {"pin", &desk_.pin_pulse()},
                 {"search", &search_.pulse()}}) {
    check_fonts(painter_);
    warm_up(*window_, painter_);
    parts.stop.when_made([this] { window_->wake(); });
    parts_.publisher.listen([this](const Publication& now) { put(now); });
    if (parts.enrolment.digit_lock) state_.ask_passphrase(parts.clock.monotonic());
}

void RunningKiosk::begin(MonotonicTime began) {
    ui_.turn(inbox_);
    spdlog::info("ready after {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::steady_clock::now() - began)
                                          .count());
    watchdog_.say_ready();
}

bool RunningKiosk::run() {
    while (!parts_.stop.made() && !window_->close_wanted() && !to_training_ &&
           !(at_end_ && !state_.showing_result())) {
        turn();
        auto ailment = watchdog_.look(parts_.clock.monotonic());
        if (!ailment) ailment = ui_.find_ailment();
        if (ailment) end_now(*ailment);
    }
    return to_training_;
}

void RunningKiosk::turn() {
    ui_.wait();
    ui_.take_keys(
        [this](std::string text, MonotonicTime at) { scan_.put_text(std::move(text), at); });
    while (auto scan = inbox_.again.try_take()) read_again(std::move(*scan));
    if (ui_.camera_ended() && parts_.options.until_end) drain_at_end();
    ui_.turn(inbox_);
    if (auto digits = state_.take_try()) try_digits(std::move(*digits));
    if (const auto direction = state_.take_direction()) desk_.choose(*direction);
    for (Order& order : panel_.take_orders()) desk_.obey(std::move(order));
    if (auto wish = panel_.take_search()) search_.ask(std::move(*wish));
    for (const PanelJob job : panel_.take_jobs()) do_job(job);
    for (const ActBegun& act : ui_.take_begun_acts()) do_act(act);
}

/// A file of frames is over: what is still in hand is answered before the end.
void RunningKiosk::drain_at_end() {
    if (std::exchange(at_end_, true)) return;
    scan_.drain();
    desk_.drain();
}

/// Everybody but the screens, which hear of it from the desk: they must not promise what is not
/// decided by yet.
void RunningKiosk::put(const Publication& now) {
    scan_.put_is_badge(is_badge_of(now));
    search_.put(now);
    chores_.put(now);
    desk_.put(now);
}

void RunningKiosk::hear(scanner::ScanEvent event) {
    if (auto* scan = std::get_if<scanner::ScannedCode>(&event)) {
        if (scan->source == scanner::ScanSource::camera) sightings_.note_read();
        desk_.put(std::move(*scan));
    } else if (const auto* held = std::get_if<scanner::StillHeld>(&event)) {
        inbox_.held.put(*held);
    } else {
        const auto& hint = std::get<scanner::Hint>(event);
        if (hint.kind == scanner::HintKind::still && !hint.goes_on) sightings_.note_blurred();
        inbox_.hints.put(hint);
    }
}

void RunningKiosk::hear(const scanner::CameraNews& news) {
    if (!news.why.empty()) spdlog::info("camera: {}", news.why);
    inbox_.camera.put(news);
}

/// What a camera saw it sees again; a hand scanner's code is gone.
void RunningKiosk::read_again(scanner::ScannedCode scan) {
    if (scan.source == scanner::ScanSource::hand_scanner)
        inbox_.hints.put({scanner::HintKind::show_again, scan.entered, false});
    scan_.put_again(std::move(scan.text));
}

void RunningKiosk::try_digits(Digits digits) {
    unlock_.begin(
        std::move(digits),
        [this](std::string_view typed) { return open_or_log(parts_.enrolment, typed); },
        [this](std::optional<Opened> opened) {
            if (!opened) return inbox_.wrong_digits.put({});
            parts_.kept.keep(opened->key);
            parts_.publisher.publish(std::move(*opened));
        });
}

void RunningKiosk::do_job(PanelJob job) {
    switch (job) {
        case PanelJob::save_log:
            return chores_.begin(SaveLog{recent_log()});
        case PanelJob::test_camera:
            return chores_.begin(SelfTest{});
        case PanelJob::look:
            return chores_.begin(LookAtMachine{});
        case PanelJob::change_brightness:
            return chores_.begin(ChangeBrightness{});
        case PanelJob::change_volume:
            ui_.change_volume();
            return panel_.on_job_done(painter_.words(sound_.works() ? "hl.played" : "hl.mute"));
    }
}

void RunningKiosk::do_act(const ActBegun& act) {
    switch (act.act) {
        case storage::ActCode::export_taken:
            return chores_.begin(CopyRecords{act.intent, panel_.door().facts});
        case storage::ActCode::update_taken:
            return chores_.begin(TakeList{act.intent, panel_.door().newest});
        case storage::ActCode::self_test:
            return chores_.begin(SelfTest{act.intent});
        case storage::ActCode::settings_shown:
            to_training_ = true;
            return;
        case storage::ActCode::exit_program:
            return parts_.stop.make();
        default:
            return;
    }
}

/// From opening to the end; true if a supervisor turned training on or off.
bool serve(const AppOptions& options, KeptKey& kept, StopRequest& stop) {
    const MonotonicTime began = std::chrono::steady_clock::now();
    Enrolment enrolment = load_enrolment(options.state);
    use_kept_key(kept, enrolment);
    check_demo_options(options, enrolment.identity);
    const auto clock = make_clock(options);
    Publisher publisher(enrolment, options.training);
    Publication first = publisher.take_first();
    OpenDesk open;
    try {
        open = open_desk(options, first, *clock);
    } catch (const Fault& fault) {
        // Held by another program: that one has the screen.
        if (!options.headless && fault.exit_code() != ExitCode::unavailable)
            show_by_hand(options, first.in_force, stop);
        throw;
    }
    bool to_training = false, camera_hangs = false;
    {
        RunningKiosk running({options, enrolment, kept, *clock, publisher, stop}, first, open);
        first.names.reset();
        running.begin(began);
        to_training = running.run();
        camera_hangs = !running.close_camera();
    }
    if (camera_hangs || open.keepers->any_hangs()) end_now({ExitCode::done, "a device hangs"});
    if (open.starts) open.starts->end();
    return to_training;
}

}  // namespace

void run_kiosk(const AppOptions& given) {
    KeptKey kept;
    StopRequest stop;
    const StopSignals signals([&stop] { stop.make(); });
    AppOptions options = given;
    while (serve(options, kept, stop)) options.training = !options.training;
}

}  // namespace hudoor::kiosk
