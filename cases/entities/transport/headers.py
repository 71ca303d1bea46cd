"""What a column is likely to be, by what its header is called in English, Spanish, Portuguese or French. A guess, shown to be mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from cases.entities.identifiers import IdentifierType as Kind
from cases.entities.transport.mapping import NUMBER
from cases.entities.transport.mapping import Kind as Rows

CALLED: dict[str, str] = {
    "id": "id|record id|row id|ref|reference|referencia|codigo|code|identificador|identifiant|no|numero|n",
    "etype": "kind|type|entity type|tipo|tipo de entidad|tipo de entidade|type d entite|etype",
    "name": "name|full name|complete name|nombre completo|nome completo|nom complet|nom et prenom|nombre y apellidos|subject|sujeto|sujet"
    "|company|empresa|razon social|razao social|raison sociale|societe|denominacion|denominacao|denomination|titular|titulaire|owner"
    "|propietario|proprietario|proprietaire|nombre|nome",
    "given": "given|given name|given names|first name|first names|forename|nombres|primer nombre|nombre de pila|prenome|primeiro nome"
    "|prenom|prenoms",
    "surname": "surname|surnames|last name|family name|apellido|apellidos|primer apellido|apellido paterno|sobrenome|apelido|nom"
    "|nom de famille",
    "second_surname": "second surname|segundo apellido|apellido materno|segundo sobrenome|second nom",
    "aliases": "alias|aliases|aka|a k a|known as|also known as|conocido como|conhecido como|outros nomes|otros nombres|autres noms",
    "nicknames": "nickname|nicknames|apodo|apodos|alcunha|alcunhas|surnom|surnoms",
    "maiden": "maiden name|nombre de soltera|apellido de soltera|nome de solteira|nom de jeune fille|nom de naissance",
    "born": "born|dob|date of birth|birth date|birthdate|year of birth|fecha de nacimiento|fecha nacimiento|nacimiento|f nac"
    "|data de nascimento|data nascimento|nascimento|date de naissance|ne le|nee le|nascido em",
    "happened": "date of event|event date|fecha del hecho|data do fato|data do facto|date des faits",
    "gender": "gender|sex|sexo|genero|sexe|genre",
    "country": "country|nationality|pais|nacionalidad|nacionalidade|pays|nationalite",
    "place": "place|city|town|ciudad|municipio|localidad|cidade|localidade|ville|lieu|lieu de naissance|place of birth|lugar"
    "|lugar de nacimiento|local|local de nascimento",
    "address": "address|street|street address|direccion|domicilio|endereco|morada|adresse|domicile",
    Kind.PHONE: "phone|phones|telephone|mobile|cell|cell phone|msisdn|phone number|telefono|celular|movil|telefone|telemovel|portable"
    "|numero de telefono|numero de telefone|numero de telephone|tel",
    Kind.EMAIL: "email|e mail|mail|correo|correo electronico|endereco eletronico|endereco de e mail|courriel|adresse e mail",
    Kind.PASSPORT: "passport|passport number|passport no|pasaporte|numero de pasaporte|passaporte|numero do passaporte|passeport"
    "|numero de passeport",
    Kind.NATIONAL_ID: "national id|national identity number|id card|identity number|dni|cedula|curp|cui|dpi|documento de identidad"
    "|documento de identidade|cpf|rg|rut|run|carte d identite|nin|bilhete de identidade",
    Kind.TAX_ID: "tax id|tax number|nit|rfc|ruc|cuit|cuil|cnpj|rif|rtn|nif|numero fiscal|identifiant fiscal|contribuinte",
    Kind.SOCIAL_SECURITY: "ssn|social security|social security number|seguro social|nss|securite sociale|numero de securite sociale",
    Kind.REGISTRATION: "company number|registration number|registro mercantil|matricula mercantil|registro comercial|siren|siret",
    Kind.IBAN: "iban",
    Kind.ACCOUNT: "account|account number|account no|cuenta|numero de cuenta|clabe|cbu|conta|numero da conta|compte|numero de compte",
    Kind.BIC: "bic|swift|swift code|bic swift|codigo swift|code bic",
    Kind.WALLET: "wallet|wallet address|billetera|carteira|portefeuille|adresse du portefeuille",
    Kind.PLATE: "plate|plates|number plate|licence plate|license plate|registration plate|placa|placas|patente|matricula"
    "|placa do veiculo|plaque|immatriculation|plaque d immatriculation",
    Kind.VIN: "vin|chassis|chassi|vehicle identification number|numero de chasis|niv|numero de serie|numero de chassis",
    Kind.IMEI: "imei",
    Kind.IMSI: "imsi",
    Kind.IMO: "imo|imo number|numero omi|numero imo",
    Kind.CONTAINER: "container|container number|contenedor|conteiner|contentor|conteneur",
    Kind.MAC: "mac|mac address|direccion mac|endereco mac|adresse mac",
}  # fmt: skip


ID = "id|record id|row id|transaction id|id transaccion|id transacao|call id|identificador|identifiant|reference number|no|numero|n"
WHEN = {
    "day": "date|day|date and time|datetime|timestamp|start|start time|start date|value date|booking date|transaction date|call date|fecha"
    "|fecha y hora|fecha hora|fecha valor|fecha operacion|fecha inicio|inicio|data|data e hora|data hora|data valor|data inicio|jour"
    "|date et heure|date valeur|date operation|date de debut|debut",
    "clock": "time|hour|time of day|call time|hora|hora inicio|hora de inicio|heure|heure de debut",
    "zone": "zone|time zone|timezone|tz|utc offset|offset|zona|zona horaria|huso horario|fuso|fuso horario|fuseau|fuseau horaire",
}
DEALINGS: dict[str, dict[str, str]] = {
    Rows.MONEY: {
        "id": ID,
        "payer": "payer|from|sender|from account|sender account|debtor|debit account|ordering customer|originator|source|remitter|ordenante"
        "|pagador|remitente|cuenta origen|origen|de|remetente|conta origem|origem|donneur d ordre|payeur|emetteur|compte debiteur",
        "payee": "payee|to|beneficiary|recipient|receiver|to account|beneficiary account|creditor|credit account|destination|counterparty"
        "|beneficiario|destinatario|cuenta destino|destino|contraparte|a|para|favorecido|conta destino|beneficiaire|destinataire"
        "|compte crediteur|contrepartie",
        "amount": "amount|value|sum|total|credit|credit amount|importe|monto|valor|cuantia|credito|abono|haber|montante|quantia"
        "|montant|somme",
        "amount_back": "debit|debit amount|withdrawal|debito|cargo|debe|retiro|saida",
        "currency": "currency|ccy|currency code|moneda|divisa|moeda|devise|monnaie",
        "direction": "direction|dr cr|d c|debit credit|sentido|sens|direcao|direccion|tipo de movimiento",
        **WHEN,
        "kind": "kind|type|transaction type|method|channel|tipo|tipo de operacion|tipo de operacao|forma de pago|type d operation|canal",
        "reference": "reference|ref|invoice|invoice number|referencia|factura|documento|fatura|nota|facture",
        "purpose": "purpose|description|details|memo|narrative|remittance information|concepto|descripcion|detalle|glosa|motivo|descricao"
        "|historico|finalidade|objet|libelle|motif|communication",
    },
    Rows.CALLS: {
        "id": ID,
        "caller": "caller|calling|calling number|a number|anumber|a party|from|from number|originating number|msisdn|source number|origen"
        "|numero origen|llamante|numero que llama|abonado a|numero a|de|origem|numero origem|chamador|numero chamador|appelant"
        "|numero appelant",
        "called": "called|called number|b number|bnumber|b party|to|to number|dialed number|dialled number|destination|destination number"
        "|other party|destino|numero destino|llamado|numero llamado|abonado b|numero b|a|para|chamado|numero chamado|appele|numero appele",
        "direction": "direction|call direction|in out|sentido|sens|direcao|direccion",
        **WHEN,
        "seconds": "duration|seconds|duration seconds|duration s|duration sec|call duration|duracion|duracion segundos|duracion seg"
        "|segundos|duracao|duracao segundos|duree|duree secondes|secondes",
        "kind": "kind|type|call type|service|service type|event type|tipo|tipo de llamada|servicio|tipo de chamada|servico|type d appel",
        "cell": "cell|cell id|cellid|cgi|ecgi|cell site|lac ci|celda|celda id|id celda|celula|id celula|antena|cellule",
        "place": "place|location|site|address|site address|lugar|ubicacion|sitio|direccion de la celda|local|localizacao|lieu|adresse",
        "imei": "imei|imei a|device",
        "imsi": "imsi|imsi a|subscriber id",
    },
}  # fmt: skip
"""Of tables of payments and of calls; most words of one mean something else in the other."""
TELLING = {Rows.MONEY: {"amount", "amount_back"}, Rows.CALLS: {"caller", "called"}}


def kind_of(headers: Sequence[str]) -> str:
    """What the rows are likely to be: payments and calls have columns that nothing else has."""
    for kind, telling in TELLING.items():
        found = {field.partition(":")[2] for field in guess(headers, kind)}
        beside = {"day", "seconds", "cell"} if kind == Rows.CALLS else {"day", "currency", "payer", "payee"}
        if found & telling and found & beside and (kind == Rows.MONEY or telling <= found):
            return kind
    return Rows.ENTITIES


def guess(headers: Sequence[str], rows: str = Rows.ENTITIES) -> list[str]:
    """A field for each header, "" where none is likely. What a row has once is guessed for one column alone, the first."""
    taken: set[str] = set()
    found = []
    known = _known() if rows == Rows.ENTITIES else _known_of(rows)
    for header in headers:
        field = known.get(_plain(header), "")
        found.append("" if field in taken and not field.startswith(NUMBER) else field)
        taken.add(field)
    parts = {"given", "surname"} & set(found)
    return ["given" if field == "name" and parts == {"surname"} and _plain(header) in {"nombre", "nome"} else field
            for header, field in zip(headers, found, strict=True)]  # fmt: skip


@cache
def _known() -> dict[str, str]:
    return {
        name: f"{NUMBER}{field.value}" if isinstance(field, Kind) else field
        for field, called in CALLED.items()
        for name in called.split("|")
    }


@cache
def _known_of(rows: str) -> dict[str, str]:
    return {name: field if field == "id" else f"{rows}:{field}" for field, called in DEALINGS[rows].items() for name in called.split("|")}


def _plain(header: str) -> str:
    """Small letters without accents, single spaces: "Fecha_de Nacimiento:" is "fecha de nacimiento"."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", header).casefold() if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
