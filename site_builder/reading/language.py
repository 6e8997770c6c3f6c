"""Which language a text is in, from its letters and its small words, and which way it runs.

The answer is inferred, so it carries its evidence in words, and it is unknown when a text is short or
two languages are close. Only the beginning of a text is looked at: the cost does not grow with it.
"""

import re
import unicodedata
from collections import Counter
from itertools import islice

from ..model import UNKNOWN, Assertion, Basis
from .function_words import FUNCTION_WORDS, LANGUAGE_NAMES

SAMPLE = 2500
"""Code points of the text that are looked at."""

_RULE_SCRIPT = "language.script@1"
_RULE_LETTERS = "language.letters@1"
_RULE_WORDS = "language.function-words@1"

_SCRIPTS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Hebrew": "\u05d0-\u05f4",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Kana": "\u3041-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f",
    "Hangul": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Khmer": "\u1780-\u17ff",
    "Burmese": "\u1000-\u109f",
    "Georgian": "\u10a0-\u10ff",
    "Armenian": "\u0530-\u058f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
}
_RUNS = re.compile("|".join(f"(?P<{name}>[{ranges}]+)" for name, ranges in _SCRIPTS.items()))
_MAX_RUNS = 600
"""Runs of one script: about as many as words."""

_ONE_LANGUAGE = {
    "Hebrew": "he",
    "Greek": "el",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Burmese": "my",
    "Georgian": "ka",
    "Armenian": "hy",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Hangul": "ko",
}
"""Scripts that, in newspapers, write one language. Yiddish and Assamese tell by letters of their own."""

_TELLING_LETTERS = (
    # The first row of which a text has enough wins; no language name: one that we cannot tell.
    ("Arabic", "ckb", "Central Kurdish", "ێۆڕڵ", 0.02),
    ("Arabic", "ps", "Pashto", "ټډړږښېۍګڼ", 0.01),
    ("Arabic", "ur", "Urdu", "ٹڈڑےںہھ", 0.02),
    ("Arabic", "fa", "Persian", "پچژگکی", 0.02),
    ("Hebrew", "yi", "Yiddish", "װױײ", 0.01),
    ("Bengali", "as", "Assamese", "ৰৱ", 0.01),
    ("Latin", "", "Azerbaijani", "ə", 0.01),
    ("Latin", "tr", "Turkish", "ığ", 0.02),
    ("Latin", "vi", "Vietnamese", "ạảấầậẩắặẹẻếềệểịọỏốồộổớờợởụủứừựửỳỵ", 0.03),
    ("Cyrillic", "", "Central Asian languages", "әғқңөұүһҗ", 0.005),
    ("Cyrillic", "be", "Belarusian", "ў", 0.005),
    ("Cyrillic", "uk", "Ukrainian", "їєґ", 0.008),
    ("Cyrillic", "ru", "Russian", "ыэё", 0.015),
)

_MAIN_SHARE = 0.5
"""Of the letters: the script that has more is the text's."""
_KANA_SHARE = 0.05
"""Of the letters: Japanese is never without kana for long, Chinese quotes it rarely."""
_FEW_LETTERS = 12
_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f\u0900-\u097f])*")
_MIN_WORDS = 10
_MIN_HITS = 4
_MIN_SHARE = 0.12
"""Of all words: running text of a language we know has a quarter or more."""
_MARGIN = 2
"""How many times more words the best language must have that the second lacks."""

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "pnb", "ps", "sd", "syr"}
_RIGHT_TO_LEFT |= {"ug", "ur", "yi"}
_RTL_SCRIPTS = {"adlm", "arab", "aran", "hebr", "nkoo", "syrc", "thaa"}
_RTL_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR_LETTERS = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def infer_language(text: str) -> Assertion:
    """Conclude the language of a text (BCP 47), with the evidence in its note; unknown when unsure."""
    sample = unicodedata.normalize("NFC", text[:SAMPLE])
    letters = _letters_by_script(sample)
    total = sum(letters.values())
    if total == 0:
        return UNKNOWN
    kana, han = letters["Kana"], letters["Han"]
    if kana + han > _MAIN_SHARE * total:
        return _east_asian(kana, han, total)
    script, count = max(letters.items(), key=lambda pair: pair[1])
    if count <= _MAIN_SHARE * total:
        return UNKNOWN
    if script not in FUNCTION_WORDS:
        return _by_script(sample, script, count, total)
    found = _by_words(sample, script)
    return found if found.known else _by_letters(sample, script, count)


def direction(language: str, text: str) -> str:
    """Say which way a text runs: `ltr` or `rtl`.

    The letters decide where two thirds of them agree, for templates often declare the wrong language;
    else the language does (BCP 47; may be empty).
    """
    sample = text[:SAMPLE]
    rtl = len(_RTL_LETTERS.findall(sample))
    if not rtl and _LTR_LETTERS.search(sample):  # nearly always, and counting takes its time
        return "ltr"
    ltr = len(_LTR_LETTERS.findall(sample))
    if max(rtl, ltr) >= _MARGIN * min(rtl, ltr) and rtl != ltr:
        return "rtl" if rtl > ltr else "ltr"
    primary, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == len("arab")]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


def _letters_by_script(sample: str) -> Counter[str]:
    letters: Counter[str] = Counter()
    if sample.isascii():
        letters["Latin"] = len("".join(re.findall("[A-Za-z]+", sample)))
        return letters
    for run in islice(_RUNS.finditer(sample), _MAX_RUNS):
        letters[run.lastgroup or ""] += run.end() - run.start()
    return letters


def _east_asian(kana: int, han: int, total: int) -> Assertion:
    """Tell Japanese from Chinese: both write Han characters, only Japanese writes kana."""
    if kana + han < _FEW_LETTERS // 3:
        return UNKNOWN
    if kana > _KANA_SHARE * (kana + han):
        return _inferred("ja", _RULE_SCRIPT, f"{kana} of {total} letters are Japanese kana")
    return _inferred(
        "zh", _RULE_SCRIPT, f"{han} of {total} letters are Han characters, without kana"
    )


def _by_script(sample: str, script: str, count: int, total: int) -> Assertion:
    """Name the language that a script is used for, if letters do not give another away."""
    if count < _FEW_LETTERS:
        return UNKNOWN
    found = _by_letters(sample, script, count)
    if found.known:
        return found
    language = "ar" if script == "Arabic" else _ONE_LANGUAGE[script]
    return _inferred(language, _RULE_SCRIPT, f"{count} of {total} letters are {script}")


def _by_letters(sample: str, script: str, count: int) -> Assertion:
    """Name the language that letters of its own give away."""
    lower = sample.lower()
    for own_script, language, name, telling, share in _TELLING_LETTERS:
        if own_script == script and count >= _FEW_LETTERS:
            found = sum(lower.count(letter) for letter in telling)
            if found >= share * count:
                note = f"{found} of {count} letters are peculiar to {name}"
                return _inferred(language, _RULE_LETTERS, note) if language else UNKNOWN
    return UNKNOWN


def _by_words(sample: str, script: str) -> Assertion:
    """Name the language whose small words a text uses, if no other comes near."""
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    table = FUNCTION_WORDS[script]
    hits = {language: _count(words, table[language]) for language in table}
    best, second = sorted(hits, key=lambda language: (-hits[language], language))[:2]
    if total < _MIN_WORDS or hits[best] < max(_MIN_HITS, _MIN_SHARE * total):
        return UNKNOWN
    if not _clearly(words, table[best], table[second]):
        return UNKNOWN
    note = f"{hits[best]} of {total} words are common {LANGUAGE_NAMES[best]} words"
    return _inferred(best, _RULE_WORDS, note)


def _clearly(words: Counter[str], best: frozenset[str], second: frozenset[str]) -> bool:
    """Whether the words that only one of two languages has speak for the first."""
    return _count(words, best - second) >= _MARGIN * _count(words, second - best) + _MARGIN


def _count(words: Counter[str], common: frozenset[str]) -> int:
    return sum(words[word] for word in common if word in words)


def _inferred(language: str, rule: str, note: str) -> Assertion:
    return Assertion(value=language, basis=Basis.INFERRED, rule=rule, note=note)
