// One script for the page and for its worker: what both need stands in the file once. Loaded in a microtask, before the
// first frame is drawn.
if (typeof document === 'undefined') void import('./worker.js');
else void import('./main.js');
