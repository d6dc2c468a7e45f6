#include "tests/kiosk/screens/sample_panels.hpp"

#include <algorithm>

#include "tests/kiosk/screens/sample_views.hpp"

namespace hudoor::kiosk::samples {
namespace {

using namespace std::chrono_literals;
using storage::Bilingual;
using storage::Reason;
using storage::VerdictKind;

const Bilingual delegate_f{"مشاركة", "Delegate"};

SessionWords session(const char* code, Bilingual title, std::chrono::minutes starts,
                     std::chrono::minutes ends, const char* hall = "A") {
    SessionWords words;
    words.code = code;
    words.title = std::move(title);
    words.room = {std::string("القاعة ") + hall, std::string("Hall ") + hall};
    words.room_letter = hall;
    words.starts = starts;
    words.ends = ends;
    return words;
}

SessionWords majlis(const char* code, Bilingual title, std::chrono::minutes starts,
                    std::chrono::minutes ends) {
    SessionWords words = session(code, std::move(title), starts, ends, "3");
    words.room = {"المجلس 3", "Majlis 3"};
    return words;
}

SessionWords opening() {
    return session("opening", {"حفل الافتتاح", "Opening ceremony"}, 9h + 30min, 10h + 30min);
}

SessionWords workshop() {
    return session("water", {"الماء من الهواء", "Water from air"}, 14h + 30min, 15h + 45min, "B");
}

PanelView common(PanelPage page) {
    PanelView view;
    view.page = std::move(page);
    view.usher = storage::UsherNumber{7};
    view.time_of_day = 9h + 34min;
    return view;
}

ScanRow row(VerdictKind verdict, Reason reason, Bilingual name, std::chrono::minutes at,
            RowOffer offer) {
    ScanRow scan;
    scan.verdict = verdict;
    scan.reason = reason;
    scan.name = std::move(name);
    scan.category = delegate_f;
    scan.at = at;
    scan.offer = offer;
    return scan;
}

ScanRow refused() {
    return row(VerdictKind::refused, Reason::wrong_session, {"كينجي واتانابي", "Kenji Watanabe"},
               9h + 34min, RowOffer::admit);
}

HomePage home() {
    HomePage page;
    page.session = opening();
    page.rows = {
        refused(),
        row(VerdictKind::admitted, Reason::ok, {"أمينة ديالو", "Amina Diallo"}, 9h + 34min,
            RowOffer::none),
        row(VerdictKind::admitted, Reason::ok, {"لوكاس فيريرا", "Lucas Ferreira"}, 9h + 33min,
            RowOffer::undo),
        row(VerdictKind::already_in, Reason::already_in, {"إنغريد سولبرغ", "Ingrid Solberg"},
            9h + 33min, RowOffer::admit),
        row(VerdictKind::see_usher, Reason::not_on_list, {}, 9h + 31min, RowOffer::search)};
    page.rows[2].override_reason = storage::Override::speaker;
    page.rows[2].undo_left = 42s;
    page.rows[3].since = 9h + 2min;
    page.pager = {0, 4};
    page.inside = {551, 600};
    page.covers_all = true;
    page.kiosks = 4;
    page.arrivals = {1,  2,  2,  3,  3,  4,  6,  5,  7,  9,  11, 10, 14, 16, 18,
                     17, 21, 23, 22, 19, 20, 17, 18, 15, 16, 13, 14, 12, 15, 14};
    page.arrivals_from = 9h + 4min;
    return page;
}

/// Every reason a row can give, five at a time.
std::vector<ScanRow> rows_of(int from) {
    std::vector<ScanRow> rows;
    for (int number = from; number < from + 5; ++number) {
        const auto reason = static_cast<Reason>(number);
        const bool plain = reason == Reason::ok;
        rows.push_back(row(plain ? VerdictKind::admitted : VerdictKind::refused, reason,
                           {"عبدالله بن خالد الهاشمي", "Abdullah Al Hashimi"}, 11h + 20min,
                           plain ? RowOffer::none : RowOffer::approval));
        rows.back().since = 9h + 2min;
    }
    return rows;
}

class Panels {
public:
    explicit Panels(bool portrait) : portrait_(portrait) {}

    std::vector<NamedPanel> all() {
        add_pins();
        add_homes();
        add_searches();
        add_overrides();
        add_sessions();
        add_health();
        add_acts();
        add_marked();
        return std::move(panels_);
    }

private:
    void add(std::string name, PanelPage page) {
        panels_.push_back({std::move(name), common(std::move(page))});
    }
    PanelView& last() { return panels_.back().view; }

    void add_pins() {
        add("pin", PinPage{.filled = 3});
        add("pin_number", PinPage{.asks_number = true, .filled = 1});
        add("pin_wrong", PinPage{.wrong = true});
        add("pin_locked", PinPage{.locked_for = 48s});
        add("pin_not_supervisor",
            PinPage{.asks_number = true, .needs_supervisor = true, .supervisor_only = true});
        add("pin_supervisor", PinPage{.filled = 6, .checking = true, .supervisor_only = true});
        add("pin_call", PinPage{.asks_number = true, .supervisor_only = true, .can_call = true});
        add("pin_called",
            PinPage{
                .asks_number = true, .supervisor_only = true, .can_call = true, .called = true});
    }

    void add_questions() {
        using Of = QuestionPage::Of;
        QuestionPage page;
        page.who = {"عبدالرحمن بن عبدالله بن سعيد الهاشمي", "Abdulrahman bin Abdullah Al Hashimi"};
        page.session = workshop();
        page.session->doors = 14h + 10min;
        const std::pair<const char*, Of> all[] = {
            {"ask_service", Of::out_of_service}, {"ask_close", Of::close},
            {"ask_training", Of::training},      {"ask_end_training", Of::end_training},
            {"ask_direction", Of::direction},    {"ask_undo", Of::undo},
            {"ask_open", Of::open_doors}};
        for (const auto& [name, of] : all) {
            page.of = of;
            page.direction = storage::Direction::exit;
            add(name, page);
            last().supervisor = true;
        }
    }

    static ShiftPage shift() {
        ShiftPage page;
        page.shift.admitted = 1'204;
        page.shift.refused = 31;
        page.shift.deeds = {{storage::UsherNumber{7}, 12, 5, 1, 2},
                            {storage::UsherNumber{12}, 0, 3, 0, 0},
                            {storage::UsherNumber{31}, 2, 0, 0, 0}};
        page.inside = 612;
        page.open_notes = 3;
        return page;
    }

    void add_homes() {
        add("home", home());
        add("home_empty", HomePage{});
        last().usher = {};
        HomePage page = home();
        page.covers_all = false;
        page.inside = {1203, 1200};
        page.pager = {};
        page.rows[0].undone = true;
        page.rows[0].offer = RowOffer::none;
        page.rows[1].left = true;
        page.arrivals.resize(4);
        add("home_full", page);
        last().supervisor = true;
        for (int from = 1; from <= 18; from += 5) {
            page = home();
            page.inside.people = 88;
            page.rows = rows_of(from);
            add("home_reasons_" + std::to_string(from), page);
        }
        page = home();
        page.waiting = 3;
        for (ScanRow& row : page.rows) {
            row.veiled = true;
            row.name = {"ع. ه.", "A. H."};
        }
        page.rows[1].withdrawn = true;
        page.rows[2].undone = true;
        page.rows[2].offer = RowOffer::restore;
        add("home_veiled", page);
        last().veil = true;
        add("home_strip_refused", home());
        last().strip =
            std::get<VerdictScreen>(verdict(VerdictKind::refused, Reason::wrong_session).screen);
        add("home_strip_admitted", home());
        last().strip = std::get<VerdictScreen>(verdict(VerdictKind::admitted, Reason::ok).screen);
        page = home();
        for (ScanRow& scan : page.rows)
            scan.name = {"عبدالرحمن بن عبدالله بن سعيد بن محمد بن أحمد المرزوقي",
                         "Abdulrahman bin Abdullah bin Saeed bin Mohammed bin Ahmed Al Marzouqi"};
        page.rows[4] = row(VerdictKind::see_usher, Reason::too_early,
                           {"كينجي واتانابي", "Kenji Watanabe"}, 8h + 58min, RowOffer::admit);
        page.rows[4].since = 9h + 10min;
        add("home_long_names", page);
        last().strip = std::get<VerdictScreen>(verdict(VerdictKind::admitted, Reason::ok).screen);
        last().strip->answer.name = page.rows[0].name;
        add("home_strip_early", home());
        last().strip =
            std::get<VerdictScreen>(verdict(VerdictKind::see_usher, Reason::too_early).screen);
        add("home_strip_again", home());
        last().strip =
            std::get<VerdictScreen>(verdict(VerdictKind::already_in, Reason::already_in).screen);
        add("home_locks", home());
        last().locks_in = 8s;
    }

    void add_searches() {
        add("search_arabic", search("المرز", Keys::arabic));
        add("search_latin", search("al mar", Keys::latin));
        SearchPage page = search("al", Keys::latin);
        page.found = 200;
        page.more = true;
        add("search_more", page);
        page.more = false;
        page.too_short = true;
        page.rows.clear();
        page.pager = {};
        page.field.caret = 1;
        add("search_short", page);
        page.field = {"Zwölf Boxkämpfer 42", 19};
        page.too_short = false;
        page.found = 0;
        add("search_none", page);
        page = search("مرزوق", Keys::arabic);
        page.keys_hidden = true;
        for (int i = 3; i < rows_without_keys; ++i)
            page.rows.push_back(page.rows[static_cast<std::size_t>(i) % 3]);
        page.rows[4].offer = RowOffer::approval;
        page.rows[5].reason = Reason::badge_replaced;
        add("search_hidden", page);
        page = search("7K3M-0Q2X-91", Keys::digits);
        page.code = true;
        page.found = 1;
        page.pager = {};
        page.rows.resize(1);
        page.rows[0].verdict = VerdictKind::already_in;
        page.rows[0].reason = Reason::already_in;
        page.rows[0].inside_since.reset();
        page.rows[0].offer = RowOffer::admit;
        add("search_code", page);
        page.rows.clear();
        page.no_such_code = true;
        add("search_code_of_nobody", page);
        page = search("هلال", Keys::arabic);
        page.found = 40;
        page.inside = 12;
        page.pager = {0, 14};
        page.rows[0].external_id = "D1099";
        page.rows[1].external_id = "VIP-0012";
        add("search_group", page);
        page.more = true;
        page.found = 200;
        page.inside = 112;
        page.only_missing = true;
        add("search_missing", page);
        page.more = false;
        page.rows.clear();
        page.pager = {};
        add("search_all_in", page);
    }

    void add_overrides() {
        ScanRow person = refused();
        add("reasons", ReasonPage{person, workshop()});
        person.name = {};
        person.verdict = VerdictKind::see_usher;
        person.reason = Reason::attention;
        add("reasons_nameless", ReasonPage{person, {}});
        ReasonPage approved{refused(), workshop()};
        approved.approved = true;
        add("reasons_approved", approved);
        approved.can_withdraw = true;
        add("reasons_withdraw", approved);
        add("reasons_note", ReasonPage{person,
                                       {},
                                       {"ينتظره السفير عند المدخل الجنوبي",
                                        "The ambassador waits for him at the south entrance"}});
        DonePage page{{"كينجي واتانابي", "Kenji Watanabe"},
                      {"حفل الافتتاح، القاعة A", "Opening ceremony, Hall A"},
                      storage::Override::speaker,
                      9h + 34min + 52s,
                      552,
                      42s,
                      false,
                      false};
        add("done", page);
        page.approved_by = storage::UsherNumber{12};
        add("done_approved", page);
        page.approved_by = {};
        page.undo_left.reset();
        page.reason = storage::Override::none;
        page.name = {};
        add("done_nameless", page);
        page.name = {"", "Wolfeschlegelsteinhausen Katzenellenbogen"};
        page.undone = true;
        add("done_undone", page);
        page.can_restore = true;
        add("done_restore", page);
        page.undone = page.can_restore = false;
        page.failed = true;
        add("done_failed", page);
        page.denied = true;
        add("done_denied", page);
        page.denied = false;
        add("note",
            NotePage{
                NotePage::Of::note,
                {"بطاقة VIP رقم 42 عند المدخل الشمالي، تم الاتصال بمكتب المساعدة للتأكد من الاسم",
                 20},
                Keys::arabic,
                {},
                0});
        add("guest", NotePage{NotePage::Of::guest,
                              {"Ingrid", 6},
                              Keys::latin,
                              {{"مشارك، مشاركة", "Delegate"},
                               {"متحدث، متحدثة", "Speaker"},
                               {"إعلام", "Media"},
                               {"كبار الشخصيات", "VIP guest"},
                               {"ضيف", "Guest"}},
                              2});
        NotePage empty = std::get<NotePage>(last().page);
        empty.field = {};
        empty.is_missing = true;
        add("guest_missing", empty);
        empty.of = NotePage::Of::note;
        empty.categories.clear();
        add("note_missing", empty);
    }

    void add_sessions() {
        SessionsPage page;
        page.room = {"القاعة A", "Hall A"};
        page.place = {"المدخل الشمالي", "North entrance"};
        SessionDay first{
            std::chrono::year{2026} / 12 / 4,
            true,
            {{opening(), 612, true},
             {session("cities", {"جلسة عامة: مدن 2050", "Plenary: Cities in 2050"}, 10h + 45min,
                      12h),
              540},
             {session("water", {"ورشة عمل: الماء من الهواء", "Workshop: Water from air"},
                      14h + 30min, 15h + 45min, "B"),
              118},
             {majlis("table", {"الطاولة المستديرة الوزارية", "Ministerial roundtable"}, 14h + 30min,
                     16h),
              24, false, true},
             {session("skills", {"جلسة عامة: مهارات الغد", "Plenary: Skills for tomorrow"},
                      16h + 15min, 17h + 30min),
              505}}};
        SessionDay second{
            std::chrono::year{2026} / 12 / 5,
            false,
            {{session("energy", {"جلسة عامة: طاقة المستقبل", "Plenary: The energy ahead"},
                      9h + 30min, 10h + 45min),
              498},
             {session("trust", {"ورشة عمل: الثقة في الآلة", "Workshop: Trust in machines"}, 11h,
                      12h + 15min, "B"),
              103},
             {majlis("youth", {"مجلس الشباب", "Youth majlis"}, 11h, 12h + 30min), 60},
             {session("food", {"حلقة نقاش: غذاء بلا حدود", "Panel: Food without borders"}, 14h,
                      15h + 15min, "B"),
              111},
             {session("closing", {"الحفل الختامي", "Closing ceremony"}, 16h, 17h), 570}}};
        for (SessionDay* day : {&first, &second}) {
            for (SessionLine& line : day->lines) line.here = line.words.room_letter == "A";
            std::ranges::stable_partition(day->lines, &SessionLine::here);
        }
        first.lines.front().in_force = true;
        page.days = {first};
        if (!portrait_) page.days.push_back(second);
        page.pager = {0, portrait_ ? 2 : 1};
        page.chosen = Bilingual{"الطاولة المستديرة الوزارية", "Ministerial roundtable"};
        add("sessions", page);
        page.chosen.reset();
        page.pager = {1, 3};
        for (SessionDay& day : page.days)
            for (SessionLine& line : day.lines) {
                line.selected = false;
                line.allowed = line.words.room_letter == "A";
                line.registered = line.allowed ? line.registered : 0;
            }
        add("sessions_pages", page);
    }

    void add_health() {
        using enum HealthState;
        HealthPage page{
            "A-2",
            6h + 12min,
            {{HealthTile::camera, good, {"30 إطار/ث، واضحة", "30 fps, sharp"}},
             {HealthTile::code, good, {"قبل ثانيتين، 0.14 ث", "2 s ago, 0.14 s"}},
             {HealthTile::touch, good, {"يعمل", "Working"}},
             {HealthTile::sound, attention, {"القاعة صاخبة", "Hall is loud"}},
             {HealthTile::clock, good, {"بفارق 0.2 ث", "0.2 s off"}},
             {HealthTile::sync, attention, {"قبل 6 دقائق، 38 معلَّقًا", "6 min, 38 waiting"}},
             {HealthTile::network, bad, {"لا يوجد اتصال", "No link"}},
             {HealthTile::backup, good, {"قبل 11 دقيقة", "11 min ago"}},
             {HealthTile::disk, good, {"المتاح 41 جيجابايت", "41 GB free"}},
             {HealthTile::records, good, {"3,412 سجلًا موقَّعًا", "3,412 signed"}},
             {HealthTile::temperature, good, {"\u206854 °C\u2069", "54 °C"}},
             {HealthTile::version, good, {"1.0.0", "1.0.0"}}},
            {}};
        add("health", page);
        page.lines[0] = {
            HealthTile::camera, attention, {"التعريض غير مضبوط", "Exposure not fixed"}};
        page.news = Bilingual{"تم حفظ السجل", "The log was saved"};
        add("health_supervisor", page);
        last().supervisor = true;
    }

    void add_acts() {
        add("more", MorePage{storage::Direction::entry, false, {}});
        last().supervisor = true;
        add("more_training", MorePage{{}, true, {}});
        last().supervisor = true;
        using State = StickPage::State;
        for (const State state :
             {State::no_stick, State::working, State::safe, State::full, State::gone,
              State::updated, State::old, State::other_kiosk, State::in_training, State::failed}) {
            const bool update = state == State::updated || state == State::old;
            add("stick_" + std::to_string(static_cast<int>(state)),
                StickPage{.of = update ? StickPage::Of::update : StickPage::Of::copy,
                          .state = state,
                          .part = 0.42,
                          .revision = 118});
        }
        add("stick_two", StickPage{.state = State::other_kiosk,
                                   .sticks = {{"NORTH DOOR", 15'700'000'000, State::safe},
                                              {"SOUTH", 31'200'000'000, State::other_kiosk}}});
        EvacuationPage page;
        page.rows = search("", Keys::arabic).rows;
        for (std::size_t i = 3; i < rows_without_keys; ++i) page.rows.push_back(page.rows[i % 3]);
        page.pager = {0, 70};
        page.people = 553;
        page.kiosks_heard = 3;
        page.kiosks = 4;
        page.list_of = When{.day = std::chrono::year{2026} / 12 / 2, .of_day = 9h + 30min};
        add("evacuation", page);
        last().supervisor = true;
        page.not_proved = 2;
        page.rows.back().proved = false;
        add("evacuation_not_proved", page);
        last().supervisor = true;
        add("evacuation_nobody", EvacuationPage{});
        page.field = {"المرز", std::string("المرز").size()};
        page.keys_hidden = false;
        page.rows.resize(3);
        page.pager = {0, 2};
        add("evacuation_search", page);
        last().supervisor = true;
        page.rows.clear();
        page.pager = {};
        add("evacuation_not_found", page);
        last().supervisor = true;
        add("service", ServicePage{});
        add_questions();
        add("shift", shift());
        add("old_list", OldListPage{When{.of_day = 9h + 5min}});
        add("old_list_rolled_back", OldListPage{When{.of_day = 9h + 5min}, true});
    }

    /// One of each page once more, with what may be in force.
    void add_marked() {
        const std::size_t unmarked = panels_.size();
        for (std::size_t i = 1; i < unmarked; ++i) {
            if (panels_[i].view.page.index() == panels_[i - 1].view.page.index()) continue;
            NamedPanel marked = panels_[i];
            marked.name += "_marks";
            marked.view.marks = marks(static_cast<int>(i) % mark_sets);
            panels_.push_back(std::move(marked));
        }
    }

    static SearchPage search(const char* typed, Keys keys) {
        SearchPage page;
        page.session = {"حفل الافتتاح، القاعة A", "Opening ceremony, Hall A"};
        page.field = {typed, std::string(typed).size()};
        page.keys = keys;
        page.found = 4;
        page.pager = {0, 2};
        const Bilingual speaker{"متحدثة", "speaker"}, delegate{"مشارك", "delegate"};
        page.rows = {{{"د. نورة المرزوقي", "Dr Noura Al Marzouqi"},
                      {"وزارة مهارات المستقبل", "Ministry of Future Skills"},
                      speaker,
                      VerdictKind::admitted,
                      Reason::ok,
                      {},
                      RowOffer::check_in},
                     {{"سلطان المرزوقي", "Sultan Al Marzouqi"},
                      {"شركة شمس الصحراء", "Desert Solar"},
                      delegate,
                      VerdictKind::already_in,
                      Reason::already_in,
                      9h + 11min,
                      RowOffer::none},
                     {{"حصة المرزوقي", "Hessa Al Marzouqi"},
                      {"مجلس الشباب", "Youth Council"},
                      delegate,
                      VerdictKind::refused,
                      Reason::wrong_session,
                      {},
                      RowOffer::admit}};
        return page;
    }

    bool portrait_;
    std::vector<NamedPanel> panels_;
};

}  // namespace

std::vector<NamedPanel> panels(bool portrait) { return Panels(portrait).all(); }

std::vector<PanelVariant> panel_variants() {
    std::vector<PanelVariant> all;
    for (const bool portrait : {false, true})
        for (const auto theme : {Theme::light, Theme::high_contrast})
            for (const auto language : assets::languages) {
                Appearance look;
                look.theme = theme;
                look.only = language;
                const std::string name =
                    std::string("usher-") + (language == assets::Language::ar ? "ar" : "en") +
                    (portrait ? "-portrait" : "") + (theme == Theme::light ? "" : "-contrast");
                all.push_back({name, look, portrait});
            }
    return all;
}

}  // namespace hudoor::kiosk::samples
