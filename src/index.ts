/** The library: what the commands call, all of it. `--json` prints its values as they are. */
export { catalogue } from '../ciphers/index.js';
export * from './analyze/index.js';
export { type AnalyzeFilesOptions, analyzeFiles, analyzePair } from './app/analyze-files.js';
export { diagnose } from './app/doctor.js';
export { type ProbeRequest, probeHost } from './app/probe-host.js';
export { type ProbeHostsRequest, probeHosts } from './app/probe-hosts.js';
export { verifyHost } from './app/verify-host.js';
export * from './device/index.js';
export { type ErrorCode, type ErrorValue, errorValue } from './error.js';
export { catalogueWith } from './io/catalogue.js';
export * from './lint/index.js';
export * from './mtu/index.js';
export type { Diagnosis, EngineState } from './probe/diagnosis.js';
export { type Verification, verify } from './probe/judge/verification.js';
export type { ProbeAnswer, ProbeResult, RefusedHost, Verdict } from './probe/result.js';
export { SCHEMA_VERSION, type SchemaVersion } from './schema-version.js';
export { emit } from './snippet/emit.js';
export * from './snippet/index.js';
