"""Adding and correcting pupils by hand, and the grades of classes."""

import uuid

from flask import Response, request

from portal import htmx
from portal.access import current_viewer, open_to
from portal.blueprints.students import bp
from portal.blueprints.students.filters import ordered
from portal.blueprints.students.forms import StudentForm, correction_of, read_grades
from portal.blueprints.students.helping import doer
from portal.blueprints.students.lines import full_name
from portal.blueprints.students.views import load
from portal.chrome import say
from portal.domain.permissions import Action
from portal.domain.school import Grade
from portal.labels import label
from portal.persistence.models import Student
from portal.persistence.queries import students as queries
from portal.services import students

GRADES = [(grade.value, label(grade)) for grade in Grade]


@bp.route("/eleves/nouveau", methods=["GET", "POST"])
@open_to(Action.MANAGE_ROSTER)
def create() -> Response:
    """Add a pupil by hand."""
    form = StudentForm()
    if form.validate_on_submit():
        try:
            student = students.add(form.draft(), doer())
        except (students.Duplicate, students.IneTaken) as error:
            form.refuse(error)
        else:
            say(f"{full_name(student)} est dans la liste.{_about_class(student)}")
            return htmx.see_other("students.show", public_id=student.public_id)
    return htmx.render(
        "students/create.html", status=422 if form.errors else 200, form=form, class_names=_class_names()
    )


@bp.route("/eleves/<uuid:public_id>/modifier", methods=["GET", "POST"])
@open_to(Action.MANAGE_ROSTER)
def edit(public_id: uuid.UUID) -> Response:
    """Correct a pupil by hand."""
    student = load(public_id)
    form = correction_of(student)
    if form.validate_on_submit():
        try:
            student = students.correct(public_id, form.draft(), doer(), is_enabled=not form.has_left.data)
        except (students.Duplicate, students.IneTaken) as error:
            form.refuse(error)
        else:
            say(f"{full_name(student)}\u00a0: corrections enregistrées.{_about_class(student)}")
            return htmx.see_other("students.show", public_id=public_id)
    return htmx.render(
        "students/edit.html",
        status=422 if form.errors else 200,
        form=form,
        name=full_name(student),
        student=student,
        class_names=_class_names(),
    )


@bp.route("/eleves/classes", methods=["GET", "POST"])
@open_to(Action.MANAGE_ROSTER)
def classes() -> Response:
    """Show the classes, and confirm or correct their grades."""
    if request.method == "POST":
        students.confirm_grades(read_grades(request.form), doer())
        say("Les niveaux des classes sont enregistrés.")
        return htmx.see_other("students.classes")
    found = ordered(queries.classes(current_viewer().school_id))
    return htmx.render("students/classes.html", classes=found, grades=GRADES)


def _class_names() -> list[str]:
    return [one.name for one in ordered(queries.classes(current_viewer().school_id))]


def _about_class(student: Student) -> str:
    """Remind of the grade of a class that was just made."""
    group = student.class_group
    if group is None or group.is_grade_confirmed:
        return ""
    return f" Confirmez le niveau de la classe {group.name} dans «\u00a0Classes\u00a0»."
