#include "tests/bench/flood_film.hpp"

#include <fstream>

#include "storage/organiser/badges/qr_code.hpp"
#include "storage/organiser/event/keys.hpp"
#include "tests/feed/avi.hpp"
#include "tests/feed/cast.hpp"
#include "tests/feed/jpeg.hpp"

namespace hudoor::bench {
namespace {

constexpr feed::Size size{1280, 720};
constexpr int module_px = 6, quality = 80;
constexpr int first_flood_s = 60, flood_s = 3, held_s = 2, empty_s = 2;

feed::Picture picture_of(const std::string& text) {
    feed::Picture picture{{size, 140},
                          {{size.width / 2, size.height / 2}, 128},
                          {{size.width / 2, size.height / 2}, 128}};
    if (text.empty()) return picture;
    const auto code = organiser::make_qr_code(text);
    const int whole = (code.modules + 8) * module_px;
    const int left = (size.width - whole) / 2, top = (size.height - whole) / 2;
    for (int y = 0; y < whole; ++y)
        for (int x = 0; x < whole; ++x) {
            const int column = x / module_px - 4, row = y / module_px - 4;
            const bool inside =
                column >= 0 && row >= 0 && column < code.modules && row < code.modules;
            picture.luma.row(top + y)[left + x] = inside && code.at(column, row) ? 30 : 225;
        }
    return picture;
}

/// What a forger makes: everything right but the signature.
class Forger {
public:
    explicit Forger(storage::BadgeToken like) : like_(like) {}
    std::string next() {
        like_.number = storage::draw_badge_number();
        return storage::make_badge_text(like_, key_);
    }

private:
    storage::BadgeToken like_;
    storage::SigningKey key_{storage::Secret<32>(storage::random_bytes(32))};
};

feed::Cast cast_of(const organiser::EventStore& store, const organiser::EventKeys& keys) {
    const storage::Identity identity = store.event();
    return feed::choose_cast(
        identity, store.registrations(), store.refusals(),
        {storage::PlaceId{1}, identity.agenda.sessions.at(0).starts, keys.current_badge_key});
}

std::string first_line(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

}  // namespace

std::vector<int> make_flood_film(const e2e::Event& event, int valid_badges,
                                 const std::filesystem::path& file) {
    const organiser::EventStore store(event.folder / "event");
    const auto keys = organiser::open_event_keys(event.folder / "event" / "event.keys",
                                                 first_line(event.folder / "passphrase"));
    const feed::Cast cast = cast_of(store, keys);
    const auto& key = keys.badge_keys.at(keys.current_badge_key);
    Forger forger(cast.admitted.at(0).token);
    feed::AviWriter film(file, size, flood_fps);
    feed::JpegEncoder encoder;
    int frame = 0;
    const auto show = [&](const std::string& text, int frames) {
        const auto jpeg = encoder.encode(picture_of(text), quality);
        for (int i = 0; i < frames; ++i, ++frame) film.add_frame(jpeg);
    };
    std::vector<int> shown;
    show("", empty_s * flood_fps);
    for (int n = 0; n < valid_badges; ++n) {
        // Not a whole number of seconds: the badge comes at any moment of the screen before it.
        const int codes = (n == 0 ? first_flood_s : flood_s) * flood_fps + n * 7 % flood_fps;
        for (int i = 0; i < codes; ++i) show(forger.next(), 1);
        shown.push_back(frame);
        show(storage::make_badge_text(cast.admitted.at(static_cast<std::size_t>(n)).token, key),
             held_s * flood_fps);
    }
    show("", empty_s * flood_fps);
    film.finish();
    return shown;
}

}  // namespace hudoor::bench
