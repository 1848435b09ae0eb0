/* What the trainer packs, the stage must find again. */
#include "grouparena.h"

#include "base/hash.h"
#include "tag/model.h"
#include "tag/train/crf.h"
#include "tag/train/pack.h"

#include <stdlib.h>
#include <unistd.h>

#define FEATURES 3000
#define SCALE 0.5f

/* Hashes as features have them: any bits at all. */
static uint32_t feature(size_t i) { return (uint32_t)(hash_mix(i + 1) >> 16); }

static struct crf learned_rows(size_t first, size_t last)
{
	static uint32_t features[FEATURES];
	struct crf crf;

	for (size_t i = first; i < last; i++)
		features[i - first] = feature(i);
	const size_t end = last - first;
	crf_init(&crf, &(struct crf_articles){features, &end, 1}, &(struct crf_rows){1, 1, 1});
	for (size_t i = first; i < last; i++) {
		float *weights = crf.average + crf_row(&crf, feature(i)) * CRF_LANES;
		weights[LABEL_O] = SCALE * (float)(i % 50 + 2);
		weights[LABEL_S + i % 7] = -SCALE * 3;
	}
	return crf;
}

static void every_row_is_found(void **state)
{
	(void)state;
	char path[] = "/tmp/copydesk-pack-XXXXXX";
	struct crf first = learned_rows(0, FEATURES - 100), second = learned_rows(FEATURES - 100, FEATURES);
	struct lists lists = {0};
	struct model model;
	struct error error;
	size_t other = 0;

	close(mkstemp(path));
	if (!model_pack(path, SLICE("card"), &(struct learned){.first = &first, .second = &second, .temperature = 1}, SCALE, &lists, &error) ||
		!model_open(&model, path, &error))
		fail_msg("%s", error.text);
	for (size_t i = 0; i < FEATURES; i++) {
		int32_t scores[LABELS] = {0};
		uint32_t own = feature(i);
		model_add(&model, &own, 1, scores);
		other += scores[LABEL_O] != (int32_t)(i % 50 + 2) || scores[LABEL_S + i % 7] != -3;
	}
	assert_in_range(other, 0, FEATURES / 100); /* those of one mark close to each other: the stronger one speaks for both */
	model_close(&model);
	unlink(path);
	crf_release(&first);
	crf_release(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
