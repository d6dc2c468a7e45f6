/// systemd as a service sees it: the socket it notifies, and the descriptors it starts with.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "storage/base/files.hpp"

namespace hudoor::test {

/// A descriptor, closed at the end.
class Held {
public:
    explicit Held(int number) : number_(number) {}
    ~Held() {
        if (number_ >= 0) ::close(number_);
    }
    Held(Held&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Held(const Held&) = delete;
    Held& operator=(Held&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// The socket in $NOTIFY_SOCKET. It is read at once: a service must not wait for it.
class FakeSystemd {
public:
    struct Notice {
        std::string text;
        Held descriptor{-1};  ///< that came along
    };

    FakeSystemd() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().copy(address.sun_path, sizeof address.sun_path - 1);
        if (::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
            0)
            throw std::runtime_error("no notify socket: " + std::string(std::strerror(errno)));
        reader_ = std::jthread([this] {
            while (auto notice = read_next()) {
                const std::lock_guard lock(mutex_);
                unread_.push_back(std::move(*notice));
                came_.notify_all();
            }
        });
    }
    ~FakeSystemd() { ::shutdown(socket_.number(), SHUT_RDWR); }
    FakeSystemd(const FakeSystemd&) = delete;
    FakeSystemd& operator=(const FakeSystemd&) = delete;

    [[nodiscard]] std::string path() const { return (folder_.path() / "notify").string(); }

    /// The next one that has this in it, those before it are gone; nothing if none comes in time.
    [[nodiscard]] std::optional<Notice> receive(
        const std::string& wanted, std::chrono::milliseconds wait = std::chrono::seconds(10)) {
        std::unique_lock lock(mutex_);
        const auto deadline = std::chrono::steady_clock::now() + wait;
        while (came_.wait_until(lock, deadline, [this] { return !unread_.empty(); })) {
            Notice notice = std::move(unread_.front());
            unread_.pop_front();
            if (notice.text.find(wanted) != std::string::npos) return notice;
        }
        return std::nullopt;
    }

private:
    std::optional<Notice> read_next() {
        std::array<char, 4'096> text{};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        iovec part{text.data(), text.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t size = ::recvmsg(socket_.number(), &message, MSG_CMSG_CLOEXEC);
        if (size <= 0) return std::nullopt;
        int came = -1;
        const cmsghdr* header = CMSG_FIRSTHDR(&message);
        if (header != nullptr && header->cmsg_type == SCM_RIGHTS)
            std::memcpy(&came, CMSG_DATA(header), sizeof came);
        return Notice{std::string(text.data(), static_cast<std::size_t>(size)), Held(came)};
    }

    storage::TemporaryFolder folder_{std::filesystem::temp_directory_path()};
    /// Not the number 3, which is for what a service is given.
    Held socket_{[] {
        const Held first(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        return ::fcntl(first.number(), F_DUPFD_CLOEXEC, 10);
    }()};
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Notice> unread_;
    std::jthread reader_;
};

}  // namespace hudoor::test
