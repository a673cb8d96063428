import type { Reporter } from '../format.js';

const ends = {
  time: 'the time is over',
  signal: 'stopped',
  once: 'its one session is over',
  peer: 'the other end is done',
} as const;

export const listenText: Reporter<'listen'> = ({ sessions, refused, ended, seconds }) =>
  ended === 'peer'
    ? ''
    : `${sessions} ${sessions === 1 ? 'session' : 'sessions'}, connections that proved nothing: ${refused}; in ${seconds} s: ${ends[ended]}\n`;
