#include "storage/organiser/commands/pins.hpp"

#include <sodium.h>

#include <vector>

#include "config/fault.hpp"
#include "config/secret.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/commands/common.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t fewest_digits = 6, most_digits = 10;
constexpr int drawn_digits = 8;
constexpr std::string_view sheet_prefix = "pins-", sheet_suffix = ".txt";

/// One to three digits over and over, or digits that count up or down.
bool is_pattern(std::string_view pin) {
    for (std::size_t period = 1; period <= 3; ++period)
        if (pin.substr(period) == pin.substr(0, pin.size() - period)) return true;
    for (const int step : {1, 9}) {
        bool counts = true;
        for (std::size_t i = 1; i < pin.size(); ++i)
            counts = counts && (pin[i - 1] - '0' + step) % 10 == pin[i] - '0';
        if (counts) return true;
    }
    return false;
}

SecretText draw_pin() {
    for (;;) {
        SecretText pin;
        for (int i = 0; i < drawn_digits; ++i)
            pin.add(static_cast<char>('0' + randombytes_uniform(10)));
        if (!is_pattern(pin.view())) return pin;
    }
}

void write_line(SecretWriter& sheet, const Usher& usher, std::string_view pin) {
    const auto put = [&](std::string_view text) { sheet.raw(as_bytes(text)); };
    put(std::to_string(static_cast<int>(usher.number)));
    put(usher.role == UsherRole::supervisor ? "\tsupervisor\t" : "\tusher\t");
    put(pin);
    put("\t\u2068");
    put(usher.name);
    put("\u2069\n");
}

bool is_sheet(const fs::path& file) {
    const std::string name = file.filename().string();
    return name.starts_with(sheet_prefix) && name.ends_with(sheet_suffix);
}

}  // namespace

void check_pin(std::string_view pin) {
    if (pin.size() < fewest_digits || pin.size() > most_digits ||
        pin.find_first_not_of("0123456789") != std::string::npos)
        throw Fault(ExitCode::usage, "A PIN has 6 to 10 digits; 8 are advised for a supervisor");
    if (is_pattern(pin))
        throw Fault(ExitCode::usage,
                    "Everybody tries a PIN like this one first; take digits without a pattern");
}

std::string hash_pin(std::string_view pin) {
    std::string text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(text.data(), pin.data(), pin.size(), 3, std::size_t{64} << 20) != 0)
        throw Fault(ExitCode::unavailable, "Not enough memory to hash the PIN (64 MiB are needed)");
    text.resize(text.find('\0'));
    return text;
}

fs::path draw_pins(std::span<Usher> ushers, const fs::path& folder, WallTime at) {
    SecretWriter sheet;
    sheet.raw(as_bytes("number\trole\tPIN\tname\n"));
    std::size_t done = 0;
    for (Usher& usher : ushers) {
        const SecretText pin = draw_pin();
        usher.pin_hash = hash_pin(pin.view());
        write_line(sheet, usher, pin.view());
        show_progress(++done, ushers.size());
    }
    const std::string time = iso_time(at);
    fs::path file = folder / (std::string(sheet_prefix) + time + std::string(sheet_suffix));
    write_file(file, sheet.bytes(), private_mode);
    return file;
}

void wipe_pin_sheets(const fs::path& folder) {
    std::vector<fs::path> sheets;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && is_sheet(entry.path())) sheets.push_back(entry.path());
    for (const fs::path& sheet : sheets) {
        OldContent(sheet).wipe();
        fs::remove(sheet);
    }
}

}  // namespace hudoor::organiser
