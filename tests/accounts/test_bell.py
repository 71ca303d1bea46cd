"""The bell: rings after commit for whom it concerns, says nothing of content, and falls silent with the officer's access."""

import gzip
import http.client
import re
import select
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from redis import Redis

from accounts import actions, notices
from accounts.models import Agency, Notice, Officer
from accounts.rules import TOO_MANY_LINES
from accounts.views import bell
from cases.casefiles import actions as casefiles

KIND = "releases.release.awaiting"
SOON = 15  # seconds, far above what a ring takes and below a heartbeat
POOL = 4  # connections of the test's web server


class Stream:
    """What a browser's EventSource hears."""

    def __init__(self, portal: str, client: Client, **headers: str) -> None:
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
        self._line = http.client.HTTPConnection(urlsplit(portal).netloc.replace("localhost", "127.0.0.1"), timeout=SOON)
        self._line.request("GET", "/account/live/", headers={"Cookie": cookie, "Accept-Encoding": "gzip", **headers})
        self.answer = self._line.getresponse()

    def until(self, end: bytes) -> bytes:
        heard = b""
        while not heard.endswith(end):
            more = self.answer.read1(1)
            assert more, f"the line ended after {heard!r}"
            heard += more
        return heard

    def ended(self) -> bool:
        """Waits for the end."""
        while self.answer.read1(1000):
            pass
        return True

    def silent(self) -> bool:
        """Nothing for a while."""
        return not select.select([self.answer], [], [], 0.5)[0]

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def listen(live_portal, client_of) -> Iterator[Callable[..., Stream]]:
    opened = []

    def listening(client: Client, **headers: str) -> Stream:
        opened.append(Stream(live_portal, client, **headers))
        return opened[-1]

    yield listening
    for stream in opened:
        stream.close()


@contextmanager
def watching(*officers: Officer) -> Iterator[Callable[[], list[tuple[str, bytes]]]]:
    """Which of their channels rang meanwhile; others' tests may ring at the same time."""
    with Redis.from_url(settings.REDIS_URL) as redis, redis.pubsub(ignore_subscribe_messages=True) as ears:
        ears.subscribe(*(f"desk:{officer.pk}" for officer in officers))
        for _officer in officers:
            ears.get_message(timeout=1)

        def rang() -> list[str]:
            heard = []
            while message := ears.get_message(timeout=0.5):
                heard.append((message["channel"].decode(), message["data"]))
            return heard

        yield rang


@transaction.atomic
def post(*officers, subject_id=None) -> None:
    notices.post(KIND, to=officers, subject_id=subject_id or uuid4())


def test_an_officer_hears_of_their_own_notices_at_once_and_of_no_content(committed_db, ana, bela, client_of, listen):
    hers, theirs = listen(client_of(ana)), listen(client_of(bela))
    assert hers.answer.status == 200
    assert hers.answer.headers["Content-Type"].startswith("text/event-stream")
    for stream in (hers, theirs):
        assert stream.until(b"\n\n") == b"retry: 10000\n\n"
    subject_id = uuid4()
    post(ana, subject_id=subject_id)
    assert hers.until(b"\n\n") == bell.RING
    assert str(subject_id).encode() not in bell.RING
    assert theirs.silent()
    assert listen(client_of(ana), **{"Last-Event-ID": "1"}).until(b"look again\n\n").endswith(bell.RING)


def dismissed(officer, _client) -> None:
    actions.dismiss_officer(by=None, officer_id=officer.pk)


def suspended(officer, _client) -> None:
    actions.set_agency_status(agency_id=officer.agency_id, status=Agency.Status.SUSPENDED)


def signed_out(_officer, client) -> None:
    Session.objects.filter(pk=client.session.session_key).delete()


def with_a_new_password(officer, _client) -> None:
    officer.set_password("quiet-harbor-lantern-77")
    officer.save(update_fields=["password"])


def test_the_line_ends_in_place_of_a_ring_once_access_has_ended(committed_db, cast, client_of, listen):
    ends = {"ana": dismissed, "bela": suspended, "petra": signed_out, "otto": with_a_new_password}
    clients = {key: client_of(cast[key]) for key in (*ends, "sofia")}
    streams = {key: listen(client) for key, client in clients.items()}
    for stream in streams.values():
        stream.until(b"\n\n")
    for key, end in ends.items():
        end(cast[key], clients[key])
    post(*(cast[key] for key in clients))
    assert all(streams[key].ended() for key in ends)
    assert streams["sofia"].until(b"\n\n") == bell.RING
    assert listen(Client()).answer.status in {302, 401}


def test_more_lines_than_database_connections_leave_the_portal_answering(committed_db, ana, sami, client_of, listen, live_portal):
    client = client_of(ana)
    streams = [listen(each) for each in (client, client_of(sami)) for _line in range(bell.MOST_LINES)]
    assert len(streams) == 3 * POOL
    for stream in streams:
        stream.until(b"\n\n")
    post(ana, sami)
    for stream in streams:
        assert stream.until(b"\n\n") == bell.RING
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    page = urllib.request.Request(f"{live_portal}/account/security/", headers={"Cookie": cookie})
    assert urllib.request.urlopen(page, timeout=SOON).status == 200


def test_an_officer_holds_no_more_than_so_many_lines_and_gets_another_when_one_is_laid_down(committed_db, ana, sami, client_of, listen):
    client = client_of(ana)
    streams = [listen(client) for _line in range(bell.MOST_LINES)]
    for stream in streams:
        stream.until(b"\n\n")
    refused = listen(client).answer
    assert refused.status == 503
    assert str(TOO_MANY_LINES.text) in gzip.decompress(refused.read()).decode()
    assert listen(client_of(sami)).answer.status == 200
    streams[0].close()
    deadline = time.monotonic() + SOON
    while (another := listen(client)).answer.status == 503:
        assert time.monotonic() < deadline
    assert another.until(b"\n\n") == b"retry: 10000\n\n"


def test_of_many_lines_begun_at_once_no_more_stay_than_there_may_be(committed_db, ana, client_of, listen):
    client, together = client_of(ana), threading.Barrier(3 * bell.MOST_LINES)
    with ThreadPoolExecutor(3 * bell.MOST_LINES) as threads:
        list(threads.map(lambda _line: (together.wait(), listen(client)), range(3 * bell.MOST_LINES)))
    with Redis.from_url(settings.REDIS_URL) as redis:
        deadline = time.monotonic() + SOON
        while (lines := dict(redis.pubsub_numsub(f"desk:{ana.pk}"))[f"desk:{ana.pk}".encode()]) > bell.MOST_LINES:
            assert time.monotonic() < deadline, f"{lines} lines"
            time.sleep(0.1)


def test_the_bell_rings_after_the_deed_for_whom_it_concerns_and_only_if_it_stands(committed_db, ana, bela):
    with watching(ana, bela) as rang:
        with transaction.atomic():
            post(ana)
            transaction.set_rollback(True)
        assert rang() == []
        post(ana)
        assert rang() == [(f"desk:{ana.pk}", b"")]


def test_settling_and_putting_aside_ring_for_those_concerned(committed_db, ana, sami, bela):
    subject_id = uuid4()
    post(ana, sami, bela, subject_id=subject_id)
    with watching(ana, sami, bela) as rang:
        actions.put_notice_aside(officer=bela, notice_id=Notice.objects.get(officer=bela).pk)
        assert rang() == [(f"desk:{bela.pk}", b"")]
        with transaction.atomic():
            notices.settle(KIND, subject_id=subject_id)
        assert sorted(rang()) == sorted((f"desk:{officer.pk}", b"") for officer in (ana, sami))
    assert not Notice.objects.filter(done_at=None).exists()


def test_a_broken_bell_breaks_no_deed(committed_db, ana, monkeypatch):
    monkeypatch.setattr(notices, "_bell", Redis(host="127.0.0.1", port=1, retry=notices._bell.get_retry()))
    post(ana)
    assert Notice.objects.filter(officer=ana, done_at=None).count() == 1


def test_an_open_notice_is_not_doubled(committed_db, ana):
    subject_id = uuid4()
    together = threading.Barrier(4)

    def at_once() -> None:
        together.wait()
        post(ana, subject_id=subject_id)
        connection.close()

    threads = [threading.Thread(target=at_once) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notice.objects.filter(officer=ana).count() == 1


@pytest.mark.django_db
def test_the_badges_say_whose_desk_it_is_and_how_much_waits(ana, sami, client_of):
    case = casefiles.open_case(officer=sami, title="Harbor Ledger", team=[ana.pk])
    for number in range(3):
        casefiles.set_task(officer=sami, casefile_id=case.pk, title=f"Call {number}", assignee_id=ana.pk)
    page = client_of(ana).get("/account/badges/", headers={"HX-Request": "true"}).content.decode()
    assert f'data-officer="{ana.pk}"' in page
    assert 'data-badge="bell"' in page
    assert ">3<" in page


@pytest.mark.django_db
def test_an_officer_puts_aside_their_own_notices_alone(ana, sami, client_of):
    notices.post(KIND, to=[ana, sami], subject_id=uuid4())
    hers = Notice.objects.get(officer=ana)
    assert client_of(sami).post(f"/account/notices/{hers.pk}/done/").status_code == 404
    assert Notice.objects.filter(officer=ana, done_at=None).exists()
    for _time in range(2):
        assert client_of(ana).post(f"/account/notices/{hers.pk}/done/", {"next": "/cases/"}).url == "/cases/"
    assert not Notice.objects.filter(officer=ana, done_at=None).exists()
    assert Notice.objects.filter(officer=sami, done_at=None).exists()


@pytest.mark.django_db
def test_what_waits_at_home_can_be_put_aside_there(ana, sami, client_of):
    case = casefiles.open_case(officer=sami, title="Harbor Ledger", team=[ana.pk])
    casefiles.set_task(officer=sami, casefile_id=case.pk, title="Call the port authority", assignee_id=ana.pk)
    browser = client_of(ana)
    home = browser.get("/").content.decode()
    [done] = re.findall(r'action="(/account/notices/[0-9a-f-]+/done/)"', home)
    assert browser.post(done).url == "/"
    assert "/done/" not in browser.get("/").content.decode()
