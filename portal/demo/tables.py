"""Two tables that somebody sent to Ana: one is in, the other waits for her with three rows that cannot be used."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.entities import actions as entities
from cases.entities.models import FileImport
from cases.entities.transport import Column, Reading, TableMapping, guess

DRIVERS = """Name;Date of birth;Plate;Phone;Passport
Oriel Castane;14/02/1979;NM 4471 K;+99 55 014 2210;XN 204418
Bruno Salterra;02/11/1984;NM 1180 C;+99 55 014 2231;XN 118203
Ilke Vandermoor;30/06/1991;NM 9034 T;;XN 771920
Teo Marrable;1988;BL 220 77;+99 55 014 2274;
"""
VISITORS = """Nombre;Apellidos;Fecha de nacimiento;Cédula;Teléfono
Dario;Quintelas Ferro;03/05/1982;4.118.220;+99 55 014 7731
Marisol;Andrade;17/13/1990;4.220.118;+99 55 014 7744
Ilario;;2011;;
;;;4.901.553;---
"""


def load(ana: Officer, case: CaseFile) -> None:
    """Through the same doors as everybody's files."""
    drivers = _send(ana, case, "drivers of the cold store.csv", DRIVERS, "Drivers of the cold store")
    entities.keep_mapping(officer=ana, import_id=drivers.pk, name="Transport register")
    entities.start_import(officer=ana, import_id=drivers.pk)
    entities.work_on_imports(now=timezone.now())
    _send(ana, case, "visitantes muelle 4.csv", VISITORS, "Visitors of berth 4")


def _send(ana: Officer, case: CaseFile, name: str, table: str, title: str) -> FileImport:
    job = entities.upload_file(officer=ana, casefile_id=case.pk, name=name, content=ContentFile(table.encode("cp1252"), name))
    headers = entities.headers_of(job.first[0], 1)
    columns = [Column(header, field) for header, field in zip(headers, guess(headers), strict=True)]
    plan = entities.Plan(Reading(**job.reading), TableMapping(1, "dmy", "person", columns), title, "H2")
    entities.map_import(officer=ana, import_id=job.pk, plan=plan)
    entities.work_on_imports(now=timezone.now())
    return job
