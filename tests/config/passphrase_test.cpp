// The prompt on a real terminal: a session leader, as a shell is, runs it in the foreground, and
// the test types.
#include "config/passphrase.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

#include "config/fault.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::config {

using namespace std::chrono_literals;

namespace {

constexpr const char* question = "Passphrase of the box";

/// Both ends of a pipe, each closed at the end.
struct Pipe {
    std::array<int, 2> ends{-1, -1};

    Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
    ~Pipe() {
        for (const int end : ends) ::close(end);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void tell(const std::string& text) const { (void)!::write(ends[1], text.data(), text.size()); }
};

/// Reads from `descriptor` until `text` has come; what came with it. Empty after 10 s without it.
std::string hear(int descriptor, const std::string& text) {
    std::string heard;
    const auto deadline = test::within(10s);
    while (heard.find(text) == std::string::npos) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd entry{descriptor, POLLIN, 0};
        char letter = 0;
        if (left <= 0ms || ::poll(&entry, 1, static_cast<int>(left.count())) <= 0 ||
            ::read(descriptor, &letter, 1) <= 0)
            return {};
        heard += letter;
    }
    return heard;
}

std::string read_or_say(bool is_new) {
    try {
        return "typed " + std::string(read_passphrase("", question, "--file", is_new).view()) +
               "\n";
    } catch (const Fault& fault) {
        return std::string("fault ") + fault.what() + "\n";
    }
}

class Prompt {
public:
    explicit Prompt(
        bool is_new = false, const std::function<void()>& before = [] {}) {
        REQUIRE(::openpty(&keyboard_, &terminal_, nullptr, nullptr, nullptr) == 0);
        shell_ = ::fork();
        REQUIRE(shell_ >= 0);
        if (shell_ == 0) be_shell(is_new, before);
        program_ = std::stoi(hear(news_.ends[0], ";"));
    }
    ~Prompt() {
        ::kill(program_, SIGKILL);
        ::kill(shell_, SIGKILL);
        ::waitpid(shell_, nullptr, 0);
        ::close(keyboard_);
        ::close(terminal_);
    }
    Prompt(const Prompt&) = delete;
    Prompt& operator=(const Prompt&) = delete;

    /// Typed letters, and what the terminal makes signals of: ^C, ^\, ^Z, ^D.
    void type(const std::string& letters) const {
        REQUIRE(::write(keyboard_, letters.data(), letters.size()) ==
                static_cast<ssize_t>(letters.size()));
    }
    void kill(int signal) const { ::kill(program_, signal); }
    [[nodiscard]] bool asks(const std::string& what = question) const {
        return !hear(keyboard_, what + ": ").empty();
    }
    /// What the shell hears of the program: "ended by 2;", "exit;", "stopped;".
    [[nodiscard]] std::string news() const { return hear(news_.ends[0], ";"); }
    /// What the program says of the passphrase.
    [[nodiscard]] std::string answer() const { return hear(answers_.ends[0], "\n"); }
    void put_in_foreground() const { orders_.tell("f"); }
    [[nodiscard]] int terminal() const { return terminal_; }
    [[nodiscard]] bool echoes() const { return (modes().c_lflag & ECHO) != 0; }
    [[nodiscard]] termios modes() const {
        termios now{};
        REQUIRE(::tcgetattr(terminal_, &now) == 0);
        return now;
    }

private:
    [[noreturn]] void be_shell(bool is_new, const std::function<void()>& before) const {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::login_tty(::dup(terminal_));
        const pid_t program = ::fork();
        if (program == 0) be_program(is_new, before);
        news_.tell(std::to_string(program) + ";");
        for (int status = 0; ::waitpid(program, &status, WUNTRACED) == program;) {
            if (!WIFSTOPPED(status)) {
                news_.tell(WIFSIGNALED(status)
                               ? "ended by " + std::to_string(WTERMSIG(status)) + ";"
                               : "exit;");
                break;
            }
            news_.tell("stopped;");
            char order = 0;
            (void)!::read(orders_.ends[0], &order, 1);
            ::kill(program, SIGCONT);
        }
        ::_exit(0);
    }
    [[noreturn]] void be_program(bool is_new, const std::function<void()>& before) const {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        ::setpgid(0, 0);
        for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);  // not Catch's
        ::signal(SIGTTOU, SIG_IGN);
        ::tcsetpgrp(STDIN_FILENO, ::getpgrp());
        ::signal(SIGTTOU, SIG_DFL);
        before();
        answers_.tell(read_or_say(is_new));
        ::_exit(0);
    }

    Pipe news_;
    Pipe orders_;
    Pipe answers_;
    int keyboard_ = -1;
    int terminal_ = -1;
    pid_t shell_ = -1;
    pid_t program_ = -1;
};

std::string ended_by(int signal) { return "ended by " + std::to_string(signal) + ";"; }

bool same(const termios& a, const termios& b) {
    return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag &&
           a.c_lflag == b.c_lflag;
}

}  // namespace

TEST_CASE("what is typed is taken, and none of it is seen") {
    const Prompt prompt;
    REQUIRE(prompt.asks());
    CHECK_FALSE(prompt.echoes());
    prompt.type("three camels\n");
    CHECK(prompt.answer() == "typed three camels\n");
    CHECK(prompt.news() == "exit;");
    CHECK(prompt.echoes());
}

TEST_CASE("every signal that ends the program at the prompt gives the terminal back as it was") {
    const Prompt prompt;
    const termios seen_before = [&] {
        termios modes = prompt.modes();
        modes.c_lflag |= ECHO;
        return modes;
    }();
    REQUIRE(prompt.asks());
    REQUIRE_FALSE(prompt.echoes());
    prompt.type("three");
    SECTION("Ctrl-C") {
        prompt.type("\x03");
        CHECK(prompt.news() == ended_by(SIGINT));
    }
    SECTION("Ctrl-\\") {
        prompt.type("\x1c");
        CHECK(prompt.news() == ended_by(SIGQUIT));
    }
    SECTION("kill") {
        prompt.kill(SIGTERM);
        CHECK(prompt.news() == ended_by(SIGTERM));
    }
    SECTION("hang-up") {
        prompt.kill(SIGHUP);
        CHECK(prompt.news() == ended_by(SIGHUP));
    }
    CHECK(same(prompt.modes(), seen_before));
}

TEST_CASE("after a stop the question comes again, and what was typed before is forgotten") {
    const Prompt prompt;
    REQUIRE(prompt.asks());
    prompt.type("three");
    SECTION("Ctrl-Z") {
        prompt.type("\x1a");
        REQUIRE(prompt.news() == "stopped;");
        CHECK(prompt.echoes());
    }
    SECTION("a stop that nobody can hold") {
        prompt.kill(SIGSTOP);
        REQUIRE(prompt.news() == "stopped;");
        termios shells_own = prompt.modes();
        shells_own.c_lflag |= ECHO;
        REQUIRE(::tcsetattr(prompt.terminal(), TCSANOW, &shells_own) == 0);
    }
    prompt.put_in_foreground();
    REQUIRE(prompt.asks());
    CHECK_FALSE(prompt.echoes());
    prompt.type("camels\n");
    CHECK(prompt.answer() == "typed camels\n");
    CHECK(prompt.news() == "exit;");
    CHECK(prompt.echoes());
}

TEST_CASE("signals that the program ignores change nothing but that the question comes again") {
    const Prompt prompt(false, [] { ::signal(SIGHUP, SIG_IGN); });
    REQUIRE(prompt.asks());
    prompt.kill(SIGHUP);
    REQUIRE(prompt.asks());
    prompt.type("camels\n");
    CHECK(prompt.answer() == "typed camels\n");
}

TEST_CASE("signals held before the prompt stay held") {
    const Prompt prompt(false, [] {
        sigset_t term;
        ::sigemptyset(&term);
        ::sigaddset(&term, SIGTERM);
        ::sigprocmask(SIG_BLOCK, &term, nullptr);
    });
    REQUIRE(prompt.asks());
    prompt.kill(SIGTERM);
    prompt.type("camels\n");
    CHECK(prompt.answer() == "typed camels\n");
}

TEST_CASE("Ctrl-D at the prompt is answered with a sentence") {
    const Prompt prompt;
    REQUIRE(prompt.asks());
    prompt.type(GENERATE("\x04", "three\x04\x04"));
    CHECK(prompt.answer() ==
          "fault Passphrase of the box: the input ended; type it and press Enter\n");
    CHECK(prompt.news() == "exit;");
    CHECK(prompt.echoes());
}

TEST_CASE(
    "a line that is too long is answered with a sentence, and nothing of it is left to read") {
    const Prompt prompt;
    REQUIRE(prompt.asks());
    prompt.type(std::string(most_passphrase_bytes + 1, 'x') + "\nrm -rf /\n");
    CHECK(prompt.answer() ==
          "fault Passphrase of the box: it must not be longer than 1024 bytes\n");
    CHECK(prompt.news() == "exit;");
    CHECK(prompt.echoes());
    pollfd rest{prompt.terminal(), POLLIN, 0};
    CHECK(::poll(&rest, 1, 0) == 0);
}

TEST_CASE("a new passphrase is asked for twice") {
    const Prompt prompt(true);
    REQUIRE(prompt.asks());
    prompt.type("camels\n");
    REQUIRE(prompt.asks("Once more"));
    const bool same = GENERATE(true, false);
    prompt.type(same ? "camels\n" : "camel\n");
    CHECK(prompt.answer() == (same ? "typed camels\n" : "fault The two passphrases differ\n"));
}

namespace {

/// The first line of a file with this content, or what is wrong with it.
std::string read_from(const std::string& content) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("hudoor-passphrase-" + std::to_string(::getpid()));
    std::ofstream(file, std::ios::binary) << content;
    std::string read;
    try {
        read = read_passphrase(file, question, "--file").view();
    } catch (const Fault& fault) {
        read = fault.what();
    }
    std::filesystem::remove(file);
    return read;
}

ExitCode fault_of(const std::string& file) {
    try {
        (void)read_passphrase(file, question, "--file");
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
    return ExitCode::done;
}

}  // namespace

TEST_CASE("a passphrase file is its first line, however it ends") {
    for (const char* content : {"camels", "camels\n", "camels\r\n", "camels\nnoon\n"})
        CHECK(read_from(content) == "camels");
    CHECK(read_from(std::string(most_passphrase_bytes, 'x') + "\n").size() ==
          most_passphrase_bytes);
    CHECK(read_from("").find("must not be empty") != std::string::npos);
    CHECK(read_from("\nnoon\n").find("must not be empty") != std::string::npos);
    CHECK(read_from(std::string(most_passphrase_bytes + 1, 'x')).find("longer") !=
          std::string::npos);
}

TEST_CASE("what is no passphrase file is said at once, also one without an end") {
    CHECK(fault_of("/nowhere/at/all") == ExitCode::no_input);
    CHECK(fault_of("/") == ExitCode::no_input);
    CHECK(fault_of("/dev/null") == ExitCode::usage);
    CHECK(fault_of("/dev/zero") == ExitCode::usage);
}

TEST_CASE("two passphrases on standard input are two lines of it") {
    const Pipe input;
    input.tell("camels\nnoon\n");
    const int before = ::dup(STDIN_FILENO);
    REQUIRE(::dup2(input.ends[0], STDIN_FILENO) == STDIN_FILENO);
    CHECK(read_passphrase("-", question, "--file").view() == "camels");
    CHECK(read_passphrase("-", question, "--file").view() == "noon");
    REQUIRE(::dup2(before, STDIN_FILENO) == STDIN_FILENO);
    ::close(before);
}

}  // namespace hudoor::config
