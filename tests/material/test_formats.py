"""What LibreOffice reads in a few files is what our own readers read."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from portal.material.deadlines import Deadlines
from portal.material.recipe import dice_of
from portal.material.spending import Spending
from portal.material.timetable import Timetable
from portal.material.weather import Weather
from tests.material import readers

# Separator « ; », quotes, UTF-8, from the first line, French.
FRENCH_CSV = "Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true"


def through_libreoffice(made, folder: Path) -> list[list[readers.Value]]:
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc"
    source = folder / made.file.name
    source.write_bytes(made.file.content)
    filters = [f"--infilter={FRENCH_CSV}"] if source.suffix == ".csv" else []
    command = [program, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", *filters]
    command += ["--convert-to", "fods", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    rows = readers.odf_sheets(source.with_suffix(".fods").read_bytes())[0]
    # Without the empty cells at the edges of the sheet.
    width = sum(title != "" for title in rows[0])
    full = [row[:width] for row in rows if any(cell != "" for cell in row)]
    return [[round(cell, 6) if isinstance(cell, Decimal) else cell for cell in row] for row in full]


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx"])
def test_libreoffice_reads_what_we_read(kind, tmp_path):
    recipes = [Spending(format=kind), Weather(format=kind), Deadlines(format=kind)]
    if kind != "csv":
        recipes.append(Timetable(format=kind))
    for recipe in recipes:
        made = recipe.make(dice_of("office"))

        assert through_libreoffice(made, tmp_path) == readers.sheets(made.file.name, made.file.content)[0]
