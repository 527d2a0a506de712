"""Publish (发布): a finished output → the folder or web host that `site.yaml` names.

A release arrives beside those before it and becomes the present one in a single step; whatever
happens on the way, the public sees the old one whole or the new one whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from generator.config import PublishTarget
from generator.finding import Text
from generator.publish.folder import Folder
from generator.publish.host import host_of
from generator.publish.release import Place, PublishError, Release, release_of

__all__ = ["Published", "PublishError", "publish", "target_named"]


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changes for the public, by address, sorted; `name` is that of the release."""

    name: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.changed or self.removed)


def publish(built: Path, target: PublishTarget, site: Path, *, dry_run: bool) -> Published:
    """Make the output in `built` what the public sees at `target`, or only tell what that would change.

    Raises `PublishError`; what was published before is then untouched.
    """
    release = release_of(built)
    place: Place = host_of(target, site) or _folder(target, site)
    present = place.present()
    if not dry_run and present.name != release.name:
        place.put(release)
    return _difference(release, present.manifest or {})


def _difference(release: Release, before: Mapping[str, str]) -> Published:
    after = release.manifest
    return Published(
        release.name,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(url for url in after.keys() & before.keys() if after[url] != before[url])),
        tuple(sorted(before.keys() - after.keys())),
    )


def _folder(target: PublishTarget, site: Path) -> Folder:
    path = site / Path(target.to).expanduser()
    real, home = path.resolve(), site.resolve()
    if any(real.is_relative_to(home / name) for name in ("content", "templates", ".git")):
        raise PublishError(
            Text(
                f"不能发布到 {path}：那里放着站点的原稿",
                f"cannot publish to {path}: the site's sources are there",
            )
        )
    return Folder(path, target.keep)


def target_named(targets: Mapping[str, PublishTarget], name: str | None) -> PublishTarget:
    """The target `name`, or the only one; raises `PublishError` where that is not clear."""
    if not targets:
        raise PublishError(
            Text(
                "site.yaml 里没有写发布到哪里，例如 publish: {web: {to: 用户@主机:/文件夹}}",
                "site.yaml does not say where to publish; write publish: {web: {to: user@host:/folder}}",
            )
        )
    if name is None and len(targets) == 1:
        return next(iter(targets.values()))
    if name is not None and name in targets:
        return targets[name]
    known = "、".join(targets)
    if name is None:
        raise PublishError(
            Text(f"有几个发布目标，写明哪一个：{known}", f"say which target: {', '.join(targets)}")
        )
    near = process.extractOne(name, list(targets), score_cutoff=50)
    meant = Text(f"，是不是“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else Text("", "")
    raise PublishError(
        Text(
            f"site.yaml 里没有“{name}”这个发布目标（有：{known}）{meant.zh}",
            f"site.yaml has no publish target “{name}” (it has {', '.join(targets)}){meant.en}",
        )
    )
