#include "tests/attack/forger.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/bundle/facts_bundle.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;

StoredFact seal_fact(const Fact& fact, const SigningKey* key) {
    StoredFact sealed{.fact = fact, .encoding = encode_fact(fact), .hash = {}};
    sealed.hash = hash_fact(sealed.encoding);
    if (key != nullptr) sealed.signature = key->sign(sealed.hash.bytes);
    return sealed;
}

Start::Start(KioskId kiosk, const SigningKey* key, const std::optional<Head>& parent,
             const std::optional<Hello>& hello)
    : chain_({.kiosk = kiosk, .place = PlaceId{1}, .signing_key = key}, clock_, parent) {
    Fact first;
    first.kind = FactKind::hello;
    add(hello ? make_hello(*hello) : first);
}

const StoredFact& Start::add(Fact fact) {
    clock_.advance(1min);
    facts_.push_back(chain_.append(std::move(fact)));
    return facts_.back();
}

const StoredFact& Start::admit(const Registration& person) {
    Fact fact;
    fact.kind = FactKind::admitted;
    fact.registration = person.id;
    fact.badge = person.badge;
    fact.issue = person.issue;
    fact.session = opening_session;
    fact.direction = Direction::entry;
    fact.verdict = VerdictKind::admitted;
    fact.reason = Reason::ok;
    fact.method = Method::badge;
    return add(fact);
}

void Start::undo(const FactId& fact) {
    Fact undone;
    undone.kind = FactKind::undone;
    undone.reference = fact;
    undone.usher = UsherNumber{12};
    add(undone);
}

void Start::act(ActCode code) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = code;
    fact.usher = UsherNumber{12};
    add(fact);
}

Hello naming(const Start& own) {
    return {.edition = {},
            .own_unsigned = static_cast<std::uint32_t>(own.head().seq),
            .own_head = own.head().hash};
}

Facts operator+(Facts one, const Facts& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

AttackedEvent::AttackedEvent() : identity(open().event()), honest(north_kiosk, &north_key) {
    std::string list = "attendee_id,name_en,category,sessions\n";
    for (int i = 1; i <= 9; ++i)
        list += "D" + std::to_string(i) + ",Person " + std::to_string(i) + ",delegate,opening\n";
    import(list);
    auto store = open();
    for (const auto& one : store.registrations()) people.push_back(one.door);
    store.add_kiosk(
        {north_kiosk, "north-1", PlaceId{1}, north_key.verify_key(), identity.organiser_seal, {}},
        {WallTime(), "north"});
    store.add_kiosk(
        {south_kiosk, "south-1", PlaceId{2}, south_key.verify_key(), identity.organiser_seal, {}},
        {WallTime(), "south"});
    for (int i = 0; i < 3; ++i) honest.admit(people[static_cast<std::size_t>(i)]);
    send("honest.facts", honest.facts(), &north_key);
    organiser::FactStore facts(scratch.path("event"));
    REQUIRE(merge(facts, "honest.facts").fresh == 4);
}

std::filesystem::path AttackedEvent::send(const std::string& name, const Facts& facts,
                                          const SigningKey* key) const {
    FactsBundleWriter writer;
    for (const StoredFact& fact : facts) writer.add(fact);
    writer.write(scratch.path(name), identity.event, north_key.verify_key(), key,
                 {{identity.organiser_seal}});
    return scratch.path(name);
}

Finished AttackedEvent::timed(const std::string& arguments) const {
    return run(scratch, "timeout 10 '" HUDOOR_PROGRAM
                        "' --event event --passphrase-file passphrase " +
                            arguments);
}

int AttackedEvent::total(const std::string& what) const {
    const Finished report = timed("report report.html --lang en --csv tables");
    INFO(report.output);
    REQUIRE(report.exit_code == 0);
    const std::string totals = scratch.read("tables/totals.csv");
    const auto at = totals.find(what + ",");
    REQUIRE(at != std::string::npos);
    return std::stoi(totals.substr(at + what.size() + 1));
}

organiser::MergeReport AttackedEvent::merge(organiser::FactStore& facts, const std::string& name,
                                            const organiser::Arrival& arrival) const {
    static const organiser::EventKeys keys = this->keys();  // every demo event has the same
    return organiser::merge_bundle(
        facts, scratch.path(name), identity.event,
        [this](KioskId id) {
            return std::optional((id == north_kiosk ? north_key : south_key).verify_key());
        },
        {north_key.verify_key()}, keys.opening, arrival);
}

std::vector<std::string> AttackedEvent::kinds_of(const nlohmann::json& incidents) {
    std::vector<std::string> kinds;
    for (const auto& one : incidents)
        if (kinds.empty() || kinds.back() != one["incident"]) kinds.push_back(one["incident"]);
    return kinds;
}

std::vector<std::string> AttackedEvent::incidents() const {
    return kinds_of(nlohmann::json::parse(timed("incidents --json").output));
}

}  // namespace hudoor::test
