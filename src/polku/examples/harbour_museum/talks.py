"""Harbour Museum: four talks along the visit with children, and what they come to."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import text
from polku.examples.content_journeys import ReadingRow, TalkRow

TALKS = (
    TalkRow("mother of two, Sunday", -48, "piotr", {
        "meet_web_shop": (
            "One price for the four of us.",
            "I chose four times and saw the sum on the last page.",
            "It remembered the day.",
            "Not why a four-year-old needs a ticket of nought euros.",
            "Hurried: the tram came.",
            "Say the price of a family first."),
        "meet_entrance": (
            "A door at the height of a pram.",
            "Eight steps. My husband carried, I held the other child.",
            "The girl at the desk ran out to help.",
            "The bell hangs where only he reaches.",
            "Looked at.",
            "Put the ramp out before we ring."),
        "meet_bench": (
            "A film, I think.",
            "They gave him a rope and waited.",
            "Waiting. Nobody took it out of his hands.",
            "Yes, at once.",
            "Proud, he and I.",
            "A low chair for the small ones."),
    }, like="per_family"),
    TalkRow("isä ja vaunut, lauantai", -47, "sanna", {
        "meet_web_shop": (
            "Että pääsen kahdella painalluksella.",
            "Aika loppui kesken ja aloitin alusta.",
            "Lippu tuli heti.",
            "Miksi pitää valita sali?",
            "Ärsytti vähän.",
            "Yksi nappi: perhe."),
        "meet_entrance": (
            "Hissi tai luiska.",
            "Soitin kelloa, kukaan ei tullut. Nostin vaunut itse.",
            "Ovi pysyi auki.",
            "Kyltissä lukee luiska, mutta sitä ei näy.",
            "Olin tiellä muille.",
            "Kertokaa kotona, mistä vaunuilla pääsee."),
        "meet_mail": (
            "Vastaus samana päivänä.",
            "Kysyin vaunuista, vastaus tuli reissun jälkeen.",
            "Vastaus oli ystävällinen.",
            "Oli, mutta myöhässä.",
            "Ihan sama enää.",
            "Vastatkaa ennen viikonloppua."),
    }, like="per_family"),
    TalkRow("babcia z wnukiem", -44, "piotr", {
        "meet_entrance": (
            "Że ktoś powie dzień dobry.",
            "Młody człowiek powiedział i wziął wózek.",
            "On. Zszedł, zanim zadzwoniłam.",
            "Tak.",
            "Jak u siebie.",
            "Poręcz po obu stronach."),
        "meet_bench": (
            "Nic nie wiedziałam.",
            "Wnuk nauczył mnie węzła.",
            "Że wolno dotykać.",
            "Tak, bez słów.",
            "Młodo.",
            "Napis po polsku, choć jeden."),
        "meet_door_card": (
            "Ankiety na dwie strony.",
            "Jedna kartka, jedno zdanie.",
            "Że krótko.",
            "Nie wiem, kto to czyta.",
            "Dobrze.",
            "Powieście kilka odpowiedzi."),
    }, like="per_family"),
    TalkRow("uncle in a wheelchair", -40, "piotr", {
        "meet_web_shop": (
            "To learn whether I get in.",
            "It sold me a ticket and said nothing of the stairs.",
            "Paying.",
            "No. The one thing I need is not there.",
            "Uneasy, until we came.",
            "Ask me once what I need, and remember."),
        "meet_entrance": (
            "What I was told: we will see.",
            "Eleven minutes at the bell, in the rain. Then everybody at once.",
            "The ramp, when it was there.",
            "Why does somebody have to let me in?",
            "Late, and a burden.",
            "A door that I open myself."),
        "meet_mail": (
            "A yes or a no.",
            "“We will see.”",
            "That a person answered.",
            "It answered another question.",
            "Doubtful.",
            "Say how wide the door is."),
    }, like="per_wheels"),
    TalkRow("grandfather", -39, "piotr", {
        "meet_bench": ("A story.", "I made a bowline.", "The rope.", "Yes.", "Strong.", "More."),
    }, taken_back_on=-38),
)

READINGS = (
    ReadingRow(
        "meet_entrance",
        text("All four came prepared for stairs; two were met in time.",
             "Kaikki neljä olivat varautuneet portaisiin; kaksi otettiin ajoissa vastaan.",
             "Wszyscy czworo spodziewali się schodów; dwoje ktoś przywitał na czas.",
             "Все четверо готовились к лестнице; двоих встретили вовремя."),
        text("The bell is heard only by whoever stands near. Who waits feels looked at.",
             "Kellon kuulee vain lähellä seisova. Odottava kokee olevansa näytillä.",
             "Dzwonek słyszy tylko ten, kto stoi blisko. Kto czeka, czuje się oglądany.",
             "Звонок слышит только тот, кто рядом. Ждущий чувствует на себе взгляды."),
        text("A page at home that shows the way in on wheels.",
             "Kotona luettava sivu: näin pääset sisään pyörillä.",
             "Strona do przeczytania w domu: jak wjechać na kołach.",
             "Страница, где дома видно, как въехать на колёсах."),
        -30, "piotr"),
    ReadingRow(
        "meet_web_shop",
        text("It sells a ticket and tells nothing that one needs for the day.",
             "Se myy lipun mutta ei kerro mitään, mitä päivänä tarvitsee.",
             "Sprzedaje bilet, ale nie mówi nic, co potrzebne w ten dzień.",
             "Продаёт билет, но не говорит ничего нужного в этот день."),
        text("The sum comes last, and time runs out on a tram.",
             "Summa tulee viimeisenä, ja aika loppuu raitiovaunussa.",
             "Suma jest na końcu, a w tramwaju kończy się czas.",
             "Сумма в самом конце, а в трамвае время выходит."),
        text("One button for a family. A question: what do you need to get in?",
             "Yksi nappi perheelle. Kysymys: mitä tarvitset päästäksesi sisään?",
             "Jeden przycisk dla rodziny. Pytanie: czego potrzebujesz, żeby wejść?",
             "Одна кнопка для семьи. Вопрос: что вам нужно, чтобы войти?"),
        -30, "piotr"),
    ReadingRow(
        "meet_bench",
        text("The best minute of the day: hands, rope, and somebody who waits.",
             "Päivän paras hetki: kädet, köysi ja joku, joka odottaa.",
             "Najlepsza chwila dnia: ręce, lina i ktoś, kto czeka.",
             "Лучшая минута дня: руки, канат и кто-то, кто ждёт."),
        text("Small children stand on their toes.", "Pienet seisovat varpaillaan.",
             "Małe dzieci stoją na palcach.", "Маленькие стоят на цыпочках."),
        text("A low chair, a line in Polish.", "Matala tuoli, rivi puolaksi.",
             "Niskie krzesło, jedno zdanie po polsku.", "Низкий стул, строчка по-польски."),
        -29, "piotr"),
    ReadingRow(
        "meet_mail",
        text("Kind, late, and about another question.",
             "Ystävällinen, myöhässä ja eri asiasta.",
             "Uprzejmie, późno i nie na temat.",
             "Любезно, поздно и не о том."),
        text("Who asks about wheels needs a yes or a no before leaving home.",
             "Pyöristä kysyvä tarvitsee kyllän tai ein ennen lähtöä.",
             "Kto pyta o wózek, potrzebuje tak albo nie przed wyjściem z domu.",
             "Кто спрашивает про коляску, тому до выхода нужно да или нет."),
        text("The width of the door.", "Oven leveys.", "Szerokość drzwi.", "Ширина двери."),
        -29, "sanna"),
)
