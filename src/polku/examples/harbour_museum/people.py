"""Harbour Museum: the people, the customers and the groups."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import (
    Move,
    PartyRow,
    RelationshipRow,
    SegmentRow,
    WorkspaceRow,
    text,
)

WORKSPACE = WorkspaceRow(
    slug="harbour-museum",
    name=text("Harbour Museum", "Satamamuseo", "Muzeum Portowe", "Портовый музей"),
    home="museum",
    size_profile="small",
    vocabulary="plain",
    default_lang="en",
    languages=("en", "fi", "pl", "ru"),
    portfolio_owner="aino",
    features={"components": True},
)

PARTIES = (
    PartyRow(
        "museum", "organisation", "Harbour Museum",
        aliases=("Satamamuseo", "Satamamuseon säätiö"), is_internal=True,
        web="https://harbourmuseum.example", email="info@harbourmuseum.example",
        languages=("fi", "en"),
    ),
    PartyRow(
        "aino", "person", "Aino Salmi", parent="museum", is_internal=True,
        email="aino.salmi@harbourmuseum.example", languages=("fi", "en"), access_role="admin",
        note="Runs the museum; answers her own mail after four o'clock.",
    ),
    PartyRow(
        "piotr", "person", "Piotr Zieliński", parent="museum", is_internal=True,
        email="piotr@harbourmuseum.example", languages=("pl", "en", "fi"), access_role="editor",
        note="Service designer, two days a week here and two at Norrvik IT.",
    ),
    PartyRow(
        "sanna", "person", "Sanna Virta", parent="museum", is_internal=True,
        email="sanna@harbourmuseum.example", languages=("fi", "en"), access_role="editor",
        note="Collections and words; mornings here, afternoons at Norrvik IT.",
    ),
    PartyRow(
        "heikki", "person", "Heikki Laine", parent="museum", is_internal=True,
        email="heikki@harbourmuseum.example", languages=("fi",), access_role="member",
        note="Guide and net maker. Thirty years at sea, eleven in the loft.",
    ),
    PartyRow("front_desk", "team", "Front desk", parent="museum", is_internal=True),
    PartyRow(
        "guides_team", "team", "Guides", aliases=("Oppaat",), parent="museum", is_internal=True
    ),
    PartyRow(
        "rauha", "person", "Rauha Ekman", parent="museum", is_internal=True, left_on=-96,
        note="Let the rooms until she retired; nobody has taken them over.",
    ),
    PartyRow(
        "rantakyla", "organisation", "Rantakylä School", aliases=("Rantakylän koulu",),
        web="https://rantakyla.example", languages=("fi",),
    ),
    PartyRow(
        "tuomas", "person", "Tuomas Rinne", parent="rantakyla",
        email="tuomas.rinne@rantakyla.example", languages=("fi", "en"),
        access_role="co_creator", sees=("rel_rantakyla",),
        note="Teaches the fourth grade, brings every class he has had since 2015.",
    ),
    PartyRow(
        "niemi", "organisation", "Niemi School", aliases=("Niemen koulu",), languages=("fi", "ru")
    ),
    PartyRow("vera", "person", "Vera Antonova", parent="niemi", languages=("ru", "fi")),
    PartyRow(
        "paivarinne", "organisation", "Päivärinne School", aliases=("Päivärinteen koulu",),
        languages=("fi",),
    ),
    PartyRow("helmi", "person", "Helmi Koski", parent="paivarinne", languages=("fi",)),
    PartyRow(
        "daycare", "organisation", "Harbour Day-care", aliases=("Sataman päiväkoti",),
        languages=("fi", "pl"),
    ),
    PartyRow("agata", "person", "Agata Wrona", parent="daycare", languages=("pl", "fi")),
    PartyRow(
        "seniors", "organisation", "Pilots' Pensioners", aliases=("Luotsien eläkeläiset ry",),
        languages=("fi", "sv"),
    ),
    PartyRow("bror", "person", "Bror Sjöstrand", parent="seniors", languages=("sv", "fi")),
    PartyRow(
        "tides", "organisation", "Tidewater Accounting", aliases=("Tilitoimisto Vuorovesi",),
        languages=("fi",),
    ),
    PartyRow("kaisa", "person", "Kaisa Melkko", parent="tides", languages=("fi",)),
    PartyRow(
        "city", "organisation", "City of Satamala", aliases=("Satamalan kaupunki",),
        web="https://satamala.example", languages=("fi", "sv"),
    ),
    PartyRow(
        "norrvik", "organisation", "Norrvik IT", aliases=("Norrvik IT Oy",),
        web="https://norrvik.example", languages=("fi", "en"),
    ),
    PartyRow("olga", "person", "Olga Lind", parent="norrvik", languages=("fi", "en", "ru")),
)

RELATIONSHIPS = (
    RelationshipRow(
        "rel_rantakyla", "rantakyla", "museum", "cooperative", since=-640, owner="aino",
        customer_contacts=("tuomas",), review_cadence="P6M",
        health_note=text(
            "Comes four times a year and tells us the truth about the stairs.",
            "Käy neljästi vuodessa ja kertoo portaista suoraan.",
        ),
        moves=(
            Move("prospect", -660, "aino", "Tuomas asked whether a class could come weekly."),
            Move("active", -640, "aino", "First class of the year booked."),
        ),
    ),
    RelationshipRow(
        "rel_niemi", "niemi", "museum", "basic", since=-300, owner="aino",
        customer_contacts=("vera",),
        moves=(Move("active", -300, "aino", "Came with two classes, one of them bilingual."),),
    ),
    RelationshipRow(
        "rel_paivarinne", "paivarinne", "museum", "basic", since=-480, owner="aino",
        customer_contacts=("helmi",),
        moves=(
            Move("active", -480, "aino", "Three classes a spring."),
            Move("dormant", -20, "sanna", "No class for a year; Helmi says: the coach costs."),
        ),
    ),
    RelationshipRow(
        "rel_daycare", "daycare", "museum", "basic", since=-220, owner="sanna",
        customer_contacts=("agata",),
        moves=(Move("active", -220, "sanna", "A group of eleven each month, on foot."),),
    ),
    RelationshipRow(
        "rel_seniors", "seniors", "museum", "basic", owner="piotr", customer_contacts=("bror",),
        moves=(Move("prospect", -70, "piotr", "Talks about a memory hour with coffee."),),
    ),
    RelationshipRow(
        "rel_tides", "tides", "museum", "basic", since=-410, until=-200, owner="aino",
        customer_contacts=("kaisa",),
        moves=(
            Move("active", -410, "aino", "Rented the hall for four evenings."),
            Move("ended", -200, "aino", "Moved to another town. Nothing left open."),
        ),
    ),
    RelationshipRow(
        "rel_norrvik", "museum", "norrvik", "partnership", since=-690, owner="aino",
        customer_contacts=("aino",), review_cadence="P3M",
        health_note=text(
            "The shop is always open; buying in it is hard work.",
            "Kauppa on aina auki; siinä ostaminen on työlästä.",
        ),
        moves=(Move("active", -690, "aino", "The ticket shop moved to Norrvik IT."),),
    ),
    RelationshipRow(
        "rel_city", "museum", "city", "cooperative", since=-730, owner="aino",
        customer_contacts=("aino",), review_cadence="P1Y",
        moves=(Move("active", -730, "aino", "House, signs and half of the money."),),
    ),
)

SEGMENTS = (
    SegmentRow(
        "school_classes",
        text("School classes, 7–12 years", "Koululuokat, 7–12-vuotiaat",
             "Klasy szkolne, 7–12 lat", "Школьные классы, 7–12 лет"),
        text("A class with its teacher from a school within an hour's ride.",
             "Luokka ja opettaja koulusta, josta ajaa museolle alle tunnissa."),
        "organisation_type", owner="aino", size=64, size_as_of=-60, size_quality="measured",
        attractiveness=5,
        why_targeted=text("A child who comes with the class brings the family later.",
                          "Luokan kanssa käynyt lapsi tuo myöhemmin perheensä."),
        alternatives=text("A film in the classroom, or the fire station.",
                          "Elokuva luokassa tai retki paloasemalle."),
        moves=(
            Move("candidate", -700, "aino", "Half of the bookings were classes."),
            Move("targeted", -620, "aino", "The city pays for one visit of each class."),
        ),
    ),
    SegmentRow(
        "families",
        text("Families with children under 12", "Perheet, joissa on alle 12-vuotiaita",
             "Rodziny z dziećmi do 12 lat", "Семьи с детьми до 12 лет"),
        text("Come together at a weekend or on holiday, stay about two hours.",
             "Tulevat yhdessä viikonloppuna tai lomalla ja viipyvät pari tuntia."),
        "behaviour", owner="piotr", size=2900, size_as_of=-200, size_quality="estimated",
        attractiveness=4,
        why_targeted=text("They live here and can come in November too.",
                          "He asuvat täällä ja pääsevät tulemaan marraskuussakin."),
        alternatives=text("The swimming hall, the library, the sofa.",
                          "Uimahalli, kirjasto tai kotisohva."),
        moves=(Move("candidate", -671, "piotr", "Noticed in the bookings."),
               Move("targeted", -650, "piotr", "Our rainy Sundays are theirs."),),
    ),
    SegmentRow(
        "daycare_groups",
        text("Day-care groups", "Päiväkotiryhmät", "Grupy przedszkolne", "Группы детского сада"),
        text("Up to twelve children of 3 to 6 years who come on foot.",
             "Enintään kaksitoista 3–6-vuotiasta, jotka tulevat kävellen."),
        "organisation_type", owner="sanna", size=17, size_as_of=-120, size_quality="measured",
        moves=(Move("candidate", -220, "sanna", "Harbour Day-care came by itself."),),
    ),
    SegmentRow(
        "visitors",
        text("Summer visitors", "Kesävieraat", "Letni goście", "Летние гости"),
        text("In town for a day, often from the ferry, seldom with Finnish.",
             "Kaupungissa yhden päivän, usein laivalta, harvoin suomenkielisiä."),
        "geographic", owner="piotr", size_quality="unknown", attractiveness=3,
        why_targeted=text("Nine hundred a day walk past the door in July.",
                          "Heinäkuussa oven ohi kävelee yhdeksänsataa päivässä."),
        moves=(Move("candidate", -351, "piotr", "Noticed in the bookings."),
               Move("targeted", -330, "piotr", "The ferry pier moved to our side."),),
    ),
    SegmentRow(
        "researchers",
        text("People who look for a ship or an ancestor", "Laivan tai esivanhemman etsijät",
             "Szukający statku lub przodka", "Ищущие судно или предка"),
        text("Ask for papers or photographs by name and year.",
             "Kysyvät asiakirjoja tai kuvia nimellä ja vuodella."),
        "need", owner="sanna", size=140, size_as_of=-30, size_quality="measured",
        moves=(Move("candidate", -721, "sanna", "Noticed in the bookings."),
               Move("targeted", -700, "sanna", "Nobody else in town keeps these papers."),),
    ),
    SegmentRow(
        "house_guests",
        text("Those who need a room", "Tilan tarvitsijat"),
        text("Companies, clubs and families who want a hall by the water for an evening.",
             "Yritykset, yhdistykset ja perheet, jotka haluavat illaksi salin veden äärestä."),
        "need", size_quality="unknown", attractiveness=3,
        moves=(Move("candidate", -521, "rauha", "Noticed in the bookings."),
               Move("targeted", -500, "rauha", "The hall stood empty after five."),),
    ),
    SegmentRow(
        "elders",
        text("Harbour people over 70", "Yli 70-vuotias satamaväki"),
        text("Worked on the quay, at sea or in the net lofts.",
             "Tehneet työtä laiturilla, merellä tai verkkovinteillä."),
        "demographic", owner="piotr", size=230, size_as_of=-400, size_quality="estimated",
        alternatives=text("Coffee at the parish hall.", "Kahvit seurakuntatalolla."),
        moves=(
            Move("candidate", -190, "piotr", "They remember what we have no papers of."),
            Move("targeted", -80, "piotr", "Why them: each winter we are too late for someone."),
        ),
    ),
    SegmentRow(
        "office_parties",
        text("Companies at Christmas", "Yritysten pikkujoulut"),
        text("Staff evenings in November and December.",
             "Henkilökunnan illat marras- ja joulukuussa."),
        "behaviour", owner="aino", size_quality="unknown",
        moves=(
            Move("candidate", -420, "rauha", "Two asked in one week."),
            Move("dropped", -150, "aino", "Loud, late, and the guides said no."),
        ),
    ),
)
