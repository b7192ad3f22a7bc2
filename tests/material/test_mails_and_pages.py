"""Messages and web pages, read again by the parsers of a mail program and of a browser."""

import email
import re
from email.policy import default
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from urllib.parse import urlsplit

import lxml.html
import pytest
from lxml import etree

from portal.material.document_words import plain
from portal.material.mails import MailHeaders, MailThread, MisleadingLink
from portal.material.pages import PageLinks, PageSource
from tests.material.document_checks import check, day_in, days_in


def message(made):
    return email.message_from_bytes(made.file.content, policy=default)


def header_lines(made):
    """Give the headers as a text editor shows them."""
    return made.file.content.decode().partition("\r\n\r\n")[0]


@pytest.mark.parametrize("has_reply_to", [True, False])
def test_the_headers_say_who_really_wrote(has_reply_to):
    def truth(made):
        mail = message(made)
        name, address = parseaddr(str(mail["From"]))
        (attachment,) = mail.iter_attachments()
        at = parsedate_to_datetime(mail["Date"])
        assert name == made.values["nom_affiche"] and (mail["Reply-To"] is not None) == has_reply_to
        assert at.utcoffset().total_seconds() in {3600, 7200} and not mail.defects
        assert name in made.file.content.decode() and "=?" not in made.file.content.decode(), "coded headers"
        assert (plain(name) in address.replace(".", "-")) == has_reply_to, "two traps at once, or none"
        return {
            "adresse_expediteur": address,
            "domaine_expediteur": address.partition("@")[2],
            "adresse_reponse": str(mail["Reply-To"]) if has_reply_to else address,
            "date": f"{at:%Y-%m-%d}",
            "heure": f"{at:%H:%M}",
            "piece_jointe": attachment.get_filename(),
            "objet": str(mail["Subject"]),
        }

    check(MailHeaders(generator="courriel-entetes", has_reply_to=has_reply_to), truth)


@pytest.mark.parametrize("kind", ["eml", "html"])
@pytest.mark.parametrize("trick", ["autre", "sous-domaine", "ressemblant"])
def test_one_link_leads_elsewhere(kind, trick):
    def truth(made):
        page = (
            made.file.content.decode() if kind == "html" else message(made).get_body(("html",)).get_content()
        )
        links = [(one.text, one.get("href")) for one in lxml.html.fromstring(page).iter("a")]
        ((shown, target),) = [
            (text, to) for text, to in links if urlsplit(text).hostname != urlsplit(to).hostname
        ]
        assert shown == made.values["texte_lien"] and made.values["site_officiel"] in shown
        host = urlsplit(target).hostname
        return {
            "domaine": ".".join(host.split(".")[-2:]),
            "hote": host,
            "adresse": target,
            "adresse_affichee": shown,
        }

    check(MisleadingLink(generator="courriel-lien", format=kind, trick=trick), truth)


@pytest.mark.parametrize("messages", [3, 6])
def test_the_newest_message_of_a_thread_decides(messages):
    def truth(made):
        mail = message(made)
        text = mail.get_content()
        copied = [name for name, _ in getaddresses([str(mail["Cc"])])]
        (other,) = [name for name in copied if name != made.values["present_en_copie"]]
        depths = [len(re.match(r"(?:> )*", line)[0]) // 2 for line in text.splitlines()]
        oldest = [line for line, depth in zip(text.splitlines(), depths, strict=True) if depth == max(depths)]
        decided = next(line for line in text.splitlines() if "C’est décidé" in line)
        authors = re.findall(r"\d, (\w+ \w+) a écrit", text)
        assert len(set(days_in(text))) == len(authors) >= messages, "only the last message has no day"
        assert decided.startswith("> ") and authors[0] == made.values["auteur_decision"]
        to, sender = getaddresses([str(mail["To"])]), parseaddr(str(mail["From"]))[0]
        assert {*authors, sender} == {sender, *(name for name, _ in to)}, "an author is not sent the answer"
        assert ", ".join(copied).isascii() and all(f'"{name}"' in header_lines(made) for name in copied)
        return {
            "autre_en_copie": other,
            "date_decidee": day_in(decided),
            "lieu_decide": decided.rpartition("\u00a0: ")[2].rstrip("."),
            "premiere_date": day_in("\n".join(oldest)),
            "auteur_premier": authors[-1],
            "nombre_messages": len(authors) + 1,
        }

    check(MailThread(generator="fil-courriels", messages=messages), truth)


@pytest.mark.parametrize("links", [4, 10])
def test_a_page_has_one_link_that_leaves_the_site(links):
    def truth(made):
        page = lxml.html.fromstring(made.file.content)
        found = {one.text: one.get("href") for one in page.iter("a")}
        ((text, outside),) = [(text, to) for text, to in found.items() if made.values["site"] not in to]
        target = found[made.values["lien"]]
        assert len(set(found.values())) == links
        assert page.get("lang") == "fr" and page.findtext(".//title").startswith(page.findtext(".//h1"))
        assert page.find(".//img").get("src").startswith("data:image/svg+xml,"), (
            "the picture would be missing"
        )
        return {
            "destination": target,
            "fichier_destination": target.rpartition("/")[2],
            "lien_externe": text,
            "site_externe": urlsplit(outside).hostname.removeprefix("www."),
            "titre_onglet": page.findtext(".//title"),
            "auteur": page.find(".//span[@class='auteur']").text,
            "date_publication": page.find(".//time").get("datetime"),
            "alternative": page.find(".//img").get("alt"),
        }

    check(PageLinks(generator="page-liens", links=links), truth)


@pytest.mark.parametrize("context", [None, "stage"])
def test_the_source_of_a_page_says_more(context):
    def truth(made):
        page = lxml.html.fromstring(made.file.content)
        said = {one.get("name"): one.get("content") for one in page.iter("meta")}
        (comment,) = [one for one in page.iter() if one.tag is etree.Comment]
        assert page.get("lang") == "fr" and made.values["titre"] in page.findtext(".//title")
        return {
            "description": said["description"],
            "commentaire": comment.text.rpartition(" : ")[2].strip(),
            "auteur": said["author"],
            "code_masque": int(page.xpath("string(//p[@hidden])").rpartition(" ")[2]),
        }

    check(PageSource(generator="page-source", context=context), truth)
