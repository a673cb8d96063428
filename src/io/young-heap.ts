/** The last version of Node whose V8 is known to have the flag: one that lacks it would say so on stderr. */
const LAST_KNOWN = 24;
/** What V8 begins with (heap.cc, semi_space_growth_factor): compiled code is kept for a start with this flag. */
const USUAL = 2;

function growBy(factor: number): void {
  if (Number.parseInt(process.versions.node, 10) <= LAST_KNOWN) {
    // Not imported: it brings Node's streams along, 4 ms of the start of every command that reads packets.
    process.getBuiltinModule?.('node:v8').setFlagsFromString(`--semi-space-growth-factor=${factor}`);
  }
}

/**
 * Leaves V8's space for new objects as small as it begins (1 MB; it would be doubled up to 16 MB, twice over, whenever
 * much of it is still in use): 30 to 45 MB less at the peak of a long text. For the whole process, so that only a
 * program may ask for it, and no library; and for texts and rows of flows alone: packets make few objects, and have 4
 * ms of 120 to lose.
 */
export const keepYoungHeapSmall = (): void => growBy(1);

/** Takes it back. V8 refuses kept code that was made with other flags than it runs with: 30 ms more at every start. */
export const letYoungHeapGrow = (): void => growBy(USUAL);
