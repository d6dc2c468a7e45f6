#include "tests/kiosk/screens/sample_views.hpp"

#include <array>

namespace hudoor::kiosk::samples {
namespace {

using namespace std::chrono_literals;
using storage::Reason;
using storage::VerdictKind;

SessionWords opening() {
    SessionWords session;
    session.code = "opening";
    session.title = {"حفل الافتتاح", "Opening ceremony"};
    session.room = {"القاعة A", "Hall A"};
    session.room_letter = "A";
    session.starts = 9h + 30min;
    session.ends = 10h + 30min;
    session.doors = 9h + 10min;
    return session;
}

SessionWords workshop() {
    SessionWords session;
    session.code = "water";
    session.title = {"ورشة عمل: الماء من الهواء", "Workshop: Water from air"};
    session.room = {"القاعة B", "Hall B"};
    session.room_letter = "B";
    session.starts = 9h + 30min;
    session.ends = 11h;
    session.doors = 9h + 10min;
    session.way = storage::Way{storage::RoomId{2},
                               storage::Arrow::right,
                               {"إلى اليمين، الباب الثاني", "To the right, second door"}};
    return session;
}

View common() {
    View view;
    view.event_name = {"قمة التركيز على المستقبل", "Future Focus Summit"};
    view.timezone = "Asia/Dubai";
    view.date = std::chrono::year{2026} / 12 / 4;
    view.time_of_day = 9h + 14min;
    return view;
}

Mark by_hand() { return {.kind = MarkKind::by_hand, .session = opening().title}; }

Mark old_list() {
    return {.kind = MarkKind::old_list, .day = std::chrono::year{2026} / 12 / 2, .time = 9h};
}

}  // namespace

std::vector<Mark> marks(int number) {
    const Mark training{.kind = MarkKind::training}, clock{.kind = MarkKind::clock_unset},
        leaving{.kind = MarkKind::exit}, entering{.kind = MarkKind::entry},
        single{.kind = MarkKind::one_device}, closed{.kind = MarkKind::out_of_service};
    const Mark called{.kind = MarkKind::supervisor_called};
    switch (number) {
        case 0:
            return {leaving, called};
        case 1:
            return {training, by_hand()};
        case 2:
            return {training, clock, old_list()};
        case 3:
            return {closed, entering, single};
        default:
            return {leaving, by_hand(), old_list()};
    }
}

scanner::Preview preview() {
    constexpr int width = 160, height = 90;
    std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[width * height]);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool bright = x >= 60 && x < 75 && y >= 35 && y < 50;
            pixels[static_cast<std::size_t>(y * width + x)] =
                static_cast<std::uint8_t>(bright ? 255 : 60 + x / 2);
        }
    }
    return {pixels, width, height, 0.125, true};
}

View idle() {
    View view = common();
    IdleScreen screen;
    screen.sign = opening();
    screen.at_rest = true;
    view.screen = screen;
    view.preview = preview();
    return view;
}

View verdict(VerdictKind kind, Reason reason) {
    View view = common();
    VerdictScreen screen;
    Answer& answer = screen.answer;
    answer.verdict.kind = kind;
    answer.verdict.reason = reason;
    answer.stored = true;
    answer.category = {"مشارك، مشاركة", "Delegate"};
    answer.category_rgb = 0xc8a56a;
    answer.session = opening();
    if (kind == VerdictKind::admitted || kind == VerdictKind::already_in) {
        answer.name = {"د. نورة المرزوقي", "Dr Noura Al Marzouqi"};
        answer.seat = "C-14";
    }
    if (kind == VerdictKind::already_in) {
        answer.name = {"إنغريد سولبرغ", "Ingrid Solberg"};
        answer.since = 9h + 2min;
    }
    if (reason == Reason::too_early) {
        answer.since = 9h + 10min;
        answer.doors_in = 12min;
    }
    answer.help_desk = {{"إلى اليسار، بجانب الدرج", "To the left, by the stairs"},
                        storage::Arrow::left};
    if (reason == Reason::wrong_session || reason == Reason::no_session_here)
        answer.instead = workshop();
    if (reason == Reason::not_valid_today) {
        answer.valid_day = std::chrono::sys_days(std::chrono::year{2026} / 12 / 5);
    }
    screen.shown_for = 1900ms;
    screen.dwell = 5s;
    view.screen = screen;
    return view;
}

View out_of_service() {
    View view = common();
    view.screen = OutOfServiceScreen{"CAM-01", "A-2", false};
    return view;
}

std::vector<NamedView> all() {
    std::vector<NamedView> views{{"idle", idle()}, {"out_of_service", out_of_service()}};
    const auto add = [&](std::string name, View view, auto change) {
        change(view);
        views.push_back({std::move(name), std::move(view)});
    };
    const auto screen = [](View& view) -> IdleScreen& { return std::get<IdleScreen>(view.screen); };
    const auto answer = [](View& view) -> Answer& {
        return std::get<VerdictScreen>(view.screen).answer;
    };

    add("by_hand", out_of_service(), [](View& view) {
        view.screen = OutOfServiceScreen{"E-JOURNAL", "north-1", true};
    });
    add("by_hand_staff", out_of_service(), [](View& view) {
        view.screen = OutOfServiceScreen{"E-JOURNAL", "north-1", true, true};
    });
    add("idle_no_session", idle(), [&](View& view) { screen(view).sign.reset(); });
    add("idle_upcoming", idle(), [&](View& view) { screen(view).upcoming = true; });
    add("idle_no_camera_yet", idle(), [&](View& view) { view.preview.reset(); });
    add("idle_waits", idle(), [&](View& view) {
        view.preview.reset();
        view.band = Band::camera_lost;
        screen(view).waits = true;
    });
    add("idle_rising", idle(), [&](View& view) {
        screen(view).at_rest = false;
        screen(view).moving_for = 200ms;
    });
    add("hint_one_badge", idle(), [&](View& view) {
        screen(view).hint = scanner::HintKind::one_badge;
        view.preview->covered = {{20, 30, 30, 30}, {70, 30, 30, 30}};
    });
    const std::pair<const char*, scanner::HintKind> hints[] = {
        {"hint_other_code", scanner::HintKind::other_code},
        {"hint_closer", scanner::HintKind::closer},
        {"hint_farther", scanner::HintKind::farther},
        {"hint_still", scanner::HintKind::still},
        {"hint_glare", scanner::HintKind::glare},
        {"hint_turn", scanner::HintKind::turn},
        {"hint_covered", scanner::HintKind::covered},
        {"hint_bent", scanner::HintKind::bent},
        {"hint_again", scanner::HintKind::show_again}};
    for (const auto& [name, kind] : hints)
        add(name, idle(), [&](View& view) { screen(view).hint = kind; });
    add("door_entering", idle(),
        [&](View& view) { screen(view).door = storage::Direction::entry; });
    add("door_leaving", idle(), [&](View& view) { screen(view).door = storage::Direction::exit; });
    add("idle_loud", idle(), [](View& view) { view.volume = Volume::loud; });
    add("idle_silent", idle(), [](View& view) { view.volume = Volume::silent; });
    add("idle_exit", idle(), [&](View& view) {
        screen(view).is_exit = true;
        view.marks = marks(0);
    });
    add("idle_exit_no_session", idle(), [&](View& view) {
        screen(view).is_exit = true;
        screen(view).sign.reset();
        view.marks = marks(0);
    });
    for (int number = 0; number < mark_sets; ++number) {
        const auto name = "marks_" + std::to_string(number);
        const auto set = [&](View& view) {
            view.marks = marks(number);
            view.clock_set = number != 2;
        };
        const auto set_all = [&](View& view) {
            set(view);
            view.band = Band::training;
            view.other_band = Band::list_stale;
            view.list_of = 9h;
            view.list_day = std::chrono::year{2026} / 12 / 2;
        };
        add("idle_" + name, idle(), set);
        // Of the others those with the longest words.
        if (number != 2 && number != 4) continue;
        add("idle_bands_" + name, idle(), set_all);
        add("hint_bands_" + name, idle(), [&](View& view) {
            set_all(view);
            screen(view).hint = static_cast<scanner::HintKind>(number);
        });
        add("door_bands_" + name, idle(), [&](View& view) {
            set_all(view);
            screen(view).door = storage::Direction::entry;
        });
        add("admitted_" + name, verdict(VerdictKind::admitted, Reason::ok), set_all);
        add("refused_" + name, verdict(VerdictKind::refused, Reason::wrong_session), set);
        add("out_of_service_" + name, out_of_service(), set);
    }
    const auto seen_again = [&](storage::Direction direction) {
        return [&answer, direction](View& view) {
            answer(view).seen_again = true;
            answer(view).direction = direction;
            answer(view).welcomed_at = 9h + 2min + 14s;
        };
    };
    const View again = verdict(VerdictKind::already_in, Reason::already_in);
    add("seen_again", again, seen_again(storage::Direction::entry));
    add("seen_again_left", again, seen_again(storage::Direction::exit));
    add("seen_again_marks", again, [&](View& view) {
        seen_again(storage::Direction::entry)(view);
        view.marks = marks(2);
        view.clock_set = false;
        view.band = Band::training;
        view.other_band = Band::list_stale;
        view.list_of = 9h;
    });
    using Held = IdleScreen::Held;
    const std::pair<const char*, Held> held[] = {{"held_welcomed", Held::welcomed},
                                                 {"held_left", Held::left},
                                                 {"held_not_admitted", Held::not_admitted}};
    for (const auto& [name, kind] : held)
        add(name, idle(), [&](View& view) { screen(view).held = kind; });
    add("refused_later", verdict(VerdictKind::refused, Reason::wrong_session), [&](View& view) {
        answer(view).verdict.instead = storage::SessionId{2};
        answer(view).instead->day = std::chrono::year{2026} / 12 / 5;
    });
    add("refused_until", verdict(VerdictKind::refused, Reason::not_valid_today), [&](View& view) {
        answer(view).valid_time = 14h + 30min;
        answer(view).was_valid = true;
    });
    add("see_usher_next_day", verdict(VerdictKind::see_usher, Reason::no_session_here),
        [&](View& view) { answer(view).instead->day = std::chrono::year{2026} / 12 / 5; });
    add("door_hint", idle(), [&](View& view) {
        screen(view).door = storage::Direction::entry;
        screen(view).hint = scanner::HintKind::one_badge;
    });
    add("idle_band_day", idle(), [](View& view) {
        view.band = Band::list_stale;
        view.list_of = 9h;
        view.list_day = std::chrono::year{2026} / 12 / 2;
    });
    for (int other = 1; other < 8; other += 2)
        add("idle_bands_" + std::to_string(other), idle(), [&](View& view) {
            view.band = static_cast<Band>(other - 1);
            view.other_band = static_cast<Band>(other);
            view.list_of = 9h;
        });
    for (const Band band :
         {Band::camera_lost, Band::list_stale, Band::signature_only, Band::on_mirror,
          Band::without_mirror, Band::training, Band::rolled_back, Band::unsigned_copied}) {
        const auto number = std::to_string(static_cast<int>(band));
        const auto set = [&](View& view) {
            view.band = band;
            view.list_of = 4h + 50min;
        };
        add("idle_band_" + number, idle(), set);
        add("admitted_band_" + number, verdict(VerdictKind::admitted, Reason::ok), set);
        add("already_in_band_" + number, verdict(VerdictKind::already_in, Reason::already_in), set);
    }

    const auto pad = [&](std::string name, const PassphraseScreen& shown) {
        add("passphrase_" + std::move(name), idle(), [&](View& view) {
            view.screen = shown;
            view.band = Band::signature_only;
        });
    };
    pad("empty", {});
    pad("five", {.filled = 5});
    pad("checking", {.filled = 12, .checking = true});
    pad("wrong", {.wrong = true});
    pad("paused", {.wrong = true, .paused_for = 30s});
    pad("paused_long", {.wrong = true, .paused_for = 300s});

    add("admitted_no_seat", verdict(VerdictKind::admitted, Reason::ok),
        [&](View& view) { answer(view).seat.clear(); });
    add("admitted_discreet", verdict(VerdictKind::admitted, Reason::ok),
        [&](View& view) { answer(view).discreet = true; });
    add("goodbye", verdict(VerdictKind::admitted, Reason::ok),
        [&](View& view) { answer(view).direction = storage::Direction::exit; });
    add("already_in_discreet", verdict(VerdictKind::already_in, Reason::already_in),
        [&](View& view) { answer(view).discreet = true; });
    add("admitted_cyrillic", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).name = {"", "Анастасия Кузнецова"};
    });
    add("admitted_discreet_no_seat", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).discreet = true;
        answer(view).seat.clear();
    });
    add("admitted_discreet_no_session", verdict(VerdictKind::admitted, Reason::ok),
        [&](View& view) {
            answer(view).discreet = true;
            answer(view).session.reset();
        });
    add("admitted_chinese", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).name = {"لي وي", "李伟 (Li Wei)"};
    });
    add("admitted_arabic_only", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).name = {"عبدالله بن خالد الهاشمي", ""};
    });
    add("admitted_long_name", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).name = {
            "صاحبة السمو الملكي الأميرة عبدالرحمن بنت عبدالعزيز بن محمد القحطاني",
            "Her Excellency Professor Maria-Fernanda Wolfeschlegelsteinhausen de la Torre"};
    });
    add("admitted_one_language", verdict(VerdictKind::admitted, Reason::ok), [&](View& view) {
        answer(view).name = {"", "Ingrid Solberg"};
    });
    add("admitted_signature_only", verdict(VerdictKind::admitted, Reason::signature_only),
        [&](View& view) {
            answer(view).name = {};
            answer(view).seat.clear();
            view.band = Band::signature_only;
        });
    add("already_in_long_name", verdict(VerdictKind::already_in, Reason::already_in),
        [&](View& view) {
            answer(view).name = {"عبدالرحمن بن عبدالله بن سعيد المرزوقي",
                                 "Abdulrahman bin Abdullah bin Saeed Al Marzouqi"};
        });
    add("already_in_longest_name", verdict(VerdictKind::already_in, Reason::already_in),
        [&](View& view) {
            answer(view).name = {
                "صاحبة السمو الملكي الأميرة عبدالرحمن بنت عبدالعزيز بن محمد القحطاني",
                "Her Excellency Professor Maria-Fernanda Wolfeschlegelsteinhausen de la Torre"};
        });
    add("already_in_one_language", verdict(VerdictKind::already_in, Reason::already_in),
        [&](View& view) {
            answer(view).name = {"", "Abdulrahman bin Abdullah bin Saeed Al Marzouqi"};
        });
    for (const int minutes : {1, 2, 3, 103, 300})
        add("early_" + std::to_string(minutes), verdict(VerdictKind::see_usher, Reason::too_early),
            [&](View& view) { answer(view).doors_in = std::chrono::minutes(minutes); });
    add("early_band", verdict(VerdictKind::see_usher, Reason::too_early),
        [](View& view) { view.band = Band::on_mirror; });
    add("wrong_session_band", verdict(VerdictKind::refused, Reason::wrong_session),
        [](View& view) { view.band = Band::on_mirror; });
    add("not_on_list_no_way", verdict(VerdictKind::see_usher, Reason::not_on_list),
        [&](View& view) { answer(view).help_desk = {}; });
    add("not_on_list_words", verdict(VerdictKind::see_usher, Reason::not_on_list),
        [&](View& view) { answer(view).help_desk.arrow.reset(); });
    add("already_in_no_desk", verdict(VerdictKind::already_in, Reason::already_in),
        [&](View& view) { answer(view).help_desk = {}; });
    add("wrong_session_none_now", verdict(VerdictKind::refused, Reason::wrong_session),
        [&](View& view) { answer(view).instead.reset(); });

    const std::pair<VerdictKind, Reason> verdicts[] = {
        {VerdictKind::admitted, Reason::ok},
        {VerdictKind::refused, Reason::bad_signature},
        {VerdictKind::refused, Reason::unknown_key},
        {VerdictKind::refused, Reason::key_revoked},
        {VerdictKind::refused, Reason::wrong_event},
        {VerdictKind::refused, Reason::badge_expired},
        {VerdictKind::refused, Reason::revoked},
        {VerdictKind::see_usher, Reason::signature_only},
        {VerdictKind::see_usher, Reason::not_on_list},
        {VerdictKind::see_usher, Reason::unknown_code},
        {VerdictKind::refused, Reason::badge_replaced},
        {VerdictKind::refused, Reason::cancelled},
        {VerdictKind::refused, Reason::blocked},
        {VerdictKind::see_usher, Reason::pending},
        {VerdictKind::refused, Reason::not_valid_today},
        {VerdictKind::see_usher, Reason::no_session_here},
        {VerdictKind::refused, Reason::wrong_session},
        {VerdictKind::see_usher, Reason::too_early},
        {VerdictKind::refused, Reason::session_over},
        {VerdictKind::see_usher, Reason::attention},
        {VerdictKind::already_in, Reason::already_in},
        {VerdictKind::see_usher, Reason::session_full}};
    for (const auto& [kind, reason] : verdicts) {
        const std::string kind_name(storage::name_of(kind));
        views.push_back(
            {kind_name + "_" + std::string(storage::name_of(reason)), verdict(kind, reason)});
    }
    return views;
}

std::vector<Variant> variants() {
    const Appearance light, high{.theme = Theme::high_contrast,
                                 .text = 1,
                                 .only = {},
                                 .dark_text = false,
                                 .still = false};
    std::vector<Variant> all{{"light", light, false},
                             {"contrast", high, false},
                             {"portrait", light, true},
                             {"portrait-contrast", high, true}};
    const auto with = [&](std::string name, bool portrait, auto change) {
        Appearance look;
        change(look);
        all.push_back({std::move(name), look, portrait});
    };
    with("large", false, [](Appearance& look) { look.text = 1.5; });
    with("portrait-large", true, [](Appearance& look) { look.text = 1.5; });
    with("arabic", false, [](Appearance& look) { look.only = assets::Language::ar; });
    with("english", false, [](Appearance& look) { look.only = assets::Language::en; });
    with("portrait-english", true, [](Appearance& look) { look.only = assets::Language::en; });
    with("largest", false, [](Appearance& look) { look.text = 2; });
    with("portrait-largest", true, [](Appearance& look) { look.text = 2; });
    with("dark-text", false, [](Appearance& look) { look.dark_text = true; });
    return all;
}

}  // namespace hudoor::kiosk::samples
