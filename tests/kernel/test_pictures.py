"""Pictures: what is taken in, what is left of it, and who may see it."""

import errno
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from polku.kernel import picture_reading
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.models import Attachment
from polku.kernel.picture_reading import LARGE, MOST_BYTES, SMALL, draw
from polku.kernel.pictures import (
    content_of,
    expected_files,
    keep_picture,
    own_picture,
    path_of,
    picture_or_404,
    with_words,
)
from polku.storage.errors import is_disk_full
from tests import drawn
from tests.cast import Cast

CANARY = "canary-of-the-harbour"


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: Any) -> Path:
    monkeypatch.setenv("POLKU_HOME", str(tmp_path))
    return tmp_path


def kept(content: bytes, cast: Cast, words: Any = "A door") -> Attachment:
    return keep_picture(io.BytesIO(content), words, by=cast.aino.actor)


def refusal(content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        draw(io.BytesIO(content))
    assert set(refused.value.fields) == {"file"}
    said = str(refused.value.fields["file"])
    assert "Nothing was saved." in said
    return said


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_four_kinds_are_kept_as_one(form: str, cast: Cast, own_home: Path) -> None:
    found = kept(drawn.file(form=form), cast)
    assert (found.number, found.content_type) == (1, "image/webp")
    assert (found.width, found.height) == (64, 40)
    for small in (False, True):
        with Image.open(io.BytesIO(content_of(found, small=small))) as image:
            assert (image.format, image.size) == ("WEBP", (64, 40))
    assert found.size == len(content_of(found))
    path = path_of(cast.museum.pk, found.sha256)
    assert path.parent == own_home / "files" / "pictures" / str(cast.museum.pk)
    assert path.stat().st_mode & 0o077 == 0


def test_the_longest_side_is_bounded_and_nothing_is_made_larger() -> None:
    wide = draw(io.BytesIO(drawn.file(drawn.picture((4000, 1000)))))
    assert (wide.width, wide.height) == (LARGE, 400)
    with Image.open(io.BytesIO(wide.small)) as image:
        assert image.size == (SMALL, 120)


@pytest.mark.parametrize("size", [(1, 1), (30_000, 1), (1, 30_000)])
def test_shapes_at_the_edge(size: tuple[int, int]) -> None:
    found = draw(io.BytesIO(drawn.file(drawn.picture(size))))
    assert min(found.width, found.height) >= 1
    assert max(found.width, found.height) <= LARGE


def sample(content: bytes, place: tuple[int, int]) -> tuple[int, ...]:
    with Image.open(io.BytesIO(draw(io.BytesIO(content)).large)) as image:
        value = image.convert("RGBA").getpixel(place)
    assert isinstance(value, tuple)
    return value


def test_colours_of_every_kind_come_out() -> None:
    red = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    assert sample(drawn.file(red, "JPEG"), (4, 4))[0] > 200
    assert sample(drawn.file(red, "JPEG"), (4, 4))[1] < 80
    deep = Image.new("I;16", (8, 8), 32_768)
    assert sample(drawn.file(deep), (4, 4))[0] in range(120, 137)
    palette = drawn.picture((8, 8)).quantize(4)
    for told in ({}, {"transparency": 0}):
        assert draw(io.BytesIO(drawn.file(palette, **told))).width == 8
    clear = Image.new("LA", (8, 8), (0, 0))
    assert sample(drawn.file(clear), (4, 4))[3] == 0
    assert draw(io.BytesIO(drawn.file(Image.new("1", (8, 8), 1)))).width == 8


def test_of_a_film_only_the_first_picture_is_looked_at() -> None:
    frames = [Image.new("P", (4, 4), n % 200) for n in range(1000)]
    film = io.BytesIO()
    frames[0].save(film, "GIF", save_all=True, append_images=frames[1:])
    assert draw(io.BytesIO(film.getvalue())).width == 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    found = draw(io.BytesIO(drawn.photo(orientation=orientation)))
    turned = orientation >= 5
    assert (found.width, found.height) == ((40, 64) if turned else (64, 40))
    corner = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}[orientation]
    place = (found.width - 3 if "r" in corner else 2, found.height - 3 if "b" in corner else 2)
    with Image.open(io.BytesIO(found.large)) as image:
        red, green, _blue = image.convert("RGB").getpixel(place)  # type: ignore[misc]
    assert red > 150 > green


def test_nothing_of_what_was_told_beside_a_picture_is_kept() -> None:
    profile = b"\0" * 128 + CANARY.encode()
    files = [
        drawn.photo(CANARY) + b"<script>" + CANARY.encode(),
        drawn.file(form="PNG", icc_profile=profile) + CANARY.encode(),
        drawn.file(form="WEBP", icc_profile=profile, xmp=CANARY.encode()),
        drawn.file(form="GIF", comment=CANARY.encode()),
    ]
    for content in files:
        assert CANARY.encode() in content or b"iCCP" in content
        found = draw(io.BytesIO(content))
        for part in (found.large, found.small):
            assert CANARY.encode() not in part
            assert not any(mark in part for mark in (b"<script", b"EXIF", b"XMP ", b"ICCP"))


@pytest.mark.parametrize("content", [
    b"", b"hello", b"%PDF-1.7", b"\0" * 64, b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", b"BM" + b"\0" * 64,
], ids=["empty", "words", "pdf", "zeros", "svg", "html", "bmp"])  # fmt: skip
def test_what_is_no_picture_is_turned_away(content: bytes) -> None:
    said = refusal(content)
    assert ("programs" in said) == (b"<" in content)
    assert ("empty" in said) == (not content)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_half_a_picture_is_turned_away(form: str) -> None:
    noise = Image.effect_noise((60, 60), 90).convert("RGB")
    whole = drawn.file(noise, form)
    assert "damaged" in refusal(whole[: len(whole) // 2])


@pytest.mark.parametrize(("content", "most"), [
    (drawn.huge_png(60_000, 60_000), "50 million"), (drawn.huge_png(4_000, 4_001), "16 million"),
    (drawn.huge_webp(16_000, 16_000), "50 million"),
], ids=["far too large", "a little too large", "another kind"])  # fmt: skip
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_would_fill_the_memory_is_never_unpacked(
    content: bytes, most: str, monkeypatch: Any
) -> None:
    def unpacked(*_args: Any, **_told: Any) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(picture_reading, "_upright", unpacked)
    assert len(content) < 200
    assert most in refusal(content)


def test_more_bytes_than_fit_are_not_even_read() -> None:
    file = io.BytesIO(b"\xff\xd8\xff" + b"\0" * (MOST_BYTES + 500))
    with pytest.raises(BadInput, match="10 MB"):
        draw(file)
    assert file.tell() == MOST_BYTES + 1


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.data())
def test_no_file_does_more_than_be_refused(noise: bytes, form: str, data: Any) -> None:
    good = bytearray(drawn.file(form=form))
    place = data.draw(st.integers(0, len(good)))
    for content in (noise, bytes(good[:place] + noise + good[place:])):
        told, found = set(), None
        try:
            found = draw(io.BytesIO(content))
        except BadInput as refused:
            told = set(refused.fields)
        assert told == {"file"} if found is None else found.large[:4] == b"RIFF"


def test_words_are_asked_for(cast: Cast, own_home: Path) -> None:
    for words in ("", "  ", {}, {"en": " "}, None, "x" * 201, 7):
        with pytest.raises(BadInput) as refused:
            kept(drawn.file(), cast, words)
        assert set(refused.value.fields) == {"words"}
    found = kept(drawn.file(), cast, {"en": "A door", "fi": "Ovi"})
    assert found.words.text("fi") == "Ovi"


def test_the_same_is_kept_once_and_other_words_share_the_file(cast: Cast, own_home: Path) -> None:
    first, again = kept(drawn.file(), cast), kept(drawn.file(), cast)
    assert first.pk == again.pk
    other = kept(drawn.file(), cast, "A gate")
    said = with_words(first, {"fi": "Ovi"}, by=cast.piotr.actor)
    assert [first.number, other.number, said.number] == [1, 2, 3]
    assert said.words.texts == {"en": "A door", "fi": "Ovi"}
    assert with_words(said, {"fi": "Ovi"}, by=cast.piotr.actor).pk == said.pk
    assert len({row.sha256 for row in (first, other, said)}) == 1
    assert len(list(path_of(cast.museum.pk, first.sha256).parent.iterdir())) == 2
    assert len(list(expected_files())) == 2


def test_a_damaged_file_is_mended_by_the_same_picture(cast: Cast, own_home: Path) -> None:
    found = kept(drawn.file(), cast)
    path = path_of(cast.museum.pk, found.sha256)
    path.write_bytes(b"something else")
    kept(drawn.file(), cast, "Once more")
    assert len(content_of(found)) == found.size
    path.unlink()
    with pytest.raises(NotFound):
        content_of(found)


def test_a_full_disk_leaves_neither_file_nor_row(
    cast: Cast, own_home: Path, monkeypatch: Any
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("polku.storage.keeping.os.fsync", full)
    with pytest.raises(OSError, match="no space") as raised:
        kept(drawn.file(), cast)
    assert is_disk_full(raised.value)
    assert not Attachment.objects.exists()
    assert not [path for path in (own_home / "files").rglob("*") if path.is_file()]


def test_who_keeps_and_who_sees(cast: Cast, own_home: Path) -> None:
    found = kept(drawn.file(), cast)
    for person in (cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            keep_picture(io.BytesIO(drawn.file()), "A door", by=person.actor)
    assert keep_picture(io.BytesIO(drawn.file()), "A door", by=cast.heikki.actor).pk != found.pk
    assert picture_or_404(cast.liisa.actor, "1") == found
    outside = [cast.tuomas.actor, cast.olga.actor, replace(cast.aino.actor, role="nobody")]
    for actor in outside:
        with pytest.raises(NotFound):
            picture_or_404(actor, found.number)
    for number in (0, 9, -1, "x", "²", "", None, True, 10**12):
        assert own_picture(cast.aino.actor, number) is None
