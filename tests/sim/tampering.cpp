#include "tests/sim/tampering.hpp"

#include <algorithm>

#include "storage/base/files.hpp"
#include "storage/journal/paths.hpp"
#include "storage/organiser/merge/journal_copy.hpp"
#include "storage/organiser/report/incidents.hpp"

namespace hudoor::sim {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// Who seals anew what was altered.
enum class Seal { nobody, without_key, with_another_key, with_the_key, as_unsigned };

class Tampering {
public:
    Tampering(const Stage& stage, World& world, const Machine& machine, Organiser& organiser)
        : stage_(stage),
          world_(world),
          machine_(machine),
          organiser_(organiser),
          before_(organiser.facts().digest()) {}

    Findings run() {
        switch (world_.random().below(10)) {
            case 0:
                flip_stick();
                break;
            case 1:
                cut_stick();
                break;
            case 2:
                cut_tail();
                break;
            case 3:
                alter_fact(Seal::nobody);
                break;
            case 4:
                alter_fact(Seal::without_key);
                break;
            case 5:
                alter_fact(Seal::with_another_key);
                break;
            case 6:
                rewrite_tail(Seal::with_the_key);
                break;
            case 7:
                rewrite_tail(Seal::as_unsigned);
                break;
            case 8:
                alter_fact(Seal::with_the_key);
                break;
            default:
                change_rows();
                break;
        }
        return std::move(findings_);
    }

private:
    void expect(bool found, const std::string& what) {
        if (!found) findings_.push_back("F24: " + what + " is not found");
    }
    void expect_unchanged(const std::string& what) {
        if (organiser_.facts().digest() != before_)
            findings_.push_back("F24: " + what + " was taken");
    }

    [[nodiscard]] fs::path write_stick(const Facts& facts) {
        FactsBundleWriter writer;
        for (const StoredFact& fact : facts) writer.add(fact);
        const SigningKey& key = stage_.key_of(machine_.id);
        const fs::path file = world_.path("tampered");
        writer.write(file, test::demo_event, key.verify_key(), &key,
                     {{stage_.fixture.identity.organiser_seal}});
        return file;
    }
    [[nodiscard]] bool is_refused(const fs::path& file) {
        try {
            (void)organiser_.merge_bundle(file);
        } catch (const Fault& fault) {
            return fault.exit_code() == ExitCode::bad_data;
        }
        return false;
    }

    void flip_stick() {
        const fs::path file = write_stick(machine_.kept);
        Bytes bytes = read_file(file, max_bundle_bytes);
        bytes[world_.random().below(bytes.size())] ^=
            static_cast<std::uint8_t>(1 << world_.random().below(8));
        write_file(file, bytes, private_mode);
        expect(is_refused(file), "a flipped bit on a stick");
        expect_unchanged("a flipped bit on a stick");
    }
    void cut_stick() {
        const fs::path file = write_stick(machine_.kept);
        Bytes bytes = read_file(file, max_bundle_bytes);
        bytes.resize(world_.random().below(bytes.size()));
        write_file(file, bytes, private_mode);
        expect(is_refused(file), "a stick that was cut");
        expect_unchanged("a stick that was cut");
    }

    /// Only those who saw the tail can tell: what was merged is the witness.
    void cut_tail() {
        const auto rest = 1 + world_.random().below(machine_.kept.size() - 1);
        organiser::FactsCheck file(stage_.find_key());
        for (std::size_t i = 0; i < rest; ++i) {
            const StoredFact& fact = machine_.kept[i];
            ENSURE(file.take({static_cast<std::int64_t>(fact.fact.epoch),
                              static_cast<std::int64_t>(fact.fact.seq), fact.encoding,
                              fact.hash.bytes, fact.signature}));
        }
        organiser::FactsCheck merged(stage_.find_key());
        organiser_.facts().visit_rows(machine_.id,
                                      [&](const FactRow& row) { return merged.take(row); });
        const auto difference = organiser::find_difference(file.finish(), merged.finish());
        expect(difference.has_value(), "a tail that was cut");
    }

    [[nodiscard]] StoredFact sealed(Fact fact, const StoredFact& was, Seal seal) const {
        StoredFact forged{
            .fact = std::move(fact), .encoding = {}, .hash = was.hash, .signature = was.signature};
        forged.encoding = encode_fact(forged.fact);
        if (seal == Seal::nobody) return forged;
        forged.hash = hash_fact(forged.encoding);
        if (seal == Seal::with_the_key)
            forged.signature = stage_.key_of(machine_.id).sign(forged.hash.bytes);
        if (seal == Seal::with_another_key)
            forged.signature = stage_.fixture.organiser.sign(forged.hash.bytes);
        if (seal == Seal::as_unsigned) forged.signature = {};
        return forged;
    }
    [[nodiscard]] static Fact altered(Fact fact) {
        fact.session = fact.session == test::closing ? test::opening : test::closing;
        return fact;
    }
    [[nodiscard]] Database open_copy(const fs::path& copy) const {
        fs::create_directory(copy);
        fs::copy(machine_.disk, copy, fs::copy_options::recursive);
        Database journal(journal_file(copy));
        std::string drops;
        auto triggers =
            journal.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        while (triggers.step()) drops += "DROP TRIGGER " + triggers.text(0) + ";";
        triggers.reset();
        journal.execute(drops.c_str());
        return journal;
    }
    /// What the copy had before.
    static void give_back_triggers(Database& journal, const fs::path& disk) {
        const Database original(journal_file(disk));
        auto triggers = original.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
        while (triggers.step()) journal.execute(triggers.text(0).c_str());
    }

    void alter_fact(Seal seal) {
        const auto index = world_.random().below(machine_.kept.size());
        const StoredFact& was = machine_.kept[index];
        const StoredFact forged = sealed(altered(was.fact), was, seal);
        const fs::path copy = world_.path("tampered");
        {
            Database journal = open_copy(copy);
            journal
                .prepare("UPDATE fact SET encoding = ?, hash = ?, signature = ? WHERE number = ?")
                .run(forged.encoding, forged.hash, forged.signature, index + 1);
            give_back_triggers(journal, machine_.disk);
        }
        const auto report = organiser_.merge_journal(copy);
        const bool found =
            organiser::check_journal(journal_file(copy), stage_.find_key()).trouble.has_value();
        if (seal == Seal::with_the_key) {
            // The next fact gives it away; where none follows, the true one that was merged does.
            expect(found || !is_followed(was), "an altered fact in a journal");
            expect(report.forked == 1, "an altered fact");
            return;
        }
        expect(found, "an altered fact in a journal");
        expect(report.bad == 1 && report.trouble, "an altered fact");
        expect_unchanged("an altered fact");
    }

    [[nodiscard]] bool is_followed(const StoredFact& fact) const {
        return std::any_of(
            machine_.kept.begin(), machine_.kept.end(), [&](const StoredFact& other) {
                return other.fact.prev == fact.hash && other.fact.epoch == fact.fact.epoch;
            });
    }

    /// From one fact on, chained anew: another past, which is kept beside the true one and told.
    void rewrite_tail(Seal seal) {
        const auto from = world_.random().below(machine_.kept.size());
        Facts forged(machine_.kept.begin(),
                     machine_.kept.begin() + static_cast<std::ptrdiff_t>(from));
        std::map<Hash, Hash> new_hashes;
        for (std::size_t i = from; i < machine_.kept.size(); ++i) {
            const StoredFact& was = machine_.kept[i];
            Fact fact = i == from ? altered(was.fact) : was.fact;
            if (const auto moved = new_hashes.find(fact.prev); moved != new_hashes.end())
                fact.prev = moved->second;
            forged.push_back(sealed(std::move(fact), was, seal));
            new_hashes[was.hash] = forged.back().hash;
        }
        const auto report = organiser_.merge_bundle(write_stick(forged));
        expect(report.forked == machine_.kept.size() - from && report.bad == 0,
               "a past that was written anew");
        expect(report.forked > 0, "a past that was written anew");
        const organiser::Timeline timeline = organiser::read_timeline(organiser_.facts());
        bool told = !timeline.unproved.empty();
        for (const auto& [name, epoch] : timeline.epochs) told = told || !epoch.forks.empty();
        expect(told, "a past that was written anew, as an incident,");
    }

    void change_rows() {
        const auto last = machine_.kept.size();
        const auto one = 1 + world_.random().below(last - 1);
        const fs::path copy = world_.path("tampered");
        {
            Database journal = open_copy(copy);
            // The order of two starts in the file says nothing, only that within one does.
            const bool same_start =
                machine_.kept[one - 1].fact.epoch == machine_.kept[one].fact.epoch;
            if (!same_start || world_.random().one_in(2)) {
                journal.prepare("DELETE FROM fact WHERE number = ?").run(one);
            } else {
                journal.prepare("UPDATE fact SET number = -1 WHERE number = ?").run(one);
                journal.prepare("UPDATE fact SET number = ? WHERE number = ?").run(one, one + 1);
                journal.prepare("UPDATE fact SET number = ? WHERE number = -1").run(one + 1);
            }
            give_back_triggers(journal, machine_.disk);
        }
        const organiser::FactsReport report =
            organiser::check_journal(journal_file(copy), stage_.find_key());
        organiser::FactsCheck merged(stage_.find_key());
        organiser_.facts().visit_rows(machine_.id,
                                      [&](const FactRow& row) { return merged.take(row); });
        // A start that nothing follows may go without a trace but for a witness.
        expect(report.trouble || organiser::find_difference(report, merged.finish()),
               "a row taken out or moved");
        (void)organiser_.merge_journal(copy);
        expect_unchanged("a row taken out or moved");
    }

    const Stage& stage_;
    World& world_;
    const Machine& machine_;
    Organiser& organiser_;
    Hash before_;
    Findings findings_;
};

}  // namespace

Findings tamper(const Stage& stage, World& world, const Machine& machine, Organiser& organiser) {
    return Tampering(stage, world, machine, organiser).run();
}

}  // namespace hudoor::sim
