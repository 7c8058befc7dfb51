"""Somebody learns something over several weeks."""

from polku.journeys.patterns.pattern import Pattern, stage, step, t

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

COURSE = Pattern(
    "course",
    t("A course", "Kurssi", "Kurs", "Курс"),
    t("For dance schools, language courses, training at work.",
      "Tanssikouluille, kielikursseille, koulutuksiin töissä.",
      "Dla szkół tańca, kursów językowych, szkoleń w pracy.",
      "Для школ танцев, языковых курсов, обучения на работе."),
    (
        stage(
            t("I choose", "Valitsen", "Wybieram", "Я выбираю"),
            step(t("Finds it", "Löytää", "Znajduje", "Находит"),
                 t("compares courses, levels and days", "vertailee kursseja, tasoja ja päiviä",
                   "porównuje kursy, poziomy i dni", "сравнивает курсы, уровни и дни"),
                 ours=t("say for whom each course is", "kerromme, kenelle mikin kurssi on",
                        "mówimy, dla kogo jest który kurs", "говорим, для кого какой курс"),
                 meet=("web", t("course list", "kurssilista", "lista kursów", "список курсов")),
                 feel=0, sphere="customer"),
            step(t("Signs up", "Ilmoittautuu", "Zapisuje się", "Записывается"),
                 t("signs up and pays", "ilmoittautuu ja maksaa", "zapisuje się i płaci",
                   "записывается и платит"),
                 ours=t("confirm the place and what to bring",
                        "vahvistamme paikan ja kerromme, mitä ottaa mukaan",
                        "potwierdzamy miejsce i co zabrać", "подтверждаем место и что взять"),
                 behind=t("put groups together", "kokoamme ryhmät", "układamy grupy",
                          "собираем группы"),
                 meet=("web", t("sign-up form", "ilmoittautumislomake", "formularz zapisu",
                                "форма записи")), feel=1)),
        stage(
            t("I begin", "Aloitan", "Zaczynam", "Я начинаю"),
            step(t("First time", "Ensimmäinen kerta", "Pierwszy raz", "Первый раз"),
                 t("finds the room, meets the others", "löytää salin, tapaa muut",
                   "znajduje salę, poznaje innych", "находит зал, знакомится"),
                 unseen=t("is nervous, nearly stays at home", "jännittää, melkein jää kotiin",
                          "denerwuje się, prawie zostaje w domu",
                          "волнуется, почти остаётся дома"),
                 ours=t("greet by name, begin gently", "tervehdimme nimeltä, aloitamme kevyesti",
                        "witamy po imieniu, zaczynamy łagodnie",
                        "встречаем по имени, начинаем мягко"),
                 meet=("place", t("course room", "kurssisali", "sala", "учебный зал")), feel=1)),
        stage(
            t("I learn", "Opin", "Uczę się", "Я учусь"),
            step(t("Goes on", "Jatkaa", "Uczestniczy", "Занимается"),
                 t("comes every week, practises", "käy joka viikko, harjoittelee",
                   "przychodzi co tydzień, ćwiczy", "ходит каждую неделю, упражняется"),
                 ours=t("teach, show what is better already",
                        "opetamme, näytämme, mikä sujuu jo paremmin",
                        "uczymy, pokazujemy postępy", "учим, показываем успехи"),
                 meet=("person", t("teacher", "opettaja", "nauczyciel", "преподаватель")),
                 feel=1),
            step(t("Practises alone", "Harjoittelee yksin", "Ćwiczy sam", "Упражняется сам"),
                 t("practises at home", "harjoittelee kotona", "ćwiczy w domu",
                   "упражняется дома"),
                 ours=t("give exercises and answer between times",
                        "annamme tehtäviä ja vastaamme kertojen välillä",
                        "dajemy ćwiczenia i odpowiadamy między zajęciami",
                        "даём упражнения и отвечаем между занятиями"),
                 meet=("app", t("exercises", "harjoitukset", "ćwiczenia", "упражнения")),
                 feel=0, sphere="customer", optional=True),
            step(t("Misses one", "Jää pois kerran", "Opuszcza zajęcia", "Пропускает"),
                 t("is ill and wants to catch up", "on sairas ja haluaa ottaa kiinni",
                   "choruje i chce nadrobić", "болеет и хочет наверстать"),
                 ours=t("offer another day", "tarjoamme toisen päivän", "proponujemy inny dzień",
                        "предлагаем другой день"),
                 meet=("phone", t("office", "toimisto", "biuro", "офис")), feel=-1,
                 optional=True)),
        stage(
            t("I can do it", "Osaan", "Umiem", "Я умею"),
            step(t("Shows it", "Näyttää", "Pokazuje", "Показывает"),
                 t("shows what they learnt", "näyttää, mitä on oppinut", "pokazuje, czego się "
                   "nauczył", "показывает, чему научился"),
                 ours=t("celebrate and say what comes next", "juhlimme ja kerromme, mitä "
                        "seuraavaksi", "świętujemy i mówimy, co dalej",
                        "празднуем и говорим, что дальше"),
                 meet=("event", t("last evening", "päätösilta", "ostatni wieczór",
                                  "последний вечер")), feel=2)),
    ),
)
