import { parentPort, workerData } from 'node:worker_threads';
import { MtucalcError } from '../error.js';
import { analyzeCapture } from './analyze-capture.js';
import type { FromWorker, Task } from './read-captures.js';

const { file, reader, resync, filter, everyFlow } = workerData as Task;
const stop = new AbortController();
const send = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.once('message', () => stop.abort());
const progress = (octets: number, of: number): void => send({ kind: 'progress', octets, of });
const onText = (): void => send({ kind: 'text' });
analyzeCapture(file, { reader, resync, filter, everyFlow, progress, onText, signal: stop.signal })
  .then((value) => send({ kind: 'value', value }))
  .catch((error: unknown) => {
    if (!(error instanceof MtucalcError)) throw error;
    send({ kind: 'refused', code: error.code, message: error.message, hint: error.hint });
  })
  .finally(() => parentPort?.close());
