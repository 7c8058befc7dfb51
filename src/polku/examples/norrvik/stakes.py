"""Norrvik IT: who has a stake in it. Judgements about people, for the team alone."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_people import LineRow, StakeholderRow, listed

STAKEHOLDERS = (
    StakeholderRow(
        "stake_museum", "customer", party="museum", owner="olga", interest=5, influence=4,
        attitude="supportive", assessed_on=-20,
        expects_from_us=listed(
            "A checkout that a wet visitor can use | To hear it from us first",
            "Kassa, jota märkäkin kävijä osaa käyttää | Että kuulee sen meiltä ensin",
            "Kasa, z której skorzysta i zmoknięty gość | Wiadomość najpierw od nas",
            "Касса, с которой справится и промокший гость | Узнать об этом первыми от нас"),
        we_expect=listed(
            "Prices and hours by the first of each month | One person who decides",
            "Hinnat ja aukiolot kuun alkuun mennessä | Yksi joka päättää",
            "Ceny i godziny do pierwszego dnia miesiąca | Jedna osoba, która decyduje",
            "Цены и часы к первому числу | Один человек, который решает"),
        stakes=("ticket_hosting", "museum_wifi", "new_checkout"),
        based_on=("learnt_leave_basket",),
        moves=(Move("current", -400, "olga", "Our partner, and the one others listen to."),),
    ),
    StakeholderRow(
        "stake_city_it", "sponsor", party="city", owner="olga", interest=3, influence=5,
        attitude="neutral", assessed_on=-40,
        expects_from_us=listed(
            "Fewer posts each year for the same service | Everything in two places",
            "Vähemmän työpaikkoja samasta palvelusta vuosi vuodelta | Kaikki kahdessa paikassa",
            "Co rok mniej etatów za tę samą usługę | Wszystko w dwóch miejscach",
            "С каждым годом меньше ставок за ту же услугу | Всё в двух местах"),
        we_expect=listed(
            "To know of the tender a year before", "Tieto kilpailutuksesta vuotta ennen",
            "Wiadomość o przetargu rok wcześniej", "Узнать о конкурсе за год"),
        stakes=("mail", "backup", "office_network"),
        moves=(Move("current", -400, "olga", "The largest, and it can count."),),
    ),
    StakeholderRow(
        "stake_operator", "competitor", owner="olga", interest=4, influence=4,
        attitude="against", assessed_on=-150,
        group_name=text("A large operator", "Iso operaattori", "Duży operator",
                        "Крупный оператор"),
        we_expect=listed(
            "A low price in the tender, and nobody in a van",
            "Matala hinta kilpailutuksessa eikä ketään pakettiautossa",
            "Niska cena w przetargu i nikogo w furgonetce",
            "Низкая цена на конкурсе и никого в фургоне"),
        stakes=("office_network", "mobiles"),
        moves=(Move("current", -380, "olga", "Rings our customers each spring."),),
    ),
    StakeholderRow(
        "stake_desk", "provider", party="desk_team", owner="jari", interest=5, influence=2,
        attitude="doubtful", assessed_on=-70,
        expects_from_us=listed(
            "That somebody tells them before a Monday like the last one | Fewer passwords",
            "Että joku kertoo ennen viimeisen kaltaista maanantaita | Vähemmän salasanoja",
            "Żeby ktoś uprzedził przed takim poniedziałkiem jak ostatni | Mniej haseł",
            "Чтобы предупреждали перед таким понедельником, как прошлый | Меньше паролей"),
        we_expect=listed(
            "To write down what they know by heart", "Että ulkoa osattu kirjoitetaan muistiin",
            "Zapisanie tego, co umieją na pamięć", "Записать то, что они знают наизусть"),
        stakes=("help_desk", "phone_sign_in"), based_on=("learnt_monday", "learnt_one_name"),
        moves=(Move("current", -300, "jari", "They hear it all first."),),
    ),
    StakeholderRow(
        "stake_privacy", "regulator", owner="olga", influence=5, attitude="unknown",
        group_name=text("The data protection office", "Tietosuojaviranomainen",
                        "Urząd ochrony danych", "Надзор за персональными данными"),
        expects_from_us=listed(
            "An answer within seventy-two hours", "Vastaus seitsemänkymmenenkahden tunnin sisällä",
            "Odpowiedź w ciągu siedemdziesięciu dwóch godzin", "Ответ в течение семидесяти двух "
            "часов"),
        stakes=("accounts",),
        moves=(Move("current", -200, "olga", "Never wrote to us yet."),),
    ),
    StakeholderRow(
        "stake_halls", "supplier", party="kivisilta", owner="sanna", interest=2, influence=4,
        attitude="supportive", assessed_on=-430,
        expects_from_us=listed(
            "A year's notice before we leave a hall", "Vuoden irtisanomisaika salista",
            "Roczne wypowiedzenie sali", "Предупреждение за год до ухода из зала"),
        stakes=("backup", "web_hosting"),
        moves=(Move("current", -430, "sanna", "Two halls, one on each side of the river."),),
    ),
)

LINES = (
    LineRow("stake_museum", "stake_city_it", text(
        "is half paid by it", "saa siltä puolet rahoistaan", "jest w połowie przez nie "
        "finansowane", "наполовину живёт на его деньги"), "olga"),
    LineRow("stake_operator", "stake_city_it", text(
        "visits it before each tender", "käy sen luona ennen jokaista kilpailutusta",
        "odwiedza je przed każdym przetargiem", "навещает его перед каждым конкурсом"), "olga"),
    LineRow("stake_desk", "stake_museum", text(
        "knows everybody there by name", "tuntee siellä kaikki nimeltä",
        "zna tam wszystkich po imieniu", "знает там всех по имени"), "jari"),
)
