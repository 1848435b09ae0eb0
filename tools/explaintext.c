/* explaintext: see explaintext.h. Notes are printed from a table: what is quoted text, what goes with a word; a kind that the
 * table doesn't know is printed member by member. */
#include "tools/explaintext.h"

#include <stdio.h>

#define LEFT 12      /* columns of a note's kind */
#define QUOTED 70    /* columns of a text */

/* How a kind of note is read: members in this order, parted by bars; "text" is quoted, "word:label" has its label before it. */
static const struct {
	const char *step, *members;
} NOTES[] = {
	{"page", "form|bytes:bytes|charset:charset|charsetFrom:from|replaced:ill-formed"},
	{"headline", "source|cleaned\"|chosen?chosen"},
	{"candidate", "field|source|value\"|prose:prose|ofProse:of"},
	{"anchor", "text\"|headingLevel:h|line:line"},
	{"container", "element|mode|prose:prose|firstLine:from line|lastLine:to|lines:of|confidence:confidence"},
	{"removed", "reason|text\"|named:by the name of|element:in|line:line"},
	{"kept", "blocks:blocks|chars:characters"},
	{"outside", "blocks:blocks|chars:characters"},
	{"field", "field|value\"|source:from|precision:to the"},
	{"language", "tag|confidence:confidence|declared:declared"},
	{"pageType", "type|confidence:confidence|mode:found by|bodyConfidence:body"},
	{"stand-in", "mode|bytes:bytes|was:instead of"},
	{"text", "id|words:words|paragraphs:paragraphs|url:at"},
	{"boilerplate", "leftOut|wordsLeft:words left|words:of"},
	{"candidates", "found:found|keysAsked:by keys|comparedAtMost:compared at most"},
	{"compared", "id|score:score|alike?alike|sameUrl?same URL|sameText?same text|similarity:similarity|containment:containment|keys:keys|state"},
	{"target", "id|score:score"},
	{"again", "state"},
	{"verdict", "status|of:of|story:story|merged:merges"},
	{"names", "way|language:language|words:words|mentions:mentions|entities:entities"},
	{"type", "mention\"|was:was|became:became|votes:votes|votesBefore:against|by:by"},
	{"join", "mention\"|with:with|rule:by|type"},
	{"mention", "text\"|type|entity:e|score:score|field:in|start:at|title:title"},
	{"entity", "name\"|type|entity:e|mentions:mentions|weight:weight|place:place|country:country"},
};

static void put_value(const struct terminal *terminal, const struct json *value, bool quoted)
{
	if (quoted)
		fputs("“", terminal->file);
	if (value->kind == JSON_BOOL)
		fputs(value->truth ? "yes" : "no", terminal->file);
	else
		terminal_put(terminal, quoted ? STYLE_PLAIN : STYLE_BOLD, value->text, QUOTED);
	if (quoted)
		fputs("”", terminal->file);
}

/* One member by its rule; nothing where the note has none. */
static bool put_member(const struct terminal *terminal, const struct json *note, struct slice rule, bool first)
{
	char name[40];
	size_t end = 0;

	while (end < rule.len && !strchr("\":?", rule.ptr[end]))
		end++;
	char mark = end < rule.len ? rule.ptr[end] : ' ';
	snprintf(name, sizeof name, "%.*s", (int)end, rule.ptr);
	const struct json *value = json_get(note, name);
	struct slice label = slice_sub(rule, end + 1, rule.len);
	if (!value || (mark == '?' && !json_integer(note, name, 0)))
		return false;
	fputs(first ? "" : ", ", terminal->file);
	if (mark == '?' || mark == ':')
		terminal_put(terminal, STYLE_DIM, label, 0);
	if (mark == ':')
		fputc(' ', terminal->file);
	if (mark != '?')
		put_value(terminal, value, mark == '"');
	return true;
}

static void put_note(const struct terminal *terminal, const struct json *note)
{
	struct slice step = json_string(note, "step"), rest = SLICE_NONE, rule;
	bool first = true;

	fputs("  │   ", terminal->file);
	terminal_put(terminal, STYLE_CYAN, step, 0);
	fprintf(terminal->file, "%*s", step.len < LEFT ? (int)(LEFT - step.len) : 1, "");
	for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++)
		if (slice_is(step, NOTES[i].step))
			rest = slice_of(NOTES[i].members);
	while (slice_split(&rest, '|', &rule))
		first &= !put_member(terminal, note, rule, first);
	for json_each (member, first ? note : NULL) {
		if (slice_is(member->name, "step"))
			continue;
		fputs(first ? "" : ", ", terminal->file);
		terminal_put(terminal, STYLE_DIM, member->name, 0);
		fputc(' ', terminal->file);
		put_value(terminal, member, false);
		first = false;
	}
	fputc('\n', terminal->file);
}

static void put_notes(const struct terminal *terminal, const struct json *trace, int most)
{
	struct slice kind = SLICE_NONE;
	int shown = 0, hidden = 0;

	for json_each (note, trace) {
		struct slice step = json_string(note, "step");
		if (!slice_equal(step, kind)) {
			if (hidden)
				fprintf(terminal->file, "  │   %*s… and %d more (--all)\n", LEFT, "", hidden);
			kind = step;
			shown = hidden = 0;
		}
		if (most && shown >= most) {
			hidden++;
			continue;
		}
		put_note(terminal, note);
		shown++;
	}
	if (hidden)
		fprintf(terminal->file, "  │   %*s… and %d more (--all)\n", LEFT, "", hidden);
}

static void put_record(const struct terminal *terminal, const struct json *record)
{
	const struct json *dead = json_object(record, "dead");
	char number[32];

	terminal_put(terminal, dead ? STYLE_RED : STYLE_BOLD, json_string(record, "place"), 0);
	if (json_string(record, "missing").len) {
		fputs("  gone: ", terminal->file);
		terminal_put(terminal, STYLE_RED, json_string(record, "missing"), 0);
		fputc('\n', terminal->file);
		return;
	}
	fputs("  ", terminal->file);
	terminal_put(terminal, STYLE_PLAIN, json_string(record, "time"), 0);
	fprintf(terminal->file, "  %s  ", format_bytes((double)json_integer(record, "bytes", 0), number));
	terminal_put(terminal, STYLE_DIM, json_string(record, "key"), 60);
	if (json_string(record, "run").len && !slice_is(json_string(record, "run"), "live")) {
		fputs("  run ", terminal->file);
		terminal_put(terminal, STYLE_YELLOW, json_string(record, "run"), 0);
	}
	fputc('\n', terminal->file);
	if (dead) {
		fputs("  dead letter: ", terminal->file);
		terminal_put(terminal, STYLE_RED, json_string(dead, "code"), 0);
		fputs(": ", terminal->file);
		terminal_put(terminal, STYLE_PLAIN, json_string(dead, "message"), 0);
		fprintf(terminal->file, " (attempt %.*s, %.*s)\n", SLICE_ARG(json_string(dead, "attempts")),
			SLICE_ARG(json_string(dead, "time")));
	}
}

static void put_answer(const struct terminal *terminal, const struct json *step, int notes)
{
	const struct json *rerun = json_object(step, "rerun"), *error = json_object(rerun, "error");
	struct slice agrees = json_string(step, "agrees"), verdict = json_string(rerun, "verdict"),
		     note = json_string(step, "note");
	char number[32];

	if (rerun) {
		bool same = slice_is(agrees, "same bytes") || slice_is(agrees, "same reason");
		fputs("  │ asked again: ", terminal->file);
		terminal_put(terminal, STYLE_BOLD, verdict, 0);
		if (json_string(rerun, "reason").len)
			fprintf(terminal->file, " (%.*s)", SLICE_ARG(json_string(rerun, "reason")));
		if (agrees.len) {
			fputs(", ", terminal->file);
			terminal_put(terminal, same ? STYLE_GREEN : STYLE_YELLOW, agrees, 0);
		}
		fprintf(terminal->file, ", %.1f ms of CPU, %s\n", json_number(rerun, "cpuMs", 0),
			format_bytes((double)json_integer(rerun, "memoryBytes", 0), number));
	}
	if (error) {
		fputs("  │   ", terminal->file);
		terminal_put(terminal, STYLE_RED, json_string(error, "message"), 0);
		fputc('\n', terminal->file);
	}
	if (note.len) {
		fputs("  │ ", terminal->file);
		terminal_put(terminal, STYLE_YELLOW, note, 0);
		fputc('\n', terminal->file);
	}
	put_notes(terminal, json_array(rerun, "trace"), notes);
}

static void put_step(const struct terminal *terminal, const struct json *step, int notes)
{
	struct slice writer = json_string(step, "writtenBy"), outcome = json_string(step, "outcome");

	fputs("  │ ", terminal->file);
	terminal_put(terminal, STYLE_BLUE, json_string(step, "stage"), 0);
	fputs(": ", terminal->file);
	terminal_put(terminal, slice_is(outcome, "emitted") ? STYLE_GREEN : STYLE_RED, outcome, 0);
	for json_each (place, json_array(step, "outputs")) {
		fputs(" → ", terminal->file);
		terminal_put(terminal, STYLE_PLAIN, place->text, 0);
	}
	if (writer.len) {
		fputs("  by ", terminal->file);
		terminal_put(terminal, STYLE_DIM, writer, 0);
	}
	fputc('\n', terminal->file);
	if (slice_is(outcome, "nothing found"))
		fputs("  │   not reached yet (lag), dropped, or lost: `copydesk audit` tells which\n", terminal->file);
	put_answer(terminal, step, notes);
	fputs("  ▼\n", terminal->file);
}

static void put_alias(const struct terminal *terminal, const struct json *alias)
{
	fputs("story ", terminal->file);
	terminal_put(terminal, STYLE_BOLD, json_string(alias, "id"), 0);
	fputs(" turned out to be part of story ", terminal->file);
	terminal_put(terminal, STYLE_BOLD, json_string(alias, "story"), 0);
	fputs(", as article ", terminal->file);
	terminal_put(terminal, STYLE_PLAIN, json_string(alias, "by"), 0);
	fputs(" showed: ", terminal->file);
	terminal_put(terminal, STYLE_DIM, json_string(alias, "place"), 0);
	fputc('\n', terminal->file);
}

void explain_print(const struct terminal *terminal, const struct json *explanation, int notes)
{
	for json_each (record, json_array(explanation, "records")) {
		put_record(terminal, record);
		for json_each (step, json_array(explanation, "steps"))
			if (slice_equal(json_string(step, "input"), json_string(record, "place")))
				put_step(terminal, step, notes);
	}
	for json_each (alias, json_array(explanation, "aliases"))
		put_alias(terminal, alias);
	if (json_string(explanation, "aliasesNote").len) {
		fputs("whether its story became part of another can't be told: ", terminal->file);
		terminal_put(terminal, STYLE_YELLOW, json_string(explanation, "aliasesNote"), 0);
		fputc('\n', terminal->file);
	}
}
