"""A web host as the place of publication (发布到主机): rsync over ssh, then one command that switches.

The host needs a POSIX shell, GNU or busybox `mv -T`, and rsync. Locally no shell is involved, there
the only one is the host's, and what it is given is quoted. Two runs at once cannot spoil each
other's release: each writes into a folder of its own name, and what is removed is renamed first.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.config import PublishTarget
from generator.finding import Text
from generator.publish.release import (
    NAME,
    Present,
    PublishError,
    Release,
    manifest_from,
)
from generator.regex import regex

_ADDRESS = regex(
    r"(?:(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@)?"
    r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\]):(?P<path>/.*)"
)
_FAILED_TO_CONNECT = 255
# Whatever the host's start-up files print comes before this line.
_MARK = "gongkai-publish"
_LOOK = """\
echo {mark}
cd -- {path} 2>/dev/null || exit 0
if [ -e current ] && [ ! -h current ]; then echo folder; exit 0; fi
readlink current || exit 0
cat current/manifest.json 2>/dev/null
exit 0
"""
_PREPARE = """\
set -eu
umask 022
mkdir -p -- {path}/releases
cd -- {path}/releases
rm -f -- ../.current*.partial
count=0
for left in .*.partial; do
  count=$((count + 1))
  [ -d "$left" ] && mv -T -- "$left" ".{token}.$count.old.partial" || continue
  rm -rf -- ".{token}.$count.old.partial"
done
echo {mark}
readlink ../current || echo
if [ -d {name} ]; then echo {name}; else mkdir .{token}.partial; echo .{token}.partial; fi
"""
_SWITCH = """\
set -eu
cd -- {path}/releases
if [ ! -d {name} ]; then
  mv -T -- .{token}.partial {name}
elif [ -d .{token}.partial ]; then
  mv -T -- .{token}.partial .{token}.old.partial
  rm -rf -- .{token}.old.partial
fi
touch -c -- {name}
ln -s -- releases/{name} ../.current.{token}.partial
mv -T -- ../.current.{token}.partial ../current
kept=1
for old in $(ls -1t); do
  case $old in
    {name} | *[!0-9a-f]*) continue ;;
  esac
  [ ${{#old}} -eq {length} ] || continue
  kept=$((kept + 1))
  [ $kept -gt {keep} ] || continue
  mv -T -- "$old" .{token}.old.partial
  rm -rf -- .{token}.old.partial
done
"""


@dataclass(frozen=True, slots=True)
class Host:
    """A folder `path` of a host reached by ssh; `options` are what ssh needs to reach it."""

    user: str
    host: str
    path: str
    options: tuple[str, ...]
    keep: int

    def present(self) -> Present:
        """What `current` leads to, asked in one connection."""
        answer = self._run(_LOOK.format(mark=_MARK, path=shlex.quote(self.path)))
        link, _, manifest = answer.partition(b"\n")
        if link == b"folder":
            raise PublishError(
                Text(
                    f"{self} 里的 current 应当是符号链接，现在是别的东西。先移走它",
                    f"current in {self} should be a symbolic link and is something else; "
                    "move it away first",
                )
            )
        name = _release_name(link.decode("utf-8", "replace"))
        return Present(name, manifest_from(manifest))

    def put(self, release: Release) -> None:
        """Bring it over beside the present one, which lends what has not changed, then switch."""
        words = {
            "mark": _MARK,
            "path": shlex.quote(self.path),
            "name": release.name,
            "token": f"{release.name}-{secrets.token_hex(4)}",
        }
        rsync = _program("rsync")
        link, arriving = self._run(_PREPARE.format(**words)).decode().splitlines()
        self._transfer(rsync, release.folder, arriving, _release_name(link))
        self._run(_SWITCH.format(**words, keep=max(1, self.keep), length=len(release.name)))

    def _transfer(self, rsync: str, folder: Path, arriving: str, present: str) -> None:
        # Every build has new dates, so contents are compared; and the web server must read all.
        command = [
            rsync,
            "--recursive",
            "--checksum",
            "--delete",
            "--perms",
            "--chmod=D755,F644",
            "--protect-args",
            "--timeout=300",
            "--rsh=" + " ".join(map(_for_rsync, (_program("ssh"), *self.options))),
            *([f"--link-dest=../{present}"] if present else []),
            "--",
            f"{folder}/",
            f"{self._at}:{self.path}/releases/{arriving}/",
        ]
        done = _completed(command)
        if done.returncode != 0:
            raise PublishError(self._failure("rsync", done))

    def _run(self, script: str) -> bytes:
        """What `script` prints after `_MARK` when the host's `sh` runs it, whatever the login shell."""
        address = self._at.replace("[", "").replace("]", "")
        command = [_program("ssh"), *self.options, "--", address, "sh"]
        done = _completed(command, script.encode())
        if done.returncode != 0:
            raise PublishError(self._failure("ssh", done))
        return done.stdout.partition(f"{_MARK}\n".encode())[2]

    @property
    def _at(self) -> str:
        return f"{self.user}@{self.host}" if self.user else self.host

    def __str__(self) -> str:
        return f"{self._at}:{self.path}"

    def _failure(self, program: str, done: subprocess.CompletedProcess[bytes]) -> Text:
        said = _reason(done)
        if program == "ssh" and done.returncode == _FAILED_TO_CONNECT:
            return Text(
                f"连不上 {self._at}：{said}。公布的内容没有改变",
                f"cannot reach {self._at}: {said}; what is published is unchanged",
            )
        return Text(
            f"没有发布到 {self}：{program} 报告 {said}。公布的内容没有改变",
            f"not published to {self}: {program} says {said}; what is published is unchanged",
        )


def host_of(target: PublishTarget, site: Path) -> Host | None:
    """The host that `target` names, or None where it names a folder; raises `PublishError`."""
    # A colon before the first slash cannot be meant as part of a folder's name.
    if ":" not in target.to.partition("/")[0]:
        return None
    match = _ADDRESS.fullmatch(target.to)
    if match is None:
        raise PublishError(
            Text(
                f"发布地址“{target.to}”写得不对，写成 用户@主机:/文件夹",
                f"“{target.to}” is no place to publish to; write user@host:/folder",
            )
        )
    options = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15"]
    if target.port is not None:
        options += ["-p", str(target.port)]
    if target.identity is not None:
        options += ["-i", str(_key_file(target.identity, site)), "-o", "IdentitiesOnly=yes"]
    if target.known_hosts is not None:
        # ssh splits the value at spaces and fills in `%` signs.
        known = str(_key_file(target.known_hosts, site)).replace("%", "%%")
        options += ["-o", "StrictHostKeyChecking=yes", "-o", f'UserKnownHostsFile="{known}"']
    path = match["path"].rstrip("/") or "/"
    return Host(match["user"] or "", match["host"], path, tuple(options), target.keep)


def _key_file(name: str, site: Path) -> Path:
    path = site / Path(name).expanduser()
    if not path.is_file():
        raise PublishError(
            Text(f"发布所用的文件 {path} 不存在", f"{path}, needed to publish, is not there")
        )
    return path


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise PublishError(
            Text(
                f"没有安装 {name}，不能发布到主机",
                f"{name} is not installed, so no host is reached",
            )
        )
    return found


def _completed(command: Sequence[str], script: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=script, capture_output=True, check=False)


def _release_name(link: str) -> str:
    """The release that `current` leads to; empty where it is none of ours."""
    name = link.rpartition("/")[2]
    return name if NAME.fullmatch(name) else ""


def _for_rsync(word: str) -> str:
    """A word of `--rsh`, which rsync takes apart itself: a quote inside quotes is doubled."""
    return "'" + word.replace("'", "''") + "'"


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """The last thing said that is not rsync's own summary."""
    lines = [line.strip() for line in done.stderr.decode("utf-8", "replace").splitlines()]
    told = [line for line in lines if line and not line.startswith(("rsync error:", "rsync: conn"))]
    said = (told or [line for line in lines if line] or [f"exit code {done.returncode}"])[-1]
    return said.rstrip(".")
