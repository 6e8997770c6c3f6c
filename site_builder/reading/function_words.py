# ruff: noqa: RUF001 — letters of other scripts are the point
"""Small words by which a language gives itself away: data for `language.py`.

For each language some forty words that nearly every paragraph has: articles, pronouns, prepositions,
conjunctions, forms of *to be*. Words of one letter are left out where they mean little. Lower case, NFC.
"""

LANGUAGE_NAMES = {
    "be": "Belarusian",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "la": "Latin",
    "mr": "Marathi",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}

_LATIN = {
    "ca": """el la els les un una de del dels en amb per que i o no és són va han ha aquest aquesta com
        més però també ser està entre sobre seva seu on quan hi al als""",
    "cs": """a v ve na se je že s z do to o i k ale jako jsou by jeho které který která pro od po při za
        než nebo také byl byla bylo mezi jen už tak podle této tím""",
    "da": """og i at det er en den til som på de med for af ikke der et har han jeg om var men fra sig ved
        efter eller kan skal blev også hvor mod meget nu være havde hun deres når""",
    "de": """der die das und in zu den ist nicht von mit sich auf für ein eine dem des im auch als an es er
        sie wir werden wird aus bei oder nach wie war sind hat einen einer aber noch über zum zur""",
    "en": """the of and to in is that for it was on with as be by at from this are have has had not but
        they his her which or an were their been will would who we you said its he she there more""",
    "es": """el la los las de del en y que un una por con para se no es al lo como más su sus pero ha
        fue son este esta entre sobre también ser cuando hay muy ya era sin desde""",
    "fi": """ja on ei se että oli hän mutta ovat kun niin myös joka sen ne tai kuin olla vain jos nyt mukaan
        jotka hänen tämä sekä ole voi jälkeen kanssa vuonna noin siitä mitä""",
    "fr": """le la les de des du et en un une que est pour dans qui par sur pas au aux ce il elle ne se avec
        plus son sa ses sont ont été mais comme nous vous cette leur était ou""",
    "hu": """a az és hogy nem is egy ez volt van meg azt mint csak ki de már el még szerint vagy után ha
        minden lett pedig között fel amely amikor ezt""",
    "id": """yang dan di dari untuk dengan pada ini itu dalam tidak akan adalah oleh ke sebagai juga telah
        mereka bahwa dia karena ada saat bisa atau para lebih kami sudah""",
    "it": """il lo la i gli le di del della dei delle che e è un una in per con non si da sono al alla nel
        nella come più anche ma ha questo questa suo sua stato essere hanno dal dalla""",
    "la": """et in non est ad cum quod ut ex qui sed quae per ab sunt vel hoc etiam quam de si autem esse
        enim aut nec eius quo inter quidem atque erat fuit ac haec""",
    "nb": """og i det er en den til som på de med for av ikke et har han jeg om var men fra seg ved etter
        eller kan skal ble også hvor mot mye nå være hadde hun deres når fram""",
    "nl": """de het een en van in is dat op te zijn voor met niet die aan er om ook als bij door maar ze
        hij naar uit was wordt heeft nog wel over werd dan hebben deze worden""",
    "pl": """i w z na się nie do że jest to o jak po za od co ale przez dla tego jego są tym oraz być był
        była było które który która czy może ich także został""",
    "pt": """o a os as de do da dos das em no na que e um uma para com por não se é ao mais como foi são
        mas ou sua seu pelo pela também ser entre está já quando""",
    "ro": """de și în la a cu pe că nu din o un este care mai pentru sunt au fost se ca sau dar prin
        după lui fi această acest între ce ale cel""",
    "sv": """och i att det är en den till som på de med för av inte ett har han jag om var men från sig
        vid efter eller kan ska blev också där mot mycket nu vara hade hon deras när""",
    "tr": """ve bir bu da de için ile olarak daha çok olan en gibi kadar ne ya ama sonra ise değil olduğu
        tarafından her o olduğunu göre var yeni ilk""",
    "vi": """của và là có được trong cho các một những không với người này đã khi từ để đến cũng ông về năm
        vào ở ra như nhiều bị tại theo""",
}

_CYRILLIC = {
    "be": """і ў у на не з што да для як гэта а ён па яго ад за але былі быў была таксама які якая якія пра
        калі пасля""",
    "bg": """на и в да се за от е не с са по че си като това но ще във до при които който която след
        беше има към или още""",
    "ru": """и в не на что с по как это от за к из у а но его для был было были он она они то о же так до
        или бы при также все после который которые""",
    "sr": """и у је да на се за са од су не који која које о као то али из до што би још после био била
        или када након""",
    "uk": """і в у на не що з до за та як це для від його але є було був була по він вона вони про або при
        також який яка які після""",
}

_DEVANAGARI = {
    "hi": """के में की है और से का को हैं पर ने यह कि था एक लिए नहीं भी थे थी इस हो जो तो कर गया वह अपने
        ही तक करने साथ""",
    "mr": """आणि आहे या व ही हे तो ते होते होता आहेत एक नाही मध्ये हा ती म्हणून केले असे त्या झाले
        करण्यात यांनी""",
    "ne": """र छ को मा हो छन् पनि यो भने गरेको थियो एक लागि गर्न भएको छैन तथा उनले गरेका हुन् नेपाल""",
}

FUNCTION_WORDS: dict[str, dict[str, frozenset[str]]] = {
    script: {language: frozenset(words.split()) for language, words in table.items()}
    for script, table in (
        ("Latin", _LATIN),
        ("Cyrillic", _CYRILLIC),
        ("Devanagari", _DEVANAGARI),
    )
}
"""Script to language to its words."""
