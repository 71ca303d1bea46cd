"""What a column is likely to be, by what its header is called in English, Spanish, Portuguese or French. A guess, shown to be mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from cases.entities.identifiers import IdentifierType as Kind
from cases.entities.transport.mapping import NUMBER

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


def guess(headers: Sequence[str]) -> list[str]:
    """A field for each header, "" where none is likely. What a row has once is guessed for one column alone, the first."""
    taken: set[str] = set()
    found = []
    for header in headers:
        field = _known().get(_plain(header), "")
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


def _plain(header: str) -> str:
    """Small letters without accents, single spaces: "Fecha_de Nacimiento:" is "fecha de nacimiento"."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", header).casefold() if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
