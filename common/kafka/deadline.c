/* deadline: a thread that sleeps until it is told off, or ends the process. */
#include "kafka/deadline.h"

#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static pthread_t thread;
static struct timespec due;
static bool armed;
static atomic_int result;

static void *wait_main(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&mutex);
	while (armed) {
		if (pthread_cond_timedwait(&changed, &mutex, &due) == ETIMEDOUT && armed) {
			log_error("deadline", LOG_INT("exit", atomic_load(&result)),
				LOG_STR("text", "stopping took longer than drain.ms: the process ends as it is"));
			log_flush();
			_exit(atomic_load(&result));
		}
	}
	pthread_mutex_unlock(&mutex);
	return NULL;
}

void deadline_arm(int64_t ms, int exit_code)
{
	pthread_condattr_t attributes;
	sigset_t all, before;

	atomic_store(&result, exit_code);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &attributes);
	pthread_condattr_destroy(&attributes);
	clock_gettime(CLOCK_MONOTONIC, &due);
	due.tv_sec += (time_t)(ms / 1000);
	due.tv_nsec += (long)(ms % 1000) * 1000000L;
	if (due.tv_nsec >= 1000000000L) {
		due.tv_sec++;
		due.tv_nsec -= 1000000000L;
	}
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	armed = true;
	if (pthread_create(&thread, NULL, wait_main, NULL) != 0)
		armed = false;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void deadline_result(int exit_code) { atomic_store(&result, exit_code); }

void deadline_disarm(void)
{
	pthread_mutex_lock(&mutex);
	bool was = armed;
	armed = false;
	if (was)
		pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
	if (was)
		pthread_join(thread, NULL);
}

void deadline_leave(int exit_code, const struct error *error)
{
	if (error && error->code[0])
		log_error("failed", LOG_STR("code", error->code), LOG_STR("why", error->text));
	log_flush();
	_exit(exit_code);
}
