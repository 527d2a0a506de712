"""Mutated HTML files and addresses through the link checker: whatever comes, it must not raise.

    python -m bench.fuzz --files 100000 --seed 1

Files are checked in folders of a hundred, as `gongkai links` does; the seed of one that raises is said. Of the
addresses in them each is judged as part of its page, and another hundred thousand alone.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from generator.html_links import Origin, check, origin_of
from generator.html_links.addresses.folder import Folder
from generator.html_links.addresses.resolve import Resolver, Scope
from generator.html_links.collect import Link
from generator.html_links.judging.verdicts import verdict
from tests.test_html_links_robust import HREFS, SEED, mutated

_FOLDER = 100
_ORIGINS = (Origin(), origin_of("https://www.example.gov.cn/a/"))
_SIGNS = "abc/.:?#%&=@[]()<>\\\"' \t\n\x00\u3000\u200b\ufffd：／。〔〕附件\U0001f600"


def files(rng: random.Random, count: int) -> dict[str, bytes]:
    """So many mutated pages, with the style sheet, drawing and sitemap that they lead to."""
    seed = SEED.encode(rng.choice(("utf-8", "gb18030", "utf-16")))
    made = {f"{number}.html": mutated(seed, rng) for number in range(count)}
    made |= {"b.html": SEED.encode(), "s.svg": mutated(SEED.encode(), rng)}
    made |= {"x.pdf": mutated(b"%PDF-1.4 0000", rng), "c.css": mutated(SEED.encode(), rng)}
    made["sitemap.xml"] = mutated(b"<urlset><url><loc>x</loc></url></urlset>", rng)
    return made


def check_files(seed: int) -> bool:
    """Whether a folder made from `seed` is checked without an exception."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files(rng, _FOLDER).items():
            (Path(folder) / path).write_bytes(content)
        try:
            check(Path(folder), rng.choice(_ORIGINS))
        except Exception:
            traceback.print_exc()
            return False
    return True


def address(rng: random.Random) -> str:
    """An address that may hold anything."""
    parts = [rng.choice(HREFS) for _ in range(rng.randrange(3))]
    parts += ["".join(rng.choice(_SIGNS) for _ in range(rng.randrange(12)))]
    rng.shuffle(parts)
    return "".join(parts)


def check_addresses(seed: int, count: int) -> int:
    """How many of so many addresses made from `seed` raise."""
    rng = random.Random(seed)
    raised = 0
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "a").mkdir()
        (Path(root) / "a" / "x.html").write_bytes(b"")
        resolvers = [Resolver(Folder(Path(root)), origin) for origin in _ORIGINS]
        for _ in range(count):
            href, base, resolver = address(rng), address(rng), rng.choice(resolvers)
            try:
                scope = rng.choice((Scope.at("a/x.html"), resolver.scope("a/x.html", base)))
                element = rng.choice(("a", "img", "form", "link", "loc"))
                text = address(rng)
                verdict(Link(element, "href", href, text, "", scope), resolver.resolve(href, scope))
            except Exception:
                raised += 1
                print(f"address {href!r} on {base!r}", file=sys.stderr)
                traceback.print_exc()
    return raised


def main() -> None:
    """Run it from the command line; the exit code says whether anything raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.process_time()
    folders = range(options.seed, options.seed + options.files // _FOLDER)
    bad = [seed for seed in folders if not check_files(seed)]
    raised = check_addresses(options.seed, options.addresses)
    print(
        f"{len(folders) * _FOLDER} files, seeds of folders that raised: {bad or 'none'}; "
        f"{options.addresses} addresses, {raised} raised; {time.process_time() - began:.0f} s of CPU"
    )
    sys.exit(bool(bad or raised))


if __name__ == "__main__":
    main()
