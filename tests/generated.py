"""Queries of every kind and an archive in many languages, made by rule: the same ones each time."""

# ruff: noqa: RUF001 — that letters of several scripts look alike is the point

import json
import random
import re
import unicodedata
from itertools import cycle

ODD = [
    "",
    "constructor",
    "__proto__ toString",
    "-the",
    "(",
    '"unclosed phrase',
    "OR",
    "a OR",
    "\ud83c\udf89 emoji",
    "date:2023",
    "after:2015-06 before:2016",
    "date:2023-13 year",
    "language:en -language:en-GB",
    "author:a",
    "xyzzyqwerty the",
    "don't well-known U.S.",
    '“the ”sea“ wall” "“storm” in"',
]

SENTENCES = {
    "en": [
        "The council negotiates over the sea wall and the old breakwater.",
        "Storms broke the well-known harbour wall; the mayor's storm fund paid.",
        "Haniya said the negotiations on the harbour were storming ahead.",
        "No article of 2019 mentions the U.S. engineers by name.",
    ],
    "de": [
        "Die Gärten hinter der Mauer wurden vom Sturm verwüstet.",
        "Der Bürgermeister öffnet den schönen Garten; schon größere Gärten folgen.",
        "Straßen und Häuser am Hafen standen unter Wasser.",
    ],
    "fr": [
        "L'écluse a été fermée ; les écluses fermées rouvrent au printemps.",
        "La région a négocié avec les pêcheurs, été comme hiver.",
        "Les élus négocient encore le mur de l'Anse.",
    ],
    "tr": [
        "Limanın kapıları kapılarından daha eski; ışıklar söndü.",
        "Belediye Ali'nin evini ve İstanbul'daki arabaları sordu.",
        "Fırtına kapıyı ve deniz duvarını kırdı.",
    ],
    "ru": [
        "Шторм разрушил красный маяк; красная лодка ушла ещё раньше.",
        "Совет обсуждает стену и ёлку у гавани.",
        "Городские власти включают новый маяк, включающий старую лампу.",
    ],
    "ar": [
        "أعلنت الحكومة أن الحكومات ناقشت جدار الميناء.",
        "العاصفةُ كسرت الجدارَ القديمَ في المدينة.",
        "حكومة المدينة تبني مدينة جديدة.",
    ],
    "hi": [
        "तूफ़ान ने बंदरगाह की दीवार तोड़ दी।",
        "परिषद ने नई दीवारों पर बातचीत करने का निर्णय किया।",
        "बंदरगाह में दो नावें थीं।",
    ],
    "zh": [
        "海堤在风暴中倒塌，市议会讨论重建。",
        "东京都的代表团访问了老海港。",
        "京都与东京相距很远。",
    ],
    "ja": [
        "汐浜町の視察団が海堤沿いを歩いた。",
        "東京都の港で高潮の記録を調べた。",
        "ガベージの収集は中止になった。",
    ],
    "th": ["พายุพัดกำแพงท่าเรือพัง", "สภาเมืองประชุมเรื่องกำแพงใหม่"],
    "pl": ["Łódź stała w porcie; łodzie wróciły po burzy.", "Żaden z radnych nie mówił o ścianie."],
}
OUTLETS = ["", "Harbour Post", "The Evening Post", "Küsten-Zeitung", "汐浜新聞"]
DATES = ["", "2019", "2022", "2023", "2023-05", "2023-05-01", "2023-05-31", "2023-11-04", "2024-01"]
TAGS = ["sea wall", "storm", "Küste", "été", "港"]
AUTHORS = ["Ann Lee", "Bo Lee-Marsh", "Ö. Yılmaz"]


def write_archive(folder, count=400):
    """Write an archive of many languages; some articles are of two, or undated, or of one year only."""
    chance = random.Random(2)  # noqa: S311 — a fixed choice, no secret
    languages = cycle(SENTENCES)
    (folder / "articles").mkdir(parents=True)
    (folder / "names").mkdir()
    (folder / "archive.toml").write_text('title = "Many tongues"\n', "utf-8")
    (folder / "names" / "h.toml").write_text(
        'label = "Haniyeh"\nforms = ["Haniya", "Ismail Haniyeh", "هنية"]\n', "utf-8"
    )
    for number in range(count):
        language = next(languages)
        (folder / "articles" / f"{language}-{number}.md").write_text(
            _article(chance, language), "utf-8"
        )
    return folder


def _article(chance, language):
    own = SENTENCES[language]
    said = [chance.choice(own) for _ in range(chance.randint(1, 6))]
    if chance.random() < 0.2:
        said.append(chance.choice(SENTENCES[chance.choice(list(SENTENCES))]))
    title = " ".join(chance.choice(own).split()[: chance.randint(1, 5)]).strip(".,;。，")
    stated = {
        "title": title,
        "language": language if chance.random() < 0.9 else "",
        "date": chance.choice(DATES),
        "outlet": chance.choice(OUTLETS),
        "author": chance.choice(["", *AUTHORS]),
        "tags": chance.sample(TAGS, chance.randint(0, 2)),
    }
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in stated.items()
        if value
    ]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(said), ""])


def queries(texts, count):
    """Make queries of every kind from words as they stand in texts."""
    chance = random.Random(1)  # noqa: S311 — a fixed choice, no secret
    made = list(ODD)
    while len(made) < count:
        words = re.findall(r"[^\s\"“”()]+", chance.choice(texts)) or ["the"]
        start = chance.randrange(len(words))
        some = words[start : start + chance.randint(1, 5)]
        made.append(chance.choice(KINDS)(chance, some, words))
    return made


def _misspelt(chance, word):
    """Leave a letter out, put one in, change one or swap two."""
    at = chance.randrange(len(word))
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + "e" + word[at:],
            word[:at] + "a" + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        ]
    )


KINDS = [
    lambda _, some, __: " ".join(some),
    lambda _, some, __: f'"{" ".join(some)}"',
    lambda _, some, __: f"“{' '.join(some)}” {some[-1]}",
    lambda chance, some, _: f"title:{chance.choice(some)}",
    lambda chance, some, _: f'title:"{" ".join(some[:2])}" {chance.choice(some)}',
    lambda chance, some, _: f"{chance.choice(some)[:4]}*",
    lambda chance, some, _: f"{chance.choice(some)}~",
    lambda chance, some, _: f"{_misspelt(chance, chance.choice(some))} {some[0]}",
    lambda chance, some, _: " ".join(_misspelt(chance, word) for word in some[:3]),
    lambda _, some, __: f"{some[0]}s {some[-1]}ing",
    lambda chance, some, words: f"({' OR '.join(some)}) -{chance.choice(words)}",
    lambda chance, some, words: f"{some[0]} OR (-{chance.choice(words)} {some[-1]})",
    lambda chance, some, _: f'{some[0]} "{some[-1]}" after:20{chance.randint(10, 24)}',
    lambda chance, some, _: f"{some[0]} date:20{chance.randint(10, 24)}-0{chance.randint(1, 9)}",
    lambda chance, some, _: f"{' '.join(some)} before:20{chance.randint(10, 24)}-06-15",
    lambda chance, some, _: f'tag:"{chance.choice(some)}" OR {some[-1]}',
    lambda _, some, __: f"outlet:post {some[0]} language:en",
    lambda _, some, __: f"{'-'.join(some[:2])} {some[-1]}",
    lambda chance, _, words: " ".join(chance.sample(words, min(8, len(words)))),
]


def asked(made, values):
    """Ask some of the queries by date, and with filters of real values beside them.

    Args:
        made: queries.
        values: facet to values that the archive has.
    """
    chance = random.Random(3)  # noqa: S311 — a fixed choice, no secret
    for number, query in enumerate(made):
        facets = sorted(name for name in values if values[name])
        chosen = chance.sample(facets, min(chance.choice([0, 0, 1, 2]), len(facets)))
        yield {
            "query": query,
            "limit": 1000 if number % 20 == 0 else 30,
            "sort": "date" if number % 7 == 0 else "relevance",
            "filters": {
                name: chance.sample(values[name], min(2, len(values[name]))) for name in chosen
            },
        }


PIECES = [
    *("storm", "a", "U.S.", "海堤沿い", "AND", "OR", "-", "--", "(", ")", '"', "“", "”", "＂"),
    *(" ", " ", " ", "\u3000", "title:", "outlet:", "date:", "DATE:2023", "after:2023-11"),
    *("2023", "2023-13", "sto*", "st*", "~", "storm~", "don't", "é", "!!!", "language:en"),
]


def typed(count):
    """Make texts of operators, fields, quotes, words and stray characters in any order."""
    chance = random.Random(4)  # noqa: S311 — a fixed choice, no secret
    for _ in range(count):
        pieces = [chance.choice([*PIECES, stray(chance)]) for _ in range(chance.randint(1, 14))]
        yield "".join(pieces)


def stray(chance):
    """Give any character that this Python knows: a browser may know newer ones."""
    while True:
        found = chr(chance.randrange(0x30000))
        if unicodedata.category(found) not in {"Cn", "Cs"}:
            return found
