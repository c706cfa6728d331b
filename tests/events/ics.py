"""Reading a calendar file by the letter of RFC 5545, so that what was written with one library is not read with it."""

import re

LINE_OCTETS = 75


def unfolded(file: bytes) -> list[str]:
    """The content lines; AssertionError for what section 3.1 forbids."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    raw = file.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, raw)) <= LINE_OCTETS
    return re.sub(rb"\r\n[ \t]", b"", file).decode().removesuffix("\r\n").split("\r\n")


def properties(lines: list[str]) -> dict[str, str]:
    """The properties by name, each at most once, without their parameters; text as it reads."""
    found: dict[str, str] = {}
    for line in lines:
        match = re.fullmatch(r'([\w-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)', line)
        assert match, line
        name, value = match.groups()
        assert name not in found, name
        found[name] = re.sub(r"\\([\\;,nN])", lambda escaped: {"n": "\n", "N": "\n"}.get(escaped[1], escaped[1]), value)
    return found


def entries(file: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The calendar's own properties, and those of each event in it."""
    lines = unfolded(file)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    calendar: list[str] = []
    events: list[list[str]] = []
    inside = calendar
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            inside = []
            events.append(inside)
        elif line == "END:VEVENT":
            inside = calendar
        else:
            inside.append(line)
    return properties(calendar), [properties(event) for event in events]
