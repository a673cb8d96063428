import { xtablesTarget } from './xtables.js';

export const iptables = xtablesTarget('iptables', 4);
