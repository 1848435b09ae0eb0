/* datelabel: see datelabel.h. Words are told by their beginnings, so that one entry does for a word's forms; in scripts without
 * spaces and in those that write prefixes together with the word they may stand anywhere. */
#include "extract/datelabel.h"

#include "base/utf8.h"
#include "extract/datewords.h"
#include "extract/wordscan.h"

static const char *const PUBLISHED[] = {"publish", "posted", "issued", "created", "first published", "veröffentlich", "erstellt", "erschienen", "publié", "publie", "mis en ligne", "parution",
	"publicad", "publicat", "pubblicat", "gepubliceerd", "geplaatst", "opublikowan", "publikacj", "dodano", "publikován", "publikované", "vydáno", "zverejnen", "objavljen", "опубликован",
	"дата публикации", "опубліков", "публікац", "публикуван", "објављено", "yayın", "eklen", "dərc", "diterbit", "dipublikasi", "diposting", "terbit", "publicer", "publiser", "udgivet", "offentliggjort", "julkais",
	"julkaistu", "avaldatud", "paskelbt", "publicēt", "közzét", "megjelen", "δημοσ", "đăng", "xuất bản", "प्रकाशित", "प्रकाशन", "প্রকাশ", "เผยแพร่", "โพสต์", "פורסם", "نشر", "منتشر", "انتشار",
	"發布", "发布", "發佈", "发表", "發表", "公開", "公开", "配信", "掲載", "입력", "등록", "게재", "승인"};
static const char *const CHANGED[] = {"updat", "modif", "revis", "edited", "amended", "last changed", "aktuali", "geändert", "überarbeitet", "mis à jour", "mise à jour", "màj", "maj le", "actuali", "edité", "édité", "atualiz",
	"aggiorn", "bijgewerkt", "gewijzigd", "laatste update", "zmodyfikowan", "upraveno", "upravené", "změněno", "zmenené", "ažurira", "posodobljen", "spremenjen", "izmijenjen", "izmenjen", "обновл", "изменен", "изменён", "оновлен",
	"змінен", "обновен", "актуализ", "ажурира", "измењен", "güncelle", "yenilən", "diperbarui", "diupdate", "kemas kini", "dikemaskini", "perubahan terakhir", "uppdater", "ändrad", "senast uppdat", "opdater", "ændret", "oppdater", "endret",
	"päivite", "muokattu", "uuendatud", "muudetud", "atnaujin", "atjaun", "frissít", "módosít", "ενημ", "τροποπ", "cập nhật", "sửa đổi", "अपडेट", "संशोधित", "আপডেট", "হালনাগাদ", "อัปเดต", "อัพเดท", "อัพเดต", "แก้ไข", "ปรับปรุง", "עודכן", "עדכון", "تحديث",
	"تعديل", "روزرسانی", "به‌روز", "ویرایش", "اپ ڈیٹ", "更新", "修改", "수정", "업데이트", "최종"};

static size_t begins_any(struct slice s, char lead, const char *const *words, size_t count)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t bytes = *words[i] == lead ? utf8_begins(s, words[i]) : 0;
		longest = bytes > longest ? bytes : longest;
	}
	return longest;
}

/* The last label, or the first behind the beginning: what it says, where it begins, and where its known part ends. */
static enum date_label find_label(struct slice text, bool first, size_t *start, size_t *end)
{
	enum date_label label = DATE_LABEL_NONE;
	bool inside = false; /* of a word */
	for (size_t at = 0; at < text.len && !(first && label != DATE_LABEL_NONE && *start > 0);) {
		size_t here = at;
		uint32_t c = utf8_next(text, &at);
		bool letter = utf8_is_letter(c), joined = inside && c < 0x590;
		inside = letter;
		if (!letter || joined)
			continue;
		struct slice rest = slice_sub(text, here, text.len);
		char lead = utf8_lead(rest);
		size_t changed = begins_any(rest, lead, CHANGED, sizeof CHANGED / sizeof *CHANGED);
		size_t published = begins_any(rest, lead, PUBLISHED, sizeof PUBLISHED / sizeof *PUBLISHED);
		if (!changed && !published)
			continue;
		label = changed >= published ? DATE_LABEL_CHANGED : DATE_LABEL_PUBLISHED;
		*start = here;
		at = *end = here + (changed > published ? changed : published);
		inside = true;
	}
	return label;
}

enum date_label date_label_of(struct slice text)
{
	size_t start, end;
	return find_label(text, false, &start, &end);
}

/* The last word of `text`: where it begins, SLICE_NOT_FOUND if there is none. */
static size_t last_word(struct slice text, struct word *word)
{
	size_t start = SLICE_NOT_FOUND;
	struct word next;
	for (size_t at = 0; word_next(text, &at, &next);) {
		*word = next;
		start = (size_t)(next.text.ptr - text.ptr);
	}
	return start;
}

/* Words that lead from a label or a name to a date. */
static bool leads_to_date(const struct word *word)
{
	static const char *const LAST[] = {"last", "zuletzt", "dernière", "última", "ultimo", "senast", "sist", "sidst", "date", "datum", "data", "first", "is", "was", "the", "le", "d", "tarihi", "time", "when", "viimeksi", "شده", "شد", "در", "किया", "गया"};
	const struct date_word *known = date_word(word->hash);
	if (known && (known->kind == WORD_PARTICLE || known->kind == WORD_WEEKDAY || known->kind == WORD_DAY))
		return true;
	for (size_t i = 0; i < sizeof LAST / sizeof *LAST; i++)
		if (word->hash == word_hash(slice_of(LAST[i])))
			return true;
	return false;
}

/* Nothing but the end of a label's word and what leads to a date. */
static bool only_leads(struct slice text)
{
	struct word word;
	size_t at = 0;
	while (at < text.len && !byte_is_space(text.ptr[at]) && text.ptr[at] != ':')
		at++;
	while (word_next(text, &at, &word))
		if (!leads_to_date(&word))
			return false;
	return true;
}

size_t date_label_next(struct slice text)
{
	size_t start = 0, end;
	return find_label(text, true, &start, &end) != DATE_LABEL_NONE && start > 0 ? start : SLICE_NOT_FOUND;
}

enum date_label date_label_behind(struct slice text)
{
	size_t start, end;
	enum date_label label = find_label(text, false, &start, &end);
	return label != DATE_LABEL_NONE && only_leads(slice_sub(text, end, text.len)) ? label : DATE_LABEL_NONE;
}

struct slice date_label_cut(struct slice text)
{
	struct word word;
	size_t start, end;
	if (find_label(text, false, &start, &end) != DATE_LABEL_NONE && only_leads(slice_sub(text, end, text.len)))
		text = slice_sub(text, 0, start);
	for (;;) {
		start = last_word(text, &word);
		if (start == SLICE_NOT_FOUND || (!leads_to_date(&word) && !(word.digits && !word.letters)))
			return text;
		text = slice_sub(text, 0, start);
	}
}
