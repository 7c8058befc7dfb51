"""Norrvik IT: decisions at the gates of services, with what was unknown and signed for."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import DecisionRow, text

GATE_DECISIONS = (
    DecisionRow(
        "dec_ticket_live", "ticket_hosting", "gate",
        text("Does the museum's shop move in before the summer?",
             "Muuttaako museon kauppa ennen kesää?"), "yes_with_conditions",
        text("The old one falls over each July; ours has held a hundred buyers.",
             "Vanha kaatuu joka heinäkuu; meidän kesti sata ostajaa."),
        conditions=text("Somebody awake on the first Monday of July.",
                        "Joku valvoo heinäkuun ensimmäisen maanantain."),
        decided_on=-691, decider="olga", look_again_on=-600,
    ),
    DecisionRow(
        "dec_updates_live", "security_updates", "gate",
        text("Do we close holes on customers' machines by ourselves?",
             "Paikkaammeko aukot asiakkaiden koneilta itse?"), "yes",
        text("Two pay days went by and nobody noticed, which was the aim.",
             "Kaksi palkkapäivää meni, eikä kukaan huomannut. Se oli tarkoitus."),
        decided_on=-396, decider="olga", look_again_on=-30,
    ),
    DecisionRow(
        "dec_terminals_live", "terminals", "gate",
        text("Do the terminals open with one person who knows them?",
             "Avataanko maksupäätteet yhden osaajan varassa?"), "yes_with_conditions",
        text("The season starts and the boats cannot wait.", "Kausi alkaa, eivätkä laivat odota."),
        conditions=text("A second person learns them before the autumn.",
                        "Toinen opettelee ne ennen syksyä."),
        decided_on=-411, decider="olga", look_again_on=-240,
        dissent=(("jari", "One person is not a service."),),
    ),
    DecisionRow(
        "dec_checkout_start", "new_checkout", "gate",
        text("Do we build a checkout of our own?", "Teemmekö oman kassan?"), "yes",
        text("17 of 100 stop at paying, and the museum carries a third of the cost.",
             "17 sadasta keskeyttää maksuun, ja museo maksaa kolmanneksen."),
        decided_on=-191, decider="olga", look_again_on=30,
    ),
    DecisionRow(
        "dec_pilot_start", "phone_sign_in", "gate",
        text("Does the pilot start on two floors?", "Alkaako pilotti kahdessa kerroksessa?"),
        "yes_with_conditions",
        text("Ritva's people asked for it themselves.", "Ritvan väki pyysi sitä itse."),
        conditions=text("A way in without a telephone from day one.",
                        "Tie sisään ilman puhelinta ensimmäisestä päivästä."),
        decided_on=-59, decider="olga", look_again_on=22,
    ),
    DecisionRow(
        "dec_register_end", "booking_register", "gate",
        text("Does the old booking register end?", "Päättyykö vanha varauskirja?"), "yes",
        text("Nine users, and the calendar does the same. Two users have not been told yet.",
             "Yhdeksän käyttäjää, ja kalenteri tekee saman. Kahdelle ei ole vielä kerrottu."),
        decided_on=-131, decider="olga", look_again_on=33,
    ),
    DecisionRow(
        "dec_fax_hold", "fax_to_mail", "exception",
        text("Is the fax brought back for three users?", "Palautetaanko faksi kolmelle?"), "yes",
        text("Orders to pilots must be on paper by law.", "Luotsimääräysten on lain mukaan "
             "oltava paperilla."),
        decided_on=-297, decider="olga", look_again_on=-110,
    ),
    DecisionRow(
        "dec_fax_end", "fax_to_mail", "gate",
        text("Does the fax end now?", "Päättyykö faksi nyt?"), "yes",
        text("The law changed and the operator takes up its copper.",
             "Laki muuttui ja operaattori purkaa kuparin."),
        decided_on=-106, decider="olga", look_again_on=200, revises="dec_fax_hold",
    ),
    DecisionRow(
        "dec_rooms_end", "branch_rooms", "gate",
        text("Do the last branch rooms end?", "Päättyvätkö viimeiset palvelinhuoneet?"), "yes",
        text("Five of six have moved. The sixth is a broom cupboard.",
             "Viisi kuudesta on muuttanut. Kuudes on siivouskomero."),
        decided_on=-63, decider="olga", look_again_on=100,
        dissent=(("sanna", "The library cannot close for the move before the summer."),),
    ),
    DecisionRow(
        "dec_guest_book", "guest_book", "judgement",
        text("Does the guest book go on?", "Jatkuuko vieraskirja?"), "deferred",
        text("1,400 lines, nobody read them. First somebody must want to.",
             "1 400 riviä, kukaan ei lukenut. Ensin jonkun pitää haluta."),
        decided_on=-256, decider="piotr", look_again_on=18,
    ),
    DecisionRow(
        "dec_pagers_end", "pagers", "gate",
        text("Do the pagers end?", "Päättyvätkö hakulaitteet?"), "yes_with_conditions",
        text("The maker of the transmitter stopped.", "Lähettimen valmistaja lopetti."),
        conditions=text("The waterworks can be called at three at night.",
                        "Vesilaitos tavoitetaan kolmelta yöllä."),
        decided_on=-421, decider="olga",
    ),
    DecisionRow(
        "dec_dial_in_end", "dial_in", "gate",
        text("Does dial-in end?", "Päättyykö modeemiyhteys?"), "yes",
        text("Fibre on the last island.", "Valokuitu viimeisessä saaressa."),
        decided_on=-561, decider="olga",
    ),
    DecisionRow(
        "dec_mail_move", "mail", "judgement",
        text("Own mail server, Postimeri, or none?", "Oma postipalvelin, Postimeri vai ei "
             "mitään?"), "yes_with_conditions",
        text("Two people cannot guard mail at night. Postimeri can; the service stays ours.",
             "Kaksi ihmistä ei vartioi postia öisin. Postimeri pystyy; palvelu pysyy meidän."),
        conditions=text("Data stays in the country; leaving costs one month at most.",
                        "Tiedot pysyvät maassa; lähtö maksaa enintään kuukauden."),
        decided_on=-662, decider="olga", look_again_on=60,
        dissent=(("jari", "We will miss the logs."),),
    ),
    DecisionRow(
        "dec_updates_back", "security_updates", "gate",
        text("Back from testing?", "Takaisin testistä?"), "yes",
        text("A machine restarted in the middle of a pay day.",
             "Kone käynnistyi uudelleen kesken palkkapäivän."),
        decided_on=-462, decider="sanna",
    ),
    DecisionRow(
        "dec_kiosk_back", "ticket_kiosk", "gate",
        text("Do we order two kiosks?", "Tilaammeko kaksi automaattia?"), "no",
        text("Nobody in the trial could reach the card slot sitting. Back to paper.",
             "Kukaan kokeilussa ei yltänyt korttiaukkoon istuen. Takaisin paperille."),
        decided_on=-53, decider="olga", look_again_on=19,
    ),
)
