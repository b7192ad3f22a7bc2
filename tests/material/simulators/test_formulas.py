"""Formulas of the spreadsheet: what they are worth, how they are copied, what is refused."""

import math
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.material.simulators.calculation import values_of
from portal.material.simulators.cell_values import Fail, number_of, shown
from portal.material.simulators.formula import (
    DEEPEST,
    LONGEST,
    Place,
    Unreadable,
    moved,
    tree_of,
    with_row_at,
)

CELLS = {"A1": "3", "A2": "12,5", "A3": "Lyon", "A5": "lyon", "B1": "=1/0", "C1": "10 %", "C2": "VRAI"}
# Formula, French value: what the spreadsheets of the schools say too.
KNOWN = [
    ("=1+2*3", "7"),
    ("=(1+2)*3", "9"),
    ("=-2^2", "4"),
    ("=2^3^2", "64"),
    ("=10-2-3", "5"),
    ("=50%*8", "4"),
    ("=1,5+1,25", "2,75"),
    ("=0,1+0,2=0,3", "VRAI"),
    ('="a"&1,5&"b"', "a1,5b"),
    ('="Lyon"="LYON"', "VRAI"),
    ("=2<>2", "FAUX"),
    ('=9>"a"', "FAUX"),
    ("=somme(a1:a5)", "15,5"),
    ("=SOMME($A$1;A2;4)", "19,5"),
    ("=MOYENNE(A1:A5)", "7,75"),
    ("=MOYENNE(D1:D3)", "#DIV/0!"),
    ("=MIN(A1:A5)-MAX(A1:A5)", "-9,5"),
    ("=NB(A1:C5)", "3"),
    ('=NB.SI(A1:A5;"lyon")', "2"),
    ('=NB.SI(A1:A5;">=3")', "2"),
    ("=NB.SI(A1:A5;12,5)", "1"),
    ('=SOMME.SI(A1:A2;">3")', "12,5"),
    ('=SOMME.SI(A3:A5;"Lyon";A1:A3)', "3"),
    ('=SI(A1>2;"oui";1/0)', "oui"),
    ("=SI(A1>9;1)", "FAUX"),
    ("=ARRONDI(2,345;2)", "2,35"),
    ("=ARRONDI(-2,5;0)", "-3"),
    ("=A4+1", "1"),
    ("=D99", "0"),
    ("=A3+1", "#VALEUR!"),
    ("=A1:A2+1", "#VALEUR!"),
    ("=SUM(A1)", "#NOM?"),
    ("=total", "#NOM?"),
    ("=SOMME(A1:B1)", "#DIV/0!"),
    ("=#REF!+1", "#REF!"),
    ("=10^400", "#NOMBRE!"),
    ("=(-1)^0,5", "#NOMBRE!"),
    ("=SI(A1)", "#VALEUR!"),
    ("=SOMME(A1,A2)", "#ERREUR!"),
    ("=(1", "#ERREUR!"),
    ("=1.5", "#ERREUR!"),
    ("=", "#ERREUR!"),
    ("=D2:", "#ERREUR!"),
    ("=SI(;;)", "#ERREUR!"),
]


def worth(formula: str, cells: dict[str, str] | None = None) -> str:
    """Give what a formula in L40 shows."""
    return shown(values_of({**(CELLS if cells is None else cells), "L40": formula})[Place(12, 40)])


@pytest.mark.parametrize(("formula", "value"), KNOWN)
def test_a_formula_is_worth_what_a_french_spreadsheet_says(formula, value):
    assert worth(formula) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        ("1 250,50 €", "1250,5"),
        ("15 %", "0,15"),
        ("-3,5", "-3,5"),
        ("12.5", "12.5"),
        ("'12", "12"),
        ("vrai", "VRAI"),
        ("12 h", "12 h"),
        ("1,2,3", "1,2,3"),
        ("٣", "٣"),
    ],
)
def test_what_is_typed_is_a_number_only_in_french(typed, value):
    assert shown(values_of({"A1": typed})[Place(1, 1)]) == value


@pytest.mark.parametrize(
    ("columns", "rows", "copied"),
    [
        (0, 1, "=A2+$A1+A$1+$A$1*SOMME(B2:C3)"),
        (1, 0, "=B1+$A1+B$1+$A$1*SOMME(C1:D2)"),
    ],
)
def test_a_copied_formula_follows_but_for_its_dollars(columns, rows, copied):
    if rows:
        copied = copied.replace("$A1+", "$A2+")
    assert moved("=A1+$A1+A$1+$A$1*SOMME(B1:C2)", columns, rows) == copied


def test_a_copy_out_of_the_sheet_is_a_reference_error():
    assert moved("=A1", -1, 0) == "=#REF!"
    assert worth(moved("=SOMME(A1:A3)", 0, -1)) == "#REF!"
    assert moved("=(A1", 0, 1) == "=(A2" and moved("A1", 0, 1) == "A1"


def test_an_inserted_row_stretches_what_goes_over_it():
    assert with_row_at("=SOMME(A2:A5)+$B$1", 3) == "=SOMME(A2:A6)+$B$1"


def test_formulas_that_use_themselves_are_told():
    values = values_of({"A1": "=B1", "B1": "=A1+1", "C1": "=B1", "D1": "=D1", "E1": "=1+1"})
    assert [values[Place(one, 1)] for one in range(1, 6)] == [Fail.REFERENCE] * 4 + [2.0]


def test_a_long_chain_of_cells_is_worked_out():
    chain = {f"{column}{row}": "1" for column in "A" for row in [1]}
    chain |= {f"A{row}": f"=A{row - 1}+1" for row in range(2, 41)}
    assert values_of(chain)[Place(1, 40)] == 40.0


@pytest.mark.parametrize(
    "formula",
    [
        "=" + "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1),
        "=" + "-" * (DEEPEST + 1) + "1",
        "=1" + "+1" * LONGEST,
        "=__import__('os')",
        '="a',
        "=A1;A2",
        "=1 2",
    ],
)
def test_what_is_too_deep_too_long_or_not_a_formula_is_not_read(formula):
    with pytest.raises(Unreadable):
        tree_of(formula)


@given(st.text(alphabet='=AB12()+-*/^&<>;:,%$"# SOMEI.', max_size=60))
def test_any_text_gives_a_value(text):
    assert isinstance(worth("=" + text), str)
    moved("=" + text, 3, 3)
    with_row_at("=" + text, 2)


NUMBERS = st.integers(0, 999).map(lambda number: number / 4)
TREES = st.recursive(
    NUMBERS.map(lambda number: (f"{number:.2f}".replace(".", ","), repr(number))),
    lambda deeper: st.tuples(deeper, st.sampled_from("+-*/"), deeper).map(
        lambda one: (f"({one[0][0]}{one[1]}{one[2][0]})", f"({one[0][1]}{one[1]}{one[2][1]})")
    ),
    max_leaves=8,
)


@given(TREES)
def test_arithmetic_is_that_of_python(pair):
    french, python = pair
    try:
        wanted = eval(python, {"__builtins__": {}})  # noqa: S307 (made of numbers and signs above)
    except ZeroDivisionError:
        assert worth("=" + french) == "#DIV/0!"
        return
    found = values_of({"L40": "=" + french})[Place(12, 40)]
    assert isinstance(found, float) and math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 4)))
def test_a_number_shown_is_read_again(number):
    read = number_of(shown(number))
    assert read is not None and math.isclose(read[0], number, rel_tol=1e-9, abs_tol=1e-9)


ENGLISH = {
    "SOMME.SI(": "SUMIF(",
    "NB.SI(": "COUNTIF(",
    "SOMME(": "SUM(",
    "MOYENNE(": "AVERAGE(",
    "NB(": "COUNT(",
}
ENGLISH |= {"SI(": "IF(", "ARRONDI(": "ROUND(", "VRAI": "TRUE", "FAUX": "FALSE"}


@pytest.mark.browser
def test_libreoffice_says_the_same(tmp_path: Path) -> None:
    formulas = [(formula, value) for formula, value in KNOWN if "#" not in value and "A3:A5" not in formula]
    # There VRAI in a cell counts as a number.
    formulas = [one for one in formulas if one[0] != "=NB(A1:C5)"]
    rows = ["3,10%", "12.5,TRUE", "Lyon,", ",", "lyon,"]
    for formula, _ in formulas:
        # Column C of our sheet is B there; commas become points and semicolons stay in a quoted field.
        english = formula.upper().replace(",", ".")
        for french, name in ENGLISH.items():
            english = english.replace(french, name)
        rows.append('"' + english.replace(";", ",").replace('"', '""') + '",')
    (tmp_path / "feuille.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    form = "44,34,76,1,,1033,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = ["soffice", "--headless", profile, f"--infilter=CSV:{form}"]
    command += ["--convert-to", f"csv:Text - txt - csv (StarCalc):{form}", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "feuille.csv")], check=True, timeout=180, capture_output=True)
    made = next((tmp_path / "out").iterdir()).read_text(encoding="utf-8").splitlines()[5:]
    found = [row.split(",")[0].strip('"').replace(".", ",") for row in made]
    # There a truth is a number.
    wanted = [{"VRAI": "1", "FAUX": "0"}.get(value, value) for _, value in formulas]
    found = [{"TRUE": "1", "FALSE": "0"}.get(value, value) for value in found]
    texts = [formula for formula, _ in formulas]
    found, wanted = [one.upper() for one in found], [one.upper() for one in wanted]
    assert dict(zip(texts, found, strict=True)) == dict(zip(texts, wanted, strict=True))
