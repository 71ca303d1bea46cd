"""Tables that somebody sent to Ana: drivers and a bank's statement are in, visitors and a carrier's records wait for her with bad rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.entities import actions as entities
from cases.entities.models import FileImport
from cases.entities.transport import Column, Kind, Reading, TableMapping, guess

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


STATEMENT = """Date;Counterparty;Debit;Credit;Currency;Description
11/03/2026;NM12 0034 5567 8890 0126;;301,000.00;USD;Consulting, first quarter
12/03/2026;Harbour View Estates;120,000.00;;USD;Down payment, villa 14
08/05/2026;NM12 0034 5567 8890 0126;;322,500.00;USD;Consulting
11/05/2026;Harbour View Estates;180,000.00;;USD;Second payment, villa 14
17/07/2026;NM12 0034 5567 8890 0126;;341,000.00;USD;Consulting
20/07/2026;Lagoon Marine Leasing;64,500.00;;USD;Charter of the launch
22/10/2026;NM12 0034 5567 8890 0126;;356,900.00;EUR;Consulting, third quarter
23/10/2026;0x4bbeEB066eD09B7AEd07bF39EEe0460DFa261520;350,000.00;;USD;Purchase of tokens
"""
RECORDS = """A number;B number;Start time;Duration;Type;Cell ID
+99 55 014 7720;+99 55 014 2231;2026-10-19 05:20:05;0:31;voice;505-12-0401
+99 55 014 7720;+99 55 014 7731;2026-10-19 05:22:48;2:04;voice;505-12-0401
+99 55 014 7731;+99 55 014 7720;2026-10-20 05:04:10;;sms;
+99 55 014 7720;+1 202 555 0173;2026-11-02 21:11:00;1:17:40;voice;505-12-0418
;;2026-11-03 05:40:12;12;voice;505-12-0401
+99 55 014 7720;+99 55 014 2231;3 November;58;voice;505-12-0401
"""
GULL = "BL77 2210 0456 1190 3382"


def load(ana: Officer, case: CaseFile) -> None:
    """Through the same doors as everybody's files."""
    drivers = _send(ana, case, "drivers of the cold store.csv", DRIVERS, "Drivers of the cold store")
    entities.keep_mapping(officer=ana, import_id=drivers.pk, name="Transport register")
    entities.start_import(officer=ana, import_id=drivers.pk)
    entities.work_on_imports(now=timezone.now())
    _send(ana, case, "visitantes muelle 4.csv", VISITORS, "Visitors of berth 4")
    paid = _send(ana, case, "statement 2026.csv", STATEMENT, "Statement of Grey Gull Advisers", rows=Kind.MONEY, own=GULL)
    entities.start_import(officer=ana, import_id=paid.pk)
    entities.work_on_imports(now=timezone.now())
    _send(ana, case, "records +99550147720.csv", RECORDS, "Records of the Lagoon number", rows=Kind.CALLS, dates="ymd", zone="-05:00")


def _send(
    ana: Officer, case: CaseFile, name: str, table: str, title: str, *, rows: str = Kind.ENTITIES, dates: str = "dmy", **more: Any
) -> FileImport:
    job = entities.upload_file(officer=ana, casefile_id=case.pk, name=name, content=ContentFile(table.encode("cp1252"), name))
    headers = entities.headers_of(job.first[0], 1)
    columns = [Column(header, field) for header, field in zip(headers, guess(headers, rows), strict=True)]
    if rows == Kind.MONEY:  # the bank says with whom; what came in is in the column "Credit"
        columns = [replace(each, field="money:payer") if each.header == "Counterparty" else each for each in columns]
    plan = entities.Plan(Reading(**job.reading), TableMapping(1, dates, "person", columns, rows=rows, **more), title, "H2")
    entities.map_import(officer=ana, import_id=job.pk, plan=plan)
    entities.work_on_imports(now=timezone.now())
    return job
