// bench merge: a million facts from forty kiosks brought home by hudoor merge, beside the same rows
// put into plain SQLite in one transaction.

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/base/files.hpp"
#include "storage/base/sqlite.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/organiser/event/file.hpp"
#include "storage/organiser/event/keys.hpp"
#include "storage/organiser/event/store.hpp"
#include "tests/bench/bench.hpp"
#include "tests/support/crowd.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;

namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path folder = fs::path(HUDOOR_BUILD_DIR) / "bench-merge";
    bool keep = false;  ///< the folder, to look at
    unsigned kiosks = 40;
    std::size_t facts = 1'000'000;
    unsigned people = 20'000;
    fs::path json;
};

/// The demo event with invented people; every kiosk's facts as a bundle and in memory.
class Event {
public:
    explicit Event(const Options& options) : options_(options) {
        fs::remove_all(options.folder);
        fs::create_directories(options.folder);
        write_file(options.folder / "passphrase", as_bytes("bench\n"), private_mode);
        organiser::write_event_keys(keys_, options.folder / "event.keys", "bench");
        identity_ = organiser::read_event_file(HUDOOR_DEMO_EVENT);
        identity_.organiser = keys_.signing.verify_key();
        identity_.organiser_seal = keys_.opening.seal_key();
        organiser::EventStore::create(options.folder, identity_);
        add_people();
        add_kiosks();
    }

    /// As the kiosks would export it.
    std::map<KioskId, std::vector<StoredFact>> play() {
        auto facts = test::play_crowd(identity_.agenda, people_, kiosks_,
                                      {.at_least = options_.facts / options_.kiosks});
        for (const test::CrowdKiosk& kiosk : kiosks_) {
            FactsBundleWriter bundle;
            for (const StoredFact& fact : facts.at(kiosk.id)) bundle.add(fact);
            files_.push_back((options_.folder /
                              ("kiosk-" + std::to_string(static_cast<int>(kiosk.id)) + ".facts"))
                                 .string());
            bundle.write(files_.back(), identity_.event, kiosk.key.verify_key(), &kiosk.key,
                         {{identity_.organiser_seal}});
        }
        return facts;
    }
    [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

private:
    void add_people() {
        const test::EventFixture fixture;
        static const char* const countries[] = {"AE", "SA", "IN", "JP", "MA",
                                                "NO", "BR", "EG", "FR", "KE"};
        std::vector<organiser::OrganiserRegistration> registrations;
        for (unsigned i = 1; i <= options_.people; ++i) {
            Registration one = fixture.delegate(i);
            one.sessions.clear();
            for (const Session& session : identity_.agenda.sessions)
                if ((i + static_cast<unsigned>(session.id)) % 3 != 0)
                    one.sessions.push_back(session.id);
            one.category =
                identity_.categories[i % 20 == 0 ? (i / 20) % identity_.categories.size() : 0].id;
            one.country = countries[(i * i) % 97 % 10];
            one.organisation.en += " " + std::to_string(i % 30);
            one.organisation.ar += " " + std::to_string(i % 30);
            one.external_id = "B" + std::to_string(i);
            registrations.push_back({.door = one,
                                     .badge_valid_until = identity_.last_day,
                                     .imported_code = {},
                                     .kept = {}});
            people_.push_back(std::move(one));
        }
        organiser::EventStore(options_.folder).save(registrations, {WallTime(), "import"});
    }
    void add_kiosks() {
        organiser::EventStore store(options_.folder);
        const auto& places = identity_.agenda.places;
        for (unsigned i = 1; i <= options_.kiosks; ++i) {
            kiosks_.push_back({static_cast<KioskId>(i), places[i % places.size()].id,
                               SigningKey(test::test_secret("bench kiosk " + std::to_string(i)))});
            store.add_kiosk({static_cast<KioskId>(i),
                             "kiosk-" + std::to_string(i),
                             kiosks_.back().place,
                             kiosks_.back().key.verify_key(),
                             identity_.organiser_seal,
                             {}},
                            {WallTime(), "kiosk"});
        }
    }

    const Options& options_;
    organiser::EventKeys keys_ = organiser::EventKeys::generate();
    Identity identity_;
    std::vector<Registration> people_;
    std::vector<test::CrowdKiosk> kiosks_;
    std::vector<std::string> files_;
};

struct Run {
    double seconds = 0;
    double cpu_seconds = 0;
    double peak_mb = 0;
};

/// Until it ends. What rusage says holds this program's memory, too, from before the exec.
double watch_memory(pid_t child) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (handle < 0) throw std::runtime_error("no pidfd_open");
    pollfd ended{handle, POLLIN, 0};
    double peak_mb = 0;
    do {
        std::ifstream status("/proc/" + std::to_string(child) + "/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmHWM:"))
                peak_mb = std::max(peak_mb, std::stod(line.substr(6)) / 1'024);
    } while (::poll(&ended, 1, 20) == 0);
    ::close(handle);
    return peak_mb;
}

Run merge(const Options& options, const std::vector<std::string>& files) {
    std::vector<std::string> words{HUDOOR_PROGRAM,
                                   "--event",
                                   options.folder.string(),
                                   "--passphrase-file",
                                   (options.folder / "passphrase").string(),
                                   "merge",
                                   "--json"};
    words.insert(words.end(), files.begin(), files.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const std::string output = options.folder / "merged.json";
    posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    const auto began = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
        throw std::runtime_error("cannot start hudoor");
    posix_spawn_file_actions_destroy(&actions);
    const double peak_mb = watch_memory(child);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (status != 0) throw std::runtime_error("hudoor merge failed");
    const auto cpu = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return {took.count(), cpu(usage.ru_utime) + cpu(usage.ru_stime), peak_mb};
}

/// The same rows into the same table, and nothing else.
Run insert_plainly(const Options& options,
                   const std::map<KioskId, std::vector<StoredFact>>& facts) {
    const auto began = std::chrono::steady_clock::now();
    const auto cpu_began = bench::thread_cpu_time();
    Database database(options.folder / "plain.db", Database::Open::create);
    database.execute(
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
        "CREATE TABLE fact (kiosk INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
        " hash BLOB NOT NULL, encoding BLOB NOT NULL, signature BLOB NOT NULL,"
        " UNIQUE (kiosk, epoch, seq, hash)) STRICT");
    Transaction transaction(database);
    Statement insert = database.prepare("INSERT INTO fact VALUES (?,?,?,?,?,?)");
    for (const auto& [kiosk, all] : facts)
        for (const StoredFact& fact : all)
            insert.run(kiosk, fact.fact.epoch, fact.fact.seq, fact.hash, fact.encoding,
                       fact.signature);
    transaction.commit();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(),
            std::chrono::duration<double>(bench::thread_cpu_time() - cpu_began).count(), 0};
}

void measure(const Options& options) {
    Event event(options);
    auto facts = event.play();
    std::size_t count = 0;
    for (const auto& [kiosk, all] : facts) count += all.size();
    const Run plain = insert_plainly(options, facts);
    facts.clear();
    const Run fresh = merge(options, event.files());
    const Run again = merge(options, event.files());
    std::printf("## bench merge: %zu facts from %u kiosks\n\n", count, options.kiosks);
    bench::Table table({"", "figure", "goal"});
    table.add({"merge of facts not known, incidents and digest, s", bench::format(fresh.seconds, 1),
               "<= 20"});
    table.add({"CPU, s", bench::format(fresh.cpu_seconds, 1), ""});
    table.add({"peak memory, MB", bench::format(fresh.peak_mb, 0), "<= 600"});
    table.add({"plain SQLite, one transaction, s", bench::format(plain.seconds, 1), ""});
    table.add({"ratio", bench::format(fresh.seconds / plain.seconds, 1), "<= 4"});
    table.add({"ratio of CPU", bench::format(fresh.cpu_seconds / plain.cpu_seconds, 1), ""});
    table.add({"the same files again, s", bench::format(again.seconds, 1), ""});
    table.print();
    if (options.json.empty()) return;
    std::ofstream(options.json) << nlohmann::json{{"facts", count},
                                                  {"seconds", fresh.seconds},
                                                  {"cpu_seconds", fresh.cpu_seconds},
                                                  {"peak_mb", fresh.peak_mb},
                                                  {"plain_seconds", plain.seconds},
                                                  {"plain_cpu_seconds", plain.cpu_seconds},
                                                  {"again_seconds", again.seconds}}
                                       .dump(2)
                                << '\n';
}

Options parse(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        const std::string& value = words[i + 1];
        if (words[i] == "--json") options.json = value;
        if (words[i] == "--facts") options.facts = std::stoul(value);
        if (words[i] == "--people") options.people = static_cast<unsigned>(std::stoul(value));
        if (words[i] == "--kiosks") options.kiosks = static_cast<unsigned>(std::stoul(value));
        if (words[i] == "--keep") {
            options.folder = value;
            options.keep = true;
        }
    }
    return options;
}

}  // namespace

/// [--json FILE] [--facts N] [--people N] [--kiosks N] [--keep FOLDER]
int main(int argc, char** argv) {
    try {
        init_crypto();
        const Options options = parse(std::vector<std::string>(argv + 1, argv + argc));
        measure(options);
        if (!options.keep) fs::remove_all(options.folder);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench merge: %s\n", error.what());
        return 1;
    }
}
