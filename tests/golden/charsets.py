#!/usr/bin/env python3
"""Pages of one sentence in many languages and encodings, labelled rightly, wrongly and not at all, through copydesk-extract.

    charsets.py COPYDESK_EXTRACT

Every page must come out as the sentence it was made of. What no reader of the bytes could know is left out: a label of ISO-8859-1 on another
Latin encoding without a second label.
"""
import base64
import sys
import unicodedata

from extracting import extract, report

RUSSIAN = ("Обсерватория на горе Вельм откроет свой большой купол для публики в июне, впервые за девятнадцать лет, сообщил университет в четверг. Два "
           "помещения старого дома смотрителя превращены в небольшой музей.")
UKRAINIAN = ("Обсерваторія на горі Вельм відкриє свій великий купол для публіки у червні, вперше за дев'ятнадцять років, повідомив університет у четвер. Її "
             "єдиний їжак живе у ґанку.")
JAPANESE = "ヴェルム山の天文台は六月に大ドームを一般公開すると大学が木曜日に発表した。十九年ぶりの公開となる。古い管理人の家の二部屋は小さな博物館になった。"
KOREAN = "벨름산 천문대가 유월에 대형 돔을 일반에 공개한다고 대학이 목요일 밝혔다. 십구 년 만의 공개이다. 옛 관리인 집의 방 두 개는 작은 박물관이 되었다."
CHINESE = "维尔姆山天文台将于六月向公众开放大圆顶，这是十九年来的第一次，大学星期四宣布。旧管理员住宅的两个房间已改建为小型博物馆。"
TAIWANESE = "維爾姆山天文台將於六月向公眾開放大圓頂，這是十九年來的第一次，大學星期四宣布。舊管理員住宅的兩個房間已改建為小型博物館。"
POLISH = ("Obserwatorium na górze Velm otworzy w czerwcu wielką kopułę dla publiczności, po raz pierwszy od dziewiętnastu lat, poinformował uniwersytet w "
          "czwartek. Źdźbła trawy łaskoczą żółwia.")
CZECH = ("Hvězdárna na hoře Velm otevře v červnu velkou kopuli veřejnosti, poprvé po devatenácti letech, oznámila univerzita ve čtvrtek. Příliš žluťoučký "
         "kůň úpěl ďábelské ódy.")
GERMAN = ("Die Sternwarte auf dem Velm öffnet im Juni ihre große Kuppel für das Publikum, zum ersten Mal seit neunzehn Jahren, teilte die Universität am "
          "Donnerstag mit. Über tausend Gäste müssen zu Fuß gehen.")
GREEK = ("Το αστεροσκοπείο στο όρος Βελμ θα ανοίξει τον μεγάλο θόλο του στο κοινό τον Ιούνιο, για πρώτη φορά μετά από δεκαεννέα χρόνια, ανακοίνωσε το "
         "πανεπιστήμιο την Πέμπτη.")
TURKISH = ("Velm Dağı'ndaki gözlemevi, on dokuz yıl sonra ilk kez haziran ayında büyük kubbesini halka açacak, üniversite perşembe günü duyurdu. Şiir "
           "ağacı gölgesinde ışık.")
HEBREW = ("מצפה הכוכבים על הר ולם יפתח את הכיפה הגדולה שלו לציבור ביוני, לראשונה מזה תשע עשרה שנים, הודיעה האוניברסיטה ביום חמישי. שני חדרים הפכו "
          "למוזיאון קטן.")
ARABIC = ("سيفتح المرصد الواقع على جبل فيلم قبته الكبيرة أمام الجمهور في يونيو للمرة الأولى منذ تسعة عشر عاما حسبما أعلنت الجامعة يوم الخميس. وتحولت غرفتان "
          "إلى متحف صغير.")
LITHUANIAN = ("Observatorija ant Velmo kalno birželį pirmą kartą po devyniolikos metų atvers didįjį kupolą visuomenei, ketvirtadienį pranešė universitetas. "
              "Žąsys ėjo šalia ūkio.")
THAI = ("หอดูดาวบนภูเขาเวล์มจะเปิดโดมใหญ่ให้ประชาชนเข้าชมในเดือนมิถุนายนเป็นครั้งแรกในรอบสิบเก้าปี มหาวิทยาลัยประกาศเมื่อวันพฤหัสบดี "
        "ห้องสองห้องกลายเป็นพิพิธภัณฑ์เล็ก")

VIETNAMESE = "Đài thiên văn trên núi Velm sẽ mở mái vòm lớn cho công chúng vào tháng sáu, lần đầu tiên sau mười chín năm, trường đại học cho biết hôm thứ năm."

# text, label, Python's name of the encoding where it isn't the label
PAGES = [
    (RUSSIAN, "windows-1251", "cp1251"), (RUSSIAN, "koi8-r", None), (RUSSIAN, "iso-8859-5", None), (RUSSIAN, "ibm866", "cp866"),
    (RUSSIAN, "x-mac-cyrillic", "mac_cyrillic"), (UKRAINIAN, "windows-1251", "cp1251"), (UKRAINIAN, "koi8-u", "koi8_u"),
    (JAPANESE, "shift_jis", None), (JAPANESE, "euc-jp", None), (JAPANESE, "iso-2022-jp", None), (KOREAN, "euc-kr", None),
    (CHINESE, "gb2312", None), (CHINESE, "gbk", None), (CHINESE, "gb18030", None), (TAIWANESE, "big5", None),
    (POLISH, "windows-1250", "cp1250"), (POLISH, "iso-8859-2", None), (CZECH, "windows-1250", "cp1250"), (CZECH, "iso-8859-2", None),
    (GERMAN, "windows-1252", "cp1252"), (GERMAN, "iso-8859-15", None), (GREEK, "windows-1253", "cp1253"), (GREEK, "iso-8859-7", None),
    (TURKISH, "windows-1254", "cp1254"), (TURKISH, "iso-8859-9", None), (HEBREW, "windows-1255", "cp1255"), (HEBREW, "iso-8859-8", None),
    (ARABIC, "windows-1256", "cp1256"), (ARABIC, "iso-8859-6", None), (LITHUANIAN, "windows-1257", "cp1257"), (LITHUANIAN, "iso-8859-13", None),
    (THAI, "windows-874", "cp874"), (THAI, "tis-620", "cp874"),
]
PIECE = "Два зала музея открыты каждый вечер, кроме понедельника."
LATIN = (POLISH, CZECH, TURKISH, LITHUANIAN)


# labels that browsers know besides: text, label, Python's name of the encoding
ALIASES = [(JAPANESE, "x-sjis", "cp932"), (JAPANESE, "windows-31j", "cp932"), (KOREAN, "ks_c_5601-1987", "cp949"), (KOREAN, "windows-949", "cp949"), (CHINESE, "gb_2312-80", "gbk"), (CHINESE, "x-gbk", "gbk"),
           (RUSSIAN, "cp1251", "cp1251"), (RUSSIAN, "koi", "koi8-r"), (GERMAN, "latin1", "cp1252"), (GERMAN, "us-ascii", "cp1252"), (GREEK, "greek", "iso-8859-7")]
# characters at an encoding's rim
RIMS = [(CHINESE + "𠮷野家", "gb18030", "gb18030"), (TAIWANESE + "嘅喺", "big5", "big5hkscs"), (KOREAN + " 똠방각하", "euc-kr", "cp949"), (JAPANESE + "①㈱", "shift_jis", "cp932")]


def windows_1258(text):
    """Vietnamese of windows-1258: letters as far as it has them composed, tones behind them."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        whole = next(w for w in (unicodedata.normalize("NFC", parts[:n]) for n in range(len(parts), 0, -1)) if len(w) == 1 and w.encode("cp1258", "ignore"))
        rest = unicodedata.normalize("NFD", letter)
        for mark in unicodedata.normalize("NFD", whole):
            rest = rest.replace(mark, "", 1)
        out += whole.encode("cp1258") + rest.encode("cp1258")
    return out


def page(text, meta=None, more=b""):
    charset = f'<meta charset="{meta}">'.encode() if meta else b""
    return (b"<html><head>" + charset + b"<title>Velm</title></head><body><article><h1>Velm</h1><p>" + text + b"</p><p>" + text + b" " + text + b"</p>" +
            more + b"</article></body></html>")


def cases():
    """(name, page, content type, sentence that must come out)"""
    for text, label, codec in PAGES:
        raw = text.encode(codec or label)
        yield f"{label} in the header", page(raw), f"text/html; charset={label}", text
        yield f"{label} in the page", page(raw, label), "text/html", text
        yield f"{label} without a label", page(raw), "text/html", text
        yield f"{label} called utf-8", page(raw, "utf-8"), "text/html", text
        yield f"{label} in the page, the server's default in the header", page(raw, label), "text/html; charset=iso-8859-1", text
        if text not in LATIN:
            yield f"{label} called iso-8859-1", page(raw), "text/html; charset=iso-8859-1", text
        yield f"utf-8 called {label}", page(text.encode(), label), f"text/html; charset={label}", text
    for text, label, codec in ALIASES + RIMS:
        yield f"{label} in the page, {codec}", page(text.encode(codec), label), "text/html", text
    yield "windows-1258 in the header", page(windows_1258(VIETNAMESE)), "text/html; charset=windows-1258", VIETNAMESE
    yield "windows-1258 in the page", page(windows_1258(VIETNAMESE), "windows-1258"), "text/html", VIETNAMESE
    yield "an XML declaration", b'<?xml version="1.0" encoding="Shift_JIS"?>' + page(JAPANESE.encode("shift_jis")), "text/html", JAPANESE
    yield "meta behind a script", page(RUSSIAN.encode("cp1251")).replace(b"<head>", b"<head><script>" + b"x" * 3000 + b"</script><meta charset=windows-1251>"), "text/html", RUSSIAN
    yield "meta with its words reversed", page(RUSSIAN.encode("koi8-r")).replace(b"<head>", b"<head><META content='text/html;charset=KOI8-R' http-equiv=content-type>"), "text/html", RUSSIAN
    yield "a label that nobody knows", page(RUSSIAN.encode("cp1251"), "foobar"), "text/html", RUSSIAN
    yield "quotes around the label", page(RUSSIAN.encode("cp1251")), 'text/html; charset="windows-1251"', RUSSIAN
    yield "koi8-r called windows-1251", page(RUSSIAN.encode("koi8-r"), "windows-1251"), "text/html", RUSSIAN
    yield "windows-1251 called koi8-r", page(RUSSIAN.encode("cp1251"), "koi8-r"), "text/html", RUSSIAN
    yield "euc-jp called shift_jis", page(JAPANESE.encode("euc-jp"), "shift_jis"), "text/html", JAPANESE
    yield "windows-1250 called iso-8859-2", page(CZECH.encode("cp1250"), "iso-8859-2"), "text/html", CZECH
    yield "utf-8 with a piece in windows-1251", page(RUSSIAN.encode(), "windows-1251", b"<p>" + PIECE.encode("cp1251") + b"</p>"), "text/html", PIECE
    yield "utf-8 with a byte-order mark called windows-1252", b"\xef\xbb\xbf" + page(GERMAN.encode(), "windows-1252"), "text/html", GERMAN
    yield "utf-16 with a byte-order mark", b"\xff\xfe" + page(GERMAN.encode()).decode().encode("utf-16-le"), "text/html", GERMAN
    for text in (GERMAN, RUSSIAN, TURKISH, ARABIC, JAPANESE, KOREAN, CHINESE, THAI):
        for order in ("utf-16-le", "utf-16-be"):
            raw = page(text.encode()).decode().encode(order)
            yield f"{order} without a mark or a label", raw, "text/html", text
            yield f"{order} without a mark, labelled utf-16", raw, "text/html; charset=utf-16", text
            yield f"{order} without a mark, labelled utf-8", raw, "text/html; charset=utf-8", text
        yield "utf-8 labelled utf-16", page(text.encode(), "utf-16"), "text/html; charset=utf-16", text
    yield "decomposed letters", page(unicodedata.normalize("NFD", CZECH).encode(), "utf-8"), "text/html", unicodedata.normalize("NFC", CZECH)


def main():
    pages = list(cases())
    articles = extract(sys.argv[1], [{"bodyBase64": base64.b64encode(body).decode(), "contentType": kind} for _, body, kind, _ in pages])
    bodies = [articles.get(i, {}).get("articleBody", "no article") for i in range(len(pages))]
    return report(len(pages), [(name, repr(got[:60])) for (name, _, _, text), got in zip(pages, bodies) if text not in got])



if __name__ == "__main__":
    sys.exit(main())
