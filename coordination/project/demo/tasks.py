"""What is to do at the demo centre, and what has been done."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from coordination.base import clock
from coordination.patients.models import CareTeam, Patient
from coordination.project.demo.people import House
from coordination.tasks.actions import Line, NewTask, claim_task, complete_task, create_task
from coordination.tasks.models import Task


@dataclass(frozen=True)
class Todo:
    """A task of the demo: `due` in days from today, `taken_by` and `done` once someone has."""

    queue: str
    title: str
    by: str
    due: int | None = None
    priority: str = Task.Priority.ROUTINE
    taken_by: str = ""
    done: bool = False
    about: bool = True
    lines: tuple[str, ...] = ()


TODO = (
    Todo("secretariat", "Rappeler la famille pour décaler le rendez-vous", "awa.diallo", 0),
    Todo("secretariat", "Prendre rendez-vous chez le cardiologue", "claire.roux", 3),
    Todo("secretariat", "Demander le compte rendu d’hospitalisation", "marc.petit", -2, Task.Priority.HIGH),
    Todo("secretariat", "Réserver un transport pour vendredi", "awa.diallo", 1, Task.Priority.URGENT),
    Todo("secretariat", "Vérifier le numéro de téléphone", "julien.morel", 5, taken_by="lucas.martin"),
    Todo("secretariat", "Envoyer la convocation au groupe du mardi", "nina.perrin", 6, about=False),
    Todo("secretariat", "Commander du papier d’imprimante", "lucas.martin", about=False, taken_by="martine.dubois"),
    Todo("secretariat", "Confirmer la venue de l’interprète", "claire.roux", -1, taken_by="lucas.martin", done=True),
    Todo("infirmerie", "Refaire le pansement à domicile", "marc.petit", 0, Task.Priority.HIGH),
    Todo(
        "infirmerie",
        "Préparer le retour à domicile",
        "claire.roux",
        2,
        lines=("Joindre le service", "Commander le matériel", "Prévenir la famille", "Fixer le premier passage"),
    ),
    Todo("infirmerie", "Prise de sang à jeun", "claire.roux", 1, taken_by="awa.diallo"),
    Todo("infirmerie", "Vérifier la trousse d’urgence du site de la Gare", "awa.diallo", 4, about=False),
    Todo("infirmerie", "Appeler après le changement de traitement", "marc.petit", -3, taken_by="julien.morel"),
    Todo("infirmerie", "Contrôler le matériel de la tournée nord", "julien.morel", about=False, done=True),
    Todo("medecins", "Relire le courrier du spécialiste", "martine.dubois", 0),
    Todo("medecins", "Signer le bon de transport", "martine.dubois", 0, Task.Priority.URGENT),
    Todo("medecins", "Renouvellement d’ordonnance demandé", "martine.dubois", 1, taken_by="claire.roux"),
    Todo("medecins", "Rappeler le laboratoire", "lucas.martin", -1, Task.Priority.HIGH, taken_by="marc.petit"),
    Todo("pharmacie", "Préparer le pilulier de la semaine", "awa.diallo", 2),
    Todo("pharmacie", "Vérifier la disponibilité d’un dispositif", "julien.morel", 3),
    Todo("reeducation", "Bilan de fin de séances", "claire.roux", 7),
    Todo("coordination", "Trouver un créneau de podologie", "claire.roux", 4),
    Todo("coordination", "Évaluer l’aide à domicile", "awa.diallo", 5, taken_by="karim.benali"),
    Todo("coordination", "Préparer la réunion de concertation", "claire.roux", 3, about=False),
)


def create_tasks(house: House, patients: Sequence[Patient], dice: random.Random) -> None:
    """The tasks, about patients of those who made them; some taken, some done."""
    circles = {circle.patient_id: circle for circle in CareTeam.objects.filter(patient__in=patients)}
    for todo in TODO:
        patient = dice.choice(patients[1:]) if todo.about else None
        task = _create(house, todo, patient, circles[patient.pk] if patient else None)
        if todo.taken_by:
            task = claim_task(task, by=house.people[todo.taken_by])
        if todo.done:
            complete_task(task, by=house.people[todo.taken_by or todo.by])


def _create(house: House, todo: Todo, patient: Patient | None, circle: CareTeam | None) -> Task:
    due = None if todo.due is None else clock.today() + timedelta(days=todo.due)
    new = NewTask(
        queue=house.queues[todo.queue],
        title=todo.title,
        patient=patient,
        care_team=circle,
        priority=todo.priority,
        due_on=due,
        checklist=[Line(label) for label in todo.lines],
    )
    return create_task(new, by=house.people[todo.by])
