"""A program at the machine door: real HTTP, an officer's token, JSON."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any


@dataclass
class Answer:
    status: int
    body: Any
    headers: Message


@dataclass
class Machine:
    portal: str
    token: str

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Answer:
        return self._send("POST", path, body, {"Idempotency-Key": key} if key else {})

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None) -> Answer:
        sent = json.dumps(body).encode() if body is not None else None
        own = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"} | (headers or {})
        request = urllib.request.Request(f"{self.portal}/api/v1/{path}", data=sent, headers=own, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return self._read(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return self._read(refusal)

    def _read(self, answer: Any) -> Answer:
        text = answer.read()
        return Answer(answer.status, json.loads(text) if text else None, answer.headers)
