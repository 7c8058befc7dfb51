"""Harbour Museum: what shall be true, and what was decided."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import DecisionRow, DismissalRow, EditRow, GoalRow, Move, text

GOALS = (
    GoalRow(
        "every_child",
        text("Every child in Satamala visits once before grade 7",
             "Jokainen satamalalainen lapsi käy museossa kerran ennen 7. luokkaa",
             "Każde dziecko w Satamali odwiedza nas raz przed siódmą klasą",
             "Каждый ребёнок Сатамалы бывает у нас хотя бы раз до 7 класса"),
        why=text("The harbour fed this town; its children should have held a rope in it.",
                 "Satama elätti tämän kaupungin; sen lasten pitää saada pitää köydestä kiinni."),
        owner="aino", horizon_from=-620, horizon_to=840, review_due=120, audience="public",
        moves=(Move("active", -620, "aino", "Agreed with the city's schools."),),
    ),
    GoalRow(
        "doors_for_all",
        text("Doors for all: whoever reaches the quay can come in and take part",
             "Ovet kaikille: laiturille päässyt pääsee sisään ja mukaan",
             "Drzwi dla wszystkich: kto dotarł na nabrzeże, może wejść i wziąć udział"),
        why=text("Eight steps at the front keep out those who have most to tell.",
                 "Pääoven kahdeksan askelmaa jättävät ulos ne, joilla on eniten kerrottavaa."),
        owner="piotr", horizon_from=-400, horizon_to=330, review_due=45, audience="public",
        moves=(Move("active", -400, "aino", "After the winter of the wheelchair."),),
    ),
    GoalRow(
        "own_income",
        text("A third of our money is earned at our own door",
             "Kolmannes rahoistamme tulee omalta oveltamme"),
        why=text("The city's half is voted on every autumn; ours is not.",
                 "Kaupungin puolikkaasta äänestetään joka syksy, omastamme ei."),
        owner="aino", horizon_from=-500, horizon_to=590, review_due=150,
        moves=(Move("active", -500, "aino", "Asked for by the board."),),
    ),
    GoalRow(
        "winter_life",
        text("The house is alive from November to March",
             "Talossa on elämää marraskuusta maaliskuuhun"),
        owner="piotr", horizon_from=-330, horizon_to=400, review_due=200,
        moves=(Move("active", -330, "aino", "Four visitors on a Tuesday in January."),),
    ),
    GoalRow(
        "town_tells",
        text("The town tells its own story: half of the halls speak in townspeople's words",
             "Kaupunki kertoo itse: puolessa saleista puhuvat kaupunkilaiset"),
        why=text("So far our labels speak, and they are all one person.",
                 "Toistaiseksi puhuvat seinätekstit, ja ne on kirjoittanut yksi ihminen."),
        owner="sanna", horizon_from=-180, horizon_to=700,
        moves=(Move("active", -180, "aino", "Sanna's wish of many years."),),
    ),
    GoalRow(
        "tickets_on_phone",
        text("A ticket can be bought on the tram", "Lipun voi ostaa raitiovaunussa"),
        owner="aino", horizon_from=-700, horizon_to=-310,
        moves=(
            Move("active", -700, "aino", "Queue out of the door each July."),
            Move("reached", -310, "aino", "Eight of ten buy before they come.",
                 decision="dec_tickets_reached"),
        ),
    ),
    GoalRow(
        "second_house",
        text("A second house on the island", "Toinen talo saarella"),
        owner="aino", horizon_from=-640,
        moves=(
            Move("active", -640, "aino", "The lighthouse was for sale."),
            Move("dropped", -260, "aino", "Sold to somebody else; we were half relieved.",
                 decision="dec_island"),
        ),
    ),
)

DECISIONS = (
    DecisionRow(
        "dec_tickets_reached", "tickets_on_phone", "judgement",
        text("Is the goal reached?", "Onko tavoite saavutettu?"), "yes",
        text("Eight of ten buy before they come, three months in a row. How it feels is another "
             "matter and another goal.",
             "Kahdeksan kymmenestä ostaa ennen tuloa, kolme kuukautta peräkkäin."),
        decided_on=-310, decider="aino",
    ),
    DecisionRow(
        "dec_island", "second_house", "judgement",
        text("Do we go on looking for a house on the island?",
             "Etsimmekö yhä taloa saarelta?"), "no",
        text("Two people cannot keep two houses warm.", "Kaksi ihmistä ei pidä kahta taloa "
             "lämpimänä."),
        decided_on=-260, decider="aino",
        dissent=(("heikki", "The lighthouse would have been full every summer."),),
    ),
    DecisionRow(
        "dec_school_live", "school_visit", "gate",
        text("Do we open the school visit to all schools?",
             "Avataanko kouluvierailu kaikille kouluille?"), "yes_with_conditions",
        text("Eleven classes tried it; the children asked to stay. We sign for one unknown: how "
             "schools will say what they think.",
             "Yksitoista luokkaa kokeili, ja lapset olisivat jääneet."),
        decided_on=-440, decider="aino", look_again_on=90,
        conditions=text("A card at the door until there is something better.",
                        "Ovella on palautekortti, kunnes keksitään parempi."),
    ),
    DecisionRow(
        "dec_lunch", "wish_lunch", "judgement",
        text("Do classes get a dry place for their lunch?",
             "Saavatko luokat kuivan evästilan?"), "yes",
        text("Nine remarks, and the room is free until one.",
             "Yhdeksän huomautusta, ja huone on vapaa yhteen asti."),
        decided_on=-24, decider="aino", look_again_on=95,
    ),
    DecisionRow(
        "dec_night", "night", "judgement",
        text("Night at the museum: go on, change or end?",
             "Yö museossa: jatketaanko, muutetaanko vai lopetetaanko?"), "deferred",
        text("61 visitors a month, 83 a year ago. Piotr asks the parents first.",
             "61 kävijää kuukaudessa, vuosi sitten 83. Piotr kysyy ensin vanhemmilta."),
        decided_on=-45, decider="aino", look_again_on=7,
    ),
    DecisionRow(
        "dec_lantern_end", "lantern_walk", "gate",
        text("Do we end the lantern walk?", "Lopetetaanko lyhtykävely?"), "yes",
        text("The quay is being rebuilt and will be lit like a car park. One last December, then "
             "the lanterns go to the loft.",
             "Laituri rakennetaan uusiksi ja valaistaan kuin parkkipaikka. Vielä yksi joulukuu."),
        decided_on=-33, decider="aino", look_again_on=150,
        dissent=(("heikki", "It is the only evening when the town looks at the water."),),
    ),
    DecisionRow(
        "dec_cinema_hold", "harbour_cinema", "judgement",
        text("Does the harbour cinema run this summer?", "Pyöriikö satamakino ensi kesänä?"),
        "deferred",
        text("The screen tore in the September storm and the insurer still thinks.",
             "Kangas repesi syysmyrskyssä, ja vakuutusyhtiö miettii yhä."),
        decided_on=-240, decider="aino", look_again_on=35,
    ),
    DecisionRow(
        "dec_audio_open", "audio_guide", "gate",
        text("Is the audio guide ready to open?", "Onko ääniopas valmis avattavaksi?"), "deferred",
        text("Three of four answers are yes. Nobody knows yet how a visitor says that the voice "
             "stopped.",
             "Neljästä vastauksesta kolme on kyllä."),
        decided_on=-6, decider="piotr", look_again_on=12,
    ),
    DecisionRow(
        "dec_free_weekdays", "offer_school_visit", "exception",
        text("May Niemi School come free in the holidays?",
             "Pääseekö Niemen koulu maksutta myös loma-aikana?"), "yes",
        text("It is their only week without exams, and the loft is empty then.",
             "Se on heidän ainoa kokeeton viikkonsa, ja vintti on silloin tyhjä."),
        decided_on=-130, decider="aino",
    ),
    DecisionRow(
        "dec_dogs", "wish_dogs", "judgement",
        text("Do we let dogs into the halls?", "Päästetäänkö koirat saleihin?"), "no",
        text("The nets smell of fish, and dogs agree.",
             "Verkot tuoksuvat kalalta, ja koirat huomaavat sen."),
        decided_on=-170, decider="sanna",
    ),
)

DISMISSALS = (
    DismissalRow(
        "L06", "elders", "piotr", "Nothing to offer before the first coffee in the autumn.",
        on=-15, until=120,
    ),
    DismissalRow(
        "L01", "research_room", "aino",
        "It serves whoever knocks. The board knows and wants it so.", on=-50,
    ),
)

EDITS = (
    EditRow(
        "every_child", "statement", on=-8, by="piotr", note="Once is not enough to remember.",
        value=text("Every child in Satamala visits twice before grade 7",
                   "Jokainen satamalalainen lapsi käy museossa kahdesti ennen 7. luokkaa"),
    ),
    EditRow(
        "wish_reply", "priority", on=-9, by="aino", note="Nine of 41 replies came late.",
        value="must",
    ),
)
