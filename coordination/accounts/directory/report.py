"""What a synchronisation did, or would do: counted, and in words."""

from typing import Any

from coordination.accounts.directory.planning import Plan, Turn
from coordination.base.language import Sentence

MOST_LINES = 200

COUNTED = ("added", "linked", "changed", "suspended", "restored")
KINDS: dict[str, Sentence] = {
    "added": Sentence(fr="{name} : à ajouter ({login}).", en="{name}: to add ({login})."),
    "linked": Sentence(
        fr="{name} : à relier à l’annuaire ({login}) ; son mot de passe sera celui de l’annuaire.",
        en="{name}: to link to the directory ({login}); the directory’s password will be theirs.",
    ),
    "changed": Sentence(fr="{name} : à mettre à jour ({what}).", en="{name}: to update ({what})."),
    "suspended": Sentence(
        fr="{name} : absent(e) de l’annuaire, accès à suspendre.",
        en="{name}: gone from the directory, access to suspend.",
    ),
    "restored": Sentence(
        fr="{name} : de retour dans l’annuaire, accès à rétablir.",
        en="{name}: back in the directory, access to restore.",
    ),
    "login_taken": Sentence(
        fr="{name} : l’identifiant {login} est déjà celui d’une autre personne de Liaison.",
        en="{name}: the login {login} is already somebody else’s in Liaison.",
    ),
    "rpps_taken": Sentence(
        fr="{name} ({login}) : ce numéro RPPS est déjà celui d’une autre personne de Liaison.",
        en="{name} ({login}): this RPPS number is already somebody else’s in Liaison.",
    ),
    "other_rpps": Sentence(
        fr="{name} ({login}) : la personne du même identifiant a un autre numéro RPPS dans Liaison.",
        en="{name} ({login}): the person of the same login has another RPPS number in Liaison.",
    ),
    "other_name": Sentence(
        fr="{name} ({login}) : la personne du même identifiant a un autre nom dans Liaison.",
        en="{name} ({login}): the person of the same login has another name in Liaison.",
    ),
    "two_centres": Sentence(
        fr="{name} ({login}) : ses groupes relèvent de deux centres.",
        en="{name} ({login}): their groups belong to two centres.",
    ),
    "manages_directory": Sentence(
        fr="{name} ({login}) gère l’annuaire de Liaison : ses groupes ne lui donnent rien, à faire à la main.",
        en="{name} ({login}) manages Liaison’s directory: their groups give them nothing, it is done by hand.",
    ),
    "administrator_reads_no_patient": Sentence(
        fr="{name} ({login}) : ses groupes lui feraient gérer l’annuaire et voir des patients, ce qui ne va pas "
        "ensemble.",
        en="{name} ({login}): by their groups they would manage the directory and see patients, which do not go "
        "together.",
    ),
    "last_administrator": Sentence(
        fr="{name} : le centre n’aurait plus d’administrateur, son accès est laissé tel quel.",
        en="{name}: the centre would be without an administrator, their access is left as it is.",
    ),
    "claimed_twice": Sentence(
        fr="{name} ({login}) : deux entrées de l’annuaire désignent la même personne.",
        en="{name} ({login}): two entries of the directory stand for the same person.",
    ),
}
WHAT: dict[str, Sentence] = {
    "login": Sentence(fr="identifiant", en="login"),
    "given_name": Sentence(fr="prénom", en="given name"),
    "family_name": Sentence(fr="nom", en="family name"),
    "email": Sentence(fr="adresse électronique", en="e-mail address"),
    "phone": Sentence(fr="téléphone", en="phone"),
    "rpps": Sentence(fr="numéro RPPS", en="RPPS number"),
    "give": Sentence(fr="rattachement donné", en="membership given"),
    "end": Sentence(fr="rattachement retiré", en="membership taken back"),
    "join": Sentence(fr="équipe rejointe", en="team joined"),
    "leave": Sentence(fr="équipe quittée", en="team left"),
}


def counts(found: Plan) -> dict[str, int]:
    """How many people of each kind."""
    kinds = [turn.kind for turn in found.turns]
    return {kind: kinds.count(kind) for kind in COUNTED}


def told(found: Plan, *, braked: bool) -> dict[str, Any]:
    """The plan as plain values, from which words are made in anybody's language."""
    conflicts = [{"kind": one.why, "name": one.name, "login": one.login, "what": []} for one in found.conflicts]
    lines = conflicts + [_line(turn) for turn in sorted(found.turns, key=_importance)]
    return counts(found) | {
        "conflicts": len(conflicts),
        "lines": lines[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "without_group": found.without_group,
        "unknown_groups": [{"group": group, "people": people} for group, people in found.unknown_groups.items()],
        "missing_groups": list(found.missing_groups),
        "unreadable": list(found.unreadable),
        "referrals": list(found.referrals),
        "losing": found.losing,
        "braked": braked,
    }


def _importance(turn: Turn) -> tuple[int, str]:
    """Losses first."""
    return ("suspended", "restored", "changed", "linked", "added").index(turn.kind), turn.name


def _line(turn: Turn) -> dict[str, Any]:
    moved = [name for name in ("give", "end", "join", "leave") if getattr(turn, name) and turn.person]
    login = turn.entry.login if turn.entry else ""
    return {"kind": turn.kind, "name": turn.name, "login": login, "what": [*turn.fields, *moved]}


def sentence(line: dict[str, Any], language: str | None = None) -> str:
    """One line of a report in words."""
    what = ", ".join(WHAT[name].say(language) for name in line["what"])
    return KINDS[line["kind"]].say(language, name=line["name"], login=line["login"], what=what)


def remarks(report: dict[str, Any], language: str | None = None) -> list[str]:
    """What the administrator should look at, in words."""
    found = [UNKNOWN_GROUP.say(language, **group) for group in report["unknown_groups"]]
    found += [MISSING_GROUP.say(language, group=group) for group in report["missing_groups"]]
    found += [UNREADABLE.say(language, dn=dn) for dn in report["unreadable"]]
    found += [REFERRAL.say(language, url=url) for url in report["referrals"]]
    if report["without_group"]:
        found.append(WITHOUT_GROUP.say(language, people=report["without_group"]))
    if report["braked"]:
        found.append(BRAKED.say(language, losing=report["losing"]))
    return found


UNKNOWN_GROUP = Sentence(
    fr="Groupe sans correspondance : {group} ({people} personnes).",
    en="Group without a mapping: {group} ({people} people).",
)
MISSING_GROUP = Sentence(
    fr="Groupe de la correspondance introuvable dans l’annuaire : {group}.",
    en="Group of the mapping not found in the directory: {group}.",
)
UNREADABLE = Sentence(
    fr="Entrée illisible (nom ou identifiant manquant, ou texte mal codé), laissée telle quelle : {dn}.",
    en="Unreadable entry (a name or login is missing, or text is badly encoded), left as it is: {dn}.",
)
REFERRAL = Sentence(
    fr="L’annuaire renvoie vers un autre serveur, qui n’a pas été interrogé : {url}.",
    en="The directory points to another server, which was not asked: {url}.",
)
WITHOUT_GROUP = Sentence(
    fr="Personnes de l’annuaire dont aucun groupe n’ouvre d’accès, laissées de côté : {people}.",
    en="People of the directory none of whose groups gives access, left out: {people}.",
)
BRAKED = Sentence(
    fr="{losing} personnes perdraient leur accès : il faudra forcer la synchronisation.",
    en="{losing} people would lose their access: the synchronisation will have to be forced.",
)
HEADING = Sentence(
    fr="Synchronisation faite : {added} ajoutées, {linked} reliées, {changed} mises à jour, {suspended} suspendues, "
    "{restored} rétablies, {conflicts} à examiner.",
    en="Synchronised: {added} added, {linked} linked, {changed} updated, {suspended} suspended, {restored} restored, "
    "{conflicts} to examine.",
)
HEADING_DRY = Sentence(
    fr="Simulation, rien n’est modifié : {added} à ajouter, {linked} à relier, {changed} à mettre à jour, "
    "{suspended} à suspendre, {restored} à rétablir, {conflicts} à examiner.",
    en="Simulation, nothing is changed: {added} to add, {linked} to link, {changed} to update, {suspended} to suspend, "
    "{restored} to restore, {conflicts} to examine.",
)
MORE = Sentence(fr="… et {more} autres lignes.", en="… and {more} more lines.")
NO_MAPPING = Sentence(
    fr="Aucun groupe de l’annuaire n’a de correspondance : l’administrateur la fait (voir docs/directory.md).",
    en="No group of the directory has a mapping: the administrator makes it (see docs/directory.md).",
)
