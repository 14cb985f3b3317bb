"""What people of the demo centre have written to each other in the last days."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordination.accounts.models import Person
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.patients.models import CareTeam, Patient
from coordination.project.demo.people import House
from messaging.actions import open_direct, start_patient_conversation
from messaging.models import Conversation, Message, ReadPosition

# who writes ("mt" the patient's doctor, "ide" a nurse, "sec" a secretary) and what
THREADS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("ide", "Vu à domicile ce matin. Pansement refait, la plaie est propre. Prochain passage jeudi."),
        ("mt", "Merci. Si ça reste propre jeudi, on espace à deux fois par semaine."),
    ),
    (
        ("sec", "Appel de la fille : elle demande si le rendez-vous peut être décalé après 17 h."),
        ("mt", "Oui, mardi ou mercredi en fin de journée me conviennent."),
        ("sec", "C’est noté, je la rappelle."),
    ),
    (
        ("ide", "Prise de sang faite, tubes partis au laboratoire à 9 h 30."),
        ("mt", "Bien reçu, je regarde les résultats ce soir."),
        ("ide", "Le laboratoire annonce un délai d’une journée."),
        ("mt", "Entendu."),
    ),
    (
        ("mt", "Peux-tu vérifier que le transport est réservé pour vendredi ?"),
        ("sec", "Réservé, départ 8 h 15 du domicile. Le bon de transport est à signer."),
        ("mt", "Signé, il est à l’accueil du site des Tilleuls."),
    ),
    (
        ("ide", "Absente au passage de 10 h, pas de réponse au téléphone."),
        ("sec", "Je viens de la joindre : elle était chez sa voisine. Elle sera là à 15 h."),
        ("ide", "Parfait, j’y repasse à 15 h."),
    ),
    (
        ("sec", "Un courrier du spécialiste est arrivé, il est numérisé dans le dossier."),
        ("mt", "Merci, je le lis et je rappelle la famille."),
    ),
)
TEAM_THREADS: dict[str, tuple[tuple[str, str], ...]] = {
    "secretariat": (
        ("martine.dubois", "La ligne du site de la Gare est rétablie."),
        ("lucas.martin", "Très bien. Je prends l’accueil jusqu’à 13 h, tu peux rappeler les demandes de ce matin ?"),
        ("martine.dubois", "Je m’en occupe."),
    ),
    "infirmerie": (
        ("julien.morel", "J’ai remis du matériel dans la mallette de la tournée nord."),
        ("awa.diallo", "Merci Julien. Je pars à 7 h 30 demain, je prends les deux passages des Essarts."),
    ),
    "medecins": (
        ("marc.petit", "Inès est encore là dix jours : pensez à lui signaler les visites en cours."),
        ("ines.faure", "Merci, je note tout dans les conversations des patients concernés."),
    ),
    "coordination": (
        ("claire.roux", "Réunion de concertation jeudi à 13 h au site des Tilleuls, salle 1."),
        ("karim.benali", "J’aurai deux situations à présenter."),
        ("awa.diallo", "Présente. J’apporte la liste des passages."),
    ),
}
DIRECT = (
    ("awa.diallo", "martine.dubois", "Tu peux me dire quand le livreur passe pour les compresses ?"),
    ("claire.roux", "awa.diallo", "On se voit cinq minutes avant la tournée de demain ?"),
    ("sophie.lambert", "marc.petit", "J’ai une question sur une ordonnance, quand puis-je t’appeler ?"),
    ("hugo.blanc", "emma.leroy", "La salle 2 est libre vendredi après-midi si tu en as besoin."),
)
ABOUT_PATIENTS = 24


def create_conversations(house: House, patients: Sequence[Patient], dice: random.Random) -> None:
    """Team, direct and patient conversations, partly read."""
    now = clock.now()
    for code, thread in TEAM_THREADS.items():
        conversation = Conversation.objects.get(team=house.teams[code])
        _write(conversation, [(house.people[login], body) for login, body in thread], now - _some_hours(dice))
    for one, other, body in DIRECT:
        conversation = open_direct(house.people[other], by=house.people[one])
        _write(conversation, [(house.people[one], body)], now - _some_hours(dice))
    circles = CareTeam.objects.filter(patient__in=patients[1 : ABOUT_PATIENTS + 1]).select_related("patient")
    for circle in circles.order_by("patient__sort_key").prefetch_related("members__person"):
        conversation = start_patient_conversation(circle, by=None)
        _write(conversation, list(_said(house, circle, dice)), now - _some_hours(dice))


def _some_hours(dice: random.Random) -> timedelta:
    return timedelta(hours=dice.uniform(2, 150))


def _said(house: House, circle: CareTeam, dice: random.Random) -> Iterator[tuple[Person, str]]:
    """One of the threads, with the voices of this circle."""
    by_role = {member.role: member.person for member in circle.members.all() if member.person}
    voices = {
        "mt": by_role["medecin_traitant"],
        "ide": by_role.get("ide") or house.people[dice.choice(("awa.diallo", "julien.morel"))],
        "sec": house.people[dice.choice(("martine.dubois", "lucas.martin"))],
    }
    for voice, body in dice.choice(THREADS):
        yield voices[voice], body


def _write(conversation: Conversation, said: Sequence[tuple[Person, str]], begins: datetime) -> None:
    """The messages of one thread, half an hour apart; each author has read up to their own last one."""
    messages = [
        Message(
            id=uuid7(),
            conversation=conversation,
            ordinal=ordinal,
            author=author,
            body=body,
            at=begins + timedelta(minutes=25 * (ordinal - 1)),
        )
        for ordinal, (author, body) in enumerate(said, start=1)
    ]
    Message.objects.bulk_create(messages)
    conversation.last_ordinal, conversation.last_at = len(messages), messages[-1].at
    conversation.save(update_fields=["last_ordinal", "last_at"])
    read = {message.author_id: message for message in messages}
    ReadPosition.objects.bulk_create(
        ReadPosition(conversation=conversation, person_id=person, ordinal=last.ordinal, at=last.at)
        for person, last in read.items()
    )
