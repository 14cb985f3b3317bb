"""What the directory's page shows."""

from django.conf import settings

from coordination.accounts.directory import report as words
from coordination.accounts.directory.models import DirectoryMapping, DirectoryRun
from coordination.accounts.directory.schemas import MappingOut, MappingsOut, ReportOut, RunOut
from coordination.accounts.models import Person
from coordination.accounts.schemas import Named, person_ref


def mappings_of(person: Person) -> MappingsOut:
    """The mapping of the person's centre, and how its last synchronisation went."""
    rows = DirectoryMapping.objects.filter(role__organisation=person.organisation_id)
    rows = rows.select_related("organisation", "role", "team").order_by("group", "role__name")
    last = DirectoryRun.objects.filter(organisation=person.organisation_id).select_related("by").order_by("-at").first()
    return MappingsOut(
        configured=settings.DIRECTORY is not None,
        items=[_mapping(row) for row in rows],
        last=_run(last) if last else None,
    )


def _mapping(row: DirectoryMapping) -> MappingOut:
    team = row.team
    return MappingOut(
        id=row.pk,
        group=row.group,
        organisation=Named(id=row.organisation_id, name=row.organisation.name),
        role=Named(id=row.role_id, name=row.role.name),
        team=Named(id=team.pk, name=team.name) if team else None,
        profession=row.profession,
    )


def _run(run: DirectoryRun) -> RunOut:
    by = person_ref(run.by) if run.by else None
    if run.refusal:
        return RunOut(at=run.at, by=by, refusal=run.report.get("detail", run.refusal), report=None)
    return RunOut(at=run.at, by=by, refusal="", report=report_of(run, dry_run=False))


def report_of(run: DirectoryRun, *, dry_run: bool) -> ReportOut:
    """A run in words, in the asker's language."""
    told = run.report
    heading = words.HEADING_DRY if dry_run else words.HEADING
    return ReportOut.model_validate(
        told
        | {
            "at": run.at,
            "dry_run": dry_run,
            "sentence": heading.say(**{name: told[name] for name in (*words.COUNTED, "conflicts")}),
            "remarks": words.remarks(told),
            "lines": [words.sentence(line) for line in told["lines"]],
        }
    )
