/* furniture: see furniture.h. The phrases become one table by the hash of their words, filled once. */
#include "extract/furniture.h"

#include "base/hash.h"
#include "extract/wordscan.h"

#include <pthread.h>

/* Lower case, parted by '|'. Phrases are matched word by word, so punctuation between words doesn't matter. Phrases in scripts
 * without spaces are matched character by character, which is the same thing. Each is general: no publisher's own wording. */
static const struct {
	enum furniture_topic topic;
	const char *phrases;
} FURNITURE[] = {
	{FURNITURE_SHARE,
		"share|share this|share on|share via|share article|share this article|share this story|share link|share button|tweet|tweet this|"
		"retweet|pin it|facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|tumblr|flipboard|instagram|youtube|google+|google plus|"
		"messenger|vkontakte|viber|weibo|kakao|kakaotalk|line|email|e-mail|email this|mail|print|print this|copy link|link copied|copy url|"
		"get short url|shares|send|send to a friend|save|bookmark|font size|font-size|text size|like us on|follow us on|click to share|"
		"teilen|artikel teilen|drucken|merken|link kopieren|per mail|versenden|partager|partager sur|imprimer|envoyer par|copier le lien|"
		"enregistrer|compartir|compartir en|imprimir|enviar por correo|guardar|copiar enlace|compartilhar|compartilhe|partilhar|copiar link|"
		"condividi|stampa|invia|copia link|delen|deel dit|deel|afdrukken|dela|skriv ut|dela artikeln|del|del artikel|del på|kopier lenke|"
		"jaa|jaa artikkeli|tulosta|udostępnij|drukuj|podziel się|sdílet|sdílejte|tisknout|vytisknout|zdieľať|поделиться|поделитесь|печать|"
		"распечатать|вконтакте|одноклассники|поділитися|друк|paylaş|yazdır|megosztás|megosztom|nyomtatás|distribuie|printează|κοινοποίηση|"
		"εκτύπωση|μοιράσου|シェア|シェアする|印刷|ツイート|分享|分享到|打印|列印|공유|공유하기|인쇄|인쇄하기|글자크기|스크랩|شارك|مشاركة|طباعة|اشتراک گذاری|"
		"چاپ|शेयर|शेयर करें|bagikan|cetak|chia sẻ|in bài viết|שתף|שיתוף|podijeli|podeli|ispis|подели|сподели"},
	{FURNITURE_COMMENT,
		"comment|comments|post a comment|leave a comment|leave a reply|add a comment|add comment|write a comment|view comments|"
		"show comments|no comments|read comments|join the conversation|join the discussion|have your say|post comment|reply|replies|"
		"report abuse|sort by|newest|oldest|most liked|your email address will not be published|required fields are marked|"
		"log in to comment|load comments|show more comments|discussion|reader comments|conversation|kommentar|kommentare|kommentieren|"
		"kommentar schreiben|diskutieren sie|leserbriefe|antworten|commentaire|commentaires|commenter|laisser un commentaire|réagir|"
		"réactions|répondre|comentario|comentarios|deja un comentario|deja una respuesta|comentar|escribe un comentario|responder|"
		"comentário|comentários|deixe um comentário|deixe uma resposta|deixe o seu comentário|commento|commenti|lascia un commento|"
		"commenta|rispondi|reactie|reacties|reageer|plaats een reactie|kommentera|kommentarer|skriv en kommentar|svar|kommentit|"
		"kommentoi|vastaa|komentarz|komentarze|dodaj komentarz|skomentuj|komentář|komentáře|přidat komentář|diskuse|diskuze|"
		"komentáre|комментарий|комментарии|комментариев|оставить комментарий|добавить комментарий|обсудить|ответить|коментар|"
		"коментарі|коментарии|залишити коментар|yorum|yorumlar|yorum yap|yorum yaz|hozzászólás|hozzászólások|comentarii|comentariu|"
		"lasă un comentariu|σχόλιο|σχόλια|コメント|コメントを残す|评论|发表评论|网友评论|評論|留言|댓글|댓글쓰기|의견|تعليق|تعليقات|التعليقات|"
		"اترك تعليقا|نظر|نظرات|دیدگاه|टिप्पणी|komentar|komentari|tinggalkan balasan|bình luận|ý kiến|תגובה|תגובות"},
	{FURNITURE_RELATED,
		"related|related stories|related articles|related news|related posts|related content|related topics|related coverage|"
		"related links|related videos|more stories|more news|more from|more on this|more on this story|more in|most read|most popular|"
		"most viewed|most shared|most commented|popular|popular posts|popular stories|popular articles|popular news|trending|trending now|"
		"trending news|trending stories|top stories|top 10 stories|top news|latest|latest news|latest stories|latest posts|latest articles|"
		"latest headlines|recent|recent posts|recent stories|recent articles|recent comments|recommended|recommended for you|recommended stories|"
		"recommended reading|you may also like|you might also like|you may like|you might like|you may like these posts|also on|"
		"also read|also see|see also|editor's picks|editors' picks|editor's pick|editor's choice|don't miss|must read|must reads|read next|"
		"up next|what to read next|next article|previous article|next post|previous post|next story|previous story|top headlines|headlines|"
		"breaking news|in other news|from around the web|around the web|from our partners|sponsored content|promoted stories|"
		"in case you missed it|more like this|similar articles|similar posts|similar stories|stories|featured|featured stories|"
		"what's hot|hot topics|in this story|more videos|more headlines|other stories|other news|in pictures|daily news|"
		"mehr zum thema|zum thema|auch interessant|das könnte sie auch interessieren|das könnte sie interessieren|das könnte dich auch interessieren|"
		"meistgelesen|meistgelesene artikel|meistgelesene|meist gelesen|weitere artikel|weitere themen|weitere nachrichten|weitere meldungen|"
		"ähnliche artikel|ähnliche beiträge|verwandte artikel|verwandte themen|aktuelle nachrichten|neueste nachrichten|neueste artikel|"
		"empfehlungen|unsere empfehlungen|empfehlungen der redaktion|mehr aus|mehr von|mehr nachrichten|beliebte artikel|top themen|"
		"nächster artikel|vorheriger artikel|lesen sie auch|à lire aussi|lire aussi|à voir aussi|voir aussi|sur le même sujet|"
		"sur le même thème|articles similaires|articles liés|articles associés|les plus lus|les plus consultés|le plus lu|plus d'articles|"
		"à la une|dernières nouvelles|derniers articles|dernières actualités|nos autres articles|vous aimerez aussi|"
		"vous pourriez aussi aimer|ailleurs sur le web|article précédent|article suivant|recommandé pour vous|noticias relacionadas|"
		"artículos relacionados|relacionadas|relacionados|relacionado|te puede interesar|también te puede interesar|"
		"le puede interesar|te recomendamos|lo más leído|lo más visto|más leídas|más leídos|más vistas|más noticias|últimas noticias|lo último|"
		"más en|ver más|también puede leer|otras noticias|entradas recientes|entradas relacionadas|temas relacionados|leia também|"
		"leia mais|veja também|mais lidas|mais lidos|mais vistas|notícias relacionadas|artigos relacionados|posts relacionados|"
		"matérias relacionadas|últimas notícias|mais notícias|você pode gostar|recomendados|recomendado|saiba mais|conteúdo relacionado|"
		"artigos recentes|leggi anche|potrebbe interessarti|ti potrebbe interessare|potrebbero interessarti|articoli correlati|"
		"articoli simili|notizie correlate|i più letti|più letti|le più lette|più lette|ultime notizie|ultimi articoli|articolo precedente|"
		"articolo successivo|altre notizie|guarda anche|vedi anche|lees ook|lees meer|meer over|meer nieuws|gerelateerd|"
		"gerelateerde artikelen|meest gelezen|laatste nieuws|aanbevolen|bekijk ook|läs också|läs även|läs mer|mest läst|mest lästa|"
		"relaterat|relaterade artiklar|senaste nytt|fler nyheter|mer om|læs også|læs mere|mest læst|mest læste|relaterede artikler|"
		"seneste nyt|flere nyheder|les også|les mer|mest lest|relaterte artikler|siste nytt|flere saker|lue myös|luetuimmat|"
		"aiheeseen liittyvää|uusimmat|lisää aiheesta|suositellut|czytaj też|czytaj także|przeczytaj także|zobacz też|zobacz także|"
		"polecamy|najczęściej czytane|najpopularniejsze|powiązane artykuły|podobne artykuły|ostatnie wpisy|najnowsze|więcej z|"
		"polecane|čtěte také|čtěte dále|přečtěte si také|související|související články|nejčtenější|mohlo by vás zajímat|nejnovější|"
		"prečítajte si aj|súvisiace články|najčítanejšie|mohlo by vás zaujímať|читайте также|читать также|смотрите также|по теме|"
		"материалы по теме|новости по теме|похожие новости|похожие статьи|популярное|популярные новости|самое читаемое|последние новости|"
		"новости партнеров|рекомендуем|главное|лента новостей|другие новости|читайте також|дивіться також|за темою|останні новини|"
		"популярні|популярне|новини партнерів|схожі новини|прочетете още|още по темата|най-четени|свързани новини|последни новини|"
		"ilgili haberler|benzer haberler|son dakika|son haberler|çok okunanlar|en çok okunanlar|diğer haberler|ayrıca bakınız|"
		"kapcsolódó|kapcsolódó cikkek|ajánlott|ajánlott cikkek|legolvasottabb|legfrissebb|olvasta már|citește și|citeste si|"
		"citiți și|articole similare|cele mai citite|ultimele știri|știri recomandate|vezi și|recomandări|διαβάστε επίσης|"
		"διαβάστε ακόμη|σχετικά άρθρα|δημοφιλή|τελευταία νέα|περισσότερα|関連記事|関連ニュース|あわせて読みたい|おすすめ記事|おすすめ|"
		"人気記事|新着記事|アクセスランキング|ランキング|最新記事|相关新闻|相关阅读|相关文章|推荐阅读|热门文章|热门新闻|最新文章|最新消息|"
		"猜你喜欢|延伸阅读|相關新聞|相關文章|延伸閱讀|推薦閱讀|熱門新聞|熱門文章|관련기사|관련 기사|많이 본 기사|많이 본 뉴스|인기기사|"
		"인기 기사|최신기사|최신 기사|추천기사|주요뉴스|주요 뉴스|다른기사 보기|이 시각 주요뉴스|اقرأ أيضا|أخبار ذات صلة|مواضيع ذات صلة|"
		"مقالات ذات صلة|الأكثر قراءة|قد يعجبك|آخر الأخبار|المزيد|مطالب مرتبط|اخبار مرتبط|پربازدیدترین|آخرین اخبار|بیشتر بخوانید|"
		"संबंधित खबरें|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|ताजा खबरें|लोकप्रिय|baca juga|berita terkait|artikel terkait|terpopuler|berita terkini|"
		"berita lainnya|rekomendasi|xem thêm|tin liên quan|bài liên quan|tin mới|đọc nhiều|tin cùng chuyên mục|có thể bạn quan tâm|"
		"כתבות נוספות|עוד בנושא|אולי יעניין אותך|povezani članci|vezane vijesti|najčitanije|pročitajte još|pročitajte i|pročitaj još|"
		"povezane vesti|najnovije|повезани чланци"},
	{FURNITURE_READ_MORE,
		"read more|read also|read full story|read the full|read full article|continue reading|click here|learn more|find out more|view more|"
		"see more|show more|load more|view all|see all|view gallery|watch|watch now|watch live|watch video|watch the video|listen|download|"
		"next|previous|back to top|go top|top|more|full story|full coverage|read it here|here's how|weiterlesen|mehr lesen|mehr erfahren|"
		"hier klicken|weitere|weiter|zurück|nach oben|zum video|lire la suite|en savoir plus|lire plus|voir plus|suivant|précédent|"
		"haut de page|leer más|seguir leyendo|sigue leyendo|ver todo|continuar leyendo|siguiente|anterior|subir|lea también|lee también|"
		"lea además|lea más|continue lendo|continue a ler|ler mais|ver mais|próximo|voltar ao topo|clique aqui|leggi|leggi tutto|"
		"continua a leggere|scopri di più|successivo|precedente|torna su|lees verder|meer lezen|volgende|vorige|naar boven|läs hela|"
		"nästa|föregående|visa mer|næste|forrige|vis mere|vis mer|neste|lue lisää|seuraava|edellinen|näytä lisää|czytaj więcej|więcej|"
		"czytaj dalej|następny|poprzedni|zobacz|číst dále|více|další|předchozí|viac|ďalej|подробнее|читать далее|далее|читать|ещё|еще|"
		"наверх|показать еще|детальніше|читати далі|ще|devamını oku|devamı|daha fazla|tıklayın|tovább|bővebben|következő|előző|"
		"citește mai mult|mai mult|următorul|περισσότερα|διαβάστε περισσότερα|続きを読む|もっと見る|次へ|前へ|ページトップへ|阅读更多|"
		"查看更多|更多|下一页|上一页|返回顶部|閱讀更多|更多|더보기|더 보기|전체보기|다음|이전|맨위로|위로|목록|뒤로가기|اقرأ المزيد|المزيد|"
		"ادامه مطلب|और पढ़ें|selengkapnya|baca selengkapnya|đọc tiếp|עוד|קרא עוד|više|saznaj više|opširnije"},
	{FURNITURE_NEWSLETTER,
		"newsletter|newsletters|our newsletter|subscribe|subscribe now|subscribe to|subscription|subscriptions|sign up|sign up for|sign up now|signup|"
		"get the latest|delivered to your inbox|straight to your inbox|your inbox|enter your email|email address|your email|daily briefing|"
		"get our|join our|enable notifications|get notifications|push notifications|breaking news alerts|email alerts|unsubscribe|"
		"download our app|download the app|get the app|google play|app store|become a member|support us|donate|support our journalism|"
		"subscribers only|already a subscriber|abonnieren|newsletter abonnieren|jetzt abonnieren|abo|abonnement|abonnements|anmelden zum newsletter|"
		"jetzt anmelden|s'abonner|abonnez-vous|je m'abonne|s'inscrire à|inscrivez-vous|votre adresse e-mail|notre newsletter|infolettre|"
		"suscríbete|suscribirse|suscripción|suscríbase|boletín|boletines|recibe en tu correo|tu correo|regístrate|assine|assinar|"
		"assine já|assinatura|receba|inscreva-se|seu email|cadastre-se|iscriviti|iscriviti alla newsletter|abbonati|abbonamento|"
		"nieuwsbrief|abonneer|schrijf je in|aanmelden voor|word abonnee|nyhetsbrev|prenumerera|prenumerera på|nyhedsbrev|tilmeld|"
		"tilmeld dig|abonner|abonner på|meld deg på|uutiskirje|tilaa|tilaa uutiskirje|subskrybuj|zapisz się|prenumerata|odběr|"
		"přihlásit k odběru|předplatné|odoberať|подписаться|подпишитесь|подписка|подписывайтесь|рассылка|підписатися|підпишіться|"
		"підписка|абонирай се|abone ol|e-bülten|bülten|hírlevél|feliratkozás|iratkozzon fel|abonează-te|abonare|εγγραφή|"
		"εγγραφείτε|メールマガジン|メルマガ|会員登録|订阅|訂閱|電子報|구독|구독하기|뉴스레터|اشترك|النشرة البريدية|خبرنامه|berlangganan|"
		"đăng ký nhận|ניוזלטר|הרשמה|pretplata|pretplati se|prijava na newsletter"},
	{FURNITURE_CONSENT,
		"cookie|cookies|use of cookies|uses cookies|use cookies|we use cookies|cookie policy|privacy policy|privacy|privacy notice|"
		"privacy & policy|terms of use|terms of service|terms and conditions|terms & conditions|terms|accept|accept all|i agree|agree|gdpr|"
		"consent|personal data|your consent|disclaimer|do not sell my personal information|adblock|ad blocker|adblocker|javascript|enable javascript|"
		"datenschutz|datenschutzerklärung|impressum|agb|nutzungsbedingungen|akzeptieren|zustimmen|einwilligung|mentions légales|"
		"politique de confidentialité|confidentialité|vie privée|conditions générales|cgu|données personnelles|accepter|j'accepte|"
		"política de privacidad|aviso legal|aviso de privacidad|términos y condiciones|aceptar|política de cookies|política de privacidade|"
		"termos de uso|aceitar|informativa|informativa sulla privacy|note legali|accetto|accetta|utilizziamo i cookie|privacybeleid|"
		"privacyverklaring|voorwaarden|algemene voorwaarden|accepteren|integritetspolicy|användarvillkor|godkänn|privatlivspolitik|"
		"personvern|samtykke|cookiepolitik|tietosuoja|tietosuojaseloste|evästeet|käyttöehdot|polityka prywatności|regulamin|"
		"pliki cookies|zgadzam się|ochrana osobních údajů|souhlas|podmínky|ochrana súkromia|политика конфиденциальности|"
		"пользовательское соглашение|персональных данных|файлы cookie|політика конфіденційності|поверителност|бисквитки|"
		"gizlilik|gizlilik politikası|çerez|çerezleri|kullanım koşulları|adatvédelem|adatvédelmi|sütik|felhasználási feltételek|"
		"politica de confidențialitate|termeni și condiții|όροι χρήσης|πολιτική απορρήτου|プライバシーポリシー|個人情報|利用規約|"
		"隐私政策|隐私|免责声明|隱私權|免責聲明|使用條款|개인정보처리방침|개인정보취급방침|개인정보|이용약관|청소년보호|سياسة الخصوصية|"
		"شروط الاستخدام|حریم خصوصی|kebijakan privasi|pedoman media siber|điều khoản|chính sách bảo mật|מדיניות פרטיות|"
		"תנאי שימוש|uvjeti korištenja|uslovi korišćenja|kolačiće|kolačići|politika privatnosti"},
	{FURNITURE_COPYRIGHT,
		"copyright|all rights reserved|rights reserved|powered by|designed by|may not be published|not be reproduced|republished|"
		"reprint|syndication|licensing|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|derechos reservados|"
		"todos os direitos reservados|direitos reservados|tutti i diritti riservati|riproduzione riservata|p iva|alle rechten voorbehouden|"
		"auteursrecht|alla rättigheter|med ensamrätt|alle rettigheder|opphavsrett|kaikki oikeudet|wszelkie prawa zastrzeżone|prawa zastrzeżone|"
		"všechna práva vyhrazena|všetky práva|все права защищены|права защищены|свидетельство о регистрации|при использовании материалов|"
		"при копировании|усі права захищені|всі права захищені|всички права запазени|tüm hakları saklıdır|minden jog fenntartva|"
		"toate drepturile rezervate|με επιφύλαξη|無断転載|著作権|版权所有|未经授权|版權所有|저작권자|무단전재|무단 전재|재배포 금지|재배포금지|"
		"جميع الحقوق محفوظة|کلیه حقوق|सर्वाधिकार|hak cipta|bản quyền|כל הזכויות שמורות|sva prava pridržana|sva prava zadržana"},
	{FURNITURE_NAVIGATION,
		"home|homepage|menu|main menu|search|search for|navigation|toggle navigation|skip to|skip to content|skip to main content|skip to navigation|"
		"jump to|sitemap|site map|about us|about|contact|contact us|advertise|advertise with us|careers|jobs|help|faq|feedback|rss|rss feed|"
		"sections|categories|category|archive|archives|close|open|back|site index|e-paper|epaper|live tv|login|you are here|you are at|"
		"select language|language|english|desktop site|mobile site|mobile|apps|editions|edition|weather|horoscope|horoscopes|crossword|"
		"obituaries|classifieds|send us a tip|got a tip|news tips|submit|cancel|ok|apply|reset|loading|startseite|suche|kontakt|über uns|"
		"mediadaten|werbung|navigation überspringen|zum inhalt|zum inhalt springen|menü|schließen|übersicht|rubriken|ressorts|wetter|"
		"accueil|rechercher|recherche|contactez-nous|qui sommes-nous|plan du site|publicité|fermer|aller au contenu|rubriques|météo|"
		"inicio|portada|buscar|contacto|quiénes somos|publicidad|cerrar|secciones|hemeroteca|ir al contenido|saltar al contenido|"
		"página inicial|início|contato|contacto|quem somos|anuncie|fechar|pular para o conteúdo|pesquisar|cerca|cerca nel sito|contatti|chi siamo|"
		"pubblicità|chiudi|vai al contenuto|zoeken|over ons|adverteren|sluiten|naar inhoud|hem|sök|om oss|annonsera|stäng|"
		"forside|søg|søk|om os|kontakt os|kontakt oss|annoncer|annonser|luk|lukk|etusivu|haku|hae|yhteystiedot|mainosta|sulje|valikko|"
		"strona główna|szukaj|o nas|reklama|zamknij|hlavní stránka|hledat|vyhledávání|o nás|inzerce|zavřít|domov|hľadať|zatvoriť|"
		"главная|поиск|контакты|о нас|о проекте|реклама|реклама на сайте|закрыть|меню|рубрики|архив|карта сайта|головна|пошук|"
		"контакти|про нас|закрити|начало|търсене|за нас|затвори|anasayfa|ana sayfa|arama|ara|iletişim|hakkımızda|künye|reklam|kapat|"
		"menü|kezdőlap|főoldal|keresés|kapcsolat|rólunk|médiaajánlat|bezárás|acasă|prima pagină|caută|căutare|despre noi|publicitate|"
		"închide|αρχική|αναζήτηση|επικοινωνία|σχετικά με|διαφήμιση|κλείσιμο|ホーム|トップ|検索|お問い合わせ|会社概要|メニュー|サイトマップ|"
		"広告掲載|閉じる|首页|搜索|联系我们|关于我们|网站地图|广告服务|关闭|首頁|搜尋|聯絡我們|關於我們|網站地圖|홈|검색|전체메뉴|메뉴|"
		"회사소개|찾아오시는길|광고문의|기사제보|닫기|본문 바로가기|바로가기|الرئيسية|بحث|اتصل بنا|من نحن|اعلن معنا|القائمة|"
		"إغلاق|صفحه اصلی|جستجو|تماس با ما|درباره ما|تبلیغات|بستن|होम|खोजें|संपर्क करें|हमारे बारे में|beranda|cari|tentang kami|"
		"hubungi kami|redaksi|tutup|trang chủ|tìm kiếm|liên hệ|giới thiệu|quảng cáo|đóng|ראשי|חיפוש|צור קשר|אודות|סגור|naslovnica|naslovna|"
		"pretraga|traži|oglašavanje|zatvori|o nama"},
	{FURNITURE_ACCOUNT,
		"log in|log out|login|logout|sign in|sign out|register|my account|account|my profile|profile|create account|create an account|"
		"forgot password|password|username|remember me|anmelden|einloggen|registrieren|abmelden|mein konto|passwort|se connecter|connexion|"
		"mon compte|s'identifier|déconnexion|créer un compte|mot de passe|iniciar sesión|inicia sesión|mi cuenta|cerrar sesión|"
		"contraseña|entrar|minha conta|fazer login|senha|cadastro|accedi|registrati|esci|il mio account|inloggen|registreren|uitloggen|"
		"mijn account|wachtwoord|logga in|logga ut|mitt konto|log ind|log ud|logg inn|logg ut|min side|kirjaudu|kirjaudu sisään|rekisteröidy|"
		"zaloguj|zaloguj się|zarejestruj się|wyloguj|přihlásit|přihlásit se|registrovat|prihlásiť|войти|вход|регистрация|выйти|"
		"личный кабинет|увійти|вхід|реєстрація|giriş yap|giriş|üye ol|bejelentkezés|regisztráció|belépés|autentificare|conectare|"
		"înregistrare|σύνδεση|ログイン|新規登録|マイページ|登录|注册|登入|註冊|로그인|회원가입|로그아웃|마이페이지|تسجيل الدخول|ورود|"
		"ثبت نام|लॉगिन|masuk|daftar|đăng nhập|đăng ký|התחבר|התחברות|prijava|registracija|prijavi se"},
	{FURNITURE_ADVERT,
		"advertisement|advertisements|advertising|ad|ads|sponsored|sponsored by|sponsor|promoted|promotion|paid content|partner content|"
		"article continues below|story continues below|continue reading below|scroll to continue|advertisement continue reading|anzeige|werbung|gesponsert|"
		"publicité|annonce|annonces|sponsorisé|la suite après cette publicité|publicidad|anuncio|patrocinado|publicidade|"
		"continua após a publicidade|continua depois da publicidade|pubblicità|advertentie|reclame|annons|mainos|ilmoitus|reklama|"
		"advertorial|реклама|на правах рекламы|реклама партнерів|reklam|hirdetés|reklám|publicitate|διαφήμιση|広告|スポンサーリンク|pr|广告|"
		"廣告|광고|إعلان|تبلیغات|विज्ञापन|iklan|advertisement scroll to continue with content|scroll to resume content|quảng cáo|פרסומת|oglas"},
	{FURNITURE_CREDIT,
		"photo|photo by|photo credit|photos|photos by|image|image credit|image by|images|picture|photograph|photographer|file photo|"
		"file image|getty images|getty|ap photo|afp|reuters|shutterstock|istock|unsplash|photo illustration|illustration|credit|courtesy of|"
		"courtesy|above|pictured|video by|handout|screenshot|screengrab|foto|fotos|bild|bild von|quelle|imago|dpa|symbolbild|archivbild|archivfoto|"
		"photo d'illustration|crédit photo|crédits|crédit|image d'illustration|foto de archivo|imagen|imagen de archivo|crédito|"
		"foto de|divulgação|reprodução|arquivo|fonte|foto di|ansa|immagine|foto d'archivio|beeld|foto van|kuva|arkistokuva|arkivbild|arkivfoto|"
		"fot|źródło|zdjęcie|zdroj|ilustrační foto|ilustračné foto|фото|фотография|источник|источник фото|иллюстрация|скриншот|джерело|снимка|"
		"fotoğraf|kaynak|fotó|kép|illusztráció|forrás|sursa foto|sursa|φωτογραφία|φωτό|写真|画像|提供|图片|图|来源|资料图|圖|圖片|攝影|"
		"사진|사진제공|자료사진|연합뉴스|yonhap|xinhua|kyodo|صورة|المصدر|عکس|منبع|फोटो|dok|ảnh|nguồn|צילום|izvor|ilustracija|pixabay|pixsell|"
		"epa|efe|belga|ritzau|scanpix|tt|ntb|keystone|tass|тасс|риа новости|унiан|уніан|press association"},
	{FURNITURE_BYLINE,
		"by|written by|posted by|author|authors|reported by|reporting by|editing by|staff writer|staff reporter|reporter|correspondent|"
		"editor|contributor|contributing writer|columnist|special to|news desk|web desk|bureau|edited by|von|autor|autoren|ein artikel von|"
		"redaktion|par|auteur|rédaction|la rédaction|publié par|por|redacción|escrito por|redação|publicado por|di|redazione|scritto da|a cura di|"
		"door|redactie|auteur|av|af|skrevet av|skrevet af|reporter|toimittaja|teksti|autor|autorka|opracowanie|redakcja|redakce|redakcia|"
		"автор|текст|редакция|журналист|автор статті|автор|редакція|yazar|yazan|muhabir|editör|szerző|írta|autor|scris de|publicat de|"
		"συντάκτης|του|της|記者|記事|文|作者|编辑|责任编辑|记者|編輯|기자|글|특파원|칼럼니스트|كتب|كتبت|بقلم|نویسنده|خبرنگار|लेखक|"
		"द्वारा|penulis|oleh|reporter|editor|tác giả|theo|מאת|autor|piše|napisao|пише"},
	{FURNITURE_DATE_LABEL,
		"published|published on|posted|posted on|updated|updated on|last updated|last modified|first published|date|publication date|ago|"
		"hours ago|minutes ago|days ago|min read|minute read|minutes read|reading time|veröffentlicht|aktualisiert|stand|erstellt am|lesezeit|vor|uhr|"
		"publié le|publié|mis à jour|mis à jour le|modifié le|mise à jour|temps de lecture|publicado|publicado el|actualizado|actualizado el|"
		"actualizada|creado|hace|tiempo de lectura|publicado em|atualizado|atualizado em|atualizada|postado em|há|tempo de leitura|"
		"pubblicato|pubblicato il|aggiornato|aggiornato il|tempo di lettura|gepubliceerd|bijgewerkt|geleden|publicerad|uppdaterad|"
		"sedan|publiceret|opdateret|siden|publisert|oppdatert|julkaistu|päivitetty|sitten|opublikowano|data publikacji|aktualizacja|publikacja|"
		"publikováno|aktualizováno|vydáno|publikované|aktualizované|опубликовано|обновлено|дата публикации|назад|опубліковано|оновлено|"
		"тому|публикувано|обновена|yayınlanma|güncelleme|güncellenme|yayınlanma tarihi|giriş tarihi|önce|közzétéve|frissítve|módosítva|"
		"publicat|publicat la|actualizat|δημοσιεύτηκε|δημοσίευση|ενημερώθηκε|公開|更新|掲載|配信|発布|发布时间|发布|更新时间|發布時間|發佈|"
		"입력|수정|기사입력|최종수정|등록|승인|نشر|تاريخ النشر|آخر تحديث|تاریخ انتشار|प्रकाशित|अपडेटेड|diterbitkan|diperbarui|cập nhật|"
		"פורסם|עודכן|objavljeno|ažurirano|објављено"},
	{FURNITURE_TAGS,
		"tags|tag|tagged|topics|topic|filed under|filed in|related tags|keywords|more about|posted in|read more about|schlagworte|schlagwörter|themen|stichworte|"
		"mots-clés|mots clés|sujets|thèmes|etiquetas|temas|palabras clave|assuntos|palavras-chave|argomenti|parole chiave|trefwoorden|"
		"onderwerpen|ämnen|taggar|emner|emneord|aiheet|avainsanat|tagi|tematy|słowa kluczowe|témata|štítky|témy|теги|тэги|метки|темы|теми|"
		"мітки|етикети|етикети|etiketler|anahtar kelimeler|címkék|témák|cuvinte cheie|etichete|ετικέτες|タグ|キーワード|标签|关键词|標籤|關鍵字|"
		"태그|키워드|الكلمات المفتاحية|وسوم|برچسب ها|برچسبها|टैग|tag terkait|từ khóa|chủ đề|תגיות|oznake|ključne riječi|тагови"},
	{FURNITURE_ABOUT,
		"about the author|about the authors|about author|follow us|follow|follow on twitter|follow me|find us on|stay connected|connect with us|"
		"contact the author|view all posts|more by|more from this author|author bio|email the author|contact us at|our standards|"
		"the thomson reuters trust principles|über den autor|über die autorin|zur person|folgen sie uns|folgen|à propos de l'auteur|suivez-nous|"
		"suivre|nous suivre|sobre el autor|síguenos|síguenos en|seguir|sobre o autor|siga-nos|siga|siga o|sull'autore|seguici|seguici su|segui|"
		"over de auteur|volg ons|volg|om författaren|följ oss|följ|følg os|følg oss|følg|seuraa|seuraa meitä|o autorze|obserwuj nas|"
		"śledź nas|o autorovi|sledujte nás|об авторе|следите за нами|подпишитесь на нас|читайте нас|мы в|про автора|стежте за нами|"
		"за автора|последвайте ни|bizi takip edin|takip et|takip edin|kövess minket|kövessen minket|despre autor|urmărește-ne|ακολουθήστε μας|"
		"フォロー|フォローする|关注我们|作者简介|追蹤我們|팔로우|기자의 다른기사|تابعنا|تابعونا|हमें फॉलो करें|ikuti kami|theo dõi|עקבו אחרינו|"
		"pratite nas|пратите нас|join us on|like us on facebook|follow us on twitter|google news"},
	{FURNITURE_MEDIA,
		"video|videos|gallery|photo gallery|photogallery|slideshow|slide show|podcast|podcasts|audio|listen to this article|play|play video|pause|"
		"mute|unmute|full screen|fullscreen|volume|live|live updates|media player|playback|current time|duration|loaded|captions|transcript|"
		"infographic|embed|image 1 of|1 of|hide caption|toggle caption|enlarge|enlarge this image|bildergalerie|bilderstrecke|fotostrecke|"
		"artikel anhören|bild vergrößern|diaporama|vidéo|vidéos|écouter|galerie|galería|fotogalería|vídeo|vídeos|galeria|galeria de fotos|"
		"ouça|ouvir|galleria|fotogallery|ascolta|beluister|lyssna|bildspel|se video|kuvat|kuuntele|wideo|galeria zdjęć|posłuchaj|fotogalerie|"
		"видео|фотогалерея|слушать|відео|слухати|галерия|izle|foto galeri|galéria|videó|galerie foto|βίντεο|動画|動画を見る|视频|影片|"
		"影音|동영상|영상|포토|فيديو|صور|ویدئو|वीडियो|galeri|galerija|видео снимак"},
};

#define SLOTS 16384
#define ENTRIES 6144
#define PHRASE_WORDS 8

struct phrase {
	uint32_t hashes[PHRASE_WORDS];
	uint8_t count, topic;
	uint16_t next; /* in the list of its first word, 0 ends */
};
/* Filled once, constant from then on; entry 0 is unused. */
static struct phrase phrases[ENTRIES];
static uint16_t heads[SLOTS];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static void add_phrase(uint16_t index, struct slice text, enum furniture_topic topic)
{
	struct phrase *phrase = &phrases[index];
	struct word word;
	size_t at = 0;
	while (phrase->count < PHRASE_WORDS && word_next(text, &at, &word))
		phrase->hashes[phrase->count++] = word.hash;
	if (!phrase->count)
		return;
	phrase->topic = (uint8_t)topic;
	uint16_t *head = &heads[hash_mix(phrase->hashes[0]) % SLOTS];
	phrase->next = *head;
	*head = index;
}

static void fill(void)
{
	uint16_t count = 1;
	for (size_t i = 0; i < sizeof FURNITURE / sizeof *FURNITURE; i++) {
		struct slice rest = slice_of(FURNITURE[i].phrases), text;
		while (count < ENTRIES && slice_split(&rest, '|', &text))
			add_phrase(count++, text, FURNITURE[i].topic);
	}
}

/* Words are read ahead into a ring, so that one pass is enough. */
#define LOOK 16
struct window {
	struct slice text;
	size_t at;
	struct word words[LOOK];
	size_t first, count; /* word numbers in view */
	bool over;
};

static const struct word *word_at(struct window *window, size_t number)
{
	while (!window->over && window->first + window->count <= number) {
		struct word word;
		if (!word_next(window->text, &window->at, &word)) {
			window->over = true;
			break;
		}
		if (window->count == LOOK)
			window->first++, window->count--;
		window->words[(window->first + window->count) % LOOK] = word;
		window->count++;
	}
	return number < window->first + window->count ? &window->words[number % LOOK] : NULL;
}

static bool matches(struct window *window, size_t number, const struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->count; i++) {
		const struct word *word = word_at(window, number + i);
		if (!word || word->hash != phrase->hashes[i])
			return false;
	}
	return true;
}

struct furniture_hits furniture_find(struct slice text)
{
	pthread_once(&filled, fill);
	struct furniture_hits hits = {0};
	struct window window = {.text = text};
	size_t covered[FURNITURE_TOPICS] = {0}; /* words before which the topic's phrases cover all but `missed` */
	size_t missed[FURNITURE_TOPICS] = {0};
	const struct word *word;
	size_t number = 0;
	for (; (word = word_at(&window, number)); number++) {
		uint32_t hash = word->hash;
		bool digits = word->digits && !word->letters;
		for (uint16_t i = heads[hash_mix(hash) % SLOTS]; i; i = phrases[i].next) {
			const struct phrase *phrase = &phrases[i];
			if (!matches(&window, number, phrase))
				continue;
			uint32_t bit = UINT32_C(1) << phrase->topic;
			hits.any |= bit;
			if (number == 0)
				hits.start |= bit;
			if (covered[phrase->topic] < number + phrase->count)
				covered[phrase->topic] = number + phrase->count;
		}
		for (size_t topic = 0; topic < FURNITURE_TOPICS; topic++)
			if (covered[topic] <= number && !digits)
				missed[topic]++;
	}
	for (size_t topic = 0; topic < FURNITURE_TOPICS; topic++)
		if (covered[topic] && (missed[topic] == 0 || (missed[topic] == 1 && number > 2)))
			hits.whole |= UINT32_C(1) << topic;
	return hits;
}
