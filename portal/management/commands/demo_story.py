from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Agency
from portal.demo import story


class Command(BaseCommand):
    help = "Loads the demo story into an empty database and says how its people sign in."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not Agency.objects.exists():
            story.load()
        self.stdout.write(story.sign_ins())
