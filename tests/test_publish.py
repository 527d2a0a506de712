"""Publishing: to real folders, and to a real sshd on loopback."""

from __future__ import annotations

import fcntl
import getpass
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.config import PublishTarget
from generator.model import Page
from generator.publish import Published, PublishError, publish, target_named
from generator.write import write
from tests.sites import GOOD_SITE, TODAY, write_site

ROOT = Path(__file__).resolve().parents[1]
ONE = {"index.html": "一", "a/b.html": "甲", "a/附件 1.pdf": "%PDF"}
TWO = {"index.html": "二", "a/附件 1.pdf": "%PDF", "c.html": "丙"}


def built(folder: Path, files: Mapping[str, str]) -> Path:
    """An output with these files and a manifest, as `build` makes it."""
    write([Page(url, text.encode()) for url, text in sorted(files.items())], folder.parent, folder)
    return folder


def files_of(folder: Path) -> dict[str, str]:
    """What a folder holds, its manifest left out."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {
        url: p.read_text(encoding="utf-8") for url, p in found.items() if url != "manifest.json"
    }


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@dataclass
class Web:
    """A place to publish to, and the folder that its `to` stands for."""

    work: Path
    target: PublishTarget
    root: Path

    def publish(self, files: Mapping[str, str], *, dry_run: bool = False) -> Published:
        out = built(self.work / "public", files)
        return publish(out, self.target, self.work, dry_run=dry_run)

    @property
    def seen(self) -> dict[str, str]:
        return files_of(self.root / "current")

    @property
    def releases(self) -> set[str]:
        return names_in(self.root / "releases")


@dataclass
class Sshd:
    """A running server for the user of the tests, and what a client needs to reach it."""

    port: int
    identity: Path
    known_hosts: Path

    def target(self, root: Path, **more: object) -> PublishTarget:
        return PublishTarget.model_validate(
            {
                "to": f"{getpass.getuser()}@127.0.0.1:{root}",
                "port": str(self.port),
                "identity": str(self.identity),
                "known_hosts": str(self.known_hosts),
            }
            | more
        )


def key(path: Path) -> Path:
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(words, check=True)
    return path


def needed(program: str) -> str:
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    return found


@contextmanager
def ssh_server(folder: Path, *settings: str) -> Iterator[Sshd]:
    """An sshd of our own, with keys of our own, on a free port of loopback."""
    sshd = needed("sshd")
    needed("rsync")
    host_key, identity = key(folder / "host_key"), key(folder / "identity")
    authorized = folder / "authorized_keys"
    authorized.write_text(identity.with_suffix(".pub").read_text())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "sshd_config"
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {host_key}",
        f"AuthorizedKeysFile {authorized}",
        "PidFile none",
        "UsePAM no",
        "StrictModes no",
        "PermitRootLogin yes",
        "PasswordAuthentication no",
        *settings,
    ]
    config.write_text("\n".join(lines) + "\n")
    known = folder / "known hosts"
    known.write_text(f"[127.0.0.1]:{port} {host_key.with_suffix('.pub').read_text()}")
    with subprocess.Popen(
        [sshd, "-D", "-e", "-f", str(config)], stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        try:
            said = []
            for line in running.stderr:
                said.append(line)
                if "Server listening" in line:
                    break
            assert running.poll() is None, "".join(said)
            yield Sshd(port, identity, known)
        finally:
            running.terminate()


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server


@pytest.fixture(params=["folder", "host"])
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Web:
    """Both kinds of place, each with a name that a shell would take apart."""
    root = tmp_path / "web host's $HOME;公开"
    if request.param == "folder":
        return Web(tmp_path, PublishTarget(to=str(root)), root)
    server: Sshd = request.getfixturevalue("sshd")
    return Web(tmp_path, server.target(root), root)


def test_first_publication(web: Web) -> None:
    published = web.publish(ONE)
    assert published == Published(published.name, tuple(sorted(ONE)), (), ())
    assert web.seen == ONE
    assert (web.root / "current").readlink() == Path("releases") / published.name
    assert names_in(web.root) == {"current", "releases"}
    manifest = (web.work / "public" / "manifest.json").read_bytes()
    assert (web.root / "current" / "manifest.json").read_bytes() == manifest


def test_everybody_may_read_what_is_published(web: Web) -> None:
    before = os.umask(0o077)
    try:
        web.publish(ONE)
    finally:
        os.umask(before)
    current = web.root / "current"
    modes = {oct(path.stat().st_mode & 0o777) for path in current.rglob("*") if path.is_file()}
    assert modes == {"0o644"}
    assert {oct(path.stat().st_mode & 0o777) for path in (current / "a", current)} == {"0o755"}


def test_change_is_told_and_the_old_release_kept(web: Web) -> None:
    first = web.publish(ONE)
    second = web.publish(TWO)
    assert second == Published(second.name, ("c.html",), ("index.html",), ("a/b.html",))
    assert web.seen == TWO
    assert files_of(web.root / "releases" / first.name) == ONE
    assert web.releases == {first.name, second.name}


def test_same_content_again_changes_nothing(web: Web) -> None:
    first = web.publish(ONE)
    link = (web.root / "current").lstat()
    assert web.publish(ONE) == Published(first.name, (), (), ())
    assert (web.root / "current").lstat().st_ino == link.st_ino
    assert web.releases == {first.name}


def test_dry_run_tells_and_changes_nothing(web: Web) -> None:
    assert web.publish(ONE, dry_run=True).added == tuple(sorted(ONE))
    assert not web.root.exists()
    web.publish(ONE)
    planned = web.publish(TWO, dry_run=True)
    assert planned == Published(planned.name, ("c.html",), ("index.html",), ("a/b.html",))
    assert web.seen == ONE
    assert len(web.releases) == 1


def test_newest_releases_are_kept(web: Web) -> None:
    names = [web.publish({"index.html": text}).name for text in "甲乙丙丁"]
    assert web.releases == set(names[1:])
    # An earlier content becomes the newest.
    assert web.publish({"index.html": "乙"}).name == names[1]
    newest = web.publish({"index.html": "戊"}).name
    assert web.releases == {names[1], names[3], newest}
    assert web.seen == {"index.html": "戊"}


def test_keeping_none_keeps_the_present_one(web: Web) -> None:
    web.target = web.target.model_copy(update={"keep": 0})
    web.publish(ONE)
    second = web.publish(TWO)
    assert web.releases == {second.name}
    assert web.seen == TWO


def test_earlier_release_that_was_damaged_is_mended(web: Web) -> None:
    first = web.publish(ONE)
    web.publish(TWO)
    damaged = web.root / "releases" / first.name
    (damaged / "index.html").write_text("改", encoding="utf-8")
    (damaged / "a/b.html").unlink()
    (damaged / "more.html").write_text("多", encoding="utf-8")
    assert web.publish(ONE).name == first.name
    assert web.seen == ONE


def test_what_a_killed_run_left_is_swept(web: Web) -> None:
    first = web.publish(ONE)
    write_site(web.root / "releases" / ".0123456789abcdef.partial", {"a/b.html": "半"})
    (web.root / ".current.partial").symlink_to("releases/none")
    (web.root / ".current.0123.partial").symlink_to("releases/none")
    second = web.publish(TWO)
    assert web.releases == {first.name, second.name}
    assert names_in(web.root) == {"current", "releases"}
    assert web.seen == TWO


def test_folder_in_the_place_of_the_link_is_left_alone(web: Web) -> None:
    write_site(web.root, {"current/index.html": "别人的"})
    with pytest.raises(PublishError) as refused:
        web.publish(ONE)
    assert "current" in refused.value.sentence.zh
    assert refused.value.sentence.zh.endswith("应当是符号链接，现在是别的东西。先移走它")
    assert files_of(web.root) == {"current/index.html": "别人的"}


# Publishes with a hook that ends the process at the n-th change of a file, for every n there is, and
# says after each what the public sees, and after a run that was let go on to its end, what is there.
_KILLED_EVERYWHERE = """
import os, sys
from pathlib import Path
from generator.config import PublishTarget
from generator.publish import publish

work = Path(sys.argv[1])
left = None
EVENTS = {"open", "os.mkdir", "os.rename", "os.symlink", "os.chmod", "os.utime", "os.remove",
          "os.rmdir", "shutil.rmtree", "shutil.copyfile"}

def hook(event, arguments):
    global left
    if left is not None and event in EVENTS:
        left -= 1
        if left < 0:
            os._exit(9)

sys.addaudithook(hook)
target = PublishTarget(to=str(work / "web"), keep=1)

def run(out, stop=None):
    child = os.fork()
    if child == 0:
        global left
        left = stop
        publish(work / out, target, work, dry_run=False)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

stop = 0
while True:
    run("one")
    ended = run("two", stop)
    seen = (work / "web/current/index.html").read_text(encoding="utf-8")
    count = len([p for p in (work / "web/current/").rglob("*") if p.is_file()])
    print(stop, ended, seen, count)
    if ended == 0:
        break
    stop += 1
"""


def test_killed_at_any_moment_the_public_sees_a_whole_release(tmp_path: Path) -> None:
    built(tmp_path / "one", ONE)
    built(tmp_path / "two", {**TWO, "d.html": "丁"})
    done = subprocess.run(
        [sys.executable, "-c", _KILLED_EVERYWHERE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    assert len(rows) > 20
    assert {tuple(row[2:]) for row in rows} == {("一", "4"), ("二", "5")}
    assert [row[1] for row in rows] == ["9"] * (len(rows) - 1) + ["0"]
    assert rows[-1][2:] == ["二", "5"]
    # The last run was not killed: nothing lingers.
    assert len(names_in(tmp_path / "web/releases")) == 1
    assert names_in(tmp_path / "web") == {"current", "releases"}


def test_two_runs_at_once_on_one_folder(tmp_path: Path) -> None:
    web = Web(tmp_path, PublishTarget(to="web"), tmp_path / "web")
    web.publish(ONE)
    lock = os.open(web.root / "releases", os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishError) as refused:
            web.publish(TWO)
    finally:
        os.close(lock)
    releases = web.root / "releases"
    assert refused.value.sentence.zh == f"另一次发布正在写 {releases}，等它结束再运行"
    assert web.seen == ONE
    web.publish(TWO)
    assert web.seen == TWO


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("")
    web = Web(tmp_path, PublishTarget(to="web"), tmp_path / "web")
    with pytest.raises(PublishError) as refused:
        web.publish(ONE)
    assert refused.value.sentence.zh == (
        f"无法写入 {tmp_path}/web/releases：Not a directory。公布的内容没有改变"
    )


@pytest.mark.parametrize("to", ["content", "content/www", "./templates/x", ".git"])
def test_sources_are_no_place_to_publish_to(tmp_path: Path, to: str) -> None:
    web = Web(tmp_path, PublishTarget(to=to), tmp_path)
    with pytest.raises(PublishError) as refused:
        web.publish(ONE)
    assert refused.value.sentence.zh == f"不能发布到 {tmp_path / to}：那里放着站点的原稿"


def test_unchanged_files_share_their_space_on_the_host(tmp_path: Path, sshd: Sshd) -> None:
    web = Web(tmp_path, sshd.target(tmp_path / "web"), tmp_path / "web")
    first, second = web.publish(ONE), web.publish(TWO)
    old, new = (web.root / "releases" / published.name for published in (first, second))
    assert (old / "a/附件 1.pdf").stat().st_ino == (new / "a/附件 1.pdf").stat().st_ino
    assert (old / "index.html").stat().st_ino != (new / "index.html").stat().st_ino


def refusal(web: Web) -> str:
    with pytest.raises(PublishError) as refused:
        web.publish(TWO)
    return refused.value.sentence.zh


def test_host_with_another_key_is_refused(tmp_path: Path, sshd: Sshd) -> None:
    root = tmp_path / "web"
    Web(tmp_path, sshd.target(root), root).publish(ONE)
    stranger = key(tmp_path / "stranger").with_suffix(".pub").read_text()
    known = tmp_path / "known"
    known.write_text(f"[127.0.0.1]:{sshd.port} {stranger}")
    web = Web(tmp_path, sshd.target(root, known_hosts="known"), root)
    assert refusal(web) == (
        f"连不上 {getpass.getuser()}@127.0.0.1：Host key verification failed。公布的内容没有改变"
    )
    known.write_text("")
    assert refusal(web) == (
        f"连不上 {getpass.getuser()}@127.0.0.1：Host key verification failed。公布的内容没有改变"
    )
    assert web.seen == ONE


def test_stranger_is_refused_without_a_question(tmp_path: Path, sshd: Sshd) -> None:
    key(tmp_path / "stranger")
    web = Web(tmp_path, sshd.target(tmp_path / "web", identity="stranger"), tmp_path / "web")
    assert refusal(web).startswith(f"连不上 {getpass.getuser()}@127.0.0.1：")
    assert "Permission denied" in refusal(web)
    assert not web.root.exists()


def test_host_that_does_not_answer(tmp_path: Path, sshd: Sshd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    web = Web(tmp_path, sshd.target(tmp_path / "web", port=str(port)), tmp_path / "web")
    assert refusal(web) == (
        f"连不上 {getpass.getuser()}@127.0.0.1：ssh: connect to host 127.0.0.1 port {port}: "
        "Connection refused。公布的内容没有改变"
    )


def test_host_without_rsync_keeps_what_it_shows(tmp_path: Path, sshd: Sshd) -> None:
    root = tmp_path / "web"
    Web(tmp_path, sshd.target(root), root).publish(ONE)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "cat", "ls", "ln", "mkdir", "mv", "readlink", "rm", "touch"):
        (tools / name).symlink_to(needed(name))
    (tmp_path / "ssh").mkdir()
    with ssh_server(tmp_path / "ssh", f"SetEnv PATH={tools}") as server:
        web = Web(tmp_path, server.target(root), root)
        assert "rsync: command not found" in refusal(web)
    assert web.seen == ONE
    web = Web(tmp_path, sshd.target(root), root)
    web.publish(TWO)
    assert web.seen == TWO
    assert len(web.releases) == 2


# A tool of the host that ends the script it is called by, once it has been called so many times.
_TOOL = """\
#!/bin/sh
read left < {counter}
echo $((left - 1)) > {counter}
if [ "$left" -le 0 ]; then {end}; exit 1; fi
exec {real} "$@"
"""


@pytest.mark.slow
def test_host_that_fails_at_any_step_shows_a_whole_release(tmp_path: Path) -> None:
    tools, counter = tmp_path / "tools", tmp_path / "counter"
    tools.mkdir()
    for name in ("sh", "cat", "ls", "readlink"):
        (tools / name).symlink_to(needed(name))
    for name in ("ln", "mkdir", "mv", "rm", "rsync", "touch"):
        end = "exit 20" if name == "rsync" else "kill -9 $PPID"
        tool = _TOOL.format(counter=counter, real=needed(name), end=end)
        (tools / name).write_text(tool)
        (tools / name).chmod(0o755)
    (tmp_path / "ssh").mkdir()
    with ssh_server(tmp_path / "ssh", f"SetEnv PATH={tools}") as server:
        root = tmp_path / "web"
        web = Web(tmp_path, server.target(root, keep="1"), root)
        counter.write_text("100")
        web.publish({"index.html": "0", "a.html": "0"})
        for step in range(100):
            before = web.seen
            after = {"index.html": f"{step + 1}", "b.html": f"{step + 1}"}
            counter.write_text(f"{step}")
            try:
                web.publish(after)
            except PublishError:
                assert web.seen in (before, after)
            else:
                break
        assert step > 8
        assert web.seen == after
        assert len(web.releases) == 1
        assert names_in(root) == {"current", "releases"}


def test_folder_that_the_host_cannot_make(tmp_path: Path, sshd: Sshd) -> None:
    (tmp_path / "file").write_text("")
    web = Web(tmp_path, sshd.target(tmp_path / "file"), tmp_path / "file")
    assert refusal(web).startswith(
        f"没有发布到 {getpass.getuser()}@127.0.0.1:{tmp_path}/file：ssh 报告 mkdir: "
    )


@pytest.mark.parametrize("program", ["ssh", "rsync"])
def test_missing_program_is_named(
    tmp_path: Path, sshd: Sshd, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (other,) = {"ssh", "rsync"} - {program}
    (tools / other).symlink_to(needed(other))
    monkeypatch.setenv("PATH", str(tools))
    web = Web(tmp_path, sshd.target(tmp_path / "web"), tmp_path / "web")
    assert refusal(web) == f"没有安装 {program}，不能发布到主机"


@pytest.mark.parametrize(
    "to", ["user@host:folder", "-oProxyCommand=x:/a", "user@-host:/a", "a b@host:/c", "host:"]
)
def test_address_that_is_none(tmp_path: Path, to: str) -> None:
    web = Web(tmp_path, PublishTarget(to=to), tmp_path)
    assert refusal(web) == f"发布地址“{to}”写得不对，写成 用户@主机:/文件夹"


def test_key_that_is_not_there(tmp_path: Path) -> None:
    web = Web(tmp_path, PublishTarget(to="host:/www", identity="key"), tmp_path)
    assert refusal(web) == f"发布所用的文件 {tmp_path}/key 不存在"


TARGETS = {"web": PublishTarget(to="/a"), "test": PublishTarget(to="/b")}


def test_target_by_name() -> None:
    assert target_named(TARGETS, "test") == PublishTarget(to="/b")
    assert target_named({"web": PublishTarget(to="/a")}, None) == PublishTarget(to="/a")


@pytest.mark.parametrize(
    ("targets", "name", "expected"),
    [
        ({}, None, "site.yaml 里没有写发布到哪里，例如 publish: {web: {to: 用户@主机:/文件夹}}"),
        (TARGETS, None, "有几个发布目标，写明哪一个：web、test"),
        (TARGETS, "wbe", "site.yaml 里没有“wbe”这个发布目标（有：web、test），是不是“web”？"),
        (TARGETS, "公开", "site.yaml 里没有“公开”这个发布目标（有：web、test）"),
    ],
)
def test_target_that_is_not_clear(
    targets: dict[str, PublishTarget], name: str | None, expected: str
) -> None:
    with pytest.raises(PublishError) as refused:
        target_named(targets, name)
    assert refused.value.sentence.zh == expected


def gongkai(site: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words, "--today", TODAY.isoformat()],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    settings = str(GOOD_SITE["site.yaml"]) + "publish: {web: {to: ../web}}\n"
    return write_site(tmp_path / "site", {**GOOD_SITE, "site.yaml": settings})


def test_command_checks_builds_and_publishes(site: Path) -> None:
    assert gongkai(site, "register")[0] == 0
    code, out, err = gongkai(site, "publish")
    assert (code, err) == (0, "")
    seen = site.parent / "web/current"
    count = sum(path.is_file() for path in seen.rglob("*")) - 1
    name = seen.readlink().name
    assert out.splitlines()[1:] == [
        f"已发布到 ../web（{name}）：新增 {count} 个文件，改动 0 个，移除 0 个"
    ]
    assert gongkai(site, "publish", "web")[1].splitlines()[1:] == ["../web 没有变化"]

    assert gongkai(site, "build", "--out", "public")[0] == 0
    assert (site / "public/manifest.json").read_bytes() == (seen / "manifest.json").read_bytes()
    assert gongkai(site, "publish", "--out", "public") == (0, "../web 没有变化\n", "")


def test_command_lists_what_would_change(site: Path) -> None:
    gongkai(site, "publish")
    (site / "content/statutory/event/2026/open-day.md").rename(
        site / "content/statutory/event/2026/visit.md"
    )
    (site / "content/statutory/notice/2026/list.csv").write_text("甲\n", encoding="utf-8")
    code, out, err = gongkai(site, "publish", "--dry-run")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    for twin in ("html", "md", "txt"):
        assert f"+ statutory/event/2026/visit.{twin}" in lines
        assert f"- statutory/event/2026/open-day.{twin}" in lines
    assert "+ statutory/notice/2026/list.csv" in lines
    assert "~ catalog.json" in lines
    assert lines[-2].startswith("将发布到 ../web：新增 4 个文件，改动 ")
    assert lines[-2].endswith("，移除 3 个。没有作任何改动")
    assert lines[-1].startswith("有 ")
    assert lines[-1].endswith(" 个文件还没有登入 register.tsv：运行 gongkai register，然后提交")
    assert not (site.parent / "web/current/statutory/event/2026/visit.html").exists()


def test_nothing_is_published_when_the_check_fails(site: Path) -> None:
    fees = site / "content/statutory/notice/2026/fees.md"
    fees.write_text(fees.read_text(encoding="utf-8").replace("标题:", "标 题:"), encoding="utf-8")
    code, out, err = gongkai(site, "publish")
    assert (code, err) == (1, "")
    assert "content/statutory/notice/2026/fees.md:2:1: 错误 front-matter" in out
    assert not (site.parent / "web").exists()


@pytest.mark.parametrize(
    ("path", "text"), [("index.html", "改"), ("more.html", "多"), ("feed.xml", None)]
)
def test_output_that_is_not_as_it_was_built_is_refused(
    tmp_path: Path, path: str, text: str | None
) -> None:
    out = built(tmp_path / "public", {"index.html": "一", "feed.xml": "甲"})
    if text is None:
        (out / path).unlink()
    else:
        (out / path).write_text(text, encoding="utf-8")
    with pytest.raises(PublishError) as refused:
        publish(out, PublishTarget(to="web"), tmp_path, dry_run=False)
    assert refused.value.sentence.zh == (
        f"{out} 与它的 manifest.json 不符（1 个文件：{path}）。重新生成一次"
    )


@pytest.mark.parametrize("manifest", [None, "", "[]", '{"../a": "x"}', '{"a": 1}', "\udcff"])
def test_folder_that_is_no_output_is_refused(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest.encode(errors="surrogateescape"))
    with pytest.raises(PublishError) as refused:
        publish(tmp_path, PublishTarget(to="web"), tmp_path, dry_run=False)
    assert refused.value.sentence.zh == (
        f"{tmp_path} 里没有完好的 manifest.json，不是本程序生成的输出"
    )


def test_trouble_ends_with_exit_code_2(site: Path) -> None:
    assert gongkai(site, "publish", "公网") == (
        2,
        "",
        "gongkai: site.yaml 里没有“公网”这个发布目标（有：web）\n"
        "         site.yaml has no publish target “公网” (it has web)\n",
    )
