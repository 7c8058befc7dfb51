"""Norrvik IT: judgements, exceptions and overrides about goals, prices, wishes and customers."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import DecisionRow, text

OTHER_DECISIONS = (
    DecisionRow(
        "dec_fibre", "goal_all_on_fibre", "judgement",
        text("Is every office on fibre?", "Onko jokainen toimisto valokuidussa?"), "yes",
        text("The pilot station was the last; they did not notice.",
             "Luotsiasema oli viimeinen; siellä ei huomattu."),
        decided_on=-290, decider="olga",
    ),
    DecisionRow(
        "dec_own_hall", "goal_own_hall", "judgement",
        text("Do we build a hall by the river?", "Rakennammeko salin joen rantaan?"), "no",
        text("The river answered first.", "Joki vastasi ensin."),
        decided_on=-640, decider="olga",
    ),
    DecisionRow(
        "dec_second_hall", "backup", "judgement",
        text("Do we rent a hall south of the river?", "Vuokraammeko salin joen eteläpuolelta?"),
        "yes", text("A fifth more rent, half the risk.", "Viidennes lisää vuokraa, puolet "
                    "riskistä."),
        decided_on=-706, decider="olga", look_again_on=-340,
    ),
    DecisionRow(
        "dec_second_hall_kept", "backup", "judgement",
        text("Do we keep the south hall?", "Pidämmekö eteläsalin?"), "yes",
        text("Asked again after a year: two trials met the hour.",
             "Kysytty vuoden päästä uudelleen: kaksi kokeilua onnistui tunnissa."),
        decided_on=-338, decider="olga", look_again_on=27, revises="dec_second_hall",
    ),
    DecisionRow(
        "dec_archive_closed", "file_archive", "judgement",
        text("Do we let new folders into the archive?", "Otammeko arkistoon uusia kansioita?"),
        "no", text("We miss the agreed day already; more folders make it worse.",
                   "Sovittu päivä ylittyy jo nyt; uudet kansiot vain pahentavat."),
        decided_on=-96, decider="olga", look_again_on=18,
    ),
    DecisionRow(
        "dec_archive_dial", "file_archive", "override",
        text("Is the archive's agreement met when the month had four searches?",
             "Täyttyykö sovittu, kun kuussa oli vain neljä hakua?"), "no",
        text("Three of four late. Few, and still late.", "Kolme neljästä myöhässä. Vähän, mutta "
             "myöhässä."),
        decided_on=-25, decider="sanna", look_again_on=66,
    ),
    DecisionRow(
        "dec_laptop_price", "workplace", "judgement",
        text("Do we raise the price of a laptop?", "Nostammeko kannettavan hintaa?"), "deferred",
        text("Machines cost a sixth more; Ritva's budget is closed until the summer.",
             "Koneet maksavat kuudenneksen enemmän; Ritvan budjetti on kiinni kesään."),
        decided_on=-46, decider="olga", look_again_on=15,
    ),
    DecisionRow(
        "dec_laptop_pause", "workplace", "exception",
        text("May the city buy forty machines elsewhere while we have none?",
             "Saako kaupunki ostaa neljäkymmentä konetta muualta, kun meillä ei ole?"), "yes",
        text("Forty people start on Monday. We still mend them.",
             "Neljäkymmentä ihmistä aloittaa maanantaina. Me korjaamme ne silti."),
        decided_on=-600, decider="jari",
    ),
    DecisionRow(
        "dec_home_laptops", "req_home_laptops", "judgement",
        text("Do we mend people's own laptops?", "Korjaammeko ihmisten omia koneita?"), "no",
        text("We cannot answer for what we did not deliver. One look is kindness, two are a "
             "service.", "Emme vastaa siitä, mitä emme toimittaneet."),
        decided_on=-391, decider="olga", dissent=(("milla", "They will ring anyway."),),
    ),
    DecisionRow(
        "dec_faces", "req_faces", "judgement",
        text("Do we tell who comes again?", "Kerrommeko, kuka tulee uudelleen?"), "no",
        text("Then it would no longer be counting.", "Silloin se ei olisi enää laskentaa."),
        decided_on=-29, decider="olga",
    ),
    DecisionRow(
        "dec_languages", "help_desk", "judgement",
        text("Which languages does the help desk answer in?", "Millä kielillä tuki vastaa?"),
        "yes", text("Finnish, Swedish, English; Russian when Grigori's cousin has learnt the "
                    "system.", "Suomi, ruotsi, englanti; venäjä, kun toinen puhuja on oppinut."),
        decided_on=-100, decider="milla", look_again_on=80,
    ),
    DecisionRow(
        "dec_one_name", "help_desk", "judgement",
        text("Does one person keep a case, though queues get longer?",
             "Pitääkö yksi ihminen asian, vaikka jono pitenee?"), "yes",
        text("The month's trial: queue 20 seconds longer, second calls a third fewer.",
             "Kuukauden kokeilu: jono 20 sekuntia pidempi, uusintasoittoja kolmannes vähemmän."),
        decided_on=-310, decider="olga", look_again_on=-120,
    ),
    DecisionRow(
        "dec_desk_nights", "help_desk", "judgement",
        text("Does the help desk answer at night?", "Vastaako tuki öisin?"), "no",
        text("Eleven calls a month, eight of them from one clock.",
             "Yksitoista soittoa kuussa, niistä kahdeksan yhdestä kellosta."),
        decided_on=-520, decider="olga", look_again_on=-155,
    ),
    DecisionRow(
        "dec_museum_partner", "rel_museum", "judgement",
        text("Does the museum become a partner?", "Tuleeko museosta kumppani?"), "yes",
        text("We learn more from forty buyers there than from a survey here. Aino said yes.",
             "Opimme enemmän sen neljästäkymmenestä ostajasta kuin kyselystä. Aino suostui."),
        decided_on=-420, decider="olga", look_again_on=-55,
    ),
    DecisionRow(
        "dec_museum_renew", "rel_museum", "judgement",
        text("On which terms do we renew with the museum?", "Millä ehdoin jatkamme museon "
             "kanssa?"), "deferred",
        text("First the second round of the checkout, then the numbers.",
             "Ensin kassan toinen kierros, sitten numerot."),
        decided_on=-13, decider="olga", look_again_on=7,
    ),
    DecisionRow(
        "dec_theatre", "rel_theatre", "judgement",
        text("Do we take a second ticket shop before the summer?",
             "Otammeko toisen lippukaupan ennen kesää?"), "deferred",
        text("July first, then guests.", "Ensin heinäkuu, sitten vieraat."),
        decided_on=-30, decider="piotr", look_again_on=85,
    ),
    DecisionRow(
        "dec_home_users", "home_users", "judgement",
        text("Do we serve people at home?", "Palvelemmeko kotikäyttäjiä?"), "no",
        text("We are not a shop, and the shop on the corner is good.",
             "Emme ole kauppa, ja kulman kauppa on hyvä."),
        decided_on=-391, decider="olga",
    ),
    DecisionRow(
        "dec_filter", "office_network", "judgement",
        text("Who decides what a school's filter stops?", "Kuka päättää, mitä koulun suodatin "
             "estää?"), "yes",
        text("The school. We run the filter and have no opinion on fishing rods.",
             "Koulu. Me pidämme suodatinta emmekä ota kantaa onkivapoihin."),
        decided_on=-571, decider="jari",
    ),
    DecisionRow(
        "dec_wifi_free", "offer_wifi", "exception",
        text("Is the Wi-Fi free for the library's reading room?", "Onko lukusalin Wi-Fi "
             "maksuton?"), "yes",
        text("One hall, one year, against being named nowhere.",
             "Yksi sali, yksi vuosi, eikä nimeämme mainita missään."),
        decided_on=-430, decider="olga", look_again_on=-65,
    ),
    DecisionRow(
        "dec_checkout_name", "new_checkout", "judgement",
        text("Must a buyer give a name?", "Onko ostajan annettava nimi?"), "no",
        text("Two of twelve gave up there, and nobody reads it.",
             "Kaksi kahdestatoista luovutti siihen, eikä kukaan lue sitä."),
        decided_on=-49, decider="piotr",
    ),
    DecisionRow(
        "dec_terminals_owner", "terminals", "judgement",
        text("Who answers for the terminals now?", "Kuka vastaa maksupäätteistä nyt?"),
        "deferred",
        text("Jari has the van, Milla has the calls, neither has the time.",
             "Jarilla on auto, Millalla soitot, kummallakaan ei aikaa."),
        decided_on=-11, decider="olga", look_again_on=4,
    ),
)
