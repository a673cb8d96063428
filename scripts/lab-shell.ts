// npm run lab:shell -- ['{"tunnel":"esp","wan":"pppoe"}']: a terminal inside the guest, with that scenario standing.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repo, runGuest, withWorkFolder } from '../test/lab/guest-process.js';
import { kernelFor } from '../test/lab/kernel/index.js';
import { demand } from '../test/lab/kernel/requirements.js';
import { bundleGuest, guestCommand } from '../test/lab/lab.js';
import type { Plan } from '../test/lab/results.js';
import type { Scenario } from '../test/lab/scenario.js';

const scenario: Scenario = { id: 'shell', run: [], ...JSON.parse(process.argv[2] ?? '{"tunnel":"esp"}') };
const kernel = kernelFor(scenario);
demand(kernel, [scenario]);
await withWorkFolder(async (work) => {
  const plan: Plan = { repo, work, patienceMs: kernel.patienceMs, scenarios: [scenario] };
  await writeFile(join(work, 'plan.json'), JSON.stringify(plan));
  await bundleGuest(join(work, 'guest.cjs'));
  await runGuest(kernel, work, guestCommand(work, 'shell'), { limitSeconds: 3600, interactive: true });
});
