"""Writes the parts of the documents that quote the program: help texts, settings, a real session.

`python docs/generate.py` writes them; with `--check` it changes nothing and ends with 1 where a
document is out of date. What differs from run to run (times, ports, the token) is left out of the
comparison.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import is_typeddict

import shapes
from upstox_browser_login.cli.run import main as main_of_program
from upstox_browser_login.settings import Settings, variable

HERE = Path(__file__).parent
ROOT = HERE.parent
PROGRAM = Path(sys.executable).parent / "upstox-browser-login"
BLOCK = re.compile(
    r"(<!-- generated: (?P<name>[a-z-]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL
)

AS_PRINTED = {"NO_COLOR": "1", "COLUMNS": "90", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}


def run(*arguments: str, cwd: Path, expect: int = 0) -> str:
    """What a person would see: stdout and stderr of the program, in their order."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("UPSTOX_")
    } | AS_PRINTED
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != expect:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}")
    # Said to whoever is root, which readers should not be.
    return re.sub(r"^warning: This runs as root.*\n", "", done.stdout, flags=re.MULTILINE)


def demo() -> str:
    """The demo, as it ran."""
    with tempfile.TemporaryDirectory() as folder:
        output = run("demo", cwd=Path(folder))
    # The replica's token is harmless, but a reader and a secret scanner should not have to think.
    output = re.sub(r"(eyJ\w{8})[\w.-]{60,}", r"\1…", output)
    return f"```console\n$ upstox-browser-login demo\n{output.rstrip()}\n```\n"


def failure() -> str:
    """A login that fails, as it ran."""
    with tempfile.TemporaryDirectory() as folder:
        output = run("demo", "--scenario", "wrong-pin", cwd=Path(folder), expect=5)
    return (
        f"```console\n$ upstox-browser-login demo --scenario wrong-pin\n{output.rstrip()}\n"
        "$ echo $?\n5\n```\n"
    )


def settings() -> str:
    """The table of settings, from the comments of `.env.example`."""
    rows = ["| setting | meaning | default |", "|---|---|---|"]
    for name, meaning, default, needed in _settings_of_example():
        rows.append(f"| `{name}` | {meaning} | {'(needed)' if needed else default} |")
    return "\n".join(rows) + "\n"


def _settings_of_example() -> Iterator[tuple[str, str, str, bool]]:
    """Each variable of `.env.example`: its name, meaning, default, and whether it is needed."""
    comment: list[str] = []
    for line in (ROOT / ".env.example").read_text("utf-8").splitlines():
        match = re.match(r"(#?)(UPSTOX_[A-Z_]+)=(.*)$", line)
        if match is not None:
            optional, name, value = match.groups()
            meaning, _, unset = " ".join(comment).partition(" Unset: ")
            default = unset.rstrip(".") if unset else f"`{value}`"
            yield name, meaning, default, not optional
        comment = [*comment, line[2:]] if line.startswith("# ") else []


def commands() -> str:
    """The help of every command, and of the commands of groups."""
    os.environ.update(AS_PRINTED)
    return "\n".join(_help_of(()))


def table() -> str:
    """Every command with the first sentence of its help."""
    from upstox_browser_login.cli.app import whole

    group: Any = whole()
    rows = ["| command | does |", "|---|---|"]
    for name, each in group.commands.items():
        below = "\\|".join(getattr(each, "commands", ()))
        first = " ".join((each.help or "").partition("\n\n")[0].split())
        rows.append(f"| `{name}{' ' + below if below else ''}` | {first} |")
    return "\n".join(rows) + "\n"


def _help_of(command: tuple[str, ...]) -> list[str]:
    printed = io.StringIO()
    # In this process: there are many of them.
    with redirect_stdout(printed):
        status = main_of_program([*command, "--help"])
    if status != 0:
        raise SystemExit(f"{' '.join(command)} --help ended with {status}")
    text = _tidy(printed.getvalue())
    parts = [f"## {' '.join(command) or 'upstox-browser-login'}\n\n```text\n{text}\n```\n"]
    if "COMMAND" in text.partition("\n")[0]:
        names = re.findall(r"^[│ ] {0,2}([a-z][a-z-]+) {2,}\S", text, re.MULTILINE)
        for name in dict.fromkeys(names):
            parts += _help_of((*command, name))
    return parts


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


SCHEMAS = HERE / "schemas"
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schemas() -> dict[Path, str]:
    """The JSON Schemas: of the settings, of the object every command prints, and of each `data`."""
    printed = {"title": "What a command prints with --format json"} | _schema_of(shapes.Envelope)
    found = {"settings": _schema_of_settings(), "envelope": printed}
    for name, shape in shapes.COMMANDS.items():
        found[name.replace(" ", "-")] = {
            "title": f"data of `upstox-browser-login {name} --format json`",
            **_schema_of(shape),
        }
    return {
        SCHEMAS / f"{name}.json": json.dumps({**DIALECT, **schema}, indent=2) + "\n"
        for name, schema in found.items()
    }


def _schema_of(shape: Any) -> dict[str, Any]:
    for each in vars(shapes).values():
        if is_typeddict(each) and each is not shapes.Theirs:
            with_config(ConfigDict(use_attribute_docstrings=True))(each)
    schema = TypeAdapter(shape).json_schema()
    return {name: value for name, value in schema.items() if name != "title"}


def _schema_of_settings() -> dict[str, Any]:
    """Of the settings by their variables, each with the words of `.env.example`."""
    meanings = {name: meaning for name, meaning, *_ in _settings_of_example()}
    made = Settings.model_json_schema()
    properties = {}
    for name, schema in made["properties"].items():
        if variable(name) in meanings:
            kept = {key: value for key, value in schema.items() if key not in {"title", "default"}}
            # Unset is said by leaving it out.
            kinds = [each for each in kept.pop("anyOf", []) if each != {"type": "null"}]
            kept |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {}
            # That of a secret is not shown.
            default = schema.get("default")
            shown = {} if default is None or kept.get("writeOnly") else {"default": default}
            properties[variable(name)] = {"description": meanings[variable(name)], **kept, **shown}
    return {"title": "Settings of upstox-browser-login", "type": "object", "properties": properties}


BLOCKS: dict[str, Callable[[], str]] = {
    "demo": demo,
    "failure": failure,
    "settings": settings,
    "commands": commands,
    "table": table,
}


def comparable(text: str) -> str:
    """`text` without what is another on each run."""
    text = re.sub(r"\d+(\.\d+)? s\b", "N s", text)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r"\d{8}T\d{6}Z", "TIME", text)
    text = re.sub(r"eyJ\w+…", "TOKEN", text)
    text = re.sub(r"\S*/tmp\S*", "FOLDER", text)
    # A wait for a fresh TOTP window depends on the second in which the demo began.
    text = re.sub(r"^.*fresh TOTP window.*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]+", " ", text)


def _write_schemas(*, check: bool) -> list[str]:
    """Write the schemas that are out of date, and remove those of no command; their names."""
    made = schemas()
    present = {path: path.read_text("utf-8") for path in SCHEMAS.glob("*.json")}
    stale = [path for path in {**present, **made} if present.get(path) != made.get(path)]
    if not check:
        SCHEMAS.mkdir(exist_ok=True)
        for path in stale:
            if path in made:
                path.write_text(made[path], "utf-8")
            else:
                path.unlink()
    return [f"schemas/{path.name}" for path in stale]


def main() -> int:
    """Write, or check, every document."""
    check = "--check" in sys.argv[1:]
    only = {each.removeprefix("--only=") for each in sys.argv[1:] if each.startswith("--only=")}
    made: dict[str, str] = {}
    stale = []
    for path in (ROOT / "README.md", *sorted(HERE.glob("*.md"))):
        text = path.read_text("utf-8")

        def fill(match: re.Match[str]) -> str:
            name = match["name"]
            if only and name not in only:
                return match[0]
            if name not in made:
                made[name] = BLOCKS[name]()
            return f"{match[1]}{made[name]}{match[4]}"

        fresh = BLOCK.sub(fill, text)
        if comparable(fresh) == comparable(text):
            continue
        stale.append(path.name)
        if not check:
            path.write_text(fresh, "utf-8")
    if not only or "schemas" in only:
        stale += _write_schemas(check=check)
    if check and stale:
        print(f"Out of date: {', '.join(stale)}. Run `make docs`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
