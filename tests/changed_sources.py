#!/usr/bin/env python3
"""changed_sources.py BASE: the .cpp files that say something else than at BASE, one a line.

A file that was only moved (git's rename detection), only formatted, or only includes its headers from
another place is not named: what a linter said of it then holds still.
"""
import re
import subprocess
import sys


def git(*arguments):
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def meaning(source):
    """The source without what moving and formatting change."""
    source = re.sub(r"^\s*#\s*include .*$", "", source, flags=re.M)
    source = re.sub(r"^\s*//.*$", "", source, flags=re.M)  # whole lines: reflowed, they say the same
    source = re.sub(r"\s+", "", source)
    return source.replace('""', "")  # a string cut in two


def changed(base):
    rows = git("diff", "--name-status", "-z", "-M30%", "--diff-filter=d", base, "--", "*.cpp").split("\0")
    while len(rows) > 1:
        status = rows.pop(0)
        before = after = rows.pop(0)
        if status[0] in "RC":
            after = rows.pop(0)
        with open(after, encoding="utf-8") as file:
            text = file.read()
        if status[0] == "A" or meaning(git("show", f"{base}:{before}")) != meaning(text):
            yield after
    yield from filter(None, git("ls-files", "-z", "-o", "--exclude-standard", "--", "*.cpp").split("\0"))


if __name__ == "__main__":
    for name in sorted(set(changed(sys.argv[1]))):
        print(name)
