"""Norrvik IT: the way of an office to a new workplace service, as it is and as it shall be."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_journeys import (
    CellRow,
    ChapterRow,
    CommentRow,
    JourneyRow,
    PainRow,
    RewriteRow,
    StageRow,
    StepRow,
)
from polku.examples.norrvik.talks import READINGS, TALKS

NEEDS = StepRow(
    text("Needs one", "Tarvitsee koneen", "Potrzebuje", "Нужен ноутбук"),
    text("Somebody starts on the first of the month and needs a laptop.",
         "Joku aloittaa kuun alussa ja tarvitsee läppärin.",
         "Od pierwszego ktoś zaczyna pracę i potrzebuje laptopa.",
         "С первого числа выходит новый человек, ему нужен ноутбук."),
    text("To see in a minute what there is and what it costs.",
         "Nähdä minuutissa, mitä on tarjolla ja mitä se maksaa.",
         "Zobaczyć w minutę, co jest i ile kosztuje.",
         "За минуту увидеть, что есть и сколько стоит."),
    1, 0, "customer", ("tp_help_page",), {
        "customer_backstage": (CellRow(text(
            "Asks round who ordered the last one.", "Kyselee, kuka tilasi edellisen.",
            "Pyta, kto zamawiał poprzedni.", "Спрашивает, кто заказывал прошлый.")),),
        "frontstage": (CellRow(text(
            "Keeps a page with three laptops and their prices.",
            "Pitää sivua, jolla on kolme läppäriä hintoineen.",
            "Prowadzimy stronę z trzema laptopami i cenami.",
            "Держим страницу с тремя ноутбуками и ценами.")),),
        "backstage": (CellRow(text(
            "Changes prices when the supplier does.", "Muuttaa hintoja toimittajan mukana.",
            "Zmieniamy ceny za dostawcą.", "Меняем цены вслед за поставщиком.")),),
    },
)

ASKS = StepRow(
    text("Asks for it", "Pyytää", "Prosi", "Просит"),
    text("Rings the help desk and says for whom.", "Soittaa tukeen ja kertoo, kenelle.",
         "Dzwoni do pomocy i mówi, dla kogo.", "Звонит в поддержку и говорит, для кого."),
    text("One number, and nobody asks for a form.", "Yksi numero, eikä kukaan pyydä lomaketta.",
         "Jeden numer i żadnego formularza.", "Один номер, и никаких форм."),
    1, 1, "joint", ("tp_call",), {
        "customer_backstage": (CellRow(text(
            "Gets a yes from the chief first.", "Hakee ensin johtajan luvan.",
            "Najpierw dostaje zgodę szefa.", "Сначала получает согласие начальника.")),),
        "frontstage": (CellRow(text(
            "Answers by name and repeats what was asked.", "Vastaa nimellä ja toistaa pyynnön.",
            "Przedstawiamy się i powtarzamy prośbę.", "Называем себя и повторяем просьбу."),
            who="desk_team", duration="PT4M"),),
        "backstage": (CellRow(text(
            "Opens a case and hands it to the field.", "Avaa tapauksen ja antaa sen kentälle.",
            "Otwieramy zgłoszenie i dajemy terenowym.", "Заводим дело и передаём выездным."),
            who="desk_team"),),
        "support": (CellRow(text("Help desk people", "Tuen väki", "Ludzie z pomocy",
                                 "Люди поддержки"), part="cmp_desk"),),
    },
    wait="PT1M", evidence="measured", n=212, seen_on=-45,
)

AGREES = StepRow(
    text("Agrees", "Sopii", "Zgadza się", "Соглашается"),
    text("Answers a mail with price and day: yes.", "Vastaa viestiin hinnasta ja päivästä: kyllä.",
         "Odpisuje na e-mail z ceną i dniem: tak.", "Отвечает на письмо с ценой и днём: да."),
    text("A price one can explain, and a day that holds.",
         "Hinta, jonka voi selittää, ja päivä, joka pitää.",
         "Cena, którą można wyjaśnić, i pewny dzień.",
         "Цена, которую можно объяснить, и твёрдый день."),
    1, -1, "joint", ("tp_order_mail",), {
        "customer_backstage": (CellRow(text(
            "Waits for whoever may spend the money.", "Odottaa sitä, joka saa käyttää rahaa.",
            "Czeka na kogoś, kto może wydać pieniądze.", "Ждёт того, кто вправе тратить.")),),
        "frontstage": (CellRow(text(
            "Sends price and day by mail.", "Lähettää hinnan ja päivän viestinä.",
            "Wysyłamy cenę i dzień e-mailem.", "Отправляем цену и день письмом."),
            duration="P2D"),),
        "backstage": (
            CellRow(text("Looks whether a laptop is on the shelf.",
                         "Katsoo, onko läppäriä hyllyssä.", "Sprawdzamy, czy laptop jest na półce.",
                         "Смотрим, есть ли ноутбук на полке."), who="field_team"),
            CellRow(text("Works the price out in a sheet.", "Laskee hinnan taulukossa.",
                         "Liczymy cenę w arkuszu.", "Считаем цену в таблице."), who="jari"),
        ),
        "system": (CellRow(text("Spare laptops", "Varakoneet", "Zapasowe laptopy",
                                "Запасные ноутбуки"), part="cmp_spares"),),
    },
    (
        PainRow(text(
            "Two days for a price that stands on the page.",
            "Kaksi päivää hinnasta, joka lukee sivulla.",
            "Dwa dni na cenę, która jest na stronie.",
            "Два дня ждать цену, которая есть на странице."),
            3, "observed", 12, -80, "tp_order_mail", "mend",
            "The answer to the call says price and day at once.", ("learnt_wait_shown",)),
    ),
    "P2D", evidence="observed", n=12, seen_on=-80,
)

TELLS = StepRow(
    text("Tells who", "Kertoo, kuka", "Mówi, kto", "Говорит, кто"),
    text("Sends the name and the programs of the new person.",
         "Lähettää uuden ihmisen nimen ja ohjelmat.",
         "Wysyła nazwisko i programy nowej osoby.",
         "Присылает имя и программы нового человека."),
    text("To write it once.", "Kirjoittaa sen kerran.", "Napisać to raz.", "Написать один раз."),
    1, 0, "joint", ("tp_order_mail",), {
        "customer_backstage": (CellRow(text(
            "Does not know yet which programs.", "Ei vielä tiedä, mitä ohjelmia.",
            "Jeszcze nie wie, jakie programy.", "Ещё не знает, какие программы.")),),
        "frontstage": (CellRow(text(
            "Asks again for what is missing.", "Kysyy uudelleen puuttuvaa.",
            "Pytamy ponownie o brakujące.", "Переспрашиваем недостающее.")),),
        "backstage": (CellRow(text(
            "Makes the account and its rights.", "Luo tunnuksen ja oikeudet.",
            "Zakładamy konto i uprawnienia.", "Заводим учётную запись и права."),
            who="desk_team"),),
        "system": (
            CellRow(text("Directory of people", "Käyttäjähakemisto", "Katalog osób",
                         "Каталог людей"), part="cmp_directory"),
            CellRow(text("Mail platform", "Sähköpostialusta", "Platforma poczty",
                         "Почтовая платформа"), part="cmp_mail_platform"),
        ),
        "supplier": (CellRow(text(
            "Postimeri opens the mailbox.", "Postimeri avaa postilaatikon.",
            "Postimeri otwiera skrzynkę.", "Postimeri открывает ящик."), who="postimeri"),),
    },
    (
        PainRow(text(
            "The same name is asked for three times.", "Samaa nimeä kysytään kolmesti.",
            "O to samo nazwisko pytamy trzy razy.", "Одно и то же имя спрашивают трижды."),
            3, "observed", 9, -60, "tp_order_mail", "", "", ("learnt_one_name",)),
    ),
)

WAITS = StepRow(
    text("Waits", "Odottaa", "Czeka", "Ждёт"),
    text("Lends the new person somebody’s old machine.", "Lainaa uudelle jonkun vanhan koneen.",
         "Pożycza nowej osobie czyjś stary komputer.", "Даёт новому чей-то старый компьютер."),
    text("To hear when.", "Kuulla, milloin.", "Usłyszeć, kiedy.", "Услышать, когда."),
    0, -2, "customer", (), {
        "customer_backstage": (CellRow(text(
            "Buys one in the shop next door, twice a year.",
            "Ostaa naapurikaupasta, kahdesti vuodessa.",
            "Kupuje w sklepie obok, dwa razy w roku.",
            "Покупает в магазине рядом, дважды в год.")),),
        "backstage": (
            CellRow(text("Puts the programs on it overnight.", "Asentaa ohjelmat yön aikana.",
                         "W nocy instalujemy programy.", "Ночью ставим программы."),
                    who="field_team", duration="PT9H"),
            CellRow(text("Waits for the van to be free.", "Odottaa vapaata pakettiautoa.",
                         "Czekamy na wolną furgonetkę.", "Ждём свободный фургон."),
                    who="field_team"),
        ),
        "support": (CellRow(text("Field engineers and the van", "Kenttäväki ja pakettiauto",
                                 "Terenowi i furgonetka", "Выездные и фургон"),
                            part="cmp_field"),),
    },
    (
        PainRow(text(
            "Nobody says on which day it comes.", "Kukaan ei sano, minä päivänä se tulee.",
            "Nikt nie mówi, którego dnia przyjdzie.", "Никто не говорит, в какой день привезут."),
            5, "measured", 41, -45, "", "mend",
            "A word with the day as soon as the van is booked.", ("learnt_wait_shown",)),
    ),
    "P5D", evidence="measured", n=41, seen_on=-45,
)

FIRST_MORNING = StepRow(
    text("First morning", "Ensimmäinen aamu", "Pierwszy ranek", "Первое утро"),
    text("Opens the laptop and signs in.", "Avaa läppärin ja kirjautuu.",
         "Otwiera laptopa i się loguje.", "Открывает ноутбук и входит."),
    text("That it simply works.", "Että se yksinkertaisesti toimii.", "Że po prostu działa.",
         "Что он просто работает."),
    2, 1, "joint", ("tp_first_morning", "tp_sign_in"), {
        "frontstage": (CellRow(text(
            "Brings it, stays until the first mail is sent.",
            "Tuo sen ja jää, kunnes ensimmäinen viesti lähtee.",
            "Przywozimy i zostajemy do pierwszego e-maila.",
            "Привозим и остаёмся до первого письма."), who="field_team", whose="joint"),),
        "backstage": (CellRow(text(
            "Notes the machine and its owner.", "Kirjaa koneen ja sen haltijan.",
            "Zapisujemy komputer i właściciela.", "Записываем машину и владельца."),
            who="field_team"),),
        "support": (CellRow(text("Field engineers and the van", "Kenttäväki ja pakettiauto",
                                 "Terenowi i furgonetka", "Выездные и фургон"),
                            part="cmp_field"),),
        "system": (CellRow(text("Directory of people", "Käyttäjähakemisto", "Katalog osób",
                                "Каталог людей"), part="cmp_directory"),),
    },
    (
        PainRow(text(
            "Sign-in asks for a telephone that not everybody has.",
            "Kirjautuminen kysyy puhelinta, jota kaikilla ei ole.",
            "Logowanie prosi o telefon, którego nie każdy ma.",
            "Вход требует телефон, который есть не у всех."),
            3, "observed", 4, -70, "tp_sign_in"),
    ),
    evidence="observed", n=16, seen_on=-70,
)

GETS_HELP = StepRow(
    text("Gets help", "Saa apua", "Dostaje pomoc", "Получает помощь"),
    text("Rings on the third day: the printer is not there.",
         "Soittaa kolmantena päivänä: tulostinta ei näy.",
         "Dzwoni trzeciego dnia: nie ma drukarki.", "Звонит на третий день: принтера нет."),
    text("Somebody who knows the machine already.", "Joku, joka tuntee koneen jo.",
         "Ktoś, kto już zna ten komputer.", "Кто-то, кто уже знает эту машину."),
    1, 1, "joint", ("tp_call",), {
        "frontstage": (CellRow(text(
            "Sees the machine and puts the printer on it.", "Näkee koneen ja lisää tulostimen.",
            "Widzimy komputer i dodajemy drukarkę.", "Видим машину и добавляем принтер."),
            who="desk_team", duration="PT6M"),),
        "backstage": (CellRow(text(
            "Adds it to the list for the next laptop.", "Lisää sen seuraavan koneen listaan.",
            "Dopisujemy to do listy na następny laptop.", "Вносим в список для следующего."),
            who="desk_team"),),
        "support": (CellRow(text("Help desk people", "Tuen väki", "Ludzie z pomocy",
                                 "Люди поддержки"), part="cmp_desk"),),
    },
    wait="PT1M", optional=True, evidence="measured", n=212, seen_on=-45,
)

PAYS = StepRow(
    text("Pays and says", "Maksaa ja sanoo", "Płaci i mówi", "Платит и говорит"),
    text("Reads the bill and pays it.", "Lukee laskun ja maksaa sen.",
         "Czyta rachunek i płaci.", "Читает счёт и платит."),
    text("Lines one can explain to the chief.", "Rivit, jotka voi selittää johtajalle.",
         "Pozycje, które można wyjaśnić szefowi.", "Строки, которые можно объяснить начальнику."),
    1, -1, "joint", ("tp_bill", "tp_review"), {
        "customer_backstage": (CellRow(text(
            "Asks the office next door what a line means.",
            "Kysyy naapuritoimistosta, mitä rivi tarkoittaa.",
            "Pyta sąsiednie biuro, co znaczy pozycja.",
            "Спрашивает соседний офис, что значит строка.")),),
        "frontstage": (CellRow(text(
            "Sends one bill a month.", "Lähettää yhden laskun kuussa.",
            "Wysyłamy jeden rachunek miesięcznie.", "Присылаем один счёт в месяц.")),),
        "backstage": (CellRow(text(
            "Gathers prices from four lists.", "Kerää hinnat neljästä listasta.",
            "Zbieramy ceny z czterech list.", "Собираем цены из четырёх списков."),
            duration="P1D"),),
    },
    (
        PainRow(text(
            "Nobody can say what half of the lines are.",
            "Kukaan ei osaa sanoa, mitä puolet riveistä on.",
            "Nikt nie wie, czym jest połowa pozycji.",
            "Никто не скажет, что значит половина строк."),
            4, "measured", 27, -130, "tp_bill", "mend", "The bill in words of the house.",
            ("learnt_bill",)),
    ),
    evidence="measured", n=27, seen_on=-130,
)

STAGES = (
    StageRow(text("Notice", "Huomaa", "Zauważ", "Заметь"),
             text("To have a machine for the new person in time.",
                  "Saada kone uudelle ajoissa.", "Mieć na czas komputer dla nowej osoby.",
                  "Вовремя получить компьютер для нового."),
             "explore", (NEEDS,)),
    StageRow(text("Ask and agree", "Pyydä ja sovi", "Poproś i uzgodnij", "Попроси и договорись"),
             text("A price and a day.", "Hinta ja päivä.", "Cena i dzień.", "Цена и день."),
             "agree", (ASKS, AGREES)),
    StageRow(text("Get ready", "Valmistaudu", "Przygotuj się", "Подготовься"),
             text("To write everything once.", "Kirjoittaa kaikki kerran.",
                  "Napisać wszystko raz.", "Написать всё один раз."),
             "onboard", (TELLS, WAITS)),
    StageRow(text("Begin", "Aloita", "Zacznij", "Начни"),
             text("To work on the first morning.", "Tehdä töitä heti ensimmäisenä aamuna.",
                  "Pracować od pierwszego ranka.", "Работать с первого утра."),
             "co_create", (FIRST_MORNING, GETS_HELP)),
    StageRow(text("Look back", "Katso taakse", "Spójrz wstecz", "Оглянись"),
             text("To know what one paid for.", "Tietää, mistä maksoi.",
                  "Wiedzieć, za co się płaci.", "Знать, за что платишь."),
             "realize", (PAYS,)),
)

DAY_TOLD = text("Writes the day as soon as the van is booked.",
                "Kirjoittaa päivän heti, kun auto on varattu.",
                "Piszemy dzień, gdy tylko furgonetka jest zajęta.",
                "Пишем день, как только заказан фургон.")
PRICE_AT_ONCE = text("Says price and day in the same call.",
                     "Kertoo hinnan ja päivän samassa puhelussa.",
                     "Podajemy cenę i dzień w tej samej rozmowie.",
                     "Называем цену и день в том же разговоре.")
BILL_IN_WORDS = text("Sends a bill in words of the house.", "Lähettää laskun talon sanoin.",
                     "Wysyłamy rachunek zwykłymi słowami.", "Присылаем счёт простыми словами.")
LEAVES_GUIDE = text("Leaves a page with the ten first questions.",
                    "Jättää sivun kymmenestä ensimmäisestä kysymyksestä.",
                    "Zostawiamy kartkę z dziesięcioma pytaniami.",
                    "Оставляем листок с десятью вопросами.")

JOURNEYS = (
    JourneyRow(
        "jrn_workplace",
        text("We get a new workplace service", "Saamme uuden työpistepalvelun",
             "Dostajemy nową usługę stanowiska pracy", "Мы получаем новое рабочее место"),
        text("An office of twelve gets its thirteenth person on the first of the month. Whoever "
             "orders the coffee orders the laptop too.",
             "Kahdentoista hengen toimisto saa kolmannentoista kuun alussa. Läppärin tilaa se, "
             "joka tilaa kahvinkin.",
             "Biuro na dwanaście osób od pierwszego ma trzynastą. Laptopa zamawia ta, która "
             "zamawia kawę.",
             "В офис на двенадцать человек с первого числа выходит тринадцатый. Ноутбук "
             "заказывает та же, кто заказывает кофе."),
        ("workplace", "accounts", "mail", "help_desk"), "jari",
        (Move("sketch", -260, "piotr", "Walked with three offices."),),
        STAGES, review_due=40, meant_for=("per_office", "offices"),
        chapters=(
            ChapterRow(-215, "jari", steps=("agreed", "in_use"),
                       why="Read by the desk, the field and two office managers."),
            ChapterRow(-62, "jari", (RewriteRow(6, "frontstage", LEAVES_GUIDE),),
                       steps=("agreed", "in_use"), why="The page of ten questions is there."),
            ChapterRow(-14, "piotr", (RewriteRow(5, "frontstage", DAY_TOLD),)),
        ),
        counterpart=(
            ChapterRow(-30, "piotr", (RewriteRow(2, "frontstage", PRICE_AT_ONCE),
                                      RewriteRow(5, "frontstage", DAY_TOLD),
                                      RewriteRow(8, "frontstage", BILL_IN_WORDS)),
                       leaves_out=(3,), meets={5: ("tp_order_mail",)}),
        ),
        comments=(
            CommentRow(5, "customer_action", "Five days is long when somebody sits there with "
                       "nothing to do.", -11, guest="Noora, library"),
            CommentRow(8, "frontstage", "Voisiko laskussa lukea ihmisen nimi?", -10, guest="Ritva",
                       lang="fi", answer="Voi. Kokeilemme sitä ensi kuussa.", answered_by="olga",
                       answered_on=-8),
            CommentRow(4, "backstage", "The directory could take the name from the order.", -7,
                       by="milla"),
        ),
        talks=TALKS, readings=READINGS, shown_to="Three offices of the city",
    ),
)
