"""The access log as files: a spreadsheet's, and a document for the patient who asks who has opened their file."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from coordination.base.language import Sentence
from coordination.privacy.access_schemas import ChangeOut, LogLineOut
from coordination.privacy.access_words import day_and_hour

FONTS = Path(__file__).parent / "fonts"
LIAISON = "Liaison"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""

AT = Sentence(fr="Date et heure", en="Date and time")
WHO = Sentence(fr="Personne", en="Person")
PROFESSION = Sentence(fr="Profession", en="Profession")
FOR = Sentence(fr="À la place de", en="In place of")
ACT = Sentence(fr="Action", en="Act")
ABOUT = Sentence(fr="Au sujet de", en="About")
DETAIL = Sentence(fr="Précisions", en="Details")
PATIENT = Sentence(fr="Patient", en="Patient")
ADDRESS = Sentence(fr="Depuis", en="From")
CHANGED = Sentence(fr="{field} : « {before} » devenu « {after} »", en="{field}: “{before}” became “{after}”")
WITHHELD = Sentence(fr="{field} (contenu non montré)", en="{field} (content not shown)")
INSTEAD = Sentence(fr="à la place de {name}", en="in place of {name}")


@dataclass(frozen=True)
class Cover:
    """What stands at the head of the document."""

    centre: str
    patient: str
    born: str
    made: str
    count: int
    is_cut: bool


def as_csv(lines: Iterable[LogLineOut], *, with_patient: bool) -> bytes:
    """For a spreadsheet as French ones read it: a byte order mark, semicolons, and no cell that is a formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    headings = [AT, WHO, PROFESSION, FOR, ACT, ABOUT, DETAIL, ADDRESS]
    writer.writerow([heading.say() for heading in ([*headings, PATIENT] if with_patient else headings)])
    for line in lines:
        cells = _cells(line)
        writer.writerow([safe(cell) for cell in ([*cells, _whose(line)] if with_patient else cells)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(line: LogLineOut) -> list[str]:
    return [
        day_and_hour(line.at),
        line.who.name if line.who else LIAISON,
        line.who.profession if line.who else "",
        line.on_behalf_of.name if line.on_behalf_of else "",
        line.sentence,
        line.about.name if line.about else "",
        detail_of(line),
        line.address or "",
    ]


def _whose(line: LogLineOut) -> str:
    return "" if line.patient is None else line.patient.name or str(line.patient.id)


def detail_of(line: LogLineOut) -> str:
    """What changed and what else is known, in one phrase."""
    return " ; ".join([*line.notes, *(_changed(change) for change in line.changes)])


def _changed(change: ChangeOut) -> str:
    if change.withheld:
        return WITHHELD.say(field=change.field)
    return CHANGED.say(field=change.field, before=change.before, after=change.after)


# The document, always in French: it is for a patient in France.

TITLE = "Qui a consulté ou modifié ce dossier"
LEAD = (
    "Ce document liste les accès au dossier de liaison du patient : chaque lecture, modification, impression, export "
    "et refus, le plus récent d’abord. Le journal ne peut être ni modifié ni effacé. Le contenu des messages n’y "
    "figure pas."
)
CUT = "Seules les {count} dernières lignes figurent ici."
WIDTHS = (27, 48, 75, 30)
GREY, INK, RULE = (96, 104, 112), (24, 28, 32), (222, 226, 230)


class Document(FPDF):
    """A4, Inter inside the file, page numbers below."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.add_font("Inter", fname=FONTS / "Inter-Regular.ttf")
        self.add_font("Inter", style="B", fname=FONTS / "Inter-SemiBold.ttf")
        self.set_margins(15, 15)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_lang("fr-FR")

    def footer(self) -> None:
        self.set_y(-13)
        self.set_font("Inter", size=8)
        self.set_text_color(*GREY)
        self.cell(0, 5, f"Page {self.page_no()} sur {{nb}}", align="C")


def as_pdf(lines: Sequence[LogLineOut], cover: Cover) -> bytes:
    """The document: whose log, made when, then a line for each access."""
    document = Document()
    document.set_title(f"{TITLE} – {cover.patient}")
    document.set_creator(LIAISON)
    document.add_page()
    _cover(document, cover)
    _table(document, lines)
    return bytes(document.output())


def _cover(document: Document, cover: Cover) -> None:
    _write(document, TITLE, size=17, style="B", gap=2)
    _write(document, f"{cover.patient}{cover.born}", size=12, style="B")
    _write(document, f"{cover.centre} · établi le {cover.made} · {cover.count} ligne(s)", size=9, colour=GREY, gap=3)
    _write(document, LEAD, size=9, colour=GREY, gap=4)
    if cover.is_cut:
        _write(document, CUT.format(count=cover.count), size=9, style="B", gap=4)


def _write(
    document: Document,
    text: str,
    *,
    size: int,
    style: str = "",
    colour: tuple[int, int, int] = INK,
    gap: int = 1,
) -> None:
    document.set_font("Inter", style=style, size=size)
    document.set_text_color(*colour)
    document.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    document.ln(gap)


def _table(document: Document, lines: Sequence[LogLineOut]) -> None:
    document.set_font("Inter", size=8.5)
    document.set_text_color(*INK)
    document.set_draw_color(*RULE)
    heading = FontFace(emphasis="BOLD", color=INK, fill_color=(241, 243, 245))
    with document.table(
        col_widths=WIDTHS,
        line_height=4.4,
        padding=1.3,
        text_align="LEFT",
        headings_style=heading,
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        table.row([AT.fr, WHO.fr, ACT.fr, ADDRESS.fr])
        for line in lines:
            table.row([day_and_hour(line.at), _who(line), _act(line), line.address or ""])


def _who(line: LogLineOut) -> str:
    if line.who is None:
        return LIAISON
    instead = [INSTEAD.fr.format(name=line.on_behalf_of.name)] if line.on_behalf_of else []
    return "\n".join([line.who.name, *filter(None, [line.who.profession]), *instead])


def _act(line: LogLineOut) -> str:
    about = f" : {line.about.name}" if line.about else ""
    return "\n".join(filter(None, [f"{line.sentence}{about}", detail_of(line)]))
