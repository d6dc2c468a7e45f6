/// A TPM in software (swtpm), for tests: a chip of its own in a folder of its own, gone at the end.
#pragma once

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "storage/base/files.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::test {

class Swtpm {
public:
    /// Throws std::system_error if it does not begin to answer.
    Swtpm() {
        ::setenv("TSS2_LOG", "all+NONE", 1);
        for (int tries = 0; tries < 50; ++tries) {
            port_ = find_free_port();
            program_.emplace(arguments());
            if (is_listening()) return;
        }
        throw std::system_error(ETIMEDOUT, std::generic_category(), "swtpm");
    }
    ~Swtpm() {
        program_->kill(SIGTERM);
        (void)program_->wait(within(std::chrono::seconds(10)));
    }
    Swtpm(const Swtpm&) = delete;
    Swtpm& operator=(const Swtpm&) = delete;

    [[nodiscard]] std::string tcti() const {
        return "swtpm:host=127.0.0.1,port=" + std::to_string(port_);
    }

private:
    /// tpm2-tss expects the control channel at the port after the other.
    [[nodiscard]] std::vector<std::string> arguments() const {
        const auto at = [](int port) {
            return "type=tcp,bindaddr=127.0.0.1,port=" + std::to_string(port);
        };
        return {"swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + folder_.path().string(),
                "--server",
                at(port_),
                "--ctrl",
                at(port_ + 1),
                "--flags",
                "not-need-init,startup-clear"};
    }
    /// False if it has ended: somebody else had one of the ports. It is not asked over them, for it
    /// talks to one at a time.
    [[nodiscard]] bool is_listening() {
        while (!program_->wait(std::chrono::steady_clock::now()))
            if (listens_at(port_) && listens_at(port_ + 1)) return true;
        return false;
    }
    [[nodiscard]] static bool listens_at(int port) {
        std::array<char, 32> wanted{};
        std::snprintf(wanted.data(), wanted.size(), "0100007F:%04X 00000000:0000 0A", port);
        std::ifstream table("/proc/net/tcp");
        for (std::string line; std::getline(table, line);)
            if (line.find(wanted.data()) != std::string::npos) return true;
        return false;
    }

    storage::TemporaryFolder folder_{std::filesystem::temp_directory_path()};
    int port_ = 0;
    std::optional<ChildProcess> program_;
};

}  // namespace hudoor::test
