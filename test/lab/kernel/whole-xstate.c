/*
 * Lets User-Mode Linux 6.1 run on processors with AMX. It saves the extended state of its processes in a buffer that ends
 * before AMX's 8 kB, and Linux takes back the whole state or nothing (xstateregs_set in arch/x86/kernel/fpu/regset.c), so
 * that every guest ended in put_fp_registers. Preloaded: what is written is put over the state as it is, whole.
 * Later versions of User-Mode Linux ask how long the state is.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define XSTATE 0x202 /* NT_X86_XSTATE, <linux/elf.h> */

/* Static: the stacks of that kernel's threads are smaller. One thread of the host runs all of it. */
static char whole[65536];

static long raw(long request, long pid, void *address, void *data) {
  return syscall(SYS_ptrace, request, pid, address, data);
}

static long put(long pid, struct iovec *given) {
  struct iovec all = {whole, sizeof whole};
  if (raw(PTRACE_GETREGSET, pid, (void *)XSTATE, &all) < 0 || all.iov_len <= given->iov_len)
    return raw(PTRACE_SETREGSET, pid, (void *)XSTATE, given);
  memcpy(whole, given->iov_base, given->iov_len);
  return raw(PTRACE_SETREGSET, pid, (void *)XSTATE, &all);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list rest;
  va_start(rest, request);
  long pid = va_arg(rest, int);
  void *address = va_arg(rest, void *);
  void *data = va_arg(rest, void *);
  va_end(rest);
  if (request == PTRACE_SETREGSET && address == (void *)XSTATE) return put(pid, data);
  if (request != PTRACE_PEEKTEXT && request != PTRACE_PEEKDATA && request != PTRACE_PEEKUSER)
    return raw(request, pid, address, data);
  /* These three answer with the word itself. */
  long word = 0;
  return raw(request, pid, address, &word) < 0 ? -1 : word;
}
