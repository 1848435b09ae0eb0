/* tagmodel: the model for news, open while a group of tests runs. */
#ifndef COPYDESK_TAGMODEL_H
#define COPYDESK_TAGMODEL_H

#include "unit.h"

#include "tag/model.h"
#include "tag/tagged.h"

static struct model model;

static int open_model(void **state)
{
	struct error error;
	char path[4096];

	(void)state;
	return model_find("news", path) && model_open(&model, path, &error) ? 0 : -1;
}

static int close_model(void **state)
{
	(void)state;
	model_close(&model);
	return 0;
}

#endif
