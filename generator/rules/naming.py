"""What a site's titles say (标题所指): the organs it knows, and what a title asserts of its document."""

from __future__ import annotations

from generator.domain.organs import Organs, organs_of
from generator.model import Site


def organs(site: Site) -> Organs:
    """The dictionary of organs: those of `site.yaml`, and every issuer that front matter names."""
    own = site.config.organ
    return organs_of(
        (own.name, own.short_name, own.superior),
        ((organ.name, organ.short_names) for organ in site.config.organs),
        site.issuers,
    )
