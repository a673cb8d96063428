import { MtucalcError } from '../error.js';
import { type Choice, choicesOfWords } from './choose.js';
import type { ClampPlan } from './plan.js';
import type { SnippetTarget } from './target.js';

/** One box's configuration, ready to be printed or saved. */
export interface Snippet {
  readonly target: string;
  readonly title: string;
  readonly version: string | null;
  readonly fileName: string;
  readonly comment: string;
  readonly text: string;
}

/** What was asked for by `all` and cannot be made, and why. */
export interface LeftOut {
  readonly target: string;
  readonly reason: string;
}

/** `this` (or true): what this tunnel's snippet set; `all`: what every tunnel's did. */
export type Undo = 'no' | 'this' | 'all';

/** The plan as this box takes it: how it does IPsec where the user did not say. */
function planFor(target: SnippetTarget, plan: ClampPlan): ClampPlan {
  if (plan.transport && !target.hosts) {
    throw new MtucalcError(
      'impossible',
      `${target.title}: transport mode protects the packets of the two hosts themselves, no forwarded packet is in it: nothing to clamp here`,
      'linux and strongswan print what helps on the hosts; for a tunnel inside it say --tunnel gre-ipsec, l2tp-ipsec, eoip-ipsec',
    );
  }
  if (plan.style !== 'policy' || plan.styleSaid || plan.transport) return plan;
  const named = plan.tunnelIf !== undefined && target.honours.includes('tunnelIf');
  const style = target.assume?.(plan) ?? (named ? 'xfrm' : 'policy');
  const note =
    style === 'policy'
      ? 'policy-based IPsec assumed: no interface of its own (--ipsec xfrm, vti or libipsec if it has one)'
      : `route-based IPsec assumed, with a tunnel interface, as this box usually has it (--ipsec policy${target.honours.includes('lanIf') ? ' with --lan-if' : ''} if it has none)`;
  return { ...plan, style, notes: [...plan.notes, note] };
}

function snippetOf({ target, version }: Choice, given: ClampPlan, undo: Undo): Snippet {
  const plan = planFor(target, given);
  // What cannot be made cannot be undone either: rendering it first refuses the same requests.
  const rendered = target.render(plan, version);
  return {
    target: target.id,
    title: target.title,
    version: version || null,
    fileName: target.fileName.replace(/^mtucalc/, `mtucalc-${plan.name}${undo === 'no' ? '' : '-undo'}`),
    comment: target.comment,
    text: undo === 'no' ? rendered : target.undo(plan, version, undo === 'all'),
  };
}

/**
 * The snippets for these targets; `all` is every target and leaves out what cannot be made.
 * @throws MtucalcError for an unknown target, or a plan that a target named outright cannot serve.
 */
export function emit(
  words: readonly string[],
  plan: ClampPlan,
  undo: Undo | boolean = 'no',
): { readonly snippets: Snippet[]; readonly leftOut: LeftOut[] } {
  const how = typeof undo === 'string' ? undo : undo ? 'this' : 'no';
  const { choices, all } = choicesOfWords(words);
  const snippets: Snippet[] = [];
  const leftOut: LeftOut[] = [];
  for (const choice of choices) {
    try {
      snippets.push(snippetOf(choice, plan, how));
    } catch (error) {
      if (!all || !(error instanceof MtucalcError)) throw error;
      leftOut.push({
        target: choice.target.id,
        reason: `${error.message}${error.hint ? ` (${error.hint})` : ''}`,
      });
    }
  }
  return { snippets, leftOut };
}

/** Several snippets one after the other, each under a header in its own language. */
export const joined = (snippets: readonly Snippet[]): string =>
  snippets.length === 1
    ? (snippets[0] as Snippet).text
    : snippets
        .map(({ comment, title, fileName, text }) => `${comment} ===== ${title}: ${fileName} =====\n${text}`)
        .join('\n');
