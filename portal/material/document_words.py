"""The people, the everyday settings and the French ways of writing that the documents draw from."""

import random
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from portal.material.school_days import next_open

Context = Literal["association", "cdi", "cantine", "club", "stage", "voyage", "ferme", "mediatheque"]

FIRST_NAMES = (
    "Aminata", "Lina", "Noé", "Yanis", "Inès", "Malo", "Fatou", "Hugo", "Sofia", "Imran", "Jeanne", "Kenza",
    "Louis", "Maïa", "Nassim", "Océane", "Paul", "Rania", "Samuel", "Thaïs", "Ugo", "Violette", "Wassim", "Zoé",
    "Adèle", "Bilal", "Camille", "Diego", "Élise", "Farah", "Gaspard", "Hana", "Ilyès", "Joséphine", "Kadiatou",
    "Léandre", "Mariam", "Nino", "Ophélie", "Quentin",
)  # fmt: skip
LAST_NAMES = (
    "Abadie", "Benali", "Carpentier", "Diallo", "Estève", "Ferreira", "Garnier", "Haddad", "Iribarne", "Jolivet",
    "Kaya", "Lemoine", "Mbaye", "Nguyen", "Oliveira", "Perrin", "Quéré", "Rossi", "Sanchez", "Traoré", "Urbain",
    "Vasseur", "Weiss", "Yilmaz", "Zeller", "Bonnet", "Cissé", "Delmas", "Fontaine", "Guillou",
)  # fmt: skip
TOWNS = (
    "Bellevue", "Castelnoir", "Valdoré", "Rochebrune", "Pontclair", "Maréval", "Brissac-le-Vieux", "Fontroy",
    "Luzanne", "Grandbois", "Courbeterne", "Saint-Orens-des-Prés",
)  # fmt: skip
WORDS = (
    "mimosa", "tilleul", "bambou", "glycine", "noisette", "lavande", "myrtille", "saphir", "corail", "topaze",
    "ardoise", "galet", "hirondelle", "mésange", "héron", "libellule", "coquelicot", "érable", "cannelle", "safran",
)  # fmt: skip
ROOMS = (
    "salle Monet", "salle Curie", "salle Hugo", "salle Colette", "préau nord", "grand hall", "salle des fêtes",
    "petit gymnase", "atelier bleu", "salle polyvalente", "foyer des élèves", "amphithéâtre",
)  # fmt: skip
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RANKS = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième",
    "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """An everyday situation: who writes, about what, and what is bought.

    Attributes:
        host: the name with its article, as it starts a sentence.
    """

    name: str
    host: str
    slug: str
    project: str
    topics: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def domain(self) -> str:
        """The invented domain of its addresses."""
        return f"{self.slug}.example"


SETTINGS: dict[Context, Setting] = {
    "association": Setting(
        "Association sportive du collège", "L’association sportive du collège", "association-sportive",
        "Tournoi de fin d’année",
        ("Badminton", "Volley-ball", "Course d’orientation", "Escalade", "Handball", "Tennis de table", "Natation",
         "Athlétisme", "Basket-ball", "Cross", "Gymnastique", "Tir à l’arc", "Aviron", "Step", "Rugby à toucher"),
        ("Filet", "Lot de volants", "Ballon", "Chasuble", "Sifflet", "Tapis", "Corde à sauter", "Plot"),
    ),
    "cdi": Setting(
        "CDI du collège", "Le CDI du collège", "cdi-du-college", "Semaine de la lecture",
        ("Bandes dessinées", "Romans policiers", "Contes", "Revues", "Manga", "Poésie", "Documentaires", "Théâtre",
         "Livres sonores", "Atlas", "Dictionnaires", "Orientation", "Presse", "Romans courts", "Biographies"),
        ("Serre-livres", "Présentoir", "Coussin", "Étiquettes", "Lampe", "Casque", "Boîte de rangement",
         "Marque-page"),
    ),
    "cantine": Setting(
        "Restaurant scolaire", "Le restaurant scolaire", "restaurant-scolaire", "Semaine du goût",
        ("Potages", "Crudités", "Plats chauds", "Fromages", "Fruits", "Pains", "Desserts", "Menus végétariens",
         "Épices", "Céréales", "Légumes d’hiver", "Boissons", "Tri des déchets", "Circuits courts", "Goûters"),
        ("Pichet", "Plateau", "Saladier", "Tablier", "Louche", "Corbeille", "Torchon", "Assiette"),
    ),
    "club": Setting(
        "Club de robotique", "Le club de robotique", "club-robotique", "Défi des robots",
        ("Capteurs", "Moteurs", "Châssis", "Batteries", "Programmation", "Suivi de ligne", "Labyrinthe",
         "Bras articulé",
         "Roues", "Télécommande", "Impression en relief", "Essais", "Sécurité", "Affiches", "Jury"),
        ("Carte électronique", "Capteur", "Moteur", "Lot de vis", "Batterie", "Tournevis", "Câble", "Roue"),
    ),
    "stage": Setting(
        "Atelier Fontroy Menuiserie", "L’atelier Fontroy Menuiserie", "fontroy-menuiserie", "Accueil des stagiaires",
        ("Vestiaires", "Sécurité", "Scie à ruban", "Ponçage", "Assemblage", "Finition", "Livraison", "Stock",
         "Devis", "Bois locaux", "Horaires", "Tenue", "Rangement", "Clients", "Dessin technique"),
        ("Planche de chêne", "Colle à bois", "Boîte de vis", "Papier à poncer", "Vernis", "Charnière",
         "Poignée", "Gants"),
    ),
    "voyage": Setting(
        "Voyage scolaire des 4e", "L’équipe du voyage scolaire des 4e", "voyage-scolaire", "Voyage au bord du lac",
        ("Transport", "Hébergement", "Visite du château", "Randonnée", "Musée", "Repas", "Budget", "Trousseau",
         "Veillées", "Carnet de bord", "Règles de vie", "Photographies", "Correspondants", "Météo", "Retour"),
        ("Lampe de poche", "Sac à dos", "Trousse de secours", "Boîte à repas", "Carte de randonnée", "Gourde",
         "Poncho", "Carnet"),
    ),
    "ferme": Setting(
        "Ferme pédagogique des Tilleuls", "La ferme pédagogique des Tilleuls", "ferme-des-tilleuls",
        "Journées portes ouvertes",
        ("Potager", "Verger", "Ruches", "Chèvres", "Poulailler", "Fromagerie", "Four à pain", "Mare", "Compost",
         "Laine", "Serre", "Moutons", "Haies", "Moulin", "Plantes aromatiques"),
        ("Brouette", "Pot en terre", "Tuteur", "Panier", "Arrosoir", "Pelle", "Gants", "Râteau"),
    ),
    "mediatheque": Setting(
        "Médiathèque de Pontclair", "La médiathèque de Pontclair", "mediatheque-pontclair", "Fête de la lecture",
        ("Heure du conte", "Jeux de société", "Musique", "Cinéma", "Atelier d’écriture", "Prêt de livres",
         "Exposition",
         "Concert", "Grainothèque", "Jeux vidéo", "Initiation au dessin", "Club lecture",
         "Ludothèque", "Calligraphie",
         "Photographie"),
        ("Carte de lecteur", "Sac en toile", "Jeu de société", "Casque", "Présentoir", "Affiche",
         "Lampe", "Cahier"),
    ),
}  # fmt: skip


def setting_of(context: Context | None, dice: random.Random) -> Setting:
    """Give the setting asked for, or any."""
    return SETTINGS[context] if context else dice.choice(tuple(SETTINGS.values()))


def working_day(day: date) -> date:
    """Move a Saturday or a Sunday to the Monday that follows."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def a_day(dice: random.Random, span: int = 170) -> date:
    """Draw a day from January to June when schools are open."""
    return next_open(date(2026, 1, 5) + timedelta(days=dice.randrange(span)))


def a_moment(dice: random.Random) -> datetime:
    """Draw a working instant of the school year, on an even second."""
    return a_moment_of(dice, a_day(dice))


def a_moment_of(dice: random.Random, day: date) -> datetime:
    """Draw a working instant of a day, on an even second."""
    return datetime.combine(day, datetime.min.time()) + timedelta(
        minutes=dice.randrange(8 * 60, 18 * 60), seconds=2 * dice.randrange(30)
    )


def a_person(dice: random.Random) -> str:
    """Draw a first and a last name."""
    return f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"


def people(dice: random.Random, count: int, *, in_ascii: bool = False) -> list[str]:
    """Draw people who share neither first nor last name.

    Args:
        in_ascii: without accents, for the headers of a message that is opened as a text.
    """
    pools = [
        [name for name in names if name.isascii() or not in_ascii] for names in (FIRST_NAMES, LAST_NAMES)
    ]
    firsts, lasts = (dice.sample(pool, count) for pool in pools)
    return [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]


def french_day(day: date) -> str:
    """Write « 12 mars 2026 », in one piece."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{MONTHS[day.month - 1]} {day.year}"


def full_day(day: date) -> str:
    """Write « jeudi 12 mars 2026 »."""
    return f"{DAYS[day.weekday()]} {french_day(day)}"


def day_spellings(day: date) -> tuple[str, ...]:
    """List the ways a pupil may write a date."""
    written, bare = french_day(day).replace("\u00a0", " "), f"{day.day} {MONTHS[day.month - 1]}"
    week = DAYS[day.weekday()]
    ways = (
        written,
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%y}",
        f"{day:%Y-%m-%d}",
        f"{bare} {day.year}",
        f"le {written}",
        bare,
        written.removesuffix(f" {day.year}"),
        f"{week} {written}",
        f"{week} {bare}",
    )
    return tuple(dict.fromkeys(ways))


def french_hour(minutes: int) -> str:
    """Write « 9 h 30 » from minutes since midnight."""
    hour, rest = divmod(minutes, 60)
    return f"{hour}\u00a0h\u00a0{rest:02}" if rest else f"{hour}\u00a0h"


def hour_spellings(minutes: int) -> tuple[str, ...]:
    """List the ways a pupil may write a time of the day."""
    hour, rest = divmod(minutes, 60)
    ways = [f"{hour} h {rest:02}", f"{hour}:{rest:02}", f"{hour:02} h {rest:02}", f"{hour:02}:{rest:02}"]
    if not rest:
        ways += [f"{hour} h", f"{hour} heures"]
    return tuple(dict.fromkeys(ways))


def french_number(number: Decimal | int) -> str:
    """Write a number with a comma and narrow no-break spaces."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",")


def euros(amount: Decimal) -> str:
    """Write an amount: « 1 234,50 € »."""
    return f"{french_number(amount)}\u00a0€"


def others(dice: random.Random, pool: Iterable[str], right: str, count: int = 3) -> tuple[str, ...]:
    """Draw believable wrong answers, all different and none the right one."""
    left = [word for word in dict.fromkeys(pool) if word != right]
    return tuple(dice.sample(left, min(count, len(left))))


def plain(text: str) -> str:
    """Write a name for a file or an address: lower case, no accent, hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "-".join(
        "".join(c if c.isascii() and c.isalnum() else " " for c in bare.replace("œ", "oe")).split()
    )


def near_numbers(dice: random.Random, right: int, *, least: int = 0) -> tuple[str, ...]:
    """Give three other whole numbers close to the right one."""
    near = [number for number in range(max(least, right - 3), right + 4) if number != right]
    return tuple(str(number) for number in dice.sample(near, 3))


def near_days(dice: random.Random, right: date) -> tuple[str, ...]:
    """Give three other dates close to the right one, written as its first spelling."""
    return tuple(
        day_spellings(right + timedelta(days=gap))[0] for gap in dice.sample((-14, -7, -1, 1, 7, 14), 3)
    )


def name_spellings(name: str) -> tuple[str, ...]:
    """List the ways a pupil may write a person: either order."""
    first, _, last = name.partition(" ")
    return (name, f"{last} {first}") if last else (name,)


def file_spellings(name: str) -> tuple[str, ...]:
    """List the ways a pupil may write the name of a file: its extension may be hidden."""
    return (name, name.rpartition(".")[0])


def french_angle(angle: float) -> str:
    """Write an angle in degrees with two decimals: « 48,85° »."""
    return f"{angle:.2f}°".replace(".", ",")
