#include "tests/sim/world.hpp"

#include <sodium.h>

#include "storage/decide/admission.hpp"
#include "storage/decide/verdict_fact.hpp"
#include "storage/facts/known_editions.hpp"
#include "storage/facts/proof.hpp"
#include "storage/journal/paths.hpp"
#include "tests/sim/checkers.hpp"

namespace hudoor::sim {

using namespace storage;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::uint64_t crypto_state = 0;

std::uint32_t draw_word() {
    test::SeededRandom random(crypto_state);
    crypto_state += 0x9e3779b97f4a7c15;
    return static_cast<std::uint32_t>(random.next());
}

void fill(void* bytes, std::size_t size) {
    auto* to = static_cast<std::uint8_t*>(bytes);
    for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<std::uint8_t>(draw_word());
}

const char* name_of_seeded() { return "seeded"; }

randombytes_implementation seeded{.implementation_name = name_of_seeded,
                                  .random = draw_word,
                                  .stir = nullptr,
                                  .uniform = nullptr,
                                  .buf = fill,
                                  .close = nullptr};

JournalOptions options_of(const Machine& machine, const Stage& stage) {
    return {.directory = machine.disk,
            .kiosk = machine.id,
            .kiosk_key = stage.key_of(machine.id).verify_key()};
}

Fact act(ActCode code) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = code;
    return fact;
}

}  // namespace

SeededCrypto::SeededCrypto(std::uint64_t seed) {
    crypto_state = seed;
    randombytes_set_implementation(&seeded);
}
SeededCrypto::~SeededCrypto() {
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
}

Stage::Stage() : people(fixture.delegates_up_to(delegates)) {
    for (std::size_t i = people.size() - 3; i < people.size(); ++i) {
        people[i].code = hash_code(people[i].seat, fixture.code_key.view());
        people[i].badge = {};
    }
    for (Registration& one : people) one.external_id = one.seat;
    for (unsigned i = 1; i <= kiosks; ++i)
        keys.emplace_back(test::test_secret("sim kiosk " + std::to_string(i)));
    organiser::EventStore::create(folder.path(), fixture.identity);
    organiser::EventStore store(folder.path());
    std::vector<organiser::OrganiserRegistration> registrations;
    for (const Registration& one : people)
        registrations.push_back({.door = one,
                                 .badge_valid_until = fixture.identity.last_day,
                                 .imported_code = one.code.is_zero() ? std::string() : one.seat,
                                 .kept = {}});
    store.save(registrations, {WallTime(), "import"});
    for (unsigned i = 1; i <= kiosks; ++i)
        store.add_kiosk({static_cast<KioskId>(i),
                         "kiosk-" + std::to_string(i),
                         static_cast<PlaceId>(i),
                         keys[i - 1].verify_key(),
                         {},
                         {}},
                        {WallTime(), "kiosk"});
}

organiser::FindKioskKey Stage::find_key() const {
    return [this](KioskId kiosk) -> std::optional<VerifyKey> {
        if (kiosk == KioskId{} || static_cast<unsigned>(kiosk) > kiosks) return std::nullopt;
        return key_of(kiosk).verify_key();
    };
}

std::set<VerifyKey> Stage::senders() const {
    std::set<VerifyKey> all;
    for (const SigningKey& key : keys) all.insert(key.verify_key());
    return all;
}

Organiser::Organiser(const Stage& stage, const fs::path& folder) : stage_(stage), folder_(folder) {
    fs::create_directory(folder);
    fs::copy(stage.folder.path(), folder, fs::copy_options::recursive);
    facts_ = std::make_unique<organiser::FactStore>(folder);
}

organiser::MergeReport Organiser::merge_bundle(const fs::path& file) {
    return organiser::merge_bundle(*facts_, file, test::demo_event, stage_.find_key(),
                                   stage_.senders(), stage_.fixture.organiser_opening);
}

organiser::MergeReport Organiser::merge_journal(const fs::path& directory) {
    return organiser::merge_journal(*facts_, journal_file(directory), stage_.find_key());
}

World::World(const Stage& stage, std::uint64_t seed)
    : stage_(stage), random_(seed), organiser_(stage, folder_ / "organiser") {
    machines_.reserve(64);
    const auto kiosks = 2 + random_.below(Stage::kiosks - 1);
    for (std::uint64_t i = 1; i <= kiosks; ++i) {
        Machine& machine = machines_.emplace_back();
        machine.id = static_cast<KioskId>(i);
        machine.place = static_cast<PlaceId>(i);
        machine.disk = new_path("kiosk");
        machine.has_list = !random_.one_in(5);
        if (machine.has_list) machine.list = newest_list_;
        start(machine);
    }
}

fs::path World::new_path(const std::string& name) {
    return folder_.path() / (name + "-" + std::to_string(++paths_));
}

void World::play() {
    const auto steps = 40 + random_.below(60);
    for (std::uint64_t i = 0; i < steps; ++i) {
        now_ += std::chrono::seconds(random_.below(120));
        step();
    }
}

void World::step() {
    Machine& machine = any_machine();
    switch (random_.below(46)) {
        case 0:
        case 18:
        case 19:
            return jump_clock(machine);
        case 1:
            return take_image(machine);
        case 2:
            return restore(machine);
        case 3:
            return clone(machine);
        case 4:
        case 5:
        case 6:
            return export_facts(machine);
        case 7:
        case 8:
            halt(machine);
            return start(machine);
        case 9:
        case 10:
        case 11:
            return override_last(machine);
        case 12:
        case 13:
            return undo_some(machine);
        case 14:
            return let_guest_in(machine);
        case 15:
        case 16:
            if (!sticks_.empty()) merge(sticks_[random_.below(sticks_.size())]);
            return;
        case 17:
            if (!sticks_.empty()) sticks_[random_.below(sticks_.size())].lost = true;
            return;
        case 20:
            return break_in(machine);
        case 21:
            if (machine.locked) unlock(machine);
            return;
        case 22:
            return note_flood(machine);
        case 23:
            return take_list(machine);
        case 24:
            return put_back_list(machine);
        case 25:
            return accept_list(machine);
        default:
            return scan(machine);
    }
}

Machine& World::any_machine() {
    for (;;) {
        Machine& machine = machines_[random_.below(machines_.size())];
        if (machine.journal) return machine;
    }
}

void World::start(Machine& machine) {
    machine.clock.set_wall(now_ + machine.wrong);
    machine.journal = std::make_unique<Journal>(options_of(machine, stage_));
    Ledger rebuilt;
    KnownEditions editions(stage_.key_of(machine.id).verify_key());
    Proof proof({.find_key = stage_.find_key(),
                 .proved =
                     [&](StoredFact&& fact) {
                         rebuilt.add(fact.fact, fact.hash);
                         editions.add(fact);
                     },
                 .unproved = [](StoredFact&&) {}});
    machine.journal->visit_facts([&](const StoredFact& fact) { proof.take(StoredFact(fact)); });
    proof.finish();
    Ledger expected;
    for (const auto& [hash, fact] : believed_by_hand(set_of(machine.kept)))
        expected.add(fact.fact, hash);
    if (rebuilt.digest(stage_.agenda()) != expected.digest(stage_.agenda()))
        findings_.push_back("I-20: a kiosk believes what is not proved, or not all that is");
    if (machine.ledger.facts() == expected.facts() &&
        rebuilt.digest(stage_.agenda()) != machine.ledger.digest(stage_.agenda()))
        findings_.push_back("I-6: a kiosk rebuilds another state than it had");
    machine.ledger = std::move(rebuilt);
    machine.locked = random_.one_in(6);
    machine.rolled_back = is_older({.list = machine.list}, editions.newest());
    if (machine.rolled_back != (machine.list < newest_list_by_hand(machine.kept)))
        findings_.push_back("F33: an older list goes unseen, or a newer one is called old");
    begin_epoch(machine, proof.newest() ? proof.newest() : machine.journal->head(), {});
    if (!machine.rolled_back) return;
    Fact told = act(ActCode::list_rolled_back);
    told.payload = encode_edition(editions.newest());
    append(machine, told);
}

void World::begin_epoch(Machine& machine, std::optional<Head> parent, const Hello& hello) {
    machine.chain = std::make_unique<Chain>(
        ChainOptions{.kiosk = machine.id,
                     .place = machine.place,
                     .signing_key = machine.locked ? nullptr : &stage_.key_of(machine.id)},
        machine.clock, std::move(parent));
    if (machine.wrong != 0ms && random_.one_in(2)) machine.chain->set_clock_offset(-machine.wrong);
    Hello complete = hello;
    complete.edition.list = machine.list;
    append(machine, make_hello(complete));
}

/// The program that wrote the epoch so far has its key now, and says what is its own.
void World::unlock(Machine& machine) {
    machine.locked = false;
    const Head own = machine.chain->head();
    begin_epoch(machine, own,
                {.own_unsigned = static_cast<std::uint32_t>(own.seq), .own_head = own.hash});
}

/// Somebody has the disk for a while, but no key: undoes, admits, and vouches for it.
void World::break_in(Machine& machine) {
    halt(machine);
    const StoredFact last = machine.kept.back();
    {
        Journal journal(options_of(machine, stage_));
        Chain chain({.kiosk = machine.id, .place = machine.place}, machine.clock, head_of(last));
        Fact admitted = machine.kept[random_.below(machine.kept.size())].fact;
        admitted.kind = FactKind::admitted;
        for (Fact forged : {make_hello({.own_unsigned = static_cast<std::uint32_t>(last.fact.seq),
                           .own_head = last.hash}),
                            make_undone(admitted.id, UsherNumber{12}), admitted}) {
            const StoredFact stored = chain.append(std::move(forged));
            journal.append({&stored, 1});
            machine.kept.push_back(stored);
        }
    }
    start(machine);
}

/// Codes that were left out change nothing but what is told of them.
void World::note_flood(Machine& machine) {
    Fact flood = act(ActCode::flood);
    flood.argument = static_cast<std::uint32_t>(random_.below(5'000));
    append(machine, flood);
}

void World::take_list(Machine& machine) {
    if (!machine.has_list) return;
    machine.list = ++newest_list_;
    machine.rolled_back = false;
    Fact outcome = act(ActCode::outcome);
    outcome.payload = encode_edition({.list = machine.list});
    append(machine, outcome);
}

/// Somebody lays last week's list in the place of the one in force.
void World::put_back_list(Machine& machine) {
    if (machine.list < 2) return;
    halt(machine);
    --machine.list;
    start(machine);
}

void World::accept_list(Machine& machine) {
    if (!machine.rolled_back) return;
    machine.rolled_back = false;
    Fact accepted = act(ActCode::list_accepted);
    accepted.payload = encode_edition({.list = machine.list});
    append(machine, accepted);
}

void World::halt(Machine& machine) {
    machine.chain.reset();
    machine.journal.reset();
}

void World::append(Machine& machine, Fact fact) {
    const StoredFact stored = machine.chain->append(std::move(fact));
    machine.journal->append({&stored, 1});
    machine.kept.push_back(stored);
    machine.ledger.add(stored.fact, stored.hash);
}

Code World::shown_by(const Registration& person) const {
    if (person.badge.is_zero()) return ImportedCode{person.code};
    return stage_.fixture.sign(stage_.fixture.token(person));
}

void World::scan(Machine& machine) {
    machine.clock.set_wall(now_ + machine.wrong);
    const Registration& person = stage_.people[random_.below(stage_.people.size())];
    const Code code = shown_by(person);
    Identity identity = stage_.fixture.identity;
    identity.kiosk = machine.id;
    identity.place = machine.place;
    const auto direction =
        machine.place == test::west || (machine.place == test::foyer && random_.one_in(2))
            ? Direction::exit
            : Direction::entry;
    std::optional<Registration> known = machine.has_list ? std::optional(person) : std::nullopt;
    // A list made by mistake: it gives a badge or a code to two, or forgot a code.
    if (known && random_.one_in(16)) known->id = stage_.people.front().id;
    if (person.badge.is_zero() && random_.one_in(3)) known.reset();
    AdmissionQuestion question{.code = code,
                               .registration = known,
                               .identity = identity,
                               .refusals = stage_.fixture.refusals,
                               .ledger = machine.ledger,
                               .policy = {.rolled_back = machine.rolled_back},
                               .replica_revision = {},
                               .replica_created = {},
                               .chosen_session = {},
                               .direction = direction,
                               .clock_quality = machine.chain->clock_quality(),
                               .now = machine.clock.wall()};
    if (machine.has_list) question.replica_revision = 3;
    if (machine.has_list) question.replica_created = test::dubai(4, 8, 0);
    const Verdict verdict = std::get<Verdict>(decide(question));
    // Whom an usher let in once need not ask again.
    const bool let_in = std::ranges::any_of(machine.kept, [](const StoredFact& fact) {
        return fact.fact.override_reason != Override::none &&
               fact.fact.reason == Reason::signature_only;
    });
    if (machine.rolled_back && direction == Direction::entry && !let_in &&
        verdict.kind == VerdictKind::admitted)
        findings_.push_back("F33: admitted by a list that was put back");
    append(machine, make_verdict_fact({.code = code,
                                       .verdict = verdict,
                                       .direction = direction,
                                       .method = Method::badge,
                                       .replica_revision = question.replica_revision.value_or(0)}));
    if (!known && random_.one_in(3)) override_last(machine);
}

void World::override_last(Machine& machine) {
    machine.clock.set_wall(now_ + machine.wrong);
    const Fact& refusal = machine.kept.back().fact;
    if (refusal.kind != FactKind::refused) return;
    append(machine, make_override(refusal, Override::late, UsherNumber{12}));
}

void World::undo_some(Machine& machine) {
    machine.clock.set_wall(now_ + machine.wrong);
    const Fact& some = machine.kept[random_.below(machine.kept.size())].fact;
    if (some.kind != FactKind::admitted && some.kind != FactKind::left) return;
    append(machine, make_undone(some.id, UsherNumber{12}));
}

void World::let_guest_in(Machine& machine) {
    machine.clock.set_wall(now_ + machine.wrong);
    Fact fact;
    fact.kind = FactKind::guest;
    fact.registration.bytes = make_uuid_v7(machine.clock.wall().time_since_epoch().count());
    fact.argument = 1;
    append(machine, fact);
    append(machine, make_guest_admission(fact.registration, test::opening, UsherNumber{12}, 0));
}

/// Twelve hours, which somebody may tell the kiosk.
void World::jump_clock(Machine& machine) {
    machine.wrong = std::array<std::chrono::milliseconds, 3>{-12h, 0h, 12h}[random_.below(3)];
    machine.clock.set_synchronised(random_.one_in(2));
    if (random_.one_in(2)) machine.chain->set_clock_offset(-machine.wrong);
}

/// While it runs: the database and its log, as they are.
void World::take_image(const Machine& machine) {
    const fs::path disk = new_path("image");
    fs::create_directory(disk);
    fs::copy(machine.disk, disk, fs::copy_options::recursive);
    images_.push_back({machine.id, machine.place, disk, machine.kept, machine.list});
}

/// An older image takes the place of the disk, whose later facts are gone unless a stick has them.
void World::restore(Machine& machine) {
    for (const Image& image : images_) {
        if (image.id != machine.id) continue;
        halt(machine);
        fs::remove_all(machine.disk);
        fs::copy(image.disk, machine.disk, fs::copy_options::recursive);
        machine.kept = image.kept;
        machine.list = image.list;
        machine.ledger = Ledger();
        return start(machine);
    }
}

/// Two machines with one identity, both at work.
void World::clone(const Machine& machine) {
    for (const Image& image : images_) {
        if (image.id != machine.id || machines_.size() > 8) continue;
        Machine& twin = machines_.emplace_back();
        twin.id = image.id;
        twin.place = image.place;
        twin.disk = new_path("clone");
        fs::copy(image.disk, twin.disk, fs::copy_options::recursive);
        twin.kept = image.kept;
        twin.list = image.list;
        twin.has_list = image.list != 0;
        return start(twin);
    }
}

/// All of its facts or a part, in their order or any other.
void World::export_facts(const Machine& machine) {
    Facts part;
    machine.journal->visit_facts([&](const StoredFact& fact) { part.push_back(fact); });
    if (random_.one_in(3)) {
        const auto from = random_.below(part.size());
        const auto to = from + 1 + random_.below(part.size() - from);
        part = {part.begin() + static_cast<std::ptrdiff_t>(from),
                part.begin() + static_cast<std::ptrdiff_t>(to)};
    }
    if (random_.one_in(5))
        for (std::size_t i = part.size(); i > 1; --i)
            std::swap(part[i - 1], part[random_.below(i)]);
    FactsBundleWriter writer;
    for (const StoredFact& fact : part) writer.add(fact);
    const fs::path file = new_path("stick");
    const SigningKey& key = stage_.key_of(machine.id);
    writer.write(file, test::demo_event, key.verify_key(), &key,
                 {{stage_.fixture.identity.organiser_seal}});
    sticks_.push_back({file, std::move(part), false});
}

void World::merge(const Stick& stick) {
    if (stick.lost) return;
    const auto report = organiser_.merge_bundle(stick.file);
    if (report.trouble) findings_.push_back("I-4: a good stick was refused: " + *report.trouble);
    arrived_.insert(arrived_.end(), stick.kept.begin(), stick.kept.end());
}

void World::merge(const Machine& machine) {
    if (machine.lost) return;
    const auto report = organiser_.merge_journal(machine.disk);
    if (report.trouble) findings_.push_back("I-4: a good journal was refused: " + *report.trouble);
    arrived_.insert(arrived_.end(), machine.kept.begin(), machine.kept.end());
}

void World::stop() {
    for (Machine& machine : machines_) {
        halt(machine);
        machine.lost = random_.one_in(8);
    }
}

}  // namespace hudoor::sim
