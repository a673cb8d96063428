import type { NumberedLine } from './lines.js';

/** An element with what stands in it. */
export interface XmlElement {
  readonly name: string;
  /** Line of its start tag. */
  readonly line: number;
  readonly attributes: string;
  text: string;
  readonly children: XmlElement[];
}

const TOKEN = /<!--.{0,500}?-->|<!\[CDATA\[(.{0,500}?)\]\]>|<(\/?)([A-Za-z][\w.-]{0,60})([^<>]*?)(\/?)>|([^<]+)/g;
const DEEPEST = 40;
const MOST_ELEMENTS = 200_000;
const LONGEST_TEXT = 500;

/**
 * The elements of an XML configuration, whole or cut at either end: what has no end tag ends with the text, and end tags
 * without a start are passed over. No entities and no namespaces: configurations have neither where it matters here.
 */
export function readXml(lines: readonly NumberedLine[]): XmlElement {
  const root: XmlElement = { name: '', line: 1, attributes: '', text: '', children: [] };
  const open = [root];
  let elements = 0;
  for (const { number, text } of lines) {
    for (const [, cdata, end, name, attributes = '', empty, plain] of text.matchAll(TOKEN)) {
      const inner = open.at(-1) as XmlElement;
      if (name === undefined) {
        if (inner.text.length < LONGEST_TEXT) inner.text += (cdata ?? plain ?? '').trim();
      } else if (end === '/') {
        const at = open.findLastIndex((one) => one.name === name);
        if (at > 0) open.length = at;
      } else if (elements < MOST_ELEMENTS) {
        elements++;
        const element: XmlElement = { name, line: number, attributes, text: '', children: [] };
        inner.children.push(element);
        if (empty !== '/' && open.length < DEEPEST) open.push(element);
      }
    }
  }
  return root;
}

/** All elements below, at any depth, of that name. */
export function elementsNamed(from: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const left = from.children.toReversed();
  for (let element = left.pop(); element; element = left.pop()) {
    if (element.name === name) found.push(element);
    for (const child of element.children.toReversed()) left.push(child);
  }
  return found;
}

/** The text of a child; undefined where there is none. */
export const childText = ({ children }: XmlElement, name: string): string | undefined =>
  children.find((child) => child.name === name)?.text;
