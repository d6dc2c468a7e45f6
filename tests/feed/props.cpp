#include "tests/feed/props.hpp"

#include "config/fault.hpp"

namespace hudoor::feed {
namespace {

storage::SigningKey forged_key(Random& random) {
    std::array<std::uint8_t, 32> seed{};
    for (std::uint8_t& byte : seed) byte = static_cast<std::uint8_t>(random.next());
    return storage::SigningKey(storage::Secret<32>(seed));
}

Cast shuffled(Cast cast, Random& random) {
    for (auto* people : {&cast.admitted, &cast.elsewhere, &cast.revoked, &cast.replaced})
        random.shuffle(*people);
    return cast;
}

CastMember take_last(std::vector<CastMember>& from, const std::string& who) {
    if (from.empty())
        throw Fault(ExitCode::bad_data, "the feed needs more people " + who + " in the event");
    CastMember member = from.back();
    from.pop_back();
    return member;
}

}  // namespace

std::string expectation(Showing showing) {
    switch (showing) {
        case Showing::valid:
            return "admitted/ok";
        case Showing::already_in:
            return "already_in/already_in";
        case Showing::wrong_session:
            return "refused/wrong_session";
        case Showing::revoked:
            return "refused/revoked";
        case Showing::replaced:
            return "refused/badge_replaced";
        case Showing::expired:
            return "refused/badge_expired";
        case Showing::forged:
            return "refused/bad_signature";
        case Showing::wrong_event:
            return "refused/wrong_event";
        case Showing::cancelled:
            return "refused/cancelled";
        case Showing::noted:
            return "see_usher/attention";
        case Showing::not_on_list:
            return "see_usher/not_on_list";
        case Showing::leaving:
            return "admitted/ok";
        case Showing::other_code:
            return "hint/other_code";
        case Showing::two_at_once:
            return "hint/one_badge";
    }
    return {};
}

Props::Props(const Cast& cast, const storage::SigningKey& key, Random& random)
    : cast_(shuffled(cast, random)), key_(key), forger_(forged_key(random)) {}

ShownCode Props::make_code(Showing showing, int gone) {
    if (showing == Showing::other_code) return make_other_code();
    ShownCode code;
    code.bearer = showing == Showing::already_in ? take_again() : take(showing);
    storage::BadgeToken token = code.bearer.token;
    if (showing == Showing::expired) token.valid_until = cast_.day - std::chrono::days(1);
    if (showing == Showing::wrong_event)
        token.event = storage::EventNumber(static_cast<std::uint16_t>(token.event) ^ 1u);
    if (showing == Showing::not_on_list) {
        token.number = {{0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, ++strangers_}};
        code.bearer.token.number = token.number;
    }
    code.text = storage::make_badge_text(token, showing == Showing::forged ? forger_ : key_);
    code.qr = organiser::make_qr_code(code.text);
    if (showing == Showing::valid) inside_.push_back({code.bearer, gone});
    return code;
}

bool Props::anyone_again(int enters, int pause) const {
    return !inside_.empty() && inside_.front().gone + pause <= enters;
}

CastMember Props::take(Showing showing) {
    switch (showing) {
        case Showing::wrong_session:
            return take_last(cast_.elsewhere, "registered for another session");
        case Showing::revoked:
            return take_last(cast_.revoked, "whose badge is revoked (hudoor revoke)");
        case Showing::replaced:
            return take_last(cast_.replaced, "with a newer badge (hudoor reissue)");
        case Showing::cancelled:
            return take_last(cast_.cancelled, "who cancelled");
        case Showing::noted:
            return take_last(cast_.noted, "with a note for the usher");
        default:
            return take_last(cast_.admitted, "registered for the session");
    }
}

CastMember Props::take_again() {
    CastMember member = inside_.front().member;
    inside_.erase(inside_.begin());
    return member;
}

ShownCode Props::make_other_code() {
    ShownCode code;
    // Each one different, so that every showing is a new code.
    const std::string number = std::to_string(++other_codes_);
    code.text = other_codes_ % 2 == 1 ? "WIFI:T:WPA;S:Guests " + number + ";P:welcome-2026;;"
                                      : "https://programme.example/page/" + number;
    code.qr = organiser::make_qr_code(code.text);
    code.bearer.name = {"خدمات الضيوف", "Guest Services"};
    code.bearer.colour_rgb = 0xD9D4C7;
    return code;
}

}  // namespace hudoor::feed
