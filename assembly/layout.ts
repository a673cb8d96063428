// AssemblyScript. Where in the memory everything lies, octets from its start.
export let slots: usize = 0;
export let mask: u32 = 0;
export let rows: usize = 0;
export let lasts: usize = 0;
export let sizes: usize = 0;
export let timeline: usize = 0;
export let columns: usize = 0;
export let scratch: usize = 0;
export let counters: usize = 0;
export let seen: usize = 0;
export let shapes: usize = 0;
export let mssCounts: usize = 0;
export let state: usize = 0;
export let idleSince: usize = 0;
export let totals: usize = 0;
export let pathSlots: usize = 0;
export let pathWords: usize = 0;
export let pathTimes: usize = 0;
export let pathCount: usize = 0;

/** `lastSlot` is the number of slots less one. */
export function setUp(
  slotsAt: usize,
  lastSlot: u32,
  rowsAt: usize,
  lastsAt: usize,
  sizesAt: usize,
  timelineAt: usize,
  columnsAt: usize,
  scratchAt: usize,
  countersAt: usize,
  seenAt: usize,
  shapesAt: usize,
  mssCountsAt: usize,
  stateAt: usize,
  idleSinceAt: usize,
  totalsAt: usize,
  pathSlotsAt: usize,
  pathWordsAt: usize,
  pathTimesAt: usize,
  pathCountAt: usize,
): void {
  slots = slotsAt;
  mask = lastSlot;
  rows = rowsAt;
  lasts = lastsAt;
  sizes = sizesAt;
  timeline = timelineAt;
  columns = columnsAt;
  scratch = scratchAt;
  counters = countersAt;
  seen = seenAt;
  shapes = shapesAt;
  mssCounts = mssCountsAt;
  state = stateAt;
  idleSince = idleSinceAt;
  totals = totalsAt;
  pathSlots = pathSlotsAt;
  pathWords = pathWordsAt;
  pathTimes = pathTimesAt;
  pathCount = pathCountAt;
}

export function count(counter: usize): void {
  const at = counters + (counter << 3);
  store<f64>(at, load<f64>(at) + 1);
}
