"""Norrvik IT: what shall be true."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import EditRow, GoalRow, Move, text

GOALS = (
    GoalRow(
        "goal_quiet_phone",
        text("Half as many calls for the same desks", "Puolet vähemmän soittoja samoilta "
             "työpisteiltä", "O połowę mniej telefonów z tych samych biurek"),
        why=text("Every call is somebody who could not work.",
                 "Jokainen soitto on joku, joka ei voinut tehdä työtään."),
        owner="jari", horizon_from=-600, horizon_to=360, review_due=90,
        moves=(Move("active", -600, "olga", "From the first year's call list."),),
    ),
    GoalRow(
        "goal_two_places",
        text("Nothing important lives in one place only", "Mikään tärkeä ei ole vain yhdessä "
             "paikassa", ru="Ничто важное не хранится только в одном месте"),
        why=text("The river flooded the north hall once. Once.",
                 "Joki tulvi pohjoissaliin kerran. Yhden kerran."),
        owner="sanna", horizon_from=-700, horizon_to=200, review_due=60,
        moves=(Move("active", -700, "olga", "After the flood."),),
    ),
    GoalRow(
        "goal_easy_buying",
        text("Buying a ticket feels easy: 4 of 5 in every shop we host",
             "Lipun osto tuntuu helpolta: 4/5 jokaisessa ylläpitämässämme kaupassa"),
        why=text("A shop that is open and disliked is still a bad shop.",
                 "Avoin mutta epämieluisa kauppa on silti huono kauppa."),
        owner="olga", horizon_from=-250, horizon_to=220, review_due=7,
        moves=(Move("active", -250, "olga", "Aino's sentence at the second review."),),
    ),
    GoalRow(
        "goal_culture",
        text("Six houses of culture as customers", "Kuusi kulttuuritaloa asiakkaina"),
        why=text("One museum is a favour, six are a business.",
                 "Yksi museo on palvelus, kuusi on liiketoimintaa."),
        owner="piotr", horizon_from=-420, horizon_to=500, review_due=120,
        moves=(Move("active", -420, "olga", "Three asked after the first summer."),),
    ),
    GoalRow(
        "goal_no_passwords",
        text("Nobody types a password on a Monday morning",
             "Kukaan ei kirjoita salasanaa maanantaiaamuna",
             "Nikt nie wpisuje hasła w poniedziałek rano"),
        owner="olga", horizon_from=-330, horizon_to=150, review_due=30,
        moves=(Move("active", -330, "olga", "A third of all calls before nine."),),
    ),
    GoalRow(
        "goal_one_bill",
        text("One bill a month that the customer understands without ringing",
             "Yksi kuukausilasku, jonka asiakas ymmärtää soittamatta"),
        owner="olga", horizon_from=-380, horizon_to=100, review_due=-15,
        moves=(Move("active", -380, "olga", "Ritva returned the same bill three times."),),
    ),
    GoalRow(
        "goal_leave_branches",
        text("No machine of ours in a cupboard of a customer",
             "Ei yhtään konettamme asiakkaan siivouskomerossa"),
        owner="sanna", horizon_from=-520, horizon_to=139, parent="goal_two_places",
        review_due=80,
        moves=(Move("active", -520, "olga", "A cleaner unplugged a town."),),
    ),
    GoalRow(
        "goal_green_hall",
        text("The halls heat the swimming hall", "Konesalit lämmittävät uimahallin"),
        why=text("Ritva asked; nobody has started.", "Ritva kysyi; kukaan ei ole aloittanut."),
        horizon_from=-160, horizon_to=800,
        moves=(Move("active", -160, "olga", "Ritva's wish, and a good one."),),
    ),
    GoalRow(
        "goal_all_on_fibre",
        text("Every office on fibre", "Jokainen toimisto valokuidussa"),
        owner="jari", horizon_from=-730, horizon_to=-290,
        moves=(Move("active", -730, "olga", "Copper ends."),
               Move("reached", -290, "olga", "The last one was the pilot station.",
                    decision="dec_fibre")),
    ),
    GoalRow(
        "goal_own_hall",
        text("A hall of our own by the river", "Oma konesali joen rannalla"),
        owner="sanna", horizon_from=-710,
        moves=(Move("active", -710, "olga", "Rent rose by a fifth."),
               Move("dropped", -640, "olga", "The river.", decision="dec_own_hall")),
    ),
)

EDITS = (
    EditRow(
        "goal_easy_buying", "statement", on=-27, by="olga",
        note="Was: in the museum's shop. The theatre comes next.",
        value=text("Buying a ticket feels easy: 4 of 5 in every shop we host, door included",
                   "Lipun osto tuntuu helpolta: 4/5 jokaisessa kaupassa, ovi mukaan lukien"),
    ),
    EditRow(
        "help_desk", "purpose", on=-18, by="olga", note="Hours were missing.",
        value=text("One number for everything that does not work, weekdays 7–18, urgent calls "
                   "at any hour.",
                   "Yksi numero kaikelle, mikä ei toimi, arkisin 7–18, kiireelliset milloin "
                   "vain."),
    ),
)
