/* dedup: copydesk-dedup. One file a step, in the order in which an article meets them:
 *   intake       the message; what of it is text, URL and time       address, normal   both without what doesn't count
 *   boilerplate  paragraphs that a host repeats                       sketch    what the index keeps of the rest
 *   verdict      the rounds of questions                              likeness  whether two sketches are one story
 *   owner        the index's side: store, postings, revisions         walk      copies that arrive together
 *   outcome      the messages that leave */
#include "dedup/front.h"

int main(int argc, char **argv)
{
	return stage_main(&dedup_stage, argc, argv);
}
