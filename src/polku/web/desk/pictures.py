"""The fields of a picture in a form: the file, and the words of what is to be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, Self

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.models import Attachment
from polku.web.desk.editing_controls import Control, Of, controls_of, line_ends
from polku.web.pictures import Shown, address_in, picture_html

WORDS = Field("words", "translated", required=True)


@dataclass(frozen=True)
class PictureControl(Control):
    """A control of one of several picture forms on a page: its id names the form too."""

    of: str = ""

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return f"{self.of}-{self.name}"


@dataclass(frozen=True)
class PictureForm:
    """One form: ``key`` says on the way back which one it was; ``shown`` is the picture that hangs
    there. The words in the first language and in the writer's stand first, others in ``more``."""

    key: str
    picture: Shown | None
    shown: SafeString
    words: list[Control]
    more: list[Control] = field(default_factory=list)
    file_error: str = ""
    is_open: bool = False

    @property
    def id(self) -> str:
        """The beginning of all ids in the form."""
        return self.key.replace(":", "-")

    @property
    def more_open(self) -> bool:
        """Whether something is wrong, or was just written, in another language."""
        return any(control.error for control in self.more)

    def again(self, post: Mapping[str, str], problems: Mapping[str, Any]) -> Self:
        """The form with what was sent and what is wrong with it. The file has to be chosen once
        more: no page may hand one back."""
        words = [_kept(control, post) for control in self.words]
        if "words" in problems:
            words[0] = replace(words[0], error=str(problems["words"]))
        return replace(
            self, words=words, more=[_kept(control, post) for control in self.more],
            file_error=str(problems.get("file", "")), is_open=True,
        )  # fmt: skip


def picture_form(actor: Actor, key: str, picture: Shown | None) -> PictureForm:
    """The form of a picture, filled from the one that hangs there."""
    of = key.replace(":", "-")
    plain = controls_of(actor, Of(Attachment), WORDS, picture.words if picture else None)
    found: list[Control] = [PictureControl(**vars(one) | {"kind": "area"}, of=of) for one in plain]
    found[0] = replace(found[0], help=_("For those who cannot see it, and for lists and history."))
    mine = {found[0].lang, actor.lang_for_writing}
    shown = picture_html(picture, address_in(actor.workspace), actor.lang_for_writing)
    return PictureForm(key, picture, shown, [one for one in found if one.lang in mine],
                       [one for one in found if one.lang not in mine])  # fmt: skip


def sent_words(post: Any) -> dict[str, str]:
    """The words of a form by language; empty ones only where something was emptied."""
    texts = {key.removeprefix("words-"): " ".join(line_ends(post[key]).split())
             for key in post if key.startswith("words-")}  # fmt: skip
    return {lang: text for lang, text in texts.items() if text or post.get(f"was-words-{lang}")}


def sent_file(request: HttpRequest) -> IO[bytes] | None:
    """The file of a form; None when none was chosen."""
    return request.FILES.get("file") or None


def _kept(control: Control, post: Mapping[str, str]) -> Control:
    return replace(control, value=post[control.name]) if control.name in post else control
