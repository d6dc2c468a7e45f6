#include "kiosk/usher/health.hpp"

#include "assets/dates.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using assets::Field;
using assets::Language;
using storage::Bilingual;

namespace {

constexpr std::uint64_t giga = 1'000'000'000;
constexpr std::uint64_t little_space = 2 * giga, least_space = giga / 10;
constexpr int hot_celsius = 80, too_hot_celsius = 95;
constexpr auto backup_is_old = 3h;
constexpr auto sharpness_holds = 10min;

class Health {
public:
    Health(const HealthFacts& facts, const assets::Catalogue& catalogue, MonotonicTime now,
           WallTime wall)
        : facts_(facts), catalogue_(catalogue), now_(now), wall_(wall) {}

    HealthPage page() {
        return {
            .device = facts_.device,
            .up = facts_.up,
            .lines = {camera(),
                      code(),
                      touch(),
                      sound(),
                      clock(),
                      list(),
                      network(),
                      backup(),
                      disk(),
                      records(),
                      temperature(),
                      {HealthTile::version, HealthState::good, {facts_.version, facts_.version}}},
            .news = {},
            .aside = facts_.machine ? facts_.machine->aside : std::string()};
    }

private:
    Bilingual say(std::string_view id, std::initializer_list<Field> fields = {}) const {
        return {catalogue_.text(id, Language::ar, fields),
                catalogue_.text(id, Language::en, fields)};
    }
    Bilingual count(std::string_view id, std::uint64_t n) const {
        const auto number = static_cast<std::uint32_t>(n);
        return {catalogue_.count(id, number, Language::ar),
                catalogue_.count(id, number, Language::en)};
    }

    HealthLine camera() const {
        const bool live = facts_.camera == scanner::CameraState::live;
        if (!live || !facts_.sees)
            return {HealthTile::camera, HealthState::bad, say("hl.no_picture")};
        if (!facts_.frames_per_second)
            return {HealthTile::camera, HealthState::good, say("hl.works")};
        const auto seen = [&](const std::optional<MonotonicTime>& when) {
            return when && now_ - *when < sharpness_holds;
        };
        const bool sharp =
            seen(facts_.sharp_seen);  // a hand in motion is blurred in the best camera
        const bool blurred = !sharp && seen(facts_.blur_seen);
        const bool disobeys = facts_.exposure_wanted && !facts_.exposure;
        const std::string rate = std::to_string(*facts_.frames_per_second),
                          exposure = exposure_ms();
        const bool good = *facts_.frames_per_second >= 10 && !blurred && !disobeys;
        return {HealthTile::camera, good ? HealthState::good : HealthState::attention,
                say(disobeys          ? "hl.fps_exposure_not"
                    : blurred         ? "hl.fps_blurred"
                    : facts_.exposure ? "hl.fps_exposure"
                    : sharp           ? "hl.fps"
                                      : "hl.fps_only",
                    {{"n", rate}, {"ms", exposure}})};
    }

    [[nodiscard]] std::string exposure_ms() const {
        if (!facts_.exposure) return {};
        const auto tenths =
            std::chrono::round<std::chrono::duration<int, std::ratio<1, 10'000>>>(*facts_.exposure)
                .count();
        return std::to_string(tenths / 10) +
               (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
    }

    HealthLine code() const {
        if (!facts_.last_code) return {HealthTile::code, HealthState::good, say("hl.never")};
        const auto ago = std::chrono::floor<std::chrono::seconds>(now_ - *facts_.last_code);
        const auto words = ago < 60s
                               ? count("n.sec_ago", static_cast<std::uint64_t>(ago.count()))
                               : count("n.min_ago", static_cast<std::uint64_t>(ago.count() / 60));
        return {HealthTile::code, HealthState::good, words};
    }

    HealthLine touch() const {
        return facts_.touched
                   ? HealthLine{HealthTile::touch, HealthState::good, say("hl.works")}
                   : HealthLine{HealthTile::touch, HealthState::attention, say("hl.never")};
    }

    HealthLine sound() const {
        return facts_.sound_works
                   ? HealthLine{HealthTile::sound, HealthState::good, say("hl.works")}
                   : HealthLine{HealthTile::sound, HealthState::attention, say("hl.silent")};
    }

    HealthLine clock() const {
        switch (facts_.clock) {
            case ClockQuality::synced:
                return {HealthTile::clock, HealthState::good, say("hl.works")};
            case ClockQuality::free:
                return {HealthTile::clock, HealthState::attention, say("hl.clock_free")};
            case ClockQuality::unset:
                break;
        }
        return {HealthTile::clock, HealthState::bad, say("hl.clock_unset")};
    }

    /// How old the guest list is stands where a hub's last sync would.
    HealthLine list() const {
        if (facts_.door.revision == 0)
            return {HealthTile::sync, HealthState::bad, say("hl.no_list")};
        const auto in = [&](assets::Language language) {
            if (!facts_.list_of) return std::string();
            const auto& [day, of_day] = *facts_.list_of;
            const std::string time = assets::time_of_day(of_day);
            return day ? assets::day_of_month(*day, language) + ' ' + time : time;
        };
        const auto state = facts_.door.list_expired || facts_.door.rolled_back ? HealthState::bad
                           : facts_.door.list_stale ? HealthState::attention
                                                    : HealthState::good;
        return {HealthTile::sync, state, {in(assets::Language::ar), in(assets::Language::en)}};
    }

    /// A kiosk without a hub is as it should be.
    HealthLine network() const {
        return {HealthTile::network, HealthState::good, say("status.offline")};
    }

    HealthLine backup() const {
        if (!facts_.door.exported_at)
            return {HealthTile::backup, HealthState::attention, say("hl.never")};
        const auto ago = std::chrono::floor<std::chrono::minutes>(wall_ - *facts_.door.exported_at);
        return {HealthTile::backup,
                ago > backup_is_old ? HealthState::attention : HealthState::good,
                count("n.min_ago", static_cast<std::uint64_t>(std::max(ago, 0min).count()))};
    }

    HealthLine disk() const {
        if (facts_.storage.state == storage::StorageState::reduced)
            return {HealthTile::disk, HealthState::bad, say("hl.one_copy")};
        if (!facts_.machine) return {HealthTile::disk, HealthState::good, say("hl.works")};
        const std::uint64_t space = facts_.machine->free_bytes;
        const std::string number = std::to_string(space / giga);
        const auto state = space < least_space                        ? HealthState::bad
                           : space < little_space || !facts_.mirrored ? HealthState::attention
                                                                      : HealthState::good;
        const bool lacks_mirror = space >= little_space && !facts_.mirrored;
        return {HealthTile::disk, state,
                say(lacks_mirror ? "hl.no_mirror" : "hl.clean", {{"n", number}})};
    }

    HealthLine records() const {
        using storage::StorageState;
        const bool kept = facts_.storage.state == StorageState::whole ||
                          facts_.storage.state == StorageState::reduced;
        const bool is_whole = !facts_.machine || facts_.machine->aside.empty();
        return {HealthTile::records,
                !kept      ? HealthState::bad
                : is_whole ? HealthState::good
                           : HealthState::attention,
                count("n.records", facts_.door.facts)};
    }

    HealthLine temperature() const {
        if (!facts_.machine || !facts_.machine->celsius)
            return {HealthTile::temperature, HealthState::unknown, say("hl.no_sensor")};
        const int celsius = *facts_.machine->celsius;
        const std::string words = std::to_string(celsius) + " °C";
        const auto state = celsius >= too_hot_celsius ? HealthState::bad
                           : celsius >= hot_celsius   ? HealthState::attention
                                                      : HealthState::good;
        return {HealthTile::temperature, state, {words, words}};
    }

    const HealthFacts& facts_;
    const assets::Catalogue& catalogue_;
    MonotonicTime now_;
    WallTime wall_;
};

}  // namespace

HealthPage describe_health(const HealthFacts& facts, const assets::Catalogue& catalogue,
                           MonotonicTime now, WallTime wall) {
    return Health(facts, catalogue, now, wall).page();
}

}  // namespace hudoor::kiosk
