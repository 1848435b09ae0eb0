/* pagewords: see pagewords.h. All words are folded: small letters, no final sigma. */
#include "extract/pagewords.h"

static const char *const ERROR_WORDS[] = {"404", "not found", "page unavailable", "error 5", "access denied", "forbidden", "just a moment", "attention required", "bad gateway", "service unavailable", "too many requests",
	"are you a robot", "security check", "page cannot be found", "no longer available", "page doesn't exist", "page does not exist", "nicht gefunden", "seite existiert nicht", "zugriff verweigert", "introuvable", "page n'existe", "accès refusé",
	"no encontrada", "página no existe", "acceso denegado", "não encontrada", "página não existe", "acesso negado", "non trovata", "pagina non esiste", "accesso negato", "niet gevonden", "pagina bestaat niet", "nie znaleziono",
	"nie została znaleziona", "strona nie istnieje", "не найдена", "страница не существует", "доступ запрещен", "не знайден", "сторінка не існує", "не е намерена", "bulunamadı", "tapılmadı", "الصفحة غير", "لم يتم العثور على الصفحة",
	"یافت نشد", "پیدا نشد", "页面不存在", "頁面不存在", "找不到页面", "找不到頁面", "页面未找到", "找不到您", "無法找到", "見つかりません", "ページは存在しません", "찾을 수 없", "존재하지 않는 페이지", "नहीं मिला", "नहीं मिली",
	"tidak ditemukan", "kunde inte hittas", "hittades inte", "sidan finns inte", "ikke fundet", "siden findes ikke", "ikke funnet", "siden finnes ikke", "ei löydy", "ei löytynyt", "nenalezena", "nebyla nalezena", "stránka neexistuje",
	"nenájdená", "nem található", "nu a fost găsit", "pagina nu există", "nije pronađena", "ni bilo mogoče najti", "δεν βρέθηκε", "σελίδα δεν υπάρχει", "הדף לא נמצא", "עמוד לא נמצא", "không tìm thấy", "trang không tồn tại", "ไม่พบหน้า", "ไม่พบเพจ"};

static const char *const CONSENT_WORDS[] = {"cookie", "consent", "gdpr", "datenschutz", "privacy", "your choices", "zustimmung", "einwilligung", "consentement", "consentimiento", "consentimento", "consenso", "toestemming", "twoja zgoda",
	"согласие на обработку", "политика конфиденциальности", "згода на обробку", "çerez", "ملفات تعريف الارتباط", "کوکی", "隐私设置", "隐私政策", "隱私權", "プライバシー設定", "クッキー", "쿠키 동의", "쿠키 설정", "개인정보 처리",
	"कुकी", "samtycke", "samtykke", "evästeasetu", "evästeet", "souhlas s", "hozzájárulás", "sütik", "consimțămân", "συγκατάθεσ", "απορρήτου", "עוגיות", "מדיניות פרטיות", "คุกกี้"};

static const char *const PAYWALL_WORDS[] = {"subscribe to continue", "subscribe to read", "to continue reading", "subscribers only", "already a subscriber", "for subscribers", "continue reading with", "read the full article", "subscribe now to",
	"log in to read", "jetzt weiterlesen", "weiterlesen mit", "nur für abonnenten", "réservé aux abonnés", "la suite est réservée", "pour lire la suite", "réservée aux abonnés", "contenido exclusivo", "exclusivo para suscriptores",
	"para seguir leyendo", "solo para suscriptores", "exclusivo para assinantes", "para continuar lendo", "para continuar a ler", "riservato agli abbonati", "per continuare a leggere", "verder lezen", "verder te lezen", "alleen voor abonnees",
	"только для подписчиков", "чтобы читать дальше", "доступно по подписке", "щоб читати далі", "лише для передплатників", "dla prenumeratorów", "aby czytać dalej", "dla subskrybentów", "for abonnenter", "för prenumeranter", "läsa vidare",
	"læse videre", "lese videre", "vain tilaajille", "lukeaksesi artikkelin", "sadece aboneler", "okumaya devam etmek", "للمشتركين فقط", "لمتابعة القراءة", "ادامه مطالعه", "ویژه مشترکان", "订阅后继续", "订阅以继续", "付费阅读", "訂閱以繼續",
	"訂閱後繼續", "付費閱讀", "會員專屬", "会員限定", "有料会員", "続きを読むには", "구독자 전용", "유료 회원", "계속 읽으려면", "आगे पढ़ने के लिए", "melanjutkan membaca", "khusus pelanggan", "pouze pro předplatitele", "pro předplatitele",
	"iba pre predplatiteľov", "csak előfizetők", "előfizetőink olvas", "doar pentru abonați", "pentru a citi mai departe", "μόνο για συνδρομητέ", "συνεχίσετε την ανάγνωση", "למנויים בלבד", "להמשך קריאה", "để đọc tiếp", "dành cho hội viên",
	"เพื่ออ่านต่อ", "สำหรับสมาชิกเท่านั้น"};

static const char *const LIVE_WORDS[] = {"live blog", "liveblog", "live updates", "live-ticker", "liveticker", "newsblog", "live:", "minute by minute", "minuto a minuto", "en direct", "en vivo", "ao vivo", "онлайн-трансляция",
	"текстовая трансляция", "онлайн-трансляція", "relacja na żywo", "canlı anlatım", "تغطية مباشرة", "文字直播", "news-ticker", "as it happened"};

static const struct {
	const char *const *words;
	size_t count;
} LISTS[] = {[PAGE_WORDS_ERROR] = {ERROR_WORDS, sizeof ERROR_WORDS / sizeof *ERROR_WORDS}, [PAGE_WORDS_CONSENT] = {CONSENT_WORDS, sizeof CONSENT_WORDS / sizeof *CONSENT_WORDS},
	[PAGE_WORDS_PAYWALL] = {PAYWALL_WORDS, sizeof PAYWALL_WORDS / sizeof *PAYWALL_WORDS}, [PAGE_WORDS_LIVE] = {LIVE_WORDS, sizeof LIVE_WORDS / sizeof *LIVE_WORDS}};

bool page_words_in(struct slice folded, enum page_words words)
{
	for (size_t i = 0; i < LISTS[words].count; i++)
		if (slice_contains(folded, slice_of(LISTS[words].words[i])))
			return true;
	return false;
}
