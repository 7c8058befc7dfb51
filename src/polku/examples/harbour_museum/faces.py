"""Harbour Museum: who comes, as four faces, and what was learnt about them."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_people import InsightRow, PersonaRow, listed
from polku.examples.drawings import PictureRow

INSIGHTS = (
    InsightRow(
        "learnt_two_hours", text(
            "Families leave after two hours, whatever there is still to see.",
            "Perheet lähtevät kahden tunnin jälkeen, vaikka nähtävää olisi vielä.",
            "Rodziny wychodzą po dwóch godzinach, choćby było jeszcze coś do zobaczenia.",
            "Семьи уходят через два часа, что бы ещё ни осталось посмотреть."),
        "observation", -260, "piotr", 41, "families at the door", "Folder 3, drawer of the desk"),
    InsightRow(
        "learnt_coat_corner", text(
            "A third of the families turn in the hall: there is nowhere to put wet clothes.",
            "Kolmannes perheistä pyörii aulassa: märille vaatteille ei ole paikkaa.",
            "Co trzecia rodzina krąży po holu: nie ma gdzie odłożyć mokrych ubrań.",
            "Треть семей топчется в холле: мокрую одежду некуда деть."),
        "observation", -120, "heikki", 38, "families in October"),
    InsightRow(
        "learnt_touch", text(
            "Children remember what they were allowed to do with their hands.",
            "Lapset muistavat sen, mitä saivat tehdä omin käsin.",
            "Dzieci pamiętają to, co mogły zrobić własnymi rękami.",
            "Дети помнят то, что им разрешили сделать своими руками."),
        "interview", -210, "piotr", 9, "families who helped to make the visit",
        "Notebook of the nine families"),
    InsightRow(
        "learnt_price_board", text(
            "Parents count the price at the door, not at home, and some turn round.",
            "Vanhemmat laskevat hinnan ovella eivätkä kotona, ja osa kääntyy pois.",
            "Rodzice liczą cenę przy drzwiach, nie w domu, i niektórzy zawracają.",
            "Родители считают цену у двери, а не дома, и некоторые поворачивают назад."),
        "feedback", -75, "sanna", 12, "said at the desk"),
    InsightRow(
        "learnt_rain", text(
            "Two of three family visits begin when it rains.",
            "Kaksi kolmesta perheen käynnistä alkaa sateella.",
            "Dwie z trzech wizyt rodzin zaczynają się, gdy pada.",
            "Два семейных посещения из трёх начинаются в дождь."),
        "event_log", -30, "piotr", 1204, "tickets since January", "Ticket shop, list of visits"),
    InsightRow(
        "learnt_steps", text(
            "Eight steps at the main door; the other door is locked and has no bell.",
            "Pääovella on kahdeksan porrasta; toinen ovi on lukossa eikä siinä ole kelloa.",
            "Osiem stopni przy głównym wejściu; drugie drzwi są zamknięte i nie mają dzwonka.",
            "У главного входа восемь ступеней; вторая дверь заперта, и звонка на ней нет."),
        "observation", -300, "piotr", 1, "an hour with a wheelchair from the library"),
    InsightRow(
        "learnt_call_first", text(
            "Whoever uses a wheelchair rings first, and hears: we will see.",
            "Pyörätuolilla liikkuva soittaa ensin ja saa vastauksen: katsotaan.",
            "Kto porusza się na wózku, najpierw dzwoni i słyszy: zobaczymy.",
            "Кто на коляске, сначала звонит и слышит: посмотрим."),
        "interview", -140, "piotr", 3, "members of the town's access group",
        "Notes of the access group"),
    InsightRow(
        "learnt_lunch", text(
            "Teachers ask first about the lunch and the bus, then about the museum.",
            "Opettajat kysyvät ensin eväistä ja bussista, vasta sitten museosta.",
            "Nauczyciele pytają najpierw o drugie śniadanie i autobus, potem o muzeum.",
            "Учителя сначала спрашивают про обед и автобус, потом про музей."),
        "interview", -160, "aino", 5, "teachers of three schools"),
    InsightRow(
        "learnt_permission", text(
            "A visit needs a signed paper from every home: ten days at the least.",
            "Retki vaatii joka kodista allekirjoitetun luvan: vähintään kymmenen päivää.",
            "Wyjście wymaga podpisanej zgody z każdego domu: co najmniej dziesięć dni.",
            "Для поездки нужна подписанная бумага из каждого дома: не меньше десяти дней."),
        "desk_record", -190, "aino", 3, "rules of three schools"),
    InsightRow(
        "learnt_two_tongues", text(
            "In half of the classes somebody whispers the story on in another language.",
            "Puolessa luokista joku kuiskaa tarinan eteenpäin toisella kielellä.",
            "W połowie klas ktoś szeptem tłumaczy opowieść na inny język.",
            "В половине классов кто-нибудь шёпотом пересказывает историю на другом языке."),
        "observation", -95, "sanna", 14, "classes last spring"),
    InsightRow(
        "learnt_city_counts", text(
            "The city reads one figure in our report: how many children came.",
            "Kaupunki lukee raportistamme yhden luvun: montako lasta kävi.",
            "Miasto czyta w naszym sprawozdaniu jedną liczbę: ile dzieci przyszło.",
            "Город читает в нашем отчёте одно число: сколько детей пришло."),
        "interview", -50, "aino", 2, "the office for culture"),
)

PERSONAS = (
    PersonaRow(
        "per_family",
        text("The rainy Sunday family", "Sadesunnuntain perhe", "Rodzina na deszczową niedzielę",
             "Семья дождливого воскресенья"),
        "mixed", segment="families", owner="piotr",
        goals=listed(
            "To be somewhere dry together | That nobody is bored for two hours",
            "Olla yhdessä kuivassa paikassa | Ettei kukaan pitkästy kahteen tuntiin",
            "Być razem w suchym miejscu | Żeby przez dwie godziny nikt się nie nudził",
            "Побыть вместе в сухом месте | Чтобы два часа никому не было скучно"),
        needs=listed(
            "To know the whole price at home | A place for wet clothes and a pram | "
            "Something to do with the hands",
            "Tietää koko hinta kotona | Paikka märille vaatteille ja vaunuille | "
            "Jotain käsillä tehtävää",
            "Znać całą cenę już w domu | Miejsce na mokre ubrania i wózek | "
            "Coś do zrobienia rękami",
            "Знать полную цену ещё дома | Место для мокрой одежды и коляски | "
            "Чем занять руки"),
        pains=listed(
            "The price is added up at the door, before everybody's eyes | "
            "The small one is tired just when the large one begins to ask",
            "Hinta lasketaan ovella kaikkien nähden | "
            "Pieni väsyy juuri kun iso alkaa kysellä",
            "Cenę sumuje się przy drzwiach, na oczach wszystkich | "
            "Młodsze jest zmęczone, gdy starsze zaczyna pytać",
            "Цену складывают у двери, у всех на виду | "
            "Младший устаёт как раз тогда, когда старший начинает спрашивать"),
        behaviours=listed(
            "Decides on Sunday after breakfast | Looks at the telephone in the car park",
            "Päättää sunnuntaina aamiaisen jälkeen | Katsoo puhelinta parkkipaikalla",
            "Decyduje w niedzielę po śniadaniu | Patrzy w telefon na parkingu",
            "Решает в воскресенье после завтрака | Смотрит в телефон на стоянке"),
        abilities_and_access=listed(
            "A pram, and hands that are never free | Reads a sign in four seconds",
            "Vaunut, eivätkä kädet ole koskaan vapaat | Lukee kyltin neljässä sekunnissa",
            "Wózek i nigdy wolnych rąk | Czyta tablicę w cztery sekundy",
            "Коляска, и руки всегда заняты | Читает вывеску за четыре секунды"),
        quotes=listed(
            "We came because it rains, and stayed because of the ropes. — a mother of two | "
            "Is it four tickets or one? — a father at the door",
            "Tultiin sateen takia ja jäätiin köysien takia. — kahden lapsen äiti | "
            "Onko se neljä lippua vai yksi? — isä ovella",
            "Przyszliśmy, bo pada, a zostaliśmy dla lin. — matka dwojga dzieci | "
            "To cztery bilety czy jeden? — ojciec przy drzwiach",
            "Пришли из-за дождя, а остались из-за канатов. — мама двоих детей | "
            "Это четыре билета или один? — отец у двери"),
        channels=("telephone", "the door", "other parents"), languages=("fi", "en"),
        based_on=("learnt_two_hours", "learnt_coat_corner", "learnt_touch", "learnt_price_board",
                  "learnt_rain"),
        meant_for=("family_visit", "net_loft"), hung_on=-104,
        hangs=PictureRow("rain", text(
            "A large umbrella in the rain, and below it two large, two small and two middling "
            "rubber boots.",
            "Suuri sateenvarjo sateessa ja sen alla isot, pienet ja keskikokoiset saappaat.",
            "Duży parasol w deszczu, a pod nim duże, małe i średnie kalosze.",
            "Большой зонт под дождём, а под ним большие, маленькие и средние сапоги.")),
        moves=(Move("guess", -270, "piotr", "Drawn on a Monday from memory."),
               Move("checked", -110, "piotr", "Shown to six of the nine families; five said: us.")),
    ),
    PersonaRow(
        "per_teacher",
        text("The teacher of a fourth grade", "Neljännen luokan opettaja",
             "Wychowawczyni czwartej klasy", "Учительница четвёртого класса"),
        "customer", segment="school_classes", owner="aino",
        goals=listed(
            "That each child brings one question home | To be back before the last bell",
            "Että joka lapsi tuo kotiin yhden kysymyksen | Olla takaisin ennen viimeistä kelloa",
            "Żeby każde dziecko przyniosło do domu jedno pytanie | Wrócić przed ostatnim "
            "dzwonkiem",
            "Чтобы каждый ребёнок принёс домой один вопрос | Вернуться до последнего звонка"),
        needs=listed(
            "A dry place for the lunch | A day that is certain ten days before | "
            "A page for the homes, ready to send",
            "Kuiva paikka eväille | Päivä, joka on varma kymmenen päivää ennen | "
            "Valmis viesti koteihin",
            "Suche miejsce na drugie śniadanie | Termin pewny na dziesięć dni przedtem | "
            "Gotowa kartka dla rodziców",
            "Сухое место для обеда | День, известный точно за десять дней | "
            "Готовое письмо для родителей"),
        pains=listed(
            "The coach costs more than the museum | One child always hears only half of it",
            "Bussi maksaa enemmän kuin museo | Joku lapsista kuulee aina vain puolet",
            "Autokar kosztuje więcej niż muzeum | Zawsze któreś dziecko słyszy tylko połowę",
            "Автобус стоит дороже музея | Кто-то из детей всегда слышит только половину"),
        behaviours=listed(
            "Books in August for the whole year | Rings when a mail is not answered in a day",
            "Varaa elokuussa koko vuodeksi | Soittaa, ellei viestiin vastata päivässä",
            "Rezerwuje w sierpniu na cały rok | Dzwoni, gdy po dniu nie ma odpowiedzi",
            "Бронирует в августе на весь год | Звонит, если на письмо не ответили за день"),
        abilities_and_access=listed(
            "Twenty-two children and two hands | In most classes one child who needs a lift",
            "Kaksikymmentäkaksi lasta ja kaksi kättä | Useimmissa luokissa yksi hissiä tarvitseva",
            "Dwadzieścioro dwoje dzieci i dwie ręce | W większości klas jedno dziecko potrzebuje "
            "windy",
            "Двадцать два ребёнка и две руки | Почти в каждом классе одному ребёнку нужен лифт"),
        quotes=listed(
            "If they may eat somewhere dry, we come. — a teacher, ten classes so far",
            "Jos saavat syödä kuivassa, tulemme. — opettaja, tähän mennessä kymmenen luokkaa",
            "Jeśli mogą zjeść w suchym miejscu, przyjedziemy. — nauczycielka, dotąd dziesięć klas",
            "Если можно поесть в сухом месте, мы приедем. — учительница, уже десять классов"),
        channels=("mail", "telephone after two o'clock"), languages=("fi", "ru"),
        based_on=("learnt_lunch", "learnt_permission", "learnt_two_tongues"),
        meant_for=("school_visit",),
        moves=(Move("guess", -200, "aino", "Three teachers made into one."),
               Move("checked", -150, "aino", "Read aloud to five teachers; one line was taken "
                    "out.")),
    ),
    PersonaRow(
        "per_wheels",
        text("Somebody on wheels", "Pyörillä kulkeva", "Ktoś na wózku", "Человек на колёсах"),
        "user", owner="piotr",
        goals=listed(
            "To come in by the same door as the others | To decide alone what to look at",
            "Tulla sisään samasta ovesta kuin muut | Päättää itse, mitä katsoo",
            "Wejść tymi samymi drzwiami co inni | Samemu decydować, co oglądać",
            "Войти через ту же дверь, что и все | Самому решать, что смотреть"),
        needs=listed(
            "To know before leaving home how to get in | A table one can roll under",
            "Tietää ennen lähtöä, miten pääsee sisään | Pöytä, jonka alle mahtuu tuolilla",
            "Wiedzieć przed wyjściem z domu, jak wejść | Stół, pod który mieści się wózek",
            "Знать ещё дома, как попасть внутрь | Стол, под который можно въехать"),
        pains=listed(
            "Eight steps, and a bell that is not there | Being asked: are you with somebody?",
            "Kahdeksan porrasta ja kello, jota ei ole | Kysymys: onko teillä saattaja?",
            "Osiem stopni i dzwonek, którego nie ma | Pytanie: czy jest pani z kimś?",
            "Восемь ступеней и звонок, которого нет | Вопрос: вы с кем-нибудь?"),
        abilities_and_access=listed(
            "Wheels 68 cm wide, arms that tire on cobbles | Sits: labels above 150 cm cannot be "
            "read",
            "Tuoli 68 cm leveä, kädet väsyvät mukulakivillä | Istuu: yli 150 cm:n korkeudella "
            "olevaa ei voi lukea",
            "Wózek szeroki na 68 cm, ręce męczą się na bruku | Siedzi: podpisów powyżej 150 cm "
            "nie widać",
            "Коляска шириной 68 см, руки устают на брусчатке | Сидит: подписи выше 150 см не "
            "прочесть"),
        channels=("telephone", "web"), languages=("fi",),
        based_on=("learnt_steps", "learnt_call_first"),
        moves=(Move("guess", -138, "piotr", "From an hour at the door and three talks."),),
    ),
    PersonaRow(
        "per_ferry",
        text("A guest from the ferry", "Laivavieras", "Gość z promu", "Гость с парома"),
        "user", segment="visitors", owner="piotr",
        goals=listed(
            "To see one true thing of the town before four o'clock",
            "Nähdä kaupungista yksi oikea asia ennen kello neljää",
            "Zobaczyć jedną prawdziwą rzecz w mieście przed czwartą",
            "Увидеть в городе что-то одно настоящее до четырёх часов"),
        pains=listed(
            "Every sign is in Finnish | Nobody says how long it takes",
            "Kaikki kyltit ovat suomeksi | Kukaan ei kerro, kauanko se kestää",
            "Wszystkie napisy są po fińsku | Nikt nie mówi, ile to trwa",
            "Все надписи по-фински | Никто не говорит, сколько это длится"),
        channels=("map on the pier",), languages=("en", "pl", "ru"),
        meant_for=("audio_guide",),
        moves=(Move("guess", -40, "piotr", "Nobody has spoken to one of them yet."),),
    ),
)
