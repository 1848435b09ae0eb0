/* front: the stage that copydesk-dedup is. */
#ifndef COPYDESK_FRONT_H
#define COPYDESK_FRONT_H

#include "run/stage.h"

extern const struct stage dedup_stage;

#endif
