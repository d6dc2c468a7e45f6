/// A TPM in software (swtpm), for tests: a chip of its own in a folder of its own, gone at the end.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>

#include "storage/base/files.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::test {

class Swtpm {
public:
    /// Throws std::system_error if it does not begin to answer.
    Swtpm() : program_(arguments()) {
        ::setenv("TSS2_LOG", "all+NONE", 1);
        const auto deadline = within(std::chrono::seconds(10));
        while (!answers())
            if (std::chrono::steady_clock::now() > deadline)
                throw std::system_error(ETIMEDOUT, std::generic_category(), "swtpm");
    }
    ~Swtpm() {
        program_.kill(SIGTERM);
        (void)program_.wait(within(std::chrono::seconds(10)));
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
    [[nodiscard]] bool answers() const {
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port_ + 1));
        const bool connected =
            ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(probe);
        return connected;
    }

    storage::TemporaryFolder folder_{std::filesystem::temp_directory_path()};
    int port_ = find_free_port();
    ChildProcess program_;
};

}  // namespace hudoor::test
