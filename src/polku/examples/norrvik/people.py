"""Norrvik IT: the people, the customers, the suppliers and the groups."""

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
    slug="norrvik",
    name=text("Norrvik IT", "Norrvik IT"),
    home="norrvik",
    size_profile="provider",
    vocabulary="service_management",
    default_lang="en",
    languages=("en", "fi", "pl", "ru"),
    portfolio_owner="olga",
)

PARTIES = (
    PartyRow(
        "norrvik", "organisation", "Norrvik IT", aliases=("Norrvik IT Oy",), is_internal=True,
        web="https://norrvik.example", email="desk@norrvik.example", phone="+358 00 555 0100",
        languages=("fi", "en"),
    ),
    PartyRow(
        "olga", "person", "Olga Lind", parent="norrvik", is_internal=True,
        email="olga.lind@norrvik.example", languages=("fi", "en", "ru"), access_role="admin",
        note="Owns the portfolio, and the three services nobody dared to give away.",
    ),
    PartyRow(
        "jari", "person", "Jari Koski", parent="norrvik", is_internal=True,
        email="jari.koski@norrvik.example", languages=("fi", "en"), access_role="editor",
        note="Networks, workplaces, and the van.",
    ),
    PartyRow(
        "sanna", "person", "Sanna Virta", parent="norrvik", is_internal=True,
        email="sanna@harbourmuseum.example", languages=("fi", "en"), access_role="editor",
        note="Storage and hosting in the afternoons; mornings at Harbour Museum.",
    ),
    PartyRow(
        "piotr", "person", "Piotr Zieliński", parent="norrvik", is_internal=True,
        email="piotr@harbourmuseum.example", languages=("pl", "en", "fi"), access_role="editor",
        note="Service designer, two days a week.",
    ),
    PartyRow(
        "milla", "person", "Milla Oksanen", parent="norrvik", is_internal=True,
        email="milla.oksanen@norrvik.example", languages=("fi", "sv"), access_role="member",
        note="Leads the help desk shift.",
    ),
    PartyRow(
        "grigori", "person", "Grigori Anttila", parent="norrvik", is_internal=True,
        email="grigori.anttila@norrvik.example", languages=("ru", "fi"), access_role="reader",
        note="Books; reads everything, changes nothing.",
    ),
    PartyRow(
        "eero", "person", "Eero Niskala", parent="norrvik", is_internal=True, left_on=-12,
        languages=("fi",), note="Knew the payment terminals by their first names.",
    ),
    PartyRow("desk_team", "team", "Help desk", parent="norrvik", is_internal=True),
    PartyRow("hall_team", "team", "Halls and storage", parent="norrvik", is_internal=True),
    PartyRow("field_team", "team", "Field engineers", parent="norrvik", is_internal=True),
    PartyRow(
        "museum", "organisation", "Harbour Museum", aliases=("Satamamuseo",),
        web="https://harbourmuseum.example", languages=("fi", "en"),
    ),
    PartyRow(
        "aino", "person", "Aino Salmi", parent="museum",
        email="aino.salmi@harbourmuseum.example", languages=("fi", "en"),
        access_role="co_creator", sees=("rel_museum",),
    ),
    PartyRow(
        "city", "organisation", "City of Satamala", aliases=("Satamalan kaupunki",),
        web="https://satamala.example", languages=("fi", "sv"),
    ),
    PartyRow(
        "ritva", "person", "Ritva Holm", parent="city", email="ritva.holm@satamala.example",
        languages=("fi", "sv"), access_role="co_creator", sees=("rel_city",),
        note="Head of information management; counts in posts, not in euros.",
    ),
    PartyRow("city_library", "organisation", "Satamala Library", parent="city"),
    PartyRow("noora", "person", "Noora Palo", parent="city_library", languages=("fi",)),
    PartyRow(
        "rantakyla", "organisation", "Rantakylä School", aliases=("Rantakylän koulu",),
        parent="city", web="https://rantakyla.example", languages=("fi",),
    ),
    PartyRow(
        "tuomas", "person", "Tuomas Rinne", parent="rantakyla",
        email="tuomas.rinne@rantakyla.example", languages=("fi", "en"),
        access_role="co_creator", sees=("rel_rantakyla",),
        note="Teacher, and the school's whole IT department on Wednesdays.",
    ),
    PartyRow("ferries", "organisation", "Saari Ferries", aliases=("Saarilautat Oy",)),
    PartyRow("lasse", "person", "Lasse Berg", parent="ferries", languages=("sv", "fi")),
    PartyRow("pilots", "organisation", "Satamala Pilot Station", aliases=("Luotsiasema",)),
    PartyRow("viljo", "person", "Viljo Raitala", parent="pilots", languages=("fi",)),
    PartyRow("marketers", "organisation", "Fish Market Co-operative",
             aliases=("Kalatoriosuuskunta",)),
    PartyRow("theatre", "organisation", "Quay Theatre", aliases=("Laituriteatteri ry",),
             languages=("fi", "pl")),
    PartyRow("marta", "person", "Marta Sowa", parent="theatre", languages=("pl", "en")),
    PartyRow(
        "kivisilta", "organisation", "Kivisilta Halls", aliases=("Kivisilta Konesalit Oy",),
        web="https://kivisilta.example",
    ),
    PartyRow("postimeri", "organisation", "Postimeri Cloud", aliases=("Postimeri Oy",),
             web="https://postimeri.example"),
    PartyRow("vire", "organisation", "Vire Card Payments", aliases=("Korttivire Oy",),
             web="https://vire.example"),
    PartyRow("meripuhelin", "organisation", "Meripuhelin Mobile", aliases=("Meripuhelin Oy",)),
    PartyRow("ulappa", "organisation", "Ulappa Printing Machines", aliases=("Ulappa Oy",)),
)


def _supplier(key: str, provider: str, since: int, why: str) -> RelationshipRow:
    """A tie in which we are the ones who receive."""
    return RelationshipRow(
        key, "norrvik", provider, "cooperative", since=since, owner="olga",
        customer_contacts=("olga",), review_cadence="P1Y",
        moves=(Move("active", since, "olga", why),),
    )


RELATIONSHIPS = (
    RelationshipRow(
        "rel_museum", "museum", "norrvik", "partnership", since=-690, owner="olga",
        customer_contacts=("aino",), review_cadence="P3M",
        health_note=text(
            "Figures green, buyers tired of the checkout. Aino says so kindly, which is worse.",
            "Luvut vihreällä, ostajat väsyneitä kassaan. Aino sanoo sen ystävällisesti."),
        moves=(
            Move("prospect", -725, "olga", "Asked for a shop that does not fall over in July."),
            Move("active", -690, "olga", "Ticket shop moved in."),
        ),
    ),
    RelationshipRow(
        "rel_city", "city", "norrvik", "cooperative", since=-730, owner="olga",
        customer_contacts=("ritva",), review_cadence="P6M",
        health_note=text("Largest customer; tender in two years.",
                         "Suurin asiakas; kilpailutus kahden vuoden päästä."),
        moves=(Move("active", -730, "olga", "Here since the city's own desk was closed."),),
    ),
    RelationshipRow(
        "rel_rantakyla", "rantakyla", "norrvik", "basic", since=-560, owner="jari",
        customer_contacts=("tuomas",),
        moves=(
            Move("prospect", -580, "jari", "Twenty-six laptops and one socket."),
            Move("active", -560, "jari", "Takes the small school set."),
        ),
    ),
    RelationshipRow(
        "rel_library", "city_library", "norrvik", "basic", since=-500, owner="jari",
        customer_contacts=("noora",),
        moves=(Move("active", -500, "jari", "Wi-Fi in the reading room."),),
    ),
    RelationshipRow(
        "rel_ferries", "ferries", "norrvik", "basic", since=-410, owner="olga",
        customer_contacts=("lasse",),
        moves=(Move("active", -410, "olga", "Terminals on four boats."),),
    ),
    RelationshipRow(
        "rel_pilots", "pilots", "norrvik", "basic", since=-700, owner="jari",
        customer_contacts=("viljo",),
        moves=(
            Move("active", -700, "jari", "Fax, pagers and a very old modem."),
            Move("dormant", -120, "jari", "Only the fax is left."),
        ),
    ),
    RelationshipRow(
        "rel_theatre", "theatre", "norrvik", "basic", owner="piotr",
        customer_contacts=("marta",),
        moves=(Move("prospect", -35, "piotr", "Wants to sell tickets as the museum does."),),
    ),
    RelationshipRow(
        "rel_marketers", "marketers", "norrvik", "basic", since=-720, until=-280, owner="olga",
        moves=(
            Move("active", -720, "olga", "Three desks and a scale."),
            Move("ended", -280, "olga", "The market closed. Data returned, disks wiped."),
        ),
    ),
    _supplier("rel_kivisilta", "kivisilta", -730, "Two halls, one on each side of the river."),
    _supplier("rel_postimeri", "postimeri", -600, "Mail and calendar moved to their platform."),
    _supplier("rel_vire", "vire", -470, "Card payments for boats and the museum desk."),
    _supplier("rel_meripuhelin", "meripuhelin", -730, "Subscriptions and the sign-in messages."),
    _supplier("rel_ulappa", "ulappa", -730, "Printers by the page."),
)

SEGMENTS = (
    SegmentRow(
        "offices", text("Offices of 5 to 200 people", "5–200 hengen toimistot",
                        "Biura od 5 do 200 osób", "Офисы от 5 до 200 человек"),
        text("Desk work, no IT staff of their own, within the van's reach.",
             "Toimistotyötä, ei omaa IT-väkeä, pakettiauton ulottuvilla."),
        "organisation_type", owner="jari", size=34, size_as_of=-90, size_quality="measured",
        attractiveness=5,
        why_targeted=text("They ring instead of writing specifications.",
                          "He soittavat eivätkä kirjoita määrittelyjä."),
        alternatives=text("A nephew, or a large operator.", "Veljenpoika tai iso operaattori."),
        moves=(Move("candidate", -751, "olga", "Noticed in the bookings."),
               Move("targeted", -730, "olga", "Where we began."),),
    ),
    SegmentRow(
        "culture_houses", text("Museums, theatres, libraries", "Museot, teatterit, kirjastot",
                               "Muzea, teatry, biblioteki", "Музеи, театры, библиотеки"),
        text("Sell tickets or lend things, open when offices are closed.",
             "Myyvät lippuja tai lainaavat, auki kun toimistot ovat kiinni."),
        "organisation_type", owner="piotr", size=11, size_as_of=-90, size_quality="measured",
        attractiveness=4,
        why_targeted=text("Harbour Museum tells the others.", "Satamamuseo kertoo muille."),
        moves=(Move("candidate", -690, "olga", "With the museum."),
               Move("targeted", -420, "piotr", "Three asked after the first summer.")),
    ),
    SegmentRow(
        "schools", text("Schools without an IT person", "Koulut ilman IT-tukihenkilöä"),
        text("One teacher minds the machines beside teaching.",
             "Yksi opettaja hoitaa koneet opetuksen ohessa."),
        "need", owner="jari", size=9, size_as_of=-200, size_quality="estimated",
        attractiveness=3,
        why_targeted=text("Nine schools, one van, one day.", "Yhdeksän koulua, yksi auto."),
        moves=(Move("candidate", -581, "jari", "Noticed in the bookings."),
               Move("targeted", -560, "jari", "Rantakylä was the first."),),
    ),
    SegmentRow(
        "boats", text("Whoever sells on the water", "Vesillä myyvät"),
        text("Card payments where the network comes and goes.",
             "Korttimaksuja siellä, missä verkko tulee ja menee."),
        "geographic", owner="olga", size=6, size_as_of=-150, size_quality="measured",
        moves=(Move("candidate", -415, "eero", "Four boats and two kiosks."),
               Move("targeted", -380, "eero", "Nobody else goes aboard.")),
    ),
    SegmentRow(
        "visitors", text("Visitors in our customers' halls", "Asiakkaidemme kävijät"),
        text("Use the Wi-Fi or the shop and never hear our name.",
             "Käyttävät Wi-Fiä tai kauppaa eivätkä kuule nimeämme."),
        "behaviour", owner="piotr", size=23000, size_as_of=-30, size_quality="estimated",
        moves=(Move("candidate", -321, "piotr", "Noticed in the bookings."),
               Move("targeted", -300, "piotr", "They decide whether the museum renews."),),
    ),
    SegmentRow(
        "home_users", text("People at home", "Kotikäyttäjät"),
        text("Ask whether we could look at a laptop.", "Kysyvät, voisiko konetta vilkaista."),
        "need", owner="jari", size_quality="unknown",
        moves=(Move("candidate", -520, "jari", "Two a week at the door."),
               Move("dropped", -390, "olga", "We are not a shop.")),
    ),
)
