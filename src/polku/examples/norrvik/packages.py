"""Norrvik IT: what is offered together. One package holds what is going, on purpose."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import ElementRow, Move, OfferingRow, PriceRow, text
from polku.examples.content_offers import MemberRow, PackageRow

PACKAGES = (
    PackageRow(
        "pkg_desk",
        text("A desk from the first morning", "Työpiste ensimmäisestä aamusta",
             "Stanowisko od pierwszego ranka", "Рабочее место с первого утра"),
        text("All that one person needs to begin on Monday and be helped on Tuesday.",
             "Kaikki, mitä yksi ihminen tarvitsee aloittaakseen maanantaina ja saadakseen apua "
             "tiistaina.",
             "Wszystko, czego potrzeba, żeby zacząć w poniedziałek, a we wtorek dostać pomoc.",
             "Всё, чтобы начать в понедельник и получить помощь во вторник."),
        owner="olga", segments=("offices",),
        members=(
            MemberRow("workplace"),
            MemberRow("accounts"),
            MemberRow("mail"),
            MemberRow("offer_desk"),
            MemberRow("mobiles", optional=True, min_n=0, default_n=1, max_n=2,
                      option_label=text("A phone and a number", "Puhelin ja numero",
                                        "Telefon i numer", "Телефон и номер")),
            MemberRow("printers", optional=True, min_n=0, default_n=1, max_n=1),
            MemberRow("file_archive", optional=True, min_n=0, default_n=0, max_n=1),
        ),
        moves=(Move("draft", -240, "olga", "The city asked for one price a desk."),
               Move("published", -210, "olga", "Read aloud to the help desk first.")),
    ),
    PackageRow(
        "pkg_house",
        text("A house that sells tickets", "Talo, joka myy lippuja",
             "Dom, który sprzedaje bilety", "Дом, где продают билеты"),
        text("Shop, pages and Wi-Fi for a museum, a theatre or a boat.",
             "Kauppa, sivut ja Wi-Fi museolle, teatterille tai laivalle.",
             "Sklep, strony i Wi-Fi dla muzeum, teatru albo statku.",
             "Магазин, сайт и Wi-Fi для музея, театра или судна."),
        owner="sanna", segments=("culture_houses",),
        members=(
            MemberRow("ticket_hosting"),
            MemberRow("offer_web"),
            MemberRow("museum_wifi", min_n=1, default_n=4, max_n=12,
                      option_label=text("Wi-Fi in each hall", "Wi-Fi joka salissa",
                                        "Wi-Fi w każdej sali", "Wi-Fi в каждом зале")),
            MemberRow("terminals", optional=True, min_n=0, default_n=1, max_n=6),
            MemberRow("booking_register", optional=True, min_n=0, default_n=0, max_n=1),
        ),
        moves=(Move("draft", -45, "sanna", "Three houses buy the same three things."),),
    ),
)

PACKAGE_OFFERINGS = (
    OfferingRow(
        "offer_pkg_desk", "pkg_desk",
        text("A desk from the first morning", "Työpiste ensimmäisestä aamusta",
             "Stanowisko od pierwszego ranka", "Рабочее место с первого утра"),
        text("A laptop, mail, one account and somebody who answers.",
             "Kannettava, posti, yksi tunnus ja joku, joka vastaa.",
             "Laptop, poczta, jedno konto i ktoś, kto odbiera.",
             "Ноутбук, почта, одна учётная запись и тот, кто ответит."),
        what_is_not_included=text("Chairs, and the view from the window.",
                                  "Tuolit ja näkymä ikkunasta.",
                                  "Krzesła i widok z okna.",
                                  "Стулья и вид из окна."),
        when=text("Weekdays 7–18; ready when told three working days before",
                  "Arkisin 7–18; valmis, kun kerrot kolme arkipäivää ennen",
                  "W dni robocze 7–18; gotowe po trzech dniach roboczych",
                  "В будни 7–18; готово, если сказать за три рабочих дня"),
        how_to_get=text("Write to the help desk who begins, where and when.",
                        "Kirjoita käyttäjätukeen, kuka aloittaa, missä ja milloin.",
                        "Napisz do pomocy technicznej, kto zaczyna, gdzie i kiedy.",
                        "Напишите в поддержку, кто, где и когда начинает."),
        order_kind="request", segments=("offices",), published_langs=("en", "fi", "pl", "ru"),
        is_default=False,
        prices=(
            PriceRow(4900, text("a desk", "työpiste", "stanowisko", "рабочее место"),
                     "recurring", "P1M"),
            PriceRow(400, text("a desk, from the fiftieth on", "työpiste, 50. alkaen",
                               "stanowisko, od pięćdziesiątego",
                               "рабочее место, начиная с пятидесятого"), "discount"),
            PriceRow(6000, text("a delivery outside the town", "toimitus kaupungin ulkopuolelle",
                                "dostawa poza miasto", "доставка за город")),
        ),
        elements=(
            ElementRow("action", text("We set it up beside you on the first morning",
                                      "Laitamme kaiken kuntoon vieressäsi ensimmäisenä aamuna",
                                      "Ustawiamy wszystko przy tobie pierwszego ranka",
                                      "Настраиваем всё рядом с вами в первое утро"),
                       key="el_pkg_morning", happens_at="tp_first_morning"),
        ),
        moves=(Move("draft", -215, "olga", "Written for the catalogue."),
               Move("published", -205, "olga", "Read aloud to the help desk first.")),
    ),
)
