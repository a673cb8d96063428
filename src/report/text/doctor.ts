import type { Reporter } from '../format.js';
import { indented } from './wrap.js';

/** Width of the marks before what an engine says. */
const MARGIN = ' '.repeat(13);

/** Engine by engine: works or not, why, and what would unlock it. */
export const doctorText: Reporter<'doctor'> = (
  { node, platform, chosen, becomes, engines, farEnd, watching },
  { colour, columns },
) => {
  const rights = becomes
    ? indented(
        `As root it opens its sockets, then goes on as ${becomes.why === 'sudo' ? 'the user who called sudo' : 'nobody'} (uid ${becomes.uid}).`,
        columns,
        '',
      ).map((line) => `${line}\n`)
    : [];
  const lines = engines.flatMap(({ id, available, says, unlock }) => [
    ...indented(
      says,
      columns,
      MARGIN,
      `${available ? colour.green('yes') : colour.yellow('no ')} ${colour.bold(id.padEnd(8))} `,
    ),
    // A command is copied whole, whatever its width.
    ...(unlock
      ? [
          ...unlock.command.split('\n').map((line) => `${MARGIN}${line}`),
          ...indented(`grants: ${unlock.grants}`, columns, MARGIN).map(colour.dim),
        ]
      : []),
  ]);
  const { udp, savedSyn, says } = farEnd;
  const mark = udp && savedSyn ? colour.green('yes') : colour.yellow(udp || savedSyn ? 'in part' : 'no ');
  lines.push(...indented(says, columns, MARGIN, `${mark} ${colour.bold('listen'.padEnd(8))} `));
  const watches = watching.engine === null ? colour.yellow('no ') : colour.green('yes');
  lines.push(...indented(watching.says, columns, MARGIN, `${watches} ${colour.bold('watch'.padEnd(8))} `));
  return `Node ${node} on ${platform}; mtucalc probe uses engine ${colour.bold(chosen)}\n${rights.join('')}\n${lines.join('\n')}\n`;
};
