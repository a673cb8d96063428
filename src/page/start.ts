// One script for the page and for its worker: what both need stands in the file once.
import { CalculatorPage } from './main.js';
import { serveCaptures } from './worker.js';

if (typeof document === 'undefined') serveCaptures(self as never);
else new CalculatorPage();
