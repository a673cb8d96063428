import type { Reporter } from '../format.js';
import { printable } from './printable.js';

export const pageText: Reporter<'page'> = ({ file, octets, opened }) =>
  `${opened ? 'Opened' : 'Wrote'} ${printable(file)}: ${octets} octets, which ask for nothing from anywhere.\n`;
