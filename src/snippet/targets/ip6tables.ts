import { xtablesTarget } from './xtables.js';

export const ip6tables = xtablesTarget('ip6tables', 6);
