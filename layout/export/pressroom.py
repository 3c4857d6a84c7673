"""Writes what leaves for the press: print files with the order of their pages, and deliveries."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from layout.export.delivery import delivered, delivered_names, delivered_parcels, folder_name, sheets_name, with_order
from layout.export.files import write_files, write_folder
from layout.export.imposition import Side
from layout.export.order import Ordered
from layout.export.printing import PrintFiles, page_file_name, sheets_file_name
from layout.frame import Page
from layout.manifest.issue import Issue


class Pressroom(NamedTuple):
    """What leaves for the press; without sides there is no order of pages."""

    issue: Issue
    pages: tuple[Page, ...]
    files: PrintFiles
    sides: tuple[Side, ...]

    def write_print(self, folder: Path) -> None:
        """Write the print files, and beside imposed sheets the order of pages."""
        name, files = self.issue.name, self.files.named(self.issue)
        if self.files.sheets is not None:
            names = {number: page_file_name(self.issue, number) for number in self.files.pages}
            ordered = self._ordered(names, files, sheets_file_name(self.issue))
            files |= with_order(ordered, f"{name}_order.json", f"{name}_order.txt")
        write_files(folder, files, (f"{name}*.pdf", f"{name}_order.*"))

    def write_delivery(self, folder: Path) -> None:
        """Write the delivered folder."""
        files = delivered_parcels(self.issue, self.files.pages, self.files.issue, self.files.sheets)
        ordered = self._ordered(delivered_names(self.issue), files, sheets_name(self.issue))
        write_folder(folder / folder_name(self.issue), delivered(ordered))

    def _ordered(self, names: Mapping[int, str], files: Mapping[str, bytes], sheets: str) -> Ordered:
        plates = {page.number: [plate.value for plate in self.files.plates[page.number]] for page in self.pages}
        return Ordered(self.issue, self.pages, self.sides, names, plates, files, sheets)
