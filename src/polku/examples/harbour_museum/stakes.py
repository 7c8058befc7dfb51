"""Harbour Museum: who has a stake in it. Judgements about people, for the team alone."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import Move, text
from polku.examples.content_people import LineRow, StakeholderRow, listed

STAKEHOLDERS = (
    StakeholderRow(
        "stake_city", "sponsor", party="city", owner="aino", interest=3, influence=5,
        attitude="supportive", assessed_on=-45,
        expects_from_us=listed(
            "Every fourth-grader once a year | No surprise in October",
            "Joka neljäsluokkalainen kerran vuodessa | Ei yllätyksiä lokakuussa",
            "Każdy czwartoklasista raz w roku | Żadnych niespodzianek w październiku",
            "Каждый четвероклассник раз в год | Никаких сюрпризов в октябре"),
        we_expect=listed(
            "The house kept warm | The signs at the tram stop",
            "Talo pidetään lämpimänä | Opasteet raitiovaunupysäkillä",
            "Ogrzany budynek | Znaki przy przystanku tramwajowym",
            "Тёплое здание | Указатели на трамвайной остановке"),
        stakes=("school_visit", "family_visit"), based_on=("learnt_city_counts",),
        moves=(Move("current", -300, "aino", "Pays half."),),
    ),
    StakeholderRow(
        "stake_friends", "community", owner="aino", interest=5, influence=3,
        attitude="champion", assessed_on=-60,
        group_name=text("Friends of the museum", "Museon ystävät", "Przyjaciele muzeum",
                        "Друзья музея"),
        expects_from_us=listed(
            "To be asked before the boat is painted | Coffee on the first Tuesday",
            "Että kysytään ennen kuin vene maalataan | Kahvit kuun ensimmäisenä tiistaina",
            "Pytać, zanim łódź zostanie pomalowana | Kawa w pierwszy wtorek miesiąca",
            "Спросить, прежде чем красить лодку | Кофе в первый вторник месяца"),
        we_expect=listed(
            "Forty hands in August | Not to promise the hall in our name",
            "Neljäkymmentä kättä elokuussa | Ettei salia luvata meidän nimissämme",
            "Czterdzieści rąk w sierpniu | Nieobiecywanie sali w naszym imieniu",
            "Сорок рук в августе | Не обещать зал от нашего имени"),
        stakes=("net_loft", "lantern_walk"),
        moves=(Move("current", -290, "aino", "Founded us, in a way."),),
    ),
    StakeholderRow(
        "stake_school", "customer", party="rantakyla", owner="aino", interest=4, influence=2,
        attitude="champion", assessed_on=-60,
        expects_from_us=listed(
            "A day that holds | Lunch in the dry", "Päivä, joka pitää | Eväät kuivassa",
            "Termin, który jest dotrzymany | Drugie śniadanie w suchym miejscu",
            "День, который не сдвинется | Обед в сухом месте"),
        we_expect=listed(
            "Permission papers before the visit | The truth about the stairs",
            "Luvat ennen käyntiä | Totuus portaista",
            "Zgody przed wizytą | Prawda o schodach",
            "Разрешения до посещения | Правда о лестнице"),
        stakes=("school_visit",),
        moves=(Move("current", -280, "aino", "Comes most, says most."),),
    ),
    StakeholderRow(
        "stake_port", "partner", owner="aino", interest=2, influence=4, attitude="doubtful",
        assessed_on=-200,
        group_name=text("The port company", "Satamayhtiö", "Spółka portowa", "Портовая компания"),
        expects_from_us=listed(
            "Nobody on the quay after ten", "Ettei laiturilla ole ketään kymmenen jälkeen",
            "Nikogo na nabrzeżu po dziesiątej", "Никого на причале после десяти"),
        we_expect=listed(
            "The gate open on eight Fridays", "Portti auki kahdeksana perjantaina",
            "Otwarta brama w osiem piątków", "Открытые ворота восемь пятниц"),
        stakes=("night", "lantern_walk"),
        moves=(Move("current", -250, "aino", "Owns the gate."),),
    ),
    StakeholderRow(
        "stake_neighbours", "community", owner="piotr", interest=4, influence=2,
        attitude="against", assessed_on=-90,
        group_name=text("Neighbours of the quay", "Laiturin naapurit", "Sąsiedzi nabrzeża",
                        "Соседи причала"),
        expects_from_us=listed(
            "Quiet after nine | No coaches in the yard",
            "Hiljaisuus yhdeksän jälkeen | Ei busseja pihalla",
            "Cisza po dziewiątej | Żadnych autokarów na podwórzu",
            "Тишина после девяти | Никаких автобусов во дворе"),
        stakes=("night", "venue_hire"),
        moves=(Move("current", -240, "piotr", "Wrote to the paper about the loud evenings."),),
    ),
    StakeholderRow(
        "stake_pilots", "user", party="seniors", owner="piotr", attitude="unknown",
        stakes=("memory_hour",),
        moves=(Move("current", -60, "piotr", "Nobody has asked them what they want of it."),),
    ),
)

LINES = (
    LineRow("stake_friends", "stake_city", text(
        "sit on the city's board for culture", "istuvat kaupungin kulttuurilautakunnassa",
        "zasiadają w miejskiej radzie kultury", "входят в городской совет по культуре"), "aino"),
    LineRow("stake_neighbours", "stake_port", text(
        "complain to it about the noise", "valittavat sille melusta",
        "skarżą się jej na hałas", "жалуются ей на шум"), "piotr"),
    LineRow("stake_city", "stake_school", text(
        "pays for one visit a class", "maksaa yhden käynnin luokkaa kohti",
        "płaci za jedną wizytę klasy", "платит за одно посещение класса"), "aino"),
)
