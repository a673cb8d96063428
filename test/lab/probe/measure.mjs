// node measure.mjs JSON: plays a list of { host, engine, count, atOnce, … } in one process and prints a list of results each.
import { probeHost } from '../../../dist/index.js';

const jobs = JSON.parse(process.argv[2]);
const all = [];
for (const { host, count = 1, atOnce = 1, ...request } of jobs) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next++ < count) {
      try {
        results.push(await probeHost(host, request));
      } catch (error) {
        results.push({ verdict: `error: ${error.message}`, findings: [] });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // Of many runs only what is judged.
  all.push(
    count < 10
      ? results
      : results.map(({ verdict, pathMtu, interval, probes }) => ({ verdict, pathMtu, interval, probes })),
  );
}
console.log(JSON.stringify(all));
