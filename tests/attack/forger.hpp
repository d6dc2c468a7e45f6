/// What is sent home to an event by kiosks, and by who copied a kiosk's public identity and records
/// but has no key, or has one. Facts and bundles are made with the program's own libraries.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "storage/facts/chain.hpp"
#include "storage/facts/hello.hpp"
#include "storage/organiser/merge/merge.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/manual_clock.hpp"

namespace hudoor::test {

inline constexpr storage::KioskId north_kiosk{1};
inline constexpr storage::KioskId south_kiosk{2};
inline constexpr storage::SessionId opening_session{1};

/// A fact as its fields say, whatever they say; without a key unsigned.
[[nodiscard]] storage::StoredFact seal_fact(const storage::Fact& fact,
                                            const storage::SigningKey* key);

/// One start of a kiosk, true or forged.
class Start {
public:
    /// Without a key unsigned. The first fact is `hello`, or a hello of before.
    Start(storage::KioskId kiosk, const storage::SigningKey* key,
          const std::optional<storage::Head>& parent = {},
          const std::optional<storage::Hello>& hello = {});

    const storage::StoredFact& add(storage::Fact fact);
    const storage::StoredFact& admit(const storage::Registration& person);
    void undo(const storage::FactId& fact);
    void act(storage::ActCode code);

    [[nodiscard]] const std::vector<storage::StoredFact>& facts() const { return facts_; }
    [[nodiscard]] const storage::Head& head() const { return chain_.head(); }
    ManualClock& clock() { return clock_; }

private:
    ManualClock clock_;
    storage::Chain chain_;
    std::vector<storage::StoredFact> facts_;
};

/// What the hello says of a start that went on with its key: all of `own` was its program's.
[[nodiscard]] storage::Hello naming(const Start& own);

using Facts = std::vector<storage::StoredFact>;
[[nodiscard]] Facts operator+(Facts one, const Facts& other);

/// The demo event with delegates D1 to D9 and two kiosks; of the first an honest start came home,
/// in which D1, D2 and D3 were admitted to the opening.
struct AttackedEvent : DemoEvent {
    storage::SigningKey north_key{storage::Secret<32>(storage::Bytes(32, 7))};
    storage::SigningKey south_key{storage::Secret<32>(storage::Bytes(32, 8))};
    storage::Identity identity;
    std::vector<storage::Registration> people;
    Start honest;

    AttackedEvent();

    /// A bundle as the kiosk in the north sends it, signed with its key or, without, unsigned.
    std::filesystem::path send(const std::string& name, const Facts& facts,
                               const storage::SigningKey* key = nullptr) const;
    [[nodiscard]] Finished timed(const std::string& arguments) const;  ///< ended after 10 s
    /// The same as hudoor merge of one bundle, in this program.
    organiser::MergeReport merge(organiser::FactStore& facts, const std::string& name,
                                 const organiser::Arrival& arrival = {}) const;
    /// The number behind this word in a report's totals.
    [[nodiscard]] int total(const std::string& what) const;
    /// The kinds of all incidents, each once, in their order.
    [[nodiscard]] static std::vector<std::string> kinds_of(const nlohmann::json& incidents);
    [[nodiscard]] std::vector<std::string> incidents() const;
};

}  // namespace hudoor::test
