import type { AnalyzeAnswer, AnalyzedCapture, RefusedCapture } from '../analyze/answer.js';
import type { ImportAnswer } from '../device/imported.js';
import type { Diagnosed } from '../diagnose/answer.js';
import type { LintResult } from '../lint/lint.js';
import type { Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import type { Comparison } from '../mtu/compare.js';
import type { Identification } from '../mtu/identification.js';
import type { Diagnosis } from '../probe/diagnosis.js';
import type { FarAnswer, Listened } from '../probe/far/result.js';
import type { Verification } from '../probe/judge/verification.js';
import type { ProbeAnswer } from '../probe/result.js';
import type { Watched, WatchedTurn } from '../probe/watch/result.js';
import type { SchemaVersion } from '../schema-version.js';
import type { SnippetSet } from '../snippet/snippets.js';

/** The rows of `ciphers/`, as `mtucalc ciphers --json` prints them. */
export interface CatalogueAnswer extends Catalogue {
  readonly schemaVersion: SchemaVersion;
}

/** A completion script. */
export interface CompletionScript {
  readonly schemaVersion: SchemaVersion;
  readonly shell: 'bash' | 'zsh' | 'fish' | 'powershell';
  readonly script: string;
}

/** The page that was written. */
export interface PageFile {
  readonly schemaVersion: SchemaVersion;
  readonly file: string;
  readonly octets: number;
  /** Handed to the browser. */
  readonly opened: boolean;
}

/** What each command answers: the library's value, which every format shows and `--json` prints as it is. */
export interface Values {
  readonly calc: Calculation;
  readonly compare: Comparison;
  readonly identify: Identification;
  readonly ciphers: CatalogueAnswer;
  readonly import: ImportAnswer;
  readonly completion: CompletionScript;
  readonly page: PageFile;
  readonly snippet: SnippetSet;
  readonly analyze: AnalyzeAnswer;
  readonly lint: LintResult;
  readonly probe: ProbeAnswer;
  /** probe --peer. */
  readonly far: FarAnswer;
  readonly listen: Listened;
  readonly watch: Watched;
  readonly verify: Verification;
  readonly doctor: Diagnosis;
  readonly diagnose: Diagnosed;
}

/** The name of a value: that of the command that answers with it. */
export type Kind = keyof Values;

/** Of values that are a list of results: one of them, which is written as soon as it is known. */
export interface Pieces {
  readonly analyze: AnalyzedCapture | RefusedCapture;
  readonly watch: WatchedTurn;
}

/** The name of a value that can be written piece by piece. */
export type PieceKind = keyof Pieces;
