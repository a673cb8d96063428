import { readFileSync } from 'node:fs';
import { MtucalcError } from '../error.js';

/** What a process has to become another user with; `process` has it, on Linux. */
export interface Identity {
  getuid?(): number;
  setuid?(id: number): void;
  setgid?(id: number): void;
  setgroups?(ids: readonly number[]): void;
}

/** Whom root becomes, and why that one. */
export interface LesserUser {
  readonly uid: number;
  readonly gid: number;
  readonly why: 'sudo' | 'nobody';
}

/** user_namespaces(7), passwd(5): what unmapped ids are shown as, and what `nobody` is nearly everywhere. */
const OVERFLOW_ID = 65534;
/** (uid_t) -1 means "leave it as it is" to setresuid(2). */
const LARGEST_ID = 2 ** 32 - 2;

/** Who called sudo (SUDO_UID and SUDO_GID, where both are ids of somebody other than root), else nobody. */
export function lesserUser(env: Readonly<Record<string, string | undefined>>, passwd = accounts()): LesserUser {
  const [uid, gid] = [idOf(env.SUDO_UID), idOf(env.SUDO_GID)];
  if (uid !== undefined && gid !== undefined) return { uid, gid, why: 'sudo' };
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd);
  return { uid: idOf(nobody?.[1]) ?? OVERFLOW_ID, gid: idOf(nobody?.[2]) ?? OVERFLOW_ID, why: 'nobody' };
}

function idOf(text: string | undefined): number | undefined {
  const id = /^\d{1,10}$/.test(text ?? '') ? Number(text) : 0;
  return id > 0 && id <= LARGEST_ID ? id : undefined;
}

function accounts(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Becomes that user for good, in every thread; what is open stays open.
 * @throws MtucalcError `privilege` where the kernel refuses, or where root could come back.
 */
export function becomeUser(identity: Identity, { uid, gid }: LesserUser): void {
  try {
    // The user last: none but root may change groups.
    identity.setgroups?.([]);
    identity.setgid?.(gid);
    identity.setuid?.(uid);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw new MtucalcError('privilege', `root cannot be given up here (${syscall ?? 'setuid'}: ${code ?? 'refused'})`);
  }
  if (identity.getuid?.() === uid && !comesBack(identity)) return;
  throw new MtucalcError('privilege', 'root was not given up: the system took the call and did nothing');
}

function comesBack(identity: Identity): boolean {
  try {
    identity.setuid?.(0);
    return true;
  } catch {
    return false;
  }
}
