"""Harbour Museum: the services and how each came to where it stands."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Dial, Move, ServiceRow, text
from polku.examples.gates import BEING_MADE, ENDED, ENDING_SMALL, IN_TEST, LIVE_SMALL, answered

HALLS = text("Halls and net loft, Harbour Quay 3", "Salit ja verkkovintti, Satamalaituri 3")
LOFT = text("Net loft, second floor, no lift", "Verkkovintti, toinen kerros, ei hissiä",
            ru="Чердак рыбацких сетей, второй этаж, без лифта")
QUAY = text("The quay, from the crane to the pilot house", "Laituri nosturilta luotsiasemalle")

SERVICES = (
    ServiceRow(
        "family_visit", "SRV-1",
        text("Family visit", "Perhevierailu", "Wizyta rodzinna", "Семейное посещение"),
        text("A family follows the trail of a ship's cat through four halls, with a guide on "
             "Sundays, and leaves with a knot of its own.",
             "Perhe seuraa laivakissan jälkiä neljän salin läpi, sunnuntaisin oppaan kanssa, ja "
             "saa mukaansa itse tehdyn solmun.",
             "Rodzina idzie śladem kota okrętowego przez cztery sale, w niedziele "
             "z przewodnikiem, i zabiera do domu własny węzeł.",
             "Семья идёт по следам корабельного кота через четыре зала, по воскресеньям с "
             "экскурсоводом, и уносит с собой узел, завязанный своими руками."),
        owner="piotr", aliases=("Family guided tour", "Perheopastus", "Perhekierros"),
        criticality="high", cost_class="medium", languages=("fi", "en"), places=(HALLS,),
        dial_cost=Dial("on", "Two guides on Sundays, as planned.", "aino", -40),
        dial_agreement=Dial("unknown", "Nobody asked whether the promise is kept.", "piotr", -40),
        web="https://harbourmuseum.example/family", last_reviewed_on=-12, review_due=80,
        tags=("weekend",), attributes={"Visits since January": 1204, "Floor": "1"},
        lifespan_phase="maturity",
        moves=(
            Move("live", -730, "aino", "Ran before we kept this list."),
        ),
    ),
    ServiceRow(
        "school_visit", "SRV-2",
        text("School visit", "Kouluvierailu", "Wizyta szkolna", "Школьное посещение"),
        text("A class comes for ninety minutes, works with its hands in the old net loft, and "
             "takes the story home.",
             "Luokka tulee puoleksitoista tunniksi, tekee työtä käsillään vanhalla "
             "verkkovintillä ja vie tarinan kotiin.",
             "Klasa przychodzi na półtorej godziny, pracuje własnymi rękami w dawnej sieciarni "
             "i zabiera opowieść do domu.",
             "Класс приходит на полтора часа, работает руками в старой мастерской рыбацких сетей и "
             "уносит историю домой."),
        owner="aino", aliases=("Class visit", "Luokkavierailu"), criticality="high",
        cost_class="medium", languages=("fi", "en", "ru"), places=(HALLS, LOFT),
        dial_cost=Dial("over", "Piotr's hours at the door were not planned.", "aino", -40),
        dial_agreement=Dial("yellow", "9 of 41 replies came late.", "sanna", -12),
        web="https://harbourmuseum.example/schools", last_reviewed_on=-12, review_due=80,
        tags=("schools",), attributes={"Pupils last month": 1204, "Floor": "1 and 2"},
        lifespan_phase="growth",
        moves=(
            Move("idea", -640, "aino", "Tuomas asked for something to do with the hands."),
            Move("being_made", -560, "aino", "The city pays for one visit of each class.",
                 answered(BEING_MADE)),
            Move("in_test", -500, "piotr", "Eleven classes try it before the spring.",
                 answered(IN_TEST, unknown="what_we_want_to_learn")),
            Move("live", -437, "aino", "The children asked to stay.",
                 answered(LIVE_SMALL, unknown="people_can_say"), "dec_school_live"),
        ),
    ),
    ServiceRow(
        "net_loft", "SRV-3",
        text("Net loft workshop", "Verkkovintin työpaja", "Warsztaty w sieciarni",
             "Мастерская рыбацких сетей"),
        text("An hour at the bench where nets were mended: knots, floats, and why a hole is "
             "made of string.",
             "Tunti penkin ääressä, jossa ennen paikattiin verkkoja: solmuja, kohoja ja "
             "vastaus siihen, miksi reikä on tehty narusta.",
             "Godzina przy ławie, przy której naprawiano sieci: węzły, pływaki i odpowiedź, "
             "dlaczego dziura jest zrobiona ze sznurka."),
        owner="heikki", aliases=("Knots and nets", "Solmupaja"), criticality="medium",
        cost_class="low", languages=("fi",), places=(LOFT,),
        dial_continuity=Dial("none", "When Heikki is ill there is no workshop.", "heikki", -33),
        dial_cost=Dial("on", "String and coffee.", "heikki", -33),
        last_reviewed_on=-33, review_due=150, attributes={"Floor": "2", "Seats": 14},
        lifespan_phase="growth",
        moves=(
            Move("idea", -610, "heikki", "A box of old needles turned up under the stairs."),
            Move("being_made", -590, "heikki", "Six evenings of sanding the bench."),
            Move("live", -520, "heikki", "First Saturday, fourteen came for twelve seats.",
                 answered(LIVE_SMALL, no="people_know_what_to_bring")),
            Move("on_hold", -390, "aino", "The fire inspector wants a second way down."),
            Move("live", -335, "aino", "The rope ladder passed. The new stairs passed too."),
        ),
    ),
    ServiceRow(
        "audio_guide", "SRV-4",
        text("Audio guide", "Ääniopas", "Audioprzewodnik", "Аудиогид"),
        text("Voices of harbour people in the visitor's own telephone, in the halls and on the "
             "quay, in four languages.",
             "Satamaväen ääniä kävijän omassa puhelimessa, saleissa ja laiturilla, neljällä "
             "kielellä.",
             "Głosy ludzi portu w telefonie gościa, w salach i na nabrzeżu, w czterech "
             "językach.",
             "Голоса портовых людей в телефоне посетителя: в залах и на причале, на четырёх "
             "языках."),
        owner="piotr", aliases=("Digital guide", "Digiopas"), criticality="low",
        cost_class="medium", languages=("fi", "en", "pl", "ru"), places=(HALLS, QUAY),
        web="https://harbourmuseum.example/listen", review_due=40,
        attributes={"Funding": "City of Satamala, digital culture grant"},
        lifespan_phase="not_launched",
        moves=(
            Move("idea", -300, "piotr", "Visitors from the ferry read no Finnish."),
            Move("being_made", -215, "piotr", "The city gave half of the money.",
                 answered(BEING_MADE, unknown="customers_heard")),
            Move("in_test", -75, "piotr", "Forty visitors try it at Easter.",
                 answered(IN_TEST, unknown="needs_agreed")),
            Move("live", 18, "piotr", "Planned for the first ferry of the summer.",
                 answered(LIVE_SMALL, unknown="people_can_say"), "dec_audio_open"),
        ),
    ),
    ServiceRow(
        "night", "SRV-5",
        text("Night at the museum", "Yö museossa", "Noc w muzeum", "Ночь в музее"),
        text("Twelve children and their grown-ups sleep between the boats and wake up to "
             "porridge.",
             "Kaksitoista lasta ja heidän aikuisensa nukkuvat veneiden välissä ja heräävät "
             "puuroon.",
             "Dwanaścioro dzieci z dorosłymi śpi między łodziami i budzi się na owsiankę."),
        owner="aino", criticality="low", cost_class="medium", languages=("fi",),
        places=(text("Boat hall", "Venesali"),),
        dial_cost=Dial("over", "Two guards and a cook for eleven guests.", "aino", -45),
        last_reviewed_on=-45, review_due=7, tags=("evening",),
        attributes={"Guests a month": 61, "Guests a month, a year ago": 83},
        lifespan_phase="decline",
        moves=(
            Move("live", -725, "aino", "Ran before we kept this list."),
            Move("on_hold", -690, "aino", "The boiler."),
            Move("live", -620, "aino", "The boiler again, but warm."),
        ),
    ),
    ServiceRow(
        "lantern_walk", "SRV-6",
        text("Lantern walk", "Lyhtykävely", "Spacer z latarniami", "Прогулка с фонарями"),
        text("An hour along the dark quay with a storm lantern, a pilot's stories and hot "
             "blackcurrant.",
             "Tunti pimeällä laiturilla myrskylyhdyn, luotsin tarinoiden ja kuuman "
             "mustaherukkamehun kanssa."),
        owner="heikki", criticality="low", cost_class="low", languages=("fi", "en"),
        places=(QUAY,), review_due=150, last_reviewed_on=-33, tags=("evening", "winter"),
        dial_cost=Dial("under", "Lamp oil.", "heikki", -33),
        lifespan_phase="maturity",
        moves=(
            Move("idea", -540, "heikki", "Someone asked what the quay looked like unlit."),
            Move("being_made", -525, "heikki", "Twenty lanterns from three attics."),
            Move("live", -515, "heikki", "First December, snow, 140 people.",
                 answered(LIVE_SMALL, unknown="rehearsed")),
            Move("ending", -33, "aino", "The quay will be rebuilt and lit.",
                 answered(ENDING_SMALL, unknown="replacement_named"), "dec_lantern_end"),
            Move("ended", 231, "aino", "After the last walk of December."),
        ),
    ),
    ServiceRow(
        "venue_hire", "SRV-7",
        text("Venue hire", "Tilavuokraus", "Wynajem sali", "Аренда зала"),
        text("The boat hall for an evening: eighty chairs, a stage, and a view of the water.",
             "Venesali illaksi: kahdeksankymmentä tuolia, lava ja näkymä veteen."),
        aliases=("Room hire", "Juhlatilat"), cost_class="low", languages=("fi", "en"),
        places=(text("Boat hall, eighty seats", "Venesali, kahdeksankymmentä paikkaa"),),
        web="https://harbourmuseum.example/hall", review_due=-20, last_reviewed_on=-385,
        attributes={"Key holder": "was Rauha; ask at the desk"},
        moves=(
            Move("idea", -505, "rauha", "The hall stood empty after five."),
            Move("live", -470, "rauha", "First wedding. The cake stood on a cannon.",
                 answered(LIVE_SMALL, unknown="people_can_say rehearsed")),
        ),
    ),
    ServiceRow(
        "research_room", "SRV-8",
        text("Research room", "Tutkijasali", "Czytelnia", "Читальный зал"),
        text("Crew lists, drawings and 14,000 photographs, with somebody who knows where they "
             "are.",
             "Miehistöluetteloita, piirustuksia ja 14 000 valokuvaa sekä joku, joka tietää, "
             "missä ne ovat.",
             ru="Судовые роли, чертежи и 14 000 фотографий, а рядом человек, который знает, "
                "где что лежит."),
        owner="sanna", aliases=("Archive reading room", "Arkisto"), cost_class="low",
        languages=("fi", "en", "sv"), places=(text("Side house, step-free", "Sivurakennus, "
                                                   "esteetön"),),
        web="https://harbourmuseum.example/research", attributes={"Questions a year": 140},
        moves=(
            Move("live", -730, "sanna", "Open since anyone remembers."),
        ),
    ),
    ServiceRow(
        "museum_shop", "SRV-9",
        text("Museum shop", "Museokauppa", "Sklep muzealny", "Музейный магазин"),
        text("Rope, postcards, books about boats and the porridge recipe.",
             "Köyttä, postikortteja, venekirjoja ja puuron ohje.",
             "Sznury, pocztówki, książki o łodziach i przepis na owsiankę."),
        owner="sanna", cost_class="low", languages=("fi", "en"), places=(HALLS,),
        dial_cost=Dial("under", "Earns more than it costs since the postcards.", "aino", -90),
        criticality="low", last_reviewed_on=-90, review_due=95,
        attributes={"Best seller": "net needle"},
        lifespan_phase="maturity",
        moves=(
            Move("live", -730, "aino", "Ran before we kept this list."),
        ),
    ),
    ServiceRow(
        "memory_hour", "SRV-10",
        text("Memory hour", "Muisteluhetki", "Godzina wspomnień", "Час воспоминаний"),
        text("Harbour people and a table of objects: what was it, who had one, what did it "
             "smell of.",
             "Satamaväkeä ja pöydällinen esineitä: mikä tämä oli, kenellä oli sellainen, miltä "
             "se tuoksui."),
        owner="piotr", cost_class="low", languages=("fi", "sv"), review_due=60,
        audience="internal",
        moves=(
            Move("idea", -190, "piotr", "Bror named eleven men in one photograph."),
            Move("being_made", -80, "piotr", "The pensioners want to host it with us.",
                 answered(BEING_MADE, unknown="who_pays")),
            Move("in_test", 110, "piotr", "First coffee in the autumn, by invitation."),
        ),
    ),
    ServiceRow(
        "harbour_cinema", "SRV-11",
        text("Harbour cinema", "Satamakino", "Kino portowe", "Портовое кино"),
        text("Silent films about the sea on a sail, with a live accordion.",
             "Mykkäelokuvia merestä purjekankaalle, haitari elävänä."),
        owner="aino", cost_class="medium", languages=("fi",), places=(QUAY,), review_due=35,
        tags=("evening", "summer"),
        moves=(
            Move("idea", -480, "aino", "An old sail and a borrowed projector."),
            Move("being_made", -430, "aino", "Accordionist found."),
            Move("live", -345, "aino", "Eight evenings in July.",
                 answered(LIVE_SMALL, unknown="people_know_what_to_bring")),
            Move("on_hold", -240, "aino", "The sail tore in the storm.",
                 decision="dec_cinema_hold"),
        ),
    ),
    ServiceRow(
        "loft_birthday", "SRV-12",
        text("Birthday in the net loft", "Synttärit verkkovintillä"),
        text("Ten children, a treasure to find and a cake of their own.",
             "Kymmenen lasta, etsittävä aarre ja oma kakku."),
        owner="sanna", languages=("fi",), audience="internal", review_due=30,
        moves=(
            Move("idea", -48, "sanna", "Asked for at the desk seven times since Christmas."),
        ),
    ),
    ServiceRow(
        "old_postcards", "SRV-13",
        text("Old postcards", "Vanhat postikortit", "Stare pocztówki", "Старые открытки"),
        text("Prints of harbour postcards by mail order.", "Satamakorttien vedoksia postitse."),
        owner="sanna", cost_class="low", languages=("fi",), last_reviewed_on=-160,
        moves=(
            Move("live", -728, "sanna", "Ran before we kept this list."),
            Move("ending", -250, "sanna", "Three orders a year; the shop has the same cards.",
                 answered(ENDING_SMALL)),
            Move("ended", -160, "sanna", "Last order sent.",
                 answered(ENDED, unknown="lessons_written")),
        ),
    ),
)
