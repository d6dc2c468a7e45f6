// I-4, I-20: what is believed does not depend on the order of files, of taking one out, or of
// accepting.

#include <algorithm>
#include <functional>

#include "storage/organiser/report/report.hpp"
#include "tests/attack/forger.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;

namespace {

namespace fs = std::filesystem;

/// Everything a reader can learn, in words.
std::string told(const organiser::FactStore& facts) {
    const organiser::Timeline timeline = organiser::read_timeline(facts);
    std::string all = to_hex(facts.digest().bytes);
    const auto tell = [&](const organiser::Moment& moment) {
        all += "\n" + to_hex(moment.hash.bytes) + " " + std::to_string(moment.corrected_ms) + " " +
               std::to_string(static_cast<int>(moment.belief));
    };
    for (const auto* moments : {&timeline.moments, &timeline.passages_apart})
        std::for_each(moments->begin(), moments->end(), tell);
    for (const auto* passage : organiser::remaining_passages(timeline)) tell(*passage);
    for (const auto& [name, record] : timeline.unproved)
        for (const auto& [seq, hash] : record.ends) all += "\nend " + to_hex(hash.bytes);
    return all;
}

struct Step {
    std::function<void(organiser::FactStore&)> act;
    std::vector<std::size_t> after;  ///< which must come before it
};

bool is_possible(const std::vector<std::size_t>& order, const std::vector<Step>& steps) {
    for (std::size_t at = 0; at < order.size(); ++at)
        for (const std::size_t needed : steps[order[at]].after)
            if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(at), needed) ==
                order.begin() + static_cast<std::ptrdiff_t>(at))
                return false;
    return true;
}

}  // namespace

TEST_CASE("I-4, I-20: every order of files, of one undone and of one accepted, ends the same") {
    const AttackedEvent event;
    const SigningKey* key = &event.north_key;
    Start own(north_kiosk, nullptr, event.honest.head());  // before the key was there
    own.admit(event.people[3]);
    Start next(north_kiosk, key, own.head(), naming(own));
    for (std::size_t i = 4; i < 7; ++i) next.admit(event.people[i]);
    Start forged(north_kiosk, nullptr, event.honest.head());
    forged.undo(event.honest.facts()[1].fact.id);
    Start paper(north_kiosk, nullptr, event.honest.head());  // to be accepted
    paper.admit(event.people[7]);
    Facts beginning(next.facts().begin(), next.facts().begin() + 3);
    for (StoredFact& fact : beginning) fact.signature = {};  // proved by the end alone

    const auto merge = [&](const std::string& name) {
        return [&event, name](organiser::FactStore& facts) { (void)event.merge(facts, name); };
    };
    event.send("a", own.facts());
    event.send("b", beginning);
    event.send("c", Facts(next.facts().begin() + 3, next.facts().end()));
    event.send("d", forged.facts() + next.facts());
    event.send("e", paper.facts());
    const StoredFact& last = paper.facts().back();
    const std::vector<Step> steps{
        {merge("a"), {}},
        {merge("b"), {}},
        {merge("c"), {}},
        {merge("d"), {}},
        {merge("e"), {}},
        {[](auto& facts) { (void)facts.undo("d", "forged"); }, {3}},
        {[&](auto& facts) {
             facts.accept({north_kiosk, last.fact.epoch, 2, last.hash, "seen"}, WallTime());
         },
         {4}}};
    fs::copy(event.scratch.path("event"), event.scratch.path("before"));
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6};
    std::optional<std::string> first;
    int played = 0;
    do {
        if (!is_possible(order, steps) || played++ % 12 != 0) continue;
        fs::copy(event.scratch.path("before/event.db"), event.scratch.path("event/event.db"),
                 fs::copy_options::overwrite_existing);
        organiser::FactStore facts(event.scratch.path("event"));
        for (const std::size_t step : order) steps[step].act(facts);
        const std::string now = told(facts);
        if (!first) first = now;
        if (now != *first) {
            std::string which;
            for (const std::size_t step : order) which += std::to_string(step);
            FAIL_CHECK("order " << which << ":\n" << now << "\nand not\n" << *first);
            break;
        }
    } while (std::next_permutation(order.begin(), order.end()));
    CHECK(played == 1'260);
    // The undone file took its proof with it: b alone is signed by nobody, c by the kiosk.
    REQUIRE(first);
    CHECK(std::count(first->begin(), first->end(), '\n') > 10);
    CHECK(first->find("end " + to_hex(forged.head().hash.bytes)) == std::string::npos);
}

TEST_CASE("I-20: a proof goes with the file that brought it") {
    const AttackedEvent event;
    Start own(north_kiosk, nullptr, event.honest.head());
    own.admit(event.people[3]);
    const Start next(north_kiosk, &event.north_key, own.head(), naming(own));
    event.send("own.facts", own.facts());
    event.send("next.facts", next.facts());
    CHECK(event.timed("merge own.facts").exit_code == 65);
    CHECK(event.total("Attended") == 3);
    CHECK(event.timed("merge next.facts").exit_code == 0);
    CHECK(event.total("Attended") == 4);
    CHECK(event.timed("merge --undo next.facts --why 'another test'").exit_code == 0);
    CHECK(event.total("Attended") == 3);

    Facts bare = Facts{event.honest.facts()[0], event.honest.facts()[1]};
    for (StoredFact& fact : bare) fact.signature = {};
    event.send("bare.facts", bare);
    CHECK(event.timed("merge bare.facts").exit_code == 0);  // known, and signed
    CHECK(event.timed("merge --undo honest.facts --why 'another test'").exit_code == 0);
    CHECK(event.total("Attended") == 0);
    CHECK(event.timed("merge bare.facts").exit_code == 65);
}
