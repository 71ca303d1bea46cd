"""Files as somebody else's programs write them."""

import io
import zipfile
from datetime import datetime

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.entities import actions, transport
from cases.entities.actions import Plan
from cases.entities.models import FileImport

HEADER = ["Nombre", "Apellidos", "Fecha de nacimiento", "Pasaporte", "Teléfono"]
PEOPLE = [
    ["Dario", "Quintelas", "31/12/1990", "XD 114", "+99 55 014 7720"],
    ["Ilaria", "Vell", "1985", "XD 115", ""],
    ["Tio", "", "", "", "+99 55 014 7721"],
]


def csv_of(*rows: list[str], delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def xlsx_of(*rows: list, hidden: list[list] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if hidden:
        sheet = book.create_sheet("Secretly")
        sheet.sheet_state = "hidden"
        for row in hidden:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods_of(*rows: list[str], extra: str = "", entity: str = "") -> bytes:
    said = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f'<?xml version="1.0"?>{entity}<office:document-content {spaces}><office:automatic-styles><style:style style:name="h"'
        ' style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>'
        f'<office:spreadsheet><table:table table:name="People">{said}{extra}</table:table><table:table table:name="Secretly"'
        ' table:style-name="h"/></office:spreadsheet></office:body></office:document-content>'
    )
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def zip_of(entries: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return written.getvalue()


def look(content: bytes) -> transport.Look:
    return transport.look(io.BytesIO(content))


def send(officer: Officer, case: CaseFile, content: bytes, name: str = "people.csv") -> FileImport:
    return actions.upload_file(officer=officer, casefile_id=case.pk, name=name, content=SimpleUploadedFile(name, content))


def plan_of(job: FileImport, **how) -> Plan:
    """The columns as they are guessed, dates written as in Europe."""
    heads = actions.headers_of(job.first[0], 1)
    columns = [transport.Column(head, field) for head, field in zip(heads, transport.guess(heads), strict=True)]
    mapping = transport.TableMapping(1, how.pop("dates", "dmy"), "person", how.pop("columns", columns))
    reading = transport.Reading(**job.reading)
    return Plan(**{"reading": reading, "mapping": mapping, "title": "Watch list", "handling_code": "H1", **how})


def work(now: datetime | None = None) -> None:
    """What a worker does until nothing waits."""
    while actions.work_on_imports(now=now or timezone.now()):
        pass


def checked(officer: Officer, case: CaseFile, content: bytes, **how) -> FileImport:
    job = send(officer, case, content)
    actions.map_import(officer=officer, import_id=job.pk, plan=plan_of(job, **how))
    work()
    return again(officer, job)


def taken_in(officer: Officer, case: CaseFile, content: bytes, **how) -> FileImport:
    job = checked(officer, case, content, **how)
    actions.start_import(officer=officer, import_id=job.pk)
    work()
    return again(officer, job)


def again(officer: Officer, job: FileImport) -> FileImport:
    return FileImport.objects.visible_to(officer).get(pk=job.pk)
