"""Brochures, invoices and the properties of a PDF, read again by pypdf."""

import io
import re
from datetime import datetime
from decimal import Decimal

import pypdf
import pytest

from portal.material.prints import Brochure, Invoice
from portal.material.recipe import dice_of
from portal.material.reports import DocumentProperties
from portal.material.school_days import is_open
from tests.material.document_checks import check, day_in, hour_in


def pages(made) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(made.file.content))
    return [page.extract_text().replace("\u202f", "").replace("\u00a0", " ") for page in reader.pages]


def amount(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", "."))


def named(text: str, page: str) -> str:
    return re.search(rf"{text} :\s*(.+)", page)[1].strip()


@pytest.mark.parametrize(
    "more", [{"activities": 4}, {"numbered": False, "activities": 6, "context": "ferme"}]
)
def test_a_brochure_has_one_page_an_activity(more):
    def truth(made):
        sheets = pages(made)
        rows = [sheet.split("\n")[0].strip() for sheet in sheets]
        at = rows.index(made.values["activite"])
        price = {
            row: amount(re.search(r"([\d,]+) €", s)[1]) for row, s in zip(rows[1:], sheets[1:], strict=True)
        }
        start = {row: hour_in(named("Horaires", s)) for row, s in zip(rows[1:], sheets[1:], strict=True)}
        assert max(price.values()) <= 12
        said = [sheet.split("\n")[1] for sheet in sheets[1:]]
        assert len(set(said)) == len(said), "two pages say the same"
        assert len(set(price.values())) == len(set(start.values())) == len(price) >= more["activities"]
        return {
            "page": at + 1,
            "nombre_pages": len(sheets),
            "activite": rows[int(made.values["page"]) - 1],
            "prix": price[rows[at]],
            "ouverture": start[rows[at]],
            "fermeture": hour_in(named("Horaires", sheets[at]).partition(" à ")[2]),
            "contact": named("Contact", sheets[at]),
            "moins_chere": min(price, key=price.get),
            "plus_chere": max(price, key=price.get),
            "plus_tot": min(start, key=start.get),
        }

    check(Brochure(generator="brochure-pdf", **more), truth, seeds=100, again=10)


@pytest.mark.parametrize(
    "more", [{}, {"tax": "5,5", "shows_total": False, "lines": 7}, {"tax": "10", "lines": 2}]
)
def test_an_invoice_adds_up(more):
    def truth(made):
        (text,) = pages(made)
        line = r"(\d+)\s([\d,]+) €\s([\d,]+) €"
        rows = [(int(n), amount(price), amount(total)) for n, price, total in re.findall(line, text)]
        assert all(count * price == total for count, price, total in rows) and len(rows) == more.get(
            "lines", 4
        )
        before = sum(total for _, _, total in rows)
        rate = Decimal(more.get("tax", "20").replace(",", ".")) / 100
        tax = Decimal(int(before * rate * 100 + Decimal("0.5"))) / 100
        assert ("TTC" in text) == more.get("shows_total", True)
        if "TTC" in text:
            assert amount(re.search(r"TTC\s*([\d,]+)", text)[1]) == before + tax
        days = [day_in(named("Date de la facture", text)), day_in(text.partition("livrée le")[2])]
        sent, delivered = (datetime.strptime(day, "%d/%m/%Y").date() for day in days)
        assert delivered < sent and is_open(sent) and is_open(delivered)
        count, _, total = re.search(rf"{made.values['article']}\s{line}", text).groups()
        return {
            "total_ttc": before + tax,
            "total_ht": before,
            "tva": tax,
            "montant": amount(total),
            "quantite": int(count),
            "date": days[0],
            "echeance": day_in(named("Date d’échéance", text)),
            "livraison": days[1],
            "numero": re.search(r"Facture n° (\S+)", text)[1],
            "numero_client": named("Numéro de client", text),
        }

    check(Invoice(generator="facture-pdf", **more), truth, seeds=70, again=10)


def test_the_properties_of_a_pdf_are_read():
    def truth(made):
        reader = pypdf.PdfReader(io.BytesIO(made.file.content))
        said = reader.metadata
        assert said.title not in reader.pages[0].extract_text()
        return {
            "auteur": said.author,
            "titre": said.title,
            "date_creation": f"{said.creation_date:%Y-%m-%d}",
            "mot_cle": said["/Keywords"],
        }

    check(DocumentProperties(generator="proprietes-document", format="pdf"), truth, seeds=100, again=10)


def test_a_pdf_is_tagged_and_in_french():
    made = Brochure(generator="brochure-pdf").make(dice_of("3"))
    root = pypdf.PdfReader(io.BytesIO(made.file.content)).trailer["/Root"]
    assert root["/Lang"].startswith("fr") and "/StructTreeRoot" in root
