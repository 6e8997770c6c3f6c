# ruff: noqa: RUF001 — letters of other scripts are the point
"""Language and direction are concluded from letters and small words, or left unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Basis
from site_builder.reading.language import direction, infer_language

SENTENCES = {
    "ar": "افتتحت البلدية الجسر الجديد صباح اليوم بعد أن تأخر العمل فيه سنتين كاملتين.",
    "ckb": "شارەوانی پردە نوێیەکەی ئەمڕۆ کردەوە دوای ئەوەی کارەکە دوو ساڵ دواکەوت.",
    "cs": "Nový most byl otevřen dnes ráno a stavba se o dva roky zpozdila, ale nikdo to už neřeší.",
    "da": "Den nye bro blev åbnet i dag af byens borgmester, og det skete efter to års arbejde.",
    "de": "Die neue Brücke wurde heute eröffnet, aber der Bau hat zwei Jahre länger gedauert als geplant.",
    "el": "Η νέα γέφυρα άνοιξε σήμερα το πρωί, δύο χρόνια αργότερα από το σχέδιο.",
    "en": "The new bridge was opened this morning, and the work on it took two years more than planned.",
    "es": "El nuevo puente fue abierto esta mañana, pero la obra duró dos años más de lo que se esperaba.",
    "fa": "پل تازه امروز صبح باز شد و کار آن دو سال بیشتر از آنچه گفته بودند طول کشید.",
    "fi": "Uusi silta avattiin tänään, mutta työ on kestänyt kaksi vuotta kauemmin kuin se oli luvattu ja.",
    "fr": "Le nouveau pont est ouvert depuis ce matin, mais les travaux ont duré deux ans de plus.",
    "he": "הגשר החדש נפתח הבוקר לאחר עיכוב של שנתיים בעבודות.",
    "hi": "नया पुल आज सुबह खोला गया और इस काम में योजना से दो साल अधिक का समय लगा है।",
    "hu": "Az új hidat ma reggel adták át, de a munka két évvel tovább tartott, mint azt a terv szerint.",
    "it": "Il nuovo ponte è aperto da questa mattina, ma i lavori sono durati due anni di più della città.",
    "ja": "新しい橋は今朝開通したが、工事は予定より二年長くかかった。",
    "ko": "새 다리가 오늘 아침 열렸지만 공사는 예정보다 이 년 더 걸렸다.",
    "nb": "Den nye broen ble åpnet i dag, men arbeidet har tatt to år mer enn det var planlagt av byen nå.",
    "nl": "De nieuwe brug is vandaag geopend, maar het werk heeft twee jaar langer geduurd dan het plan.",
    "pl": "Nowy most został otwarty dziś rano, ale prace trwały o dwa lata dłużej niż to było w planie.",
    "pt": "A nova ponte foi aberta esta manhã, mas as obras duraram mais dois anos do que se esperava.",
    "ru": "Новый мост открыли сегодня утром, но работы на нём шли на два года дольше, чем по плану.",
    "sv": "Den nya bron öppnades i dag och det är två år senare än vad som var tänkt från början.",
    "th": "สะพานใหม่เปิดเมื่อเช้านี้หลังจากล่าช้าไปสองปี",
    "tr": "Yeni köprü bu sabah açıldı, ama çalışmalar planlanandan iki yıl daha uzun sürdü.",
    "uk": "Новий міст у місті відкрили сьогодні вранці, але її роботи на ньому тривали довше.",
    "ur": "نیا پل آج صبح کھول دیا گیا لیکن کام میں منصوبے سے دو سال زیادہ لگے ہیں۔",
    "vi": "Cây cầu mới được mở sáng nay, nhưng công việc đã kéo dài hơn hai năm so với kế hoạch.",
    "zh": "新桥今天早上通车，工程比计划晚了两年。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_plain_sentence_gives_its_language_away(language, sentence):
    """One ordinary sentence is enough, whatever its script."""
    assert language == infer_language(sentence).value


def test_a_language_is_inferred_and_its_note_names_the_evidence():
    """A person can check why we say so."""
    found = infer_language(SENTENCES["en"])

    assert (
        Basis.INFERRED,
        "language.function-words@1",
        "8 of 18 words are common English words",
    ) == (
        found.basis,
        found.rule,
        found.note,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1931 … 42 %",
        "Harbour bridge",
        "Lorem Ipsumov Dolorski Sitamet Consectetur Adipiscing Elitsed Eiusmod Tempor Incididunt",
        "Den nye er her i dag og det er alt for meg.",
        "The new bridge was opened. Новый мост открыли. 新しい橋は今朝開通した。",
    ],
    ids=["empty", "no letters", "too short", "names only", "two near languages", "three scripts"],
)
def test_what_cannot_be_told_is_unknown(text):
    """No guess is made from little, from names, or between languages that are too near."""
    assert not infer_language(text).known


def test_only_the_beginning_is_looked_at():
    """A long text costs no more than a short one."""
    text = SENTENCES["en"] * 40 + SENTENCES["ru"] * 4000

    assert "en" == infer_language(text).value


@given(st.text())
def test_any_text_has_an_answer(text):
    """Whatever comes, there is a language or none, and a direction."""
    found = infer_language(text)

    assert direction(found.value, text) in {"ltr", "rtl"}


@pytest.mark.parametrize(
    ("expected", "language", "text"),
    [
        ("rtl", "ar", SENTENCES["ar"]),
        ("rtl", "", SENTENCES["he"]),
        ("ltr", "", SENTENCES["en"]),
        ("rtl", "en-US", SENTENCES["ar"]),
        ("ltr", "ar", SENTENCES["en"]),
        ("rtl", "fa_IR", ""),
        ("rtl", "pa-Arab-PK", ""),
        ("ltr", "ar-Latn", ""),
        ("ltr", "", ""),
    ],
)
def test_letters_decide_the_direction_before_the_declared_language(expected, language, text):
    """Templates often declare a wrong language; where there are no letters, the language decides."""
    assert expected == direction(language, text)
