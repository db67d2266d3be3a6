"""`fenban doctor`: is everything in place, and how to get what is missing."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Check the installation; exit code 1 if the main job can't run."""
    from nlp.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(f"{'✓' if finding.fine else '✗'} {finding.text}")
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)
