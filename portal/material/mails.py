"""E-mails as files: their headers, a link that leads elsewhere, a thread."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe

_EML = "message/rfc822"
_PARIS = ZoneInfo("Europe/Paris")
_ATTACHMENTS = ("programme", "plan", "liste", "planning", "fiche", "reglement", "calendrier", "consignes")


def _message(dice: random.Random, headers: dict[str, str], at: datetime) -> EmailMessage:
    """Start a message in Paris time, with an identifier of its own; its headers can be read as a text."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=990, utf8=True))
    for name, value in headers.items():
        message[name] = value
    message["Date"] = at.replace(tzinfo=_PARIS)
    domain = headers["From"].rpartition("@")[2].rstrip(">")
    message["Message-ID"] = f"<{dice.randrange(10**9, 10**10)}@{domain}>"
    return message


def _bytes(message: EmailMessage) -> bytes:
    """Write a message, with a boundary that does not come from chance."""
    if message.is_multipart():
        message.set_boundary("=_partie_1")
    return message.as_bytes()


def _local(name: str) -> str:
    return words.plain(name).replace("-", ".")


class MailHeaders(Recipe):
    """The pupil opens a message: who really wrote, where an answer would go, when, with which attachment."""

    generator: Literal["courriel-entetes"]
    context: Context | None = None
    has_reply_to: bool = Field(True, description="An answer would go to another address than the sender's.")

    def make(self, dice: random.Random) -> Made:
        """Write the message, then name what its headers say."""
        setting = words.setting_of(self.context, dice)
        shown, other, reader = words.people(dice, 3, in_ascii=True)
        host = f"{words.plain(dice.choice(words.TOWNS))}-{dice.choice(words.WORDS[:4])}.example"
        # One trap at a time: who writes is who is shown, where the answer is what goes elsewhere.
        address = f"{_local(shown if self.has_reply_to else other)}@{host}"
        box = f"{dice.choice(words.WORDS[5:8])}{dice.randrange(10, 100)}"
        reply = f"{box}@reponses-{words.plain(dice.choice(words.TOWNS))}.test"
        reader_address = f"{_local(reader)}@college.example"
        topic = dice.choice(setting.topics)
        subject, at = f"{setting.project}\u00a0: {topic[0].lower()}{topic[1:]}", words.a_moment(dice)
        attachment = f"{dice.choice(_ATTACHMENTS)}-{dice.randrange(10, 100)}.csv"
        headers = {"From": f'"{shown}" <{address}>', "To": f'"{reader}" <{reader_address}>'}
        headers["Subject"] = subject
        if self.has_reply_to:
            headers["Reply-To"] = reply
        message = _message(dice, headers, at)
        message.set_content(
            f"Bonjour {reader.split()[0]},\n\nVous trouverez en pièce jointe le document demandé.\n"
            f"Dites-moi si tout est clair.\n\n{shown}\n{setting.name}\n",
            cte="8bit",
        )
        table = "\n".join(
            ["Rubrique;Quantité", *(f"{topic};{dice.randrange(1, 30)}" for topic in setting.topics)]
        )
        message.add_attachment(table.encode(), maintype="text", subtype="csv", filename=attachment)
        answers = {
            "adresse_expediteur": (address,),
            "domaine_expediteur": (host,),
            "adresse_reponse": (reply if self.has_reply_to else address,),
            "date": words.day_spellings(at.date()),
            "heure": words.hour_spellings(at.hour * 60 + at.minute),
            "piece_jointe": words.file_spellings(attachment),
            "objet": (subject,),
        }
        expected = f"{_local(shown)}@{setting.domain}"
        wrong = {
            "adresse_expediteur": (expected, reader_address, *((reply,) if self.has_reply_to else ())),
            "domaine_expediteur": (setting.domain, "college.example"),
            "adresse_reponse": (expected, reader_address, *((address,) if self.has_reply_to else ())),
            "date": words.near_days(dice, at.date()),
        }
        file = MadeFile("message-recu.eml", _EML, _bytes(message))
        return Made(file, {"nom_affiche": shown, "organisateur": setting.name}, answers, wrong)


_TASKS = (
    ("Votre inscription est presque finie", "Il reste une case à cocher dans votre dossier.", "dossier"),
    ("Votre carte est prête", "Vous pouvez choisir le jour où vous viendrez la retirer.", "carte"),
    ("Un document vous attend", "Un document vous attend jusqu’à la fin du mois.", "document"),
    ("Confirmez votre adresse", "Votre adresse est à confirmer en une minute.", "adresse"),
)
_NEW_HOSTS = ("espace-client", "verif-compte", "acces-rapide", "mon-suivi", "portail-direct", "service-info")


class MisleadingLink(Recipe):
    """The pupil finds where a link really leads: its text shows one address, its target is another."""

    generator: Literal["courriel-lien"]
    format: Literal["eml", "html"] = "eml"
    context: Context | None = None
    trick: Literal["autre", "sous-domaine", "ressemblant"] = "autre"

    def make(self, dice: random.Random) -> Made:
        """Write three honest links and one that leads elsewhere."""
        setting = words.setting_of(self.context, dice)
        (reader,) = words.people(dice, 1, in_ascii=True)
        subject, sentence, path = dice.choice(_TASKS)
        town = words.plain(dice.choice(words.TOWNS))
        honest = f"{setting.slug}-{town}.example"
        domain, host = self._target(dice, setting.slug, town, honest)
        shown, target = (
            f"https://www.{honest}/{path}",
            f"https://{host}/{path}?ref={dice.randrange(1000, 10000)}",
        )
        kind = dice.sample(setting.topics, 3)
        links = [(f"https://www.{honest}/{words.plain(one)}",) * 2 for one in kind]
        links.insert(dice.randrange(4), (shown, target))
        page = _page(
            subject, f"Bonjour {reader.split()[0]}, {sentence[0].lower()}{sentence[1:]}", links, setting.name
        )
        if self.format == "html":
            file = MadeFile("message-recu.html", "text/html", page.encode())
        else:
            headers = {
                "From": f'"{setting.name}" <nouvelles@{honest}>',
                "To": f'"{reader}" <{_local(reader)}@college.example>',
                "Subject": subject,
            }
            message = _message(dice, headers, words.a_moment(dice))
            message.set_content(f"{sentence}\n{shown}\n", cte="8bit")
            message.add_alternative(page, subtype="html", cte="8bit")
            file = MadeFile("message-recu.eml", _EML, _bytes(message))
        answers = {"domaine": (domain,), "hote": (host,), "adresse": (target,), "adresse_affichee": (shown,)}
        wrong = {
            "domaine": (honest, "college.example", f"{setting.slug}.test"),
            "hote": (f"www.{honest}", f"www.{setting.slug}.test"),
            "adresse_affichee": tuple(text for text, link in links if text == link),
        }
        return Made(
            file, {"organisateur": setting.name, "texte_lien": shown, "site_officiel": honest}, answers, wrong
        )

    def _target(self, dice: random.Random, slug: str, town: str, honest: str) -> tuple[str, str]:
        """Give the domain to find, and the whole name of the machine."""
        other = f"{dice.choice(_NEW_HOSTS)}-{dice.randrange(10, 100)}.test"
        match self.trick:
            case "autre":
                return other, f"www.{other}"
            case "sous-domaine":
                return other, f"www.{honest}.{other}"
            case "ressemblant":
                near = f"{slug}-{town}-{dice.choice(_NEW_HOSTS)}.test"
                return near, f"www.{near}"


def _page(title: str, sentence: str, links: list[tuple[str, str]], name: str) -> str:
    items = "\n".join(f'<li><a href="{escape(link)}">{escape(text)}</a></li>' for text, link in links)
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<p>{escape(sentence)}</p>\n<ul>\n{items}\n</ul>\n"
        f"<p>{escape(name)}</p>\n</body>\n</html>\n"
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message of the thread: a proposal, a decision, or thanks where there is no day."""

    author: str
    at: datetime
    text: str
    day: date | None = None
    place: str = ""


_OPENINGS = (
    "Je propose",
    "Pour ma part, je préfère",
    "Finalement, il vaudrait mieux",
    "J’ai vérifié, nous pourrions prendre",
)


class MailThread(Recipe):
    """The pupil reads a thread from its oldest message to the newest: who is in copy, what is decided in the end."""

    generator: Literal["fil-courriels"]
    context: Context | None = None
    messages: int = Field(4, ge=3, le=6, description="With a day and a place; or one or two more.")

    def make(self, dice: random.Random) -> Made:
        """Write the messages, each quoting the one before: proposals, a decision, thanks."""
        setting = words.setting_of(self.context, dice)
        persons = words.people(dice, 6, in_ascii=True)
        writers, copied = persons[:3], persons[3:5]
        letters = self._letters(dice, writers)
        first, decision, last = letters[0], letters[-2], letters[-1]
        # Whoever wrote is sent the rest: somebody who is not in copy is not forgotten either.
        readers = [one for one in writers if one != last.author]
        headers = {
            "From": _address(last.author, setting),
            "To": ", ".join(_address(one, setting) for one in readers),
            "Cc": ", ".join(_address(one, setting) for one in copied),
            "Subject": f"Re: {setting.project}",
        }
        message = _message(dice, headers, last.at)
        message.set_content(_quoted(letters, setting), cte="8bit")
        days = [words.day_spellings(one.day) for one in letters if one.day]
        counted = [one.author for one in letters]
        return Made(
            MadeFile("fil-de-discussion.eml", _EML, _bytes(message)),
            {
                "objet": setting.project,
                "present_en_copie": copied[0],
                "auteur_dernier": last.author,
                "auteur_decision": decision.author,
            },
            {
                "autre_en_copie": words.name_spellings(copied[1]),
                "date_decidee": days[-1],
                "lieu_decide": (decision.place,),
                "premiere_date": days[0],
                "auteur_premier": words.name_spellings(first.author),
                "nombre_messages": (str(len(letters)),),
            },
            {
                "autre_en_copie": (*writers, persons[5]),
                "date_decidee": tuple(dict.fromkeys(day[0] for day in days[:-1])),
                "lieu_decide": tuple(one.place for one in letters[:-2]),
                "premiere_date": tuple(dict.fromkeys(day[0] for day in days[1:])),
                "auteur_premier": tuple(dict.fromkeys(one for one in counted if one != first.author)),
                "nombre_messages": words.near_numbers(dice, len(letters), least=1),
            },
        )

    def _letters(self, dice: random.Random, writers: list[str]) -> list[_Letter]:
        start = words.a_moment(dice)
        many = self.messages + dice.randrange(3)
        weeks, places = dice.sample(range(2, 10), many), dice.sample(words.ROOMS, many)
        found: list[_Letter] = []
        for number, (week, place) in enumerate(zip(weeks, places, strict=True)):
            day = words.working_day(start.date() + timedelta(days=7 * week + dice.randrange(5)))
            verb = "C’est décidé, nous retenons" if number == many - 1 else _OPENINGS[number % 4]
            text = f"{verb} le {words.full_day(day)}. Lieu\u00a0: {place}."
            at = start + timedelta(days=number, minutes=7 * number)
            found.append(_Letter(writers[number % 3], at, text, day, place))
        at = start + timedelta(days=many, minutes=7 * many)
        return [*found, _Letter(writers[many % 3], at, "Merci, c’est noté.")]


def _address(name: str, setting: words.Setting) -> str:
    return f'"{name}" <{_local(name)}@{setting.domain}>'


def _quoted(letters: list[_Letter], setting: words.Setting) -> str:
    """Write the newest message, and the older ones under it, one « > » deeper each."""
    lines: list[str] = []
    for depth, letter in enumerate(reversed(letters)):
        mark = "> " * depth
        if depth:
            lines.append(
                f"{'> ' * (depth - 1)}Le {letter.at:%d/%m/%Y à %H:%M}, {letter.author} a écrit\u00a0:"
            )
        greeting = f"Bonjour à tous, au sujet du projet «\u00a0{setting.project}\u00a0»\u00a0:"
        lines += [f"{mark}{greeting if depth == len(letters) - 1 else 'Bonjour,'}", f"{mark}{letter.text}"]
        lines += [f"{mark}{letter.author.split()[0]}", mark.rstrip()]
    return "\n".join(lines) + "\n"
