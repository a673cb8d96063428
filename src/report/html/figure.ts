/** A plot under its heading, with its legend; '' without a plot. */
export const figureHtml = (heading: string, plot: string, legend: string): string =>
  plot === '' ? '' : `<figure><h2>${heading}</h2>${legend && `<p class="legend">${legend}</p>`}${plot}</figure>`;
