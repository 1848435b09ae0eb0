#!/usr/bin/env python3
"""Pages that are not there, walls of consent and the open part of paid articles, in twenty-nine languages, through copydesk-extract.

    pagetypes.py COPYDESK_EXTRACT

None of them says to machines what it is. An ordinary article with the same lines about subscriptions far below its text stays one.
"""
import sys

from extracting import extract, report
from languages import PAGES

# language: title of a page that isn't there, title of a wall of consent, line before the paid part
LINES = {
    "en": ("Page not found", "We value your privacy", "Subscribe to continue reading"),
    "de": ("Seite nicht gefunden", "Ihre Einwilligung", "Jetzt weiterlesen mit dem Abo"),
    "fr": ("Page introuvable", "Votre consentement", "Abonnez-vous pour lire la suite"),
    "es": ("Página no encontrada", "Su consentimiento", "Suscríbete para seguir leyendo"),
    "pt": ("Página não encontrada", "O seu consentimento", "Assine para continuar a ler"),
    "it": ("Pagina non trovata", "Il tuo consenso", "Abbonati per continuare a leggere"),
    "nl": ("Pagina niet gevonden", "Uw toestemming", "Word abonnee om verder te lezen"),
    "pl": ("Nie znaleziono strony", "Twoja zgoda i pliki cookie", "Wykup dostęp, aby czytać dalej"),
    "ru": ("Страница не найдена", "Согласие на обработку данных", "Оформите подписку, чтобы читать дальше"),
    "uk": ("Сторінку не знайдено", "Згода на обробку даних", "Оформіть підписку, щоб читати далі"),
    "tr": ("Sayfa bulunamadı", "Çerez tercihleri", "Okumaya devam etmek için abone olun"),
    "ar": ("الصفحة غير موجودة", "موافقة على ملفات تعريف الارتباط", "اشترك لمتابعة القراءة"),
    "fa": ("صفحه یافت نشد", "رضایت شما و کوکی‌ها", "برای ادامه مطالعه مشترک شوید"),
    "zh": ("页面不存在", "隐私设置", "订阅后继续阅读"),
    "ja": ("ページが見つかりません", "プライバシー設定", "この記事は会員限定です"),
    "ko": ("페이지를 찾을 수 없습니다", "쿠키 동의", "구독자 전용 기사입니다"),
    "hi": ("पृष्ठ नहीं मिला", "कुकी सहमति", "आगे पढ़ने के लिए सदस्यता लें"),
    "id": ("Halaman tidak ditemukan", "Persetujuan cookie", "Berlangganan untuk melanjutkan membaca"),
    "sv": ("Sidan kunde inte hittas", "Ditt samtycke", "Bli prenumerant för att läsa vidare"),
    "da": ("Siden blev ikke fundet", "Dit samtykke", "Bliv abonnent for at læse videre"),
    "no": ("Siden ble ikke funnet", "Ditt samtykke", "Bli abonnent for å lese videre"),
    "fi": ("Sivua ei löydy", "Evästeasetukset", "Artikkeli on vain tilaajille"),
    "cs": ("Stránka nebyla nalezena", "Souhlas s cookies", "Článek je pouze pro předplatitele"),
    "hu": ("Az oldal nem található", "Hozzájárulás a sütikhez", "A cikk csak előfizetőknek olvasható"),
    "ro": ("Pagina nu a fost găsită", "Consimțământul tău", "Abonează-te pentru a citi mai departe"),
    "el": ("Η σελίδα δεν βρέθηκε", "Η συγκατάθεσή σας", "Μόνο για συνδρομητές"),
    "he": ("הדף לא נמצא", "הסכמה לעוגיות", "הכתבה למנויים בלבד"),
    "vi": ("Không tìm thấy trang", "Sự đồng ý về cookie", "Đăng ký để đọc tiếp"),
    "th": ("ไม่พบหน้าที่ต้องการ", "ความยินยอมเรื่องคุกกี้", "สมัครสมาชิกเพื่ออ่านต่อ"),
}


def page(title, content):
    return (f"<html><head><title>{title} - Gazette</title></head><body><nav><a href=/>Gazette</a> <a href=/s>Sport</a></nav>"
            f"<main><h1>{title}</h1>{content}</main><footer><a href=/imprint>Gazette 2024</a></footer></body></html>")


def cases():
    """(name, page, page type)"""
    for tag, headline, _, _, _, _, _, _, body in PAGES:
        error, consent, paid = LINES[tag]
        middle = len(body) // 2
        yield f"{tag}, not there", page(error, f"<p>{body[:60]}</p><ul><li><a href=/1>{headline}</a></li></ul>"), "error"
        yield f"{tag}, consent", page(consent, f"<p>{body[:middle]}</p><button>OK</button>"), "consent"
        yield f"{tag}, paid", page(headline, f"<div class=story><p>{body}</p></div><div><h2>{paid}</h2><p><a href=/login>Login</a></p></div>"), "paywall"
        whole = "".join(f"<p>{body[i:]} {body[:i]}</p>" for i in range(0, 60, 10))
        yield f"{tag}, whole", page(headline, f"<div class=story>{whole}</div><aside>{paid}</aside>"), "article"


def main():
    pages = list(cases())
    articles = extract(sys.argv[1], [{"url": f"https://gazette.example/a/{i}", "html": html} for i, (_, html, _) in enumerate(pages)])
    types = [articles[i]["pageType"] for i in range(len(pages))]
    return report(len(pages), [(name, f"{got}, not {want}") for (name, _, want), got in zip(pages, types) if got != want])



if __name__ == "__main__":
    sys.exit(main())
