/// hudoor, the organisers' command: the command line, and the one place where a fault becomes a
/// sentence and an exit code.
#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include <algorithm>

#include <cstdio>
#include <functional>

#include "config/fault.hpp"
#include "config/standard_streams.hpp"
#include "storage/base/crypto.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/lists/preset.hpp"

namespace {

using namespace hudoor::organiser;
using hudoor::ExitCode;
using hudoor::Fault;

/// Options of every subcommand, and what the chosen one will run.
struct CommandLine {
    EventOptions event;
    NewOptions make;
    bool status_json = false;
    CheckOptions check;
    AgendaOptions agenda;
    bool purge_force = false;
    ImportCommand import;
    KioskAddOptions kiosk_add;
    bool kiosk_list_json = false;
    KioskDisableOptions kiosk_disable;
    KioskRenewOptions kiosk_renew;
    UpdateOptions update;
    RevokeOptions revoke;
    std::string reissue_who;
    EditOptions edit;
    bool key_list_json = false;
    int key_revoke_id = 0;
    WhyOptions why;
    BadgesOptions badges;
    ListOptions list;
    std::string show_who;
    bool show_json = false;
    RehearseOptions rehearse;
    UsherAddOptions usher_add;
    bool usher_list_json = false;
    int usher_renew_number = 0;
    int usher_disable_number = 0;
    MergeOptions merge;
    bool incidents_json = false;
    ReportOptions report;
    VerifyOptions verify;
    ScanFilesOptions scan;
    std::function<ExitCode()> chosen;
};

constexpr const char* who_help = "attendee_id, badge number, code, or name in either script";
constexpr const char* query_help =
    "attendee_id, code of a category or session, status, or part of a name, organisation or "
    "delegation";

CLI::App* add_command(CLI::App& app, CommandLine& line, const std::string& name,
                      const std::string& description, std::function<ExitCode()> run) {
    CLI::App* command = app.add_subcommand(name, description);
    command->callback([&line, run = std::move(run)] { line.chosen = run; });
    return command;
}

void add_event_commands(CLI::App& app, CommandLine& line) {
    auto* make =
        add_command(app, line, "new", "Create event.db and event.keys from an event file", [&line] {
            line.make.passphrase_file = line.event.passphrase_file;
            return make_event(line.make);
        });
    make->add_option("DIR", line.make.directory, "A new or empty folder")->required();
    make->add_option("--from", line.make.from, "The event in TOML")->required()->type_name("FILE");
    make->add_option(
            "--knows", line.make.knows,
            "event.db of another event, whose badges are then told from forged ones; may be "
            "repeated")
        ->type_name("EVENT.DB")
        ->allow_extra_args(false);

    auto* status =
        add_command(app, line, "status", "Counts of registrations, badges, kiosks, facts",
                    [&line] { return show_status(line.event, line.status_json); });
    status->add_flag("--json", line.status_json, "One JSON object");

    auto* check =
        add_command(app, line, "check", "The evening before: what is not yet as it must be",
                    [&line] { return check_event(line.event, line.check); });
    check
        ->add_option("--at", line.check.at,
                     "As if it were then: 2026-12-03T18:00 there, or with Z in UTC")
        ->type_name("TIME");
    check->add_flag("--json", line.check.json, "One JSON array");

    auto* agenda = add_command(
        app, line, "agenda",
        "Sessions, rooms and places from a newer event file; without --apply only a report",
        [&line] { return change_agenda(line.event, line.agenda); });
    agenda->add_option("FILE", line.agenda.file, "The event in TOML")->required();
    agenda->add_flag("--apply", line.agenda.apply, "Do it");

    auto* purge = add_command(app, line, "purge",
                              "After the event: wipe all names, keep counts and a signed record",
                              [&line] { return purge_event(line.event, line.purge_force); });
    purge->add_flag("--force", line.purge_force,
                    "Before the end, or though a kiosk was not heard; then type the event's name");
}

/// Whose lists are known.
std::string presets_told() {
    std::string all = "Whose list it is: auto (by its header)";
    for (const std::string& name : preset_names()) all += ", " + name;
    return all;
}

/// What is wrong with the name; empty: nothing.
std::string is_preset(const std::string& name) {
    const auto names = preset_names();
    const bool known = name == "auto" || std::find(names.begin(), names.end(), name) != names.end();
    return known ? "" : name + " is none of them; " + presets_told();
}

void add_registration_commands(CLI::App& app, CommandLine& line) {
    auto* import =
        add_command(app, line, "import", "Registrations from a list; without --apply only a report",
                    [&line] { return import_list(line.event, line.import); });
    import->add_option("FILE", line.import.file, "CSV, XLSX or ODS; what it is is found out")
        ->required();
    import->add_option("--preset", line.import.preset, presets_told())->check(is_preset);
    import
        ->add_option("--map", line.import.map,
                     "Which column is which, in TOML, instead of a preset or over it")
        ->type_name("FILE");
    import->add_option("--source", line.import.source,
                       "Compare with the last list of this name; the preset's if not given");
    import->add_option("--sheet", line.import.sheet, "Of a workbook; its first if not given")
        ->type_name("NAME");
    import->add_option("--encoding", line.import.encoding,
                       "Of CSV, e.g. windows-1256, where it was guessed wrongly");
    import->add_flag("--apply", line.import.apply,
                     "Do it, if no row is refused and no conflict is open");
    auto* ours = import->add_flag("--ours", line.import.ours, "Conflicts: as decided here");
    import->add_flag("--theirs", line.import.theirs, "Conflicts: as the list says now")
        ->excludes(ours);
    import
        ->add_option("--skip-refused", line.import.skip_refused,
                     "Leave refused rows out, and write them to this file")
        ->type_name("FILE")
        ->expected(0, 1)
        ->default_str(skip_into_own_file);
    import->add_flag("--cancel-absent", line.import.cancel_absent,
                     "Cancel who was in the last list of this source and is not in this one");
    import->add_flag("--weak-codes", line.import.weak_codes,
                     "Take codes that are easily guessed; an usher then admits each of them");
    import->add_flag("--json", line.import.json, "One JSON object");
    import
        ->add_option("--keep", line.import.keep,
                     "Keep this column though it is not ours; may be repeated")
        ->type_name("COLUMN")
        ->allow_extra_args(false);
    import
        ->add_option("--ignore", line.import.ignore,
                     "Drop this column though it may say who comes in; may be repeated")
        ->type_name("COLUMN")
        ->allow_extra_args(false);

    auto* list = add_command(app, line, "list", "The people of the event, and whether they came",
                             [&line] { return list_people(line.event, line.list); });
    list->add_option("--who", line.list.who, "What an usher would type: part of a name, id, code")
        ->type_name("TEXT");
    list->add_option("--only", line.list.only, query_help)->type_name("QUERY");
    list->add_flag("--json", line.list.json, "One JSON array");

    auto* show =
        add_command(app, line, "show", "Everything that is known of one person, with the history",
                    [&line] { return show_person(line.event, line.show_who, line.show_json); });
    show->add_option("WHO", line.show_who, who_help)->required();
    show->add_flag("--json", line.show_json, "One JSON object");

    auto* edit = add_command(app, line, "edit", "Change one registration",
                             [&line] { return edit_registration(line.event, line.edit); });
    edit->add_option("WHO", line.edit.who, who_help)->required();
    edit->add_option("CHANGE", line.edit.changes,
                     "COLUMN=VALUE, e.g. status=cancelled; columns as in import")
        ->required();

    auto* revoke = add_command(app, line, "revoke", "Refuse a badge from now on",
                               [&line] { return revoke_badge(line.event, line.revoke); });
    revoke->add_option("WHO", line.revoke.who, who_help)->required();
    revoke->add_option("--why", line.revoke.why, "For the event's history")
        ->required()
        ->type_name("TEXT");

    auto* reissue = add_command(app, line, "reissue", "A new badge that replaces the one before",
                                [&line] { return reissue_badge(line.event, line.reissue_who); });
    reissue->add_option("WHO", line.reissue_who, who_help)->required();

    auto* why = add_command(app, line, "why", "What a kiosk would answer, and why; records nothing",
                            [&line] { return explain_verdict(line.event, line.why); });
    why->add_option("CODE", line.why.who,
                    "attendee_id, name, typed code, text of the badge, or imported code")
        ->required();
    why->add_option("--session", line.why.session, "Code of the session")->required();
    why->add_option("--at", line.why.at, "2026-12-04T09:31 there, or with Z in UTC")
        ->required()
        ->type_name("TIME");
    why->add_flag("--json", line.why.json, "One JSON object");
}

void add_key_commands(CLI::App& app, CommandLine& line) {
    auto* key = app.add_subcommand("key", "Keys that sign badges")->require_subcommand(1);
    add_command(*key, line, "add", "A new key, which signs from now on",
                [&line] { return add_key(line.event); });
    auto* list = add_command(*key, line, "list", "The badge keys of the event",
                             [&line] { return list_keys(line.event, line.key_list_json); });
    list->add_flag("--json", line.key_list_json, "One JSON array");
    auto* revoke = add_command(*key, line, "revoke", "Refuse all badges that a key signed",
                               [&line] { return revoke_key(line.event, line.key_revoke_id); });
    revoke->add_option("N", line.key_revoke_id, "As in key list")->required();
}

void add_fake_time(CLI::App& command, std::string& fake_time) {
    command
        .add_option("--fake-time", fake_time,
                    "When the guest list was made, instead of now (demo events only)")
        ->type_name("T");
}

void add_bundle_options(CLI::App& command, KioskBundleOptions& bundle) {
    command.add_option("--out", bundle.out, "The bundle to write")
        ->required()
        ->type_name("NAME.kiosk");
    command
        .add_option("--bundle-passphrase-file", bundle.bundle_passphrase_file,
                    "Seals the bundle; - is standard input")
        ->type_name("FILE");
    add_fake_time(command, bundle.fake_time);
}

void add_kiosk_commands(CLI::App& app, CommandLine& line) {
    auto* kiosk =
        app.add_subcommand("kiosk", "Kiosks and their enrolment bundles")->require_subcommand(1);
    auto* add = add_command(*kiosk, line, "add", "Make a kiosk and the bundle that enrols it",
                            [&line] { return add_kiosk(line.event, line.kiosk_add); });
    add->add_option("NAME", line.kiosk_add.name, "Letters, digits, - and _")->required();
    add->add_option("--place", line.kiosk_add.place, "Code of the entrance it stands at")
        ->required()
        ->type_name("CODE");
    add_bundle_options(*add, line.kiosk_add.bundle);
    auto* list = add_command(*kiosk, line, "list", "The kiosks of the event",
                             [&line] { return list_kiosks(line.event, line.kiosk_list_json); });
    list->add_flag("--json", line.kiosk_list_json, "One JSON array");

    auto* disable =
        add_command(*kiosk, line, "disable", "No further guest list for a kiosk that is lost",
                    [&line] { return disable_kiosk(line.event, line.kiosk_disable); });
    disable->add_option("NAME", line.kiosk_disable.name, "As in kiosk list")->required();
    disable->add_flag("--rotate", line.kiosk_disable.rotate,
                      "New PINs for all ushers and a new key of imported codes");

    auto* renew =
        add_command(*kiosk, line, "renew", "New keys for a kiosk whose machine or stick is lost",
                    [&line] { return renew_kiosk(line.event, line.kiosk_renew); });
    renew->add_option("NAME", line.kiosk_renew.name, "As in kiosk list")->required();
    add_bundle_options(*renew, line.kiosk_renew.bundle);

    auto* update = add_command(
        app, line, "update", "A newer guest list, agenda and refusals for kiosks without a network",
        [&line] { return write_update(line.event, line.update); });
    update->add_option("--out", line.update.out, "The bundle to write")
        ->required()
        ->type_name("NAME.update");
    add_fake_time(*update, line.update.fake_time);
}

void add_door_commands(CLI::App& app, CommandLine& line) {
    auto* badges = add_command(app, line, "badges", "Badges to print, both sides",
                               [&line] { return print_badges(line.event, line.badges); });
    badges->add_option("OUT", line.badges.out, "The PDF to write")->required();
    badges->add_option("--only", line.badges.only, query_help)->type_name("QUERY");
    badges
        ->add_option("--layout", line.badges.layout,
                     "One a page, or A4 sheets of four A6 or eight A7; default a6")
        ->check(CLI::IsMember({"a6", "a4-4xa6", "a4-8xa7"}));
    badges->add_flag("--ushers", line.badges.ushers,
                     "Staff badges instead; --only is a number or part of a name");
    badges->add_option("--png", line.badges.png, "A picture of each as well")->type_name("DIR");

    // 07 is seven, as it is typed on the pad, and no octal number.
    const CLI::Validator usher_number(
        [](std::string& text) {
            text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
            return std::string();
        },
        "", "usher_number");
    auto* rehearse =
        add_command(app, line, "rehearse",
                    "Play a morning: queues at every door, kiosks needed, one kiosk dead",
                    [&line] { return rehearse_event(line.event, line.rehearse); });
    rehearse
        ->add_option("--arrivals", line.rehearse.arrivals,
                     "CSV minute,people: who comes in which minute, 0 being when doors open")
        ->type_name("CURVE");
    rehearse->add_option("--kiosks", line.rehearse.kiosks, "At every door; else those there are")
        ->check(CLI::Range(1, 100))
        ->type_name("N");
    rehearse->add_option("--seconds", line.rehearse.seconds, "That one person takes; default 6")
        ->check(CLI::Range(0.1, 600.0))
        ->type_name("S");
    rehearse->add_flag("--json", line.rehearse.json, "One JSON object");

    auto* usher = app.add_subcommand("usher", "Ushers and supervisors")->require_subcommand(1);
    auto* usher_add = add_command(*usher, line, "add", "Make an usher; asks for the PIN",
                                  [&line] { return add_usher(line.event, line.usher_add); });
    usher_add->add_option("NUMBER", line.usher_add.number, "Two or three digits")
        ->required()
        ->transform(usher_number);
    usher_add->add_option("NAME", line.usher_add.name)->required();
    usher_add->add_option("--role", line.usher_add.role)
        ->required()
        ->check(CLI::IsMember({"usher", "supervisor"}));
    usher_add->add_option("--pin-file", line.usher_add.pin_file, "- is standard input")
        ->type_name("FILE");
    usher_add->add_flag("--badge", line.usher_add.badge,
                        "With a staff badge, which opens the PIN pad at a kiosk");

    auto* usher_list = add_command(*usher, line, "list", "The ushers of the event", [&line] {
        return list_ushers(line.event, line.usher_list_json);
    });
    usher_list->add_flag("--json", line.usher_list_json, "One JSON array");
    auto* usher_renew =
        add_command(*usher, line, "renew", "A new staff badge in place of a lost one",
                    [&line] { return renew_usher(line.event, line.usher_renew_number); });
    usher_renew->add_option("NUMBER", line.usher_renew_number)->required()->transform(usher_number);
    auto* usher_disable =
        add_command(*usher, line, "disable", "An usher who is one no more",
                    [&line] { return disable_usher(line.event, line.usher_disable_number); });
    usher_disable->add_option("NUMBER", line.usher_disable_number)
        ->required()
        ->transform(usher_number);

    auto* scan =
        add_command(app, line, "scan", "Read the codes in pictures and videos as a kiosk would",
                    [&line] { return scan_files(line.scan); });
    scan->add_option("FILE", line.scan.files, "PNG, JPEG, WebP, PNM; videos that GStreamer plays")
        ->required();
    scan->add_flag("--json", line.scan.json, "One JSON object a line");
    scan->add_flag("--sequence", line.scan.sequence, "Pictures follow each other like frames");
}

void add_record_commands(CLI::App& app, CommandLine& line) {
    auto* merge =
        add_command(app, line, "merge", "Bring facts home from kiosks, and tell what needs a look",
                    [&line] { return merge_files(line.event, line.merge); });
    merge->add_option("FILE", line.merge.files, "NAME.facts, a kiosk's journal or a copy of it");
    merge->add_flag("--again", line.merge.again, "Though the file was taken out before");
    merge
        ->add_option("--accept", line.merge.accept,
                     "Take a fact that nothing proves for true, and those of its start before it")
        ->type_name("KIOSK:EPOCH:SEQ:HASH")
        ->allow_extra_args(false);
    merge
        ->add_option("--undo", line.merge.undo,
                     "Take a merged file out again: its name, or 8 digits or more of its hash")
        ->type_name("NAME|HASH")
        ->allow_extra_args(false);
    merge->add_option("--why", line.merge.why, "Kept with what is accepted or taken out")
        ->type_name("TEXT");
    merge->add_flag("--json", line.merge.json, "One JSON object");

    auto* incidents =
        add_command(app, line, "incidents", "What needs a look in the facts brought home",
                    [&line] { return show_incidents(line.event, line.incidents_json); });
    incidents->add_flag("--json", line.incidents_json, "One JSON array");

    auto* report = add_command(app, line, "report", "Attendance as one page, a workbook and tables",
                               [&line] { return write_report(line.event, line.report); });
    report->add_option("OUT", line.report.out, "The HTML page to write")->required();
    report->add_option("--xlsx", line.report.workbook, "A workbook as well")->type_name("FILE");
    report
        ->add_option("--csv", line.report.tables,
                     "A folder for CSV tables, among them a check-in log")
        ->type_name("DIR");
    report->add_option("--lang", line.report.language, "ar or en; default ar")
        ->check(CLI::IsMember({"ar", "en"}));
    report
        ->add_option("--every", line.report.every,
                     "Minutes that arrivals are counted by: 5, 10 or 15; default 10")
        ->check(CLI::IsMember({5, 10, 15}));

    auto* verify =
        add_command(app, line, "verify", "Whether facts of kiosks are whole and unaltered",
                    [&line] { return verify_files(line.event, line.verify); });
    verify->add_option(
        "FILE", line.verify.files,
        "NAME.facts, a kiosk's journal or a copy of it; each is a witness for the others."
        " None: what was merged");
    verify->add_flag("--json", line.verify.json, "One JSON object a line");
}

ExitCode parse_and_run(CLI::App& app, CommandLine& line, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
    }
    hudoor::storage::init_crypto();
    return line.chosen();
}

ExitCode run(int argc, char** argv) {
    CommandLine line;
    CLI::App app("The organisers' command: events, registrations, badges, kiosks.", "hudoor");
    app.set_version_flag("--version", "hudoor " HUDOOR_VERSION);
    app.add_option("--event", line.event.event, "Folder of the event")
        ->envname("HUDOOR_EVENT")
        ->type_name("DIR");
    app.add_option("--passphrase-file", line.event.passphrase_file,
                   "Opens event.keys; - is standard input")
        ->type_name("FILE");
    app.require_subcommand(1);
    app.fallthrough();
    add_event_commands(app, line);
    add_registration_commands(app, line);
    add_key_commands(app, line);
    add_kiosk_commands(app, line);
    add_door_commands(app, line);
    add_record_commands(app, line);
    try {
        return parse_and_run(app, line, argc, argv);
    } catch (const Fault& fault) {
        std::fprintf(stderr, "hudoor: %s\n", fault.what());
        return fault.exit_code();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hudoor: a bug: %s\n", error.what());
        return ExitCode::bug;
    }
}

}  // namespace

int main(int argc, char** argv) {
    hudoor::config::hold_standard_streams();
    ::umask(0077);  // what others make for us, too: databases
    return static_cast<int>(hudoor::config::finish_output("hudoor", run(argc, argv)));
}
