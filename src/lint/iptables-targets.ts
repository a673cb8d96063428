import { mssIn } from './octets.js';
import type { Action } from './ruleset.js';

/** What the target of a rule does: `-j` or `-g` stands at `at`. */
export function targetOf(words: readonly string[], at: number): Action[] {
  const target = words[at + 1] ?? '';
  const rest = words.slice(at + 2);
  const after = (...names: readonly string[]): string | undefined => {
    const index = rest.findIndex((word) => names.includes(word));
    return index < 0 ? undefined : rest[index + 1];
  };
  const marked = (text: string | undefined): { value: string } => ({ value: String(Number(text?.split('/')[0] ?? 0)) });
  if (/^(?:-g|--goto)$/.test(words[at] as string)) return [{ do: 'goto', chain: target }];
  switch (target) {
    case 'ACCEPT':
    case 'QUEUE':
    case 'NFQUEUE':
      return [{ do: 'accept' }];
    case 'DROP':
    case 'REJECT':
    case 'TARPIT':
      return [{ do: 'drop' }];
    case 'RETURN':
      return [{ do: 'return' }];
    case 'TCPMSS': {
      // 0: the number is missing, of a line that was cut.
      const value = mssIn(after('--set-mss'));
      return [{ do: 'clamp', to: rest.includes('--clamp-mss-to-pmtu') ? 'pmtu' : value || 0 }];
    }
    case 'MARK':
      return [{ do: 'mark', ...marked(after('--set-mark', '--set-xmark', '--or-mark')) }];
    case 'CONNMARK':
      if (rest.includes('--save-mark')) return [{ do: 'save-mark' }];
      if (rest.includes('--restore-mark')) return [{ do: 'restore-mark' }];
      return [{ do: 'connection-mark', ...marked(after('--set-mark', '--set-xmark', '--or-mark')) }];
    case 'NOTRACK':
      return [{ do: 'notrack' }];
    case 'CT':
      return rest.includes('--notrack') ? [{ do: 'notrack' }] : [{ do: 'continue' }];
    case 'MASQUERADE':
    case 'SNAT':
    case 'NETMAP':
      return [{ do: 'source-nat' }, { do: 'accept' }];
    case 'DNAT':
    case 'REDIRECT':
      return [{ do: 'accept' }];
    case 'FLOWOFFLOAD':
      return [{ do: 'flow' }];
    default:
      return extensions.has(target) ? [{ do: 'continue' }] : [{ do: 'jump', chain: target }];
  }
}

/** Targets after which the packet goes on. */
const extensions = new Set(
  'LOG NFLOG ULOG TEE TOS DSCP ECN TTL HL CLASSIFY CHECKSUM SET TRACE AUDIT SECMARK CONNSECMARK RATEEST TCPOPTSTRIP IDLETIMER LED HMARK'.split(
    ' ',
  ),
);
