import { wordTable } from '../word-table.js';

/** Names of /etc/services that stand in rule sets; another name is some port that no packet of the walk has. */
export const services: Readonly<Record<string, number>> = wordTable({
  ssh: 22,
  domain: 53,
  http: 80,
  https: 443,
  smtp: 25,
  ntp: 123,
});
