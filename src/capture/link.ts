import { linkTypeKnown } from '../frame/link-type.js';
import type { Capture } from './container.js';

/** A link type that has not even a name here may be a damaged field; its frames are counted and nothing more. */
export function checkLinkType(capture: Capture, linkType: number, octet: number): void {
  if (linkTypeKnown(linkType) !== 'unknown') return;
  const says = `link type ${linkType} is not known: its frames are counted, nothing in them is read`;
  capture.damage.add(octet, capture.frames + 1, says);
}
