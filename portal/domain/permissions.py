"""Who may do what: one table that a head teacher can read."""

from enum import StrEnum


class Role(StrEnum):
    """What a visitor is to the school."""

    ANONYMOUS = "anonymous"
    PUPIL = "pupil"
    MEMBER = "member"
    ADMIN = "admin"


class Function(StrEnum):
    """A member's work in the school."""

    HOMEROOM_TEACHER = "homeroom_teacher"
    TEACHER = "teacher"
    AED = "aed"
    AESH = "aesh"
    CPE = "cpe"
    HEAD = "head"
    LIBRARIAN = "librarian"


class Action(StrEnum):
    """A right that a page asks for."""

    VISIT = "visit"
    SET_UP = "set_up"
    SIGN_OUT = "sign_out"
    PLAY = "play"
    PRACTISE = "practise"
    KEEP_ACCOUNT = "keep_account"
    READ_SCHOOL = "read_school"
    CREATE_CAMPAIGN = "create_campaign"
    EDIT_CAMPAIGN = "edit_campaign"
    HELP_PUPIL = "help_pupil"
    MANAGE_ROSTER = "manage_roster"
    MANAGE_TEAM = "manage_team"
    MANAGE_QUESTIONS = "manage_questions"
    HANDLE_REPORTS = "handle_reports"
    REMOVE_DEMONSTRATION = "remove_demonstration"


EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.MEMBER, Role.ADMIN})
ADMINISTRATORS = frozenset({Role.ADMIN})

PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.VISIT: EVERYBODY,
    # The first-run page closes by itself once a real school exists.
    Action.SET_UP: EVERYBODY,
    Action.SIGN_OUT: EVERYBODY,
    Action.PLAY: frozenset({Role.PUPIL}),
    # Questions without stakes, on the pages to learn from: nothing is kept of them.
    Action.PRACTISE: STAFF | {Role.PUPIL},
    Action.KEEP_ACCOUNT: STAFF,
    Action.READ_SCHOOL: STAFF,
    Action.CREATE_CAMPAIGN: STAFF,
    Action.EDIT_CAMPAIGN: STAFF,
    Action.HELP_PUPIL: STAFF,
    Action.MANAGE_ROSTER: ADMINISTRATORS,
    Action.MANAGE_TEAM: ADMINISTRATORS,
    Action.MANAGE_QUESTIONS: ADMINISTRATORS,
    # What pupils say of a question is read and sorted by whoever is near them.
    Action.HANDLE_REPORTS: STAFF,
    # A demonstration school only; a real one is never erased from a page.
    Action.REMOVE_DEMONSTRATION: ADMINISTRATORS,
}

# These actions on an object ask a plain member to be its owner.
OWNERS_ONLY = frozenset({Action.EDIT_CAMPAIGN})


def is_allowed(role: Role, action: Action, *, is_owner: bool = True) -> bool:
    """Tell whether a role holds a right, on an object the viewer owns or not."""
    if role not in PERMISSIONS[action]:
        return False
    return role is Role.ADMIN or is_owner or action not in OWNERS_ONLY
