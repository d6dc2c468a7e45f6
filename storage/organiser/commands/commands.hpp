/// The subcommands of hudoor, one function each: options in, data on standard output, messages on
/// standard error, and the exit code. Faults are left to main.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "config/exit_code.hpp"

namespace hudoor::organiser {

/// What most of them need.
struct EventOptions {
    std::filesystem::path event = ".";  ///< the folder with event.db and event.keys
    std::string passphrase_file;        ///< of event.keys; "-": standard input; empty: a prompt
};

struct NewOptions {
    std::filesystem::path directory;
    std::filesystem::path from;                ///< event.toml
    std::vector<std::filesystem::path> knows;  ///< event.db of others
    std::string passphrase_file;
};
ExitCode make_event(const NewOptions& options);

ExitCode show_status(const EventOptions& event, bool json);

struct CheckOptions {
    std::string at;  ///< as if it were then; empty: now
    bool json = false;
};
/// The evening before; bad_data if anything is wrong.
ExitCode check_event(const EventOptions& event, const CheckOptions& options);

struct AgendaOptions {
    std::filesystem::path file;  ///< event.toml
    bool apply = false;
};
ExitCode change_agenda(const EventOptions& event, const AgendaOptions& options);

/// not_allowed before the end and while a kiosk was not heard, unless forced: then the name of the
/// event is read from standard input.
ExitCode purge_event(const EventOptions& event, bool force);

/// skip_refused without a name: FILE.refused.csv.
inline constexpr const char* skip_into_own_file = "FILE.refused.csv";

struct ImportCommand {
    std::filesystem::path file;
    std::string preset = "auto";
    std::string map;       ///< a TOML file instead of a preset, or over one
    std::string source;    ///< whose list it is, to compare with its last one; empty: the preset
    std::string sheet;     ///< of a workbook; empty: its first
    std::string encoding;  ///< of CSV; empty: found out
    std::set<std::string> keep;
    std::set<std::string> ignore;  ///< columns dropped on purpose
    std::string skip_refused;      ///< where the rows go that are left out; empty: none is left out
    bool theirs = false;           ///< conflicts: as the list says
    bool ours = false;             ///< conflicts: as decided here
    bool cancel_absent = false;
    bool weak_codes = false;  ///< take codes that are easily guessed
    bool apply = false;
    bool json = false;
};
/// bad_data if any row is refused and not skipped, a conflict is not decided, or the codes are too
/// easily guessed; then nothing is applied.
ExitCode import_list(const EventOptions& event, const ImportCommand& options);

/// The file that enrols a kiosk.
struct KioskBundleOptions {
    std::filesystem::path out;
    std::string bundle_passphrase_file;
    std::string fake_time;  ///< the guest list is of this time, not of now; demo events only
};

struct KioskAddOptions {
    std::string name;
    std::string place;
    KioskBundleOptions bundle;
};
ExitCode add_kiosk(const EventOptions& event, const KioskAddOptions& options);

ExitCode list_kiosks(const EventOptions& event, bool json);

struct KioskDisableOptions {
    std::string name;
    bool rotate = false;  ///< what it may have given away is made anew
};
ExitCode disable_kiosk(const EventOptions& event, const KioskDisableOptions& options);

struct KioskRenewOptions {
    std::string name;
    KioskBundleOptions bundle;
};
/// New keys and a new number under the same name; the one before is disabled.
ExitCode renew_kiosk(const EventOptions& event, const KioskRenewOptions& options);

struct UpdateOptions {
    std::filesystem::path out;
    std::string fake_time;  ///< as in KioskBundleOptions
};
ExitCode write_update(const EventOptions& event, const UpdateOptions& options);

struct RevokeOptions {
    std::string who;  ///< attendee_id, code or name (people/meant.hpp)
    std::string why;
};
ExitCode revoke_badge(const EventOptions& event, const RevokeOptions& options);

ExitCode reissue_badge(const EventOptions& event, const std::string& who);

struct WhyOptions {
    std::string who;  ///< like RevokeOptions, or an imported code
    std::string session;
    std::string at;  ///< in the event's time zone, or with Z
    bool json = false;
};
ExitCode explain_verdict(const EventOptions& event, const WhyOptions& options);

struct ListOptions {
    std::string who;   ///< what a search finds; empty: everybody
    std::string only;  ///< as BadgesOptions::only
    bool json = false;
};
ExitCode list_people(const EventOptions& event, const ListOptions& options);

/// Everything known of one person, by attendee_id, code or name.
ExitCode show_person(const EventOptions& event, const std::string& who, bool json);

struct RehearseOptions {
    std::filesystem::path arrivals;  ///< CSV minute,people; empty: a usual morning
    int kiosks = 0;                  ///< at every door; 0: those that the event has
    double seconds = 6;              ///< that one person takes
    bool json = false;
};
/// A morning through the real decisions: queues, kiosks needed, what one dead kiosk costs.
ExitCode rehearse_event(const EventOptions& event, const RehearseOptions& options);

struct EditOptions {
    std::string who;                   ///< like RevokeOptions
    std::vector<std::string> changes;  ///< COLUMN=VALUE, our columns
};
ExitCode edit_registration(const EventOptions& event, const EditOptions& options);

/// A new badge signing key, which signs from now on.
ExitCode add_key(const EventOptions& event);

ExitCode list_keys(const EventOptions& event, bool json);

ExitCode revoke_key(const EventOptions& event, int id);

struct BadgesOptions {
    std::filesystem::path out;
    std::string only;           ///< people/query.hpp
    std::filesystem::path png;  ///< a folder for a picture each; empty: none
    std::string layout = "a6";  ///< a6, a4-4xa6, a4-8xa7
    bool ushers = false;  ///< staff badges instead; `only` is an usher's number or part of a name
};
ExitCode print_badges(const EventOptions& event, const BadgesOptions& options);

struct MergeOptions {
    std::vector<std::filesystem::path> files;  ///< bundles of facts, journals, or copies of them
    bool again = false;                        ///< though they were taken out
    std::vector<std::string> accept;           ///< KIOSK:EPOCH:SEQ:HASH
    std::vector<std::string> undo;             ///< names or hashes of files that were merged
    std::string why;                           ///< with the two above
    bool json = false;
};
/// Takes files out, merges files, accepts facts, in this order. bad_data if any file held something
/// that was altered, is not this event's, or that nothing proves and nobody accepted; else the code
/// of the first that could not be read.
ExitCode merge_files(const EventOptions& event, const MergeOptions& options);

ExitCode show_incidents(const EventOptions& event, bool json);

struct ReportOptions {
    std::filesystem::path out;       ///< the page
    std::filesystem::path workbook;  ///< empty: none
    std::filesystem::path tables;    ///< a folder for CSV files; empty: none
    std::string language = "ar";
    int every = 10;  ///< minutes: the width of the arrivals
};
ExitCode write_report(const EventOptions& event, const ReportOptions& options);

struct VerifyOptions {
    /// Journals, copies of them, bundles of facts; none: what was merged so far.
    std::vector<std::filesystem::path> files;
    bool json = false;
};
/// What was merged is a witness for the files. bad_data if any file was altered or lacks what
/// another one holds; else the code of the first that could not be looked at: no_input, try_again
/// (a running kiosk holds it).
ExitCode verify_files(const EventOptions& event, const VerifyOptions& options);

struct UsherAddOptions {
    int number = 0;
    std::string name;
    std::string role = "usher";
    std::string pin_file;  ///< "-": standard input; empty: a prompt
    bool badge = false;    ///< with a staff badge
};
ExitCode add_usher(const EventOptions& event, const UsherAddOptions& options);

ExitCode list_ushers(const EventOptions& event, bool json);

/// A new staff badge; the one before is nobody's any more.
ExitCode renew_usher(const EventOptions& event, int number);

ExitCode disable_usher(const EventOptions& event, int number);

struct ScanFilesOptions {
    std::vector<std::filesystem::path> files;
    bool json = false;
    bool sequence = false;  ///< pictures belong together, like the frames of a video
};
ExitCode scan_files(const ScanFilesOptions& options);

}  // namespace hudoor::organiser
