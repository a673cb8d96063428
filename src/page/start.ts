// The first script: what the first number needs. A worker runs it too, for what the second one uses of it.
import { CalculatorPage } from './main.js';

if (typeof document !== 'undefined') new CalculatorPage();
