"""The words by which a text says that somebody came or stayed away, where, when and how many; English as it stands, Cyrillic as lemmas.

Each is one phrase of tokens with a space between them. They are the craft's words, not an organisation's: its names, and the
names of its series and states, come from the data.
"""

EVENT = [
    "exercise",
    "exercises",
    "drill",
    "drills",
    "training",
    "trainings",
    "manoeuvres",
    "maneuvers",
    "wargame",
    "учение",
    "тренировка",
    "манёвр",
    "маневр",
]

IT = {"it", "they", "он", "она", "оно", "они"}

# Nouns and phrases behind which the list of those who came stands.
LIST_FOLLOWS = {
    *("participation of", "attended by", "joined by", "involve", "involves", "involved", "involving"),
    *("с участие", "при участие", "участие подтвердить"),
}
FORCES = [
    "contingent",
    "contingents",
    "unit",
    "units",
    "troops",
    "servicemen",
    "soldiers",
    "rescuers",
    "forces",
    "force",
    "peacekeepers",
    "personnel",
    "police",
    "paratroopers",
    "teams",
    "military",
    "army",
    "counterparts",
    "counterpart",
    "fighters",
    "контингент",
    "подразделение",
    "военнослужащий",
    "военный",
    "войско",
    "миротворец",
    "спасатель",
    "боец",
    "десантник",
    "рота",
    "батальон",
    "отряд",
    "армия",
]
FROM = {"from", "из", "от"}
OFFICE = {"commander", "chief", "minister", "ministry", "командующий", "начальник", "министр", "министерство"}

# Verbs whose subject came; with a negation beside them, it stayed away.
CAME = {
    *(
        "took part",
        "take part",
        "takes part",
        "taking part",
        "taken part",
        "participate",
        "participates",
        "participated",
    ),
    *("participating", "joined", "join", "sent", "send", "sends", "have sent", "has sent"),
    *(
        "участвовать",
        "принять участие",
        "принимать участие",
        "направить",
        "прибыть",
        "приехать",
        "поехать",
        "участник стать",
    ),
    *("стать участник", "участие"),
}
TOGETHER = {"joined", "join"}  # who stands behind them came, too
AWAY = {
    *(
        "boycott",
        "boycotts",
        "boycotted",
        "boycotting",
        "skip",
        "skips",
        "skipped",
        "skipping",
        "absent",
        "stayed away",
    ),
    *(
        "stay away",
        "stays away",
        "opted out",
        "declined the invitation",
        "приглашение отклонить",
        "отклонить приглашение",
        "бойкотировать",
        "пропустить",
        "проигнорировать",
        "отсутствовать",
    ),
}
OTHER_TIME = {
    "next year",
    "last year",
    "previous year",
    "a year earlier",
    "прошлый год",
    "следующий год",
    "будущий год",
}
NOT = {"not", "never", "didn", "don", "doesn", "won", "isn", "aren", "cannot", "no", "не", "ни", "без", "without"}
REFUSED = {
    "refuse",
    "decline",
    "refused",
    "refuses",
    "declined",
    "declines",
    "refusal",
    "отказаться",
    "отказываться",
    "отказ",
}
WATCH = {"observer", "observers", "observing", "наблюдатель"}

PLACED = {"in", "on", "at", "near", "в", "на", "под", "вблизи"}  # before a state: where, not who
PART_OF = {"region", "territory", "district", "province", "city", "территория", "область", "район", "город"}
STATE_NOUNS = {"republic", "federation", "республика", "федерация"}
HOSTS = {"host", "hosts", "hosted", "hosting", "принимать у себя", "принять у себя"}
JOINS = {
    ",",
    "and",
    "the",
    "as",
    "well",
    "of",
    "from",
    "и",
    "а",
    "также",
    "из",
    "armed",
    "forces",
    "вооружённый",
    "сила",
}

BEGINS = {
    *("began", "begins", "begin", "kicked", "kicks", "started", "starts", "start", "opened", "opens"),
    *("начаться", "стартовать", "открыться", "начать"),
}
ENDS = {
    *("ended", "ends", "until", "till", "through", "finished", "concluded", "completed", "last", "завершиться"),
    *("закончиться", "продлиться", "до"),
}
RUNS = {
    "ran",
    "run",
    "runs",
    "held",
    "place",
    "conducted",
    "пройти",
    "проходить",
    "проводиться",
    "провести",
    "состояться",
}

# What tells when a text was written, relative to the exercise; the first kind that is met decides.
PHASES_EN = [
    (
        "after",
        ["ended", "concluded", "finished", "completed", "took place", "was held", "were held", "wrapped up", "ends in"],
    ),
    (
        "during",
        [
            *("is being", "are being", "under way", "underway", "ongoing", "kicked off", "kicks off", "began", "begin"),
            *("begins", "started", "opened", "are taking part", "is taking place", "are taking place"),
        ],
    ),
    ("after", ["took part", "stayed away", "participated", "involved"]),
    (
        "before",
        [
            "will be",
            "will take",
            "will host",
            "to host",
            "to be held",
            "to take part",
            "will not",
            "will start",
            "were to",
            "are to",
        ],
    ),
    ("plan", ["intends to", "plans to", "is planned", "are planned", "plans for", "has planned"]),
]
OVER = {"пройти", "завершиться", "закончиться", "состояться", "завершить"}  # past: after; future: before
BEGUN = {"начаться", "стартовать", "открыться"}  # past: during; future: before
RUNNING = {"проходить", "идти", "продолжаться", "участвовать", "проводиться"}  # present: during
TOLD = {"принять", "участвовать"}  # past: after, if nothing speaks against it
MEANT = {"планироваться", "намечаться"}  # present: plan
COMING = {*OVER, *BEGUN, "провести", "поехать"}
CALLED_OFF = {"cancelled", "canceled", "called off", "отменить", "отменён", "отменённый", "отменен"}

TROOPS = [
    "servicemen",
    "servicewomen",
    "troops",
    "soldiers",
    "personnel",
    "people",
    "men",
    "fighters",
    "persons",
    "военнослужащий",
    "человек",
    "боец",
    "солдат",
    "военный",
]
MORE = {"more than", "over", "at least", "above", "более", "свыше", "не менее"}
ABOUT = {"about", "around", "some", "approximately", "nearly", "около", "порядка", "примерно"}
UP_TO = {"up to", "до"}
THOUSAND = {"thousand", "тыс", "тысяча"}
