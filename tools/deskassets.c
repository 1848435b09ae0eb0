/* deskassets: see deskassets.h. The assembler reads the files: what is edited is what is served, without a generator. */
#include "tools/deskassets.h"

#define EMBED(name, file)                                                                                                                \
	__asm__(".pushsection .rodata\n"                                                                                                 \
		".global desk_" #name "\ndesk_" #name ":\n.incbin \"" COPYDESK_DESK_FILES "/" file "\"\n"                                  \
		".global desk_" #name "_end\ndesk_" #name "_end:\n.byte 0\n.popsection\n");                                                 \
	extern const char desk_##name[], desk_##name##_end[]

EMBED(html, "index.html");
EMBED(css, "desk.css");
EMBED(script, "desk.js");

bool deskassets_find(const char *path, struct deskasset *asset)
{
	const struct deskasset assets[] = {
		{"/", "text/html; charset=utf-8", {desk_html, (size_t)(desk_html_end - desk_html)}},
		{"/desk.css", "text/css; charset=utf-8", {desk_css, (size_t)(desk_css_end - desk_css)}},
		{"/desk.js", "text/javascript; charset=utf-8", {desk_script, (size_t)(desk_script_end - desk_script)}},
	};

	for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
		if (strcmp(assets[i].path, path) == 0) {
			*asset = assets[i];
			return true;
		}
	return false;
}
