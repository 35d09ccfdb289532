"""The command that makes sure a machine has usable reference tables before it serves anybody."""

import click

from matchmaker.reference import (
    certificates,
    hs,
    hs_search,
    identifiers,
    legal_forms,
    nace,
    partnerships,
    regions,
)


@click.command("load-reference")
def load_reference() -> None:
    """Read all packaged reference tables and print how many entries each has; fails on a broken table."""
    counts = {
        "HS codes": len(hs.all_codes()),
        "HS wordings": len(hs_search.index().wordings),
        "NACE codes": len(nace.all_codes()),
        "regions": len(regions.all_regions()),
        "certificates": len(certificates.all_certificates()),
        "partnership types": len(partnerships.all_types()),
        "legal forms": len(legal_forms.all_forms()),
        "identifier schemes": len(identifiers.all_schemes()),
    }
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
