/* captions: see captions.h. The hard thing is where a caption ends and its credit begins: brackets, openers and the names of
 * agencies tell. */
#include "extract/captions.h"

#include "base/utf8.h"
#include "extract/address.h"
#include "extract/titles.h"
#include "extract/wordscan.h"

#define CREDIT_BYTES_MAX 120
#define CAPTION_CHARS_MAX 160 /* code points, of a line that no name calls one */
#define CAPTION_BYTES_MAX 2000 /* of a caption of several lines */

/* Words that open a credit, wherever they stand in the line; in lower case. */
static const char *const openers[] = {"photo by", "photos by", "photograph by", "photography by", "picture by", "image by", "image courtesy of", "courtesy of", "photo credit:", "image credit:", "picture credit:", "image source:",
        "image source,", "photo:", "photos:", "photo :", "photos :", "photograph:", "picture:", "image:", "credit:", "credits:", "kredit:", "source:", "fotos:", "foto:", "foto von", "bild:", "bilder:", "bildquelle:", "bildrechte:",
        "bildnachweis:", "quelle:", "crédit photo :", "crédit photo:", "crédits :", "crédit :", "photographie :", "fotografía de", "fotografía:", "foto de", "fuente:", "fotografia:", "fotografia di", "foto di", "fonte:", "kuva:",
        "kuvaaja:", "valokuva:", "lähde:", "kilde:", "källa:", "fotograf:", "zdjęcie:", "fot.", "zdroj:", "fotó:", "forrás:", "fotografie:", "фото:", "фотография:", "фотографія:", "снимка:", "fotoğraf:", "φωτογραφία:", "φωτο:", "foto oleh",
        "ảnh:", "ภาพ:", "ภาพ :", "ภาพจาก", "फोटो:", "ছবি:", "صورة:", "الصورة:", "تصوير:", "عکس:", "צילום:", "תצלום:", "사진=", "사진 =", "사진:", "사진제공=", "사진 제공=", "写真：", "写真＝", "写真=", "写真:", "撮影：", "撮影＝", "撮影・", "撮影:", "写真提供：",
        "图：", "图:", "图/", "图／", "图片：", "图片来源：", "图源：", "圖：", "圖:", "圖/", "圖／", "圖片：", "圖片來源：", "照片：", "摄影：", "攝影：", "©", "copyright"};

/* Words behind the photographer at the line's end. */
static const struct slice enders[] = {SLICE_INIT("撮影"), SLICE_INIT("提供"), SLICE_INIT("摄"), SLICE_INIT("攝"), SLICE_INIT("供图"), SLICE_INIT("供圖")};

/* Names that make a short bracket or tail a credit. */
static const struct slice agencies[] = {SLICE_INIT("AP"), SLICE_INIT("AFP"), SLICE_INIT("Reuters"), SLICE_INIT("REUTERS"),
        SLICE_INIT("Getty"), SLICE_INIT("EPA"), SLICE_INIT("dpa"), SLICE_INIT("DPA"), SLICE_INIT("Yonhap"), SLICE_INIT("Xinhua"),
        SLICE_INIT("PTI"), SLICE_INIT("TASS"), SLICE_INIT("Shutterstock"), SLICE_INIT("Alamy"), SLICE_INIT("PA"),
        SLICE_INIT("Kyodo"), SLICE_INIT("IANS"), SLICE_INIT("ANSA"), SLICE_INIT("EFE"), SLICE_INIT("ANP"), SLICE_INIT("NTB"),
        SLICE_INIT("TT"), SLICE_INIT("PAP"), SLICE_INIT("ČTK"), SLICE_INIT("imago"), SLICE_INIT("IMAGO"), SLICE_INIT("APA"),
        SLICE_INIT("Keystone"), SLICE_INIT("KEYSTONE"), SLICE_INIT("Bloomberg"), SLICE_INIT("UPI"), SLICE_INIT("ANI"),
        SLICE_INIT("KCNA"), SLICE_INIT("Newsis"), SLICE_INIT("Photo"), SLICE_INIT("photo"), SLICE_INIT("Foto"),
        SLICE_INIT("File"), SLICE_INIT("Courtesy"), SLICE_INIT("Handout"), SLICE_INIT("picture alliance"), SLICE_INIT("iStock"),
        SLICE_INIT("Unsplash"), SLICE_INIT("Wikimedia"), SLICE_INIT("Zuma"), SLICE_INIT("Belga"), SLICE_INIT("LUSA"),
        SLICE_INIT("SIPA"), SLICE_INIT("Agência"), SLICE_INIT("РИА"), SLICE_INIT("ТАСС"), SLICE_INIT("연합뉴스"),
        SLICE_INIT("뉴시스"), SLICE_INIT("共同")};

static bool joins_word(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || (c & 0x80);
}

static bool names_agency(struct slice text)
{
	for (size_t i = 0; i < sizeof(agencies) / sizeof(*agencies); i++) {
		size_t at = slice_find(text, agencies[i]);
		if (at == SLICE_NOT_FOUND)
			continue;
		size_t end = at + agencies[i].len;
		bool wide = agencies[i].ptr[0] & 0x80;
		if (wide || ((at == 0 || !joins_word(text.ptr[at - 1])) && (end >= text.len || !joins_word(text.ptr[end]))))
			return true;
	}
	return false;
}

static bool is_stripped(uint32_t c, const char *marks)
{
	static const uint32_t wide[] = {0xFF08, 0xFF09, 0x3010, 0x3011, 0x3002, 0xFF1D, 0xFF1A, 0xFF0F, 0x3000, 0x300C, 0x300D};
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (c == wide[i])
			return true;
	return c && c < 0x80 && strchr(marks, (int)c);
}

/* Without `marks`, wide brackets and the like at its ends. */
static struct slice strip(struct slice s, const char *marks)
{
	size_t at;
	s = slice_trim(s);
	while (at = 0, s.len && is_stripped(utf8_next(s, &at), marks))
		s = slice_trim(slice_sub(s, at, s.len));
	while (at = s.len, s.len && is_stripped(utf8_previous(s, &at), marks))
		s = slice_trim(slice_sub(s, 0, at));
	return s;
}

static bool split_at(struct slice line, size_t from, size_t behind, struct slice *caption, struct slice *credit)
{
	struct slice found = strip(slice_sub(line, behind, line.len), "()[]|/.:;, ");
	if (!found.len || found.len > CREDIT_BYTES_MAX)
		return false;
	*credit = found;
	size_t end = from;
	while (end > 0) { /* a sentence keeps its stop */
		size_t before = end;
		uint32_t c = utf8_previous(line, &before);
		if (!byte_is_space((char)(c & 0x7F)) && c != 0xFF08 && c != 0x3010 && c != 0xFF1D && !(c < 0x80 && strchr("([|/=", (int)c)))
			break;
		end = before;
	}
	*caption = slice_trim(slice_sub(line, 0, end));
	return true;
}

/* A word may open a credit anywhere in scripts that set no space before it. */
static bool stands_free(struct slice line, size_t at)
{
	size_t before = at;
	if (at == 0)
		return true;
	uint32_t c = utf8_previous(line, &before), next = utf8_next(line, &at);
	return !(utf8_is_letter(c) || utf8_is_digit(c)) || utf8_is_unspaced(next);
}

static bool split_at_opener(struct slice line, struct slice *caption, struct slice *credit)
{
	for (size_t at = 0; at < line.len; utf8_next(line, &at)) {
		struct slice rest = slice_sub(line, at, line.len);
		char lead = utf8_lead(rest);
		for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
			size_t bytes = *openers[i] == lead ? utf8_begins(rest, openers[i]) : 0;
			if (bytes && stands_free(line, at) && split_at(line, at, at + bytes, caption, credit))
				return true;
		}
	}
	return false;
}

/* "夜のドーム＝高橋美咲撮影", "…。新华社记者 陈雨桐 摄". */
static bool split_at_ender(struct slice line, struct slice *caption, struct slice *credit)
{
	static const struct slice marks[] = {SLICE_INIT("。"), SLICE_INIT("＝"), SLICE_INIT("="), SLICE_INIT("（"), SLICE_INIT("("), SLICE_INIT("，")};
	struct slice whole = strip(line, "().");
	for (size_t i = 0; i < sizeof(enders) / sizeof(*enders); i++) {
		if (!slice_ends(whole, enders[i]))
			continue;
		size_t end = (size_t)(whole.ptr - line.ptr) + whole.len - enders[i].len, from = 0, behind = 0;
		for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++)
			for (size_t at = 0, found; (found = slice_find(slice_sub(line, at, end), marks[m])) != SLICE_NOT_FOUND; at += found + marks[m].len)
				if (at + found + marks[m].len > behind)
					from = at + found + (m == 0 ? marks[m].len : 0), behind = at + found + marks[m].len;
		if (behind && end - behind <= 60 && split_at(slice_sub(line, 0, end), from, behind, caption, credit))
			return true;
	}
	return false;
}

/* All words that are not small ones of sources stand in capitals, as in names: "Getty Images", "AP Photo/Eva Roth via Post". */
static bool is_all_names(struct slice line)
{
	static const char *const small[] = {"photo", "foto", "file", "image", "images", "handout", "courtesy", "picture", "pictures", "alliance", "archive", "dpa", "imago"};
	struct word word;
	for (size_t at = 0; word_next(line, &at, &word);) {
		bool known = word.upper || word.letters <= 3 || (unsigned char)*word.text.ptr >= 0xD6;
		for (size_t i = 0; i < sizeof(small) / sizeof(*small) && !known; i++)
			known = slice_equal_nocase(word.text, slice_of(small[i]));
		if (!known)
			return false;
	}
	return true;
}

/* Behind a sentence nothing but a name of two to four words, or names with a slash: "… on Tuesday. Eva Roth/Northwire". */
static bool is_name_behind(struct slice tail)
{
	struct word word;
	size_t words = 0;
	for (size_t at = 0; word_next(tail, &at, &word); words++)
		if (!word.upper || word.digits)
			return false;
	return words >= 2 && words <= (slice_find_byte(tail, '/') == SLICE_NOT_FOUND ? 4 : 8) && !strchr(".!?:,", tail.ptr[tail.len - 1]);
}

/* A bracket at the end, a part behind a slash, or a last phrase without a verb's room that names an agency. */
static bool split_at_tail(struct slice line, struct slice *caption, struct slice *credit)
{
	static const struct slice marks[] = {
	        SLICE_INIT("("), SLICE_INIT("["), SLICE_INIT(". "), SLICE_INIT("。"), SLICE_INIT(" / "), SLICE_INIT(" | ")};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t at = SLICE_NOT_FOUND, from = 0, found;
		while ((found = slice_find(slice_sub(line, from, line.len), marks[i])) != SLICE_NOT_FOUND) {
			at = from + found;
			from = at + marks[i].len;
		}
		if (at == SLICE_NOT_FOUND || (marks[i].ptr[0] == '.' && (at < 2 || line.ptr[at - 2] == ' '))) /* "A. Brandt" */
			continue;
		struct slice tail = slice_sub(line, from, line.len);
		size_t keep = marks[i].ptr[0] == '.' ? 1 : slice_is(marks[i], "。") ? marks[i].len : 0;
		if (marks[i].ptr[0] == '.' && (slice_starts(tail, SLICE("Photo ")) || slice_starts(tail, SLICE("Foto ")))) /* "Photo Eva Roth / AFP" */
			from += slice_find_byte(tail, ' ') + 1;
		bool named = marks[i].ptr[0] == '.' && tail.len && is_name_behind(tail);
		if (tail.len <= 80 && (named || names_agency(tail)) && split_at(line, at + keep, from, caption, credit))
			return true;
	}
	return false;
}

/* "The dome at night Eva Roth/Getty Images": names at the end, with a slash and an agency. */
static bool split_at_names(struct slice line, struct slice *caption, struct slice *credit)
{
	size_t slash = slice_find_last_byte(line, '/'), behind = 0;
	struct word word;
	if (slash == SLICE_NOT_FOUND || line.len > 400)
		return false;
	for (size_t at = 0; at < slash && word_next(line, &at, &word);)
		if (!word.upper)
			behind = at;
	struct slice tail = slice_trim(slice_sub(line, behind, line.len));
	return behind && behind < slash && tail.len <= 60 && is_all_names(tail) && names_agency(slice_sub(line, slash, line.len)) &&
	       split_at(line, behind, behind, caption, credit);
}

void caption_split(struct slice line, struct slice *caption, struct slice *credit)
{
	*caption = line;
	*credit = SLICE("");
	if (split_at_opener(line, caption, credit) || split_at_ender(line, caption, credit) || split_at_tail(line, caption, credit) ||
	        split_at_names(line, caption, credit))
		return;
	if (line.len <= 60 && names_agency(line) && is_all_names(line)) { /* nothing but a credit */
		*credit = line;
		*caption = SLICE("");
	}
}

static struct slice image_url(const struct node *image)
{
	static const char *const names[] = {"data-src", "data-original", "data-lazy-src", "src"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct slice url = slice_trim(node_attribute(image, names[i]));
		if (url.len > 4 && !slice_starts_nocase(url, SLICE("data:")))
			return url;
	}
	return SLICE("");
}

/* The figure, or the smallest element with a picture, around a caption. */
static const struct node *figure_of(const struct outline *o, const struct segment *segment, const struct node **image)
{
	const struct node *box = node_closest(segment->owner, TAG_FIGURE);
	*image = NULL;
	if (box) {
		*image = tree_find(o->tree, box, TAG_IMG);
		return box;
	}
	box = segment->owner;
	for (int steps = 0; box && box->tag != TAG_BODY && steps < 4; box = box->parent, steps++) {
		if (box->end - box->order > 200)
			break;
		*image = tree_find(o->tree, box, TAG_IMG);
		if (*image)
			return box;
	}
	return segment->owner;
}

static bool is_credit_element(const struct node *node)
{
	static const char *const words[] = {"credit", "copyright", "photographer", "byline", "source", "agency"};
	for (int steps = 0; node && steps < 2; node = node->parent, steps++)
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (slice_find_nocase(node->class, slice_of(words[i])) != SLICE_NOT_FOUND)
				return true;
	return false;
}

static struct slice join(struct arena *arena, struct slice a, struct slice b)
{
	return !a.len ? b : !b.len || a.len + b.len > CAPTION_BYTES_MAX ? a : arena_printf(arena, "%.*s %.*s", SLICE_ARG(a), SLICE_ARG(b));
}

/* Does the line stand right below a picture, no sentence, and centred or in italics as captions are? */
static bool is_set_below_picture(const struct outline *o, const struct segment *segment)
{
	bool set = segment->owner->tag == TAG_CENTER || segment->italic_chars * 10 >= segment->chars * 9;
	if (!set || segment->sentence || segment->chars > CAPTION_CHARS_MAX)
		return false;
	for (uint32_t i = segment->from; i-- > o->tree->body->order;) {
		const struct node *node = o->tree->nodes[i];
		if (node->tag == TAG_IMG || node->tag == TAG_AMP_IMG)
			return true;
		if (node->tag == TAG_TEXT && slice_trim(node->text).len)
			return false;
	}
	return false;
}

bool caption_beside_picture(const struct outline *o, const struct segment *segment)
{
	const struct node *box = segment->owner;
	uint32_t text = (uint32_t)segment->text.len;
	if (segment->text.len > 400 || segment->level || slice_contains(segment->text, SLICE("://")))
		return false;
	if (is_set_below_picture(o, segment))
		return true;
	if (segment->kind == BLOCK_QUOTE && segment->prose)
		return false;
	if (box->tag == TAG_BODY || o->text[box->order] > text + text / 2 + 60)
		return false;
	/* A picture in the running paragraph itself illustrates it. */
	bool own = box->tag == TAG_P || box->tag == TAG_LI || box->tag == TAG_TD;
	if (own && segment->prose && (!box->parent || o->text[box->parent->order] != text))
		return false;
	while (box->parent && box->parent->tag != TAG_BODY && box->tag != TAG_BLOCKQUOTE &&
	        o->text[box->parent->order] <= text + text / 2 + 60)
		box = box->parent;
	for (uint32_t i = box->order; i < box->end; i++) {
		enum tag tag = o->tree->nodes[i]->tag;
		if (tag == TAG_IMG || tag == TAG_PICTURE || tag == TAG_VIDEO || tag == TAG_IFRAME || tag == TAG_AMP_IMG ||
		        tag == TAG_FIGURE)
			return i < segment->from || segment->prose == 0;
	}
	return false;
}

/* Cut out of the body as a caption, or named one between headline and body (where the first picture stands). */
static bool is_caption(const struct segment *segment)
{
	if (segment->concepts & (CONCEPT_RELATED | CONCEPT_COMMENTS | CONCEPT_NAVIGATION | CONCEPT_SIDEBAR | CONCEPT_FOOTER))
		return false;
	if (segment->fate == SEGMENT_REMOVED)
		return segment->reason == REMOVED_CAPTION;
	return segment->fate == SEGMENT_OUTSIDE && (segment->concepts & CONCEPT_CAPTION);
}

void captions_collect(struct arena *arena, const struct outline *o, size_t first, size_t behind, struct article *article)
{
	const struct node *last_box = NULL;
	struct image *image = NULL;
	size_t count = 0;
	for (size_t i = first; i < behind && count < ARTICLE_IMAGES_MAX; i++) {
		const struct segment *segment = &o->segments[i];
		arena_tick(arena);
		if (!is_caption(segment))
			continue;
		const struct node *picture, *box = figure_of(o, segment, &picture);
		const struct node *text = o->tree->nodes[segment->from];
		struct slice caption, credit;
		caption_split(segment->text, &caption, &credit);
		if (!credit.len && is_credit_element(text->parent) && segment->text.len <= CREDIT_BYTES_MAX) {
			credit = segment->text;
			caption = SLICE("");
		}
		if (!image || box != last_box) {
			image = article_add_image(arena, article);
			image->url = picture ? image_url(picture) : SLICE("");
			last_box = box;
			count++;
		}
		if (!slice_equal(image->caption, caption))
			image->caption = join(arena, image->caption, caption);
		if (!image->credit.len)
			image->credit = credit;
	}
}

/* The file's name: pages show one picture in many sizes, under many folders. */
static struct slice file_of(struct slice url)
{
	size_t end = 0;
	while (end < url.len && url.ptr[end] != '?' && url.ptr[end] != '#')
		end++;
	url.len = end;
	return slice_sub(url, slice_find_last_byte(url, '/') + 1, url.len);
}

static struct image *find_image(const struct article *article, const struct image *wanted)
{
	struct slice file = file_of(wanted->url);
	for (struct image *image = article->images; image; image = image->next)
		if ((file.len > 4 && slice_equal(file_of(image->url), file)) || title_same(image->caption, wanted->caption))
			return image;
	return NULL;
}

void captions_complete(struct arena *arena, struct article *article)
{
	for (const struct image *told = article->hints.images; told; told = told->next) {
		struct image *image = find_image(article, told);
		if (!image) {
			if (!article->images)
				article->image_source = "json-ld";
			image = article_add_image(arena, article);
			image->url = told->url;
		}
		if (!image->caption.len)
			image->caption = told->caption;
		if (!image->credit.len)
			image->credit = told->credit;
	}
	for (struct image *image = article->images; image; image = image->next) {
		struct slice url = address_absolute(arena, article->hints.base, image->url);
		if (url.len)
			image->url = url;
	}
}
