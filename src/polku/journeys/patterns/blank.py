"""An empty journey: one part, one step, nothing said."""

from polku.journeys.patterns.pattern import Pattern, stage, step, t
from polku.tenancy.translated import Translated

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

BLANK = Pattern(
    "blank",
    t("Blank", "Tyhjä", "Pusta", "Пустой"),
    t("One empty step; you write the rest.", "Yksi tyhjä vaihe, muun kirjoitat itse.",
      "Jeden pusty krok; resztę napiszesz.", "Один пустой шаг, остальное пишете вы."),
    (stage(t("Beginning", "Alku", "Początek", "Начало"),
           step(Translated(), t("does the first thing", "tekee ensimmäisen asian",
                                "robi pierwszą rzecz", "делает первое"), sphere="unknown")),),
)
