import type { Reporter } from '../format.js';

/** Engine by engine: works or not, why, and what would unlock it. */
export const doctorText: Reporter<'doctor'> = ({ node, platform, chosen, engines }, { colour }) => {
  const lines = engines.flatMap(({ id, available, says, unlock }) => [
    `${available ? colour.green('yes') : colour.yellow('no ')} ${colour.bold(id.padEnd(8))} ${says}`,
    ...(unlock ? [`             ${unlock.command}`, `             ${colour.dim(`grants: ${unlock.grants}`)}`] : []),
  ]);
  return `Node ${node} on ${platform}; mtucalc probe uses engine ${colour.bold(chosen)}\n\n${lines.join('\n')}\n`;
};
