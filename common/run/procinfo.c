/* procinfo: reads /proc/self (proc(5)) when somebody asks. */
#include "run/procinfo.h"

#include "base/clock.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { CPU, START, RESIDENT, VIRTUAL, OPEN_FDS, MAX_FDS, THREADS, VALUES };

const struct procinfo_row PROCINFO_ROWS[] = {
	[CPU] = {"process_cpu_seconds_total", "counter", "seconds", "CPU time of all threads, user and system."},
	[START] = {"process_start_time_seconds", "gauge", "seconds", "When the process started, since 1970 UTC."},
	[RESIDENT] = {"process_resident_memory_bytes", "gauge", "bytes", "Resident memory."},
	[VIRTUAL] = {"process_virtual_memory_bytes", "gauge", "bytes", "Virtual memory."},
	[OPEN_FDS] = {"process_open_fds", "gauge", "descriptors", "Open file descriptors."},
	[MAX_FDS] = {"process_max_fds", "gauge", "descriptors", "Most file descriptors the process may open."},
	[THREADS] = {"process_threads", "gauge", "threads", "Threads."},
	{0},
};

/* Field 20 (threads) and 22 (start in clock ticks after boot) of /proc/self/stat. The name in field 2 may hold anything. */
static void read_stat(double *values)
{
	char line[1024];
	unsigned long long threads, start;
	FILE *file = fopen("/proc/self/stat", "re");

	if (!file)
		return;
	size_t n = fread(line, 1, sizeof(line) - 1, file);
	fclose(file);
	line[n] = '\0';
	const char *behind = strrchr(line, ')');
	if (behind &&
		sscanf(behind + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu %*s %llu", &threads,
			&start) == 2) {
		double boot = (double)clock_wall_ms() / 1000;
		struct timespec up;
		if (clock_gettime(CLOCK_BOOTTIME, &up) == 0)
			boot -= (double)up.tv_sec + (double)up.tv_nsec / 1e9;
		values[THREADS] = (double)threads;
		values[START] = boot + (double)start / (double)sysconf(_SC_CLK_TCK);
	}
}

static void read_memory(double *values)
{
	unsigned long long size = 0, resident = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (!file)
		return;
	if (fscanf(file, "%llu %llu", &size, &resident) == 2) {
		values[VIRTUAL] = (double)size * (double)sysconf(_SC_PAGESIZE);
		values[RESIDENT] = (double)resident * (double)sysconf(_SC_PAGESIZE);
	}
	fclose(file);
}

static void read_descriptors(double *values)
{
	struct rlimit limit;
	DIR *folder = opendir("/proc/self/fd");

	while (folder && readdir(folder))
		values[OPEN_FDS]++;
	if (folder) {
		values[OPEN_FDS] -= 3; /* ".", ".." and the folder itself */
		closedir(folder);
	}
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
		values[MAX_FDS] = (double)limit.rlim_cur;
}

void procinfo_render(struct buf *out)
{
	double values[VALUES] = {[CPU] = (double)clock_process_cpu_us() / 1e6};

	read_stat(values);
	read_memory(values);
	read_descriptors(values);
	for (size_t i = 0; i < VALUES; i++) {
		const struct procinfo_row *row = &PROCINFO_ROWS[i];
		buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.15g\n", row->name, row->help, row->name, row->kind, row->name,
			values[i]);
	}
}
