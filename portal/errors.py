"""One table: each refusal has its status and its sentence, on a page or in a fragment alike."""

from flask import Flask, Response, current_app
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal import htmx
from portal.access import current_viewer
from portal.domain import marking, participation, report
from portal.domain.campaign import CampaignArchived, UnknownCode
from portal.domain.errors import DomainError, NotAllowed, NotFound
from portal.domain.order import PathwayLocked
from portal.extensions import db
from portal.services import accounts

NOT_FOUND = "Cette page n’existe pas, ou plus. Vérifiez l’adresse, ou revenez à l’accueil."

ANSWERS: dict[type[DomainError], tuple[int, str]] = {
    NotFound: (404, NOT_FOUND),
    NotAllowed: (403, "Votre compte ne donne pas accès à cette page. Demandez au référent numérique (RUPN)."),
    UnknownCode: (404, "Aucune campagne ne porte ce code. Relisez-le avec votre professeur."),
    CampaignArchived: (410, "Cette campagne est archivée. Demandez un nouveau code à votre professeur."),
    PathwayLocked: (
        403,
        "Ce parcours s’ouvre quand d’autres sont envoyés. Entrez son code pour voir lesquels.",
    ),
    accounts.WrongCredentials: (
        422,
        "L’identifiant ou le mot de passe est faux. Vérifiez-les, puis recommencez.",
    ),
    accounts.AccountBlocked: (
        422,
        "Ce compte est bloqué après trop d’essais. Demandez à un adulte de l’établissement de le débloquer.",
    ),
    accounts.AccountLocked: (
        422,
        "Trop d’essais de suite\u00a0: attendez quelques minutes avant de recommencer.",
    ),
    accounts.NoSchool: (
        422,
        "Ce compte n’est plus rattaché à un établissement. Demandez au référent numérique.",
    ),
    marking.EmptyAnswer: (422, "Donnez une réponse, ou cliquez sur « Je passe »."),
    marking.NotEnoughChoices: (422, "Cochez au moins deux réponses."),
    marking.IncompleteAnswer: (422, "Remplissez tous les champs, ou cliquez sur « Je passe »."),
    marking.UnreadableNumber: (422, "Écrivez un nombre en chiffres, par exemple 12 ou 3,5."),
    marking.SamePlace: (422, "Donnez une place différente à chaque élément."),
    participation.NotBegun: (422, "Cliquez d’abord sur « Je commence » : le temps part à ce moment."),
    marking.MalformedAnswer: (
        422,
        "Cette réponse ne correspond pas à la question. Rechargez la page, puis recommencez.",
    ),
    report.NoProblem: (422, "Choisissez ce qui ne va pas, puis envoyez."),
    report.TooManyReports: (
        429,
        "Vous avez signalé beaucoup de questions en une heure. Parlez-en à votre professeur.",
    ),
    participation.PupilDisabled: (
        403,
        "Vous n’êtes plus sur la liste des élèves de l’établissement. Parlez-en à votre professeur.",
    ),
    participation.OtherSchool: (
        403,
        "Ce code est celui d’un autre établissement. Vérifiez-le avec votre professeur.",
    ),
    participation.NotFinished: (409, "Terminez le parcours avant d’envoyer vos résultats."),
    participation.AlreadyShared: (409, "Vos résultats sont déjà envoyés."),
    participation.NotAsked: (
        409,
        "Cette question n’est pas celle qui vous est posée. Reprenez le parcours depuis l’accueil.",
    ),
    participation.AnsweredOtherwise: (
        409,
        "Cette question a déjà une réponse, qui est conservée. Continuez avec la question suivante.",
    ),
    participation.OtherLearner: (
        409,
        "La réponse avait été saisie par une autre personne\u00a0: elle n’est pas enregistrée à votre nom.",
    ),
}

SENTENCES = {
    400: "La demande n’est pas complète. Revenez en arrière, puis recommencez.",
    403: "Cette page ne vous est pas ouverte.",
    404: NOT_FOUND,
    405: "Cette page ne s’ouvre pas de cette façon. Revenez à l’accueil.",
    413: "Le fichier est trop lourd\u00a0: 20 Mo au plus. Exportez-le de nouveau sans les adresses.",
    429: "Trop d’essais depuis ce réseau. Attendez quelques minutes, puis recommencez.",
    500: "Une erreur est survenue de notre côté. Rien n’est perdu\u00a0: recommencez dans un instant.",
}


def init_app(app: Flask) -> None:
    """Answer our refusals, the web's, and our own mistakes."""
    app.register_error_handler(DomainError, answer_domain_error)
    app.register_error_handler(CSRFError, _answer_forged)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_mistake)


def sentence_of(error: DomainError) -> tuple[int, str]:
    """Give the status and the sentence of a refusal."""
    for kind in type(error).__mro__:
        if kind in ANSWERS:
            return ANSWERS[kind]
    return 422, str(error)


def answer_domain_error(error: DomainError) -> Response:
    """Show a refusal of the rules."""
    status, sentence = sentence_of(error)
    return _page(status, sentence)


def _answer_forged(error: CSRFError) -> Response:
    return _page(400, "La page est restée ouverte trop longtemps. Rechargez-la, puis recommencez.")


def _answer_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, SENTENCES.get(error.code, SENTENCES[400 if error.code < 500 else 500]))


def _answer_mistake(error: Exception) -> Response:
    db.session.rollback()
    current_app.logger.exception("unexpected error")
    if current_app.testing:
        raise error
    return _page(500, SENTENCES[500])


def _page(status: int, sentence: str) -> Response:
    is_staff = current_viewer().is_staff
    return htmx.render(
        "errors/page.html",
        fragment="errors/_notice.html",
        status=status,
        sentence=sentence,
        is_staff=is_staff,
    )
