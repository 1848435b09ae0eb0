/* standard: see standard.h. open() gives the lowest number that is free, so going upwards each gets its own. */
#include "run/standard.h"

#include <fcntl.h>
#include <unistd.h>

void standard_take(void)
{
	static const int MODES[] = {[STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDWR};

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", MODES[fd]) < 0)
			return; /* a system without /dev/null */
	}
}
