#include "config/passphrase.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "config/fault.hpp"

namespace hudoor::config {

namespace {

/// Typed letters stay unseen while this lives.
class Unseen {
public:
    Unseen() {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios without = before_;
        without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
    }
    ~Unseen() {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::fputc('\n', stderr);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios before_{};
};

std::string ask(const std::string& question) {
    std::fprintf(stderr, "%s: ", question.c_str());
    const Unseen unseen;
    std::string typed;
    std::getline(std::cin, typed);
    return typed;
}

std::string ask_on_terminal(const std::string& question, const std::string& option, bool is_new) {
    if (::isatty(STDIN_FILENO) == 0)
        throw Fault(ExitCode::usage,
                    question + ": give it by " + option + " FILE, or - for standard input");
    std::string typed = ask(question);
    if (is_new && ask("Once more") != typed)
        throw Fault(ExitCode::usage, "The two passphrases differ");
    return typed;
}

std::string read_first_line(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    if (!in || (!std::getline(in, line) && !in.eof()))
        throw Fault(ExitCode::no_input, "Cannot read the passphrase file " + file);
    return line;
}

}  // namespace

std::string read_passphrase(const std::string& file, const std::string& question,
                            const std::string& option, bool is_new) {
    std::string passphrase;
    if (file == "-")
        std::getline(std::cin, passphrase);
    else
        passphrase =
            file.empty() ? ask_on_terminal(question, option, is_new) : read_first_line(file);
    if (passphrase.ends_with('\r')) passphrase.pop_back();
    if (passphrase.empty()) throw Fault(ExitCode::usage, question + ": it must not be empty");
    return passphrase;
}

}  // namespace hudoor::config
