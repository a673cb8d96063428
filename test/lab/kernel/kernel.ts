import type { Feature } from '../scenario.js';

/** A file that must be there, and the Debian package that brings it. */
export interface Requirement {
  readonly file: string | readonly string[];
  readonly package: string;
  /** It runs where no libraries are. */
  readonly isStatic?: true;
}

/** A way to run a script as root under a real Linux kernel, on this machine's file system under a throwaway overlay. */
export interface GuestKernel {
  readonly id: string;
  readonly features: readonly Feature[];
  readonly requires: readonly Requirement[];
  /** How long a packet may take before it counts as lost: emulation is slow. */
  readonly patienceMs: number;
  /** Factor on time limits. */
  readonly slowness: number;
  /** Prepares what it needs in `work` and says which processes to run. `guest` is a /bin/sh script. */
  prepare(work: string, guest: string): Promise<Launch>;
}

export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Started before it and ended after it. */
  readonly companion?: { readonly file: string; readonly args: readonly string[]; readonly ready: string };
}
