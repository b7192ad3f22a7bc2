"""The sentences of the reports: each holds whatever the part is about."""

from portal.material import document_words as words

PARTS = ("Présentation", "Organisation", "Activités", "Moyens", "Bilan et suites")

PRESENTATIONS = (
    "Cette partie présente «\u00a0{topic}\u00a0» et ce que chacun doit préparer.",
    "Voici où en est «\u00a0{topic}\u00a0», et ce qui reste à faire.",
    "La dernière réunion a parlé de «\u00a0{topic}\u00a0».",
    "«\u00a0{topic}\u00a0» revient cette année, à la demande générale.",
    "Les idées sur «\u00a0{topic}\u00a0» sont réunies ici.",
    "Un petit groupe s’est chargé de «\u00a0{topic}\u00a0».",
)
# One in three names what the pupil looks for.
SENTENCES = (
    "Le matériel est rangé dans la réserve.",
    "Deux réunions ont permis de choisir le matériel et les horaires.",
    "Le matériel prêté est noté sur une feuille, puis vérifié au retour.",
    "Une partie du matériel vient de l’an dernier.",
    "Deux personnes distribuent le matériel au début de la séance.",
    "Le matériel abîmé se signale à l’équipe.",
    "Chacun range le matériel avant de partir.",
    "La liste du matériel sera relue par le groupe.",
    "Il faudra réserver le matériel une semaine avant.",
    "Une voisine prête du matériel pour la journée.",
    "Un plan de la salle indique où poser le matériel.",
    "Le transport du matériel demande deux personnes.",
    "Un petit groupe tient un carnet de bord.",
    "Une affiche annonce le programme une semaine avant.",
    "Le bilan de l’an dernier sert de point de départ.",
    "Les participants reçoivent le calendrier par courriel.",
    "Chaque groupe désigne une personne qui prend des notes.",
    "Les places sont limitées\u00a0: on s’inscrit à l’avance.",
    "Une photo sera prise, avec l’accord de chacun.",
    "Deux personnes accueillent les nouveaux.",
    "Un temps est gardé pour les questions.",
    "La durée prévue est d’une heure.",
    "Le groupe compte au plus douze personnes.",
    "Une consigne écrite est donnée à chacun.",
    "L’équipe prévoit une solution en cas de pluie.",
    "Une personne de l’équipe reste présente du début à la fin.",
    "Les résultats seront affichés dans le hall.",
    "L’an dernier, cette partie avait manqué de temps.",
    "Un questionnaire dira ce que les participants en ont pensé.",
    "Les documents utiles sont dans le dossier partagé.",
    "Une personne fera une courte présentation à l’oral.",
    "Les absents pourront lire le compte rendu.",
    "Chaque équipe choisit son nom et sa couleur.",
    "Les horaires seront confirmés deux jours avant.",
    "La salle sera ouverte un quart d’heure plus tôt.",
    "Ceux qui le souhaitent pourront aider à l’accueil.",
)
CHANGES = (
    ("Le rendez-vous est fixé au ", words.DAYS[:5], ", devant l’entrée."),
    ("Le départ se fait depuis la ", words.ROOMS[:4], "."),
    ("La personne à prévenir en cas de retard est ", words.FIRST_NAMES, "."),
    ("Le groupe a choisi le nom ", words.WORDS, " pour son affiche."),
    ("La commune partenaire est ", words.TOWNS, " cette année."),
)
REMARKS = (
    "Êtes-vous sûrs de ce point\u00a0?",
    "Je propose de garder cette phrase.",
    "Il faudrait ajouter une image ici.",
    "À relire avec le groupe.",
    "Très clair, merci.",
    "Il manque une virgule.",
    "Cette idée vient de la dernière réunion.",
    "Je vérifie et je reviens vers vous.",
    "Faut-il donner un exemple\u00a0?",
    "Ce point peut aller à la fin.",
    "Je suis d’accord avec ce choix.",
    "On pourrait mettre un titre plus court.",
    "Qui s’en occupe\u00a0?",
    "Peut-on raccourcir ce passage\u00a0?",
)
POINTS = (
    ("Point à préparer\u00a0: ", "."),
    ("La rubrique «\u00a0", "\u00a0» reste à écrire."),
    ("Nous avons commencé la partie «\u00a0", "\u00a0», à finir cette semaine."),
    ("Une personne présentera «\u00a0", "\u00a0» aux familles."),
    ("À ne pas oublier\u00a0: ", "."),
    ("Le sujet «\u00a0", "\u00a0» demande encore une image."),
)
