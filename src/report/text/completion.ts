import type { Reporter } from '../format.js';

/** The script and nothing else. */
export const completionText: Reporter<'completion'> = ({ script }) => script;
