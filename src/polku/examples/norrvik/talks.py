"""Norrvik IT: three talks along the way to a new workplace service, and what they come to."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import text
from polku.examples.content_journeys import ReadingRow, TalkRow

TALKS = (
    TalkRow("office manager, twelve people", -40, "jari", {
        "tp_call": (
            "That Milla answers.",
            "She did, and knew which machines we have.",
            "No form.",
            "Yes.",
            "Light.",
            "Tell me the price while we talk."),
        "tp_order_mail": (
            "A yes and a day.",
            "A mail two days later with a price I had seen on the page.",
            "It was short.",
            "No day in it, only “soon”.",
            "Left hanging.",
            "Put the day in the subject."),
        "tp_first_morning": (
            "An hour of trouble.",
            "He stayed until the first mail was sent.",
            "That he stayed.",
            "Yes, except the telephone for signing in.",
            "Looked after.",
            "Bring a spare telephone, or another way."),
        "tp_bill": (
            "One line: a laptop.",
            "Seven lines, four of them in English.",
            "It came on the right day.",
            "No.",
            "Stupid.",
            "A name beside each line."),
    }, like="per_office"),
    TalkRow("kirjaston vastuuhenkilö", -38, "piotr", {
        "tp_call": (
            "Jono.",
            "Minuutti, sitten nimi.",
            "Kuulin paikkani jonossa.",
            "Kyllä.",
            "Asiallista.",
            "En mitään."),
        "tp_order_mail": (
            "Vahvistus.",
            "Kysyttiin uuden nimeä kolmannen kerran.",
            "Vastaus tuli perille.",
            "Miksi sama asia kysytään aina?",
            "Turhautti.",
            "Kerran riittää."),
        "tp_first_morning": (
            "Että laukku vain jätetään.",
            "Kone toimi, tulostin ei.",
            "Ohjelmat olivat valmiina.",
            "Oli.",
            "Helpotus.",
            "Tulostin valmiiksi."),
    }),
    TalkRow("theatre, five people", -33, "piotr", {
        "tp_order_mail": (
            "To be told when to be there.",
            "Nothing, then a call from the van at the door.",
            "The driver laughed too.",
            "No.",
            "Caught out.",
            "A day, the evening before at the latest."),
        "tp_bill": (
            "To file it.",
            "I rang Olga and she explained it line by line.",
            "Olga.",
            "Afterwards, yes.",
            "Grateful, and sorry for her time.",
            "Write down what she said."),
    }, like="per_office"),
)

READINGS = (
    ReadingRow(
        "tp_order_mail",
        text("It says the price and keeps silent about the day.",
             "Se kertoo hinnan mutta ei päivää.",
             "Podaje cenę, a o dniu milczy.",
             "Называет цену и молчит о дне."),
        text("Two days for a known price; the same name asked for again.",
             "Kaksi päivää tutusta hinnasta; samaa nimeä kysytään taas.",
             "Dwa dni na znaną cenę; znów pytanie o to samo nazwisko.",
             "Два дня на известную цену; снова спрашивают то же имя."),
        text("The day, in the subject line.", "Päivä, otsikossa.", "Dzień, w temacie.",
             "День, в теме письма."),
        -25, "piotr"),
    ReadingRow(
        "tp_first_morning",
        text("Somebody stays until it works. That is what people tell others.",
             "Joku jää, kunnes se toimii. Siitä kerrotaan muille.",
             "Ktoś zostaje, aż zadziała. O tym ludzie opowiadają.",
             "Кто-то остаётся, пока не заработает. Об этом рассказывают другим."),
        text("The printer and the telephone for signing in.",
             "Tulostin ja kirjautumisen puhelin.",
             "Drukarka i telefon do logowania.",
             "Принтер и телефон для входа."),
        text("A way in without a telephone.", "Tapa kirjautua ilman puhelinta.",
             "Sposób logowania bez telefonu.", "Способ войти без телефона."),
        -24, "jari"),
    ReadingRow(
        "tp_bill",
        text("It is understood after a call to Olga, and only then.",
             "Sen ymmärtää, kun on soittanut Olgalle, vasta silloin.",
             "Rozumie się go po telefonie do Olgi, nie wcześniej.",
             "Его понимают после звонка Ольге, не раньше."),
        text("Seven lines for one laptop, four of them in English.",
             "Seitsemän riviä yhdestä läppäristä, neljä englanniksi.",
             "Siedem pozycji za jeden laptop, cztery po angielsku.",
             "Семь строк за один ноутбук, четыре по-английски."),
        text("A name beside each line.", "Nimi jokaisen rivin viereen.",
             "Nazwisko przy każdej pozycji.", "Имя рядом с каждой строкой."),
        -24, "piotr"),
)
