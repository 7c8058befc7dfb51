"""Harbour Museum: the way of a family through a visit, as it is."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_journeys import (
    CellRow,
    ChapterRow,
    CommentRow,
    HungRow,
    JourneyRow,
    PainRow,
    RewriteRow,
    StageRow,
    StepRow,
)
from polku.examples.drawings import PictureRow
from polku.examples.harbour_museum.talks import READINGS, TALKS

HEARS = StepRow(
    text("Hears", "Kuulee", "Słyszy", "Узнаёт"),
    text("Sees a poster at the library.", "Näkee julisteen kirjastossa.",
         "Widzi plakat w bibliotece.", "Видит афишу в библиотеке."),
    text("To see at once whether it suits a four-year-old.",
         "Että heti näkee, sopiiko se nelivuotiaalle.",
         "Od razu widać, czy to coś dla czterolatka.",
         "Сразу понять, подойдёт ли это четырёхлетнему."),
    1, 1, "customer", ("meet_poster",), {
        "customer_backstage": (CellRow(text(
            "Asks a friend, checks the weather.", "Kysyy ystävältä, katsoo säätiedotusta.",
            "Pyta znajomą, sprawdza pogodę.", "Спрашивает подругу, смотрит погоду.")),),
        "frontstage": (CellRow(text(
            "Hangs it up in 14 places.", "Ripustaa sen 14 paikkaan.",
            "Wieszamy go w 14 miejscach.", "Вешаем её в 14 местах.")),),
        "backstage": (CellRow(text(
            "Prints 200 posters and carries them round.", "Painaa 200 julistetta ja vie ne.",
            "Drukujemy 200 plakatów i je roznosimy.", "Печатаем 200 афиш и разносим их.")),),
        "supplier": (CellRow(text(
            "Libraries leave it on the wall.", "Kirjastot pitävät sen seinällä.",
            "Biblioteki zostawiają go na ścianie.", "Библиотеки оставляют её на стене."),
            who="city"),),
    },
)

BOOKS = StepRow(
    text("Books", "Varaa", "Kupuje", "Покупает"),
    text("Buys tickets on the phone.", "Ostaa liput puhelimella.",
         "Kupuje bilety przez telefon komórkowy.", "Покупает билеты с телефона."),
    text("To know the whole price before paying.", "Tietää koko hinta ennen maksamista.",
         "Znać całą cenę przed płaceniem.", "Знать полную цену до оплаты."),
    1, -1, "joint", ("meet_web_shop",), {
        "customer_backstage": (CellRow(text(
            "Argues about Saturday or Sunday.", "Väittelee lauantaista ja sunnuntaista.",
            "Spiera się: sobota czy niedziela.", "Спорит: суббота или воскресенье.")),),
        "frontstage": (CellRow(text(
            "Takes the money and sends the ticket.", "Ottaa maksun ja lähettää lipun.",
            "Przyjmujemy płatność i wysyłamy bilet.", "Принимаем оплату и отправляем билет.")),),
        "backstage": (
            CellRow(text("Changes prices by hand.", "Muuttaa hinnat käsin.",
                         "Zmieniamy ceny ręcznie.", "Меняем цены вручную.")),
            CellRow(text("Checks the sum each night.", "Tarkistaa summan joka ilta.",
                         "Co noc sprawdzamy kasę.", "Каждую ночь сверяем кассу."),
                    who="front_desk", duration="PT10M"),
        ),
        "system": (CellRow(text("Ticket shop", "Verkkolippukauppa", "Sprzedaż biletów",
                                "Билетная касса"), part="part_ticket_shop"),),
        "supplier": (CellRow(text(
            "Norrvik IT keeps the shop open.", "Norrvik IT pitää kaupan auki.",
            "Norrvik IT utrzymuje sklep.", "Norrvik IT держит магазин открытым."),
            who="norrvik"),),
    },
    (
        PainRow(text(
            "The price for four is added up only on the last page; one in six stops there.",
            "Neljän hinta lasketaan vasta viimeisellä sivulla; joka kuudes lopettaa siihen.",
            "Cena za cztery osoby pojawia się dopiero na końcu; co szósty tam rezygnuje.",
            "Цена на четверых видна лишь на последней странице; каждый шестой там уходит."),
            4, "measured", 84, -60, "meet_web_shop", "mend",
            "Norrvik IT builds a checkout of one page; we asked for the price at the top.",
            ("learnt_price_board",)),
    ),
    "PT2M", evidence="measured", n=84, seen_on=-60,
)

GETS_TICKET = StepRow(
    text("Gets the ticket", "Saa lipun", "Dostaje bilet", "Получает билет"),
    text("Opens the mail with the ticket.", "Avaa viestin, jossa lippu on.",
         "Otwiera e-mail z biletem.", "Открывает письмо с билетом."),
    text("The ticket within a few minutes.", "Lippu muutamassa minuutissa.",
         "Bilet w kilka minut.", "Билет за несколько минут."),
    1, 1, "joint", ("meet_ticket_mail",), {
        "customer_backstage": (CellRow(text(
            "Looks for it in three inboxes.", "Etsii sitä kolmesta postilaatikosta.",
            "Szuka go w trzech skrzynkach.", "Ищет его в трёх ящиках.")),),
        "frontstage": (CellRow(text(
            "Sends it within five minutes.", "Lähettää sen viidessä minuutissa.",
            "Wysyłamy go w pięć minut.", "Отправляем за пять минут."), duration="PT5M",
            picture=PictureRow("ticket", text(
                "A paper ticket with a sailing ship, and four dots for four people.",
                "Paperilippu, jossa purjelaiva ja neljä pistettä neljälle.",
                "Papierowy bilet z żaglowcem i czterema kropkami dla czterech osób.",
                "Бумажный билет с парусником и четырьмя точками на четверых."))),),
        "backstage": (CellRow(text(
            "Sends lost ones again.", "Lähettää kadonneet uudelleen.",
            "Zgubione wysyłamy ponownie.", "Потерянные отправляем снова."),
            who="front_desk"),),
        "system": (CellRow(text("Ticket shop", "Verkkolippukauppa", "Sprzedaż biletów",
                                "Билетная касса"), part="part_ticket_shop"),),
    },
    wait="PT5M", evidence="measured", n=80, seen_on=-60,
)

ARRIVES = StepRow(
    text("Arrives", "Tulee perille", "Dociera", "Приходит"),
    text("Walks from the tram.", "Kävelee raitiovaunulta.", "Idzie od tramwaju.",
         "Идёт от трамвая."),
    text("To see the house from the stop.", "Nähdä talo pysäkiltä.",
         "Widzieć budynek z przystanku.", "Увидеть дом с остановки."),
    1, 0, "customer", ("meet_street_sign",), {
        "customer_backstage": (CellRow(text(
            "Packs food, changes one child.", "Pakkaa eväät, vaihtaa yhdelle kuivat.",
            "Pakuje jedzenie, przebiera jedno dziecko.", "Собирает еду, переодевает малыша.")),),
        "backstage": (CellRow(text(
            "Salts the path in the morning.", "Hiekoittaa polun aamulla.",
            "Rano sypiemy ścieżkę solą.", "Утром посыпаем дорожку.")),),
        "supplier": (CellRow(text(
            "The city looks after the signs.", "Kaupunki hoitaa kyltit.",
            "Miasto dba o tablice.", "Город следит за указателями."), who="city"),),
    },
    evidence="observed", n=31, seen_on=-120,
)

ENTERS = StepRow(
    text("Enters", "Astuu sisään", "Wchodzi", "Входит"),
    text("Finds the door and shows the ticket.", "Löytää oven ja näyttää lipun.",
         "Znajduje drzwi i pokazuje bilet.", "Находит дверь и показывает билет."),
    text("A way in with a pram or a wheelchair.", "Sisään pääsee vaunuilla ja pyörätuolilla.",
         "Wejście z wózkiem, dziecięcym albo inwalidzkim.", "Вход с любой коляской."),
    2, -1, "provider", ("meet_entrance",), {
        "frontstage": (CellRow(text(
            "Waits behind the desk.", "Odottaa tiskin takana.", "Czekamy za ladą.",
            "Ждём за стойкой.")),),
        "backstage": (CellRow(text(
            "Charges the ramp, checks the bell.", "Lataa luiskan, kokeilee kelloa.",
            "Ładujemy rampę, sprawdzamy dzwonek.", "Заряжаем пандус, проверяем звонок.")),),
        "support": (CellRow(text("Guide in hall 1", "Salin 1 opas", "Przewodnik w sali 1",
                                 "Экскурсовод в зале 1"), part="part_guides"),),
    },
    (
        PainRow(text(
            "Eight steps, and on Sundays nobody hears the bell.",
            "Kahdeksan porrasta, eikä kukaan kuule kelloa sunnuntaisin.",
            "Osiem stopni, a w niedziele nikt nie słyszy dzwonka.",
            "Восемь ступеней, и по воскресеньям звонка никто не слышит."),
            5, "observed", 41, -45, "meet_entrance", "mend",
            "A bell that rings at the guide.", ("learnt_steps", "learnt_call_first")),
        PainRow(text(
            "Nowhere to put wet coats and a pram.",
            "Märille takeille ja vaunuille ei ole paikkaa.",
            "Nie ma gdzie zostawić mokrych kurtek i wózka.",
            "Некуда деть мокрые куртки и коляску."),
            3, "observed", 38, -120, "", "accepted",
            "The hall stays as small as it is until the coat room is built.",
            ("learnt_coat_corner",)),
    ),
    "PT5M", evidence="observed", n=41, seen_on=-45,
)

VISITS = StepRow(
    text("Visits", "Kiertää", "Zwiedza", "Осматривает"),
    text("Follows the trail and ties a knot.", "Seuraa polkua ja solmii solmun.",
         "Idzie tropem i wiąże węzeł.", "Идёт по следу и вяжет узел."),
    text("Something to do with the hands.", "Jotain käsillä tehtävää.",
         "Coś do zrobienia rękami.", "Занятие для рук."),
    2, 2, "joint", ("meet_bench", "meet_trail_sheet"), {
        "frontstage": (CellRow(text(
            "Lends a trail sheet and a rope.", "Lainaa polkukartan ja köyden.",
            "Pożyczamy kartę tropu i linę.", "Даём листок со следом и канат."),
            whose="joint",
            picture=PictureRow("trail", text(
                "A sheet with a dotted trail to a red cross, and a rope bound to a loop.",
                "Kartta, jossa katkoviiva vie punaiselle ristille, ja silmukalle sidottu köysi.",
                "Kartka z kropkowanym tropem do czerwonego krzyżyka i lina związana w pętlę.",
                "Листок с пунктиром до красного креста и канат, связанный петлёй."))),),
        "backstage": (CellRow(text(
            "Tidies the loft between groups.", "Siivoaa vintin ryhmien välissä.",
            "Sprzątamy strych między grupami.", "Прибираем чердак между группами."),
            duration="PT15M"),),
        "support": (CellRow(text("Guides", "Oppaat", "Przewodnicy", "Экскурсоводы"),
                            part="part_guides"),),
        "system": (CellRow(text("Museum floor Wi-Fi", "Museosalien Wi-Fi", "Wi-Fi w salach",
                                "Wi-Fi в залах"), part="part_wifi"),),
    },
    (
        PainRow(text(
            "The small one is tired just when the large one begins to ask.",
            "Pieni väsyy juuri kun iso alkaa kysellä.",
            "Młodsze jest zmęczone, gdy starsze zaczyna pytać.",
            "Младший устаёт, когда старший начинает спрашивать."),
            2, based_on=("learnt_two_hours",)),
    ),
    evidence="measured", n=96, seen_on=-60,
)

ASKS = StepRow(
    text("Asks", "Kysyy", "Pyta", "Спрашивает"),
    text("Asks about lost gloves.", "Kysyy kadonneita hanskoja.",
         "Pyta o zgubione rękawiczki.", "Спрашивает о потерянных варежках."),
    text("An answer before the weekend.", "Vastaus ennen viikonloppua.",
         "Odpowiedź przed weekendem.", "Ответ до выходных."),
    1, -1, "joint", ("meet_mail",), {
        "customer_backstage": (CellRow(text(
            "Writes on the tram.", "Kirjoittaa raitiovaunussa.", "Pisze w tramwaju.",
            "Пишет в трамвае.")),),
        "frontstage": (CellRow(text(
            "Answers when Aino has time.", "Vastaa, kun Aino ehtii.",
            "Odpowiadamy, gdy Aino ma czas.", "Отвечаем, когда у Айно есть время.")),),
        "backstage": (CellRow(text(
            "Finds out who had the hall.", "Selvittää, kenellä sali oli.",
            "Ustalamy, kto miał salę.", "Выясняем, чей был зал.")),),
        "system": (CellRow(text("Mail box", "Postilaatikko", "Skrzynka", "Почтовый ящик")),),
    },
    (
        PainRow(text(
            "Nine days until an answer, and two were promised.",
            "Yhdeksän päivää vastaukseen, kaksi luvattiin.",
            "Dziewięć dni na odpowiedź, a obiecano dwa.",
            "Девять дней до ответа, а обещали два."),
            4, "measured", 41, -30, "meet_mail"),
    ),
    "P2D", True, "measured", 41, -30,
)

SAYS = StepRow(
    text("Says", "Sanoo", "Mówi", "Говорит"),
    text("Writes one sentence on a card at the door.", "Kirjoittaa lauseen korttiin ovella.",
         "Pisze jedno zdanie na kartce przy drzwiach.", "Пишет одну фразу на карточке у двери."),
    text("That somebody reads it.", "Että joku lukee sen.", "Że ktoś to przeczyta.",
         "Что кто-нибудь прочтёт."),
    1, 1, "provider", ("meet_door_card",), {
        "customer_backstage": (CellRow(text(
            "Tells the grandparents.", "Kertoo isovanhemmille.", "Opowiada dziadkom.",
            "Рассказывает бабушке с дедушкой.")),),
        "frontstage": (CellRow(text(
            "Reads and answers.", "Lukee ja vastaa.", "Czytamy i odpowiadamy.",
            "Читаем и отвечаем."), duration="P2D"),),
        "backstage": (CellRow(text(
            "Counts what comes up, on Fridays.", "Laskee perjantaisin, mikä toistuu.",
            "W piątki liczymy, co się powtarza.", "По пятницам считаем, что повторяется.")),),
    },
    optional=True, evidence="measured", n=58, seen_on=-60,
)

STAGES = (
    StageRow(text("Explore", "Tutustu", "Poznaj", "Узнай"),
             text("To find something for a wet Sunday.", "Löytää tekemistä sadesunnuntaiksi.",
                  "Znaleźć coś na deszczową niedzielę.", "Найти занятие на дождливый день."),
             "explore", (HEARS,)),
    StageRow(text("Agree", "Sovi", "Umów się", "Договорись"),
             text("To be sure of a place and a price.", "Varmistaa paikka ja hinta.",
                  "Mieć pewne miejsce i cenę.", "Быть уверенным в месте и цене."),
             "agree", (BOOKS, GETS_TICKET)),
    StageRow(text("Come in", "Tule sisään", "Wejdź", "Войди"),
             text("To be inside, dry and together.", "Olla sisällä, kuivana ja yhdessä.",
                  "Być w środku, sucho i razem.", "Оказаться внутри, в сухе и вместе."),
             "onboard", (ARRIVES, ENTERS)),
    StageRow(text("Do together", "Tehkää yhdessä", "Zróbcie razem", "Делайте вместе"),
             text("Two hours in which nobody is bored.", "Kaksi tuntia, ettei kukaan pitkästy.",
                  "Dwie godziny bez nudy.", "Два часа, когда никому не скучно."),
             "co_create", (VISITS,)),
    StageRow(text("Keep in touch", "Pidä yhteyttä", "Bądź w kontakcie", "Оставайся на связи"),
             text("To be heard.", "Tulla kuulluksi.", "Zostać wysłuchanym.", "Быть услышанным."),
             "realize", (ASKS, SAYS)),
)

RAMP = text("Opens the ramp when somebody rings.", "Avaa luiskan, kun joku soittaa kelloa.",
            "Otwieramy rampę, gdy ktoś zadzwoni.", "Открываем пандус, когда звонят.")
DESK_ANSWERS = text(
    "Whoever is at the desk answers within two days.", "Tiskillä oleva vastaa kahdessa päivässä.",
    "Kto jest przy ladzie, odpowiada w dwa dni.", "Кто у стойки, отвечает за два дня.")
BELL_TOLD = text(
    "Comes out with the ramp; the bell rings in the guide’s pocket.",
    "Tulee luiskan kanssa ulos; kello soi oppaan taskussa.",
    "Wychodzimy z rampą; dzwonek dzwoni w kieszeni przewodnika.",
    "Выходим с пандусом; звонок звенит у экскурсовода в кармане.")

WAY_IN = PictureRow("way_in", text(
    "A door above eight steps, a ramp beside them, and a bell low on the wall.",
    "Ovi kahdeksan portaan yläpäässä, luiska niiden vieressä ja kello matalalla seinässä.",
    "Drzwi nad ośmioma stopniami, rampa obok nich i dzwonek nisko na ścianie.",
    "Дверь над восемью ступенями, рядом с ними пандус, и звонок низко на стене."))

JOURNEYS = (
    JourneyRow(
        "jrn_family",
        text("I visit the museum with children", "Käyn museossa lasten kanssa",
             "Idę z dziećmi do muzeum", "Я иду в музей с детьми"),
        text("It rains on a Sunday in October. Two grown-ups, a girl of nine and a boy of four "
             "want to be somewhere dry together.",
             "Lokakuun sunnuntaina sataa. Kaksi aikuista, yhdeksänvuotias tyttö ja nelivuotias "
             "poika haluavat olla yhdessä jossain kuivassa.",
             "Pada w październikową niedzielę. Dwoje dorosłych, dziewięciolatka i czterolatek "
             "chcą być razem gdzieś, gdzie jest sucho.",
             "Октябрьское воскресенье, дождь. Двое взрослых, девочка девяти лет и мальчик "
             "четырёх хотят побыть вместе там, где сухо."),
        ("family_visit", "net_loft"), "piotr",
        (Move("sketch", -320, "piotr", "Walked with the first of nine families."),),
        STAGES, review_due=60, meant_for=("per_family", "per_wheels", "families"),
        chapters=(
            ChapterRow(-290, "piotr", steps=("agreed", "in_use"),
                       why="Read aloud to the guides and the front desk; nobody said no."),
            ChapterRow(-118, "piotr", (RewriteRow(5, "frontstage", RAMP),),
                       steps=("agreed", "in_use"), why="After the hour with the wheelchair."),
            ChapterRow(-11, "piotr", (RewriteRow(5, "frontstage", BELL_TOLD),
                                      RewriteRow(7, "frontstage", DESK_ANSWERS)),
                       (HungRow(5, "frontstage", WAY_IN),)),
        ),
        comments=(
            CommentRow(5, "frontstage", "Who opens the ramp on Sundays? We came at noon and rang "
                       "for eleven minutes.", -9, guest="Tuomas, fourth grade"),
            CommentRow(5, "touchpoint", "Hyvä, että kello on nyt lapsen korkeudella.", -8,
                       guest="Agata", lang="fi", answer="Kiitos. Heikki siirsi sen viikko sitten.",
                       answered_by="aino", answered_on=-7),
            CommentRow(7, "frontstage", "My mornings are quiet: I could answer these.", -6,
                       by="sanna"),
            CommentRow(2, "customer_action", "На телефоне не видно, сколько стоит вчетвером.", -5,
                       guest="Вера", lang="ru"),
        ),
        talks=TALKS, readings=READINGS, shown_to="Rantakylä School and the parents",
    ),
)
