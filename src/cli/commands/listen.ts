import { listen as serve } from '../../app/listen.js';
import { MtucalcError } from '../../error.js';
import { command } from '../command.js';
import { secondsOf } from '../duration.js';
import { off, text, texts } from '../option.js';
import { outputOptions } from '../output-options.js';
import { onStop } from '../signals.js';
import { visibleLine } from '../visible.js';

const LONGEST = 24 * 3600;

export const listen = command({
  name: 'listen',
  answers: 'listen',
  summary: 'the far end for mtucalc probe --peer: each direction measured on its own',
  positionals: [],
  options: {
    listen: text({
      describe: 'address and port, TCP and UDP (port 9470); other hosts reach it only where it is told',
      usual: '127.0.0.1:9470',
      group: 'Listening:',
    }),
    allow: texts({
      describe: 'a network that may take part; may be given several times',
      usual: 'all',
      group: 'Listening:',
    }),
    token: text({
      describe: 'what the other end has to know, 16 characters or more; a new one is made and printed (MTUCALC_TOKEN)',
      group: 'Listening:',
    }),
    for: text({ describe: 'ends by itself after this time: 90s, 30m, 2h', usual: '30m', group: 'Listening:' }),
    once: off({ describe: 'end after one session', group: 'Listening:' }),
    stdio: off({
      describe: 'one session over standard input and output: how --peer ssh:// starts it',
      group: 'Listening:',
    }),
    ...outputOptions,
  },
  examples: [
    ['mtucalc listen --listen 0.0.0.0 --allow 198.51.100.0/24', 'at the far end; prints what to type at the near end'],
    ['mtucalc probe 192.0.2.1 --peer ssh://admin@192.0.2.1', 'at the near end: starts it through ssh instead'],
  ],
  async run(args, terminal) {
    if (args.words[0] !== undefined)
      throw new MtucalcError('usage', `'${args.words[0]}' is not expected`, 'mtucalc listen --listen ADDRESS:PORT');
    const stop = new AbortController();
    const release = onStop(terminal, () => stop.abort());
    const say = (says: string): unknown => terminal.stderr.write(`${visibleLine(says)}\n`);
    try {
      const value = await serve({
        listen: args.listen,
        allow: args.allow,
        token: args.stdio ? undefined : (args.token ?? terminal.env.MTUCALC_TOKEN),
        seconds: args.stdio ? 900 : secondsOf('for', args.for ?? '30m', 1, LONGEST),
        once: args.once,
        stream: args.stdio ? { from: process.stdin, to: process.stdout } : undefined,
        signal: stop.signal,
        log: args.stdio ? () => {} : (says) => say(`${new Date().toISOString().slice(11, 19)} ${says}`),
        onReady: ({ address, port, can }, token) => {
          if (args.stdio) return;
          const host = address === '0.0.0.0' || address === '::' ? 'THIS-HOST' : address;
          const at = host.includes(':') ? `[${host}]` : host;
          say(`Listening at ${address}, TCP and UDP port ${port}, for ${args.for ?? '30m'}. At the other end:`);
          say(
            `  mtucalc probe ${host} --peer ${at}:${port} --token ${args.token === undefined && terminal.env.MTUCALC_TOKEN === undefined ? token : '…'}`,
          );
          if (!can.udp) say('Without the package koffi only TCP can be judged here (mtucalc doctor).');
        },
      });
      return { kind: 'listen', value };
    } finally {
      release();
    }
  },
});
