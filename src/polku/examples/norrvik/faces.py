"""Norrvik IT: whom the services meet, as three faces, and what was learnt about them."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_people import InsightRow, PersonaRow, listed

INSIGHTS = (
    InsightRow(
        "learnt_monday", text(
            "A third of the calls come before nine on a Monday, and most are about passwords.",
            "Kolmannes soitoista tulee maanantaina ennen yhdeksää, useimmat salasanoista.",
            "Jedna trzecia telefonów przychodzi w poniedziałek przed dziewiątą, głównie o hasła.",
            "Треть звонков приходит в понедельник до девяти, и почти все о паролях."),
        "event_log", -45, "jari", 2310, "calls of one quarter", "Telephone log"),
    InsightRow(
        "learnt_who_decides", text(
            "In small offices whoever orders the coffee orders the computers.",
            "Pienissä toimistoissa tietokoneet tilaa se, joka tilaa kahvin.",
            "W małych biurach komputery zamawia ten, kto zamawia kawę.",
            "В маленьких офисах компьютеры заказывает тот, кто заказывает кофе."),
        "interview", -220, "piotr", 8, "office managers", "Interviews, folder A"),
    InsightRow(
        "learnt_bill", text(
            "Nobody outside can say what half of the lines on our bill are.",
            "Kukaan muu ei osaa sanoa, mitä puolet laskumme riveistä on.",
            "Nikt poza nami nie umie powiedzieć, czym jest połowa pozycji na rachunku.",
            "Никто, кроме нас, не скажет, что значит половина строк в нашем счёте."),
        "survey", -130, "olga", 27, "customers who answered"),
    InsightRow(
        "learnt_wait_shown", text(
            "People wait patiently when they see their place in the queue.",
            "Ihmiset odottavat rauhassa, kun näkevät paikkansa jonossa.",
            "Ludzie czekają cierpliwie, gdy widzą swoje miejsce w kolejce.",
            "Люди ждут спокойно, когда видят своё место в очереди."),
        "observation", -100, "milla", 16, "a morning at the desk"),
    InsightRow(
        "learnt_one_name", text(
            "They ask for Milla by name, and ring again when somebody else answers.",
            "Millaa kysytään nimeltä, ja soitetaan uudestaan, jos vastaa joku muu.",
            "Pytają o Millę po imieniu i dzwonią ponownie, gdy odbiera ktoś inny.",
            "Просят Миллу по имени и перезванивают, если отвечает кто-то другой."),
        "feedback", -60, "milla", 9, "calls to the desk"),
    InsightRow(
        "learnt_teacher_minutes", text(
            "A teacher has eleven minutes between lessons for a machine that does not start.",
            "Opettajalla on tuntien välissä yksitoista minuuttia koneelle, joka ei käynnisty.",
            "Nauczyciel ma między lekcjami jedenaście minut na komputer, który się nie włącza.",
            "У учителя между уроками одиннадцать минут на компьютер, который не включается."),
        "observation", -410, "jari", 3, "three days at a school"),
    InsightRow(
        "learnt_school_year", text(
            "What breaks in June is reported in August, all at once.",
            "Kesäkuussa hajonneesta kerrotaan elokuussa, kaikesta yhtä aikaa.",
            "Co zepsuje się w czerwcu, zgłaszają w sierpniu, wszystko naraz.",
            "О том, что сломалось в июне, сообщают в августе, обо всём сразу."),
        "event_log", -440, "jari", 9, "schools, two summers", "Help desk, list of cases"),
    InsightRow(
        "learnt_leave_basket", text(
            "Seventeen in a hundred leave at the page that asks for an account.",
            "Sadasta ostajasta seitsemäntoista lähtee sivulta, joka pyytää tiliä.",
            "Siedemnastu na stu kupujących wychodzi na stronie, która żąda konta.",
            "Семнадцать покупателей из ста уходят со страницы, где просят учётную запись."),
        "event_log", -80, "piotr", 4180, "baskets in September", "Ticket shop, steps of buying"),
)

PERSONAS = (
    PersonaRow(
        "per_office",
        text("The one who orders the coffee", "Se, joka tilaa kahvin", "Ta, która zamawia kawę",
             "Та, кто заказывает кофе"),
        "customer", segment="offices", owner="jari",
        goals=listed(
            "That nobody comes to her door about a machine | One number to ring",
            "Ettei kukaan tule ovelle koneen takia | Yksi numero, johon soittaa",
            "Żeby nikt nie przychodził do niej z komputerem | Jeden numer telefonu",
            "Чтобы к ней не приходили из-за компьютера | Один номер для звонка"),
        needs=listed(
            "A bill she can explain to her chief | To hear when it will work again",
            "Lasku, jonka voi selittää johtajalle | Tieto siitä, milloin se taas toimii",
            "Rachunek, który umie wyjaśnić szefowi | Wiadomość, kiedy znów zadziała",
            "Счёт, который можно объяснить начальнику | Узнать, когда снова заработает"),
        pains=listed(
            "Monday at half past eight | Words that sound like a test",
            "Maanantai puoli yhdeksältä | Sanat, jotka kuulostavat kokeelta",
            "Poniedziałek, wpół do dziewiątej | Słowa, które brzmią jak egzamin",
            "Понедельник, половина девятого | Слова, похожие на экзамен"),
        behaviours=listed(
            "Rings; never fills in a form | Asks for the person who helped last time",
            "Soittaa; ei koskaan täytä lomaketta | Kysyy sitä, joka auttoi viimeksi",
            "Dzwoni; nigdy nie wypełnia formularza | Prosi o osobę, która pomogła poprzednio",
            "Звонит; никогда не заполняет формы | Просит того, кто помог в прошлый раз"),
        abilities_and_access=listed(
            "Knows her programs well, and nothing below them | Reads the telephone without "
            "glasses, if letters are large",
            "Tuntee ohjelmansa hyvin, muttei sitä, mikä niiden alla on | Lukee puhelinta ilman "
            "laseja, jos kirjaimet ovat isot",
            "Dobrze zna swoje programy, a nic pod nimi | Czyta telefon bez okularów, jeśli "
            "litery są duże",
            "Хорошо знает свои программы, но не то, что под ними | Читает телефон без очков, "
            "если буквы крупные"),
        quotes=listed(
            "I do not want to learn it. I want it to be over. — office manager of twelve | "
            "Milla knows. — three different people",
            "En halua oppia sitä. Haluan että se on ohi. — kahdentoista hengen toimistosta | "
            "Milla tietää. — kolme eri ihmistä",
            "Nie chcę się tego uczyć. Chcę mieć to z głowy. — z biura na dwanaście osób | "
            "Milla wie. — trzy różne osoby",
            "Я не хочу этому учиться. Хочу, чтобы это кончилось. — из офиса на двенадцать "
            "человек | Милла знает. — трое разных людей"),
        channels=("telephone",), languages=("fi", "en"),
        based_on=("learnt_monday", "learnt_who_decides", "learnt_bill", "learnt_wait_shown",
                  "learnt_one_name"),
        meant_for=("help_desk", "workplace", "mail"),
        moves=(Move("guess", -230, "piotr", "From eight talks."),
               Move("checked", -90, "jari", "Four of the eight read it and changed two lines.")),
    ),
    PersonaRow(
        "per_minder",
        text("The teacher who minds the machines", "Koneita hoitava opettaja",
             "Nauczyciel, który pilnuje komputerów", "Учитель, который следит за компьютерами"),
        "user", segment="schools", owner="jari",
        goals=listed(
            "To teach | That twenty-six machines start on the same morning",
            "Opettaa | Että kaksikymmentäkuusi konetta käynnistyy samana aamuna",
            "Uczyć | Żeby dwadzieścia sześć komputerów włączyło się tego samego ranka",
            "Учить | Чтобы двадцать шесть компьютеров включились в одно утро"),
        needs=listed(
            "Help that fits between two lessons | One spare machine in the cupboard",
            "Apua, joka mahtuu kahden tunnin väliin | Yksi varakone kaapissa",
            "Pomoc, która mieści się między lekcjami | Jeden zapasowy komputer w szafie",
            "Помощь, которая помещается между уроками | Один запасной компьютер в шкафу"),
        pains=listed(
            "Being rung back during a lesson", "Takaisinsoitto kesken oppitunnin",
            "Oddzwanianie w czasie lekcji", "Перезванивают во время урока"),
        culture=listed(
            "August is the new year; June does not count",
            "Elokuu on uusivuosi; kesäkuuta ei lasketa",
            "Nowy rok zaczyna się w sierpniu; czerwiec się nie liczy",
            "Новый год начинается в августе; июнь не считается"),
        channels=("mail", "the van on Wednesdays"), languages=("fi",),
        based_on=("learnt_teacher_minutes", "learnt_school_year"), meant_for=("office_network",),
        moves=(Move("guess", -405, "jari", "Mostly Tuomas, so not yet a type."),),
    ),
    PersonaRow(
        "per_buyer",
        text("A buyer in the queue", "Ostaja jonossa", "Kupujący w kolejce",
             "Покупатель в очереди"),
        "user", segment="visitors", owner="piotr",
        goals=listed(
            "To have a ticket before the gate is reached",
            "Saada lippu ennen kuin portti tulee vastaan",
            "Mieć bilet, zanim dojdzie do bramki", "Получить билет, пока не дошёл до входа"),
        pains=listed(
            "An account for one ticket | Eleven fields on a wet telephone",
            "Tili yhtä lippua varten | Yksitoista kenttää märällä puhelimella",
            "Konto dla jednego biletu | Jedenaście pól na mokrym telefonie",
            "Учётная запись ради одного билета | Одиннадцать полей на мокром телефоне"),
        channels=("telephone",), languages=("fi", "en", "ru"),
        based_on=("learnt_leave_basket",), meant_for=("new_checkout", "ticket_hosting"),
        moves=(Move("guess", -78, "piotr", "From the steps of buying alone."),),
    ),
)
