"""How a proof of presence is asked for by a machine."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Proof
from accounts.roles import Deed


class ProofWanted(serializers.Serializer[Any]):
    deed = serializers.ChoiceField(choices=Deed.choices)
    subject_id = serializers.UUIDField()
    content_hash = serializers.RegexField(r"^[0-9a-f]{64}$")


class ProofAsked(serializers.Serializer[Any]):
    methods = serializers.ListField(child=serializers.ChoiceField(choices=Proof.Method.choices))
    passkey_options = serializers.JSONField(allow_null=True)
