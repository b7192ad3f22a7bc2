"""Faults of what is around the questions: words, pages, pictures, pathways, files."""

from tests.bank.planted.fault import (
    DELETED,
    DEPENSES,
    DOSSIERS,
    MESSAGES,
    NB,
    PICTURE,
    RANGER,
    SVG,
    TUTORIAL,
    Fault,
)

WORDING = [
    Fault(
        "straight apostrophe",
        DOSSIERS,
        "Un brouillon se reconnaît",
        "L'essai se reconnaît",
        "apostrophe droite",
    ),
    Fault(
        "straight quotes",
        DOSSIERS,
        "L’extension est à la fin",
        'L’extension "png" est à la fin',
        "guillemet droit",
    ),
    Fault(
        "no no-break space",
        DOSSIERS,
        f"chanson de Lina{NB}?",
        "chanson de Lina ?",
        "espace insécable absente devant",
    ),
    Fault(
        "quotes without space", DOSSIERS, f"«{NB}Taille{NB}»", "« Taille »", "espace insécable absente dans"
    ),
    Fault(
        "exclamation mark",
        TUTORIAL,
        "Un dossier contient des fichiers.",
        f"Quel dossier{NB}!",
        "point d’exclamation",
    ),
    Fault(
        "long sentence",
        DEPENSES,
        "Additionnez les montants de chaque catégorie, puis comparez.",
        "Additionnez " + "tous les montants " * 7 + "de chaque catégorie.",
        "phrase de 25 mots, 20 au plus",
    ),
    Fault("all of them", DEPENSES, "La couleur de la colonne.", "Toutes les réponses.", "ne mesure rien"),
    Fault("familiar words", DOSSIERS, "On choisit avant de copier", "Tu choisis avant de copier", "« vous »"),
]
PAGES = [
    Fault("unknown anchor", TUTORIAL, "(#niveaux-3-et-4)", "(#niveaux-5-et-6)", "ne mène à aucun titre"),
    Fault("link that leaves", TUTORIAL, "(/).", "(https://site.example).", "sort du portail"),
    Fault(
        "link in a question",
        DOSSIERS,
        "Une chanson est",
        "Une [chanson](https://a.example) est",
        "sort du portail",
    ),
    Fault(
        "picture in a text",
        DOSSIERS,
        "Une chanson est",
        "Une ![note](medias/dossiers-1a.svg) est",
        "se met dans « picture » ou « media »",
    ),
    Fault("no section", DEPENSES, "tutorial: niveau-5", "tutorial: niveau-6", "le tutoriel n’a pas de titre"),
    Fault(
        "section of another level",
        DEPENSES,
        "tutorial: niveaux-3-et-4",
        "tutorial: niveau-5",
        "ne parle pas du niveau 3",
    ),
    Fault(
        "empty section",
        TUTORIAL,
        "Un chemin dit où se trouve un fichier. Voir [la page d’accueil](/).",
        "",
        "section vide",
        "## Niveaux 3 et 4",
    ),
    Fault(
        "picture without words",
        TUTORIAL,
        "![Deux dossiers, puis trois fichiers]",
        "![]",
        "pas de texte de remplacement",
    ),
    Fault(
        "no title",
        TUTORIAL,
        "# Ranger ses fichiers",
        "## Ranger ses fichiers",
        "son seul titre de premier rang",
    ),
    Fault("no tutorial", "tutoriels/4.1/messages.md", DELETED, "", "ce tutoriel manque"),
    Fault("tutorial of nothing", "tutoriels/4.1/oubli.md", "", "# Oubli\n", "aucun sujet ne porte ce nom"),
]
PICTURES = [
    Fault(
        "picture not there",
        DOSSIERS,
        "file: dossiers-1a.svg",
        "file: dossiers-1z.svg",
        "est-ce dossiers-1a.svg",
    ),
    Fault("picture that is unused", "medias/oubli.svg", "", SVG, "ne sert nulle part"),
    Fault(
        "script in a picture", PICTURE, "</svg>", "<script>1</script></svg>", "n’est pas un dessin", "<svg"
    ),
    Fault("heavy picture", PICTURE, "</svg>", f"<desc>{'a' * 12300}</desc></svg>", "Kio, 12 au plus", "<svg"),
    Fault(
        "nothing to look at",
        DEPENSES,
        "[Première dépense",
        "[Une dépense",
        "sans image, fichier",
        "# ici",
        more=(("        labels:", "        doing: true # ici\n        labels:"),),
    ),
    Fault(
        "place outside", DOSSIERS, "zone: [560, 120, 60, 60]", "zone: [560, 120, 90, 60]", "sort de l’image"
    ),
    Fault("size of another picture", DOSSIERS, "size: [640, 200]", "size: [640, 480]", "viewBox"),
]
PATHWAYS = [
    Fault("unknown grade", RANGER, "[6e, tle-pro]", "[6e, cm2]", "« cm2 » n’existe pas"),
    Fault("stages that shrink", RANGER, "threshold: 50", "threshold: 0", "vont en croissant", "stages:"),
    Fault(
        "subject twice",
        RANGER,
        "{tube: messages, maximum: 4}",
        "{tube: dossiers, maximum: 1}",
        "cité deux fois",
    ),
    Fault(
        "nothing up to there",
        RANGER,
        "{tube: messages, maximum: 4}",
        "{tube: messages, maximum: 2}",
        "aucun acquis",
    ),
    Fault(
        "unknown prerequisite", RANGER, "stages:", "prerequisites: [avant]\nstages:", "« avant » n’existe pas"
    ),
    Fault(
        "pathway before itself",
        RANGER,
        "stages:",
        "prerequisites: [ranger]\nstages:",
        "attend lui-même",
    ),
    Fault(
        "too much of the year before",
        "parcours/rentree/5e.yaml",
        "{tube: dossiers, maximum: 3}",
        "{tube: dossiers, maximum: 4}",
        "50 % des sujets de « 5e » y reviennent",
        "tubes:",
        told_in="parcours/rentree/4e.yaml",
    ),
    Fault(
        "too high a step",
        "parcours/rentree/5e.yaml",
        "{tube: dossiers, maximum: 3}",
        "{tube: dossiers, maximum: 2}",
        "niveau 4 en 1.2, contre 2 dans « 5e »",
        "{tube: dossiers, maximum: 4}",
        told_in="parcours/rentree/4e.yaml",
    ),
]
FILES = [
    Fault(
        "unknown competence",
        MESSAGES,
        'competence: "4.1"',
        'competence: "4.2"',
        "n’est pas dans referentiel.yaml",
    ),
    Fault("trademark", DOSSIERS, "Une chanson est", "Une chanson de " + "P" + "ix est", "marque d’une autre"),
    Fault("misplaced", RANGER, "category: thematique", "category: ia", "n’est pas à sa place", "id: ranger"),
    Fault("timer too short", MESSAGES, "timer: 60", "timer: 15", "chronomètre"),
    Fault(
        "objective that does not exist",
        "objectifs.yaml",
        "  shared: 40",
        "  share: 40",
        "share : cette clé n’existe pas",
    ),
    Fault(
        "no objectives of that sort", "objectifs.yaml", "  rise: 1", "  rise: un", "écrivez un nombre entier"
    ),
]
