"""`fenban doctor`: is everything in place, and how to get what is missing."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Check the installation; exit code 1 if the main job can't run."""
    from nlp.doctor import examine

    findings = examine()
    for finding in findings:
        mark = "✓" if finding.fine else "–" if finding.optional else "✗"
        typer.echo(f"{mark} {finding.text}")
    raise typer.Exit(0 if all(f.fine or f.optional for f in findings) else 1)
