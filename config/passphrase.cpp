#include "config/passphrase.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>

#include "config/fault.hpp"

namespace hudoor::config {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// While this lives, signals that would end or stop us wait; after it they do what they do.
class SignalsHeld {
public:
    SignalsHeld() {
        ::pthread_sigmask(SIG_BLOCK, nullptr, &before_);
        ::sigemptyset(&held_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT})
            if (::sigismember(&before_, signal) == 0) ::sigaddset(&held_, signal);
        ::pthread_sigmask(SIG_BLOCK, &held_, nullptr);
    }
    ~SignalsHeld() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;

    [[nodiscard]] const sigset_t& held() const { return held_; }

private:
    sigset_t before_{};
    sigset_t held_{};
};

/// Typed letters stay unseen while this lives; none of them is left for the next reader.
class Unseen {
public:
    Unseen() {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios without = before_;
        without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
    }
    ~Unseen() {
        std::fputc('\n', stderr);
        // Continued in the background, we would take the terminal from the shell.
        const pid_t foreground = ::tcgetpgrp(STDIN_FILENO);
        if (foreground >= 0 && foreground != ::getpgrp()) return;
        ::tcflush(STDIN_FILENO, TCIFLUSH);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios before_{};
};

enum class End { of_line, of_input, by_signal };

/// Adds letters up to the end of the line, one by one: what comes after it is another reader's.
/// A signal waits at `signals`; -1: none is looked for.
End read_line(int input, int signals, const std::string& question, SecretText& line) {
    for (;;) {
        std::array<pollfd, 2> wanted{{{input, POLLIN, 0}, {signals, POLLIN, 0}}};
        if (::poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR)
            throw Fault(ExitCode::unavailable, question + ": " + std::strerror(errno));
        if (wanted[1].revents != 0) return End::by_signal;
        if (wanted[0].revents == 0) continue;
        char letter = 0;
        const ssize_t count = ::read(input, &letter, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count < 0)
            throw Fault(ExitCode::no_input,
                        question + ": it cannot be read: " + std::strerror(errno));
        if (count == 0) return End::of_input;
        if (letter == '\n') return End::of_line;
        if (line.view().size() == most_passphrase_bytes)
            throw Fault(ExitCode::usage, question + ": it must not be longer than " +
                                             std::to_string(most_passphrase_bytes) + " bytes");
        line.add(letter);
    }
}

/// Nothing if a signal came, which waits to be let through.
std::optional<SecretText> ask_until_signal(const std::string& question, const sigset_t& held) {
    const Descriptor signals(::signalfd(-1, &held, SFD_CLOEXEC));
    if (signals.number() < 0)
        throw Fault(ExitCode::unavailable, question + ": no file descriptors are left");
    const Unseen unseen;
    std::fprintf(stderr, "%s: ", question.c_str());
    SecretText typed;
    switch (read_line(STDIN_FILENO, signals.number(), question, typed)) {
        case End::of_line:
            return typed;
        case End::of_input:
            throw Fault(ExitCode::usage, question + ": the input ended; type it and press Enter");
        case End::by_signal:
            break;
    }
    return std::nullopt;
}

SecretText ask(const std::string& question) {
    for (;;) {
        const SignalsHeld signals;
        if (auto typed = ask_until_signal(question, signals.held())) return std::move(*typed);
    }
}

SecretText ask_on_terminal(const std::string& question, const std::string& option, bool is_new) {
    if (::isatty(STDIN_FILENO) == 0)
        throw Fault(ExitCode::usage,
                    question + ": give it by " + option + " FILE, or - for standard input");
    SecretText typed = ask(question);
    if (is_new && ask("Once more").view() != typed.view())
        throw Fault(ExitCode::usage, "The two passphrases differ");
    return typed;
}

/// The very first that anybody would try.
bool is_easily_guessed(std::string_view passphrase) {
    return passphrase.size() < fewest_passphrase_bytes ||
           passphrase.find_first_not_of(passphrase.front()) == std::string_view::npos;
}

SecretText read_first_line(const std::string& file, const std::string& question) {
    const Descriptor in(file == "-" ? ::dup(STDIN_FILENO)
                                    : ::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (in.number() < 0)
        throw Fault(ExitCode::no_input,
                    "Cannot read the passphrase file " + file + ": " + std::strerror(errno));
    SecretText line;
    (void)read_line(in.number(), -1, question, line);
    return line;
}

}  // namespace

SecretText read_passphrase(const std::string& file, const std::string& question,
                           const std::string& option, bool is_new) {
    SecretText passphrase =
        file.empty() ? ask_on_terminal(question, option, is_new) : read_first_line(file, question);
    if (passphrase.view().ends_with('\r')) passphrase.remove_last();
    if (passphrase.view().empty())
        throw Fault(ExitCode::usage, question + ": it must not be empty");
    if (is_new && is_easily_guessed(passphrase.view()))
        throw Fault(ExitCode::usage,
                    question + ": it is too easily guessed; take a longer one without a pattern");
    return passphrase;
}

}  // namespace hudoor::config
