"""`manage.py import_holdings --officer ana@nfis.example --file NFIS-2026-K7QW3M --side a RECORDS.csv`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Officer
from cases.entities import actions, transport
from cases.entities.actions import Taken
from kernel.errors import DomainError

WIDTH = 30


class Command(BaseCommand):
    help = "Takes a register of holdings (CSV) into a case file as one record with its mentions. May be cut off and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--officer", required=True, help="e-mail address of the officer whose deed this is")
        parser.add_argument("--file", required=True, help="reference of the case file that becomes its home")
        parser.add_argument("--side", default="", choices=["", "a", "b"], help="only the rows of this side, where the file has several")
        parser.add_argument("--handling", default="", help="handling code of the agency's scheme; its strictest unless given")
        parser.add_argument("records", type=Path, metavar="RECORDS.csv")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["records"]
        officer = Officer.objects.select_related("agency", "unit").filter(email=options["officer"].lower(), is_active=True).first()
        if officer is None:
            raise CommandError("No officer signs in with this address.")
        try:
            measured = transport.measure(path)
            source = actions.Source(options["side"], measured.digest, options["handling"])
            taken = actions.import_holdings(
                officer=officer, reference=options["file"], source=source, rows=transport.read(path, source.side),
                told=lambda so_far: self._show(so_far, max(measured.lines, 1)),
            )  # fmt: skip
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._report(taken)

    def _show(self, taken: Taken, lines: int) -> None:
        """A bar for somebody who watches, nothing for a log."""
        if self.stderr.isatty():
            done = min(taken.line / lines, 1)
            self.stderr.write(f"\r[{'#' * int(done * WIDTH):{WIDTH}}] {done:4.0%} {taken.read} rows, {taken.new} new", ending="")

    def _report(self, taken: Taken) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        for fault in taken.faults:
            self.stderr.write(f"line {fault.line}: {fault}")
        if taken.faulty > len(taken.faults):
            self.stderr.write(f"and {taken.faulty - len(taken.faults)} more rows with faults")
        self.stdout.write(f"{taken.read} rows read: {taken.new} new, {taken.known} known already, {taken.faulty} with faults.")
        if taken.faulty == taken.read:
            raise CommandError("Not one row could be used.")
