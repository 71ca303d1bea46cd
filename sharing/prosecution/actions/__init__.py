"""What is done behind a wall: the only place that writes there."""

from sharing.prosecution.actions.advice import ask_for_advice, give_advice, reply_to_advice
from sharing.prosecution.actions.notices import NOTICES, STANDING
from sharing.prosecution.actions.readers import let_in, let_out
from sharing.prosecution.actions.reading import OpenAdvice, Wall, WayIn, list_advice, open_advice, open_wall, way_in, whom_to_address

__all__ = [
    "NOTICES",
    "STANDING",
    "OpenAdvice",
    "Wall",
    "WayIn",
    "ask_for_advice",
    "give_advice",
    "let_in",
    "let_out",
    "list_advice",
    "open_advice",
    "open_wall",
    "reply_to_advice",
    "way_in",
    "whom_to_address",
]
