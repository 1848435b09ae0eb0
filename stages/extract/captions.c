/* captions: see captions.h. The hard thing is where a caption ends and its credit begins: brackets, openers and the names of
 * agencies tell. */
#include "extract/captions.h"

#include "extract/titles.h"

#define IMAGES_MAX 100
#define CREDIT_BYTES_MAX 120

/* Words that open a credit, wherever they stand in the line. */
static const struct slice openers[] = {SLICE_INIT("photo by"), SLICE_INIT("photos by"), SLICE_INIT("photograph by"),
        SLICE_INIT("photography by"), SLICE_INIT("picture by"), SLICE_INIT("image by"), SLICE_INIT("image courtesy of"),
        SLICE_INIT("courtesy of"), SLICE_INIT("photo credit:"), SLICE_INIT("image credit:"), SLICE_INIT("picture credit:"),
        SLICE_INIT("image source:"), SLICE_INIT("photo:"), SLICE_INIT("photos:"), SLICE_INIT("photograph:"),
        SLICE_INIT("picture:"), SLICE_INIT("image:"), SLICE_INIT("credit:"), SLICE_INIT("credits:"), SLICE_INIT("source:"),
        SLICE_INIT("fotos:"), SLICE_INIT("foto:"), SLICE_INIT("bild:"), SLICE_INIT("bilder:"), SLICE_INIT("bildquelle:"),
        SLICE_INIT("bildrechte:"), SLICE_INIT("quelle:"), SLICE_INIT("crédit photo :"), SLICE_INIT("crédit photo:"),
        SLICE_INIT("crédits :"), SLICE_INIT("crédit :"), SLICE_INIT("fuente:"), SLICE_INIT("fonte:"), SLICE_INIT("kuva:"),
        SLICE_INIT("zdjęcie:"), SLICE_INIT("fot."), SLICE_INIT("zdroj:"), SLICE_INIT("фото:"), SLICE_INIT("fotoğraf:"),
        SLICE_INIT("©"), SLICE_INIT("copyright")};

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

static struct slice strip(struct slice s, const char *marks)
{
	s = slice_trim(s);
	while (s.len && strchr(marks, s.ptr[0]))
		s = slice_trim(slice_sub(s, 1, s.len));
	while (s.len && strchr(marks, s.ptr[s.len - 1]))
		s = slice_trim(slice_sub(s, 0, s.len - 1));
	return s;
}

static bool split_at(struct slice line, size_t from, size_t behind, struct slice *caption, struct slice *credit)
{
	struct slice found = strip(slice_sub(line, behind, line.len), "()[]|/.:;, ");
	if (!found.len || found.len > CREDIT_BYTES_MAX)
		return false;
	*credit = found;
	*caption = strip(slice_sub(line, 0, from), "([|/ ");
	return true;
}

static bool split_at_opener(struct slice line, struct slice *caption, struct slice *credit)
{
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
		for (size_t from = 0; from < line.len;) {
			size_t at = slice_find_nocase(slice_sub(line, from, line.len), openers[i]);
			if (at == SLICE_NOT_FOUND)
				break;
			at += from;
			if ((at == 0 || !joins_word(line.ptr[at - 1])) &&
			        split_at(line, at, at + openers[i].len, caption, credit))
				return true;
			from = at + openers[i].len;
		}
	}
	return false;
}

/* A bracket at the end, a part behind a slash, or a last phrase without a verb's room that names an agency. */
static bool split_at_tail(struct slice line, struct slice *caption, struct slice *credit)
{
	static const struct slice marks[] = {
	        SLICE_INIT("("), SLICE_INIT("["), SLICE_INIT(" / "), SLICE_INIT(" | "), SLICE_INIT(". "), SLICE_INIT("。")};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t at = SLICE_NOT_FOUND, from = 0, found;
		while ((found = slice_find(slice_sub(line, from, line.len), marks[i])) != SLICE_NOT_FOUND) {
			at = from + found;
			from = at + marks[i].len;
		}
		if (at == SLICE_NOT_FOUND)
			continue;
		struct slice tail = slice_sub(line, from, line.len);
		size_t keep = marks[i].ptr[0] == '.' ? 1 : 0;
		if (tail.len <= 80 && names_agency(tail) && split_at(line, at + keep, from, caption, credit))
			return true;
	}
	return false;
}

void caption_split(struct slice line, struct slice *caption, struct slice *credit)
{
	*caption = line;
	*credit = SLICE("");
	if (split_at_opener(line, caption, credit) || split_at_tail(line, caption, credit))
		return;
	if (line.len <= 60 && names_agency(line)) { /* nothing but a credit */
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
	return !a.len ? b : !b.len ? a : arena_printf(arena, "%.*s %.*s", SLICE_ARG(a), SLICE_ARG(b));
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
	for (size_t i = first; i < behind && count < IMAGES_MAX; i++) {
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
			image = article_add_image(arena, article);
			image->url = told->url;
		}
		if (!image->caption.len)
			image->caption = told->caption;
		if (!image->credit.len)
			image->credit = told->credit;
	}
}
