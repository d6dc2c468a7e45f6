#include "kiosk/app.hpp"

#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <mutex>

#include "config/fault.hpp"
#include "kiosk/desk/thread.hpp"
#include "kiosk/enrol/unlocker.hpp"
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

/// What was opened goes to the search and the desk, and the word that it is there, or was not
/// opened, to the screen.
struct ToDeskThenScreen {
    DeskThread& desk;
    SearchThread& search;
    FilesThread& files;
    Inbox& inbox;

    void operator()(std::optional<Opened> opened) const {
        if (!opened) return inbox.unlocks.put({});
        files.use(opened->secrets);
        UnlockNews news{.opened = true};
        if (opened->replica) {
            news.list_created = opened->replica->header().created;
            GuestNames names = collect_names(*opened->replica);
            search.put_people(std::move(names.people));
            news.registered = std::move(names.registered);
        }
        desk.unlock(std::move(*opened), [to = &inbox, news] { to->unlocks.put(news); });
    }
};

/// A list from a stick goes to the desk, its names to the search, its agenda to the screens.
struct ToDeskAndScreen {
    DeskThread& desk;
    SearchThread& search;
    Inbox& inbox;

    void operator()(FilesNews news) const {
        if (auto* result = std::get_if<StickResult>(&news); result && result->update) {
            GuestNames names = collect_names(result->update->replica);
            search.put_people(std::move(names.people));
            inbox.lists.put({result->update->update.identity,
                             result->update->update.edition.created, std::move(names.registered)});
            desk.take(std::move(*result->update));
            result->update.reset();
        }
        inbox.files.put(std::move(news));
    }
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

/// A kiosk that cannot keep records from the start says so to the people before it, for a while;
/// the next start may find the disk again.
void show_by_hand(const AppOptions& options, const storage::Identity& identity, StopRequest& stop) {
    const SystemClock clock;
    const auto window = open_surface(options);
    stop.when_made([&window] { window->wake(); });
    Painter painter(options.assets, *window, options.settings.screen.more_fonts);
    ScreenState state({.identity = identity,
                       .dwell = {},
                       .screen = options.settings.screen,
                       .training = false,
                       .signature_only = false,
                       .list_created = {}});
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

/// From the first frame to the end; true if a supervisor turned training on or off.
bool serve(const AppOptions& options, const Enrolment& enrolment, const Clock& clock, Back& back,
           StopRequest& stop, MonotonicTime began) {
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
    UsherPanel panel({.identity = enrolment.identity,
                      .language = assets::Language::ar,
                      .training = options.training});
    Inbox inbox([&window] { window->wake(); });
    stop.when_made([&window] { window->wake(); });

    DeskThread desk(std::move(back.desk),
                    {.answer = [&inbox](Answer answer) { inbox.answers.put(std::move(answer)); },
                     .storage = [&inbox](StorageStatus status) { inbox.storage.put(status); },
                     .news = [&inbox](DeskNews news) { inbox.news.put(std::move(news)); }});
    SearchThread search([&inbox](SearchResult found) { inbox.found.put(std::move(found)); });
    search.put_people(std::move(back.names.people));
    panel.on_registered(std::move(back.names.registered));
    scanner::Scan scan({.is_badge =
                            [&enrolment](std::string_view text) {
                                return storage::may_be_ours(text, enrolment.identity.code_shapes);
                            }},
                       clock, ToDeskOrScreen{desk, inbox}, [&inbox](scanner::Preview preview) {
                           inbox.previews.put(std::move(preview));
                       });
    FilesThread files({.stick = options.settings.storage.stick,
                       .state = options.state,
                       .identity = enrolment.identity,
                       .keepers = back.keepers->readers()},
                      ToDeskAndScreen{desk, search, inbox});
    if (enrolment.secrets) files.use(*enrolment.secrets);
    Unlocker unlocker(enrolment, ToDeskThenScreen{desk, search, files, inbox});
    if (enrolment.digit_lock) state.ask_passphrase(clock.monotonic());
    const scanner::Camera camera(
        {.source = options.settings.camera.source,
         .exposure = options.settings.camera.exposure,
         .end_is_final = options.until_end},
        [&scan](scanner::FramePtr frame) { scan.put_frame(std::move(frame)); },
        [&inbox](const scanner::CameraNews& news) {
            if (!news.why.empty()) spdlog::info("camera: {}", news.why);
            inbox.camera.put(news);
        });

    Front front({options, clock, *window, painter, state, panel, sound});
    front.turn(inbox);
    spdlog::info("ready after {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::steady_clock::now() - began)
                                          .count());
    Watchdog watchdog({{"scan", &scan.pulse()},
                       {"desk", &desk.pulse()},
                       {"camera", &camera.pulse()},
                       {"unlocker", &unlocker.pulse()},
                       {"pin", &desk.pin_pulse()},
                       {"search", &search.pulse()}});
    watchdog.say_ready();
    bool to_training = false;
    const auto do_job = [&](PanelJob job) {
        const DoorState& door = panel.door();
        switch (job) {
            case PanelJob::copy_records:
                return files.begin(CopyRecords{door.facts});
            case PanelJob::update_list:
                return files.begin(TakeList{{door.revision, door.revocations, door.list_created}});
            case PanelJob::save_log:
                return files.begin(SaveLog{recent_log()});
            case PanelJob::self_test:
            case PanelJob::test_camera:
                return files.begin(SelfTest{});
            case PanelJob::look:
                return files.begin(LookAtMachine{});
            case PanelJob::test_sound:
                return sound.play(Cue::admitted);
            case PanelJob::training:
                to_training = true;
                return;
            case PanelJob::close:
                return stop.make();
        }
    };
    bool at_end = false;
    while (!stop.made() && !window->close_wanted() && !to_training &&
           !(at_end && !state.showing_result())) {
        front.wait();
        front.take_keys(
            [&scan](std::string text, MonotonicTime at) { scan.put_text(std::move(text), at); });
        if (front.camera_ended() && options.until_end && !at_end) {
            scan.drain();
            desk.drain();
            at_end = true;
        }
        front.turn(inbox);
        if (auto digits = state.take_try()) unlocker.begin(std::move(*digits));
        if (const auto direction = state.take_direction()) desk.choose(*direction);
        for (Order& order : panel.take_orders()) desk.obey(std::move(order));
        if (auto wish = panel.take_search()) search.ask(std::move(*wish));
        for (const PanelJob job : panel.take_jobs()) do_job(job);
        auto ailment = watchdog.look(clock.monotonic());
        if (!ailment) ailment = front.find_ailment();
        if (ailment) end_now(*ailment);
    }
    stop.when_made({});
    return to_training;
}

}  // namespace

void run_kiosk(const AppOptions& given) {
    StopRequest stop;
    const StopSignals signals([&stop] { stop.make(); });
    AppOptions options = given;
    for (bool again = true; again; options.training = !options.training) {
        const MonotonicTime began = std::chrono::steady_clock::now();
        const Enrolment enrolment = load_enrolment(options.state);
        check_demo_options(options, enrolment.identity);
        const auto clock = make_clock(options);
        Back back;
        try {
            back = open_back(options, enrolment, *clock);
        } catch (const Fault& fault) {
            // Held by another program: that one has the screen.
            if (!options.headless && fault.exit_code() != ExitCode::unavailable)
                show_by_hand(options, enrolment.identity, stop);
            throw;
        }
        again = serve(options, enrolment, *clock, back, stop, began);
        if (back.keepers->any_hangs()) end_now({ExitCode::done, "a device hangs"});
    }
}

}  // namespace hudoor::kiosk
