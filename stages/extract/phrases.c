/* phrases: see phrases.h. */
#include "extract/phrases.h"

#include "base/utf8.h"

#include <pthread.h>

struct phrase {
	struct slice text; /* case folded, straight apostrophes */
	enum removed_kind kind;
};

/* clang-format off */
/* A short line that is nothing else. */
static const struct phrase whole[] = {
	/* advertisement */
	{SLICE_INIT("ad"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("ads"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("advert"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("advertentie"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("advertisement"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("advertisements"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("advertising"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("adverts"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("annonce"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("annons"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("annonse"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("anzeige"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("anzeigen"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("continua a leggere"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("hirdetés"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("iklan"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("mainos"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("oglas"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("promoted"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("promoted content"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("pubblicità"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("publicidad"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("publicidade"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("publicitate"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("publicite"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("publicité"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("quảng cáo"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("reclame"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("reklam"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("reklama"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("scroll to continue"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("sponsored"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("sponsored content"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("sponsorizzato"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("werbung"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("διαφήμιση"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("реклама"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("إعلان"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("广告"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("広告"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("廣告"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("광고"), REMOVED_ADVERTISEMENT},
	/* comments */
	{SLICE_INIT("0 comments"), REMOVED_COMMENTS}, {SLICE_INIT("add a comment"), REMOVED_COMMENTS},
	{SLICE_INIT("bình luận"), REMOVED_COMMENTS}, {SLICE_INIT("comentar"), REMOVED_COMMENTS},
	{SLICE_INIT("comentarios"), REMOVED_COMMENTS}, {SLICE_INIT("comentários"), REMOVED_COMMENTS},
	{SLICE_INIT("comment"), REMOVED_COMMENTS}, {SLICE_INIT("commenta"), REMOVED_COMMENTS},
	{SLICE_INIT("commentaires"), REMOVED_COMMENTS}, {SLICE_INIT("commenti"), REMOVED_COMMENTS},
	{SLICE_INIT("comments"), REMOVED_COMMENTS}, {SLICE_INIT("comments are closed"), REMOVED_COMMENTS},
	{SLICE_INIT("diskuze"), REMOVED_COMMENTS}, {SLICE_INIT("have your say"), REMOVED_COMMENTS},
	{SLICE_INIT("join the discussion"), REMOVED_COMMENTS}, {SLICE_INIT("komentar"), REMOVED_COMMENTS},
	{SLICE_INIT("komentarze"), REMOVED_COMMENTS}, {SLICE_INIT("komentáře"), REMOVED_COMMENTS},
	{SLICE_INIT("kommentar"), REMOVED_COMMENTS}, {SLICE_INIT("kommentare"), REMOVED_COMMENTS},
	{SLICE_INIT("kommentarer"), REMOVED_COMMENTS}, {SLICE_INIT("kommentieren"), REMOVED_COMMENTS},
	{SLICE_INIT("leave a comment"), REMOVED_COMMENTS}, {SLICE_INIT("leave a reply"), REMOVED_COMMENTS},
	{SLICE_INIT("no comments"), REMOVED_COMMENTS}, {SLICE_INIT("post a comment"), REMOVED_COMMENTS},
	{SLICE_INIT("reacties"), REMOVED_COMMENTS}, {SLICE_INIT("réagir"), REMOVED_COMMENTS},
	{SLICE_INIT("show comments"), REMOVED_COMMENTS}, {SLICE_INIT("thảo luận"), REMOVED_COMMENTS},
	{SLICE_INIT("view comments"), REMOVED_COMMENTS}, {SLICE_INIT("what do you think?"), REMOVED_COMMENTS},
	{SLICE_INIT("yorum yap"), REMOVED_COMMENTS}, {SLICE_INIT("yorumlar"), REMOVED_COMMENTS},
	{SLICE_INIT("коментарі"), REMOVED_COMMENTS}, {SLICE_INIT("комментарии"), REMOVED_COMMENTS},
	{SLICE_INIT("обсудить"), REMOVED_COMMENTS}, {SLICE_INIT("コメント"), REMOVED_COMMENTS}, {SLICE_INIT("评论"), REMOVED_COMMENTS},
	{SLICE_INIT("댓글"), REMOVED_COMMENTS},
};

/* A short line that starts so. */
static const struct phrase openings[] = {
	/* related */
	{SLICE_INIT(">>"), REMOVED_RELATED}, {SLICE_INIT("[관련"), REMOVED_RELATED}, {SLICE_INIT("a lire aussi"), REMOVED_RELATED},
	{SLICE_INIT("además:"), REMOVED_RELATED}, {SLICE_INIT("aktuelle nachrichten"), REMOVED_RELATED},
	{SLICE_INIT("also on"), REMOVED_RELATED}, {SLICE_INIT("also read"), REMOVED_RELATED},
	{SLICE_INIT("also read:"), REMOVED_RELATED}, {SLICE_INIT("approfondisci"), REMOVED_RELATED},
	{SLICE_INIT("articoli correlati"), REMOVED_RELATED}, {SLICE_INIT("artikel terkait"), REMOVED_RELATED},
	{SLICE_INIT("artículos relacionados"), REMOVED_RELATED}, {SLICE_INIT("assista"), REMOVED_RELATED},
	{SLICE_INIT("auch interessant"), REMOVED_RELATED}, {SLICE_INIT("audio:"), REMOVED_RELATED},
	{SLICE_INIT("auf dieser seite"), REMOVED_RELATED}, {SLICE_INIT("ayrıca okuyun"), REMOVED_RELATED},
	{SLICE_INIT("baca juga"), REMOVED_RELATED}, {SLICE_INIT("baca selengkapnya"), REMOVED_RELATED},
	{SLICE_INIT("baca:"), REMOVED_RELATED}, {SLICE_INIT("bekijk ook"), REMOVED_RELATED},
	{SLICE_INIT("bunlar da"), REMOVED_RELATED}, {SLICE_INIT("citeste si"), REMOVED_RELATED},
	{SLICE_INIT("citește mai"), REMOVED_RELATED}, {SLICE_INIT("citește și"), REMOVED_RELATED},
	{SLICE_INIT("citiți și"), REMOVED_RELATED}, {SLICE_INIT("clique aqui"), REMOVED_RELATED},
	{SLICE_INIT("confira também"), REMOVED_RELATED}, {SLICE_INIT("continue reading"), REMOVED_RELATED},
	{SLICE_INIT("czytaj dalej"), REMOVED_RELATED}, {SLICE_INIT("czytaj również"), REMOVED_RELATED},
	{SLICE_INIT("czytaj także"), REMOVED_RELATED}, {SLICE_INIT("czytaj też"), REMOVED_RELATED},
	{SLICE_INIT("czytaj więcej"), REMOVED_RELATED}, {SLICE_INIT("das könnte dich"), REMOVED_RELATED},
	{SLICE_INIT("das könnte ihnen"), REMOVED_RELATED}, {SLICE_INIT("das könnte sie"), REMOVED_RELATED},
	{SLICE_INIT("die wichtigsten nachrichten"), REMOVED_RELATED}, {SLICE_INIT("dieses thema im programm"), REMOVED_RELATED},
	{SLICE_INIT("diğer haberler"), REMOVED_RELATED}, {SLICE_INIT("do not miss"), REMOVED_RELATED},
	{SLICE_INIT("don't miss"), REMOVED_RELATED}, {SLICE_INIT("editor's picks"), REMOVED_RELATED},
	{SLICE_INIT("editors' picks"), REMOVED_RELATED}, {SLICE_INIT("explore more"), REMOVED_RELATED},
	{SLICE_INIT("ez is érdekelheti"), REMOVED_RELATED}, {SLICE_INIT("fotostrecke"), REMOVED_RELATED},
	{SLICE_INIT("further reading"), REMOVED_RELATED}, {SLICE_INIT("guarda anche"), REMOVED_RELATED},
	{SLICE_INIT("haberin devamı"), REMOVED_RELATED}, {SLICE_INIT("hier gibt es"), REMOVED_RELATED},
	{SLICE_INIT("ilgili haberler"), REMOVED_RELATED}, {SLICE_INIT("ilginizi çekebilir"), REMOVED_RELATED},
	{SLICE_INIT("in other news"), REMOVED_RELATED}, {SLICE_INIT("in this article"), REMOVED_RELATED},
	{SLICE_INIT("inhaltsverzeichnis"), REMOVED_RELATED}, {SLICE_INIT("i̇lgili haber"), REMOVED_RELATED},
	{SLICE_INIT("jump to"), REMOVED_RELATED}, {SLICE_INIT("kapcsolódó"), REMOVED_RELATED},
	{SLICE_INIT("katso myös"), REMOVED_RELATED}, {SLICE_INIT("keep reading"), REMOVED_RELATED},
	{SLICE_INIT("kijk ook"), REMOVED_RELATED}, {SLICE_INIT("latest news"), REMOVED_RELATED},
	{SLICE_INIT("latest stories"), REMOVED_RELATED}, {SLICE_INIT("le puede interesar"), REMOVED_RELATED},
	{SLICE_INIT("lea además"), REMOVED_RELATED}, {SLICE_INIT("lea tambien"), REMOVED_RELATED},
	{SLICE_INIT("lea también"), REMOVED_RELATED}, {SLICE_INIT("lee además"), REMOVED_RELATED},
	{SLICE_INIT("lee también"), REMOVED_RELATED}, {SLICE_INIT("leer también"), REMOVED_RELATED},
	{SLICE_INIT("lees meer"), REMOVED_RELATED}, {SLICE_INIT("lees ook"), REMOVED_RELATED},
	{SLICE_INIT("lees verder"), REMOVED_RELATED}, {SLICE_INIT("leggi anche"), REMOVED_RELATED},
	{SLICE_INIT("leggi di più"), REMOVED_RELATED}, {SLICE_INIT("leggi qui"), REMOVED_RELATED},
	{SLICE_INIT("leggi tutto"), REMOVED_RELATED}, {SLICE_INIT("leia ainda"), REMOVED_RELATED},
	{SLICE_INIT("leia mais"), REMOVED_RELATED}, {SLICE_INIT("leia tambem"), REMOVED_RELATED},
	{SLICE_INIT("leia também"), REMOVED_RELATED}, {SLICE_INIT("ler mais"), REMOVED_RELATED},
	{SLICE_INIT("les mer"), REMOVED_RELATED}, {SLICE_INIT("les også"), REMOVED_RELATED},
	{SLICE_INIT("les plus lus"), REMOVED_RELATED}, {SLICE_INIT("les saken"), REMOVED_RELATED},
	{SLICE_INIT("lesen sie auch"), REMOVED_RELATED}, {SLICE_INIT("lesen sie dazu"), REMOVED_RELATED},
	{SLICE_INIT("lesen sie hier"), REMOVED_RELATED}, {SLICE_INIT("lesen sie jetzt"), REMOVED_RELATED},
	{SLICE_INIT("lesen sie mehr"), REMOVED_RELATED}, {SLICE_INIT("lesen sie zudem"), REMOVED_RELATED},
	{SLICE_INIT("lesetipp"), REMOVED_RELATED}, {SLICE_INIT("lest auch"), REMOVED_RELATED},
	{SLICE_INIT("lest hier"), REMOVED_RELATED}, {SLICE_INIT("lihat juga"), REMOVED_RELATED},
	{SLICE_INIT("lire aussi"), REMOVED_RELATED}, {SLICE_INIT("lire la suite"), REMOVED_RELATED},
	{SLICE_INIT("lire également"), REMOVED_RELATED}, {SLICE_INIT("lisez aussi"), REMOVED_RELATED},
	{SLICE_INIT("listen:"), REMOVED_RELATED}, {SLICE_INIT("load more"), REMOVED_RELATED},
	{SLICE_INIT("lue lisää"), REMOVED_RELATED}, {SLICE_INIT("lue myös"), REMOVED_RELATED},
	{SLICE_INIT("luister ook"), REMOVED_RELATED}, {SLICE_INIT("läs mer"), REMOVED_RELATED},
	{SLICE_INIT("läs också"), REMOVED_RELATED}, {SLICE_INIT("läs vidare"), REMOVED_RELATED},
	{SLICE_INIT("läs även"), REMOVED_RELATED}, {SLICE_INIT("læs mere"), REMOVED_RELATED},
	{SLICE_INIT("læs også"), REMOVED_RELATED}, {SLICE_INIT("mais lidas"), REMOVED_RELATED},
	{SLICE_INIT("meer over"), REMOVED_RELATED}, {SLICE_INIT("mehr aus"), REMOVED_RELATED},
	{SLICE_INIT("mehr dazu"), REMOVED_RELATED}, {SLICE_INIT("mehr lesen"), REMOVED_RELATED},
	{SLICE_INIT("mehr themen"), REMOVED_RELATED}, {SLICE_INIT("mehr von"), REMOVED_RELATED},
	{SLICE_INIT("mehr zu"), REMOVED_RELATED}, {SLICE_INIT("mehr zum thema"), REMOVED_RELATED},
	{SLICE_INIT("meistgelesen"), REMOVED_RELATED}, {SLICE_INIT("mer från"), REMOVED_RELATED},
	{SLICE_INIT("mer om"), REMOVED_RELATED}, {SLICE_INIT("mira también"), REMOVED_RELATED},
	{SLICE_INIT("mohlo by vás"), REMOVED_RELATED}, {SLICE_INIT("more about"), REMOVED_RELATED},
	{SLICE_INIT("more coverage"), REMOVED_RELATED}, {SLICE_INIT("more from"), REMOVED_RELATED},
	{SLICE_INIT("more news"), REMOVED_RELATED}, {SLICE_INIT("more on this"), REMOVED_RELATED},
	{SLICE_INIT("more stories"), REMOVED_RELATED}, {SLICE_INIT("more:"), REMOVED_RELATED},
	{SLICE_INIT("most popular"), REMOVED_RELATED}, {SLICE_INIT("most read"), REMOVED_RELATED},
	{SLICE_INIT("más información"), REMOVED_RELATED}, {SLICE_INIT("más noticias"), REMOVED_RELATED},
	{SLICE_INIT("más sobre"), REMOVED_RELATED}, {SLICE_INIT("next article"), REMOVED_RELATED},
	{SLICE_INIT("next post"), REMOVED_RELATED}, {SLICE_INIT("no te pierdas"), REMOVED_RELATED},
	{SLICE_INIT("noticias relacionadas"), REMOVED_RELATED}, {SLICE_INIT("notícias relacionadas"), REMOVED_RELATED},
	{SLICE_INIT("olvasta már"), REMOVED_RELATED}, {SLICE_INIT("passend dazu"), REMOVED_RELATED},
	{SLICE_INIT("passend zum thema"), REMOVED_RELATED}, {SLICE_INIT("pe aceeași"), REMOVED_RELATED},
	{SLICE_INIT("per approfondire"), REMOVED_RELATED}, {SLICE_INIT("podcast:"), REMOVED_RELATED},
	{SLICE_INIT("polecamy"), REMOVED_RELATED}, {SLICE_INIT("potrebbe interessarti"), REMOVED_RELATED},
	{SLICE_INIT("pour aller plus loin"), REMOVED_RELATED}, {SLICE_INIT("previous article"), REMOVED_RELATED},
	{SLICE_INIT("previous post"), REMOVED_RELATED}, {SLICE_INIT("prečítajte si"), REMOVED_RELATED},
	{SLICE_INIT("pročitajte"), REMOVED_RELATED}, {SLICE_INIT("przeczytaj"), REMOVED_RELATED},
	{SLICE_INIT("puedes leer"), REMOVED_RELATED}, {SLICE_INIT("přečtěte si"), REMOVED_RELATED},
	{SLICE_INIT("read all"), REMOVED_RELATED}, {SLICE_INIT("read also"), REMOVED_RELATED},
	{SLICE_INIT("read more"), REMOVED_RELATED}, {SLICE_INIT("read next"), REMOVED_RELATED},
	{SLICE_INIT("read our"), REMOVED_RELATED}, {SLICE_INIT("read the full"), REMOVED_RELATED},
	{SLICE_INIT("read:"), REMOVED_RELATED}, {SLICE_INIT("recommended"), REMOVED_RELATED},
	{SLICE_INIT("related articles"), REMOVED_RELATED}, {SLICE_INIT("related content"), REMOVED_RELATED},
	{SLICE_INIT("related coverage"), REMOVED_RELATED}, {SLICE_INIT("related news"), REMOVED_RELATED},
	{SLICE_INIT("related posts"), REMOVED_RELATED}, {SLICE_INIT("related stories"), REMOVED_RELATED},
	{SLICE_INIT("related topics"), REMOVED_RELATED}, {SLICE_INIT("related:"), REMOVED_RELATED},
	{SLICE_INIT("saiba mais"), REMOVED_RELATED}, {SLICE_INIT("se også"), REMOVED_RELATED},
	{SLICE_INIT("see also"), REMOVED_RELATED}, {SLICE_INIT("see more"), REMOVED_RELATED},
	{SLICE_INIT("seguir leyendo"), REMOVED_RELATED}, {SLICE_INIT("show more"), REMOVED_RELATED},
	{SLICE_INIT("siehe auch"), REMOVED_RELATED}, {SLICE_INIT("simak juga"), REMOVED_RELATED},
	{SLICE_INIT("soma pia"), REMOVED_RELATED}, {SLICE_INIT("soma zaidi"), REMOVED_RELATED},
	{SLICE_INIT("sommaire"), REMOVED_RELATED}, {SLICE_INIT("související"), REMOVED_RELATED},
	{SLICE_INIT("sur le même sujet"), REMOVED_RELATED}, {SLICE_INIT("súvisiace"), REMOVED_RELATED},
	{SLICE_INIT("table of contents"), REMOVED_RELATED}, {SLICE_INIT("también te"), REMOVED_RELATED},
	{SLICE_INIT("te interesa"), REMOVED_RELATED}, {SLICE_INIT("te puede interesar"), REMOVED_RELATED},
	{SLICE_INIT("te recomendamos"), REMOVED_RELATED}, {SLICE_INIT("ti potrebbe"), REMOVED_RELATED},
	{SLICE_INIT("tin liên quan"), REMOVED_RELATED}, {SLICE_INIT("tonton juga"), REMOVED_RELATED},
	{SLICE_INIT("top stories"), REMOVED_RELATED}, {SLICE_INIT("trending"), REMOVED_RELATED},
	{SLICE_INIT("up next"), REMOVED_RELATED}, {SLICE_INIT("vedi anche"), REMOVED_RELATED},
	{SLICE_INIT("veja mais"), REMOVED_RELATED}, {SLICE_INIT("veja também"), REMOVED_RELATED},
	{SLICE_INIT("ver también"), REMOVED_RELATED}, {SLICE_INIT("vezane vijesti"), REMOVED_RELATED},
	{SLICE_INIT("video:"), REMOVED_RELATED}, {SLICE_INIT("view gallery"), REMOVED_RELATED},
	{SLICE_INIT("voir aussi"), REMOVED_RELATED}, {SLICE_INIT("watch below"), REMOVED_RELATED},
	{SLICE_INIT("watch more"), REMOVED_RELATED}, {SLICE_INIT("watch the video"), REMOVED_RELATED},
	{SLICE_INIT("watch:"), REMOVED_RELATED}, {SLICE_INIT("weitere artikel"), REMOVED_RELATED},
	{SLICE_INIT("weitere informationen"), REMOVED_RELATED}, {SLICE_INIT("weitere themen"), REMOVED_RELATED},
	{SLICE_INIT("weiterlesen"), REMOVED_RELATED}, {SLICE_INIT("what to read"), REMOVED_RELATED},
	{SLICE_INIT("what to read next"), REMOVED_RELATED}, {SLICE_INIT("więcej na temat"), REMOVED_RELATED},
	{SLICE_INIT("xem thêm"), REMOVED_RELATED}, {SLICE_INIT("you may also like"), REMOVED_RELATED},
	{SLICE_INIT("you may like"), REMOVED_RELATED}, {SLICE_INIT("you might also like"), REMOVED_RELATED},
	{SLICE_INIT("zobacz również"), REMOVED_RELATED}, {SLICE_INIT("zobacz także"), REMOVED_RELATED},
	{SLICE_INIT("zobacz też"), REMOVED_RELATED}, {SLICE_INIT("zum thema"), REMOVED_RELATED},
	{SLICE_INIT("à lire"), REMOVED_RELATED}, {SLICE_INIT("à lire aussi"), REMOVED_RELATED},
	{SLICE_INIT("à lire également"), REMOVED_RELATED}, {SLICE_INIT("à voir"), REMOVED_RELATED},
	{SLICE_INIT("čitajte i"), REMOVED_RELATED}, {SLICE_INIT("čtěte také"), REMOVED_RELATED},
	{SLICE_INIT("čtěte více"), REMOVED_RELATED}, {SLICE_INIT("čítajte aj"), REMOVED_RELATED},
	{SLICE_INIT("đọc thêm"), REMOVED_RELATED}, {SLICE_INIT("δείτε επίσης"), REMOVED_RELATED},
	{SLICE_INIT("διαβάστε ακόμα"), REMOVED_RELATED}, {SLICE_INIT("διαβάστε ακόμη"), REMOVED_RELATED},
	{SLICE_INIT("διαβάστε επίσης"), REMOVED_RELATED}, {SLICE_INIT("вижте още"), REMOVED_RELATED},
	{SLICE_INIT("главное за"), REMOVED_RELATED}, {SLICE_INIT("дивіться також"), REMOVED_RELATED},
	{SLICE_INIT("другие новости"), REMOVED_RELATED}, {SLICE_INIT("материалы по теме"), REMOVED_RELATED},
	{SLICE_INIT("по теме"), REMOVED_RELATED}, {SLICE_INIT("прочетете още"), REMOVED_RELATED},
	{SLICE_INIT("смотрите также"), REMOVED_RELATED}, {SLICE_INIT("читайте в"), REMOVED_RELATED},
	{SLICE_INIT("читайте еще"), REMOVED_RELATED}, {SLICE_INIT("читайте ещё"), REMOVED_RELATED},
	{SLICE_INIT("читайте также"), REMOVED_RELATED}, {SLICE_INIT("читайте також"), REMOVED_RELATED},
	{SLICE_INIT("читайте ще"), REMOVED_RELATED}, {SLICE_INIT("читайте:"), REMOVED_RELATED},
	{SLICE_INIT("читать далее"), REMOVED_RELATED}, {SLICE_INIT("читать также"), REMOVED_RELATED},
	{SLICE_INIT("читать також"), REMOVED_RELATED}, {SLICE_INIT("إقرأ أيضا"), REMOVED_RELATED},
	{SLICE_INIT("اقرأ أيضا"), REMOVED_RELATED}, {SLICE_INIT("اقرأ أيضًا"), REMOVED_RELATED},
	{SLICE_INIT("اقرأ المزيد"), REMOVED_RELATED}, {SLICE_INIT("شاهد أيضا"), REMOVED_RELATED},
	{SLICE_INIT("مواضيع ذات صلة"), REMOVED_RELATED}, {SLICE_INIT("یہ بھی پڑھیں"), REMOVED_RELATED},
	{SLICE_INIT("इसे भी पढ़ें"), REMOVED_RELATED}, {SLICE_INIT("और पढ़ें"), REMOVED_RELATED},
	{SLICE_INIT("यह भी पढ़ें"), REMOVED_RELATED}, {SLICE_INIT("ये भी पढ़ें"), REMOVED_RELATED},
	{SLICE_INIT("আরও পড়ুন"), REMOVED_RELATED}, {SLICE_INIT("மேலும் படிக்க"), REMOVED_RELATED},
	{SLICE_INIT("ข่าวที่เกี่ยวข้อง"), REMOVED_RELATED}, {SLICE_INIT("อ่านเพิ่มเติม"), REMOVED_RELATED},
	{SLICE_INIT("▶"), REMOVED_RELATED}, {SLICE_INIT("☞"), REMOVED_RELATED}, {SLICE_INIT("【関連"), REMOVED_RELATED},
	{SLICE_INIT("【関連記事】"), REMOVED_RELATED}, {SLICE_INIT("あわせて読みたい"), REMOVED_RELATED}, {SLICE_INIT("おすすめ記事"), REMOVED_RELATED},
	{SLICE_INIT("こちらも"), REMOVED_RELATED}, {SLICE_INIT("延伸阅读"), REMOVED_RELATED}, {SLICE_INIT("推荐阅读"), REMOVED_RELATED},
	{SLICE_INIT("更多新聞"), REMOVED_RELATED}, {SLICE_INIT("热门推荐"), REMOVED_RELATED}, {SLICE_INIT("相关报道"), REMOVED_RELATED},
	{SLICE_INIT("相关新闻"), REMOVED_RELATED}, {SLICE_INIT("相关阅读"), REMOVED_RELATED}, {SLICE_INIT("相關新聞"), REMOVED_RELATED},
	{SLICE_INIT("関連記事"), REMOVED_RELATED}, {SLICE_INIT("관련 기사"), REMOVED_RELATED}, {SLICE_INIT("관련기사"), REMOVED_RELATED},
	/* sharing */
	{SLICE_INIT("artikel teilen"), REMOVED_SHARING}, {SLICE_INIT("bagikan"), REMOVED_SHARING},
	{SLICE_INIT("bizi takip"), REMOVED_SHARING}, {SLICE_INIT("click to tweet"), REMOVED_SHARING},
	{SLICE_INIT("comparte"), REMOVED_SHARING}, {SLICE_INIT("compartilhar"), REMOVED_SHARING},
	{SLICE_INIT("compartilhe"), REMOVED_SHARING}, {SLICE_INIT("compartir"), REMOVED_SHARING},
	{SLICE_INIT("condividi"), REMOVED_SHARING}, {SLICE_INIT("connect with us"), REMOVED_SHARING},
	{SLICE_INIT("copy link"), REMOVED_SHARING}, {SLICE_INIT("deel dit"), REMOVED_SHARING},
	{SLICE_INIT("del artikel"), REMOVED_SHARING}, {SLICE_INIT("dela"), REMOVED_SHARING}, {SLICE_INIT("delen"), REMOVED_SHARING},
	{SLICE_INIT("email this"), REMOVED_SHARING}, {SLICE_INIT("find us on"), REMOVED_SHARING},
	{SLICE_INIT("folge uns"), REMOVED_SHARING}, {SLICE_INIT("folgen sie"), REMOVED_SHARING},
	{SLICE_INIT("folgt uns"), REMOVED_SHARING}, {SLICE_INIT("follow our"), REMOVED_SHARING},
	{SLICE_INIT("follow the"), REMOVED_SHARING}, {SLICE_INIT("follow us"), REMOVED_SHARING},
	{SLICE_INIT("google news"), REMOVED_SHARING}, {SLICE_INIT("ikuti kami"), REMOVED_SHARING},
	{SLICE_INIT("join our telegram"), REMOVED_SHARING}, {SLICE_INIT("join our whatsapp"), REMOVED_SHARING},
	{SLICE_INIT("join the conversation"), REMOVED_SHARING}, {SLICE_INIT("join us on"), REMOVED_SHARING},
	{SLICE_INIT("like this story"), REMOVED_SHARING}, {SLICE_INIT("like us"), REMOVED_SHARING},
	{SLICE_INIT("link copied"), REMOVED_SHARING}, {SLICE_INIT("partager"), REMOVED_SHARING},
	{SLICE_INIT("partagez"), REMOVED_SHARING}, {SLICE_INIT("paylaş"), REMOVED_SHARING},
	{SLICE_INIT("podziel się"), REMOVED_SHARING}, {SLICE_INIT("print this"), REMOVED_SHARING},
	{SLICE_INIT("retrouvez-nous"), REMOVED_SHARING}, {SLICE_INIT("sdílet"), REMOVED_SHARING},
	{SLICE_INIT("segui "), REMOVED_SHARING}, {SLICE_INIT("seguici"), REMOVED_SHARING},
	{SLICE_INIT("share article"), REMOVED_SHARING}, {SLICE_INIT("share on"), REMOVED_SHARING},
	{SLICE_INIT("share this"), REMOVED_SHARING}, {SLICE_INIT("share via"), REMOVED_SHARING},
	{SLICE_INIT("share:"), REMOVED_SHARING}, {SLICE_INIT("siga a"), REMOVED_SHARING}, {SLICE_INIT("siga o"), REMOVED_SHARING},
	{SLICE_INIT("siga-nos"), REMOVED_SHARING}, {SLICE_INIT("sigue a"), REMOVED_SHARING},
	{SLICE_INIT("sigue toda"), REMOVED_SHARING}, {SLICE_INIT("siguenos"), REMOVED_SHARING},
	{SLICE_INIT("sosyal medyada"), REMOVED_SHARING}, {SLICE_INIT("subscribe to our channel"), REMOVED_SHARING},
	{SLICE_INIT("suivez nous"), REMOVED_SHARING}, {SLICE_INIT("suivez-nous"), REMOVED_SHARING},
	{SLICE_INIT("síguenos"), REMOVED_SHARING}, {SLICE_INIT("teilen"), REMOVED_SHARING},
	{SLICE_INIT("tweet this"), REMOVED_SHARING}, {SLICE_INIT("udostępnij"), REMOVED_SHARING},
	{SLICE_INIT("volg ons"), REMOVED_SHARING}, {SLICE_INIT("whatsapp kanal"), REMOVED_SHARING},
	{SLICE_INIT("поделитесь"), REMOVED_SHARING}, {SLICE_INIT("поделиться"), REMOVED_SHARING},
	{SLICE_INIT("подписывайтесь"), REMOVED_SHARING}, {SLICE_INIT("подпишитесь"), REMOVED_SHARING},
	{SLICE_INIT("поділитися"), REMOVED_SHARING}, {SLICE_INIT("присоединяйтесь"), REMOVED_SHARING},
	{SLICE_INIT("підписуйтесь"), REMOVED_SHARING}, {SLICE_INIT("підпишіться"), REMOVED_SHARING},
	{SLICE_INIT("следите за"), REMOVED_SHARING}, {SLICE_INIT("シェア"), REMOVED_SHARING}, {SLICE_INIT("关注我们"), REMOVED_SHARING},
	{SLICE_INIT("分享到"), REMOVED_SHARING}, {SLICE_INIT("分享至"), REMOVED_SHARING}, {SLICE_INIT("공유하기"), REMOVED_SHARING},
	/* newsletter */
	{SLICE_INIT("abbonati"), REMOVED_NEWSLETTER}, {SLICE_INIT("abonnez-vous"), REMOVED_NEWSLETTER},
	{SLICE_INIT("abonnieren sie"), REMOVED_NEWSLETTER}, {SLICE_INIT("already a subscriber"), REMOVED_NEWSLETTER},
	{SLICE_INIT("already have an account"), REMOVED_NEWSLETTER}, {SLICE_INIT("apúntate"), REMOVED_NEWSLETTER},
	{SLICE_INIT("assine"), REMOVED_NEWSLETTER}, {SLICE_INIT("become a member"), REMOVED_NEWSLETTER},
	{SLICE_INIT("create an account"), REMOVED_NEWSLETTER}, {SLICE_INIT("delivered to your inbox"), REMOVED_NEWSLETTER},
	{SLICE_INIT("donate"), REMOVED_NEWSLETTER}, {SLICE_INIT("download our app"), REMOVED_NEWSLETTER},
	{SLICE_INIT("download the app"), REMOVED_NEWSLETTER}, {SLICE_INIT("enter your email"), REMOVED_NEWSLETTER},
	{SLICE_INIT("folgst du schon"), REMOVED_NEWSLETTER}, {SLICE_INIT("get breaking"), REMOVED_NEWSLETTER},
	{SLICE_INIT("get more"), REMOVED_NEWSLETTER}, {SLICE_INIT("get our"), REMOVED_NEWSLETTER},
	{SLICE_INIT("get the latest"), REMOVED_NEWSLETTER}, {SLICE_INIT("inscreva-se"), REMOVED_NEWSLETTER},
	{SLICE_INIT("inscrivez-vous"), REMOVED_NEWSLETTER}, {SLICE_INIT("iscriviti"), REMOVED_NEWSLETTER},
	{SLICE_INIT("jetzt abonnieren"), REMOVED_NEWSLETTER}, {SLICE_INIT("jetzt anmelden"), REMOVED_NEWSLETTER},
	{SLICE_INIT("join our newsletter"), REMOVED_NEWSLETTER}, {SLICE_INIT("log in to"), REMOVED_NEWSLETTER},
	{SLICE_INIT("meld je aan"), REMOVED_NEWSLETTER}, {SLICE_INIT("melden sie sich"), REMOVED_NEWSLETTER},
	{SLICE_INIT("never miss"), REMOVED_NEWSLETTER}, {SLICE_INIT("newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("newsletter abonnieren"), REMOVED_NEWSLETTER}, {SLICE_INIT("odebírejte"), REMOVED_NEWSLETTER},
	{SLICE_INIT("receba "), REMOVED_NEWSLETTER}, {SLICE_INIT("recevez"), REMOVED_NEWSLETTER},
	{SLICE_INIT("recibe "), REMOVED_NEWSLETTER}, {SLICE_INIT("schrijf je in"), REMOVED_NEWSLETTER},
	{SLICE_INIT("sign up"), REMOVED_NEWSLETTER}, {SLICE_INIT("special offer"), REMOVED_NEWSLETTER},
	{SLICE_INIT("start your day with"), REMOVED_NEWSLETTER}, {SLICE_INIT("stay informed"), REMOVED_NEWSLETTER},
	{SLICE_INIT("stay up to date"), REMOVED_NEWSLETTER}, {SLICE_INIT("subscribe for"), REMOVED_NEWSLETTER},
	{SLICE_INIT("subscribe here"), REMOVED_NEWSLETTER}, {SLICE_INIT("subscribe now"), REMOVED_NEWSLETTER},
	{SLICE_INIT("subscribe to"), REMOVED_NEWSLETTER}, {SLICE_INIT("support independent"), REMOVED_NEWSLETTER},
	{SLICE_INIT("support our"), REMOVED_NEWSLETTER}, {SLICE_INIT("suscribete"), REMOVED_NEWSLETTER},
	{SLICE_INIT("suscríbete"), REMOVED_NEWSLETTER}, {SLICE_INIT("your email"), REMOVED_NEWSLETTER},
	{SLICE_INIT("zapisz się"), REMOVED_NEWSLETTER}, {SLICE_INIT("ücretsiz abone"), REMOVED_NEWSLETTER},
	/* advertisement */
	{SLICE_INIT("advertisement -"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("advertisement:"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("affiliate-link"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("als amazon-partner"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("article continues"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("continua después"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("continue reading below"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("continues below"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("if you buy something"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("l'articolo continua"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("la noticia continúa"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("o artigo continua"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("story continues"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("this article contains affiliate"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("this post contains affiliate"), REMOVED_ADVERTISEMENT}, {SLICE_INIT("we may earn"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("when you buy through"), REMOVED_ADVERTISEMENT},
	/* comments */
	{SLICE_INIT("comments ("), REMOVED_COMMENTS}, {SLICE_INIT("contact us at"), REMOVED_COMMENTS},
	{SLICE_INIT("do you have a story"), REMOVED_COMMENTS}, {SLICE_INIT("fehler gefunden"), REMOVED_COMMENTS},
	{SLICE_INIT("got a tip"), REMOVED_COMMENTS}, {SLICE_INIT("have a tip"), REMOVED_COMMENTS},
	{SLICE_INIT("have your say"), REMOVED_COMMENTS}, {SLICE_INIT("leave your comment"), REMOVED_COMMENTS},
	{SLICE_INIT("let us know what you"), REMOVED_COMMENTS}, {SLICE_INIT("no comments"), REMOVED_COMMENTS},
	{SLICE_INIT("report a typo"), REMOVED_COMMENTS}, {SLICE_INIT("report an error"), REMOVED_COMMENTS},
	{SLICE_INIT("send us your"), REMOVED_COMMENTS}, {SLICE_INIT("share your thoughts"), REMOVED_COMMENTS},
	{SLICE_INIT("tell us what you"), REMOVED_COMMENTS}, {SLICE_INIT("выделите фрагмент"), REMOVED_COMMENTS},
	{SLICE_INIT("знайшли помилку"), REMOVED_COMMENTS}, {SLICE_INIT("нашли ошибку"), REMOVED_COMMENTS},
	/* byline */
	{SLICE_INIT("(reporting by"), REMOVED_BYLINE}, {SLICE_INIT("(with inputs"), REMOVED_BYLINE},
	{SLICE_INIT("about the author"), REMOVED_BYLINE}, {SLICE_INIT("actualizado"), REMOVED_BYLINE},
	{SLICE_INIT("additional reporting"), REMOVED_BYLINE}, {SLICE_INIT("aggiornato"), REMOVED_BYLINE},
	{SLICE_INIT("aktualisiert"), REMOVED_BYLINE}, {SLICE_INIT("atualizado"), REMOVED_BYLINE},
	{SLICE_INIT("auteur:"), REMOVED_BYLINE}, {SLICE_INIT("author:"), REMOVED_BYLINE}, {SLICE_INIT("autor:"), REMOVED_BYLINE},
	{SLICE_INIT("autore:"), REMOVED_BYLINE}, {SLICE_INIT("bron:"), REMOVED_BYLINE}, {SLICE_INIT("by "), REMOVED_BYLINE},
	{SLICE_INIT("categories:"), REMOVED_BYLINE}, {SLICE_INIT("category:"), REMOVED_BYLINE},
	{SLICE_INIT("correspondent"), REMOVED_BYLINE}, {SLICE_INIT("dpa/"), REMOVED_BYLINE},
	{SLICE_INIT("edited by"), REMOVED_BYLINE}, {SLICE_INIT("editing by"), REMOVED_BYLINE},
	{SLICE_INIT("etiketler"), REMOVED_BYLINE}, {SLICE_INIT("etiquetas"), REMOVED_BYLINE},
	{SLICE_INIT("filed under"), REMOVED_BYLINE}, {SLICE_INIT("first published"), REMOVED_BYLINE},
	{SLICE_INIT("fonte:"), REMOVED_BYLINE}, {SLICE_INIT("forrás:"), REMOVED_BYLINE}, {SLICE_INIT("fuente:"), REMOVED_BYLINE},
	{SLICE_INIT("kaynak:"), REMOVED_BYLINE}, {SLICE_INIT("keywords:"), REMOVED_BYLINE}, {SLICE_INIT("källa:"), REMOVED_BYLINE},
	{SLICE_INIT("last modified"), REMOVED_BYLINE}, {SLICE_INIT("last updated"), REMOVED_BYLINE},
	{SLICE_INIT("lesezeit"), REMOVED_BYLINE}, {SLICE_INIT("min read"), REMOVED_BYLINE},
	{SLICE_INIT("minute read"), REMOVED_BYLINE}, {SLICE_INIT("mis à jour"), REMOVED_BYLINE},
	{SLICE_INIT("mit dpa"), REMOVED_BYLINE}, {SLICE_INIT("mit material von"), REMOVED_BYLINE},
	{SLICE_INIT("mots-clés"), REMOVED_BYLINE}, {SLICE_INIT("nguồn"), REMOVED_BYLINE},
	{SLICE_INIT("opublikowano"), REMOVED_BYLINE}, {SLICE_INIT("posted by"), REMOVED_BYLINE},
	{SLICE_INIT("posted in"), REMOVED_BYLINE}, {SLICE_INIT("posted on"), REMOVED_BYLINE}, {SLICE_INIT("posted:"), REMOVED_BYLINE},
	{SLICE_INIT("pubblicato"), REMOVED_BYLINE}, {SLICE_INIT("publicado"), REMOVED_BYLINE},
	{SLICE_INIT("published on"), REMOVED_BYLINE}, {SLICE_INIT("published:"), REMOVED_BYLINE},
	{SLICE_INIT("publié le"), REMOVED_BYLINE}, {SLICE_INIT("quelle:"), REMOVED_BYLINE}, {SLICE_INIT("quellen:"), REMOVED_BYLINE},
	{SLICE_INIT("reading time"), REMOVED_BYLINE}, {SLICE_INIT("report by"), REMOVED_BYLINE},
	{SLICE_INIT("reporter:"), REMOVED_BYLINE}, {SLICE_INIT("reporting by"), REMOVED_BYLINE},
	{SLICE_INIT("schlagworte:"), REMOVED_BYLINE}, {SLICE_INIT("schlagwörter"), REMOVED_BYLINE},
	{SLICE_INIT("source:"), REMOVED_BYLINE}, {SLICE_INIT("sources:"), REMOVED_BYLINE}, {SLICE_INIT("stand:"), REMOVED_BYLINE},
	{SLICE_INIT("stichwörter"), REMOVED_BYLINE}, {SLICE_INIT("sumber:"), REMOVED_BYLINE}, {SLICE_INIT("tag:"), REMOVED_BYLINE},
	{SLICE_INIT("tagged"), REMOVED_BYLINE}, {SLICE_INIT("tags "), REMOVED_BYLINE},
	{SLICE_INIT("tags relacionadas"), REMOVED_BYLINE}, {SLICE_INIT("tags:"), REMOVED_BYLINE},
	{SLICE_INIT("temas:"), REMOVED_BYLINE}, {SLICE_INIT("temps de lecture"), REMOVED_BYLINE},
	{SLICE_INIT("themen:"), REMOVED_BYLINE}, {SLICE_INIT("topics "), REMOVED_BYLINE}, {SLICE_INIT("topics:"), REMOVED_BYLINE},
	{SLICE_INIT("updated on"), REMOVED_BYLINE}, {SLICE_INIT("updated:"), REMOVED_BYLINE},
	{SLICE_INIT("veröffentlicht am"), REMOVED_BYLINE}, {SLICE_INIT("von: "), REMOVED_BYLINE},
	{SLICE_INIT("with inputs from"), REMOVED_BYLINE}, {SLICE_INIT("written by"), REMOVED_BYLINE},
	{SLICE_INIT("zdroj:"), REMOVED_BYLINE}, {SLICE_INIT("über den autor"), REMOVED_BYLINE},
	{SLICE_INIT("źródło:"), REMOVED_BYLINE}, {SLICE_INIT("автор:"), REMOVED_BYLINE},
	{SLICE_INIT("дата публикации"), REMOVED_BYLINE}, {SLICE_INIT("джерело:"), REMOVED_BYLINE},
	{SLICE_INIT("источник:"), REMOVED_BYLINE}, {SLICE_INIT("метки:"), REMOVED_BYLINE},
	{SLICE_INIT("опубликовано"), REMOVED_BYLINE}, {SLICE_INIT("теги:"), REMOVED_BYLINE}, {SLICE_INIT("入力"), REMOVED_BYLINE},
	{SLICE_INIT("出典"), REMOVED_BYLINE}, {SLICE_INIT("出处"), REMOVED_BYLINE}, {SLICE_INIT("来源："), REMOVED_BYLINE},
	{SLICE_INIT("기사입력"), REMOVED_BYLINE},
	/* caption */
	{SLICE_INIT("afp/"), REMOVED_CAPTION}, {SLICE_INIT("ap photo"), REMOVED_CAPTION}, {SLICE_INIT("bild:"), REMOVED_CAPTION},
	{SLICE_INIT("bilder:"), REMOVED_CAPTION}, {SLICE_INIT("bildquelle"), REMOVED_CAPTION},
	{SLICE_INIT("credit:"), REMOVED_CAPTION}, {SLICE_INIT("crédit"), REMOVED_CAPTION}, {SLICE_INIT("crédits"), REMOVED_CAPTION},
	{SLICE_INIT("foto ©"), REMOVED_CAPTION}, {SLICE_INIT("foto:"), REMOVED_CAPTION}, {SLICE_INIT("fotos:"), REMOVED_CAPTION},
	{SLICE_INIT("getty images"), REMOVED_CAPTION}, {SLICE_INIT("image caption"), REMOVED_CAPTION},
	{SLICE_INIT("image credit"), REMOVED_CAPTION}, {SLICE_INIT("image source"), REMOVED_CAPTION},
	{SLICE_INIT("image:"), REMOVED_CAPTION}, {SLICE_INIT("images:"), REMOVED_CAPTION},
	{SLICE_INIT("media caption"), REMOVED_CAPTION}, {SLICE_INIT("photo by"), REMOVED_CAPTION},
	{SLICE_INIT("photo credit"), REMOVED_CAPTION}, {SLICE_INIT("photo ©"), REMOVED_CAPTION},
	{SLICE_INIT("photo:"), REMOVED_CAPTION}, {SLICE_INIT("photograph:"), REMOVED_CAPTION},
	{SLICE_INIT("photography by"), REMOVED_CAPTION}, {SLICE_INIT("photos:"), REMOVED_CAPTION},
	{SLICE_INIT("picture:"), REMOVED_CAPTION}, {SLICE_INIT("play video"), REMOVED_CAPTION},
	{SLICE_INIT("video abspielen"), REMOVED_CAPTION}, {SLICE_INIT("video caption"), REMOVED_CAPTION},
	{SLICE_INIT("zdjęcie:"), REMOVED_CAPTION}, {SLICE_INIT("©"), REMOVED_CAPTION}, {SLICE_INIT("фото "), REMOVED_CAPTION},
	{SLICE_INIT("фото:"), REMOVED_CAPTION},
	/* boilerplate */
	{SLICE_INIT("(c) 20"), REMOVED_BOILERPLATE}, {SLICE_INIT("back to top"), REMOVED_BOILERPLATE},
	{SLICE_INIT("copyright"), REMOVED_BOILERPLATE}, {SLICE_INIT("javascript"), REMOVED_BOILERPLATE},
	{SLICE_INIT("loading"), REMOVED_BOILERPLATE}, {SLICE_INIT("nach oben"), REMOVED_BOILERPLATE},
	{SLICE_INIT("please wait"), REMOVED_BOILERPLATE},
	{SLICE_INIT("retour en haut"), REMOVED_BOILERPLATE}, {SLICE_INIT("skip to"), REMOVED_BOILERPLATE},
	{SLICE_INIT("to top"), REMOVED_BOILERPLATE},
	{SLICE_INIT("your browser"), REMOVED_BOILERPLATE}, {SLICE_INIT("zum seitenanfang"), REMOVED_BOILERPLATE},
	{SLICE_INIT("ⓒ"), REMOVED_BOILERPLATE}, {SLICE_INIT("저작권자"), REMOVED_BOILERPLATE},
};

/* A line that contains it. */
static const struct phrase anywhere[] = {
	/* boilerplate */
	{SLICE_INIT("all rights reserved"), REMOVED_BOILERPLATE}, {SLICE_INIT("all rights to the"), REMOVED_BOILERPLATE},
	{SLICE_INIT("alle rechte vorbehalten"), REMOVED_BOILERPLATE}, {SLICE_INIT("browser does not support"), REMOVED_BOILERPLATE},
	{SLICE_INIT("browser doesn't support"), REMOVED_BOILERPLATE}, {SLICE_INIT("cookie policy"), REMOVED_BOILERPLATE},
	{SLICE_INIT("datenschutzerklärung"), REMOVED_BOILERPLATE}, {SLICE_INIT("enable javascript"), REMOVED_BOILERPLATE},
	{SLICE_INIT("may not be published, broadcast"), REMOVED_BOILERPLATE},
	{SLICE_INIT("may not be reproduced"), REMOVED_BOILERPLATE}, {SLICE_INIT("please enable javascript"), REMOVED_BOILERPLATE},
	{SLICE_INIT("privacy policy"), REMOVED_BOILERPLATE}, {SLICE_INIT("protected by recaptcha"), REMOVED_BOILERPLATE},
	{SLICE_INIT("terms and conditions"), REMOVED_BOILERPLATE}, {SLICE_INIT("terms of service"), REMOVED_BOILERPLATE},
	{SLICE_INIT("terms of use"), REMOVED_BOILERPLATE}, {SLICE_INIT("todos los derechos"), REMOVED_BOILERPLATE},
	{SLICE_INIT("todos os direitos"), REMOVED_BOILERPLATE}, {SLICE_INIT("tous droits réservés"), REMOVED_BOILERPLATE},
	{SLICE_INIT("tutti i diritti"), REMOVED_BOILERPLATE}, {SLICE_INIT("unsupported browser"), REMOVED_BOILERPLATE},
	{SLICE_INIT("uses cookies"), REMOVED_BOILERPLATE}, {SLICE_INIT("usiamo i cookie"), REMOVED_BOILERPLATE},
	{SLICE_INIT("utilisons des cookies"), REMOVED_BOILERPLATE}, {SLICE_INIT("utilizamos cookies"), REMOVED_BOILERPLATE},
	{SLICE_INIT("verwenden cookies"), REMOVED_BOILERPLATE}, {SLICE_INIT("we use cookies"), REMOVED_BOILERPLATE},
	{SLICE_INIT("wszelkie prawa"), REMOVED_BOILERPLATE}, {SLICE_INIT("все права защищены"), REMOVED_BOILERPLATE},
	{SLICE_INIT("무단 전재"), REMOVED_BOILERPLATE}, {SLICE_INIT("무단전재"), REMOVED_BOILERPLATE},
	{SLICE_INIT("재배포 금지"), REMOVED_BOILERPLATE},
	/* the rules of the comments */
	{SLICE_INIT("comments are moderated"), REMOVED_COMMENTS}, {SLICE_INIT("comments will be moderated"), REMOVED_COMMENTS},
	{SLICE_INIT("comments that are abusive"), REMOVED_COMMENTS}, {SLICE_INIT("comments containing"), REMOVED_COMMENTS},
	{SLICE_INIT("kommentare werden moderiert"), REMOVED_COMMENTS}, {SLICE_INIT("kommentare mit beleidigenden"), REMOVED_COMMENTS},
	{SLICE_INIT("les commentaires sont modérés"), REMOVED_COMMENTS}, {SLICE_INIT("comentarios ofensivos"), REMOVED_COMMENTS},
	{SLICE_INIT("los comentarios serán moderados"), REMOVED_COMMENTS}, {SLICE_INIT("comentários com "), REMOVED_COMMENTS},
	{SLICE_INIT("comentários são de responsabilidade"), REMOVED_COMMENTS}, {SLICE_INIT("comentários ofensivos"), REMOVED_COMMENTS},
	{SLICE_INIT("i commenti sono moderati"), REMOVED_COMMENTS},
	/* said of the article or the paper itself */
	{SLICE_INIT("contributed to this report"), REMOVED_BYLINE},
	{SLICE_INIT("contributed to this story"), REMOVED_BYLINE},
	{SLICE_INIT("contributed to this article"), REMOVED_BYLINE},
	{SLICE_INIT("contributed reporting"), REMOVED_BYLINE},
	{SLICE_INIT("; editing by"), REMOVED_BYLINE},
	{SLICE_INIT(", editing by"), REMOVED_BYLINE},
	{SLICE_INIT("contributed to reporting"), REMOVED_BYLINE},
	{SLICE_INIT("if you enjoyed"), REMOVED_NEWSLETTER},
	{SLICE_INIT("please subscribe"), REMOVED_NEWSLETTER},
	{SLICE_INIT("already a subscriber"), REMOVED_NEWSLETTER},
	{SLICE_INIT("unseren newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("our newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("free newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("free daily newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("delivered to your inbox"), REMOVED_NEWSLETTER},
	{SLICE_INIT("delivered straight to your inbox"), REMOVED_NEWSLETTER},
	{SLICE_INIT("notre newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("nuestro boletín"), REMOVED_NEWSLETTER},
	{SLICE_INIT("nuestra newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("nuestro canal de"), REMOVED_NEWSLETTER},
	{SLICE_INIT("nossa newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("nostra newsletter"), REMOVED_NEWSLETTER},
	{SLICE_INIT("do subskrypcji"), REMOVED_NEWSLETTER},
	{SLICE_INIT("enthält werbung"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("affiliate links"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("affiliate-links"), REMOVED_ADVERTISEMENT},
	{SLICE_INIT("written permission"), REMOVED_BOILERPLATE},
	{SLICE_INIT("copyrighted property"), REMOVED_BOILERPLATE},
	{SLICE_INIT("alle angaben ohne gewähr"), REMOVED_BOILERPLATE},
	{SLICE_INIT("deine privatsphäre"), REMOVED_CONSENT},
	{SLICE_INIT("ihre privatsphäre"), REMOVED_CONSENT},
	{SLICE_INIT("are those of the author"), REMOVED_BOILERPLATE},
	{SLICE_INIT("was sind cookies"), REMOVED_CONSENT},
	{SLICE_INIT("is not responsible for the"), REMOVED_BOILERPLATE},
	{SLICE_INIT("artikel teilen"), REMOVED_SHARING},
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
/* A longer line that starts with "More on this" is a sentence. */
#define OPENING_LINE_MAX 180
#define ORIGIN_LINE_MAX 200

/* Case folded, typographic apostrophes straight. */
static struct slice fold_line(struct arena *arena, struct slice line)
{
	struct slice folded = utf8_fold(arena, line);
	char *out = arena_alloc(arena, folded.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < folded.len; i++) {
		if (folded.len - i >= 3 && memcmp(folded.ptr + i, "\xE2\x80\x99", 3) == 0) {
			out[len++] = '\'';
			i += 2;
		} else {
			out[len++] = folded.ptr[i];
		}
	}
	return slice_make(out, len);
}

/* Bullets, arrows, brackets and pipes before the words; colons and dots behind them. */
static struct slice strip_marks(struct slice line)
{
	static const struct slice marks[] = {SLICE_INIT("-"), SLICE_INIT("|"), SLICE_INIT("["), SLICE_INIT("("), SLICE_INIT("*"), SLICE_INIT("+"),
		SLICE_INIT("•"), SLICE_INIT("–"), SLICE_INIT("—"), SLICE_INIT("→"), SLICE_INIT("»"), SLICE_INIT("›"), SLICE_INIT("■"), SLICE_INIT("●"),
		SLICE_INIT("◆"), SLICE_INIT("➡"), SLICE_INIT("►"), SLICE_INIT("✅"), SLICE_INIT("\""), SLICE_INIT("“")};
	for (bool again = true; again;) {
		again = false;
		line = slice_trim(line);
		for (size_t i = 0; i < COUNT(marks); i++)
			if (slice_starts(line, marks[i])) {
				line = slice_sub(line, marks[i].len, line.len);
				again = true;
			}
	}
	return line;
}

static struct slice strip_end(struct slice line)
{
	while (line.len && (strchr(":.)]|-!* ", line.ptr[line.len - 1]) != NULL))
		line.len--;
	return line;
}

static bool word_ends(struct slice line, size_t at)
{
	return at >= line.len || !(byte_is_alpha(line.ptr[at]) || (line.ptr[at] & 0x80)) || (line.ptr[at - 1] & 0x80) || !byte_is_alpha(line.ptr[at - 1]);
}

/* Teasers and offers run on; bylines and credits are short. */
static bool fits(enum removed_kind kind, size_t len)
{
	return kind == REMOVED_RELATED || kind == REMOVED_NEWSLETTER || kind == REMOVED_ADVERTISEMENT || len <= 110;
}

/* The phrases of a table by their first byte, in the table's order: one more than the first's place, then each one's next; 0 ends. */
#define PHRASES_MAX 1024
struct index {
	uint16_t first[256], next[PHRASES_MAX];
};
static struct index whole_index, opening_index, anywhere_index;
static pthread_once_t indexed = PTHREAD_ONCE_INIT;

static void index_table(struct index *index, const struct phrase *table, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		uint16_t *first = &index->first[(unsigned char)table[i].text.ptr[0]];
		index->next[i] = *first;
		*first = (uint16_t)(i + 1);
	}
}

static void index_tables(void)
{
	_Static_assert(COUNT(whole) < PHRASES_MAX && COUNT(openings) < PHRASES_MAX && COUNT(anywhere) < PHRASES_MAX, "an index holds its table");
	index_table(&whole_index, whole, COUNT(whole));
	index_table(&opening_index, openings, COUNT(openings));
	index_table(&anywhere_index, anywhere, COUNT(anywhere));
}

#define index_each(at, index, byte) (size_t at = (index)->first[(unsigned char)(byte)]; at; at = (index)->next[at - 1])

/* Phrases start where words do, which leaves few places to look at. */
static bool holds_phrase(struct slice line, enum removed_kind *kind)
{
	for (size_t at = 0; at < line.len; at++) {
		if (!anywhere_index.first[(unsigned char)line.ptr[at]] || (at && byte_is_alpha(line.ptr[at]) && byte_is_alpha(line.ptr[at - 1])))
			continue;
		for index_each (i, &anywhere_index, line.ptr[at])
			if (slice_starts(slice_sub(line, at, line.len), anywhere[i - 1].text)) {
				*kind = anywhere[i - 1].kind;
				return true;
			}
	}
	return false;
}

bool phrase_origin(struct arena *arena, struct slice line)
{
	static const struct slice origins[] = {SLICE_INIT("originally published"), SLICE_INIT("originally appeared"), SLICE_INIT("first appeared"),
		SLICE_INIT("was first published"), SLICE_INIT("was reprinted"), SLICE_INIT("is republished"), SLICE_INIT("was republished"),
		SLICE_INIT("zuerst erschienen"), SLICE_INIT("zuerst bei"), SLICE_INIT("erschien zuerst"), SLICE_INIT("publié à l'origine"), SLICE_INIT("publicado originalmente"),
		SLICE_INIT("pubblicato originariamente")};
	if (line.len > ORIGIN_LINE_MAX)
		return false;
	struct slice folded = fold_line(arena, line);
	for (size_t i = 0; i < COUNT(origins); i++)
		if (slice_contains(folded, origins[i]))
			return true;
	return false;
}

bool phrase_line(struct arena *arena, struct slice line, enum removed_kind *kind)
{
	if (!line.len || line.len > PHRASE_LINE_MAX)
		return false;
	pthread_once(&indexed, index_tables);
	struct slice folded = strip_marks(fold_line(arena, line));
	struct slice bare = strip_end(folded);
	if (holds_phrase(folded, kind))
		return true;
	if (folded.len > OPENING_LINE_MAX)
		return false;
	if (!folded.len)
		return false;
	for index_each (i, &whole_index, folded.ptr[0])
		if (slice_equal(bare, whole[i - 1].text)) {
			*kind = whole[i - 1].kind;
			return true;
		}
	for index_each (i, &opening_index, folded.ptr[0]) {
		const struct phrase *phrase = &openings[i - 1];
		if (slice_starts(folded, phrase->text) && word_ends(folded, phrase->text.len) && fits(phrase->kind, folded.len)) {
			*kind = phrase->kind;
			return true;
		}
	}
	return false;
}
