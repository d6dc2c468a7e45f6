#include "scanner/scan.hpp"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "scanner/camera/black_or_frozen.hpp"
#include "scanner/camera/preview.hpp"
#include "scanner/guide/advice.hpp"
#include "scanner/guide/covers.hpp"
#include "scanner/guide/held_still.hpp"
#include "scanner/guide/motion_gate.hpp"
#include "scanner/marks/finders.hpp"
#include "scanner/repeat_gate.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_waiting_texts = 64;  // a hand scanner gives ten a second at most
constexpr float clearly_larger = 1.5F;          // by the side of the code
constexpr auto contest_holds = 300ms;           // two badges are rarely both read in every frame
constexpr auto contest_over = 1s;
constexpr auto blind_after = 500ms;  // between frames: a stalled or lost camera
constexpr auto says_again_after = 400ms;
constexpr auto badge_lingers = 1s;  // other codes are no news while a badge is about

struct TypedText {
    std::string text;
    MonotonicTime entered;
};

/// What the thread takes at once; `puts` counts the puts it answers for, replaced frames included.
struct Work {
    std::function<bool(std::string_view)> is_badge;  ///< empty: the one so far
    FramePtr frame;
    std::deque<TypedText> texts;
    std::vector<std::string> again;
    std::uint64_t puts = 0;
};

bool is_clearly_larger(const FoundCode& first, const FoundCode& second) {
    return std::sqrt(area_px(first)) >= clearly_larger * std::sqrt(area_px(second));
}

bool are_same_texts(const std::vector<FoundCode>& a, const std::vector<FoundCode>& b) {
    return std::ranges::is_permutation(a, b, {}, &FoundCode::text, &FoundCode::text);
}

/// Chooses among the codes of each frame and says each showing once. Used by the scan thread only.
class Judge {
public:
    Judge(std::function<bool(std::string_view)> is_badge, std::function<void(ScanEvent)> on_event)
        : is_badge_(std::move(is_badge)), on_event_(std::move(on_event)) {}

    void use(std::function<bool(std::string_view)> is_badge) { is_badge_ = std::move(is_badge); }

    void forget(std::string_view text) { repeat_gate_.forget(text); }

    /// `codes` larger first.
    void judge_seen(const std::vector<FoundCode>& codes, const Frame& frame) {
        const MonotonicTime at = frame.entered();
        note_gap(at);
        std::vector<const FoundCode*> badges;
        for (const auto& code : codes) {
            if (is_badge_(code.text)) badges.push_back(&code);
        }
        if (badges.empty()) {
            judge_others(codes, at);
            return;
        }
        badge_seen_ = at;
        judge_badges(badges, frame);
    }

    /// A text that is no badge is dropped in silence: half a code must not change the screen.
    void judge_typed(const TypedText& typed) {
        if (!is_badge_(typed.text)) return;
        const Passing passing = repeat_gate_.pass_typed(typed.text, typed.entered);
        if (passing)
            on_event_(ScannedCode{typed.text, ScanSource::hand_scanner, typed.entered, std::nullopt,
                                  0, passing.again});
    }

private:
    void note_gap(MonotonicTime at) {
        if (frame_before_ && at - *frame_before_ > blind_after) {
            repeat_gate_.note_blind(at - *frame_before_);
            other_gate_.note_blind(at - *frame_before_);
        }
        frame_before_ = at;
    }

    void judge_badges(const std::vector<const FoundCode*>& badges, const Frame& frame) {
        const MonotonicTime at = frame.entered();
        const bool rivals = badges.size() > 1 && !is_clearly_larger(*badges[0], *badges[1]);
        if (rivals) start_contest(at);
        const bool held = contested_ && at - *contested_ < contest_holds;
        for (const auto* badge : badges) {
            if (held || badge != badges[0]) repeat_gate_.note_seen(badge->text, at);
        }
        if (held) return;
        const Passing passing = repeat_gate_.pass_seen(badges[0]->text, at);
        if (!passing) return say_still_held(badges[0]->text, at);
        on_event_(ScannedCode{badges[0]->text, ScanSource::camera, at, badges[0]->corners,
                              frame.number(), passing.again});
        said_ = Said{badges[0]->text, frame.number(), at};
    }

    /// So that nobody is asked to show what is shown already.
    void say_still_held(std::string_view text, MonotonicTime at) {
        if (!said_ || said_->text != text || at - said_->at < says_again_after) return;
        said_->at = at;
        on_event_(StillHeld{said_->frame});
    }

    void start_contest(MonotonicTime at) {
        const bool begins = !contested_ || at - *contested_ >= contest_over;
        contested_ = at;
        say_hint({HintKind::one_badge, at, !begins});
    }

    /// Once a showing, and again for as long as it is shown.
    void judge_others(const std::vector<FoundCode>& codes, MonotonicTime at) {
        for (const auto& code : codes) {
            const bool news = other_gate_.pass_seen(code.text, at).passes;
            if (badge_seen_ && at - *badge_seen_ < badge_lingers) continue;
            say_hint({HintKind::other_code, at, !news});
        }
    }

    void say_hint(Hint hint) {
        if (hint.goes_on && hinted_ && hint.entered - *hinted_ < says_again_after) return;
        hinted_ = hint.entered;
        on_event_(std::move(hint));
    }

    /// The last badge that passed.
    struct Said {
        std::string text;
        std::uint64_t frame = 0;
        MonotonicTime at;  ///< when it was said to be in view last
    };

    std::function<bool(std::string_view)> is_badge_;
    std::function<void(ScanEvent)> on_event_;
    RepeatGate repeat_gate_;
    RepeatGate other_gate_;
    std::optional<Said> said_;
    std::optional<MonotonicTime> hinted_;
    std::optional<MonotonicTime> contested_;  ///< when two badges stood side by side last
    std::optional<MonotonicTime> badge_seen_;
    std::optional<MonotonicTime> frame_before_;
};

/// Guides whoever holds a code that is not read. Used by the scan thread only.
class Guide {
public:
    /// For every frame, looked at or not; what it says is for the screen.
    void note_frame(const Frame& frame, const MotionGate& motion) {
        moving_ = motion.is_moving(frame.entered());
        held_still_ =
            held_still_check_.is_held_still(frame.gray(), motion.means(), frame.entered());
    }
    void note_read(MonotonicTime at) { hints_.note_read(at); }
    /// For a frame that was looked at and nothing was read in; `search` is what was found instead.
    /// `picture` is the frame, or what it was made smaller to.
    [[nodiscard]] std::optional<Hint> look(const GrayView& picture, FinderSearch& search,
                                           MonotonicTime at) {
        return hints_.judge(advise(picture, search), at);
    }

private:
    std::optional<Advice> advise(const GrayView& frame, FinderSearch& search) {
        if (auto advice = adviser_.advise(frame, search, moving_)) return advice;
        if (held_still_ && search.findings().pairs.empty() && find_sharpness(frame) == true)
            return HintKind::turn;
        return std::nullopt;
    }

    Adviser adviser_;
    HeldStillCheck held_still_check_;
    HintMaker hints_;
    bool held_still_ = false;
    bool moving_ = false;
};

}  // namespace

class Scan::Impl {
public:
    Impl(ScanOptions options, const Clock& clock, std::function<void(ScanEvent)> on_event,
         std::function<void(Preview)> on_preview)
        : options_(std::move(options)),
          clock_(clock),
          on_preview_(std::move(on_preview)),
          on_event_(std::move(on_event)),
          judge_(options_.is_badge, on_event_),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void put_is_badge(std::function<bool(std::string_view)> is_badge) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.is_badge = std::move(is_badge);
            ++waiting_.puts;
        }
        changed_.notify_all();
    }

    void put_frame(FramePtr frame) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.frame.swap(frame);
            ++waiting_.puts;
        }
        changed_.notify_all();
    }

    void put_text(std::string text, MonotonicTime entered) {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.texts.size() == most_waiting_texts) waiting_.texts.pop_front();
            waiting_.texts.push_back({std::move(text), entered});
            ++waiting_.puts;
        }
        changed_.notify_all();
    }

    void put_again(std::string text) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.again.push_back(std::move(text));
            ++waiting_.puts;
        }
        changed_.notify_all();
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

    void drain() {
        std::unique_lock lock(mutex_);
        const auto target = handled_ + in_hand_ + waiting_.puts;
        changed_.wait(lock, [&] { return handled_ >= target; });
    }

private:
    void run(const std::stop_token& stop) {
        while (auto work = take(stop)) {
            const Pulse::Work at_work(pulse_);
            if (work->is_badge) judge_.use(std::move(work->is_badge));
            for (const auto& text : work->again) judge_.forget(text);
            for (const auto& typed : work->texts) judge_.judge_typed(typed);
            if (work->frame) handle(*work->frame);
            finish(*work);
        }
    }

    std::optional<Work> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [this] { return waiting_.puts > 0; });
        if (stop.stop_requested()) return std::nullopt;
        in_hand_ = waiting_.puts;
        return std::exchange(waiting_, {});
    }

    void finish(const Work& work) {
        {
            const std::lock_guard lock(mutex_);
            handled_ += work.puts;
            in_hand_ = 0;
        }
        changed_.notify_all();
    }

    void handle(const Frame& frame) {
        const auto at = frame.entered();
        const bool looks = motion_gate_.should_look(frame.gray(), at);
        guide_.note_frame(frame, motion_gate_);
        if (looks) look(frame);
        black_or_frozen_ = black_or_frozen_check_.judge(motion_gate_.means(), at);
        // Where nothing moved since the last look, the codes it found are still there.
        judge_.judge_seen(in_view_, frame);
        show(frame, at);
    }

    void look(const Frame& frame) {
        auto found = reader_.read(frame.gray());
        // A code that is lost or found without any movement was hard to read: keep looking.
        if (!are_same_texts(found, in_view_)) motion_gate_.stir();
        in_view_ = std::move(found);
        guide(frame);
    }

    void guide(const Frame& frame) {
        if (!in_view_.empty()) return guide_.note_read(frame.entered());
        FinderSearch* search = reader_.last_search();
        if (search == nullptr) return;
        cover_unread(search->findings().groups, frame.entered());
        if (auto hint = guide_.look(reader_.last_picture(), *search, frame.entered()))
            on_event_(std::move(*hint));
    }

    /// What may be a code, the least doubtful first.
    void cover_unread(const std::vector<FinderGroup>& groups, MonotonicTime at) {
        constexpr std::size_t most = 4;
        const auto by = static_cast<float>(reader_.last_work().reduced_by);
        for (std::size_t i = 0; i < std::min(groups.size(), most); ++i) {
            auto corners = groups[i].corners;
            for (auto& corner : corners) corner = by * corner;
            covers_.note(corners, at);
        }
    }

    void show(const Frame& frame, MonotonicTime at) {
        for (const FoundCode& code : in_view_) covers_.note(code.corners, at);
        const bool moving = motion_gate_.is_moving(at);
        const auto now = clock_.monotonic();
        const auto pause = moving ? options_.preview_moving : options_.preview_still;
        if (shown_ && now - *shown_ < pause) return;
        shown_ = now;
        auto preview = make_preview(frame.gray(), covers_.at(at));
        preview.moving = moving;
        preview.black_or_frozen = black_or_frozen_;
        preview.frame = frame.number();
        preview.sharp = look_for_sharpness(frame, now);
        on_preview_(std::move(preview));
    }

    /// Once a second, for the Health page. Only while a code is in view: the hall behind is never
    /// sharp.
    std::optional<bool> look_for_sharpness(const Frame& frame, MonotonicTime now) {
        if (in_view_.empty()) return std::nullopt;
        if (sharpness_looked_ && now - *sharpness_looked_ < std::chrono::seconds(1))
            return std::nullopt;
        sharpness_looked_ = now;
        return find_sharpness(frame.gray());
    }

    ScanOptions options_;
    const Clock& clock_;
    std::function<void(Preview)> on_preview_;
    std::function<void(ScanEvent)> on_event_;
    Judge judge_;
    Guide guide_;
    MotionGate motion_gate_;
    BlackOrFrozenCheck black_or_frozen_check_;
    BlackOrFrozen black_or_frozen_ = BlackOrFrozen::neither;
    Reader reader_;
    std::vector<FoundCode> in_view_;
    Covers covers_;
    std::optional<MonotonicTime> shown_;
    std::optional<MonotonicTime> sharpness_looked_;
    Pulse pulse_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    Work waiting_;
    std::uint64_t in_hand_ = 0;
    std::uint64_t handled_ = 0;
    std::jthread thread_;  // last: it uses all of the above
};

Scan::Scan(ScanOptions options, const Clock& clock, std::function<void(ScanEvent)> on_event,
           std::function<void(Preview)> on_preview)
    : impl_(std::make_unique<Impl>(std::move(options), clock, std::move(on_event),
                                   std::move(on_preview))) {}
Scan::~Scan() = default;

void Scan::put_is_badge(std::function<bool(std::string_view)> is_badge) {
    impl_->put_is_badge(std::move(is_badge));
}
void Scan::put_frame(FramePtr frame) { impl_->put_frame(std::move(frame)); }
void Scan::put_text(std::string text, MonotonicTime entered) {
    impl_->put_text(std::move(text), entered);
}
void Scan::put_again(std::string text) { impl_->put_again(std::move(text)); }
void Scan::drain() { impl_->drain(); }
const Pulse& Scan::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::scanner
